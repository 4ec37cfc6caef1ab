"""Why an answer was wrong: what the word that was chosen or typed is, and what it has of the right one."""

from __future__ import annotations

from studytui.study.language.gloss import short_gloss
from studytui.study.questions.judge import Verdict
from studytui.study.questions.question import Family, Question
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.pinyin import joined

_ALIKE: dict[Family, str] = {
    "sound": "it sounds like {}",
    "shape": "it looks like {}",
}


def explained(question: Question, verdict: Verdict, lexicon: Lexicon) -> str:
    """A sentence on the wrong answer: `吵架 chǎojià means “to quarrel”; it sounds like 打架.`

    Empty where the answer was right, or where nothing is known of what was answered.
    """
    if verdict.outcome != "wrong" or not verdict.confused:
        return ""
    headword = verdict.confused
    entry = next(iter(lexicon.entries(headword)), None)
    chosen = next((each for each in question.options if each.text == verdict.given), None)
    if entry is None:
        return ""
    read, meaning = joined(entry.syllables), short_gloss(entry.glosses)
    if question.kind == "recognition" and chosen is not None:
        told = f"“{chosen.text}” is {headword} {read}"
    elif meaning:
        told = f"{verdict.given} {read} means “{meaning}”"
    else:
        told = f"{verdict.given} is read {read}"
    alike = _ALIKE.get(chosen.family, "") if chosen is not None else ""
    if chosen is not None and chosen.family == "shape" and not _look_alike(headword, question, lexicon):
        alike = ""  # a component in common is no likeness that a learner would see
    target = question.written or question.headword
    return f"{told}; {alike.format(target)}." if alike and headword != question.headword else f"{told}."


def _look_alike(headword: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a character of one is one of the other, or is easily taken for it."""
    own = question.headword
    return any(one in own or not set(lexicon.alike(one)).isdisjoint(own) for one in headword)
