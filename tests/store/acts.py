"""Random events, as several devices of one learner would write them."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from studytui.store.journal.event_ids import new_id
from studytui.store.journal.events import Event, EventType, new_event
from studytui.study.notes.card import TEMPLATES, card_id
from studytui.study.notes.note import Example, Note
from studytui.study.scheduling.study_day import StudyDays

HEADWORDS = {"水": ("shui3",), "山": ("shan1",), "朋友": ("peng2", "you5")}
DEVICES = ("workspace-1", "lap-2", "old-3")
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAYS = StudyDays(UTC, 4)


def a_note(headword: str, gloss: str = "a gloss", document: str | None = None) -> Note:
    example = Example(f"有{headword}。", 1, 1 + len(headword), document, "题") if document else None
    syllables = HEADWORDS.get(headword, ("ci2", "yu3"))
    return Note(headword, syllables, headword, (gloss,), example=example)


def words(count: int) -> list[str]:
    """So many headwords."""
    more = [f"词{chr(0x4E00 + number)}" for number in range(count - len(HEADWORDS))]
    return [*HEADWORDS, *more][:count]


CARDS = [card_id(a_note(headword).id, template) for headword in HEADWORDS for template in TEMPLATES[:2]]


def an_act(
    rng: random.Random, at: datetime, past: list[Event], headwords: list[str]
) -> tuple[EventType, dict[str, Any]]:
    """What a learner does next; `past` are the events there are to undo."""
    kinds: list[EventType] = [
        "review",
        "note",
        "mark",
        "undo",
        "text",
        "library",
        "place",
        "segment",
        "optimised",
        "placement",
        "setting",
    ]
    kind = rng.choices(kinds, [60, 15, 8, 12, 3, 3, 3, 3, 1, 4, 2])[0]
    headword = rng.choice(headwords)
    card = card_id(a_note(rng.choice(headwords)).id, rng.choice(TEMPLATES[:2]))
    match kind:
        case "review":
            said: dict[str, Any] = {
                "card": card, "rating": rng.randint(1, 4), "took_ms": rng.randint(0, 9000),
                "kind": "cloze", "given": rng.choice([None, headword, "“\n\u2028"]),
                "day": DAYS.day(at).isoformat(), "offset": rng.choice([0, 480, -300]),
            }  # fmt: skip
            if rng.random() < 0.1:
                said["leech"] = True
            if rng.random() < 0.1:
                said |= {"retention": 0.95, "learning": [], "relearning": [60, 600]}
            return kind, said
        case "note":
            acts = ["put", "put", "delete", "suspend", "unsuspend", "bury", "due", "forget"]
            choice = rng.choice(acts)
            if choice in ("put", "delete"):
                document = rng.choice([None, "one", "two"])
                note = a_note(headword, rng.choice(["first", "second"]), document)
                return kind, {"act": choice, "note": note}
            return kind, {"act": choice, "card": card, "day": DAYS.day(at).isoformat()}
        case "mark":
            return kind, {"headword": headword, "status": rng.choice(["new", "learning", "known", "ignored"])}
        case "placement":
            known, batch = rng.random() < 0.5, rng.choice(["one", "two"])
            return kind, {"headword": headword, "known": known, "batch": batch}
        case "setting":
            return kind, {"name": rng.choice(["known_hsk", "pinyin"]), "value": rng.choice(["1", '"all"'])}
        case "undo" if past:
            target, *more = (event.id for event in rng.choices(past, k=rng.choice([1, 1, 3])))
            return kind, {"target": target, "more": more}
        case "text":
            return kind, {"document": rng.choice("ab"), "title": "题", "name": rng.choice("xy")}
        case "library":
            act = rng.choice(["rename", "archive", "unarchive", "delete"])
            said = {"document": rng.choice("ab"), "act": act}
            if act == "rename":
                said["title"] = rng.choice(["日记", "小说"])
            return kind, said
        case "place":
            return kind, {"document": rng.choice("ab"), "paragraph": rng.randint(0, 5), "offset": 3}
        case "segment":
            where = rng.choice(
                [
                    {"scope": "everywhere"},
                    {"scope": "text", "document": "a"},
                    {"scope": "place", "document": "a", "before": "看", "after": "很"},
                ]
            )
            return kind, {"text": "山水", "parts": rng.choice([["山水"], ["山", "水"]]), **where}
        case "optimised":
            from fsrs.scheduler import DEFAULT_PARAMETERS

            weights = list(DEFAULT_PARAMETERS)
            weights[2] = round(rng.uniform(1, 4), 4)
            return kind, {"weights": weights}
    return "mark", {"headword": headword, "status": "known"}


def some_events(rng: random.Random, count: int, headwords: int = len(HEADWORDS)) -> list[Event]:
    """A history on several devices, whose clocks are off by minutes.

    Args:
        rng: decides everything.
        count: how many events.
        headwords: over how many words they are spread; the fewer, the more happens to each.
    """
    chosen = words(headwords)
    skew = {device: timedelta(minutes=rng.randint(-9, 9)) for device in DEVICES}
    at = START
    events: list[Event] = []
    for _ in range(count):
        at += rng.choice(
            [timedelta(0), timedelta(seconds=20), timedelta(minutes=9), timedelta(days=1, hours=3)]
        )
        device = rng.choice(DEVICES)
        moment = at + skew[device]
        kind, said = an_act(rng, moment, events, chosen)
        events.append(new_event(new_id(moment, rng.randbytes(10)), moment, device, kind, said))
    return events


chances = st.integers(0, 2**32).map(random.Random)

histories = st.builds(some_events, chances, st.integers(0, 60))
