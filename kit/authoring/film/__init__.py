"""Films: slides that are spoken, and what ffmpeg makes of them."""
