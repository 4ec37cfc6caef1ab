"""`studytui completion`: what makes a shell complete commands, options, texts and files."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

import shtab

from studytui.cli.output import say
from studytui.text.source.source import bundled

if TYPE_CHECKING:
    from studytui.cli.parser import CommandLine


def completion(line: CommandLine, shell: str) -> int:
    """Prints the shell's script, made of the parser itself."""
    _complete(line.texts, _texts())
    _complete(line.files, shtab.FILE)
    _complete(line.folders, shtab.DIRECTORY)
    say(shtab.complete(line, shell=shell))
    return 0


def _complete(actions: list[argparse.Action], by: Mapping[str, object]) -> None:
    for action in actions:
        action.complete = by  # type: ignore[attr-defined] # where shtab looks for it


def _texts() -> dict[str, object]:
    """By shell, what offers files and the texts that come with the program."""
    names = " ".join(deck.name for deck in bundled())
    return {
        "bash": "_studytui_texts",
        "zsh": "_studytui_texts",
        "fish": f"(__fish_complete_path (commandline -ct); printf '%s\\n' {names})",
        "preamble": {
            "bash": f'_studytui_texts() {{ compgen -W "{names}" -- "$1"; _shtab_compgen_files "$1"; }}',
            "zsh": f"_studytui_texts() {{ _alternative 'texts:text:({names})' 'files:file:_files' }}",
        },
    }
