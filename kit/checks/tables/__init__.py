"""Two tables or columns compared, in words."""
