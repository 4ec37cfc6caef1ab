"""What Anki's notes hold: the fields, tags and deck of each of our notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from studytui.anki.out import markup
from studytui.anki.out.identity import guid
from studytui.store.config import Phonetics, Script
from studytui.study.language.gloss import is_composed, meanings
from studytui.study.notes.card import TEMPLATES, Template, card_id
from studytui.study.notes.note import Note
from studytui.text import pinyin
from studytui.text.pronunciation.zhuyin import zhuyin
from studytui.text.script import convert
from studytui.text.token import Entry
from studytui.wording import hsk_band

ROOT: Final = "studytui"
"""The deck above all of ours, and the tag above all of ours."""

CREDIT: Final = (
    "Made by studytui. Dictionary: CC-CEDICT, MDBG and contributors, CC BY-SA 4.0 "
    "(creativecommons.org/licenses/by-sa/4.0); glosses were shortened and set out anew."
)
"""Stands in every file: the dictionary's licence asks for it."""

FIELDS: Final = (
    "Word",
    "Other script",
    "Simplified",
    "Traditional",
    "Pinyin",
    "Pinyin numbers",
    "Ruby",
    "Meaning",
    "Masked meaning",
    "Part of speech",
    "Measure words",
    "Kind",
    "HSK",
    "Frequency",
    "Sentence",
    "Sentence pinyin",
    "Source",
    "Place",
    "Hint",
    "Word language",
    "Sentence language",
    "Taiwan voice",
    "Meaning card",
    "Word card",
    "Reading card",
    "Gap",
    "Notes",
)
"""The fields of our note type, in order.

Those that end in `card` hold `y` for a card to be made, and so does `Taiwan voice` for the voice that speaks;
`Pinyin`, `Ruby`, `Sentence pinyin` and `Hint` are in zhuyin if the learner reads that; `Gap` is the sentence
with its gap, if that is; `Notes` is the learner's own.
"""

_LANGUAGES: Final[dict[Script, str]] = {"simplified": "zh-Hans", "traditional": "zh-Hant"}
_LATIN_STOPS: Final = {"，": ",", "、": ",", "。": ".", "；": ";", "：": ":", "？": "?", "！": "!"}
_QUOTES: Final = str.maketrans("「」『』", "“”‘’")
_STOPS: Final = re.compile(r"(?:(?<!\s)\s++)?([，、。；：？！])\s*+")
_OPENING: Final = re.compile(r"([“‘「『《〈（(【])\s+")
_CLOSING: Final = re.compile(r"(?<!\s)\s++([”’」』》〉）)】,.;:?!]+)")
_BANDS: Final = ((5.0, "very common"), (4.0, "common"), (3.0, "less common"), (2.0, "rare"))


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note as Anki keeps it."""

    note: Note
    """Ours, that it was made of."""
    note_id: str
    """Its id."""
    guid: str
    """Anki's lasting identity of it: see `identity.guid`."""
    fields: tuple[str, ...]
    """HTML, as in `FIELDS`."""
    content: str
    """The fields as Anki's database keeps them, parted by `\\x1f`."""
    tags: tuple[str, ...]
    deck: str
    """The full name, levels parted by `::`."""
    templates: tuple[Template, ...]
    """The cards it has, in the note type's order; never empty once `lint` has passed."""
    script: Script = "simplified"
    """Which form of the headword stands first."""


