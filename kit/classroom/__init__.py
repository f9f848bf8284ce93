"""A class as its teacher sees it: progress, marks and work handed in, put together into insight.

    gradebook.db ─► gradebook ─┐
    progress files ─► progress_files ─┼─► ClassData ─► insight ─► dashboard, kit insight
    autograded/ ─► handed_in ─┘

Nothing here writes to the gradebook or to what learners handed in.
"""
