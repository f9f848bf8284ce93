"""kit lint: what a script can find wrong in a course, and what to write instead.

A lesson becomes a ``Linted``, which makes its parts (cells, checks, one run in a kernel) when they
are first asked for; each rule is a function that looks at it and yields findings::

    course.toml, folders ─► Linted ─► rules/*.py ─► Finding ─► report (terminal or JSON)
                              │ kernel.py   run from top to bottom
                              │ trials.py   answers with promised outcomes
                              └ scores.py   mutants.py: solutions with a mistake

To add a rule, write a function with a docstring into the file of ``rules/`` that it belongs to,
below ``@rule("its-name", ERROR)``; then ``make docs`` renews docs/lint.md.
"""

from kit.authoring.lint.finding import ERROR, NOTE, WARNING, Finding, Severity
from kit.authoring.lint.run import Report, lint

__all__ = ["ERROR", "NOTE", "WARNING", "Finding", "Report", "Severity", "lint"]
