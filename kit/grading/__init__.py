"""Grading on nbgrader: its files, its gradebook and its feedback, and our way to run and to judge.

    submitted notebook ─► prepare ─► run (a kernel that is shut in, level exam) ─► mark ─► write
                          nbgrader's own cells,    ▲ JSON in, JSON out             │
                          as the teacher wrote them                                ▼
                                                                     gradebook.db, autograded/

``execute`` and ``save`` stand in nbgrader's lists of preprocessors by configuration alone;
``autograde`` is its ``Autograde`` with several submissions at a time and one writer.
"""
