"""The command `import`: what is known in Anki or stands on a list, reported, then brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from studytui.cli.output import open_desk, print_object, say
from studytui.cli.reading import stdin_of

if TYPE_CHECKING:
    from studytui.anki.importing import Carried, Plan
    from studytui.anki.report import Survey


def import_(
    name: str, *, yes: bool, standing: Literal["known", "learning"], field: str | None, json: bool
) -> int:
    """Says what a package or list holds and what it would change; with `yes`, changes it."""
    from studytui.anki import importing

    with open_desk() as desk:
        collection = desk.collection
        found = importing.survey(
            name,
            lexicon=desk.lexicon,
            mine=collection.notes(),
            now=collection.now(),
            standing=standing,
            field=field,
            stdin=stdin_of(name),
        )
        planned = importing.plan(found, collection)
        carried = importing.carry_out(planned, collection) if yes else None
    if json:
        print_object(_object(found, planned, carried))
    else:
        _report(found, planned, carried)
    return 0


def _object(found: Survey, planned: Plan, carried: Carried | None) -> dict[str, object]:
    from studytui.anki.report import STANDINGS

    return {
        **{standing: found.count(standing) for standing in STANDINGS},
        "words": len(found.words),
        "done": carried is not None,
        "marked_known": carried.known if carried else len(planned.known),
        "marked_learning": carried.learning if carried else len(planned.learning),
        "left": planned.left,
        "notes": carried.notes if carried else len(planned.notes),
        "reviews": carried.reviews if carried else len(planned.reviews),
        "fields": [
            {"type": column.kind or None, "field": column.name, "notes": column.notes, "words": column.words}
            for column in found.columns
        ],
        "skipped": [
            {"reason": each.reason, "count": each.count, "examples": list(each.examples)}
            for each in found.skipped
        ],
    }


def _report(found: Survey, planned: Plan, carried: Carried | None) -> None:
    from studytui.anki.report import STANDINGS

    for column in found.columns:
        where = f"the field {column.name} of {column.kind}" if column.kind else f"{column.name} of the list"
        rows = "notes" if column.kind else "lines"
        say(f"Words are in {where}: {column.words} of {column.notes} {rows}.")
    meanings = {
        "known": "taken as known" if found.listed else "every card studied is at 21 days or more",
        "learning": "taken as being learned" if found.listed else "studied, but not that far yet",
        "new": "not studied yet",
        "suspended": "all cards suspended; left alone",
    }
    say(f"{len(found.words)} different words of the dictionary:")
    for standing in STANDINGS:
        if (count := found.count(standing)) or not found.listed:
            say(f"  {standing:<10}{count:>7}  {meanings[standing]}")
    for each in found.skipped:
        examples = f" ({', '.join(each.examples)})" if each.examples else ""
        say(f"Skipped: {each.count} {each.reason}{examples}.")
    _conclude(found, planned, carried)


def _conclude(found: Survey, planned: Plan, carried: Carried | None) -> None:
    """What changes, or has changed."""
    known, learning = len(planned.known), len(planned.learning)
    parts = [f"{known} words marked as known, {learning} as being learned"]
    if planned.left:
        parts.append(f"{planned.left} left as they are here")
    if found.notes:
        parts.append(f"{len(planned.reviews)} reviews of your studytui cards taken")
    if planned.notes:
        parts.append(f"{len(planned.notes)} notes added")
    changes = ", ".join(parts)
    say()
    if carried is not None:
        say(f"Done: {changes}.")
    elif not (known or learning or planned.reviews or planned.notes):
        say("Nothing here is new to studytui.")
    else:
        say(f"With --yes: {changes}.")
        if found.listed:
            say(
                "A list does not say how well its words are known; --as learning takes them as being learned."
            )
        say("Nothing has been changed yet.")
