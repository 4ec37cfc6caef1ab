"""The reader's first line: what the text is, how much of it the learner knows, and how far it is read."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from studytui.study.coverage import AIM
from studytui.study.vocabulary import Coverage
from studytui.wording import share_span

LEAST_TITLE = 12
"""Cells that a title keeps as long as a shorter way to tell the rest is left."""


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to tell of a text."""

    title: str
    covered: Coverage | None
    """None until some words are known."""
    missing: int | None
    """Words to learn until the learner knows `AIM` of the running words; None until all are counted."""
    doing: str
    """What is still being done in the background; empty if nothing is."""
    read: float
    """How far the cursor is through the text's characters, 0 to 1."""
    between: tuple[float, float] | None = None
    """The shares, 0 to 1, between which what is known lies; None where it is counted, not guessed."""


def percent(part: int, whole: int) -> str:
    """A share in whole percent, never rounded to nothing or to all of it.

    `<1` is something, `>99` is not everything.
    """
    share = round(100 * part / whole) if whole else 0
    if part and not share:
        return "<1"
    return ">99" if share == 100 and part < whole else str(share)


def header(told: Told, width: int) -> Content:
    """The line, in the fullest wording for which there is room; the title gives way first.

    Args:
        told: what there is to tell.
        width: cells.
    """
    # Rounded down, and 100 % at the very end alone: what is not read is not said to be.
    read = f"{min(99, int(100 * told.read)) if told.read < 1 else 100}%"
    room = max(LEAST_TITLE, width - len(read) - 2)
    least = min(cell_len(told.title), LEAST_TITLE) + 2
    chosen = next((wording for wording in _wordings(told) if least + cell_len(wording) <= room), "")
    left = room - (cell_len(chosen) + 2 if chosen else 0)
    title = Content.styled(told.title, "bold").truncate(max(1, left), ellipsis=True)
    line = Content.assemble(title, Content.styled(f"  {chosen}" if chosen else "", "dim"))
    gap = " " * max(1, width - line.cell_length - len(read))
    return Content.assemble(line, gap, Content.styled(read, "dim"))


def _wordings(told: Told) -> list[str]:
    """From the fullest to the shortest."""
    if told.covered is None:
        return [told.doing]
    covered, words = told.covered, told.covered.words
    known, learning, new = (
        percent(part, words)
        for part in (covered.probable + covered.known + covered.ignored, covered.learning, covered.new)
    )
    if told.between is not None:
        # What is neither known nor learned is new: the figures of a line add up.
        known, new = share_span(*told.between), share_span(*covered.new_between(*told.between))
    full = f"known {known} %  learning {learning} %  new {new} %"
    short = f"known {known}  learning {learning}  new {new} %"
    names = f"names {covered.names}" if covered.names else ""
    aim = f"{100 * AIM:.0f} %"
    count, least = "", ""
    if told.missing:
        count = f"{told.missing} {'word' if told.missing == 1 else 'words'} to {aim}"
        least = f"{told.missing} to {aim}"
    lines = (
        (full, names, told.doing or count),
        (short, names, told.doing or count),
        (short, told.doing or count),
        (short, told.doing and "…"),
        (f"known {known} %", told.doing and "…", least),
        (f"known {known} %", told.doing and "…"),
    )
    return ["  ".join(filter(None, line)) for line in lines]
