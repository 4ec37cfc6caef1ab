"""What an event's payload says: its subject, its answer, what it takes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from studytui.store.journal.journal import Event
from studytui.store.journal.review_line import Reviewed, terms_of
from studytui.store.note_json import note_from_json
from studytui.study.notes.card import split_card_id
from studytui.study.notes.review import Rating
from studytui.study.scheduling.scheduler import Answer, Answered, Scheduler
from studytui.study.vocabulary import STATUSES
from studytui.text.words.recut import SCOPES, Mend

Subjects = set[tuple[str, str]]
"""What events speak of: see `subject`."""


def undone_by(event: Event) -> tuple[str, ...]:
    """The ids of the events that an event takes back; none if it is not an undo."""
    if event.type != "undo":
        return ()
    target = event.payload.get("target")
    return (target,) if isinstance(target, str) else ()


def answer_of(event: Event) -> Answered | None:
    """The answer of a `review` event; None if it does not say one."""
    said: object = event.payload
    if type(said) is Reviewed:
        return said
    try:
        return _answer(event)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def mend_of(said: Mapping[str, Any]) -> Mend:
    """The cut that the payload of a `segment` event says.

    Raises:
        KeyError, TypeError, ValueError: it does not say one.
    """
    parts = tuple(_text(part) for part in said["parts"])
    scope = said["scope"]
    if not parts or not all(parts) or scope not in SCOPES or said["text"] != "".join(parts):
        raise ValueError
    if scope == "everywhere":
        return Mend(parts)
    document = _text(said["document"])
    if scope == "text":
        return Mend(parts, "text", document)
    return Mend(parts, "place", document, _text(said["before"]), _text(said["after"]))


def mend_to_json(mend: Mend) -> dict[str, Any]:
    """The payload of a `segment` event."""
    said: dict[str, Any] = {"text": mend.text, "parts": list(mend.parts), "scope": mend.scope}
    if mend.scope != "everywhere":
        said["document"] = mend.document_id
    if mend.scope == "place":
        said |= {"before": mend.before, "after": mend.after}
    return said


def understood(event: Event) -> bool:
    """Whether an event says what its type should; one that does not counts for nothing."""
    if event.type == "undo":
        return bool(undone_by(event))
    return subject(event) is not None and (event.type != "review" or answer_of(event) is not None)


def _answer(event: Event) -> Answer:
    said = event.payload
    day, offset = date.fromisoformat(said["day"]), said["offset"]
    # No zone is more than 14 hours from UTC, and no day turns over later than 23 hours after midnight.
    if type(offset) is not int or abs(offset) > 1440 or abs((day - event.at.date()).days) > 2:
        raise ValueError("a study day that cannot be")
    if type(said["took_ms"]) is not int or said["took_ms"] < 0:
        raise ValueError("a time that cannot be")
    chance = said.get("fuzz")
    if chance is not None and not (type(chance) in (int, float) and 0 <= chance < 1):
        raise ValueError("a chance that cannot be")
    return Answer(event.at, day, offset, _RATINGS[said["rating"]], terms_of(said), chance)


_RATINGS = {int(rating): rating for rating in Rating}


def subject(event: Event) -> tuple[str, str] | None:
    """What an event speaks of, as a kind and a name; None if it is an undo, or does not say.

    The payloads, by type:
        review: card, rating (1-4), took_ms, kind (of question), given (what was typed), day (study day),
            offset (minutes east of UTC), leech (true if it was suspended for it); retention, learning,
            relearning (see `Terms`) where they are not the usual ones; confused (the headword that was
            taken for the card's) where one was; fuzz (see `Answer.chance`) where there was any.
        undo: target (an event's id).
        mark: headword, status, batch (the same text in all marks of one act).
        note: act; put: note; suspend, unsuspend: card; bury: card, day.
        segment: text, parts, scope; document unless it holds everywhere; before, after for a place.
        optimised: weights.
        text: document, title, name.
        place: document, paragraph, offset.
    """
    try:
        return _subject(event)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None


def note_of(about: tuple[str, str]) -> str | None:
    """The id of the note that a subject is or belongs to; None if it is neither a note nor a card."""
    kind, name = about
    if kind == "card":
        return split_card_id(name)[0]
    return name if kind == "note" else None


def _subject(event: Event) -> tuple[str, str] | None:
    said = event.payload
    match event.type:
        case "review":
            # The answer is looked at when it is folded: this is asked of each of a million reviews.
            split_card_id(said["card"])
            return "card", said["card"]
        case "note":
            return _note_subject(said)
        case "mark":
            if said["status"] not in STATUSES:
                raise ValueError
            return "mark", _text(said["headword"])
        case "segment":
            mend = mend_of(said)
            where = [mend.text, mend.scope, mend.document_id or "", mend.before, mend.after]
            return "segment", "\t".join(where)
        case "optimised":
            weights = said["weights"]
            if len(weights) != 21 or not all(type(weight) in (int, float) for weight in weights):
                raise ValueError
            Scheduler(weights=tuple(weights)).check()
            return "weights", ""
        case "text":
            _text(said["title"]), _text(said["name"])
            return "text", _text(said["document"])
        case "place":
            if not all(type(said[key]) is int and said[key] >= 0 for key in ("paragraph", "offset")):
                raise ValueError
            return "place", _text(said["document"])
    return None


def _note_subject(said: Mapping[str, Any]) -> tuple[str, str]:
    match said["act"]:
        case "put":
            return "note", note_from_json(said["note"]).id
        case "suspend" | "unsuspend" | "bury" as act:
            split_card_id(said["card"])
            if act == "bury":
                date.fromisoformat(said["day"])
            return "card", said["card"]
    raise ValueError


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def told(event: Event) -> str:
    """An act in a few words."""
    said = event.payload
    match event.type:
        case "review":
            name, template = split_card_id(said["card"])
            rating = Rating(said["rating"]).name.capitalize()
            return f"the answer {rating} to {name.split('/')[0]} ({template})"
        case "mark":
            return f"marking {said['headword']} as {said['status']}"
        case "note" if said["act"] == "put":
            return f"adding or editing {said['note']['headword']}"
        case "note":
            name, template = split_card_id(said["card"])
            acts = {"suspend": "suspending", "unsuspend": "unsuspending", "bury": "burying"}
            return f"{acts[said['act']]} {name.split('/')[0]} ({template})"
        case "segment":
            return f"reading {''.join(said['parts'])} as {' | '.join(said['parts'])}"
        case _:
            return "the new weights of the schedule"
