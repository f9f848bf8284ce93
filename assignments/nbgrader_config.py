"""Settings of nbgrader for this course; its own documentation lists what can stand here."""

from pathlib import Path

from kit.grading.lists import autograde_preprocessors

c = get_config()  # noqa: F821 - given by nbgrader
c.CourseDirectory.root = str(Path(__file__).parent)
c.CourseDirectory.course_id = "reading-the-world-in-tables"

# `nbgrader autograde` and formgrader's button shut submissions in, and mark as `kit grade` does.
c.Autograde.autograde_preprocessors = autograde_preprocessors()

# Pages of feedback hold nothing of a hidden test, and can be read on a phone, without a network.
c.GenerateFeedback.exporter_class = "kit.grading.feedback.FeedbackExporter"
