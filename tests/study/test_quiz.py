"""Questions: the form by how well a card is known, and a quiz over a text."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from studytui.study.language.gloss import short_gloss
from studytui.study.notes.card import TEMPLATES, Memory, Template, card_id, split_card_id
from studytui.study.notes.note import Example, Note
from studytui.study.notes_from_text import note_of
from studytui.study.phrases.established import is_established
from studytui.study.phrases.ranking import KeyPhrase, key_phrases
from studytui.study.questions.ask import CHOICE_DAYS, blanked
from studytui.study.questions.attempt import Attempt
from studytui.study.questions.judge import judge
from studytui.study.questions.options.distractors import Context
from studytui.study.questions.order import order_question
from studytui.study.questions.question import BLANK, Question
from studytui.study.questions.quiz import question_for, quiz
from studytui.study.questions.round import GAP
from studytui.study.vocabulary import Status
from studytui.text.annotate import Annotator, open_annotator
from studytui.text.document import Document, Paragraph
from studytui.text.reflow.reflow import read_document
from studytui.text.source.source import load
from studytui.text.token import AnnotatedDocument

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)

TEXT = """
我们小区的图书馆不大，可是每天都有很多人来看书。
图书馆的管理员姓林，今年六十八岁，退休以前是中学老师。
林老师认为，看书是一种习惯，习惯要从小培养。
他把孩子们的座位安排在窗户旁边，因为那里的阳光最好。
去年冬天，图书馆的暖气坏了，林老师自己花钱买了三台电暖器。
有人劝他不要管闲事，他笑着说，书怕潮湿，孩子怕冷，这不是闲事。
周末的时候，附近大学的学生会来给孩子们讲故事，讲的多半是成语故事。
上个星期讲的是画蛇添足，孩子们听完以后争先恐后地提问题。
一个小男孩问，蛇没有脚，为什么跑得那么快？
林老师说，这个问题问得很好，我们一起去书架上找答案。
他们找到了一本介绍动物的百科全书，大家看得津津有味。
我在这个图书馆认识了很多朋友，也学会了安静地思考。
"""


@pytest.fixture(scope="module")
def annotator() -> Iterator[Annotator]:
    opened = open_annotator()
    yield opened
    opened.lexicon.close()


@pytest.fixture(scope="module")
def document(annotator: Annotator) -> AnnotatedDocument:
    lines = [line for line in TEXT.splitlines() if line]
    paragraphs = tuple(Paragraph("paragraph", line, range(len(line))) for line in lines)
    return annotator.document(Document("library", "The library", "utf-8", paragraphs))


@pytest.fixture(scope="module")
def phrases(annotator: Annotator, document: AnnotatedDocument) -> tuple[KeyPhrase, ...]:
    return key_phrases(document, annotator.lexicon, new)


def new(_: str) -> Status:
    return "new"


def memory(stability: float, phase: str = "review") -> Memory:
    learning = phase != "review"
    return Memory(
        "learning" if learning else "review",
        0 if learning else None,
        stability,
        5.0,
        NOW,
        NOW,
        reps=3,
        lapses=0,
    )


SENTENCE = "我们要保护环境，也要发展经济。"
NOTE = Note(
    "环境",
    ("huan2", "jing4"),
    "環境",
    ("environment", "circumstances"),
    3,
    5.2,
    "word",
    Example(SENTENCE, 5, 7, "0" * 16, "Title"),
)


def ask(
    annotator: Annotator, template: Template, known: Memory | None, note: Note = NOTE, seed: int = 1
) -> Question:
    return question_for(note, template, known, annotator.lexicon, (), random.Random(seed))


@pytest.mark.parametrize(
    "known", [None, memory(30, "learning"), memory(CHOICE_DAYS - 0.1)], ids=["new", "learning", "shaky"]
)
@pytest.mark.parametrize("template", ["recognition", "recall", "cloze"])
def test_a_shaky_card_is_asked_by_choice(
    annotator: Annotator, template: Template, known: Memory | None
) -> None:
    question = ask(annotator, template, known)
    assert question.form == "choice"
    assert [option.family for option in question.options].count("answer") == 1
    assert len(question.options) == 4
    right = next(option for option in question.options if option.family == "answer")
    assert right.text == question.answer
    assert judge(question, right.text).outcome == "correct"


@pytest.mark.parametrize(
    ("template", "form"),
    [("recognition", "reveal"), ("recall", "typed"), ("cloze", "typed"), ("reading", "typed")],
)
def test_a_firm_card_is_not_asked_by_choice(annotator: Annotator, template: Template, form: str) -> None:
    question = ask(annotator, template, memory(CHOICE_DAYS))
    assert (question.form, question.options) == (form, ())
    assert question.card == f"环境/huan2 jing4#{template}"


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("known", [None, memory(60)], ids=["new", "firm"])
def test_the_answer_of_a_question_is_right(
    annotator: Annotator, template: Template, known: Memory | None
) -> None:
    for seed in range(6):
        question = ask(annotator, template, known, seed=seed)
        assert judge(question, question.answer).outcome == "correct"
        if question.kind != "recognition":
            assert judge(question, "huan2jing4").outcome == ("wrong" if question.options else "correct")


def test_a_cloze_hides_the_answer_and_shows_as_many_blanks(annotator: Annotator) -> None:
    question = ask(annotator, "cloze", None)
    assert question.prompt == f"我们要保护{BLANK * 2}，也要发展经济。"
    assert question.sentence == SENTENCE
    assert "环境" not in question.prompt + "".join(question.hints)


@pytest.mark.parametrize("known", [None, memory(60)], ids=["choice", "typed"])
def test_a_cloze_has_a_hint_that_leaves_one_word(annotator: Annotator, known: Memory | None) -> None:
    untold = replace(NOTE, glosses=())
    # Typed, a synonym would fit as well: how the answer begins tells them apart.
    begins = ("2 characters: h… j…",) if known is not None else ()
    assert ask(annotator, "cloze", known).hints == ("environment; circumstances", *begins)
    assert ask(annotator, "cloze", known, untold).hints == ("2 characters: h… j…",)


def test_what_is_marked_as_slang_is_no_hint(annotator: Annotator) -> None:
    glass = Note("玻璃", ("bo1", "li5"), "玻璃", ("glass", "(slang) male homosexual", "pane"))
    example = Example("他把手贴在冰冷的玻璃上。", 8, 10, "", "")
    for known in (None, memory(60)):
        question = ask(annotator, "cloze", known, replace(glass, example=example))
        assert "homosexual" not in "".join((question.prompt, *question.hints))
        assert "homosexual" not in ask(annotator, "recall", known, glass).prompt


def test_every_place_of_the_answer_is_blanked() -> None:
    example = Example("环境好，大家都爱护环境。", 9, 11, "", "")
    assert blanked(example, "环境") == "＿＿好，大家都爱护＿＿。"


def test_a_typed_question_says_enough_for_one_word_only(annotator: Annotator) -> None:
    recall = ask(annotator, "recall", memory(60))
    assert recall.hints == ("2 characters: h… j…",)
    assert recall.prompt == "environment; circumstances"
    assert ask(annotator, "cloze", memory(60)).hints == ("environment; circumstances", "2 characters: h… j…")


def test_a_reading_card_asks_for_tones_now_and_then(annotator: Annotator) -> None:
    questions = [ask(annotator, "reading", None, seed=seed) for seed in range(60)]
    kinds = Counter(question.kind for question in questions)
    assert set(kinds) == {"reading", "tone"}
    assert 8 <= kinds["tone"] <= 32
    tone = next(
        question
        for seed in range(60)
        if (question := ask(annotator, "reading", None, seed=seed)).kind == "tone"
    )
    assert tone.prompt == "环境 huan jing"
    assert tone.form == "choice"
    assert {judge(tone, option.text).outcome for option in tone.options} == {"correct", "wrong"}


def test_a_headword_with_several_readings_comes_with_its_meaning(annotator: Annotator) -> None:
    bank = Note("行", ("hang2",), "行", ("row; line", "profession"))
    walk = Note("行", ("xing2",), "行", ("to walk", "to go"))
    assert ask(annotator, "reading", None, bank).hints == ("row; line; profession",)
    assert ask(annotator, "reading", None, walk).hints == ("to walk; to go",)


@pytest.mark.parametrize(
    ("note", "template", "kind"),
    [
        (replace(NOTE, example=None), "cloze", "recall"),
        (replace(NOTE, glosses=()), "recall", "recognition"),
        (replace(NOTE, glosses=("variant of 个",)), "recall", "recognition"),
        (replace(NOTE, syllables=("xx5", "xx5")), "reading", "recognition"),
        (replace(NOTE, glosses=(), example=None, syllables=()), "cloze", "recognition"),
    ],
)
def test_what_a_note_has_not_is_not_asked(
    annotator: Annotator, note: Note, template: Template, kind: str
) -> None:
    question = ask(annotator, template, None, note)
    assert question.kind == kind
    assert split_card_id(question.card)[1] == template
    assert question.answer
    assert any("not" in reason or "no " in reason for reason in question.reasons)


def test_a_traditional_sentence_is_asked_and_answered_in_either_script(annotator: Annotator) -> None:
    note = replace(NOTE, example=Example("我們要保護環境。", 5, 7, "", ""))
    chosen = ask(annotator, "cloze", None, note)
    assert chosen.answer == "環境"
    assert chosen.prompt == "我們要保護＿＿。"
    typed = ask(annotator, "cloze", memory(60), note)
    assert {judge(typed, text).outcome for text in ("環境", "环境", "huánjìng")} == {"correct"}


def test_options_are_in_the_script_of_the_sentence(annotator: Annotator) -> None:
    # 冰箱 is written alike in both scripts: the sentence decides.
    fridge = Note("冰箱", ("bing1", "xiang1"), "冰箱", ("refrigerator",), 4, 4.4)
    sentences = {True: "他買了一個很大的冰箱。", False: "他买了一个很大的冰箱。"}
    differ = 0
    for traditional, sentence in sentences.items():
        note = replace(fridge, example=Example(sentence, 8, 10, "", ""))
        for seed in range(8):
            for option in ask(annotator, "cloze", None, note, seed).options:
                entry = annotator.lexicon.entries(option.headword)[0]
                assert option.text == (entry.traditional if traditional else entry.simplified)
                differ += entry.traditional != entry.simplified
    assert differ > 4


def test_a_traditional_text_is_asked_in_traditional_script(annotator: Annotator) -> None:
    sentences = (
        "沒有基礎的計劃，不會長久；這裡，茶香酒濃，大家都說好。",
        "他們兩個相輔相成，從來不論資排輩，也不求全責備。",
        "這個網絡空間風清氣正，大家都願意留下來說說話。",
    )
    paragraphs = tuple(Paragraph("paragraph", text, range(len(text))) for text in sentences)
    text = annotator.document(Document("roots", "Roots", "utf-8", paragraphs))
    phrases = key_phrases(text, annotator.lexicon, new, None)
    wine = next(phrase for phrase in phrases if phrase.headword == "茶香酒浓")
    assert wine.traditional == "茶香酒濃"
    assert [gloss.split()[0] for gloss in wine.gloss] == ["茶", "香", "酒", "濃"]
    traditional_only = annotator.lexicon.traditional_characters()
    simplified = set("无论资风网础计单间说话")
    seen: set[str] = set()
    for seed in range(4):
        # What is new is asked in a gap only where it is sure; what is being learnt in any.
        status: Callable[[str], Status] = new if seed < 3 else lambda _: "learning"
        for question in quiz(phrases, text, annotator.lexicon, status, 40, seed):
            shown = question.prompt + question.answer + question.written
            shown += "".join(option.text for option in question.options)
            assert not simplified & set(shown), shown
            seen |= {question.kind} if traditional_only & set(shown) else set()
            right = judge(question, question.answer)
            assert right.outcome == "correct"
            if question.kind in ("recall", "cloze"):
                assert judge(replace(question, form="typed"), question.headword).outcome == "correct"
    assert seen >= {"cloze", "recognition", "recall", "reading"}


def test_a_quiz_asks_by_choice_what_is_new_and_has_firm_cards_typed(
    annotator: Annotator, document: AnnotatedDocument, phrases: tuple[KeyPhrase, ...]
) -> None:
    def remembered(card: str) -> Memory | None:
        return memory(60) if card.endswith("#cloze") else None

    asked = quiz(phrases, document, annotator.lexicon, lambda _: "learning", 30, 2, memory=remembered)
    forms = {(question.kind, question.form) for question in asked if question.card}
    assert ("cloze", "typed") in forms
    assert ("cloze", "choice") not in forms
    assert ("recognition", "choice") in forms
    assert ("recognition", "reveal") not in forms
    assert any("stability is 60 days" in reason for question in asked for reason in question.reasons)


def test_a_quiz_is_the_same_for_the_same_seed_and_another_for_another(
    annotator: Annotator, document: AnnotatedDocument, phrases: tuple[KeyPhrase, ...]
) -> None:
    first = quiz(phrases, document, annotator.lexicon, new, 12, 3)
    assert first == quiz(phrases, document, annotator.lexicon, new, 12, 3)
    assert first != quiz(phrases, document, annotator.lexicon, new, 12, 4)


def test_a_quiz_has_as_many_questions_as_wanted_of_several_kinds(
    annotator: Annotator, document: AnnotatedDocument, phrases: tuple[KeyPhrase, ...]
) -> None:
    for limit in (0, 1, 5, 12, 30):
        assert len(quiz(phrases, document, annotator.lexicon, new, limit, 1)) == limit
    kinds = Counter(question.kind for question in quiz(phrases, document, annotator.lexicon, new, 24, 1))
    assert kinds["cloze"] >= 2
    assert {"recognition", "recall"} <= set(kinds)
    assert quiz((), document, annotator.lexicon, new, 12, 1) == ()


def test_a_new_phrase_too_long_for_a_choice_of_its_like_is_first_asked_for_its_meaning(
    annotator: Annotator,
) -> None:
    sentence = "阳光早已被海水吞没，四周伸手不见五指，小鱼都不敢出来。"
    paragraph = Paragraph("paragraph", sentence, range(len(sentence)))
    text = annotator.document(Document("dark", "Dark", "utf-8", (paragraph,)))
    phrases = key_phrases(text, annotator.lexicon, new, None)
    dark = next(phrase for phrase in phrases if phrase.headword == "伸手不见五指")
    for seed in range(6):
        asked = [each for each in quiz([dark], text, annotator.lexicon, new, 3, seed) if each.card]
        assert (asked[0].kind, asked[0].form) == ("recognition", "choice")
        assert {each.kind for each in asked[1:]} <= {"cloze", "recall", "reading", "tone"}


def test_what_is_new_is_not_typed_while_its_meaning_can_be_chosen(annotator: Annotator) -> None:
    typed = 0
    for deck in ("newspaper", "broken-chair"):
        text = annotator.document(read_document(load(deck)))
        phrases = key_phrases(text, annotator.lexicon, new)
        for seed in range(3):
            seen: set[str] = set()
            for question in quiz(phrases, text, annotator.lexicon, new, 25, seed):
                first = question.card and question.note.id not in seen
                told = bool(short_gloss(question.note.glosses))
                if first and told and question.kind in ("cloze", "recall"):
                    typed += question.form == "typed"
                seen |= {question.note.id} if question.card else set()
    assert typed == 0


def test_every_sentence_of_a_phrase_is_judged_in_words(
    annotator: Annotator, document: AnnotatedDocument, phrases: tuple[KeyPhrase, ...]
) -> None:
    favour = re.compile(r"\d+ characters|trimmed at|the other words are easy")
    passed_over = 0
    counts = {phrase.headword: phrase.count for phrase in phrases}
    for question in quiz(phrases, document, annotator.lexicon, new, 60, 3):
        if not question.card:
            continue
        assert 0 < len(question.linted) <= counts[question.headword]
        assert all(question.written in each.text for each in question.linted)
        if question.kind == "cloze":
            assert question.linted[0].taken
            assert question.linted[0].text == question.sentence
            assert set(question.linted[0].reasons) <= set(question.reasons)
        for each in question.linted:
            assert each.reasons
            if not each.taken:
                passed_over += 1
                assert any(not favour.match(reason) for reason in each.reasons), each
    assert passed_over


def test_every_question_of_a_quiz_holds_what_it_promises(
    annotator: Annotator, document: AnnotatedDocument, phrases: tuple[KeyPhrase, ...]
) -> None:
    text = "".join(paragraph.text for paragraph in document.document.paragraphs)
    for seed in range(5):
        for question in quiz(phrases, document, annotator.lexicon, new, 30, seed):
            assert question.reasons
            assert judge(question, question.answer).outcome in ("correct", "shown")
            if question.kind == "order":
                assert question.sentence is not None
                assert question.sentence in text
                continue
            assert question.card.startswith(question.note.id)
            right = [option for option in question.options if option.family == "answer"]
            assert len(right) == (1 if question.form == "choice" else 0)
            assert len({option.text for option in question.options}) == len(question.options)
            if question.kind == "cloze":
                assert question.sentence is not None
                assert question.sentence in text
                before, after = text.split(question.sentence, 1)
                gap = question.prompt.strip("…")
                if question.prompt.startswith("…"):
                    assert before[-1] not in "。！？", question
                if question.prompt.endswith("…"):
                    assert after[0] in "，；：、", question
                elif gap[-1] not in "。！？”":
                    assert after[:1] not in tuple("，；："), question
                assert question.answer not in question.prompt
                assert question.prompt.count(BLANK) == len(question.answer)
                for option in question.options:
                    if option.family != "answer":
                        assert option.text not in question.sentence
                        assert len(option.text) == len(question.answer)


def test_questions_on_one_phrase_stand_apart_and_differ(
    annotator: Annotator, document: AnnotatedDocument, phrases: tuple[KeyPhrase, ...]
) -> None:
    questions = quiz(phrases[:10], document, annotator.lexicon, new, 20, 1)
    assert len(questions) == 20
    assert len({(question.card, question.prompt) for question in questions}) == 20
    for index, question in enumerate(questions):
        near = questions[max(0, index - GAP + 1) : index]
        assert question.note.id not in {other.note.id for other in near}


def test_what_was_confused_is_offered_again(
    annotator: Annotator, document: AnnotatedDocument, phrases: tuple[KeyPhrase, ...]
) -> None:
    confused = {phrase.headword: {"经历": 3} for phrase in phrases}
    offered = [
        option.headword
        for question in quiz(phrases, document, annotator.lexicon, new, 20, 1, confused=confused)
        if question.kind in ("cloze", "recall") and len(question.answer) == 2
        for option in question.options
    ]
    assert offered.count("经历") >= 2


def test_a_phrase_that_is_being_learnt_is_not_asked_by_choice(
    annotator: Annotator, document: AnnotatedDocument, phrases: tuple[KeyPhrase, ...]
) -> None:
    forms = {
        question.form
        for question in quiz(phrases, document, annotator.lexicon, lambda _: "learning", 12, 1)
        if question.kind != "order"
    }
    assert forms <= {"typed", "reveal"}


def test_a_question_does_not_depend_on_the_process(annotator: Annotator) -> None:
    # A set of strings is in another order in each process: none may decide which options are drawn.
    code = f"""
