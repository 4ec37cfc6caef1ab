"""Pictures of the exported cards: `python benchmarks/card_pictures.py FOLDER [--browser chromium]`.

Exports the phrases of a bundled text as the command does, lets Anki's own back end render the cards, and has
a real browser draw front and back of one of each kind by day and by night, on a desktop (900 wide) and on a
phone (390 wide). With `--hard` it draws cards that are hard to set instead: long words, long glosses, long
sentences, traditional first, hints unfolded.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from pathlib import Path

from anki.collection import Collection as AnkiCollection
from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from PIL import Image

from studytui.anki.out.export import export
from studytui.anki.out.part_of_speech import of_notes
from studytui.session.exported_notes import places, sentence_readings
from studytui.session.workspace import Workspace
from studytui.store.collection import Collection
from studytui.store.locations import Locations
from studytui.study.language.measure_words import measure_words
from studytui.study.notes.card import TEMPLATES
from studytui.study.notes.note import Example, Note

TEXT = "margins"
CARDS = (("Meaning", "舍不得"), ("Word", "书店"), ("Reading", "老老实实"), ("Cloze", "冰箱"))
"""Which cards of the bundled text are drawn: the template's name, the word."""

LONG = (
    "在这座城市里，无论是早上赶着去上班的年轻人，还是傍晚在河边散步的老人，"
    "都说这几年的变化实在太大了，大得让人有时候认不出自己从小住到大的那条街。"
)
HARD = (
    Note(
        "打开天窗说亮话",
        ("da3", "kai1", "tian1", "chuang1", "shuo1", "liang4", "hua4"),
        "打開天窗說亮話",
        ("(idiom) to speak frankly; to have a heart-to-heart; to put all one's cards on the table",),
        None,
        2.1,
        "idiom",
        Example("我们打开天窗说亮话吧。", 2, 9, "0" * 16, "小城"),
    ),
    Note(
        "变化",
        ("bian4", "hua4"),
        "變化",
        (
            "(intransitive) to change; to vary, especially of circumstances, seasons, moods and the like",
            "change; variation (CL:個|个[ge4])",
            "(Buddhism) a transformation, such as that of a bodhisattva who appears in a human shape",
            "metamorphosis",
            "permutation",
        ),
        3,
        5.1,
        "word",
        Example(
            LONG,
            LONG.index("变化"),
            LONG.index("变化") + 2,
            "0" * 16,
            "一个题目很长很长、在手机上排不下的文章",
        ),
    ),
    Note("花儿", ("hua1", "r5"), "花兒", ("flower",), 1, 4.0),
    Note("卡拉OK", ("ka3", "la1", "O", "K"), "卡拉OK", ("karaoke (loanword)",), None, 3.0),
)
"""Cards that are hard to set."""

PLAY = (
    '<a class="replay-button soundLink" href="#"><svg viewBox="0 0 64 64"><circle cx="32" cy="32" r="29" '
    'fill="#d3d3d3"/><path d="M56.5,32.3l-37.5,20.1l0.3,-40.8l37.2,20.7Z" fill="#222"/></svg></a>'
)
"""Anki's own button for speech."""
SIZES = {"desktop": (900, 560, 2), "phone": (390, 640, 4)}
"""Width and height of a card in pixels, and cards in a row."""
COLOURS = 64
"""In the palette of a picture."""
BROWSER = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
    "--allow-file-access-from-files",
    "--hide-scrollbars",
]


def page(side: str, css: str, order: int, *, night: bool, unfolded: bool) -> str:
    """A card as Anki's reviewer puts it into its web view."""
    side = re.sub(r"\[anki:play:[qa]:\d+\]", PLAY, side)
    if unfolded:
        side = side.replace("<details", "<details open")
    classes = f"card card{order + 1}{' nightMode night_mode' if night else ''}"
    return (
        f'<!doctype html><html class="{"night-mode" if night else ""}"><meta charset="utf-8">'
        "<style>body{margin:20px;overflow-wrap:break-word}.replay-button{display:inline-flex;margin:3px}"
        ".replay-button svg{width:40px;height:40px}</style>"
        f'<body class="{classes}"><div id="qa"><style>{css}</style>{side}</div></body></html>'
    )


def write(folder: Path, *, hard: bool) -> Path:
    """A package as `studytui export` writes it."""
    package = folder / "deck.apkg"
    with Collection.open(Locations.find({"STUDYTUI_HOME": str(folder / "home")})) as collection:
        workspace = Workspace(collection)
        document = workspace.open(TEXT)
        notes = HARD if hard else workspace.notes_for(document, 40)
        export(
            notes,
            package,
            deck_title=document.title,
            templates=TEMPLATES,
            script="traditional" if hard else "simplified",
            sentence_readings=sentence_readings(workspace, notes),
            parts_of_speech=of_notes(notes, workspace.lexicon),
            measure_words=measure_words(notes, workspace.lexicon),
            places=places(workspace, notes, document),
        )
    return package


def sides(folder: Path, *, hard: bool) -> list[tuple[str, str, int]]:
    """Front and back of each card: HTML, CSS, and the template's place."""
    package = write(folder, hard=hard)
    anki = AnkiCollection(str(folder / "collection.anki2"))
    try:
        options = ImportAnkiPackageOptions(merge_notetypes=True)
        anki.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options))
        found: list[tuple[str, str, int]] = []
        cards = {
            (card.template()["name"], card.note()["Simplified"]): card
            for card in map(anki.get_card, anki.find_cards("", order=True))
        }
        for chosen in cards if hard else CARDS:
            output = cards[chosen].render_output()
            order = cards[chosen].ord
            found += [(text, output.css, order) for text in (output.question_text, output.answer_text)]
        return found
    finally:
        anki.close()


def main() -> None:
    """Four pictures: desktop and phone, day and night."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--browser", default="chromium")
    parser.add_argument("--hard", action="store_true")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cards = sides(folder, hard=chosen.hard)
        for light in ("day", "night"):
            for size, (width, height, across) in SIZES.items():
                frames = ""
                for number, (side, css, order) in enumerate(cards):
                    card = folder / f"{light}-{number}.html"
                    night = light == "night"
                    card.write_text(page(side, css, order, night=night, unfolded=chosen.hard), "utf-8")
                    frames += f'<iframe src="{card.as_uri()}" width="{width}" height="{height}"></iframe>'
                sheet = folder / "sheet.html"
                style = "body{margin:4px;font-size:0;background:#8a8d93}iframe{border:0;margin:4px}"
                sheet.write_text(f"<!doctype html><style>{style}</style>{frames}", "utf-8")
                picture = (chosen.folder / f"cards-{size}-{light}.png").resolve()
                rows = -(-len(cards) // across)
                window = f"--window-size={across * (width + 8) + 8},{rows * (height + 8) + 8}"
                command = [chosen.browser, *BROWSER, f"--user-data-dir={folder / 'profile'}", window]
                subprocess.run(
                    [*command, f"--screenshot={picture}", sheet.as_uri()],
                    check=True,
                    capture_output=True,
                    timeout=120,
                )
                with Image.open(picture) as drawn:  # flat colours: a palette keeps the file small
                    drawn.convert("RGB").quantize(COLOURS).save(picture, optimize=True)
                print(picture)


if __name__ == "__main__":
    main()
