"""PDF with a text layer: the lines of each page in the order they are read, without headers and footers."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec

from studytui.errors import StudytuiError
from studytui.text.source.formats.extract import Composer, Extract
from studytui.text.source.formats.pdf_layout import Fragment, Sheet, columns, without_running_lines
from studytui.text.source.formats.pdf_paragraphs import compose

_PATIENCE = 120.0
"""Seconds a PDF may take; a book of 500 pages takes five."""
_EXTRA = "Reading a PDF needs one more library: pip install 'studytui[pdf]'."
_WHY = {
    "password": "{shown} is a PDF locked with a password: save a copy without one and open that.",
    "long": "{shown} is a PDF of more than a book can hold: split it and open the parts.",
    "damaged": "{shown} is a damaged PDF, it may be cut short: fetch it again.",
}


def read_pdf(raw: bytes, shown: str) -> Extract:
    """The text of the PDF `raw`, a paragraph a block, as the places of its lines show them.

    Raises StudytuiError if `studytui[pdf]` is not installed, or if the file is damaged, locked, too long, or
    made of pictures of pages.
    """
    if find_spec("pypdfium2") is None:
        raise StudytuiError(_EXTRA)
    sheets = _sheets(raw, shown)
    if not any(sheet.fragments for sheet in sheets):
        raise StudytuiError(
            f"{shown} has no text layer, only pictures of pages: run it through OCR (ocrmypdf) and open that."
        )
    composer = Composer()
    compose([columns(sheet) for sheet in without_running_lines(sheets)], composer)
    return composer.finish("pdf")


def _sheets(raw: bytes, shown: str) -> list[Sheet]:
    """The pages, as the child process reads them."""
    # -P: a file in the current folder that is called like a module must not be run.
    command = [sys.executable, "-P", "-m", "studytui.text.source.formats.pdf_child"]
    try:
        done = subprocess.run(
            command,
            input=raw,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise StudytuiError(
            f"{shown} takes too long to read as a PDF: save its text and open that."
        ) from error
    except OSError as error:
        raise StudytuiError(
            f"{shown} cannot be read, since no process can be started ({error}): try again."
        ) from error
    sheets: list[Sheet] = []
    for line in done.stdout.splitlines():
        try:
            page = json.loads(line)
        except ValueError:
            break
        if isinstance(page, dict):
            if page["error"]:
                raise StudytuiError(_WHY[page["error"]].format(shown=shown))
            return sheets
        width, height, *fragments = page
        sheets.append(Sheet(width, height, [Fragment(*fragment) for fragment in fragments]))
    # Ended before its last line: by the limit on its memory, or by a fault in the library.
    raise StudytuiError(f"{shown} is a PDF that cannot be read: it is damaged, or made to fill the memory.")
