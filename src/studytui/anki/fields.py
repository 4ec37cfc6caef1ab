"""What Anki's notes hold: the fields, tags and deck of each of our notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

from studytui.anki import markup
from studytui.study.card import Template
from studytui.study.note import Note
from studytui.text import pinyin

Script = Literal["simplified", "traditional"]
Kind = Literal["vocabulary", "cloze"]
"""Our two note types."""

ROOT: Final = "studytui"
"""The deck above all of ours, and the tag above all of ours."""

COMMON_FIELDS: Final = (
    "Word",
    "Other script",
    "Simplified",
    "Traditional",
    "Pinyin",
    "Pinyin numbers",
    "Ruby",
    "Meaning",
    "Kind",
    "HSK",
    "Frequency",
    "Sentence",
    "Sentence pinyin",
    "Source",
    "Hint",
    "Language",
)
FIELDS: Final[dict[Kind, tuple[str, ...]]] = {
    "vocabulary": (*COMMON_FIELDS, "Meaning card", "Word card", "Reading card"),
    "cloze": (*COMMON_FIELDS, "Text"),
}
"""The fields of each note type, in order. The last three of vocabulary hold `y` for each card to be made."""

VOCABULARY_TEMPLATES: Final[tuple[Template, ...]] = ("recognition", "recall", "reading")
"""The templates of the vocabulary note type, in order."""

_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_LANGUAGES: Final[dict[Script, str]] = {"simplified": "zh-Hans", "traditional": "zh-Hant"}
_BANDS: Final = ((5.0, "very common"), (4.0, "common"), (3.0, "less common"), (2.0, "rare"))


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note as Anki keeps it."""

    note: Note
    """Ours, that it was made of."""
    kind: Kind
    guid: str
    """Anki's lasting identity of it: of our note's id and the kind alone."""
    fields: tuple[str, ...]
    """HTML, as in `FIELDS`."""
    tags: tuple[str, ...]
    deck: str
    """The full name, levels parted by `::`."""
    templates: tuple[Template, ...]
    """The cards it has, in the note type's order; never empty once `lint` has passed."""


def guid(note_id: str, kind: Kind) -> str:
    """Twelve letters and digits of SHA-256 of the note's id and kind.

    Letters and digits alone, so that in a table it is neither a formula nor a comment.
    """
    number = int.from_bytes(sha256(f"{kind}\0{note_id}".encode(errors="surrogatepass")).digest()[:9])
    letters = []
    for _ in range(12):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return "".join(letters)


def anki_notes(
    notes: Iterable[Note],
    *,
    deck_title: str,
    templates: Iterable[Template],
    script: Script,
    sentence_readings: Mapping[str, str],
) -> Iterable[AnkiNote]:
    """Anki's notes for each of ours, in order: the vocabulary note, then the cloze note.

    A template is left out where a note has nothing to ask or to answer with: recall without a gloss,
    reading without a reading, cloze without a sentence. `deck_title` names the deck of notes without a
    sentence; the others go to the deck of the text they were met in.
    """
    chosen = frozenset(templates)
    decks: dict[str, tuple[str, str]] = {}
    for note in notes:
        title = note.example.title if note.example and note.example.title.strip() else deck_title
        if title not in decks:
            decks[title] = (f"{ROOT}::{markup.deck_level(title)}", f"{ROOT}::text::{markup.tag(title)}")
        deck, text_tag = decks[title]
        tags = _tags(note, text_tag)
        common = _common(note, title, script, sentence_readings.get(note.id, ""))
        vocabulary = tuple(
            template
            for template in VOCABULARY_TEMPLATES
            if template in chosen
            and (template != "recall" or common[7])
            and (template != "reading" or note.syllables)
        )
        if vocabulary:
            toggles = tuple("y" if template in vocabulary else "" for template in VOCABULARY_TEMPLATES)
            fields = (*common, *toggles)
            yield AnkiNote(note, "vocabulary", guid(note.id, "vocabulary"), fields, tags, deck, vocabulary)
        if "cloze" in chosen and note.example is not None:
            text = markup.cloze(*_split(note))
            yield AnkiNote(note, "cloze", guid(note.id, "cloze"), (*common, text), tags, deck, ("cloze",))


def _split(note: Note) -> tuple[str, str, str]:
    """The sentence before, in and after the target."""
    example = note.example
    if example is None:
        return "", "", ""
    return (
        example.text[: example.start],
        example.text[example.start : example.end],
        example.text[example.end :],
    )


def _common(note: Note, title: str, script: Script, sentence_reading: str) -> tuple[str, ...]:
    simplified, traditional = markup.plain(note.headword), markup.plain(note.traditional or note.headword)
    word, other = (simplified, traditional) if script == "simplified" else (traditional, simplified)
    shown = note.headword if script == "simplified" else note.traditional or note.headword
    return (
        word,
        other if other != word else "",
        simplified,
        traditional,
        markup.plain(reading(note)),
        markup.plain(" ".join(note.syllables)),
        ruby(shown, note.syllables),
        meaning(note.glosses),
        markup.plain(note.kind),
        level(note.hsk),
        band(note.frequency),
        markup.marked(*_split(note)) if note.example else "",
        markup.plain(sentence_reading),
        markup.plain(title),
        markup.plain(hint(note)),
        _LANGUAGES[script],
    )


def _tags(note: Note, text_tag: str) -> tuple[str, ...]:
    tags = [text_tag, f"{ROOT}::kind::{markup.tag(note.kind)}"]
    if note.hsk is not None:
        tags.append(f"{ROOT}::hsk::{'7-9' if note.hsk >= 7 else note.hsk}")
    return tuple(tags)


def reading(note: Note) -> str:
    """The reading with tone marks, a space between syllables: `hé xīn`."""
    return pinyin.separate(note.syllables)


def ruby(word: str, syllables: tuple[str, ...]) -> str:
    """The word with each character's reading above it, and its tone as a class, `tone1` to `tone5`.

    Where characters and syllables do not pair off, the whole reading stands above the whole word.
    """
    word = markup.clean(word)
    if not syllables:
        return markup.plain(word)
    if len(word) != len(syllables):
        return f"<ruby>{markup.plain(word)}<rt>{markup.plain(pinyin.separate(syllables))}</rt></ruby>"
    return "".join(
        f'<ruby class="tone{pinyin.tone(syllable)}">{markup.plain(character)}'
        f"<rt>{markup.plain(pinyin.marked(syllable))}</rt></ruby>"
        for character, syllable in zip(word, syllables, strict=True)
    )


def meaning(glosses: tuple[str, ...]) -> str:
    """The glosses as HTML: one alone, more as a numbered list."""
    written = [text for text in map(markup.plain, glosses) if text.strip()]
    if len(written) < 2:
        return "".join(written)
    return f"<ol>{''.join(f'<li>{text}</li>' for text in written)}</ol>"


def level(hsk: int | None) -> str:
    """`HSK 3`, `HSK 7-9`, or nothing."""
    return "" if hsk is None else f"HSK {'7–9' if hsk >= 7 else hsk}"


def band(frequency: float | None) -> str:
    """The band of a Zipf frequency in words, `common`; nothing where it is not known."""
    if frequency is None:
        return ""
    return next((name for least, name in _BANDS if frequency >= least), "very rare")


def hint(note: Note) -> str:
    """The first letter of each syllable: `h… x…`."""
    return " ".join(f"{letters[0]}…" for letters in map(pinyin.marked, note.syllables) if letters)
