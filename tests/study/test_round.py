"""A round: what slipped comes back, siblings stand apart, undo, and what came of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.study.notes.card import Memory, card_id
from studytui.study.notes.note import Note
from studytui.study.notes.review import Rating
from studytui.study.questions.judge import Verdict, judge
from studytui.study.questions.question import Question
from studytui.study.questions.round import GAP, MEETING_GAP, Round, spaced
from studytui.study.scheduling.scheduler import Scheduler

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HEADWORDS = "一二三四五六七八九十"


def question(headword: str, template: str = "recall") -> Question:
    note = Note(headword, ("yi1",), headword, ("gloss",))
    if template == "order":
        return Question("order", "typed", "", note, headword + "＿", headword)
    if template == "reading":
        return Question("reading", "typed", card_id(note.id, "reading"), note, headword, "yī")
    return Question("recall", "typed", card_id(note.id, "recall"), note, "gloss", headword)


def right(asked: Question) -> Verdict:
    return judge(asked, asked.answer)


def run(current_round: Round, ratings: dict[str, list[Rating]]) -> tuple[Round, list[str]]:
    """Answer until the round is over, a minute each, Good where `ratings` says nothing more."""
    scheduler = Scheduler()
    memories: dict[str, Memory] = {}
    now = START
    asked: list[str] = []
    while (current := current_round.next(now)) is not None:
        assert len(asked) < 100
        asked.append(current.note.headword)
        left = ratings.get(current.note.headword, [])
        rating = left.pop(0) if left else Rating.GOOD
        memory = None
        if current.card:
            memory = memories[current.card] = scheduler.review(memories.get(current.card), now, rating)
        current_round = current_round.answered(current, right(current), rating, memory, now)
        now += MINUTE
    return current_round, asked


def test_everything_is_asked_and_new_cards_come_back_for_their_next_step() -> None:
    current_round, asked = run(Round.start([question(each) for each in HEADWORDS]), {})
    assert asked[:10] == list(HEADWORDS)
    assert sorted(asked[10:]) == sorted(HEADWORDS)
    assert current_round.left == 0
    assert all(answer.memory is not None for answer in current_round.answers)


def test_what_slipped_comes_back_before_the_end_but_not_at_once() -> None:
    easy = {each: [Rating.EASY] for each in HEADWORDS}
    current_round, asked = run(
        Round.start([question(each) for each in HEADWORDS]), {**easy, "二": [Rating.AGAIN, Rating.EASY]}
    )
    places = [index for index, headword in enumerate(asked) if headword == "二"]
    assert len(places) == 2
    assert GAP < places[1] - places[0] < 8
    summary = current_round.summary(90_000)
    assert [note.headword for note in summary.slipped] == ["二"]
    assert [note.headword for note in summary.learnt] == list("一三四五六七八九十")
    assert (summary.answers, summary.questions, summary.right, summary.took_ms) == (11, 10, 9, 90_000)


def test_a_single_card_is_asked_early_rather_than_waited_for() -> None:
    current_round, asked = run(Round.start([question("一")]), {"一": [Rating.AGAIN, Rating.GOOD]})
    assert asked == ["一"] * 3
    assert current_round.next(START) is None


def test_practice_without_a_card_comes_back_until_it_is_right() -> None:
    questions = [question("一", "order"), *(question(each) for each in "二三四五六七")]
    easy = {each: [Rating.EASY] for each in "二三四五六七"}
    _, asked = run(Round.start(questions), {**easy, "一": [Rating.AGAIN, Rating.AGAIN, Rating.GOOD]})
    assert asked.count("一") == 3


def test_the_summary_says_what_comes_when() -> None:
    easy = {"一": [Rating.EASY], "二": [Rating.AGAIN, Rating.GOOD]}
    current_round, _ = run(Round.start([question("一"), question("二")]), easy)
    coming = current_round.summary().coming
    assert [at for at, _ in coming] == sorted(at for at, _ in coming)
    assert {note.headword for _, note in coming} == {"一", "二"}
    latest = {answer.question.note.headword: answer.memory for answer in current_round.answers}
    for at, note in coming:
        memory = latest[note.headword]
        assert memory is not None
        assert at == memory.due


def test_a_fresh_question_may_be_made_of_what_comes_back() -> None:
    current_round = Round.start([question("一")])
    first = current_round.next(START)
    assert first is not None
    again = Question(first.kind, "typed", first.card, first.note, "another prompt", "一")
    memory = Scheduler().review(None, START, Rating.AGAIN)
    current_round = current_round.answered(first, right(first), Rating.AGAIN, memory, START, lambda _: again)
    assert current_round.next(START + MINUTE) == again
    memory = Scheduler().review(memory, START + MINUTE, Rating.EASY)
    current_round = current_round.answered(again, right(again), Rating.EASY, memory, START + MINUTE)
    assert (current_round.left, current_round.next(START + MINUTE)) == (0, None)


@pytest.mark.parametrize("count", [1, 4, 10])
def test_undo_asks_the_last_question_again_even_after_the_end(count: int) -> None:
    current_round = Round.start([question(each) for each in HEADWORDS[:count]])
    asked: list[Question] = []
    for _ in range(count):
        current = current_round.next(START)
        assert current is not None
        asked.append(current)
        memory = Scheduler().review(None, START, Rating.EASY)
        current_round = current_round.answered(current, right(current), Rating.EASY, memory, START)
    assert current_round.next(START) is None
    for back, last in enumerate(reversed(asked), start=1):
        undone = current_round.undone()
        assert undone is not None
        current_round = undone
        assert current_round.next(START) == last
        assert current_round.left == back
        assert len(current_round.answers) == count - back
    assert current_round.undone() is None


def test_undo_of_a_slip_takes_its_return_back() -> None:
    current_round = Round.start([question(each) for each in "一二三"])
    first = current_round.next(START)
    assert first is not None
    memory = Scheduler().review(None, START, Rating.AGAIN)
    slipped = current_round.answered(first, right(first), Rating.AGAIN, memory, START)
    assert slipped.left == 3
    undone = slipped.undone()
    assert undone is not None
    assert undone.left == 3
    assert undone.next(START) == first
    settled = undone.answered(
        first, right(first), Rating.EASY, Scheduler().review(None, START, Rating.EASY), START
    )
    assert settled.left == 2


@given(st.lists(st.sampled_from("一二三四五六"), max_size=24))
def test_spacing_loses_nothing_and_keeps_siblings_apart_where_it_can(headwords: list[str]) -> None:
    questions = [question(headword, "order") for headword in headwords]
    placed = spaced(questions)
    assert sorted(each.note.headword for each in placed) == sorted(headwords)
    assert spaced(placed) == placed or len(set(headwords)) <= GAP
    if len(headwords) == len(set(headwords)):
        assert placed == tuple(questions)


def test_siblings_stand_apart() -> None:
    questions = [question(each, template) for each in HEADWORDS for template in ("recall", "reading")]
    placed = [each.note.headword for each in spaced(questions)]
    for index, headword in enumerate(placed):
        assert headword not in placed[max(0, index - GAP) : index]


def test_a_new_word_is_asked_after_three_others_at_least() -> None:
    current_round = Round.start([question(each) for each in HEADWORDS])
    seen: list[str] = []
    met: set[str] = set()
    while (current := current_round.next(START)) is not None and len(seen) < 60:
        name = current.note.headword
        if current.note.id not in current_round.met:
            seen.append(f"met {name}")
            met.add(name)
            current_round = current_round.meet(current)
            continue
        seen.append(name)
        current_round = current_round.answered(current, right(current), Rating.EASY, None, START)
    assert met == set(HEADWORDS)
    for name in HEADWORDS[:-1]:
        assert seen.index(name) - seen.index(f"met {name}") > 3 or name == "九"
    assert len([each for each in seen if not each.startswith("met")]) == len(HEADWORDS)


def test_meeting_a_word_survives_undo_and_other_answers() -> None:
    current_round = Round.start([question(each) for each in HEADWORDS])
    first = current_round.next(START)
    assert first is not None
    current_round = current_round.meet(first)
    other = current_round.next(START)
    assert other is not None
    after = current_round.answered(other, right(other), Rating.GOOD, None, START)
    assert first.note.id in after.met
    undone = after.undone()
    assert undone is not None
    assert first.note.id in undone.met


def test_the_standing_moves_with_each_answer() -> None:
    current_round = Round.start([question(each) for each in HEADWORDS[:4]])
    known = card_id(question("三").note.id, "recall")

    def standing() -> tuple[int, int, int, int, int]:
        told = current_round.standing(lambda each: each.card != known)
        return told.new, told.due, told.again, told.learning, told.done

    assert standing() == (3, 1, 0, 0, 0)
    for rating, expected in ((Rating.AGAIN, (2, 1, 1, 0, 0)), (Rating.GOOD, (1, 1, 1, 0, 1))):
        current = current_round.next(START)
        assert current is not None
        current_round = current_round.answered(current, right(current), rating, None, START)
        assert standing() == expected
    assert current_round.standing(lambda _: True).share == pytest.approx(1 / 4)


def test_a_wrong_answer_slipped_whatever_rating_it_was_given() -> None:
    asked = [question(each) for each in HEADWORDS[:2]]
    current_round = Round.start(asked)
    wrong = judge(asked[0], "错")
    current_round = current_round.answered(asked[0], wrong, Rating.EASY, None, START)
    current_round = current_round.answered(asked[1], right(asked[1]), Rating.EASY, None, START)
    summary = current_round.summary()
    assert (summary.right, summary.questions) == (1, 2)
    assert [note.headword for note in summary.slipped] == ["一"]


def test_undo_brings_the_counts_back() -> None:
    current_round = Round.start([question(each) for each in HEADWORDS[:3]])
    before = current_round.standing(lambda _: True)
    first = current_round.next(START)
    assert first is not None
    for after in (
        current_round.set_aside(first, note=True),
        current_round.answered(first, right(first), Rating.AGAIN, None, START),
    ):
        undone = after.undone()
        assert undone is not None
        assert undone.standing(lambda _: True) == before


@pytest.mark.parametrize("earlier", [Rating.AGAIN, Rating.GOOD])
def test_what_comes_back_is_counted_by_its_last_try_also_after_an_undo(earlier: Rating) -> None:
    """A step of learning after a right answer is no failure, and an undone return no first try."""
    asked = question("一")
    memory = Scheduler().review(None, START, earlier)
    stands = Round.start([asked]).answered(asked, right(asked), earlier, memory, START)
    before = stands.standing(lambda _: False)
    assert (before.again, before.learning) == ((1, 0) if earlier is Rating.AGAIN else (0, 1))
    undone = stands.answered(asked, right(asked), Rating.GOOD, None, START + MINUTE).undone()
    assert undone is not None
    assert undone.standing(lambda _: False) == before


def test_a_word_that_undo_brought_back_before_it_was_met_is_asked_some_questions_later() -> None:
    stands: Round | None = Round.start([question(each) for each in HEADWORDS])
    assert stands is not None
    first = stands.waiting[0]
    stands = stands.set_aside(first, note=True).undone()
    assert stands is not None
    assert stands.next(START) == first
    stands = stands.meet(first)
    assert [each.note.headword for each in stands.waiting[: MEETING_GAP + 1]] == list("二三四一")
    assert stands.next(START) != first
    assert stands.left == len(HEADWORDS)


def test_a_round_catches_up_with_what_was_done_beside_it() -> None:
    """Of six: one came back, one was taken back elsewhere, two were answered elsewhere, one is known now."""
    scheduler = Scheduler()
    memories: dict[str, Memory] = {}
    stands = Round.start([question(each) for each in HEADWORDS[:6]])
    slipped, undone, passed, learning, out, left = stands.waiting
    for asked, rating in ((slipped, Rating.AGAIN), (undone, Rating.AGAIN)):
        memories[asked.card] = scheduler.review(None, START, rating)
        stands = stands.answered(asked, right(asked), rating, memories[asked.card], START)
    del memories[undone.card]
    memories[passed.card] = scheduler.review(None, START, Rating.EASY)
    memories[learning.card] = scheduler.review(None, START, Rating.GOOD)
    after = stands.caught_up(START, memories.get, lambda each: each == out)
    assert after.waiting == (undone, left)
    assert [each.question for each in after.returning] == [slipped, learning]
    assert [each.question for each in after.answers] == [slipped]
    assert after.caught_up(START, memories.get, lambda each: each == out) == after
