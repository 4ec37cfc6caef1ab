"""One question while it is answered: hints from the least to the most telling, and what settles it."""

from __future__ import annotations

import pytest

from studytui.study.notes.note import Example, Note
from studytui.study.notes.review import Rating
from studytui.study.questions.attempt import Attempt
from studytui.study.questions.explanation import explained
from studytui.study.questions.hints import hints_of
from studytui.study.questions.judge import judge
from studytui.study.questions.question import Form, Kind, Option, Question
from studytui.text.lexicon.lexicon import Lexicon

EXAMPLE = Example("我们要努力发展经济。", 5, 7, "text", "A text")
NOTE = Note("发展", ("fa1", "zhan3"), "發展", ("development", "to develop"), example=EXAMPLE)
MEANING, OUTLINE = "development", "2 characters: f… zh…"


def asked(kind: Kind, form: Form) -> Question:
    prompts = {"cloze": "我们要努力＿＿经济。", "recall": MEANING}
    answers = {"recognition": MEANING, "reading": "fāzhǎn", "tone": "fāzhǎn"}
    hints = {"cloze": (MEANING, OUTLINE) if form == "typed" else (MEANING,), "recall": (OUTLINE,)}
    options = (
        Option("发展", "answer", "发展"),
        Option("发现", "sound", "发现"),
        Option("开会", "text", "开会"),
    )
    return Question(
        kind,
        form,
        f"{NOTE.id}#{kind}",
        NOTE,
        prompts.get(kind, "发展"),
        answers.get(kind, "发展"),
        options if form == "choice" else (),
        hints.get(kind, ()) if form == "typed" or kind == "cloze" else (),
        "发展",
        EXAMPLE.text,
    )


@pytest.mark.parametrize(
    ("kind", "form", "shown", "more"),
    [
        ("cloze", "typed", (), (MEANING, OUTLINE)),
        ("cloze", "choice", (MEANING,), ("f… zh…",)),
        ("recall", "typed", ("2 characters",), ("我们要努力＿＿经济。", OUTLINE)),
        ("recall", "choice", (), ("我们要努力＿＿经济。", "f… zh…")),
        ("recognition", "reveal", (), (EXAMPLE.text, "fāzhǎn")),
        ("reading", "typed", (), ("development; to develop", "f… zh…")),
        ("tone", "typed", (), ("development; to develop",)),
    ],
)
def test_hints_go_from_the_least_to_the_most_telling(
    kind: Kind, form: Form, shown: tuple[str, ...], more: tuple[str, ...]
) -> None:
    hints = hints_of(asked(kind, form))
    assert hints.shown == shown
    told = tuple(line for line in hints.more if not line.startswith("development"))
    assert told == tuple(line for line in more if not line.startswith("development"))
    for line in (*hints.shown, *hints.more):
        assert kind in ("recognition", "reading") or "发展" not in line


def test_each_hint_lowers_what_is_proposed_by_one() -> None:
    for hints, rating in ((0, Rating.GOOD), (1, Rating.HARD), (2, Rating.AGAIN)):
        attempt = Attempt(asked("cloze", "typed"))
        for _ in range(hints):
            assert attempt.hint()
        assert attempt.answer("发展") is not None
        assert attempt.proposed(0) is rating
        assert not attempt.hint()  # it is settled


def test_another_word_is_no_mistake_while_there_are_hints() -> None:
    attempt = Attempt(asked("cloze", "typed"))
    assert attempt.answer("提高") is None
    assert attempt.lines == (MEANING,)
    assert attempt.answer("发展") is not None
    assert attempt.proposed(0) is Rating.HARD


def test_nothing_typed_and_a_near_miss_are_settled_at_once() -> None:
    empty = Attempt(asked("recall", "typed"))
    assert empty.answer("") is not None
    near = Attempt(asked("cloze", "typed"))
    verdict = near.answer("fa3zhan3")
    assert verdict is not None
    assert verdict.outcome == "partly"
    wrong = Attempt(asked("reading", "typed"))
    assert wrong.answer("kai1hui4") is not None  # a reading is what it is: no other would do


@pytest.mark.parametrize("form", ["choice", "typed", "reveal"])
def test_who_does_not_know_is_asked_again(form: Form) -> None:
    attempt = Attempt(asked("recognition" if form == "reveal" else "cloze", form))
    assert attempt.give_up().outcome == "unknown"
    assert attempt.proposed(1) is Rating.AGAIN


def test_no_rating_is_proposed_before_an_answer() -> None:
    with pytest.raises(ValueError, match="no answer yet"):
        Attempt(asked("cloze", "typed")).proposed(0)


def test_a_wrong_word_is_explained() -> None:
    lexicon = Lexicon.open()
    question = asked("cloze", "choice")
    said = explained(question, judge(question, "发现"), lexicon)
    assert said.startswith("发现 fāxiàn means “")
    assert said.endswith("”; it sounds like 发展.")
    assert explained(question, judge(question, "发展"), lexicon) == ""
    assert "means “" in explained(question, judge(question, "开会"), lexicon)
    typed = asked("recall", "typed")
    assert explained(typed, judge(typed, "世界"), lexicon).startswith("世界 shìjiè means “world")
    assert explained(typed, judge(typed, "嚯嚯嚯嚯"), lexicon) == ""


def test_the_hint_of_a_sentence_in_pieces_goes_on_from_what_is_placed() -> None:
    pieces = ("在家", "认真地", "写作业")
    question = Question(
        "order",
        "typed",
        "",
        NOTE,
        "他＿＿＿＿＿＿＿＿",
        "".join(pieces),
        tuple(Option(piece, "piece") for piece in reversed(pieces)),
        also=("认真地在家写作业",),
    )
    attempt = Attempt(question)
    for placed, told in (
        ((), "It goes on with 在家."),
        ((3,), "It goes on with 认真地."),
        ((2,), "It goes on with 在家."),
        ((2, 3), "It goes on with 写作业."),
        ((1,), "Take the last piece back: it goes on differently."),
        ((3, 1, 2), "Take 2 pieces back: it goes on differently."),
    ):
        while attempt.take_back():
            assert attempt.lines == ()  # what was said of other pieces is gone
        for number in placed:
            assert attempt.pick(number)
        assert attempt.hint()
        assert attempt.lines == (told,)
        assert not attempt.has_hint
    assert not attempt.pick(1)
