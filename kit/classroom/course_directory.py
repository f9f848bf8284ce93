"""Where an nbgrader course directory has its gradebook and its folders, by its own settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kit.errors import CourseError
from kit.words import _

CONFIG_FILE = "nbgrader_config.py"


@dataclass(frozen=True)
class CourseDirectory:
    """What a course directory's settings say, or nbgrader's own defaults.

    Attributes:
        root: the folder that holds ``source/``.
        db_url: the gradebook, as SQLAlchemy names databases.
        course_id: which of the gradebook's courses this is, or "".
        submitted, autograded: the folders with a folder for each student.
    """

    root: Path
    db_url: str
    course_id: str
    submitted: Path
    autograded: Path


def read_course_directory(folder: Path) -> CourseDirectory:
    """The settings in a folder's ``nbgrader_config.py``, which is run, as nbgrader runs it.

    Raises:
        CourseError: the file cannot be run.
    """
    settings = _settings(folder / CONFIG_FILE)
    root = Path(settings.get("root") or folder).absolute()

    def step(name: str) -> Path:
        return root / (settings.get(f"{name}_directory") or name)

    return CourseDirectory(
        root=root,
        db_url=settings.get("db_url") or f"sqlite:///{root / 'gradebook.db'}",
        course_id=settings.get("course_id") or "",
        submitted=step("submitted"),
        autograded=step("autograded"),
    )


def _settings(file: Path) -> dict[str, str]:
    if not file.is_file():
        return {}
    from traitlets.config import PyFileConfigLoader

    try:
        config = PyFileConfigLoader(file.name, path=str(file.parent)).load_config()
    except Exception as error:  # it is Python, and may do anything
        raise CourseError(
            _("{path} cannot be run: {error}.").format(path=file, error=error),
            _("Mend the line that it names; nbgrader reads this file, too."),
        ) from error
    return {name: str(value) for name, value in config.CourseDirectory.items()}
