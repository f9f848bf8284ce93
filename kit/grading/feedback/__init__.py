"""Feedback for a student: one page a notebook, which holds nothing of a hidden test.

    autograded/ ─► nbgrader's GenerateFeedback ─► exporter ─► feedback/STUDENT/A/NOTEBOOK.html
    gradebook  ─► marks ──────────────────────────►│
    submitted/ ─► pictures, outputs ──────────────►│ cells ─► source, verdict, html ─► page.html.j2

All that such a page says is the student's own (as it was handed in), or is in the released
assignment, or is in the gradebook, or is a sentence of the teacher's or ours. What a cell showed
while it was graded is none of these once a hidden test has run: a student's code may have kept what
it was called with. So it is left out, and ``verdict`` tells in words what it came to.
"""

from kit.grading.feedback.exporter import FeedbackExporter, make_pages_of_ours

__all__ = ["FeedbackExporter", "make_pages_of_ours"]
