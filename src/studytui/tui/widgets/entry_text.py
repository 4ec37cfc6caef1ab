"""The text of an entry: what the lexicon, the text and the learner's collection say of one word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from studytui.text.pinyin import marked, tone
from studytui.text.pronunciation.zhuyin import zhuyin
from studytui.tui.widgets.wrapped_text import EntryLine
from studytui.wording import hsk_name

if TYPE_CHECKING:
    from studytui.store.config import Phonetics
    from studytui.study.phrases.ranking import KeyPhrase
    from studytui.study.vocabulary import Status
    from studytui.text.lexicon.lexicon import Lexicon
    from studytui.text.token import Entry, Word

STATUS_STYLES: dict[Status, str] = {
    "new": "$text-primary underline",
    "probable": "$text-primary",
    "learning": "$text-warning bold",
    "known": "$text-success",
    "ignored": "dim",
}
TONE_STYLES = {
    1: "$text-error",
    2: "$text-warning",
    3: "$text-success",
    4: "$text-primary",
    5: "$text-muted",
}
"""The tone marks carry the tone; colour only repeats it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about."""

    word: Word
    status: Status
    phrase: KeyPhrase | None = None
    """The key phrase that the word stands in."""
    elsewhere: str = ""
    """Where else the text has the word."""
    history: str = ""
    """What the learner has had to do with it."""
    phrase_status: Status = "new"
    """What the learner knows of the key phrase."""
    places: tuple[tuple[str, str, str], ...] = ()
    """Other places of the word in the text: what stands before it, it, what follows."""
    note: tuple[Content, ...] = ()
    """What the learner's note has, a line each."""


def reading(syllables: Sequence[str], phonetics: Phonetics = "pinyin") -> Content:
    """A reading with tone marks, each syllable in its tone's colour."""
    write = zhuyin if phonetics == "zhuyin" else marked
    parts: list[Content] = []
    for syllable in syllables:
        if parts:
            parts.append(Content(" "))
        parts.append(Content.styled(write(syllable), TONE_STYLES.get(tone(syllable), "")))
    return Content.assemble(*parts) if parts else Content("")


def level_name(hsk: int | None) -> str:
    """`HSK 3`, `HSK 7-9`, or nothing."""
    return "" if hsk is None else hsk_name(hsk)


def frequency_name(zipf: float | None) -> str:
    """A word's frequency as a learner thinks of it; Zipf's scale in words."""
    if zipf is None:
        return ""
    for least, name in ((5.0, "very common"), (4.0, "common"), (3.0, "less common")):
        if zipf >= least:
            return name
    return "rare"


def article(subject: Subject, lexicon: Lexicon, phonetics: Phonetics, *, airy: bool) -> list[EntryLine]:
    """The lines of an entry, the most needed first.

    Args:
        subject: the word, and what else is to be told of it.
        lexicon: for its parts and characters.
        phonetics: in what readings are written.
        airy: whether every sense has a line of its own.
    """
    from studytui.text.lexicon.cedict import telling  # a screen is there before any entry

    word = subject.word
    lines = [EntryLine(_head(subject, phonetics), 2)]
    if word.token.kind in ("number", "punctuation") and not word.entries:
        lines.append(
            EntryLine(Content.styled("a number" if word.token.kind == "number" else "a mark", "dim"))
        )
        return lines
    lines += [EntryLine(each, 2) for each in subject.note]
    entries = telling(word.entries)
    first, others = entries[:1], entries[1:]
    for entry in first:
        same = tuple(map(str.lower, entry.syllables)) == tuple(map(str.lower, word.syllables))
        lines += _entry(entry, phonetics, named=not same, airy=airy)
    if subject.phrase is not None:
        lines.append(_phrase(subject.phrase, subject.phrase_status, word, phonetics))
    told = [each for each in (subject.elsewhere, subject.history) if each]
    if not word.entries:
        lines += _parts(word.headword, lexicon, phonetics) or [
            EntryLine(Content.styled("no entry in the dictionary", "dim"))
        ]
    lines += [EntryLine(Content.styled(each, "dim"), 2) for each in told]
    for entry in others:
        lines += _entry(entry, phonetics, named=True, airy=False)
    if word.entries and len(word.headword) > 2:
        lines += _parts(word.headword, lexicon, phonetics)
    if len(word.headword) > 1:
        lines += _characters(word, lexicon, phonetics)
    for before, shown, after in subject.places:
        lines.append(
            EntryLine(Content.assemble(Content.styled("· ", "dim"), before, (shown, "bold"), after), 2)
        )
    return lines


