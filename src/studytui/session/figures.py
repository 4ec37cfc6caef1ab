"""Statistics of a collection, and for people: named, grouped, in units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from studytui.store.collection import Collection
from studytui.store.reports import progress, statistics
from studytui.store.reports.histories import Histories
from studytui.store.reports.progress import Progress
from studytui.store.reports.statistics import Stats
from studytui.study.notes.card import card_id
from studytui.study.scheduling.due_index import cards_of
from studytui.study.scheduling.queue import Today
from studytui.study.vocabulary import Status
from studytui.wording import hsk_name, many


def stats_of(collection: Collection, at: datetime | None = None) -> Stats:
    """The figures of the study day of `at`, or of now."""
    now = at or collection.clock()
    state, words = collection.state, collection.words
    aside = words.set_aside() | state.deleted
    new = sum(
        (card := card_id(note.id, template)) not in state.memories and card not in state.suspended
        for note in collection.notes()
        if note.id not in aside
        for template in cards_of(note, collection.config.templates)
    )
    counts = Counter(collection.statuses(words.headwords()).values())
    due = len(collection.queue(at=now))
    return statistics.stats(state, collection.days.day(now), due, new, counts, aside)


def progress_of(collection: Collection, levels: Mapping[str, int | None] | None = None) -> Progress:
    """How it went over the last year; reads all journals.

    Args:
        collection: the learner's.
        levels: headword -> HSK level; the notes' own where it is not said.
    """
    state = collection.state
    own = {record.note.headword: record.note.hsk for record in state.notes.values()}
    return progress.progress(
        Histories(collection.locations, state),
        state,
        collection.study_day(),
        collection.days,
        collection.statuses(collection.words.headwords()),
        {**own, **(levels or {})},
    )


def groups(stats: Stats) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """Groups of figures, each a name and a value, as the screen and the command print them."""
    return (
        (
            "Due",
            (
                ("due now", str(stats.due)),
                ("within 7 days", str(stats.due_in_7_days)),
                ("within 30 days", str(stats.due_in_30_days)),
            ),
        ),
        (
            "Today",
            (
                ("answers", str(stats.answers_today)),
                ("new cards", str(stats.new_today)),
                ("minutes", f"{stats.minutes_today:.0f}"),
                ("days in a row", str(stats.streak)),
            ),
        ),
        ("Retention, last 30 days", tuple(_kept(stats))),
        ("Cards", tuple((phase, str(count)) for phase, count in stats.cards.items())),
        (
            "Words you marked or learn",
            tuple((status, str(stats.words.get(status, 0))) for status in ("known", "learning", "ignored")),
        ),
    )


def _kept(stats: Stats) -> Iterator[tuple[str, str]]:
    yield "all cards", _percent(stats.retention)
    if stats.mature_retention is not None:
        yield "mature cards", _percent(stats.mature_retention)


def how_it_goes(stats: Stats) -> str:
    """One sentence on how it is going."""
    if not stats.streak and stats.retention is None:
        return "Nothing was reviewed in the last 30 days: what you learn and review shows here."
    days = f"{many(stats.streak, 'day')} in a row" if stats.streak else "no answer yet today"
    kept = f"; {_percent(stats.retention)} of the reviews recalled" if stats.retention is not None else ""
    due = f"{many(stats.due, 'card')} to study now" if stats.due else "nothing is due"
    return f"{days[0].upper()}{days[1:]}{kept}; {due}."


def fields(stats: Stats) -> dict[str, object]:
    """The same for a program; shares are 0 to 1, None where there were no reviews."""
    return {
        "due": stats.due,
        "due_in_7_days": stats.due_in_7_days,
        "due_in_30_days": stats.due_in_30_days,
        "forecast": list(stats.forecast),
        "answers_today": stats.answers_today,
        "reviews_today": stats.reviews_today,
        "new_today": stats.new_today,
        "minutes_today": round(stats.minutes_today, 2),
        "retention": stats.retention,
        "mature_retention": stats.mature_retention,
        "cards": dict(stats.cards),
        "known": stats.words.get("known", 0),
        "learning": stats.words.get("learning", 0),
        "ignored": stats.words.get("ignored", 0),
        "streak": stats.streak,
    }


def _percent(share: float | None) -> str:
    return "no reviews yet" if share is None else f"{100 * share:.0f} %"


def past_groups(
    progress: Progress, titles: Mapping[str, str]
) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """As `groups`, of how it went; `titles` by text id."""
    spans = []
    for span in progress.retention:
        for name, reviews, recalled in (
            ("young", span.young, span.young_recalled),
            ("mature", span.mature, span.mature_recalled),
        ):
            if reviews:
                share = f"{100 * recalled / reviews:.0f} % of {reviews}"
                spans.append((f"{name} cards, {span.days} days", share))
    return (
        ("Retention (mature: held 21 days or more)", spans),
        (
            "Words by level",
            [
                ("in no list" if level is None else hsk_name(level), _words(counts))
                for level, counts in progress.by_level.items()
            ],
        ),
        (
            "Words by text",
            [(titles.get(name, name), _words(counts)) for name, counts in progress.by_text.items()],
        ),
    )


def _words(counts: Mapping[Status, int]) -> str:
    return f"{counts.get('known', 0)} known, {counts.get('learning', 0)} learning"


def rest_of_day(today: Today) -> list[str]:
    """Sentences on what the study day still holds, for the end of a session."""
    lines = []
    if today.done:
        lines.append("Done for today.")
    elif today.due.total:
        lines.append(f"{many(today.due.total, 'card')} to study now.")
    if today.later and today.next is not None:
        come = "comes" if today.later == 1 else "come"
        lines.append(f"{many(today.later, 'card')} {come} back today, from {_clock(today.next)} on.")
    held = [
        many(count, name)
        for count, name in ((today.reviews_held, "review"), (today.new_held, "new card"))
        if count
    ]
    if held:
        lines.append(f"Beyond the day's limits: {' and '.join(held)}.")
    if today.siblings:
        have = "has" if today.siblings == 1 else "have"
        lines.append(f"{many(today.siblings, 'word')} {have} another card, which waits until tomorrow.")
    return lines


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"
