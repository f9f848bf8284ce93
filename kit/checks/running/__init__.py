"""A learner's code: run within a time limit, called with examples, read, explained."""
