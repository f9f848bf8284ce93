"""Voices: programs that speak a text into a WAV file.

- ``flite`` (BSD-like licence, English only): its recorded voice ``rms`` was by far the better
  understood of the two that every Debian has. Of 31 plain sentences of lesson 01 the recogniser
  pocketsphinx 5.1.1 got 10% of its words wrong, about 30% of the voice ``slt``'s and 86% of
  espeak-ng's, all at about the paces below. (A recogniser has learnt from people, so for a person
  the gap may be smaller.)
- ``espeak-ng``, which speaks a hundred languages.
- ``piper``, which sounds like a person, with a model (a file ``.onnx``) that one has to fetch.

Another one is one more function of the shape ``Voice``, given to
:func:`kit.authoring.film.narrate.narrate`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from kit.authoring.film.programs import find_program, run_program
from kit.errors import KitError
from kit.words import _

Speak: TypeAlias = Callable[[str, Path], None]
"""Speaks a text into a WAV file: mono, 16 bit, always at the same rate."""

MODEL_VARIABLE = "KIT_PIPER_MODEL"

_FLITE_STRETCH = 1.02  # of the voice's own pace; gives about 160 words a minute
_ESPEAK_SPEED = 120  # what espeak-ng calls words a minute; about 160 of plain English


@dataclass(frozen=True)
class Voice:
    """A voice: its name, as films are recorded to be made with, and what speaks."""

    name: str
    speak: Speak


def choose_voice(name: str, language: str, model: Path | None = None) -> Voice:
    """The voice of a name.

    Args:
        name: of ``VOICES``. "auto" is piper where it is installed and has a model, else flite
            for English, else espeak-ng.
        language: of the words, such as ``"en"``.
        model: piper's; else that of the variable KIT_PIPER_MODEL.

    Raises:
        KitError: its program is not installed, or does not speak that.
    """
    model = model or (Path(os.environ[MODEL_VARIABLE]) if os.environ.get(MODEL_VARIABLE) else None)
    if name == "auto":
        name = _best(language, model)
    return VOICES[name](language, model)


def _best(language: str, model: Path | None) -> str:
    if model and shutil.which("piper"):
        return "piper"
    lacks_flite = not shutil.which("flite") and shutil.which("espeak-ng")
    return "flite" if _is_english(language) and not lacks_flite else "espeak-ng"


def _is_english(language: str) -> bool:
    return language.lower().split("-")[0] == "en"


def flite(language: str, _model: Path | None = None) -> Voice:
    """The voice of flite.

    Raises:
        KitError: flite is not installed, or the language is not English.
    """
    if not _is_english(language):
        raise KitError(
            _("flite speaks English, not '{language}'.").format(language=language),
            _("Add --voice espeak-ng, which speaks many languages."),
        )
    program = find_program("flite", "flite")

    def speak(text: str, target: Path) -> None:
        stretch = f"duration_stretch={_FLITE_STRETCH}"
        run_program(program, "-voice", "rms", "--setf", stretch, "-t", text, "-o", str(target))

    return Voice("flite", speak)


def espeak(language: str, _model: Path | None = None) -> Voice:
    """The voice of espeak-ng in a language, such as ``"de"`` or ``"en-us"``.

    Raises:
        KitError: espeak-ng is not installed.
    """
    program = find_program("espeak-ng", "espeak-ng")

    def speak(text: str, target: Path) -> None:
        # -z: no silence of its own at the end, because the pauses are ours
        options = ("-v", language, "-s", str(_ESPEAK_SPEED), "-z", "-w", str(target))
        run_program(program, *options, "--", text)

    return Voice("espeak-ng", speak)


def piper(_language: str, model: Path | None = None) -> Voice:
    """The voice of a model of piper; the model decides the language.

    Raises:
        KitError: piper is not installed, or its model is not there.
    """
    program = shutil.which("piper")
    if not program:
        raise KitError(_("piper is not installed."), _("Install it: pipx install piper-tts"))
    if not model or not model.is_file():
        raise KitError(
            _("piper has no model: {path} is not there.").format(path=model)
            if model
            else _("piper has no model."),
            _("Name a file .onnx with --model, or in {variable}.").format(variable=MODEL_VARIABLE),
        )

    def speak(text: str, target: Path) -> None:
        options = ("--model", str(model), "--output_file", str(target))
        run_program(Path(program), *options, stdin=text)

    return Voice(f"piper {model.name}", speak)


VOICES: dict[str, Callable[[str, Path | None], Voice]] = {
    "flite": flite, "espeak-ng": espeak, "piper": piper,
}  # fmt: skip