def anki_notes(
    notes: Iterable[Note],
    *,
    deck_title: str,
    templates: Iterable[Template],
    script: Script,
    sentence_readings: Mapping[str, str],
    parts_of_speech: Mapping[str, str] = MappingProxyType({}),
    measure_words: Mapping[str, Sequence[Entry]] = MappingProxyType({}),
    places: Mapping[str, str] = MappingProxyType({}),
    phonetics: Phonetics = "pinyin",
    kept: Collection[str] = (),
) -> Iterable[AnkiNote]:
    """Anki's note for each of ours that has a card, in order.

    `sentence_readings`, `parts_of_speech`, `measure_words` and `places` are by note id; `kept` are the ids of
    cards that are made even if their template was not chosen. A word of a text in traditional characters
    stands so first, whatever `script` says.

    A template is left out where a note has nothing to ask or to answer with: recall without a gloss of its
    own, reading without a reading, cloze without a gap. `deck_title` names the deck of notes without
    a sentence; the others go to the deck of the text they were met in.
    """
    notes = tuple(notes)
    chosen = frozenset(templates)
    languages = sentence_languages(notes)
    decks: dict[str, tuple[str, str]] = {}
    spellings: dict[str, str] = {}
    for note in notes:
        title = note.example.title if note.example and note.example.title.strip() else deck_title
        if title not in decks:
            name = markup.deck_level(title)
            # Anki takes names that differ in case alone for one deck: the first spelling holds.
            name = spellings.setdefault(name.casefold(), name)
            decks[title] = (f"{ROOT}::{name}", f"{ROOT}::text::{markup.tag(name)}")
        deck, text_tag = decks[title]
        tags = _tags(text_tag, note.kind, note.hsk)
        language = languages.get(note.example.document_id if note.example else "", _LANGUAGES[script])
        first: Script = "traditional" if language == _LANGUAGES["traditional"] else script
        note_id, sentence = note.id, _sentence(note)
        found = _Found(
            sentence_readings.get(note_id, ""),
            parts_of_speech.get(note_id, ""),
            measure_words.get(note_id, ()),
            places.get(note_id, ""),
        )
        common = _common(note, title, first, sentence, found, language, phonetics)
        wanted = chosen
        if kept:
            wanted = chosen | {template for template in TEMPLATES if card_id(note_id, template) in kept}
        # What its parts mean does not lead to the phrase; a card that is there already is kept.
        told = common[7] != "" and (not is_composed(note.glosses) or card_id(note_id, "recall") in kept)
        possible = {
            "recall": told,
            "reading": common[4] != "",
            "cloze": note.has_gap and sentence is not None,
        }
        made = tuple(name for name in TEMPLATES if name in wanted and possible.get(name, True))
        if made:
            toggles = ["y" if name in made else "" for name in ("recognition", "recall", "reading")]
            gap = markup.gapped(*sentence) if sentence and "cloze" in made else ""
            fields = (*common, *toggles, gap, markup.clean(note.remark))
            content = "\x1f".join(fields)
            yield AnkiNote(note, note_id, guid(note_id), fields, content, tags, deck, made, first)


def _sentence(note: Note) -> tuple[str, str, str] | None:
    """The sentence before, in and after the target, as HTML."""
    example = note.example
    if example is None:
        return None
    text, start, end = example.text, example.start, example.end
    return markup.plain(text[:start]), markup.plain(text[start:end]), markup.plain(text[end:])


def sentence_languages(notes: Iterable[Note]) -> dict[str, str]:
    """`zh-Hans` or `zh-Hant` by document id, so that a sentence is shown with the shapes of its script.

    The first word that is written in two ways and stands in a sentence tells. A text without one is left out.
    """
    found: dict[str, str] = {}
    for note in notes:
        example = note.example
        if example is None or example.document_id in found or note.headword == note.traditional:
            continue
        target = example.text[example.start : example.end]
        if target == note.headword:
            found[example.document_id] = _LANGUAGES["simplified"]
        elif target == note.traditional and convert(target, "t2s") != target:
            found[example.document_id] = _LANGUAGES["traditional"]
    return found


class _Found(NamedTuple):
    """What others have found out about a note; empty where they have not."""

    sentence_reading: str
    part_of_speech: str
    measure_words: Sequence[Entry]
    place: str


def _common(
    note: Note,
    title: str,
    script: Script,
    sentence: tuple[str, str, str] | None,
    found: _Found,
    sentence_language: str,
    phonetics: Phonetics,
) -> tuple[str, ...]:
    simplified = traditional = markup.plain(note.headword)
    if note.traditional and note.traditional != note.headword:
        traditional = markup.plain(note.traditional)
    sounds = [_sound(syllable, phonetics) for syllable in note.syllables]
    spoken = found.sentence_reading if phonetics == "zhuyin" else _spaced(found.sentence_reading)
    word, other = (simplified, traditional) if script == "simplified" else (traditional, simplified)
    return (
        word,
        other if other != word else "",
        simplified,
        traditional,
        " ".join([sound.html for sound in sounds]),
        " ".join([sound.number for sound in sounds]),
        ruby(
            note.headword if script == "simplified" else note.traditional or note.headword,
            note.syllables,
            phonetics,
        ),
        meaning(note.glosses),
        masked_meaning(note),
        _short(found.part_of_speech),
        _measures(found.measure_words, script, phonetics),
        _short(note.kind),
        level(note.hsk),
        band(note.frequency),
        markup.marked(*sentence) if sentence else "",
        markup.plain(spoken),
        _short(title),
        _short(found.place),
        " ".join([sound.hint for sound in sounds if sound.hint]),
        _LANGUAGES[script],
        sentence_language,
        "y" if script == "traditional" else "",
    )


def _measures(measures: Sequence[Entry], script: Script, phonetics: Phonetics) -> str:
    """Measure words with their readings: `只 zhī, 条 tiáo`."""
    return ", ".join(
        markup.plain(
            f"{entry.traditional if script == 'traditional' else entry.simplified} "
            f"{read(entry.syllables, phonetics)}"
        )
        for entry in measures
    )


@lru_cache(maxsize=1000)
def _short(text: str) -> str:
    """As `markup.plain`, for text that comes again and again."""
    return markup.plain(text)


