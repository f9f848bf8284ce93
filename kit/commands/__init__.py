"""The commands of ``kit``, each in a file of its own: parse, call, print.

What a command needs is imported when it runs, so that ``kit --help`` is there at once.
"""