import random
from studytui.study.notes.note import Example, Note
from studytui.study.questions.quiz import question_for
from studytui.text.lexicon.lexicon import Lexicon
note = {NOTE!r}
for template in {TEMPLATES!r}:
    print(question_for(note, template, None, Lexicon.open(), [note], random.Random(5)))
"""
    printed = [
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert printed[0] == printed[1]
    here = [question_for(NOTE, each, None, annotator.lexicon, [NOTE], random.Random(5)) for each in TEMPLATES]
    assert printed[0].splitlines() == [str(question) for question in here]


def test_a_sentence_of_one_clause_is_put_in_order(annotator: Annotator) -> None:
    words = annotator.paragraph("我弟弟在图书馆认识了新朋友。")
    note = Note("图书馆", ("tu2", "shu1", "guan3"), "圖書館", ("library",))
    question = order_question(words, note, random.Random(2), annotator.lexicon)
    assert question is not None
    pieces = [option.text for option in question.options]
    assert sorted(pieces) == ["在图书馆", "新朋友", "认识了"]
    assert sorted("".join(pieces)) == sorted(question.answer)
    assert question.prompt.rstrip(BLANK) + question.answer == "我弟弟在图书馆认识了新朋友"
    assert "".join(pieces) != question.answer
    assert not any(piece.startswith(("的", "。")) for piece in pieces)
    order, rest = "", question.answer
    while rest:
        index = next(i for i, piece in enumerate(pieces, 1) if rest.startswith(piece) and str(i) not in order)
        order += str(index)
        rest = rest[len(pieces[index - 1]) :]
    assert judge(question, order).outcome == "correct"


@pytest.mark.parametrize(
    "sentence",
    [
        "图书馆很大。",
        "我去图书馆，他去商店买东西。",
        "爸爸和妈妈每天都去市中心的图书馆看书。",
        "我每天下午坐公共汽车去市中心的商店。",
    ],
)
def test_a_sentence_that_could_be_put_together_otherwise_is_left_alone(
    annotator: Annotator, sentence: str
) -> None:
    note = Note("图书馆", ("tu2", "shu1", "guan3"), "圖書館", ("library",))
    words = annotator.paragraph(sentence)
    assert order_question(words, note, random.Random(2), annotator.lexicon) is None


@pytest.mark.parametrize(
    ("sentence", "given", "pieces"),
    [
        ("我弟弟终于在图书馆找到了工作。", "我弟弟", ["在图书馆", "找到了", "终于", "工作"]),
        ("我哥哥每天在图书馆给我们做饭。", "我哥哥每天", ["在图书馆", "给我们", "做饭"]),
        ("我常常跟朋友去图书馆看书。", None, None),  # which comes first is a matter of what is meant
        (
            "图书馆成了我躲避父亲追打的避风港。",
            None,
            None,
        ),  # where what 的 describes begins is not to be seen
        ("图书馆的人用大车搬走了很多旧书。", "图书馆的人", ["用大车", "搬走了", "很多旧书"]),
    ],
)
def test_pieces_are_constituents(
    annotator: Annotator, sentence: str, given: str | None, pieces: list[str] | None
) -> None:
    note = Note("图书馆", ("tu2", "shu1", "guan3"), "圖書館", ("library",))
    question = order_question(annotator.paragraph(sentence), note, random.Random(2), annotator.lexicon)
    if pieces is None:
        assert question is None
    else:
        assert question is not None
        assert question.prompt.rstrip(BLANK) == given
        assert sorted(option.text for option in question.options) == sorted(pieces)


@pytest.mark.parametrize(
    ("sentence", "other", "right"),
    [
        ("我弟弟终于在图书馆找到了工作。", "在图书馆终于找到了工作", True),
        ("我弟弟终于在图书馆找到了工作。", "工作终于在图书馆找到了", False),
        ("我昨天在图书馆认真地看完了那本书。", "认真地在图书馆看完了那本书", True),
        ("我昨天在图书馆认真地看完了那本书。", "那本书在图书馆认真地看完了", True),
        ("我昨天在图书馆认真地看完了那本书。", "看完了那本书在图书馆认真地", False),
        ("他们一直在图书馆努力学习汉语。", "在图书馆一直努力学习汉语", True),
        ("他们一直在图书馆努力学习汉语。", "一直努力在图书馆学习汉语", True),
        ("他们一直在图书馆努力学习汉语。", "学习汉语一直在图书馆努力", False),
    ],
)
def test_every_acceptable_order_of_the_constituents_is_right(
    annotator: Annotator, sentence: str, other: str, right: bool
) -> None:
    note = Note("图书馆", ("tu2", "shu1", "guan3"), "圖書館", ("library",))
    question = order_question(annotator.paragraph(sentence), note, random.Random(2), annotator.lexicon)
    assert question is not None
    verdict = judge(question, other)
    assert (verdict.outcome == "correct") is right
    assert bool(verdict.message)  # it says that the text has it otherwise, or what is wrong
    assert judge(question, question.answer).outcome == "correct"


@pytest.mark.parametrize("template", ["recognition", "recall", "cloze"])
@pytest.mark.parametrize(("hsk", "without_english"), [(3, False), (5, True), (None, True)])
def test_words_from_hsk_5_on_can_be_asked_without_english(
    annotator: Annotator, template: Template, hsk: int | None, without_english: bool
) -> None:
    """Whether by choice or typed, from the prompt to the last hint."""
    note = replace(NOTE, hsk=hsk)
    assert note.has_gap
    then = datetime(2026, 5, 1, tzinfo=UTC)
    firm = Memory("review", None, 40.0, 5.0, then, then, 4, 0)
    for memory in (None, firm):
        question = question_for(
            note, template, memory, annotator.lexicon, [note], random.Random(5), in_chinese=True
        )
        attempt = Attempt(question)
        while attempt.hint():
            pass
        told = [question.prompt, *attempt.lines, *(option.text for option in question.options)]
        has_english = any(re.search("[a-z]{4}", line.replace("characters", "")) for line in told)
        # The word itself is all that a firm card of its meaning shows.
        assert has_english is (not without_english and (template, memory) != ("recognition", firm))
        assert question.card == card_id(note.id, template)
        assert (question.kind == "cloze") is (without_english or template == "cloze")
        assert judge(question, question.answer).outcome == "correct" or question.form == "reveal"


def test_notes_and_phrases_serve_as_a_pool(
    annotator: Annotator, phrases: tuple[KeyPhrase, ...], document: AnnotatedDocument
) -> None:
    notes = [note_of(phrase, document) for phrase in phrases]
    for pool in (phrases, notes):
        families = Counter(
            option.family
            for seed in range(6)
            for option in question_for(
                NOTE, "recall", None, annotator.lexicon, pool, random.Random(seed)
            ).options
        )
        assert families["text"] >= 3


def test_a_context_defaults_to_nothing_beside_the_sentence() -> None:
    assert Context("句子") == Context("句子", "", "", frozenset())


def test_a_phrase_without_a_gloss_is_hinted_at_by_its_parts(annotator: Annotator) -> None:
    text = annotator.document(
        Document(
            "roots",
            "Roots",
            "utf-8",
            (Paragraph("paragraph", sentence := "这里，茶香酒浓，客人都不想走。", range(len(sentence))),),
        )
    )
    phrase = next(
        each for each in key_phrases(text, annotator.lexicon, new, None) if each.phrase == "茶香酒浓"
    )
    questions = quiz([phrase], text, annotator.lexicon, lambda _: "learning", 3)
    cloze = next(question for question in questions if question.kind == "cloze")
    assert cloze.hints[0] == "4 characters, literally: tea + fragrant + alcohol + strong"


@pytest.mark.parametrize(
    ("lines", "composed"),
    [
        ("书生商议良久，矮子脸皮很厚。他们商议良久，没有结果。", "商议良久"),
        ("昨天的天然卵巢实验成功了。", "天然卵巢"),
        ("县里宗教部门备案以后，还要市里宗教部门备案。", "部门备案"),
    ],
)
def test_what_only_stands_side_by_side_is_neither_asked_nor_offered(
    annotator: Annotator, lines: str, composed: str
) -> None:
    text = annotator.document(
        Document("side", "Side", "utf-8", (Paragraph("paragraph", lines, range(len(lines))),))
    )
    places = tuple((0, found.start(), found.end()) for found in re.finditer(composed, lines))
    taken = next(iter(key_phrases(text, annotator.lexicon, new, None)))
    made = replace(taken, phrase=composed, headword=composed, traditional=composed, occurrences=places)
    assert not is_established(composed, places, text, annotator.lexicon)
    questions = quiz([made, *key_phrases(text, annotator.lexicon, new, None)], text, annotator.lexicon, new)
    assert all(question.headword != composed for question in questions)
    assert all(option.headword != composed for question in questions for option in question.options)
    taken_up = quiz([made], text, annotator.lexicon, lambda _: "learning")
    assert {question.headword for question in taken_up} == {composed}


def test_what_a_text_says_again_beside_other_words_is_asked(annotator: Annotator) -> None:
    lines = "我们要重视土壤修复。政府为土壤修复花了钱。没有土壤修复，就没有收成。"
    text = annotator.document(
        Document("again", "Again", "utf-8", (Paragraph("paragraph", lines, range(len(lines))),))
    )
    places = tuple((0, found.start(), found.end()) for found in re.finditer("土壤修复", lines))
    assert not annotator.lexicon.entries("土壤修复")
    assert is_established("土壤修复", places, text, annotator.lexicon)
    assert not is_established("土壤修复", places[:1], text, annotator.lexicon)


@pytest.mark.parametrize("templates", [("recognition",), ("recall", "cloze"), ("reading",)])
def test_a_quiz_asks_only_the_kinds_of_cards_that_are_wanted(
    annotator: Annotator,
    document: AnnotatedDocument,
    phrases: tuple[KeyPhrase, ...],
    templates: tuple[Template, ...],
) -> None:
    asked = quiz(phrases, document, annotator.lexicon, new, 12, 1, templates=templates)
    assert len(asked) > 5
    assert {split_card_id(each.card)[1] for each in asked if each.card} <= set(templates)