@lru_cache(maxsize=1000)
def _tags(text_tag: str, kind: str, hsk: int | None) -> tuple[str, ...]:
    tags = (text_tag, f"{ROOT}::kind::{markup.tag(kind)}")
    return tags if hsk is None else (*tags, f"{ROOT}::hsk::{level(hsk)}")


class _Sound(NamedTuple):
    """A syllable as it is shown."""

    mark: str
    """With its tone mark, or in zhuyin."""
    html: str
    """The same as HTML, as are all that follow."""
    number: str
    """With its tone number."""
    hint: str
    """Its first letter or sign: `h…`, `ㄏ…`."""
    tone: str
    """The class of its tone."""


@lru_cache(maxsize=4000)
def _sound(syllable: str, phonetics: Phonetics) -> _Sound:
    """How a syllable is shown. There are about 1,400 in the language."""
    mark = zhuyin(syllable) if phonetics == "zhuyin" else pinyin.marked(syllable)
    first = mark.lstrip("˙")[:1]
    return _Sound(
        mark,
        markup.plain(mark),
        markup.plain(syllable),
        markup.plain(f"{first}…") if first else "",
        f"tone{pinyin.tone(syllable)}",
    )


def read(syllables: Iterable[str], phonetics: Phonetics = "pinyin") -> str:
    """A reading with tone marks, a space between syllables: `hé xīn`, `ㄏㄜˊ ㄒㄧㄣ`."""
    return " ".join([_sound(syllable, phonetics).mark for syllable in syllables])


def ruby(word: str, syllables: tuple[str, ...], phonetics: Phonetics = "pinyin") -> str:
    """The word with each character's reading above it, and its tone as a class, `tone1` to `tone5`.

    Stops have none. Where characters and syllables do not pair off, the whole reading stands above it all.
    """
    word = markup.clean(word)
    if not syllables:
        return markup.plain(word)
    if sum(map(str.isalnum, word)) != len(syllables):
        above = " ".join([_sound(syllable, phonetics).html for syllable in syllables])
        return f"<ruby>{markup.plain(word)}<rt>{above}</rt></ruby>"
    left = iter(syllables)
    return "".join(
        [_ruby(each, next(left), phonetics) if each.isalnum() else markup.plain(each) for each in word]
    )


@lru_cache(maxsize=20_000)
def _ruby(character: str, syllable: str, phonetics: Phonetics) -> str:
    """One character with its reading above it. Of those that are learned there are some thousands."""
    sound = _sound(syllable, phonetics)
    return f'<ruby class="{sound.tone}">{markup.plain(character)}<rt>{sound.html}</rt></ruby>'


def meaning(glosses: tuple[str, ...]) -> str:
    """The glosses as HTML: one alone, more as a numbered list."""
    written = [text for text in map(markup.plain, meanings(glosses)) if text and not text.isspace()]
    if len(written) < 2:
        return "".join(written)
    literal = ' class="literal"' if is_composed(glosses) else ""
    return f"<ol{literal}><li>{'</li><li>'.join(written)}</li></ol>"


def masked_meaning(note: Note) -> str:
    """The glosses without the characters of the word itself (`variant of 核心[he2 xin1]`, `核 pit`).

    They stand where the meaning asks for the word. Empty if the glosses give nothing away.
    """
    if all(map(str.isascii, note.glosses)):
        return ""
    characters = {character for character in note.headword + note.traditional if not character.isascii()}
    if characters.isdisjoint("".join(note.glosses)):
        return ""
    own = re.compile(f"[{re.escape(''.join(sorted(characters)))}]+(?:\\[[^\\]]*\\])?")
    return meaning(tuple(own.sub("～", gloss) for gloss in note.glosses))


def _spaced(reading: str) -> str:
    """A sentence's pinyin with the stops of Latin script, and its spaces outside of quotes and brackets."""
    reading = reading.translate(_QUOTES)
    reading = _STOPS.sub(lambda match: f"{_LATIN_STOPS[match[1]]} ", reading)
    return _CLOSING.sub(r"\1", _OPENING.sub(r"\1", reading)).strip()


def level(hsk: int | None) -> str:
    """`3`, `7-9`, or nothing."""
    return "" if hsk is None else hsk_band(hsk)


@lru_cache(maxsize=1000)
def band(frequency: float | None) -> str:
    """The band of a Zipf frequency in words, `common`; nothing where it is not known."""
    if frequency is None:
        return ""
    return next((name for least, name in _BANDS if frequency >= least), "very rare")


def hint(note: Note, phonetics: Phonetics = "pinyin") -> str:
    """The first letter of each syllable: `h… x…`."""
    sounds = (_sound(syllable, phonetics) for syllable in note.syllables)
    return " ".join([f"{sound.mark.lstrip('˙')[0]}…" for sound in sounds if sound.hint])
