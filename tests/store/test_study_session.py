"""A quiz on a real text in a real collection: what is kept, what is told at the end."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytui.session.asking.example_turns import ExampleTurns
from studytui.session.asking.learner_questions import LearnerQuestions
from studytui.session.asking.quizzes import quiz_session, resumed_session, unfinished
from studytui.session.asking.session_summary import covered
from studytui.session.asking.study_session import StudySession, review_session
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.store.reports.confusions import confusions
from studytui.study.examples import collected_sentences
from studytui.study.notes.note import Example, Note
from studytui.study.notes.review import Rating
from studytui.study.questions.judge import Verdict, judge
from studytui.study.questions.question import Question
from studytui.study.scheduling.study_day import StudyDays
from studytui.study.vocabulary import Coverage
from studytui.wording import many

START = datetime(2026, 5, 1, 9, tzinfo=UTC)
TEXT = """
邻居养了一只懒猫，整天躺在阳台上晒太阳。有一天，老鼠大摇大摆地从它面前走过，它连眼睛都不睁开。
邻居很生气，说养猫不如养狗。可是夜里下起大雨，水管忽然漏水，全家人都睡得很沉。
懒猫跳上床，用爪子轻轻拍主人的脸，直到他醒来。邻居从此再也不抱怨，天天给猫买鱼。
"""


class Clock:
    """A clock that goes on a second at each look."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for what is made of the dictionary, so that it is made once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def workspace(home: Path, cache: Path) -> Iterator[Workspace]:
    locations = replace(Locations.find({"STUDYTUI_HOME": str(home)}), cache=cache)
    with Collection.open(locations, Clock(), StudyDays(UTC, 4)) as collection:
        yield Workspace(collection)


@pytest.fixture
def session(workspace: Workspace, tmp_path: Path) -> StudySession:
    path = tmp_path / "cat.txt"
    path.write_text(TEXT, encoding="utf-8")
    document = workspace.annotate(workspace.open(str(path)))
    return quiz_session(workspace, document, workspace.phrases(document), 8, 3)


def by_choice(session: StudySession) -> Question:
    """The next question with options that is scheduled; those before it are answered right."""
    while (question := session.next()) is not None:
        if question.form == "choice" and question.kind in ("cloze", "recall"):
            return question
        session.rate(question, Rating.GOOD, 2000, judge(question, question.answer))
    raise AssertionError("no question by choice")


def taken(workspace: Workspace) -> Mapping[str, Mapping[str, int]]:
    """What was taken for what, as the next question hears of it."""
    return confusions(workspace.collection.locations, workspace.collection.state)


def wrong(question: Question) -> Verdict:
    option = next(option for option in question.options if option.family != "answer")
    return judge(question, option.text)


def test_what_was_taken_for_the_answer_is_kept_and_undone(
    workspace: Workspace, session: StudySession
) -> None:
    question = by_choice(session)
    verdict = wrong(question)
    assert verdict.confused
    session.rate(question, Rating.AGAIN, 3000, verdict)
    assert taken(workspace)[question.headword] == {verdict.confused: 1}
    assert session.undo() is not None
    assert question.headword not in taken(workspace)


def test_confusions_outlive_the_program_and_come_back_as_options(
    workspace: Workspace, session: StudySession
) -> None:
    question = by_choice(session)
    verdict = wrong(question)
    session.rate(question, Rating.AGAIN, 3000, verdict)
    with Collection.open(workspace.collection.locations, Clock(), StudyDays(UTC, 4)) as again:
        kept = confusions(again.locations, again.state)
        assert kept == {question.headword: {verdict.confused: 1}}
        card = again.card(question.card)
        assert card is not None
        offered = [
            LearnerQuestions(Workspace(again)).question(card, random.Random(seed)).options
            for seed in range(3)
        ]
    assert all(verdict.confused in {option.headword for option in options} for options in offered)


def test_a_right_answer_tells_of_no_confusion(workspace: Workspace, session: StudySession) -> None:
    question = by_choice(session)
    session.rate(question, Rating.GOOD, 3000, judge(question, question.answer))
    assert taken(workspace) == {}


