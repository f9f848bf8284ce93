"""What is asked and how it is judged: plain Python that knows nothing of Jupyter.

An author imports the kinds from here, in a lesson's ``checks.py``; the name on the left of ``=``
is the check's id::

    from kit.checks import case, choice, code, number, right, table, text, wrong

    mean_mass = number("What is the mean body mass?", answer=4201.75, tolerance=0.01, unit="g", ...)

A check gets a plain value and returns an outcome. Showing it, and keeping it, is others' work.
"""

from kit.checks.blanks import blanks
from kit.checks.check import Check, Example, attempt, attempt_written
from kit.checks.choice import choice, right, wrong
from kit.checks.code import case, code
from kit.checks.gap import gap
from kit.checks.load import load_checks
from kit.checks.match import match
from kit.checks.number import number
from kit.checks.order import order
from kit.checks.outcome import Broken, Failed, NotAttempted, Outcome, Passed
from kit.checks.plot import plot
from kit.checks.reflect import reflect
from kit.checks.rules import called, when
from kit.checks.running.constructs import pattern
from kit.checks.running.properties import holds
from kit.checks.running.work import Work
from kit.checks.table import table
from kit.checks.text import text
from kit.checks.variants import variants

__all__ = [
    "Broken",
    "Check",
    "Example",
    "Failed",
    "NotAttempted",
    "Outcome",
    "Passed",
    "Work",
    "attempt",
    "attempt_written",
    "blanks",
    "called",
    "case",
    "choice",
    "code",
    "gap",
    "holds",
    "load_checks",
    "match",
    "number",
    "order",
    "pattern",
    "plot",
    "reflect",
    "right",
    "table",
    "text",
    "variants",
    "when",
    "wrong",
]
