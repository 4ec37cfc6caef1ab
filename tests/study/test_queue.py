"""What is due, in which order, within which limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.study.notes.card import TEMPLATES, Memory, card_id
from studytui.study.notes.note import Example, Note
from studytui.study.scheduling.due_index import cards_of, next_due
from studytui.study.scheduling.queue import (
    ORDERS,
    DueCard,
    DueCount,
    Limits,
    Today,
    count,
)
from studytui.study.scheduling.scheduler import Scheduler
from studytui.study.scheduling.study_day import StudyDays
from tests.study.plain_queue import Shelf, plain_queue

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)
TODAY = date(2026, 5, 10)
TOMORROW = NOW + timedelta(hours=16)
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


def due_cards(cards: Shelf, limits: Limits, now: datetime, today: date) -> tuple[DueCard, ...]:
    """The queue, which is the one made the plain way."""
    due = tuple(cards.queue(limits, today).cards(cards.room(limits), now))
    assert due == plain_queue(cards, limits, now, today, TOMORROW)[0]
    return due


def rest_of_day(cards: Shelf, limits: Limits) -> Today:
    rest = cards.queue(limits, TODAY).rest(cards.room(limits), NOW, TOMORROW)
    assert rest == plain_queue(cards, limits, NOW, TODAY, TOMORROW)[1]
    return rest


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
    cards = shelf(
        new=None, other=None, due=known(0), over=known(-3), again=known(-1), now=stepping(-1),
        soon=stepping(15), later=stepping(60), latest=stepping(90), next=stepping(17 * 60),
    )  # fmt: skip
    rest = rest_of_day(cards, replace(ONE, new=1, reviews=2))
    assert rest == Today(
        DueCount(1, 2, 2), later=2, next=NOW + timedelta(minutes=60), reviews_held=1, new_held=1
    )
    assert not rest.done
    assert rest.due == count(due_cards(cards, replace(ONE, new=1, reviews=2), NOW, TODAY))
    held = rest_of_day(shelf(due=known(0), new=None), replace(ONE, new=0, reviews=0))
    assert held.done
    assert (held.reviews_held, held.new_held) == (1, 1)
    waiting = rest_of_day(shelf(later=stepping(60)), ONE)
    assert not waiting.done
    two = Limits(templates=("recognition", "recall"))
    studied = shelf(water=known(5, TODAY))
    assert rest_of_day(studied, two) == Today(siblings=1)


kinds = st.one_of(
    st.sampled_from([None, known(0), known(1), known(40), known(5, TODAY), stepping(5), stepping(90)]),
    st.builds(known, st.integers(-4, 4), st.just(TODAY - timedelta(days=60))),
    st.builds(
        lambda memory, day, stability: replace(memory, day=day, stability=stability),
        st.builds(stepping, st.integers(-900, 900)),
        st.sampled_from([None, TODAY, TODAY - timedelta(days=1)]),
        st.sampled_from([0.5, 3.0, 30.0]),
    ),
)

whole_notes = st.builds(
    lambda kept, missing: replace(
        kept,
        glosses=() if missing == "gloss" else kept.glosses,
        example=None if missing == "sentence" else kept.example,
    ),
    st.integers(0, 40).map(lambda number: note(f"词{number}")),
    st.sampled_from([None, None, None, "gloss", "sentence"]),
)


@st.composite
def shelves(draw: st.DrawFn) -> Shelf:
    notes = draw(st.lists(whole_notes, max_size=14, unique_by=lambda each: each.id))
    memories: dict[str, Memory] = {}
    out: list[str] = []
    buried: dict[str, date] = {}
    for each in notes:
        for template in TEMPLATES:
            card = card_id(each.id, template)
            memory = draw(kinds)
            if memory is not None:
                memories[card] = memory
            if draw(st.integers(0, 9)) == 0:
                out.append(card)
            elif draw(st.integers(0, 9)) == 0:
                buried[card] = draw(st.sampled_from([TODAY, TODAY - timedelta(days=1)]))
    return Shelf(notes, memories, set(out), buried, draw(st.integers(0, 3)), draw(st.integers(0, 3)))


all_limits = st.builds(
    Limits,
    st.sampled_from([0, 2, 5, 9999]),
    st.sampled_from([0, 2, 5, 9999]),
    st.lists(st.sampled_from(TEMPLATES), min_size=1, max_size=4, unique=True).map(tuple),
    st.sampled_from(ORDERS),
    st.sampled_from([timedelta(0), timedelta(minutes=20), timedelta(days=1)]),
)


@given(shelves(), all_limits, st.sampled_from([TODAY, TODAY - timedelta(days=1)]), st.data())
def test_the_queue_is_the_one_made_the_plain_way_and_stays_it(
    shelf: Shelf, limits: Limits, today: date, data: st.DataObject
) -> None:
    """Also as cards are answered, suspended, buried, and notes come, change and go, from hour to hour."""
    memories, suspended, buried = dict(shelf.memories), set(shelf.suspended), dict(shelf.buried)
    notes = list(shelf.notes)
    shelf = replace(shelf, notes=notes, memories=memories, suspended=suspended, buried=buried)
    queue = shelf.queue(limits, today)
    now = NOW
    for _ in range(data.draw(st.integers(1, 6))):
        plain, rest = plain_queue(shelf, limits, now, today, TOMORROW)
        assert tuple(queue.cards(shelf.room(limits), now)) == plain
        assert queue.rest(shelf.room(limits), now, TOMORROW) == rest
        counted = queue.counts(lambda name: ["all", name[:2]], shelf.room(limits), now)
        assert counted.get("all", DueCount()) == count(plain) == rest.due
        if not notes:
            break
        now += timedelta(minutes=data.draw(st.integers(0, 60)))
        each = data.draw(st.sampled_from(notes))
        card = card_id(each.id, data.draw(st.sampled_from(TEMPLATES)))
        memory = data.draw(kinds)
        match data.draw(st.sampled_from(["answer", "answer", "out", "bury", "edit", "go"])):
            case "answer" if memory is not None:
                memories[card] = memory
            case "answer":
                memories.pop(card, None)
            case "out":
                suspended ^= {card}
            case "bury":
                buried[card] = today
            case "edit":
                notes[notes.index(each)] = note(each.headword, sentence=each.example is None)
            case "go":
                notes.remove(each)
        queue.put(each.id)


@given(shelves(), all_limits)
def test_the_next_card_is_the_one_that_is_due_first(shelf: Shelf, limits: Limits) -> None:
    learning, day = next_due(shelf.notes, limits.templates, shelf.memories, shelf.suspended)
    cards = [
        card
        for each in shelf.notes
        for template in cards_of(each, limits.templates)
        if (card := card_id(each.id, template)) in shelf.memories and card not in shelf.suspended
    ]
    waiting = [shelf.memories[card] for card in cards]
    assert learning == min((each.due for each in waiting if each.interval is None), default=None)
    assert day == min((each.due_day for each in waiting if each.interval is not None), default=None)


def test_what_is_due_is_a_sequence_whose_cards_are_made_when_they_are_looked_at() -> None:
    stock = shelf(**{f"r{number}": known(-number) for number in range(9)}, new=None)
    due = stock.queue(ONE, TODAY).cards(stock.room(ONE), NOW)
    whole = tuple(due)
    assert due == whole
    assert due != whole[:-1]
    assert due[2:5] == whole[2:5]
    assert due[-1] == whole[-1]
    assert [*due.ids] == [card.id for card in whole]
    assert len(due) == 10
    with pytest.raises(IndexError):
        due[10]
