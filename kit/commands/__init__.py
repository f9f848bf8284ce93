"""Commands of ``kit`` that take a file of their own: parse, call, print."""
