"""The kit's Voila apps: notebooks, the Python they show, and the template they share."""
