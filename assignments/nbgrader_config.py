"""Settings of nbgrader for this course; its own documentation lists what can stand here."""

from pathlib import Path

c = get_config()  # noqa: F821 - given by nbgrader
c.CourseDirectory.root = str(Path(__file__).parent)
c.CourseDirectory.course_id = "reading-the-world-in-tables"

# Pages of feedback hold nothing of a hidden test, and can be read on a phone, without a network.
c.GenerateFeedback.exporter_class = "kit.grading.feedback.FeedbackExporter"
