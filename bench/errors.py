"""What can go wrong while measuring."""

from __future__ import annotations


class NotMeasured(Exception):
    """A figure could not be taken; says which, and what was seen instead."""
