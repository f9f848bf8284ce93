"""``kit simulate``: a class in which nobody is real, for demonstrations and measurements.

Its lessons, checks and assignments are the course's own; answers and their feedback are what the
checks really say. Who gives which is drawn, and wherever it is shown it is marked as simulated.
"""
