"""Word lists: a word a line, or a table (CSV, TSV, Anki's notes in plain text, other programs' exports)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Container, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from studytui.anki.back import own_notes
from studytui.anki.back.field_choice import SAMPLE, choose
from studytui.anki.back.field_words import Lookup, has_han, plain_text, words_in
from studytui.anki.back.survey import Column, JapaneseSigns, SkipCounts, Standing, Survey, better, shown
from studytui.errors import StudytuiError, UsageError
from studytui.study.notes.note import Note

_SEPARATORS: Final = ("\t", ",", ";", "|", "，")
_NAMED: Final = {
    "tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " ",
}  # fmt: skip
_HEADER: Final = re.compile(r"#([a-z ]+):(.*)")
_ANKI_KEYS: Final = frozenset(
    {
        "separator", "html", "tags", "columns", "notetype", "deck", "notetype column", "deck column",
        "tags column", "guid column", "if matches",
    }
)  # fmt: skip
_HEADINGS: Final = frozenset(
    {
        "词", "词语", "词汇", "单词", "生词", "汉字", "字", "简体", "简体字", "简体中文", "繁体", "繁体字",
        "拼音", "注音", "释义", "解释", "意思", "英文", "英语", "翻译", "中文", "等级", "级别", "序号",
        "编号", "词性", "词类", "例句", "笔记", "频率", "部首", "詞", "詞語", "詞彙", "單詞", "生詞",
        "漢字", "簡體", "簡體字", "繁體", "繁體字", "釋義", "解釋", "翻譯", "英語", "級別", "序號", "詞性",
        "詞類", "筆記",
    }
)  # fmt: skip
"""What the columns of Chinese tables are called."""
_LONGEST_CELL: Final = 5000
_QUOTED: Final = re.compile(r'(?:^|[\t,;|，])"', re.MULTILINE)
_COMMENT: Final = "//"
"""Begins a category in Pleco's lists."""


@dataclass(slots=True)
class _Table:
    """Rows of cells, and what was said of them."""

    rows: list[list[str]]
    names: list[str] = field(default_factory=list)
    """The columns' names; those that have none are called `column 2`."""
    html: bool = False
    guid: int | None = None
    """The column of Anki's guid, counted from 0."""

    def name(self, place: int) -> str:
        name = self.names[place].strip() if place < len(self.names) else ""
        return shown(name) or f"column {place + 1}"


