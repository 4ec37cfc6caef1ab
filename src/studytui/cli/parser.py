"""The parser of the command line: commands, their arguments and options, and what was likely meant."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from studytui import __version__
from studytui.errors import UsageError

if TYPE_CHECKING:
    from studytui.study.notes.card import Template

QUESTIONS = 12
PHRASES = 40


_OPTION = re.compile(r"--[a-z][a-z-]*")
_ALIKE = 0.7
"""How like two words must be, from 0 to 1, for one to be meant by the other."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, and where to look."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see `{self.prog} --help`.")


class CommandLine(_Parser):
    """The whole command line."""

    def __init__(self) -> None:
        super().__init__(
            prog="studytui",
            description="Read real Chinese in a terminal, and keep the words.",
            epilog="FILE is a path, - for standard input, or the name of a bundled text; `studytui FILE` "
            "reads it. Without a command: the home screen, or with no terminal the text to begin with.",
            allow_abbrev=False,
        )
        self.commands: Mapping[str, argparse.ArgumentParser] = {}
        """By name."""
        self.texts: list[argparse.Action] = []
        """The arguments that name a text: a file, or what comes with the program."""
        self.files: list[argparse.Action] = []
        """Those that name a file."""
        self.folders: list[argparse.Action] = []
        """Those that name a folder."""

    def parsed(self, arguments: Sequence[str]) -> argparse.Namespace:
        """What a command line says.

        Raises:
            UsageError: it cannot be understood. Where another word was likely meant, that is named.
        """
        options, rest = self.parse_known_args(self._with_command(arguments))
        if not rest:
            return options
        from difflib import get_close_matches  # a sound command line does without it

        one = self.commands.get(options.command, self)
        for word in rest:
            near = get_close_matches(word.partition("=")[0], _OPTION.findall(one.format_help()), 1, _ALIKE)
            if word.startswith("-") and near:
                raise UsageError(f"there is no option {word}; did you mean {near[0]}?")
        if options.command == "words" and any(":" in word for word in rest):
            raise UsageError(
                f"write -- before a query that begins with -: `studytui words -- {' '.join(rest)}`"
            )
        return one.error(f"unrecognized arguments: {' '.join(rest)}")

    def _with_command(self, arguments: Sequence[str]) -> Sequence[str]:
        """A command line that begins with a text reads it."""
        first = arguments[0] if arguments else None
        if first is None or first in self.commands or (first.startswith("-") and first != "-"):
            return arguments
        from difflib import get_close_matches

        near = get_close_matches(first, self.commands, 1, _ALIKE)
        if near and not _is_text(first):
            raise UsageError(f"there is no command {first!r} and no such file; did you mean {near[0]!r}?")
        return ["read", *arguments]


def _is_text(name: str) -> bool:
    """Whether a file of this name is there, or a bundled text."""
    from studytui.text.source.source import bundled

    try:
        return name == "-" or Path(name).expanduser().exists() or name in {deck.name for deck in bundled()}
    except (OSError, RuntimeError, ValueError):  # no path at all
        return False


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def _cards(text: str) -> tuple[Template, ...]:
    from studytui.study.notes.card import TEMPLATES

    named = [name.strip() for name in text.split(",") if name.strip()]
    for name in named:
        if name not in TEMPLATES:
            raise argparse.ArgumentTypeError(f"{name!r} is no kind of card; there are {', '.join(TEMPLATES)}")
    if not named:
        raise argparse.ArgumentTypeError(f"no kind of card is named; there are {', '.join(TEMPLATES)}")
    return tuple(template for template in TEMPLATES if template in named)


