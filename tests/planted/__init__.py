"""A small course without a mistake, and the mistakes that tests put into it, one at a time."""