def _head(subject: Subject, phonetics: Phonetics) -> Content:
    word = subject.word
    pieces = [Content.styled(word.text, "bold"), Content("  "), reading(word.syllables, phonetics)]
    if other := _other_script(word):
        pieces.append(Content.styled(f"  {other}", "dim"))
    facts = [fact for fact in (level_name(word.hsk), frequency_name(word.frequency)) if fact]
    if word.token.kind == "name":
        facts.append("a name")
    if facts:
        pieces.append(Content.styled("  " + ", ".join(facts), "dim"))
    if word.token.kind == "word":
        pieces += [Content("  "), Content.styled(subject.status, STATUS_STYLES[subject.status])]
    return Content.assemble(*pieces)


def _other_script(word: Word) -> str:
    """The forms of the word in the script that the text does not use."""
    syllables = word.entries[0].syllables if word.entries else ()
    same = [entry for entry in word.entries if entry.syllables == syllables]
    forms = [form for entry in same for form in (entry.traditional, entry.simplified)]
    return " ".join(form for form in dict.fromkeys(forms) if form != word.text)


def _entry(entry: Entry, phonetics: Phonetics, *, named: bool, airy: bool) -> Iterator[EntryLine]:
    """An entry's senses, numbered where there are several, and its measure words."""
    head = Content.assemble(reading(entry.syllables, phonetics), "  ") if named else Content("")
    glosses = ["; ".join(sense.glosses) for sense in entry.senses]
    many = len(glosses) > 1
    texts = [f"{number}. {text}" if many else text for number, text in enumerate(glosses, 1)]
    if airy and many:
        if named:
            yield EntryLine(head)
        for text in texts:
            yield EntryLine(Content(text), 3)
    else:
        yield EntryLine(Content.assemble(head, Content("  ".join(texts))), 2 if named else 0)
    if entry.classifiers:
        yield EntryLine(Content.styled("measure words: " + " ".join(entry.classifiers), "dim"), 2)


def _phrase(phrase: KeyPhrase, status: Status, word: Word, phonetics: Phonetics) -> EntryLine:
    pieces = [Content.styled("Key phrase", "bold")]
    if phrase.headword != word.headword:
        from studytui.study.language.gloss import in_a_line

        pieces += [
            Content(" "),
            Content.styled(phrase.phrase, "$text-accent bold underline"),
            Content("  "),
            reading(phrase.syllables, phonetics),
            Content("  " + in_a_line(phrase.gloss, 3)),
        ]
        if status != "new":
            pieces += [Content("  "), Content.styled(status, STATUS_STYLES[status])]
    pieces.append(Content.styled(f"  ({phrase.reason})", "dim"))
    return EntryLine(Content.assemble(*pieces), 2)


def longest_parts(headword: str, lexicon: Lexicon) -> tuple[str, ...]:
    """A compound cut into headwords shorter than itself, the longest first at each place.

    Joined, they are the headword.
    """
    parts: list[str] = []
    at = 0
    while at < len(headword):
        found = [part for part in lexicon.prefixes(headword, at) if part != headword]
        parts.append(found[0] if found else headword[at])
        at += len(parts[-1])
    return tuple(parts)


def _parts(headword: str, lexicon: Lexicon, phonetics: Phonetics) -> list[EntryLine]:
    """What a compound is made of, where that is more than its characters."""
    parts = longest_parts(headword, lexicon)
    shown = [part for part in dict.fromkeys(parts) if len(part) > 1]
    return [line for part in shown if (line := _meaning(part, lexicon, phonetics)) is not None]


def _characters(word: Word, lexicon: Lexicon, phonetics: Phonetics) -> list[EntryLine]:
    """The characters' own meanings, as they are read in this word."""
    headword = word.headword
    heard = word.syllables if len(word.syllables) == len(headword) else ("",) * len(headword)
    written = word.text if len(word.text) == len(headword) else headword  # in its text's script
    lines: list[EntryLine] = []
    shown = {character: each for character, *each in zip(headword, heard, written, strict=True)}
    for character, (syllable, form) in shown.items():
        line = _meaning(character, lexicon, phonetics, syllable, form)
        if line is not None:
            lines.append(line)
    return lines


def _meaning(
    part: str, lexicon: Lexicon, phonetics: Phonetics, heard: str = "", written: str = ""
) -> EntryLine | None:
    """One line on a part: of a character's entries the one that is `heard`, if there is one."""
    # A surname is the last thing that a character means to a reader.
    entries = sorted(lexicon.entries(part), key=lambda entry: entry.syllables[0][:1].isupper())
    if not entries:
        return None
    entry = next((each for each in entries if each.syllables == (heard.lower(),)), entries[0])
    sound = reading(entry.syllables, phonetics)
    gloss = Content("  " + "; ".join(entry.glosses[:4]))
    return EntryLine(
        Content.assemble(Content.styled(f"{written or part} ", "bold"), sound, gloss), 2 * len(part) + 1
    )
