"""The quiz over a text that was begun last and is not finished: a file of this machine, not of the journal.

The journal says what was answered; what is still to be asked, in which words and in which order, only this
file knows.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec

from studytui.store.files import write_whole
from studytui.study.questions.round import Round

FORMAT = 2


@dataclass(frozen=True, slots=True)
class UnfinishedQuiz:
    """A quiz that was begun."""

    document_id: str
    """Of the text it is about."""
    title: str
    """That text's."""
    seed: int
    """Of the choice and order of wrong options."""
    started: datetime
    """UTC: what was answered since then was answered in it."""
    round: Round
    """Where it stands."""
    took_ms: int = 0
    """Time to answer so far, all together."""
    format: int = FORMAT


_ENCODER = msgspec.json.Encoder()


def write(path: Path, quiz: UnfinishedQuiz) -> None:
    """Keeps where a quiz stands, in place of what was kept before. Its steps are not kept: there is no undo.

    Raises:
        StudytuiError: it cannot be written.
    """
    with suppress(UnicodeEncodeError):  # half a character: such a quiz is not offered again
        write_whole(path, _ENCODER.encode(replace(quiz, round=replace(quiz.round, earlier=None, last=None))))


def read(path: Path) -> UnfinishedQuiz | None:
    """The quiz that is not finished; None if there is none, or none that can be read."""
    try:
        quiz = msgspec.json.decode(path.read_bytes(), type=UnfinishedQuiz)
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return quiz if quiz.format == FORMAT and quiz.started.tzinfo is not None else None


def remove(path: Path, started: datetime) -> None:
    """Forgets the quiz that was begun at a moment, if it is still that one."""
    quiz = read(path)
    if quiz is not None and quiz.started == started:
        with suppress(OSError):  # it stays, and has no question left that is not answered
            path.unlink(missing_ok=True)
