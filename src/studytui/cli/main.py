"""The command line: arguments in, an exit status out, and never a traceback.

Exit status: 0 done, 1 it could not be done, 2 wrong usage. Messages for people go to standard error.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from studytui import __version__
from studytui.errors import StudytuiError, UsageError, full_stop
from studytui.text.characters import printable_line

if TYPE_CHECKING:
    from studytui.study.notes.card import Template

QUESTIONS = 12
PHRASES = 40


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, and where to look."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see `{self.prog} --help`.")


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


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = _Parser(
        prog="studytui",
        description="Read real Chinese in a terminal, and keep the words.",
        epilog="FILE is a path, - for standard input, or the name of a bundled deck. "
        "Without a command: the home screen, or with no terminal the text of the default deck.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"studytui {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def text_of(one: argparse.ArgumentParser, metavar: str = "FILE", **more: Any) -> None:
        one.add_argument("file", metavar=metavar, **more)
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

    add = act("add", "add files, folders with all that is in them, or - for standard input")
    add.add_argument("paths", metavar="PATH", nargs="+")
    add.add_argument("--lines", choices=("auto", "keep", "join"), help="what becomes of the lines of a file")
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
    review.add_argument("deck", metavar="DECK", nargs="?", help="of this text or deck alone")
    review.add_argument("--plain", action="store_true", help="ask in plain lines, without a screen")

    export = command("export", "write notes for Anki, a spreadsheet or paper")
    text_of(export, "FILE|DECK", nargs="?", help="without it, all your notes")
    export.add_argument(
        "-o", "--output", required=True, metavar="OUT", help=".apkg, .csv, .tsv, .txt (Pleco) or .md"
    )
    export.add_argument("--limit", type=_positive, default=PHRASES, metavar="N", help="phrases (40)")
    export.add_argument(
        "--cards",
        type=_cards,
        metavar="KINDS",
        help="of recognition, recall, reading, cloze, with commas (as in your settings)",
    )
    export.add_argument("--no-progress", action="store_true", help="all cards new, without their schedules")

    bring = command("import", "see what you know in an Anki package or on a word list, and bring it in")
    bring.add_argument("file", metavar="FILE", help=".apkg, .colpkg, or a list (.csv, .tsv, .txt)")
    bring.add_argument("--yes", action="store_true", help="mark the words and take the reviews")
    bring.add_argument("--field", metavar="NAME", help="the field or column of the words (found by itself)")
    bring.add_argument(
        "--as",
        dest="standing",
        choices=("known", "learning"),
        default="known",
        help="how the words of a list stand (known)",
    )

    placement = command("placement", "find out which words you know already, in some forty questions")
    placement.add_argument("--seed", type=int, metavar="S", help="the same seed begins with the same words")

    stats = command("stats", "show what is due, retention, and words known")
    stats.add_argument("--optimise", action="store_true", help="fit the schedule to your own reviews")

    sync = command("sync", "merge with your other machines, through a folder or a git repository")
    sync.add_argument(
        "folder", metavar="FOLDER", nargs="?", help="on a stick or a share; it is made to have all"
    )
    sync.add_argument("--remote", metavar="URL", help="where it is: an address for git, said once")

    check = command("check", "see whether your files are sound")
    check.add_argument("--repair", action="store_true", help="mend them, after a backup")
    return top


def has_terminal() -> bool:
    """Whether a person sits before it: both ends are a terminal that can place a cursor."""
    return _is_terminal(sys.stdin) and _is_terminal(sys.stdout) and os.environ.get("TERM", "dumb") != "dumb"


def is_dumb_terminal() -> bool:
    """Whether a person sits before a terminal that places no cursor: lines are all that it has."""
    return _is_terminal(sys.stdin) and _is_terminal(sys.stdout) and not has_terminal()


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is open and a terminal; Python has None for one that is closed (`<&-`)."""
    return stream is not None and not stream.closed and stream.isatty()


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit status."""
    with suppress(AttributeError, ValueError):
        # A terminal that cannot show a character gets a question mark, not an exception.
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
        sys.stderr.reconfigure(errors="replace")  # type: ignore[union-attr]
    if sys.stdout is None:
        # There is nowhere to print to. Whatever a command is for, its printing goes nowhere.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:  # `print` would take standard output instead
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    try:
        status = _dispatch(parser().parse_args(arguments))
        sys.stdout.flush()
    except StudytuiError as error:
        return _fail(str(error), error.exit_status)
    except BrokenPipeError:
        # The reader of our output went away (`| head`): not a fault, and nothing is left to say.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG, errno.EBADF):
            return _fail(_crash(error), 1)
        # Files of ours say so themselves, so it is what was printed that could not be written.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        return _fail(f"the output could not be written: {error.strerror}.", 1)
    except Exception as error:  # the last net: a fault of ours is a sentence too
        return _fail(_crash(error), 1)
    return status


def _fail(sentence: str, status: int) -> int:
    with suppress(OSError):
        # Not from cli.output, which would load the whole program for an option misspelt.
        print(f"studytui: {full_stop(printable_line(sentence))}", file=sys.stderr)  # noqa: T201
    return status


def _crash(error: Exception) -> str:
    """Keeps the details for a bug report, and says where."""
    from studytui.cli.crash import keep

    return keep(error)


def _dispatch(options: argparse.Namespace) -> int:
    from studytui.cli import exporting, reading, studying

    match options.command:
        case None:
            return reading.home(has_terminal())
        case "read":
            plain = options.plain or options.pinyin or not has_terminal_for(options.file)
            return reading.read(options.file, plain=plain, pinyin=options.pinyin, lines=options.lines)
        case "clean":
            return reading.clean(options.file, json=options.json, lines=options.lines)
        case "tokens":
            return reading.tokens(options.file, json=options.json, lines=options.lines)
        case "texts":
            return _texts(options)
        case "phrases" if options.all:
            if options.file is not None:
                raise UsageError("--all takes no FILE: it goes over all texts that you opened.")
            from studytui.cli.suggesting import phrases

            return phrases(options.limit, json=options.json)
        case "phrases" if options.file is None:
            raise UsageError("the following arguments are required: FILE (or --all); see `studytui --help`.")
        case "phrases":
            return reading.phrases(options.file, options.limit, json=options.json, lines=options.lines)
        case "quiz":
            plain = options.plain or is_dumb_terminal()
            return studying.quiz(
                options.file,
                options.limit,
                options.seed,
                json=options.json,
                plain=plain,
                screen=not options.json and not plain and has_terminal_for(options.file),
                lines=options.lines,
            )
        case "review":
            plain = options.plain or is_dumb_terminal()
            screen = not options.json and not plain and has_terminal()
            return studying.review(options.deck, json=options.json, plain=plain, screen=screen)
        case "export":
            return exporting.export(
                options.file,
                options.output,
                options.limit,
                cards=options.cards,
                progress=not options.no_progress,
                lines=options.lines,
                json=options.json,
            )
        case "import":
            from studytui.cli.import_command import import_

            return import_(
                options.file,
                yes=options.yes,
                standing=options.standing,
                field=options.field,
                json=options.json,
            )
        case "placement":
            from studytui.cli.placement_command import placement

            return placement(options.seed, json=options.json)
        case "stats" if options.optimise:
            from studytui.cli import optimising

            return optimising.optimise(json=options.json)
        case "stats":
            return studying.stats(json=options.json)
        case "sync":
            from studytui.cli import syncing

            return syncing.sync(options.folder, options.remote, json=options.json)
        case "check":
            return exporting.check(repair=options.repair, json=options.json)
        case other:
            raise UsageError(f"there is no command {other!r}; see `studytui --help`.")


def _texts(options: argparse.Namespace) -> int:
    from studytui.cli import library_command

    match options.act:
        case "add":
            return library_command.add(options.paths, options.lines)
        case "rename":
            return library_command.rename(options.text, options.title)
        case "archive":
            return library_command.archive(options.texts, back=options.back)
        case "delete":
            return library_command.delete(options.texts)
        case _:
            return library_command.texts(options.sort, options.filter, json=options.json)


def has_terminal_for(name: str) -> bool:
    """As `has_terminal`, but a text that comes through standard input leaves the keys to /dev/tty."""
    if name != "-":
        return has_terminal()
    able = _is_terminal(sys.stdout) and os.environ.get("TERM", "dumb") != "dumb"
    return able and os.access("/dev/tty", os.R_OK)
