"""What is due, in which order, within which limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from studytui.study.card import TEMPLATES, Memory, card_id
from studytui.study.day import StudyDays
from studytui.study.note import Example, Note
from studytui.study.queue import (
    DueCount,
    Limits,
    Shelf,
    Today,
    awake,
    cards_of,
    count,
    due_cards,
    rest_of_day,
)
from studytui.study.scheduler import Scheduler

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)
TODAY = date(2026, 5, 10)
ONE = Limits(templates=("recognition",))


def note(name: str, sentence: bool = True) -> Note:
    example = Example(f"{name}。", 0, len(name), "text", "题") if sentence else None
    return Note(name, ("a1",), name, ("a gloss",), example=example)


def known(due_in: int, day: date | None = None) -> Memory:
    """A card in the review phase that comes back in so many days."""
    last = day or TODAY - timedelta(days=30)
    interval = (TODAY - last).days + due_in
    return Memory("review", None, 20.0, 5.0, NOW + timedelta(days=due_in), NOW, 3, 0, last, interval)


def stepping(minutes: int) -> Memory:
    """A card in a learning step that is over in so many minutes."""
    return Memory("learning", 1, 2.0, 5.0, NOW + timedelta(minutes=minutes), NOW, 1, 0, TODAY)


def shelf(**memories: Memory | None) -> Shelf:
    notes = [note(name) for name in memories]
    ids = {name: card_id(note(name).id, "recognition") for name in memories}
    return Shelf(notes, {ids[name]: memory for name, memory in memories.items() if memory}, (), {})


def names(cards: Shelf, limits: Limits = ONE) -> list[str]:
    return [card.note.headword for card in due_cards(cards, limits, NOW, TODAY)]


def test_learning_comes_first_then_reviews_then_new_then_what_is_nearly_due() -> None:
    steps = {"soon": stepping(15), "later": stepping(25), "now": stepping(-1)}
    cards = shelf(new=None, **steps, due=known(0), over=known(-3), tomorrow=known(1))
    assert names(cards) == ["now", "over", "due", "new", "soon"]
    assert count(due_cards(cards, ONE, NOW, TODAY)) == DueCount(new=1, learning=2, review=2)


def test_a_review_is_due_from_the_beginning_of_its_study_day() -> None:
    cards = shelf(evening=replace(known(0), due=NOW + timedelta(hours=9)))
    assert names(cards) == ["evening"]


def test_the_days_limits_count_what_was_done_today() -> None:
    cards = shelf(
        **{f"n{number}": None for number in range(30)}, **{f"r{number}": known(0) for number in range(30)}
    )
    limits = replace(ONE, new=10, reviews=12)
    assert len(names(cards, limits)) == 22
    later = replace(cards, new_today=4, reviews_today=11)
    assert [name[0] for name in names(later, limits)] == ["r"] + ["n"] * 6
    over = replace(cards, new_today=40, reviews_today=40)
    assert names(over, limits) == []


def test_one_note_asks_one_thing_a_day() -> None:
    limits = Limits(templates=("recognition", "recall", "cloze"))
    fresh = Shelf([note("水")], {}, (), {})
    assert [card.template for card in due_cards(fresh, limits, NOW, TODAY)] == ["recognition"]
    name = note("水").id
    answered = replace(fresh, memories={card_id(name, "recognition"): known(3, day=TODAY)})
    assert due_cards(answered, limits, NOW, TODAY) == ()
    rested = replace(fresh, memories={card_id(name, "recognition"): known(3)})
    assert [card.template for card in due_cards(rested, limits, NOW, TODAY)] == ["recall"]
    both = replace(
        fresh, memories={card_id(name, "recognition"): known(0), card_id(name, "cloze"): known(-2)}
    )
    assert [card.template for card in due_cards(both, limits, NOW, TODAY)] == ["cloze"]
    learning = replace(
        fresh, memories={card_id(name, "recognition"): stepping(-1), card_id(name, "cloze"): known(0)}
    )
    assert [card.template for card in due_cards(learning, limits, NOW, TODAY)] == ["recognition"]


def test_suspended_and_buried_cards_stay_away() -> None:
    cards = shelf(a=known(0), b=None, c=stepping(-1), d=known(0))
    ids = [card_id(note(name).id, "recognition") for name in "abcd"]
    assert names(replace(cards, suspended=ids[:3])) == ["d"]
    assert names(replace(cards, buried=dict.fromkeys(ids[:3], TODAY))) == ["d"]
    assert len(names(replace(cards, buried=dict.fromkeys(ids, TODAY - timedelta(days=1))))) == 4


def test_a_note_has_only_the_cards_it_can_fill() -> None:
    every = TEMPLATES
    assert cards_of(note("水"), every) == every
    assert cards_of(note("水", sentence=False), every) == ("recognition", "recall", "reading")
    assert cards_of(Note("水", (), "水", ()), every) == ()


def test_the_random_order_is_the_same_all_day_and_another_tomorrow() -> None:
    cards = shelf(**{f"r{number}": known(-number) for number in range(12)})
    limits = replace(ONE, order="random")
    today = names(cards, limits)
    tomorrow = [card.note.headword for card in due_cards(cards, limits, NOW, TODAY + timedelta(days=1))]
    assert today == names(cards, limits)
    assert sorted(today) == sorted(tomorrow) == sorted(names(cards))
    assert len({tuple(today), tuple(tomorrow), tuple(names(cards))}) == 3


memories = st.one_of(
    st.none(), st.builds(known, st.integers(-5, 5)), st.builds(stepping, st.integers(-60, 60))
)


@given(st.lists(memories, max_size=30), st.integers(0, 10), st.integers(0, 10))
def test_the_queue_keeps_its_limits_and_repeats_nothing(
    cards: list[Memory | None], new: int, reviews: int
) -> None:
    stock = shelf(**{f"c{number}": memory for number, memory in enumerate(cards)})
    due = due_cards(stock, replace(ONE, new=new, reviews=reviews), NOW, TODAY)
    counts = count(due)
    assert counts.new <= new
    assert counts.review <= reviews
    assert counts.total == len({card.id for card in due})
    assert counts.new == min(new, cards.count(None))
    assert due_cards(stock, replace(ONE, new=new, reviews=reviews), NOW, TODAY) == due


def test_the_most_nearly_forgotten_comes_first_if_it_is_asked_for() -> None:
    """As FSRS itself would order them."""
    memories = {
        "strong": replace(known(-5), stability=400.0),
        "weak": replace(known(-1), stability=2.0),
        "middling": replace(known(-9), stability=30.0),
        "late": replace(known(-2, TODAY - timedelta(days=300)), stability=30.0),
    }
    cards = shelf(**memories)
    order = names(cards, replace(ONE, order="retrievability"))
    scheduler = Scheduler(days=StudyDays(UTC, 4))
    assert order == sorted(memories, key=lambda name: scheduler.retrievability(memories[name], NOW))
    assert order != names(cards)


def test_learning_ahead_goes_as_far_as_it_is_allowed_to() -> None:
    cards = shelf(soon=stepping(15), later=stepping(25))
    assert names(cards, replace(ONE, ahead=timedelta(0))) == []
    assert names(cards, replace(ONE, ahead=timedelta(hours=1))) == ["soon", "later"]


def test_what_the_day_still_holds_is_said_honestly() -> None:
    tomorrow = NOW + timedelta(hours=16)
    cards = shelf(
        new=None, other=None, due=known(0), over=known(-3), again=known(-1), now=stepping(-1),
        soon=stepping(15), later=stepping(60), latest=stepping(90), next=stepping(17 * 60),
    )  # fmt: skip
    rest = rest_of_day(cards, replace(ONE, new=1, reviews=2), NOW, TODAY, tomorrow)
    assert rest == Today(
        DueCount(1, 2, 2), later=2, next=NOW + timedelta(minutes=60), reviews_held=1, new_held=1
    )
    assert not rest.done
    assert rest.due == count(due_cards(cards, replace(ONE, new=1, reviews=2), NOW, TODAY))
    held = rest_of_day(shelf(due=known(0), new=None), replace(ONE, new=0, reviews=0), NOW, TODAY, tomorrow)
    assert held.done
    assert (held.reviews_held, held.new_held) == (1, 1)
    waiting = rest_of_day(shelf(later=stepping(60)), ONE, NOW, TODAY, tomorrow)
    assert not waiting.done
    two = Limits(templates=("recognition", "recall"))
    studied = shelf(water=known(5, TODAY))
    assert rest_of_day(studied, two, NOW, TODAY, tomorrow) == Today(siblings=1)


kinds = st.sampled_from(
    [None, known(-3), known(0), known(1), known(40), known(5, TODAY), stepping(5), stepping(90)]
)


@given(st.lists(st.tuples(kinds, kinds), max_size=8), st.integers(0, 3))
def test_those_that_sleep_have_nothing_to_study(
    cards: list[tuple[Memory | None, Memory | None]], suspended: int
) -> None:
    notes = [note(f"词{number}") for number in range(len(cards))]
    limits = Limits(templates=("recognition", "recall"), new=2)
    memories = {
        card_id(each.id, template): memory
        for each, both in zip(notes, cards, strict=True)
        for template, memory in zip(limits.templates, both, strict=True)
        if memory is not None
    }
    whole = Shelf(notes, memories, {card_id(note(f"词{suspended}").id, "recognition")}, {})
    named = {each.id: each for each in notes}
    found = dict(awake(named, named.__getitem__, limits.templates, memories, TODAY))
    asleep = [known(1), known(40), known(5, TODAY)]
    assert found.keys() == {
        each.id for each, both in zip(notes, cards, strict=True) if any(card not in asleep for card in both)
    }
    up = replace(whole, notes=(), laid=[found[name] for name in named if name in found])
    assert due_cards(up, limits, NOW, TODAY) == due_cards(whole, limits, NOW, TODAY)
    tomorrow = NOW + timedelta(hours=16)
    assert rest_of_day(up, limits, NOW, TODAY, tomorrow) == rest_of_day(whole, limits, NOW, TODAY, tomorrow)
