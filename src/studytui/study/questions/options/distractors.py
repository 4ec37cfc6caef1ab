"""Wrong options: like the answer in sound, in shape, in sense, or from the same text; never right.

A candidate is a word of the dictionary that learners may meet. It is turned away when it could be a second
right answer: it shares a content word of any gloss with the answer, is a variant of it, stands in the
prompt, or goes with the same neighbours in this text or in the dictionary.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from studytui.study.language import gloss
from studytui.study.language.sense import DEGREES
from studytui.study.language.word_kind import is_turn, may_be_a_person
from studytui.study.language.word_tests import is_attested
from studytui.study.notes.note import Note
from studytui.study.questions.options.known_characters import ENOUGH, TellingCharacters
from studytui.study.questions.options.likeness import Phrase as Phrase
from studytui.study.questions.options.likeness import ranked
from studytui.study.questions.options.right_answer import STANDING, Beside, Right, field_of
from studytui.study.questions.question import Family, Option
from studytui.study.questions.typed_pinyin import accepted_tones, sound_of
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.pinyin import joined


@dataclass(frozen=True, slots=True)
class Context:
    """Where a cloze's answer stands."""

    sentence: str
    """The whole sentence; no option may stand in it."""
    before: str = ""
    """The word before the blank; empty at the start of a clause."""
    after: str = ""
    """The word after it."""
    rivals: frozenset[str] = frozenset()
    """Headwords that stand beside one of the same neighbours somewhere in this text."""
    part: str = ""
    """The answer's part of speech in this sentence (`text.words.tagger.tags`); empty if it is not known."""


_IDIOM = 4
"""Characters of an idiom."""


def distractors(
    note: Note,
    lexicon: Lexicon,
    pool: Sequence[Phrase],
    rng: random.Random,
    count: int = 3,
    *,
    context: Context | None = None,
    confused: Mapping[str, int] | None = None,
    traditional: bool = False,
) -> tuple[Option, ...]:
    """Up to `count` wrong headwords for this note's headword, of as many families as there are.

    `pool` is this text's own phrases. `confused` says how often this learner took which headword for this
    one; those come first. `traditional` shows the options in that script. Fewer come back only where the
    dictionary has no more of that length.
    """
    beside = Beside(context.before, context.after, context.part) if context is not None else None
    right = Right(note, lexicon, beside)
    told = TellingCharacters(right)
    kinds = {phrase.headword: phrase.kind for phrase in pool}
    written = {phrase.headword: phrase.traditional for phrase in pool} if traditional else {}
    picked: list[Option] = []
    fields: list[frozenset[str]] = []
    odd: list[tuple[Family, str]] = []

    def take(family: Family, headword: str) -> None:
        meaning = field_of(lexicon, headword)
        if not right.differs(headword) or any(meaning & other for other in fields):
            return
        if context is not None and not _out_of_place(right, headword, context, lexicon):
            return
        text = headword
        if traditional:
            entries = lexicon.entries(headword)
            # An option in the other script would show that it is wrong.
            text = written.get(headword) or (entries[0].traditional if entries else headword)
        picked.append(Option(text, family, headword))
        fields.append(meaning)

    tried = ranked(right, lexicon, pool, rng, confused or {})
    for family, headword in (
        tried if context is not None else _best(tried, right, told, confused or {}, ENOUGH)
    ):
        if len(picked) == count:
            break
        if any(option.headword == headword for option in picked):
            continue
        if headword in (confused or {}) or right.fits(headword, kinds.get(headword, "word")):
            take(family, headword)
        elif not is_turn(headword):
            odd.append((family, headword))
    for family, headword in odd:
        # Where there are not enough persons, things of the same make serve.
        if len(picked) < count and right.fits(headword, kinds.get(headword, "word"), any_being=True):
            take(family, headword)
    for family, headword in odd:
        # One that no sentence would take is better than two options, but not two such.
        if len(picked) != count - 1:
            break
        if all(option.headword != headword for option in picked):
            take(family, headword)
    return tuple(picked)


