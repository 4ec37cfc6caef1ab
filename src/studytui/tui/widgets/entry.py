"""The dictionary entry of a word, docked beside or below the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content
from textual.widgets import Static

from studytui.study.keyphrase import KeyPhrase
from studytui.study.vocabulary import Status
from studytui.text.lexicon import Lexicon
from studytui.text.pinyin import marked, tone
from studytui.text.token import Entry, Word

STATUS_STYLES: dict[Status, str] = {
    "new": "$text-primary underline",
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


def reading(syllables: Sequence[str]) -> Content:
    """A reading with tone marks, each syllable in its tone's colour."""
    parts: list[Content] = []
    for syllable in syllables:
        if parts:
            parts.append(Content(" "))
        parts.append(Content.styled(marked(syllable), TONE_STYLES.get(tone(syllable), "")))
    return Content.assemble(*parts) if parts else Content("")


def level_name(hsk: int | None) -> str:
    """`HSK 3`, `HSK 7-9`, or nothing."""
    if hsk is None:
        return ""
    return "HSK 7-9" if hsk >= 7 else f"HSK {hsk}"


def frequency_name(zipf: float | None) -> str:
    """A word's frequency as a learner thinks of it; Zipf's scale in words."""
    if zipf is None:
        return ""
    for least, name in ((5.0, "very common"), (4.0, "common"), (3.0, "less common")):
        if zipf >= least:
            return name
    return "rare"


def senses(entry: Entry) -> Content:
    """An entry's senses, numbered where there are several."""
    lines: list[str] = []
    for number, sense in enumerate(entry.senses, 1):
        text = "; ".join(sense.glosses)
        lines.append(f"{number}. {text}" if len(entry.senses) > 1 else text)
    return Content("  ".join(lines))


class EntryPanel(Static):
    """Shows what the lexicon and the learner's collection say of one word."""

    DEFAULT_CSS = """
    EntryPanel {
        padding: 0 1;
        background: $surface;
        color: $foreground;
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = set()

    def show(
        self, word: Word | None, status: Status, phrase: KeyPhrase | None, lexicon: Lexicon | None
    ) -> None:
        """Shows a word's entry, or nothing where the words are not known yet."""
        self.update(self._content(word, status, phrase, lexicon), layout=False)

    def _content(
        self, word: Word | None, status: Status, phrase: KeyPhrase | None, lexicon: Lexicon | None
    ) -> Content:
        if word is None or lexicon is None:
            return Content.styled("Finding the words…", "dim")
        lines = [self._head(word, status)]
        if word.token.kind in ("number", "punctuation"):
            lines.append(Content.styled("a number" if word.token.kind == "number" else "a mark", "dim"))
        for position, entry in enumerate(word.entries):
            text = senses(entry)
            if position or entry.syllables != word.syllables:
                text = Content.assemble(reading(entry.syllables), "  ", text)
            lines.append(text)
            if entry.classifiers:
                lines.append(Content.styled("measure words: " + " ".join(entry.classifiers), "dim"))
        if not word.entries:
            lines.extend(self._parts(word, lexicon))
        if phrase is not None and phrase.headword == word.headword:
            lines.append(
                Content.assemble(
                    Content.styled("Key phrase", "bold"), Content.styled(f"  ({phrase.reason})", "dim")
                )
            )
        elif phrase is not None:
            lines.append(
                Content.assemble(
                    Content.styled("Key phrase ", "bold"),
                    Content.styled(phrase.phrase, "$text-accent bold underline"),
                    "  ",
                    reading(phrase.syllables),
                    "  ",
                    Content("; ".join(phrase.gloss[:3])),
                    Content.styled(f"  ({phrase.reason})", "dim"),
                )
            )
        return Content("\n").join(lines)

    def _head(self, word: Word, status: Status) -> Content:
        entry = word.entries[0] if word.entries else None
        pieces: list[Content] = [Content.styled(word.text, "bold"), Content("  "), reading(word.syllables)]
        if entry is not None and entry.traditional != entry.simplified:
            other = entry.traditional if word.text == entry.simplified else entry.simplified
            pieces.append(Content.styled(f"  {other}", "dim"))
        facts = (level_name(word.hsk), frequency_name(word.frequency))
        pieces += [Content.styled(f" · {fact}", "dim") for fact in facts if fact]
        if word.token.kind == "word":
            pieces += [Content.styled(" · ", "dim"), Content.styled(status, STATUS_STYLES[status])]
        elif word.token.kind == "name":
            pieces.append(Content.styled(" · a name", "dim"))
        return Content.assemble(*pieces)

    def _parts(self, word: Word, lexicon: Lexicon) -> list[Content]:
        """A word without an entry is explained by its parts."""
        lines: list[Content] = []
        for part in lexicon.parts(word.headword):
            entries = lexicon.entries(part)
            if entries:
                lines.append(
                    Content.assemble(
                        Content.styled(f"{part} ", "bold"),
                        reading(entries[0].syllables),
                        "  ",
                        Content("; ".join(entries[0].glosses[:4])),
                    )
                )
        return lines or [Content.styled("no entry in the dictionary", "dim")]
