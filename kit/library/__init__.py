"""The library: everything in a course in one search."""
