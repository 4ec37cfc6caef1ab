"""`studytui placement`: words one by one, in a terminal without a screen."""

from __future__ import annotations

import sys
from random import Random

from studytui.cli.output import open_workspace, print_object, say, say_aside
from studytui.errors import UsageError
from studytui.session import placing
from studytui.wording import many


def placement(seed: int | None, *, json: bool) -> int:
    """Asks some forty words, a line each; an empty line or the end of the input breaks it off.

    Raises:
        UsageError: standard input is closed.
        StudytuiError: the answers could not be written.
    """
    if sys.stdin is None:
        raise UsageError("standard input is closed: answer the words in a terminal.")
    with open_workspace() as workspace:
        asked = placing.begin(workspace, Random(seed))  # noqa: S311 - nothing is kept secret by it
        say_aside(f"{placing.QUESTION} y, n, or b for the word before; an empty line breaks off.")
        say_aside(placing.HOW)
        if asked.answers:
            say_aside(f"It goes on where it was cut off, after {many(len(asked.answers), 'answer')}.")
        while not asked.done:
            say_aside(f"{len(asked.answers) + 1}. {asked.word}")
            line = sys.stdin.readline()
            given = line.strip().lower()
            if not given:
                break
            if given in ("y", "yes"):
                asked.answer(True)
            elif given in ("n", "no"):
                asked.answer(False)
            elif given == "b":
                asked.take_back()
            else:
                say_aside("Answer y, n or b.")
            placing.keep(workspace, asked)
        said = placing.finish(workspace, asked)
        kept = len(asked.answers) >= placing.ENOUGH
    if json:
        ability, off = asked.knowledge.ability
        print_object(
            {
                "kept": kept,
                "answers": len(asked.answers),
                "ability": round(ability, 2),
                "uncertainty": round(off, 2),
                "told": said,
            }
        )
    else:
        say(said)
        say_aside(f"{many(len(asked.answers), 'answer')}.")
    return 0
