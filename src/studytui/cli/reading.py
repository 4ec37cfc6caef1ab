"""Commands that read a text: home, read, clean, tokens, phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.cli.output import chapter_told, open_workspace, print_object, say, say_aside
from studytui.cli.screens import show
from studytui.cli.streams import stdin_of
from studytui.text.pinyin import separate
from studytui.text.script import to_script
from studytui.wording import hsk_name

if TYPE_CHECKING:
    from studytui.text.document import Document, LinesChoice


def home(terminal: bool) -> int:
    """The home screen; without a terminal, what `read` prints for the default deck."""
    if not terminal:
        from studytui.text.source.source import bundled

        return read(next(deck.name for deck in bundled() if deck.default), plain=True)
    from studytui.tui.app import Start

    with open_workspace() as workspace:
        collection = workspace.collection
        begun = collection.has_settings or collection.library.texts() or collection.locations.quiz.exists()
        first = collection.is_fresh and not begun
        return show(workspace, Start("welcome" if first else "home"))


def read(name: str, *, plain: bool, pinyin: bool = False, lines: LinesChoice | None = None) -> int:
    """The reader; in plain, the text with its phrases, and with `pinyin` how each sentence is read."""
    with open_workspace() as workspace:
        if plain:
            from studytui.cli.printed_text import say_text
            from studytui.session.library import how_much_is_known

            document = workspace.open(name, stdin_of(name), lines)
            warn_of(document)
            text = workspace.annotate(document)
            readings = workspace.collection.config.phonetics if pinyin else None
            say_text(text, workspace.phrases(text, progress=chapter_told), readings)
            if not workspace.collection.is_fresh:
                say_aside(how_much_is_known(workspace, text))
            return 0
        from studytui.tui.app import Start

        return show(workspace, Start("read", workspace.begin(name, stdin_of(name), lines)))


def warn_of(document: Document) -> None:
    """Says on standard error what was left out of a text."""
    if document.warning is not None:
        say_aside(document.warning)


def clean(name: str, *, json: bool, lines: LinesChoice | None = None) -> int:
    """The cleaned text, a paragraph a line (verse, tables and code keep their lines)."""
    from studytui.text.source.byte_map import byte_spans
    from studytui.text.source.source import load

    source = load(name, stdin_of(name))
    with open_workspace() as workspace:
        document = workspace.read(source, lines)
    warn_of(document)
    spans = byte_spans(source, document.paragraphs) if json else None
    for index, paragraph in enumerate(document.paragraphs):
        if json:
            print_object(
                {
                    "kind": paragraph.kind,
                    "text": paragraph.text,
                    "source": [list(span) for span in paragraph.spans()],
                    "bytes": [list(span) for span in spans[index]] if spans is not None else None,
                }
            )
        else:
            say(paragraph.text)
    return 0


def tokens(name: str, *, json: bool, lines: LinesChoice | None = None) -> int:
    """The tokens with all that is known of them."""
    with open_workspace() as workspace:
        document = workspace.open(name, stdin_of(name), lines)
        mends = workspace.collection.mends(document.id)
        for index, words in enumerate(workspace.all_words(document, mends)):
            for word in words:
                reading = separate(word.syllables)
                if not json:
                    if word.token.kind != "punctuation":
                        level = "" if word.hsk is None else hsk_name(word.hsk)
                        say("\t".join((word.text, reading, level, "; ".join(word.gloss[:3]))))
                    continue
                counts = word.token.kind == "word"
                print_object(
                    {
                        "paragraph": index,
                        "start": word.token.start,
                        "end": word.token.end,
                        "text": word.text,
                        "kind": word.token.kind,
                        "reading": reading,
                        "syllables": list(word.syllables),
                        "gloss": list(word.gloss),
                        "hsk": word.hsk,
                        "frequency": word.frequency,
                        "status": workspace.collection.status(word.headword) if counts else None,
                        "headword": word.headword,
                    }
                )
    return 0


def phrases(name: str, limit: int, *, json: bool, lines: LinesChoice | None = None) -> int:
    """The key phrases, best first."""
    from studytui.study.language.gloss import in_a_line, is_composed

    with open_workspace() as workspace:
        document = workspace.open(name, stdin_of(name), lines)
        found = workspace.phrases(workspace.annotate(document), limit, chapter_told)
        written = to_script(workspace.collection.config.script)
    if not found:
        say_aside(f"no phrase of {document.title} stands out as worth learning")
    for phrase in found:
        if json:
            print_object(
                {
                    "phrase": phrase.phrase,
                    "reading": separate(phrase.syllables),
                    "gloss": list(phrase.gloss),
                    "literal": is_composed(phrase.gloss),
                    "kind": phrase.kind,
                    "count": phrase.count,
                    "score": phrase.score,
                    "reason": phrase.reason,
                    "sentence": phrase.example.text if phrase.example else None,
                    "headword": phrase.headword,
                    "occurrences": [list(at) for at in phrase.occurrences],
                }
            )
        else:
            say(
                f"{written(phrase.phrase)}  {separate(phrase.syllables)}  {in_a_line(phrase.gloss)}"
                f"  ({phrase.reason})"
            )
    return 0
