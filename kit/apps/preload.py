"""Run by the kernel of a lesson's page as it starts, while the browser loads its scripts.

Nothing here is needed for a lesson to work; it moves the imports that every lesson needs to where
nobody waits for them. The learner's names stay as they are: nothing is assigned.
"""

[
    __import__(name)
    for name in ("kit.widgets.check", "kit.widgets.lesson", "kit.widgets.media", "pandas")
]