def survey(
    text: str,
    called: str,
    *,
    lookup: Lookup,
    standing: Standing,
    mine: Sequence[Note],
    field: str | None = None,
) -> Survey:
    """What a list says.

    Args:
        text: the list.
        called: its name, for messages.
        lookup: the dictionary.
        standing: how its words stand; a list itself does not say. Our own notes, exported, are new.
        mine: the learner's notes, whose guids may stand in it.
        field: the name of the column that holds the words; found if not given.

    Raises:
        UsageError: there is no such column.
        StudytuiError: it names no Chinese word.
    """
    if text.lstrip("\ufeff \t\r\n").startswith(("[", "{")) and _is_json(text):
        raise StudytuiError(f"{called} is JSON, which has no lines or columns: save its words one a line.")
    table = _read(text)
    if not table.rows:
        raise StudytuiError(f"{called} is empty: there is no word in it.")
    if field is None and not table.names and (words := _words_alone(table.rows, lookup)):
        table.rows = [[word] for word in words]
    place, why_not = _place(table, lookup, field), ""
    if place is None:
        rows = list(dict.fromkeys(map(tuple, table.rows)))  # a row that comes again tells nothing new
        choice = choose(rows[:: max(1, len(rows) // SAMPLE)], lookup, html=table.html)
        place, why_not = choice.place, choice.why_not
    if place is None:
        what = {
            "no Chinese": "has no Chinese in it: choose a list of Chinese words",
            "Japanese": "is Japanese, by its kana: choose a list of Chinese words",
        }.get(
            why_not,
            "is no list of words: no column names words of the dictionary (to read it, `studytui read`)",
        )
        raise StudytuiError(f"{called} {what}.")
    return _survey(table, place, lookup, standing, own_notes.guids(mine))


def _survey(
    table: _Table,
    place: int,
    lookup: Lookup,
    standing: Standing,
    mine: Container[str],
) -> Survey:
    words: dict[str, Standing] = {}
    skipped, japanese = SkipCounts(), JapaneseSigns()
    hits = 0
    for row in table.rows:
        cell = row[place] if place < len(row) else ""
        found = words_in(cell, lookup, html=table.html)
        guid = row[table.guid] if table.guid is not None and table.guid < len(row) else ""
        own = guid in mine or (
            own_notes.may_be_ours(guid)
            and own_notes.our_note(guid, dict(zip(table.names, row, strict=False))) is not None
        )
        hits += bool(found)
        japanese.see("".join(row))
        for word in found:
            words[word] = better(words.get(word), "new" if own else standing)
        if not found:
            text = plain_text(cell[:400]) if table.html else cell
            skipped.add("are not words of the dictionary" if has_han(text) else "hold no Chinese", text)
    columns = (Column("", table.name(place), len(table.rows), hits),)
    return Survey(words, columns, skipped.skipped(), listed=True, japanese=japanese.told())


def _place(table: _Table, lookup: Lookup, field: str | None) -> int | None:
    """The column of a given name, or the only one."""
    if field is None:
        return None
    width = max(map(len, table.rows))
    names = [table.name(place) for place in range(width)]
    for place, name in enumerate(names):
        if name.casefold() == field.strip().casefold():
            return place
    raise UsageError(f"There is no column {shown(field)!r} in it; there are {', '.join(names[:12])}.")


def _is_json(text: str) -> bool:
    try:
        json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return False
    return True


def _words_alone(rows: Sequence[Sequence[str]], lookup: Lookup) -> list[str]:
    """All that stands on lines which hold several words each and nothing else; none if it is not so.

    Nine of ten must be words of the dictionary, and those of a line different ones: a word in both scripts,
    or a word and its meaning, are no such line.
    """
    found: list[str] = []
    several = known = 0
    for row in rows:
        parts = [part for cell in row for part in cell.split()]
        words = [words_in(part, lookup, html=False) for part in parts if has_han(part)]
        if len(words) != len(parts) or len({word for each in words for word in each}) < sum(map(bool, words)):
            return []
        several += len(parts) > 1
        known += sum(map(bool, words))
        found += parts
    return found if several and 2 * several >= len(rows) and 10 * known >= 9 * len(found) else []


def _read(text: str) -> _Table:
    """Parts a text into rows and cells."""
    said, body = _anki_header(text.removeprefix("\ufeff"))
    separator = _separator(body, said.get("separator"))
    if separator is None:
        rows = [[line.strip()] for line in body.splitlines() if line.strip()]
    else:
        rows = _rows(body, separator)
    rows = [row for row in rows if any(row) and not row[0].startswith(_COMMENT)]
    table = _Table(rows, html=said.get("html", "").strip().lower() == "true")
    if "columns" in said:
        table.names = next(csv.reader([said["columns"]], delimiter=separator or "\t"), [])
    elif rows and _is_heading(rows[0], rows[1:]):
        table.names = rows.pop(0)
    number = said.get("guid column", "").strip()
    if number.isascii() and number.isdigit():
        table.guid = int(number) - 1 if 0 < int(number[:6]) < 1000 else None
    elif "GUID" in table.names:
        table.guid = table.names.index("GUID")
    return table


def _anki_header(text: str) -> tuple[dict[str, str], str]:
    """The lines `#key:value` at the beginning, and what follows them."""
    said: dict[str, str] = {}
    start = 0
    while text.startswith("#", start):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        match = _HEADER.match(text[start:end].rstrip("\r"))
        if match and match[1] in _ANKI_KEYS:
            said[match[1]] = match[2]
        elif not said:
            break
        start = end + 1
    return said, text[start:] if said else text


def _separator(body: str, named: str | None) -> str | None:
    """What parts the cells; None if a line is a cell."""
    if named is not None and named.strip():
        return _NAMED.get(named.strip().lower(), named.strip()[0])
    if _QUOTED.search(body) and (separator := _separator_of_cells(body)):
        return separator
    lines = [
        line for line in body[: 256 << 10].splitlines() if line.strip() and not line.startswith(_COMMENT)
    ]
    best: tuple[int, str] | None = None
    for separator in _SEPARATORS:
        counts = sorted(line.count(separator) for line in lines[:SAMPLE])
        if separator == "\t" and counts and counts[len(counts) // 2]:
            return separator  # which is nothing but a separator; the others also stand inside cells
        # Nine lines of ten have at least so many: a comma inside some cells is no separator.
        least = counts[len(counts) // 10] if counts else 0
        if least and (best is None or least > best[0]):
            best = (least, separator)
    return best[1] if best else None


def _separator_of_cells(body: str) -> str | None:
    """What parts cells that are quoted, and may have lines inside; None if nothing parts all rows alike."""
    best: tuple[int, str] | None = None
    for separator in _SEPARATORS:
        with suppress(csv.Error):
            reader = csv.reader(io.StringIO(body[: 64 << 10], newline=""), delimiter=separator)
            widths = sorted(len(row) for row in islice(reader, SAMPLE) if row)[:-1]  # the last may be cut
            if widths and widths[len(widths) // 10] == widths[-1] and widths[0] > 1:
                best = max(best or (0, ""), (widths[0], separator))
    return best[1] if best else None


def _rows(body: str, separator: str) -> list[list[str]]:
    """The cells. A stray quote that swallows the lines after it is read as a letter."""
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        try:
            reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, quoting=quoting)
            rows = [[cell.strip() for cell in row] for row in reader]
        except csv.Error:
            continue
        if all(len(cell) <= _LONGEST_CELL for row in rows for cell in row):
            return rows
    return [[cell.strip() for cell in line.split(separator)] for line in body.splitlines()]


def _is_heading(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns."""
    cells = [cell.strip() for cell in first if cell.strip()]
    if sum(cell in _HEADINGS for cell in cells) >= min(2, len(cells)):
        # 词 or 字 alone on the first line of a list of one column may be its first word.
        return len(cells) > 1 or len(cells[0]) > 1
    return not has_han("".join(first)) and any(has_han("".join(row)) for row in others[:20])
