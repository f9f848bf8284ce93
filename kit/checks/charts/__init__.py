"""What a matplotlib chart shows, and two charts compared, in words."""
