"""Which sense of a word a text means."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from studytui.study.language.sense import Around, ordered
from studytui.study.phrases.ranking import key_phrases
from studytui.study.vocabulary import Status
from studytui.text.annotate import Annotator, open_annotator
from studytui.text.document import Document, Paragraph
from studytui.text.token import AnnotatedDocument


@pytest.fixture(scope="module")
def annotator() -> Iterator[Annotator]:
    opened = open_annotator()
    yield opened
    opened.lexicon.close()


def new(_: str) -> Status:
    return "new"


def document(annotator: Annotator, *texts: str) -> AnnotatedDocument:
    paragraphs = tuple(Paragraph("paragraph", text, range(len(text))) for text in texts)
    return annotator.document(Document("a.txt", "A", "utf-8", paragraphs))


def first(annotator: Annotator, headword: str, places: list[Around] | None = None) -> str:
    return ordered(annotator.lexicon.entries(headword)[0], annotator.lexicon, places or [])[0].glosses[0]


@pytest.mark.parametrize(
    ("character", "word"), [("修", "repair"), ("店", "shop"), ("源", "source"), ("辈", "generation")]
)
def test_a_character_means_what_it_means_in_most_words(
    annotator: Annotator, character: str, word: str
) -> None:
    assert word in first(annotator, character)


def test_no_sense_is_lost_and_none_comes_twice(annotator: Annotator) -> None:
    for headword in ("修", "反", "本子", "松", "包容", "难过", "打"):
        entry = annotator.lexicon.entries(headword)[0]
        senses = ordered(entry, annotator.lexicon)
        assert sorted(senses, key=str) == sorted(entry.senses, key=str)


def test_the_neighbours_tell_a_verb_from_what_is_none(annotator: Annotator) -> None:
    def around(text: str, headword: str) -> list[Around]:
        words = annotator.paragraph(text)
        at = next(place for place, word in enumerate(words) if word.headword == headword)
        return [(words[at - 1], words[at + 1])]

    as_verb = first(annotator, "代表", around("他没代表我们。", "代表"))
    as_noun = first(annotator, "代表", around("我们的代表来了。", "代表"))
    assert as_verb.startswith("to ")
    assert not as_noun.startswith("to ")


def test_a_key_phrase_shows_the_sense_of_the_text(annotator: Annotator) -> None:
    text = document(annotator, "师傅修了一辈子自行车，什么车都会修。", "修好了以后，他从来不收邻居的钱。")
    phrases = {phrase.headword: phrase for phrase in key_phrases(text, annotator.lexicon, new, None)}
    assert phrases["修"].gloss[0] == "to repair"
