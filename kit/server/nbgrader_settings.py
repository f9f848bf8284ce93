"""nbgrader's settings for its pages in the kit's server: those of the course's own file.

nbgrader looks for them in the folder that one is in, which for a server is any.
"""

from __future__ import annotations

import logging
from pathlib import Path

from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

FILE = "nbgrader_config.py"


def nbgrader_settings(folder: Path) -> Config:
    """What the course's ``nbgrader_config.py`` sets.

    Args:
        folder: nbgrader's course folder, which need not be there.
    """
    found = Config()
    try:
        if (folder / FILE).is_file():
            found.merge(PyFileConfigLoader(FILE, path=str(folder)).load_config())
    except Exception as error:  # anything: it is the teacher's code; /kit/grading says it, too
        logging.getLogger(__name__).warning("%s: %s", folder / FILE, error)
    found.CourseDirectory.root = str(folder)
    if "collect" not in found.ExchangeFactory:
        found.ExchangeFactory.collect = "kit.grading.collect.SafeCollect"
    return found
