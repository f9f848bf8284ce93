"""The rules, by what they are about; importing this package registers them all, in this order."""

# ruff: noqa: F401
# isort: off
import kit.authoring.lint.rules.files
import kit.authoring.lint.rules.ids
import kit.authoring.lint.rules.asked
import kit.authoring.lint.rules.promises
import kit.authoring.lint.rules.mutation
import kit.authoring.lint.rules.objectives
import kit.authoring.lint.rules.answers
import kit.authoring.lint.rules.numbers
import kit.authoring.lint.rules.page
import kit.authoring.lint.rules.video
import kit.authoring.lint.rules.captions
import kit.authoring.lint.rules.slides
import kit.authoring.lint.rules.pace

# isort: on
from kit.authoring.lint.rules.registry import COURSE_RULES, LESSON_RULES

__all__ = ["COURSE_RULES", "LESSON_RULES"]
