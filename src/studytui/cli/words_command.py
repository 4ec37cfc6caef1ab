"""Commands on words: those of the learner, and any word of the dictionary."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from studytui.cli.output import open_workspace, print_object, say, say_aside
from studytui.errors import StudytuiError, UsageError
from studytui.session.words.lookup import look_up
from studytui.session.words.own_words import OwnWords
from studytui.session.words.text_examples import TextExamples
from studytui.session.words.word_query import OwnWord, parse
from studytui.store.config import Script
from studytui.study.language.gloss import in_a_line
from studytui.text.characters import is_han, printable_line
from studytui.text.lexicon.cedict import telling
from studytui.text.pinyin import separate
from studytui.wording import hsk_band, hsk_name, many

if TYPE_CHECKING:
    from studytui.session.workspace import Workspace
    from studytui.study.notes.note import Example
    from studytui.text.token import Entry

_LISTED = 20
"""Entries that a look-up of pinyin or English prints for a person."""


def words(query: Sequence[str], *, json: bool) -> int:
    """The learner's notes and marked words that a query finds, those added last first.

    Raises:
        UsageError: the query is not understood.
    """
    asked = parse(" ".join(query))
    if asked.unclear:
        raise UsageError(f"{asked.unclear}.")
    with open_workspace() as workspace:
        own = OwnWords(workspace)
        own.read()
        found = own.find(asked)
        today, script = own.today, workspace.collection.config.script
    if not found:
        say_aside(
            f"no word matches {printable_line(' '.join(query))}"
            if len(own)
            else "you have no notes and no marked words yet"
        )
    elif json:
        for word in found:
            print_object(_fields(word, today))
    elif sys.stdout.isatty():
        _say_table(found, script)
    else:
        for word in found:
            say("\t".join(map(printable_line, _cells(word, script))))
    return 0


def _due(word: OwnWord | None, today: date) -> str | None:
    """The study day on which a card of it comes back first, today's for what is due."""
    if word is None or word.due is None:
        return None
    return (today + timedelta(days=max(0, word.due))).isoformat()


def _fields(word: OwnWord, today: date) -> dict[str, object]:
    note = word.note
    return {
        "headword": word.headword,
        "traditional": word.traditional,
        "reading": word.reading,
        "gloss": list(note.glosses) if note is not None else [word.gloss],
        "status": word.status,
        "standings": sorted(word.standings),
        "hsk": word.hsk,
        "due": _due(word, today),
        "stability": None if word.stability is None else round(word.stability, 2),
        "lapses": word.lapses,
        "texts": list(word.texts),
        "sentence": note.example.text if note is not None and note.example is not None else None,
        "remark": note.remark if note is not None else "",
        "note": note.id if note is not None else None,
    }


def due_told(word: OwnWord) -> str:
    """When a word comes back: `today`, `3 d`, or nothing."""
    if word.due is None:
        return "suspended" if "suspended" in word.standings else ""
    return "today" if word.due <= 0 else f"{word.due} d"


def _cells(word: OwnWord, script: Script) -> tuple[str, ...]:
    level = "" if word.hsk is None else hsk_band(word.hsk)
    stability = "" if word.stability is None else f"{word.stability:.0f}"
    return (
        word.written(script),
        word.reading,
        word.gloss,
        word.status,
        level,
        due_told(word),
        stability,
        str(word.lapses or ""),
        ", ".join(word.texts),
    )


_HEADINGS = ("word", "reading", "meaning", "status", "HSK", "due", "days", "lapses", "text")
_MEANING, _TEXT = 2, 8
_LEAST = {_MEANING: 12, _TEXT: 6}
"""How narrow, in cells, the columns become that give way first."""


