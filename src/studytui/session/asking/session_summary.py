"""What came of a session, and how it is told at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studytui.session.figures import rest_of_day
from studytui.study.questions.round import Summary
from studytui.study.vocabulary import Coverage
from studytui.wording import many

if TYPE_CHECKING:
    from studytui.store.collection import Collection
    from studytui.study.notes.note import Note

SHOWN = 8
"""So many headwords are listed for one moment at which cards come back; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a session."""

    summary: Summary
    """What was learnt, what slipped, when each note comes next."""
    leeches: tuple[str, ...]
    """The headwords of the cards that were taken out as leeches."""
    before: Coverage | None
    """Of the text's running words, before the session; None where it was not about one text."""
    after: Coverage | None
    """The same now."""
    next_due: datetime | None
    """When the next card of the whole collection is due, UTC; None if there is none."""


def summary_lines(outcome: Outcome, collection: Collection) -> list[str]:
    """What was learnt, what slipped, what comes when, and the text's coverage: lines for the learner."""
    summary = outcome.summary
    if not summary.answers:
        return ["Nothing is due.", *_following(collection)]
    minutes = max(1, round(summary.took_ms / 60_000))
    lines = [
        f"{many(summary.answers, 'answer')} in {minutes} min; "
        f"{summary.right} of {summary.questions} right at the first try.",
    ]
    if summary.learnt:
        lines.append(f"Went well: {_listed(summary.learnt)}")
    if summary.slipped:
        lines.append(f"Slipped:   {_listed(summary.slipped)}")
    if outcome.leeches:
        lines.append(f"Suspended, being forgotten again and again: {'、'.join(outcome.leeches)}")
    if outcome.before is not None and outcome.after is not None:
        lines.append(covered(outcome.before, outcome.after))
    lines += [f"Back {moment}: {notes}" for moment, notes in _coming(summary, collection.now())]
    return [*lines, *_following(collection)]


def _coming(summary: Summary, now: datetime) -> Iterator[tuple[str, str]]:
    """When which headwords come back, soonest first, the same day in one line."""
    days: dict[str, list[Note]] = {}
    for moment, note in summary.coming:
        # Steps of minutes would make a line each: what comes back today is one.
        told = when(moment, now)
        days.setdefault("today" if told.startswith("today") or told == "now" else told, []).append(note)
    for moment_told, notes in days.items():
        yield moment_told, _listed(notes, SHOWN)


def _following(collection: Collection) -> list[str]:
    following, now = collection.next_due(), collection.now()
    rest = rest_of_day(collection.today())
    tomorrow = collection.due_tomorrow()
    if tomorrow.total:
        new = f", {tomorrow.new} of them new" if tomorrow.new else ""
        return [*rest, f"Tomorrow: {many(tomorrow.total, 'card')}{new}."]
    if following is None or following <= now:  # beyond the day's limits, which is said
        return rest
    return [*rest, f"The next card is due {when(following, now)}."]


def covered(before: Coverage, after: Coverage) -> str:
    """A text's coverage before and after in one line: `Words of this text: 61 % known (as before), …`."""
    shares: list[str] = []
    for name, old, new in (
        ("known", before.known_share, after.known_share),
        ("being learned", _share(before), _share(after)),
    ):
        was = "as before" if f"{old:.0%}" == f"{new:.0%}" else f"before: {old:.0%}"
        shares.append(f"{new:.0%} {name} ({was})")
    return f"Words of this text: {', '.join(shares)}."


def _share(coverage: Coverage) -> float:
    return coverage.learning / coverage.words if coverage.words else 0.0


def _listed(notes: Sequence[Note], most: int | None = None) -> str:
    shown = "、".join(note.headword for note in notes[:most])
    more = len(notes) - len(notes[:most])
    return f"{shown} and {more} more" if more else shown


def when(moment: datetime, now: datetime) -> str:
    """A moment as a learner says it, in local time."""
    if moment <= now:
        return "now"
    local = moment.astimezone()
    days = (local.date() - now.astimezone().date()).days
    if days == 0:
        return f"today at {local:%H:%M}"
    return "tomorrow" if days == 1 else f"on {local:%A, %d %B}"
