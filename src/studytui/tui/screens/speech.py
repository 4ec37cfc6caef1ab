"""Reading aloud, by a speech program that this machine has."""

from __future__ import annotations

import shlex
import shutil
from subprocess import DEVNULL, Popen

from studytui.errors import StudytuiError
from studytui.restricted import require_no_program

PROGRAMS = ("espeak-ng -v cmn", "say -v Tingting", "spd-say -l zh", "espeak -v zh")
"""What speaks Chinese on Linux and on a Mac; the text comes last."""

_speaking: list[Popen[bytes]] = []
"""The program that speaks now."""


def speak(text: str, chosen: str | None) -> None:
    """Begins to read a text aloud; what was being read ends.

    Args:
        text: Chinese.
        chosen: the program with its options; None for the first that is there.

    Raises:
        StudytuiError: there is none, or it cannot be started.
    """
    require_no_program("Reading aloud")
    command = chosen or next((each for each in PROGRAMS if shutil.which(each.split()[0])), None)
    if command is None:
        raise StudytuiError(
            "No speech program is there: install espeak-ng, or name one (Reads aloud with, in the settings)"
        )
    while _speaking:
        _speaking.pop().terminate()
    try:
        words = shlex.split(command)
        _speaking.append(Popen([*words, text.lstrip("-")], stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL))
    except (OSError, ValueError, IndexError) as error:
        raise StudytuiError(f"{command} cannot be started ({error}): name another program") from error
