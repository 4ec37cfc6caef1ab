"""The command `import`: what is known in Anki or stands on a list, reported, then brought in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studytui.cli.output import counting, open_workspace, print_object, say
from studytui.cli.streams import stdin_of
from studytui.wording import many

if TYPE_CHECKING:
    from studytui.anki.back.importing import Carried, Plan
    from studytui.anki.back.survey import Survey
    from studytui.session.workspace import Workspace
    from studytui.tui.screens.import_dialog import Report


def import_(
    name: str, *, yes: bool, standing: Literal["known", "learning"], field: str | None, json: bool
) -> int:
    """Says what a package or list holds and what it would change; with `yes`, changes it."""
    from studytui.anki.back import importing

    with open_workspace() as workspace:
        collection = workspace.collection
        with counting("Reading") as told_of:
            found = importing.survey(
                name,
                lexicon=workspace.lexicon,
                mine=collection.notes(),
                now=collection.now(),
                standing=standing,
                field=field,
                stdin=stdin_of(name),
                on_progress=told_of,
            )
        planned = importing.plan(found, collection)
        carried = importing.carry_out(planned, collection) if yes else None
    if json:
        print_object(_object(found, planned, carried))
    else:
        _report(found, planned, carried)
    return 0


def _object(found: Survey, planned: Plan, carried: Carried | None) -> dict[str, object]:
    from studytui.anki.back.survey import STANDINGS

    return {
        **{standing: found.count(standing) for standing in STANDINGS},
        "words": len(found.words),
        "done": carried is not None,
        "marked_known": carried.known if carried else len(planned.known),
        "marked_learning": carried.learning if carried else len(planned.learning),
        "left": planned.left,
        "unasked": planned.unasked,
        "notes": carried.notes if carried else len(planned.notes),
        "reviews": carried.reviews if carried else len(planned.reviews),
        "forgotten": len(planned.forgotten),
        "cards": carried.acts if carried else len(planned.acts),
        "remarks": carried.remarks if carried else len(planned.remarks),
        "fields": [
            {"type": column.kind or None, "field": column.name, "notes": column.notes, "words": column.words}
            for column in found.columns
        ],
        "skipped": [
            {"reason": each.reason, "count": each.count, "examples": list(each.examples)}
            for each in found.skipped
        ],
    }


_ACTS: dict[str, str] = {
    "suspend": "suspended",
    "unsuspend": "no longer suspended",
    "bury": "buried for today",
    "due": "with another due day",
}
_NOTHING = "Nothing in it is new to studytui."
_MEANINGS = {
    "known": "every card that was studied is at 21 days or more, or comes back then",
    "learning": "studied, but not that far yet",
    "new": "not studied yet",
    "suspended": "all cards suspended: left alone",
}


def look(
    workspace: Workspace,
    named: Path | str,
    standing: Literal["known", "learning"],
    on_progress: Callable[[int, int], None],
) -> Report:
    """For the application: what a package, a list or a text that was pasted holds, and how to bring it in.

    Raises:
        UsageError, StudytuiError: it cannot be read.
    """
    from studytui.anki.back import importing
    from studytui.tui.screens.import_dialog import Report

    collection = workspace.collection
    lexicon, mine = workspace.lexicon, collection.notes()
    if isinstance(named, str):
        found = importing.survey_pasted(named, lexicon=lexicon, mine=mine, standing=standing)
    else:
        found = importing.survey(
            str(named),
            lexicon=lexicon,
            mine=mine,
            now=collection.now(),
            standing=standing,
            on_progress=on_progress,
        )
    planned = importing.plan(found, collection)

    changes = ", ".join(_changes(planned))

    def bring() -> str:
        importing.carry_out(planned, collection)
        # What was forgotten in Anki is taken back answer by answer, and an undo cannot be undone.
        undo = "" if planned.forgotten else " On the home screen, u undoes it."
        return f"Done: {changes}.{undo}"

    last = f"Nothing has been changed yet. With Enter: {changes}." if changes else _NOTHING
    last += _left(planned)
    return Report(tuple(_lines(found)), last, bring if changes else None, found.listed)


def _report(found: Survey, planned: Plan, carried: Carried | None) -> None:
    for line in _lines(found):
        say(line)
    say()
    say(_conclusion(found, planned, carried))


def _lines(found: Survey) -> Iterator[str]:
    """What was found."""
    from studytui.anki.back.survey import STANDINGS

    for column in found.columns:
        where = f"the field {column.name} of {column.kind}" if column.kind else f"{column.name} of the list"
        rows = "note" if column.kind else "line"
        yield f"Words are in {where}: {column.words} of {many(column.notes, rows)}."
    if found.listed:
        taken = {"known": "known", "learning": "being learned", "new": "new: the list was exported from here"}
        for standing in STANDINGS:
            if count := found.count(standing):
                yield f"{many(count, 'different word')} of the dictionary, taken as {taken[standing]}."
    else:
        yield f"{many(len(found.words), 'different word')} of the dictionary:"
        for standing in STANDINGS:
            yield f"  {standing:<10}{found.count(standing):>7}  {_MEANINGS[standing]}"
        if found.words and found.count("new") == len(found.words):
            yield "All of it is new. If you have studied it, export it again with scheduling information."
    if found.japanese:
        yield found.japanese
    for each in found.skipped:
        examples = f" ({', '.join(each.examples)}{', …' if each.count > len(each.examples) else ''})"
        yield f"Skipped: {each.count} that {each.reason}{examples if each.examples else ''}."


def _changes(planned: Plan) -> list[str]:
    """What changes, or has changed, in parts of a sentence."""
    parts = []
    if planned.known:
        parts.append(f"{many(len(planned.known), 'word')} marked as known")
    if planned.learning:
        parts.append(f"{many(len(planned.learning), 'word')} marked as being learned")
    if planned.notes:
        parts.append(f"{many(len(planned.notes), 'note')} added")
    if planned.reviews:
        parts.append(f"{many(len(planned.reviews), 'review')} of your studytui cards taken into the journal")
    if planned.forgotten:
        parts.append(f"{many(len(planned.forgotten), 'card')} new again (Forget in Anki)")
    done = Counter[str](act.act for act in planned.acts)
    for act, name in _ACTS.items():
        if done[act]:
            parts.append(f"{many(done[act], 'card')} {name}")
    if planned.remarks:
        parts.append(f"your own Notes on {many(len(planned.remarks), 'note')}")
    return parts


def _left(planned: Plan) -> str:
    """What stays as it is here, in sentences."""
    kept = planned.left - planned.assumed
    left = f" {many(kept, 'word')} left as they are here." if kept else ""
    if planned.assumed:
        left += f" {many(planned.assumed, 'word')} already counted as known by your level or placement."
    if planned.unasked:
        cards = many(planned.unasked, "card")
        left += f" {cards} with a due day set in Anki but no answer yet: new here until you answer."
    return left


def _conclusion(found: Survey, planned: Plan, carried: Carried | None) -> str:
    """What changes, or has changed."""
    parts, left = _changes(planned), _left(planned)
    if not parts:
        return f"{_NOTHING}{left}"
    if carried is not None:
        return f"Done: {', '.join(parts)}.{left}"
    how = " If they are words you still learn, add --as learning." if found.listed and planned.known else ""
    return f"Nothing has been changed yet. With --yes: {', '.join(parts)}.{left}{how}"