def test_the_outcome_tells_what_was_learnt_what_slipped_and_what_the_text_gained(
    session: StudySession,
) -> None:
    slipped = by_choice(session)
    session.rate(slipped, Rating.AGAIN, 3000, wrong(slipped))
    learnt = by_choice(session)
    session.rate(learnt, Rating.EASY, 3000, judge(learnt, learnt.answer))
    outcome = session.outcome()
    assert slipped.note in outcome.summary.slipped
    assert learnt.note.id in {note.id for note in outcome.summary.learnt}
    assert outcome.before is not None
    assert outcome.after is not None
    assert outcome.before.learning == 0
    assert outcome.after.learning >= 2
    assert outcome.before.words == outcome.after.words
    assert {note.id for _, note in outcome.summary.coming} >= {slipped.note.id, learnt.note.id}
    assert [at for at, _ in outcome.summary.coming] == sorted(at for at, _ in outcome.summary.coming)
    assert outcome.next_due is not None


def test_the_lines_name_what_comes_back_and_the_coverage(session: StudySession) -> None:
    slipped = by_choice(session)
    session.rate(slipped, Rating.AGAIN, 3000, wrong(slipped))
    text = "\n".join(session.summary())
    assert f"Slipped:   {slipped.headword}" in text
    assert "Words of this text:" in text
    assert any(line.startswith("Back today: ") and slipped.headword in line for line in text.splitlines())


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (
            Coverage(new=50, learning=0, known=50),
            Coverage(new=40, learning=10, known=50),
            "Words of this text: 50% known (as before), 10% being learned (before: 0%).",
        ),
        (
            Coverage(new=1),
            Coverage(known=1),
            "Words of this text: 100% known (before: 0%), 0% being learned (as before).",
        ),
    ],
)
def test_coverage_before_and_after(before: Coverage, after: Coverage, line: str) -> None:
    assert covered(before, after) == line