def _say_table(found: Sequence[OwnWord], script: Script) -> None:
    """Columns as wide as they need to be, cut to the width of the terminal."""
    rows = [_HEADINGS, *(tuple(map(printable_line, _cells(word, script))) for word in found)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    room = shutil.get_terminal_size().columns
    while (over := sum(widths) + 2 * (len(widths) - 1) - room) > 0 and len(widths) > 1:
        for column, least in _LEAST.items():
            if column < len(widths):
                narrower = max(min(widths[column], least), widths[column] - max(0, over))
                over -= widths[column] - narrower
                widths[column] = narrower
        if over > 0:
            widths.pop()  # a terminal as narrow as that shows fewer columns
    for row in rows:
        cells = (_fitted(cell, width) for cell, width in zip(row, widths, strict=False))
        say("  ".join(cells).rstrip())
    say(f"{many(len(found), 'word')}.")


def _width(text: str) -> int:
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def _fitted(text: str, width: int) -> str:
    if _width(text) > width:
        while _width(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - _width(text))


def lookup(written: Sequence[str], limit: int, *, json: bool) -> int:
    """What the dictionary, the learner's notes and texts have of a word.

    Raises:
        StudytuiError: there is no such word.
    """
    asked = " ".join(written)
    with open_workspace() as workspace:
        entries = look_up(workspace.lexicon, asked)
        own = OwnWords(workspace)
        own.renew([asked, *(entry.simplified for entry in entries)])
        mine = {word.headword: word for word in own}
        exact = [entry for entry in entries if asked in (entry.simplified, entry.traditional)]
        noted = mine.get(asked) if not exact else None
        if not entries and noted is None and (parts := _parts(workspace, asked)):
            if json:
                fields = _looked_up(workspace, asked, (), mine.get(asked), TextExamples(workspace), own.today)
                print_object(fields | {"gloss": list(parts)})
            else:
                say(f"{printable_line(asked)} is not in the dictionary; its parts are:")
                for part in parts:
                    say(f"  {part}")
            return 0
        if not entries and noted is None:
            raise StudytuiError(
                f"the dictionary has no {printable_line(asked)!r}: "
                "look it up by characters, pinyin or English"
            )
        headwords = list(dict.fromkeys(entry.simplified for entry in exact or entries))[: limit or None]
        if noted is not None:
            headwords = [noted.headword]
        examples = TextExamples(workspace)
        for number, headword in enumerate(headwords):
            meant = [entry for entry in exact or entries if entry.simplified == headword]
            if json:
                print_object(_looked_up(workspace, headword, meant, mine.get(headword), examples, own.today))
            elif len(headwords) == 1:
                _say_word(workspace, headword, meant, mine.get(headword), examples)
            elif number < _LISTED:
                _say_entries(workspace, headword, meant)
        if not json and len(headwords) > _LISTED:
            say(f"… and {many(len(headwords) - _LISTED, 'word')} more.")
    return 0


def _parts(workspace: Workspace, asked: str) -> tuple[str, ...]:
    """The words that a Chinese compound is made of, each with its gloss (`电 electricity`, `费 fee`)."""
    lexicon = workspace.lexicon
    if not asked or not all(map(is_han, asked)) or not all(part in lexicon for part in lexicon.parts(asked)):
        return ()
    return workspace.annotator.gloss(asked, ())


def _looked_up(
    workspace: Workspace,
    headword: str,
    entries: Sequence[Entry],
    mine: OwnWord | None,
    examples: TextExamples,
    today: date,
) -> dict[str, object]:
    lexicon = workspace.lexicon
    first = entries[0] if entries else None
    note = mine.note if mine is not None else None
    syllables = first.syllables if first else note.syllables if note else ()
    return {
        "headword": headword,
        "traditional": first.traditional if first else headword,
        "reading": separate(syllables),
        "syllables": list(syllables),
        "gloss": list(first.glosses) if first else list(note.glosses) if note else [],
        "entries": [
            {
                "traditional": entry.traditional,
                "reading": separate(entry.syllables),
                "syllables": list(entry.syllables),
                "senses": [list(sense.glosses) for sense in entry.senses],
                "measure_words": list(entry.classifiers),
            }
            for entry in entries
        ],
        "hsk": lexicon.level(headword),
        "frequency": lexicon.frequency(headword),
        "status": workspace.collection.status(headword),
        "due": _due(mine, today),
        "stability": mine.stability if mine is not None else None,
        "texts": list(mine.texts) if mine is not None else [],
        "remark": note.remark if note is not None else "",
        "characters": [
            {"character": character, "reading": reading, "gloss": gloss}
            for character, reading, gloss in _characters(workspace, headword)
        ],
        "examples": [
            {
                "text": example.text,
                "start": example.start,
                "end": example.end,
                "title": example.title,
                "document": example.document_id,
            }
            for example in _examples(examples, headword, entries)
        ],
    }


def _examples(examples: TextExamples, headword: str, entries: Iterable[Entry]) -> tuple[Example, ...]:
    return examples.of((headword, *(entry.traditional for entry in entries)))


def _characters(workspace: Workspace, headword: str) -> list[tuple[str, str, str]]:
    """What each character means by itself; none of a word of one."""
    if len(headword) < 2:
        return []
    # A surname is the last thing that a character means.
    firsts = {
        character: min(entries, key=lambda entry: entry.syllables[0][:1].isupper())
        for character, entries in workspace.lexicon.characters(headword)
        if entries
    }
    return [
        (character, separate(entry.syllables), in_a_line(entry.glosses, 4))
        for character, entry in firsts.items()
    ]


def _say_word(
    workspace: Workspace,
    headword: str,
    entries: Sequence[Entry],
    mine: OwnWord | None,
    examples: TextExamples,
) -> None:
    lexicon = workspace.lexicon
    level = lexicon.level(headword)
    facts = [hsk_name(level)] if level is not None else []
    facts.append(workspace.collection.status(headword))
    if mine is not None and mine.due is not None:
        facts.append("due today" if mine.due <= 0 else f"due in {many(mine.due, 'day')}")
    say(f"{headword}  ({', '.join(facts)})")
    for entry in telling(entries):
        form = "" if entry.traditional == headword else f"{entry.traditional}  "
        say(f"  {form}{separate(entry.syllables)}")
        for number, sense in enumerate(entry.senses, 1):
            say(f"    {number}  {'; '.join(sense.glosses)}")
        if entry.classifiers:
            say(f"    measure words: {' '.join(entry.classifiers)}")
    note = mine.note if mine is not None else None
    if note is not None and (note.own or not entries):
        say(f"  your note: {separate(note.syllables)}  {in_a_line(note.glosses)}")
    if characters := _characters(workspace, headword):
        say("  characters")
        for character, reading, gloss in characters:
            say(f"    {character}  {reading}  {gloss}")
    if found := _examples(examples, headword, entries):
        say("  in your texts")
        for example in found:
            say(
                f"    {example.text[: example.start]}【{example.text[example.start : example.end]}】"
                f"{example.text[example.end :]}  ({example.title})"
            )


def _say_entries(workspace: Workspace, headword: str, entries: Sequence[Entry]) -> None:
    status = workspace.collection.status(headword)
    for entry in entries:
        form = headword if entry.traditional == headword else f"{headword} {entry.traditional}"
        say(f"{form}  {separate(entry.syllables)}  {in_a_line(entry.glosses, 4)}  ({status})")
