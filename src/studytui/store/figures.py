"""Statistics for people: named, grouped, in units."""

from __future__ import annotations

from collections.abc import Sequence

from studytui.store.statistics import Stats


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
        (
            "Retention, last 30 days",
            (("all cards", _percent(stats.retention)), ("mature cards", _percent(stats.mature_retention))),
        ),
        ("Cards", tuple((phase, str(count)) for phase, count in stats.cards.items())),
        (
            "Words",
            tuple((status, str(stats.words.get(status, 0))) for status in ("known", "learning", "ignored")),
        ),
    )


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