def gloss_distractors(
    note: Note,
    lexicon: Lexicon,
    pool: Sequence[Phrase],
    rng: random.Random,
    count: int = 3,
    *,
    confused: Mapping[str, int] | None = None,
) -> tuple[Option, ...]:
    """Up to `count` wrong meanings, worded like the right one: as long, and as a verb if it is one.

    None shares a content word with any sense of the note, nor comes from a word that shares both a
    character and its part of speech, since such pairs are mostly synonyms.
    """
    right = Right(note, lexicon)
    answer = gloss.short_gloss(note.glosses)
    if not answer:
        return ()
    picked: list[Option] = []
    fields: list[frozenset[str]] = []
    kinds = {phrase.headword: phrase.kind for phrase in pool}
    loose: list[tuple[Option, frozenset[str]]] = []
    # A meaning does not show how long its word is, and few are longer than an idiom.
    length = min(len(note.headword), _IDIOM)
    told = TellingCharacters(right)
    tried = ranked(right, lexicon, pool, rng, confused or {}, length)
    for family, headword in _best(tried, right, told, confused or {}):
        if len(picked) == count:
            break
        if not right.differs(headword) or any(option.headword == headword for option in picked):
            continue
        fits = headword in (confused or {}) or (
            right.fits(headword, kinds.get(headword, "word"))
            and (right.same_class(headword) or length < _IDIOM)
        )
        shared = set(headword) & set(note.headword)
        if len(shared) > 1 or (
            shared
            and (right.same_class(headword) or right.expression)
            and not (told and told.is_near(headword))
        ):
            continue  # 方方面面, 四面八方: mostly the same in other words
        entries = lexicon.entries(headword)
        text = gloss.short_gloss(entries[0].glosses) if entries else ""
        meaning = gloss.field(entries[0].glosses) if entries else frozenset()
        if not text or gloss.is_verbal(text) != gloss.is_verbal(answer) or meaning & right.field:
            continue
        if any(meaning & other for other in fields):
            continue
        option = Option(text, family, headword)
        if text[0].isupper() and not answer[0].isupper():
            continue
        if (
            not fits
            or text[0].isupper() != answer[0].isupper()
            or abs(len(text) - len(answer)) > max(10, len(answer) // 2)
        ):
            loose.append((option, meaning))
            continue
        picked.append(option)
        fields.append(meaning)
    for option, meaning in loose:
        if len(picked) < count and not any(meaning & other for other in fields):
            picked.append(option)
            fields.append(meaning)
    return tuple(picked)


def _best(
    tried: Iterable[tuple[Family, str]],
    right: Right,
    told: TellingCharacters,
    confused: Mapping[str, int],
    most: int | None = None,
) -> list[tuple[Family, str]]:
    """Those that agree with the answer in class before others; where its characters tell it, first of all
    `most` that share one."""
    every = list(tried)
    before = [each for each in every if confused.get(each[1], 0) > 0]
    agreeing = [each for each in every if right.agrees(each[1])]
    near = [each for each in agreeing if told and told.is_near(each[1])]
    near.sort(key=lambda each: (right.standing(each[1]) < STANDING, told.characters.isdisjoint(each[1])))
    if near:
        # The third is of the text, where it has one.
        agreeing.sort(key=lambda each: each[0] != "text")
    return list(dict.fromkeys((*before, *near[:most], *agreeing, *every)))


def tone_distractors(note: Note, rng: random.Random, count: int = 3) -> tuple[Option, ...]:
    """Up to `count` readings with the right letters and wrong tones; none is right after sandhi."""
    syllables = note.syllables
    accepted = accepted_tones(syllables, note.headword)
    near = {1: (4, 2), 2: (3, 1), 3: (2, 4), 4: (1, 2), 5: (1, 4)}
    found: dict[tuple[str, ...], None] = {}
    sounds = [sound_of(syllable) for syllable in syllables]
    spoken = [index for index, sound in enumerate(sounds) if sound.tone in near and sound.letters != "r"]
    for _ in range(60):
        if not spoken or len(found) == count:
            break
        changed = list(syllables)
        # One wrong tone is harder to see than several.
        for index in rng.sample(spoken, min(len(spoken), rng.choice((1, 1, 2)))):
            tone = sound_of(syllables[index]).tone or 5
            changed[index] = syllables[index].rstrip("12345") + str(rng.choice((*near[tone], *(1, 2, 3, 4))))
        if any(
            sound_of(syllable).tone not in tones for syllable, tones in zip(changed, accepted, strict=True)
        ):
            found.setdefault(tuple(changed))
    return tuple(Option(joined(reading), "sound") for reading in found)


def _out_of_place(right: Right, headword: str, context: Context, lexicon: Lexicon) -> bool:
    """Whether a word does not fit the blank: the tests for a second right answer in a cloze.

    It must not stand in the sentence, nor elsewhere in the text beside the same neighbours, nor make a
    word of any bundled list with one of them. A word of the same class that shares its last character
    (核心技术, 前沿技术) or its first (提高, 提升) is mostly a sister of the answer, and fits where it does.
    """
    if context.after == "们" and not may_be_a_person(headword, lexicon):
        return False
    classes = lexicon.classes(headword)
    if context.before == "的" and right.parts[0] == "n" and classes[:1] not in ("", "n"):
        return False  # 新书是作者一个人的 + 演讲, no place for 预计
    if context.after in ("了", "着", "过") and right.parts[0] == "v" and classes[:1] not in ("", "v"):
        return False
    if context.before in DEGREES and "a" not in classes:
        return False  # 不太 + 光彩: whatever else the answer may be, it is an adjective here
    entries = lexicon.entries(headword)
    forms = {headword, *(entry.traditional for entry in entries)}
    if any(form in context.sentence for form in forms) or headword in context.rivals:
        return False
    shared = set(headword) & set(right.headword)
    if right.person and len(headword) > 2 and headword[-1] == right.headword[-1]:
        shared.discard(headword[-1])  # 邮递员, 程序员: both persons, and no more alike than that
    if shared and (right.same_class(headword) or right.fits(headword)):
        return False
    # The word lists know many compounds that the dictionary has not (社会 + 主义 + 制度).
    return not (
        (context.before and is_attested(context.before + headword, lexicon))
        or (context.after and is_attested(headword + context.after, lexicon))
    )