def test_a_long_text_is_gone_through_by_chapters_and_tells_how_far_it_is(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "book.txt"
    once = "\n".join(f"　　{line}" for line in TEXT.split()) + "\n"
    chapter = once * 60
    path.write_text("".join(f"第{n}章 懒猫\n\n{chapter}\n" for n in "一二三四五六七八"), encoding="utf-8")
    document = workspace.annotate(workspace.open(str(path)))
    told: list[tuple[int, int]] = []
    said: list[str] = []

    def tell(done: int, all_: int) -> None:
        told.append((done, all_))
        said.append(workspace.still_finding)

    phrases = workspace.phrases(document, 12, tell)
    assert len(told) > 2
    assert said[1] == f"The key phrases are still being found: 1 of {len(told)} chapters are done."
    assert workspace.still_finding == "The key phrases are still being found."
    assert told == [(done, len(told)) for done in range(1, len(told) + 1)]
    swagger = next(phrase for phrase in phrases if phrase.headword == "大摇大摆")
    assert swagger.count == len(swagger.occurrences) == 480
    for paragraph, start, end in swagger.occurrences:
        assert document.document.paragraphs[paragraph].text[start:end] == "大摇大摆"
    assert swagger.example is not None
    assert swagger.example.document_id == document.document.id


@pytest.mark.parametrize("again", [False, True])
def test_what_is_said_of_tomorrow_is_what_tomorrow_begins_with(
    session: StudySession, workspace: Workspace, again: bool
) -> None:
    collection = workspace.collection
    aside = 0
    while (question := session.next()) is not None:
        if aside < 2 and question.card:
            aside += 1
            session.set_aside(question, "bury")  # it comes tomorrow
            continue
        first = again and not any(answer.question == question for answer in session._round.answers)
        rating = Rating.AGAIN if first else Rating.EASY
        session.rate(question, rating, 3000, judge(question, question.answer))
    tomorrow = collection.due_tomorrow()
    assert tomorrow.total > 0
    said = [line for line in session.summary() if line.startswith("Tomorrow")]
    assert said == [
        f"Tomorrow: {many(tomorrow.total, 'card')}"
        + (f", {tomorrow.new} of them new." if tomorrow.new else ".")
    ]
    clock = collection.clock
    assert isinstance(clock, Clock)
    clock.at = START + timedelta(days=1)
    assert collection.today().due == tomorrow
    assert collection.due_counts()[""] == tomorrow


def test_a_quiz_that_goes_on_has_its_answers_and_what_comes_again(
    workspace: Workspace, session: StudySession
) -> None:
    """Whatever ended it: nothing is written on the way out."""
    slipped = by_choice(session)
    session.rate(slipped, Rating.AGAIN, 3000, wrong(slipped))
    taken_back = by_choice(session)
    session.rate(taken_back, Rating.EASY, 2000, judge(taken_back, taken_back.answer))
    session.undo()
    stood, told = session.standing(), session.outcome().summary
    assert stood.again >= 1
    with Collection.open(workspace.collection.locations, Clock(), StudyDays(UTC, 4)) as collection:
        again = Workspace(collection)
        broken_off = unfinished(again)
        assert broken_off is not None
        resumed = resumed_session(again, broken_off[0])
        assert resumed.standing() == stood
        assert resumed.outcome().summary == told
        following = resumed.next()
        assert following is not None
        assert following.card == taken_back.card
        assert "to go" in resumed.leave()


@pytest.mark.parametrize(
    ("shown", "around"),
    [
        ("它连眼睛都不睁开。", ("…", "")),
        ("邻居很生气", ("", "…")),
        ("水管忽然漏水", ("…", "…")),
        ("邻居很生气，说养猫不如养狗。", ("", "")),
        ("邻居自己写的句子", ("", "")),
    ],
)
def test_a_review_marks_where_the_sentence_of_a_text_goes_on_as_a_quiz_does(
    workspace: Workspace, tmp_path: Path, shown: str, around: tuple[str, str]
) -> None:
    (tmp_path / "cat.txt").write_text(TEXT, encoding="utf-8")
    document = workspace.open(str(tmp_path / "cat.txt"))
    workspace.collection.library.remember(document)
    word = shown[:2]
    note = Note(word, ("di4", "yi1"), word, ("gloss",), example=Example(shown, 0, 2, document.id, "cat"))
    workspace.collection.add_note(note)
    workspace.collection.change_settings({"templates": ["cloze"]})
    question = review_session(workspace, None, seed=1).next()
    assert question is not None
    assert question.around == around
    before, after = around
    assert question.prompt == f"{before}＿＿{shown[2:]}{after}"


OTHER = """
这家饭店的服务员很热情，客人很少抱怨。昨天有一个客人抱怨菜太咸，经理马上给他换了一盘。
"""


def test_the_sentences_of_a_note_are_taken_in_turn(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own, those of texts read since, then collected ones; the note itself stays as it was kept."""
    collected = tmp_path / "sentences.tsv"
    collected.write_text(
        "你为什么总是抱怨天气不好？\tWhy do you always complain?\tTatoeba\n", encoding="utf-8"
    )
    monkeypatch.setattr(collected_sentences, "PACKAGED", collected)
    collection, texts = workspace.collection, []
    for name, text in (("cat", TEXT), ("inn", OTHER)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        texts.append(workspace.open(str(tmp_path / f"{name}.txt")))
        collection.library.remember(texts[-1])
    own = Example("邻居从此再也不抱怨，天天给猫买鱼。", 7, 9, texts[0].id, "cat")
    note = Note("抱怨", ("bao4", "yuan4"), "抱怨", ("to complain",), example=own)
    collection.add_note(note)
    found = ExampleTurns(collection, workspace.lexicon, workspace.sentence_words).of(note)
    assert found[0] == own
    assert {each.document_id for each in found} == {texts[0].id, texts[1].id, ""}
    assert [each.translation for each in found if not each.document_id] == ["Why do you always complain?"]
    assert all(each.text[each.start : each.end] == "抱怨" for each in found)
    assert len({each.text for each in found}) == len(found) >= 3
    session = review_session(workspace, None, seed=1)
    asked = []
    for _ in found:
        question = session.next()
        assert question is not None
        asked.append(question.note.example)
        session.rate(question, Rating.AGAIN, 900, judge(question, "?"))
    assert tuple(asked) == found
    assert collection.note(note.id) == note
