"""Answers: a table of what learners type, round trips, and the ratings proposed."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.study.notes.note import Note
from studytui.study.notes.review import Rating
from studytui.study.questions import typed_pinyin
from studytui.study.questions.judge import Verdict, expected_ms, judge, propose
from studytui.study.questions.question import Form, Kind, Option, Question
from studytui.text.pinyin import joined, marked, separate

TABLE = Path(__file__).with_name("answers.txt")
Case = tuple[str, str, str, tuple[str, ...], tuple[str, ...], str, str]


def cases() -> list[Case]:
    found: list[Case] = []
    head: tuple[str, str, str, tuple[str, ...], tuple[str, ...]] | None = None
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        outcome, colon, answers = line.partition(": ")
        if colon and outcome in ("correct", "partly", "wrong", "unsure"):
            assert head is not None
            found.extend(
                (*head, re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), answer), outcome)
                for answer in answers.split(" | ")
            )
            continue
        front, _, glosses = line.partition(" / ")
        kind, headword, traditional, *syllables = front.split()
        head = (kind, headword, traditional, tuple(syllables), tuple(filter(None, glosses.split("; "))))
    return found


CASES = cases()


def question(kind: str, note: Note, answer: str, form: Form = "typed") -> Question:
    kinds: dict[str, Kind] = {
        "reading": "reading",
        "tone": "tone",
        "recall": "recall",
        "cloze": "cloze",
        "recognition": "recognition",
    }
    return Question(
        kinds[kind], form, f"{note.id}#{kind}", note, note.headword, answer, headword=note.headword
    )


def test_the_table_is_large_and_says_each_thing_once() -> None:
    assert len(CASES) >= 300
    assert len({case[:6] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[f"{case[0]}-{case[1]}-{case[5]}" for case in CASES])
def test_table(case: Case) -> None:
    kind, headword, traditional, syllables, glosses, answer, outcome = case
    note = Note(headword, syllables, traditional, glosses)
    expected = {"reading": joined(syllables), "tone": joined(syllables), "recognition": "; ".join(glosses)}
    verdict = judge(question(kind, note, expected.get(kind, headword)), answer)
    assert verdict.outcome == outcome, verdict


def note_of(headword: str, reading: str, *glosses: str, traditional: str = "", kind: str = "word") -> Note:
    return Note(headword, tuple(reading.split()), traditional or headword, glosses, kind=kind)


READINGS = st.lists(
    st.sampled_from(
        [
            "fa1", "zhan3", "lu:4", "nu:3", "lu:e4", "ju2", "xue2", "yuan4", "an4", "e2", "xi1", "xian1",
            "zhuang4", "shi4", "r4", "er2", "ma5", "de5", "ou3", "wen4", "hai2", "quan3", "jiong3", "yi1",
            "liu2", "gui4", "dun4", "ai4", "bo1", "zi5",
        ]
    ),
    min_size=1,
    max_size=5,
).map(tuple)  # fmt: skip


@given(READINGS)
def test_every_spelling_of_a_reading_is_right(syllables: tuple[str, ...]) -> None:
    marks = separate(syllables)
    spellings = [
        " ".join(syllables),
        "".join(syllables),
        "".join(syllables).upper(),
        "".join(syllables).replace("u:", "v"),
        "".join(syllables).replace("5", "0"),
        "'".join(syllables),
        marks,
        marks.upper(),
        unicodedata.normalize("NFD", marks),
        "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in "".join(syllables)),
    ]
    for spelling_ in spellings:
        verdicts = typed_pinyin.compare(spelling_, syllables)
        assert all(verdict.right for verdict in verdicts), (spelling_, verdicts)
        assert [verdict.expected for verdict in verdicts] == list(syllables)


@given(READINGS, st.integers(0, 4), st.integers(1, 4))
def test_one_wrong_tone_is_found_where_it_is(syllables: tuple[str, ...], place: int, tone: int) -> None:
    place %= len(syllables)
    changed = [*syllables]
    changed[place] = syllables[place].rstrip("12345") + str(tone)
    accepted = typed_pinyin.accepted_tones(syllables)
    verdicts = typed_pinyin.compare(" ".join(changed), syllables)
    assert all(verdict.letters for verdict in verdicts)
    assert [not verdict.tone for verdict in verdicts] == [
        index == place and tone not in accepted[index] for index in range(len(syllables))
    ]


@given(st.text(max_size=40), READINGS)
def test_whatever_is_typed_is_judged(text: str, syllables: tuple[str, ...]) -> None:
    verdicts = typed_pinyin.compare(text, syllables)
    assert [verdict.expected for verdict in verdicts if verdict.expected] == list(syllables)
    note = Note("发展", syllables, "發展", ("development", "to grow"))
    for kind in ("reading", "tone", "recall", "cloze", "recognition"):
        verdict = judge(question(kind, note, "发展"), text)
        unsure = ("unsure",) if kind == "recognition" else ()
        assert verdict.outcome in ("correct", "partly", "wrong", *unsure)
        assert verdict.message.endswith((".", "?")) or verdict.outcome == "correct"


@given(READINGS, READINGS)
def test_a_reading_is_right_for_another_only_where_they_sound_alike(
    given_: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    right = all(verdict.right for verdict in typed_pinyin.compare(" ".join(given_), expected))
    accepted = typed_pinyin.accepted_tones(expected)
    assert right == (
        [syllable[:-1] for syllable in given_] == [syllable[:-1] for syllable in expected]
        and all(int(syllable[-1]) in tones for syllable, tones in zip(given_, accepted, strict=True))
    )


def test_the_verdict_shows_the_wrong_syllable_below_the_right_one() -> None:
    note = note_of("治理", "zhi4 li3")
    verdict = judge(question("reading", note, "zhìlǐ"), "zi4li2")
    assert verdict.message == "Syllable 1: zhì, not zì; Syllable 2: lǐ, not lí."
    assert verdict.side_by_side == ("zhì lǐ", "zì  lí", "^^^ ^^")
    assert (verdict.letters, verdict.tones) == (False, False)
    assert verdict.given == "zì lí"


def test_a_missing_syllable_is_shown_as_missing() -> None:
    verdict = judge(question("reading", note_of("图书馆", "tu2 shu1 guan3"), "túshūguǎn"), "tu2guan3")
    assert verdict.message == "Syllable 2: shū is missing."
    assert verdict.side_by_side == ("tú shū guǎn", "tú --- guǎn", "   ^^^     ")


def choice() -> Question:
    note = note_of("发展", "fa1 zhan3", "development")
    options = (
        Option("发生", "shape", "发生"),
        Option("发展", "answer", "发展"),
        Option("坚持", "text", "坚持"),
    )
    return Question("cloze", "choice", "c", note, "要＿＿经济。", "发展", options, headword="发展")


@pytest.mark.parametrize("answer", ["2", "b", "B", "２", " 发展 ", "发展"])
def test_a_choice_is_answered_by_number_letter_or_text(answer: str) -> None:
    assert judge(choice(), answer).outcome == "correct"


@pytest.mark.parametrize(
    ("answer", "confused"), [("1", "发生"), ("c", "坚持"), ("9", ""), ("0", ""), ("", ""), ("x", "")]
)
def test_a_wrong_choice_names_what_was_confused(answer: str, confused: str) -> None:
    verdict = judge(choice(), answer)
    assert (verdict.outcome, verdict.confused) == ("wrong", confused)


def order() -> Question:
    pieces = ("在图书馆", "看书", "常常", "的。")
    return Question(
        "order",
        "typed",
        "",
        note_of("图书馆", "tu2 shu1 guan3"),
        "他是＿＿",
        "常常在图书馆看书的。",
        tuple(Option(piece, "piece") for piece in pieces),
        sentence="他是常常在图书馆看书的。",
    )


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("3124", "correct"),
        ("3 1 2 4", "correct"),
        ("３，１，２，４", "correct"),
        ("常常在图书馆看书的", "correct"),
        ("他是常常在图书馆看书的。", "correct"),
        ("1324", "partly"),
        ("2134", "wrong"),
        ("3142", "partly"),
        ("312", "wrong"),
        ("3333", "wrong"),
        ("", "wrong"),
    ],
)
def test_pieces_are_put_in_order_by_their_numbers(answer: str, outcome: str) -> None:
    assert judge(order(), answer).outcome == outcome


def test_a_revealed_answer_is_for_the_learner_to_judge() -> None:
    note = note_of("坚持", "jian1 chi2", "to persist in")
    revealed = question("recognition", note, "to persist in", "reveal")
    assert judge(revealed, "").outcome == "shown"
    assert judge(revealed, "persist").outcome == "correct"
    assert judge(question("recognition", note, "to persist in"), "").outcome == "wrong"


def verdict_of(outcome: str, kind: str = "recall") -> Verdict:
    answers = {"correct": "发展", "partly": "fa zhan", "wrong": "经济"}
    note = note_of("发展", "fa1 zhan3", "development")
    return judge(question(kind, note, "发展"), answers[outcome])


@pytest.mark.parametrize(
    ("outcome", "share", "rating"),
    [
        ("wrong", 0.1, Rating.AGAIN),
        ("wrong", 9.0, Rating.AGAIN),
        ("partly", 0.1, Rating.HARD),
        ("partly", 9.0, Rating.HARD),
        ("correct", 0.2, Rating.EASY),
        ("correct", 1.0, Rating.GOOD),
        ("correct", 2.4, Rating.GOOD),
        ("correct", 2.6, Rating.HARD),
    ],
)
def test_the_rating_follows_the_answer_and_the_time(outcome: str, share: float, rating: Rating) -> None:
    verdict = verdict_of(outcome)
    assert propose(verdict, round(share * expected_ms(verdict)), "recall", "typed") is rating


def test_a_lucky_guess_is_never_easy_and_an_unmeasured_time_does_not_count() -> None:
    right = judge(choice(), "2")
    assert propose(right, 1, "cloze", "choice") is Rating.GOOD
    assert propose(right, 10**7, "cloze", "choice") is Rating.HARD
    assert propose(verdict_of("correct"), 0, "recall", "typed") is Rating.GOOD


def test_a_longer_prompt_may_take_longer() -> None:
    note = note_of("发展", "fa1 zhan3", "development")
    short = Question("cloze", "typed", "c", note, "要＿＿经济。", "发展")
    long = Question("cloze", "typed", "c", note, "为了让大家都过上好日子，我们要＿＿经济。", "发展")
    assert expected_ms(judge(long, "发展")) > expected_ms(judge(short, "发展"))


def test_what_cannot_be_said_in_mandarin_is_not_asked_for() -> None:
    assert typed_pinyin.is_spoken(("lu:4", "r5", "fa1"))
    for reading in (("xx5",), ("ka3", "O"), (), ("·",), ("fa",)):
        assert not typed_pinyin.is_spoken(reading)


def test_marks_are_drawn_for_every_syllable_of_the_table() -> None:
    for case in CASES:
        for syllable in case[3]:
            assert marked(syllable)
