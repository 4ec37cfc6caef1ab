"""The command line: arguments in, an exit status out, and never a traceback.

Exit status: 0 done, 1 it could not be done, 2 wrong usage. Messages for people go to standard error.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from studytui.cli.parser import parser
from studytui.cli.streams import is_in_browser, locale_without_chinese
from studytui.errors import StudytuiError, UsageError, full_stop
from studytui.text.characters import printable_line

if TYPE_CHECKING:
    import argparse

RESTRICTED = "STUDYTUI_RESTRICTED"
"""The variable of the environment that shuts a learner in. sshd sets it; a learner has no say in it."""

__all__ = ["has_terminal", "parser", "run"]


def has_terminal() -> bool:
    """Whether a person sits before it: both ends are a terminal that can place a cursor, or a browser is."""
    if is_in_browser():
        return True
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
        if os.environ.get(RESTRICTED):
            from studytui.cli.remote.shared_server import enter

            arguments = enter(os.environ, arguments)
        # On a screen the screen says it.
        here = _is_terminal(sys.stdout) and not has_terminal()
        if here and (sentence := locale_without_chinese(os.environ)) is not None:
            print(f"studytui: {printable_line(sentence)}", file=sys.stderr)  # noqa: T201
        status = _dispatch(parser().parsed(arguments))
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
    match options.command:
        case None:
            from studytui.cli import reading

            return reading.home(has_terminal())
        case "read":
            from studytui.cli import reading

            plain = options.plain or options.pinyin or not has_terminal_for(options.file)
            return reading.read(options.file, plain=plain, pinyin=options.pinyin, lines=options.lines)
        case "clean":
            from studytui.cli import reading

            return reading.clean(options.file, json=options.json, lines=options.lines)
        case "tokens":
            from studytui.cli import reading

            return reading.tokens(options.file, json=options.json, lines=options.lines)
        case "texts" | "add":
            return _texts(options)
        case "phrases" if options.all:
            if options.file is not None:
                raise UsageError("--all takes no FILE: it goes over all texts that you opened.")
            from studytui.cli.library.suggesting import phrases

            return phrases(options.limit, json=options.json)
        case "phrases" if options.file is None:
            raise UsageError("the following arguments are required: FILE (or --all); see `studytui --help`.")
        case "phrases":
            from studytui.cli import reading

            return reading.phrases(options.file, options.limit, json=options.json, lines=options.lines)
        case "quiz":
            from studytui.cli import studying

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
            from studytui.cli import studying

            plain = options.plain or is_dumb_terminal()
            screen = not options.json and not plain and has_terminal()
            return studying.review(options.deck, json=options.json, plain=plain, screen=screen)
        case "words":
            from studytui.cli.words_command import words

            return words(options.query, json=options.json)
        case "lookup":
            from studytui.cli.words_command import lookup

            return lookup(options.word, options.limit, json=options.json)
        case "export":
            from studytui.cli import exporting

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
            from studytui.cli.upkeep import optimising

            return optimising.optimise(json=options.json)
        case "stats":
            from studytui.cli import studying

            return studying.stats(json=options.json)
        case "sync":
            from studytui.cli.upkeep import syncing

            return syncing.sync(options.folder, options.remote, json=options.json)
        case "check":
            from studytui.cli.upkeep import checking

            return checking.check(repair=options.repair, json=options.json)
        case "config":
            from studytui.cli.upkeep.config_command import config

            return config(options.key, options.value, json=options.json)
        case "serve":
            from studytui.cli.remote.serving import serve

            return serve(options.port)
        case "completion":
            from studytui.cli.upkeep.completion import completion

            return completion(parser(), options.shell)
        case other:
            raise UsageError(f"there is no command {other!r}; see `studytui --help`.")


def _texts(options: argparse.Namespace) -> int:
    from studytui.cli.library import library_command

    match options.act if options.command == "texts" else options.command:
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
    if name != "-" or is_in_browser():
        return has_terminal()
    able = _is_terminal(sys.stdout) and os.environ.get("TERM", "dumb") != "dumb"
    return able and os.access("/dev/tty", os.R_OK)
