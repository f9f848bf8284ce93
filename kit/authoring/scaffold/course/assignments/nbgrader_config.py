"""Settings of nbgrader for this course; its own documentation lists what can stand here."""

from pathlib import Path

c = get_config()  # noqa: F821 - given by nbgrader
c.CourseDirectory.root = str(Path(__file__).parent)
c.CourseDirectory.course_id = "@ID@"
