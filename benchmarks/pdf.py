"""How many paragraphs of a PDF come out exactly as its own HTML has them.

    python benchmarks/pdf.py BOOK.pdf PAGES.html [PAGES.html …]

Paragraphs of the HTML (`<p>`) with 20 letters or more, most of them Chinese, are looked for among the PDF's;
spaces and punctuation do not count. Those whose characters follow one another in the PDF at all are possible.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

from studytui.text.characters import is_han
from studytui.text.reflow.reflow import read_document
from studytui.text.source.formats.elements import read_page
from studytui.text.source.formats.tags import flow
from studytui.text.source.source import load


def letters(text: str) -> str:
    """A text by its letters and characters alone."""
    return "".join(each for each in unicodedata.normalize("NFKC", text) if each.isalnum())


def main(book: str, *pages: str) -> None:
    """Prints how many paragraphs there are, and which share is exact and possible."""
    wanted = []
    for page in pages:
        read = read_page(flow(Path(page).read_text("utf-8", "replace")))
        wanted += [letters(each.text) for each in read.passages if read.nodes[each.node].name == "p"]
    wanted = [each for each in wanted if len(each) >= 20 and 3 * sum(map(is_han, each)) > len(each)]
    found = [letters(paragraph.text) for paragraph in read_document(load(book)).paragraphs]
    known, whole = set(found), "".join(found)
    exact = sum(each in known for each in wanted) / len(wanted)
    possible = sum(each in whole for each in wanted) / len(wanted)
    print(f"{len(wanted)} paragraphs: {exact:.3f} exact, {possible:.3f} possible")


if __name__ == "__main__":
    main(*sys.argv[1:])
