"""The student's edition of a course, which ``kit build`` makes.

It has what a student needs and nothing that gives answers away: checks are sealed, solutions,
hidden tests and the author's notes are gone. The same course gives the same bytes, wherever and
whenever::

    course ─► contents.py: names and bytes ─► folder.py or zip_file.py ─► Edition
                └ notebooks.py
"""