def parser() -> CommandLine:
    """The parser of the whole command line."""
    top = CommandLine()
    top.add_argument("--version", action="version", version=f"studytui {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser, title="commands")
    top.commands = commands.choices

    def text_of(one: argparse.ArgumentParser, metavar: str = "FILE", **more: Any) -> None:
        top.texts.append(one.add_argument("file", metavar=metavar, **more))
        one.add_argument(
            "--lines",
            choices=("auto", "keep", "join"),
            help="keep the lines of the text, or join what was wrapped; remembered for the text",
        )

    def command(
        name: str, what: str, *, json: str = "print one JSON object a line"
    ) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=what, description=what, allow_abbrev=False)
        if json:
            one.add_argument("--json", action="store_true", help=json)
        return one

    read = command("read", "read a text, its vocabulary highlighted", json="")
    text_of(read)
    read.add_argument("--plain", action="store_true", help="print the text with its phrases")
    read.add_argument(
        "--pinyin", action="store_true", help="print it so, and below each sentence how it is read"
    )

    clean = command("clean", "print the cleaned text, a paragraph a line")
    text_of(clean)

    tokens = command("tokens", "print the tokens of a text with reading, gloss and level")
    text_of(tokens)

    texts = command("texts", "print your texts, what you can read best first; add, rename or delete some")
    texts.add_argument(
        "--sort",
        choices=("recent", "readable", "level", "title", "length", "new", "due", "folder"),
        default="readable",
        help="in which order (readable)",
    )
    texts.add_argument(
        "--filter",
        default="",
        metavar="WORDS",
        help="of title, description, folder; `archive` for those there",
    )
    acts = texts.add_subparsers(dest="act", metavar="ACT", parser_class=_Parser)

    def act(name: str, what: str) -> argparse.ArgumentParser:
        return acts.add_parser(name, help=what, description=what, allow_abbrev=False)

    adding = "add files, folders with all that is in them, or - for standard input"
    for add in (act("add", adding), command("add", f"{adding}, to your texts", json="")):
        top.files.append(add.add_argument("paths", metavar="PATH", nargs="+"))
        add.add_argument("--lines", choices=("auto", "keep", "join"), help="what becomes of a file's lines")
    rename = act("rename", "call a text otherwise")
    rename.add_argument("text", metavar="TEXT", help="its title, its path or its id")
    rename.add_argument("title", metavar="TITLE")
    archive = act("archive", "put texts out of the way; they are opened as before")
    archive.add_argument("texts", metavar="TEXT", nargs="+")
    archive.add_argument("--back", action="store_true", help="put them back")
    delete = act("delete", "take texts out of the library; their notes stay")
    delete.add_argument("texts", metavar="TEXT", nargs="+")

    phrases = command("phrases", "print the key phrases of a text, or of all your texts, best first")
    text_of(phrases, nargs="?")
    phrases.add_argument("--all", action="store_true", help="of all texts that you opened, instead of FILE")
    phrases.add_argument("--limit", type=_positive, default=PHRASES, metavar="N")

    asked = "print the questions as JSON, an object a line, and take answers as JSON from standard input"
    quiz = command("quiz", "be asked about a text's key phrases", json=asked)
    text_of(quiz)
    quiz.add_argument("--limit", type=_positive, default=QUESTIONS, metavar="N", help="questions (12)")
    quiz.add_argument("--seed", type=int, metavar="S", help="the same seed asks the same questions")
    quiz.add_argument("--plain", action="store_true", help="ask in plain lines, without a screen")

    review = command("review", "review what is due", json=asked)
    top.texts.append(
        review.add_argument("deck", metavar="DECK", nargs="?", help="of this text or deck alone")
    )
    review.add_argument("--plain", action="store_true", help="ask in plain lines, without a screen")

    words = command("words", "list your notes and marked words, or those that a search finds")
    words.add_argument(
        "query",
        metavar="QUERY",
        nargs="*",
        help="characters, pinyin (nihao) or English; is:due, is:new, is:learning, is:known, is:ignored, "
        "is:leech, is:suspended, level:3-4, text:TITLE, tag:idiom; -is:due for the others (after --)",
    )

    lookup = command("lookup", "look up a word: in the dictionary, your notes and your texts")
    lookup.add_argument(
        "word", metavar="WORD", nargs="+", help="characters, pinyin with or without tones, or English"
    )
    lookup.add_argument("--limit", type=_positive, default=200, metavar="N", help="words (200)")

    export = command("export", "write notes for Anki, a spreadsheet or paper")
    text_of(export, "FILE|DECK", nargs="?", help="without it, all your notes")
    out = export.add_argument(
        "-o", "--output", required=True, metavar="OUT", help=".apkg, .csv, .tsv, .txt (Pleco) or .md"
    )
    top.files.append(out)
    export.add_argument("--limit", type=_positive, default=PHRASES, metavar="N", help="phrases (40)")
    export.add_argument(
        "--cards",
        type=_cards,
        metavar="KINDS",
        help="of recognition, recall, reading, cloze, with commas (as in your settings)",
    )
    export.add_argument("--no-progress", action="store_true", help="all cards new, without their schedules")

    bring = command("import", "see what you know in an Anki package or on a word list, and bring it in")
    package = bring.add_argument("file", metavar="FILE", help=".apkg, .colpkg, or a list (.csv, .tsv, .txt)")
    top.files.append(package)
    bring.add_argument("--yes", action="store_true", help="mark the words and take the reviews")
    bring.add_argument("--field", metavar="NAME", help="the field or column of the words (found by itself)")
    bring.add_argument(
        "--as",
        dest="standing",
        choices=("known", "learning"),
        default="known",
        help="how the words of a list stand (known)",
    )

    placement = command("placement", "find out which words you already know, in some forty questions")
    placement.add_argument("--seed", type=int, metavar="S", help="the same seed begins with the same words")

    stats = command("stats", "show what is due, retention, and words known")
    stats.add_argument("--optimise", action="store_true", help="fit the schedule to your own reviews")

    sync = command("sync", "merge with your other machines, through a folder or a git repository")
    place = sync.add_argument(
        "folder", metavar="FOLDER", nargs="?", help="on a stick or a share; it is made to have all"
    )
    top.folders.append(place)
    sync.add_argument("--remote", metavar="URL", help="where it is: an address for git, said once")

    check = command("check", "see whether your files are sound")
    check.add_argument("--repair", action="store_true", help="mend them, after a backup")

    config = command("config", "show where everything lies and how everything is set, or set something")
    config.add_argument("key", metavar="KEY", nargs="?", help="the setting; without it, all")
    config.add_argument("value", metavar="VALUE", nargs="?", help="what it becomes; `default` undoes that")

    serve = command("serve", "show the application in a browser on this machine (127.0.0.1)", json="")
    serve.add_argument("--port", type=_positive, default=8000, metavar="N", help="where (8000)")

    completion = command("completion", "print what makes your shell complete commands and options", json="")
    completion.add_argument("shell", choices=("bash", "zsh", "fish"))
    return top
