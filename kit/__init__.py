"""Lesson Kit: self-paced lessons in Jupyter. What a notebook imports.

    from kit import lesson
    checks = lesson()      # finds the lesson that this notebook belongs to
    checks.mean_mass       # shows that check

Two flows run through the package::

    lesson notebook -> check or media widget -> event -> store -> progress -> home
    (session)          (checks, widgets)       (events) (store)  (progress)  (apps, server)

    assignment source -> release -> submission -> marks -> feedback     (nbgrader, in assignments/)

The modules here run in the learner's kernel. A folder is code that runs somewhere else or is for
someone else: ``widgets`` in the browser, ``apps`` in Voila, ``server`` in the Jupyter server,
``authoring`` on the teacher's machine. ``docs/architecture.md`` tells the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kit.session import Audio, Link, Notes, Slides, Video, lesson

__version__ = "0.1.0"
__all__ = ["Audio", "Link", "Notes", "Slides", "Video", "__version__", "lesson"]


def __getattr__(name: str) -> Any:
    """Import what a notebook asks for when it asks: ``import kit`` itself stays fast."""
    if name in __all__:
        from kit import session

        return getattr(session, name)
    raise AttributeError(f"module 'kit' has no attribute {name!r}")
