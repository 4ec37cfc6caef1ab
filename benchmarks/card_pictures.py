"""Pictures of the exported cards: `python benchmarks/card_pictures.py FOLDER [--browser chromium]`.

Exports a small deck, lets Anki's own back end render it, and has a real browser draw front and back of each
card by day and by night, on a desktop (900 wide) and on a phone (390 wide).
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from studytui.anki.export import export
from studytui.study.card import TEMPLATES
from studytui.study.note import Example, Note

SENTENCE = "这座小城正在加快公共交通建设，让更多的人愿意把汽车留在家里。"
NOTE = Note(
    "公共交通",
    ("gong1", "gong4", "jiao1", "tong1"),
    "公共交通",
    ("public transport", "mass transit"),
    5,
    4.1,
    "phrase",
    Example(SENTENCE, 8, 12, "0" * 16, "小城的早晨"),
)
OTHER = Note(
    "发展",
    ("fa1", "zhan3"),
    "發展",
    ("to develop", "to expand", "development; growth"),
    2,
    5.6,
    "word",
    Example("经济发展得很快，空气也越来越好。", 2, 4, "0" * 16, "小城的早晨"),
)
READINGS = {
    NOTE.id: "zhè zuò xiǎo chéng zhèng zài jiā kuài gōng gòng jiāo tōng jiàn shè， "
    "ràng gèng duō de rén yuàn yì bǎ qì chē liú zài jiā lǐ。",
    OTHER.id: "jīng jì fā zhǎn de hěn kuài， kōng qì yě yuè lái yuè hǎo。",
}
"""Pinyin of the sentences."""
PLAY = (
    '<a class="replay-button soundLink" href="#"><svg viewBox="0 0 64 64"><circle cx="32" cy="32" r="29" '
    'fill="#d3d3d3"/><path d="M56.5,32.3l-37.5,20.1l0.3,-40.8l37.2,20.7Z" fill="#222"/></svg></a>'
)
"""Anki's own button for speech."""
SIZES = {"desktop": (900, 480, 2), "phone": (390, 540, 4)}
"""Width and height of a card in pixels, and cards in a row."""
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


def page(side: str, css: str, order: int, *, night: bool) -> str:
    """A card as Anki's reviewer puts it into its web view."""
    side = re.sub(r"\[anki:play:[qa]:\d+\]", PLAY, side)
    classes = f"card card{order + 1}{' nightMode night_mode' if night else ''}"
    return (
        f'<!doctype html><html class="{"night-mode" if night else ""}"><meta charset="utf-8">'
        "<style>body{margin:20px;overflow-wrap:break-word}.replay-button{display:inline-flex;margin:3px}"
        ".replay-button svg{width:40px;height:40px}</style>"
        f'<body class="{classes}"><div id="qa"><style>{css}</style>{side}</div></body></html>'
    )


def sides(folder: Path) -> list[tuple[str, str, int]]:
    """Front and back of each card: HTML, CSS, and the template's place."""
    package = folder / "deck.apkg"
    notes = [NOTE, OTHER]
    export(notes, package, deck_title="小城的早晨", templates=TEMPLATES, sentence_readings=READINGS)
    collection = Collection(str(folder / "collection.anki2"))
    try:
        options = ImportAnkiPackageOptions(merge_notetypes=True)
        collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options))
        found: list[tuple[str, str, int]] = []
        cards: list[Any] = [collection.get_card(card) for card in collection.find_cards("", order=True)]
        for template, word in (
            ("Meaning", "发展"),
            ("Word", "发展"),
            ("Reading", "公共交通"),
            ("Cloze", "公共交通"),
        ):
            for card in cards:
                if card.template()["name"] == template and card.note()["Word"] == word:
                    output = card.render_output()
                    found += [
                        (text, output.css, card.ord) for text in (output.question_text, output.answer_text)
                    ]
        return found
    finally:
        collection.close()


def main() -> None:
    """Four pictures: desktop and phone, day and night."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--browser", default="chromium")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cards = sides(folder)
        for light in ("day", "night"):
            for size, (width, height, across) in SIZES.items():
                frames = ""
                for number, (side, css, order) in enumerate(cards):
                    card = folder / f"{light}-{number}.html"
                    card.write_text(page(side, css, order, night=light == "night"), "utf-8")
                    frames += f'<iframe src="{card.as_uri()}" width="{width}" height="{height}"></iframe>'
                sheet = folder / "sheet.html"
                style = "body{margin:4px;font-size:0;background:#8a8d93}iframe{border:0;margin:4px}"
                sheet.write_text(f"<!doctype html><style>{style}</style>{frames}", "utf-8")
                picture = (chosen.folder / f"cards-{size}-{light}.png").resolve()
                rows = -(-len(cards) // across)
                window = f"--window-size={across * (width + 8) + 8},{rows * (height + 8) + 8}"
                command = [chosen.browser, *BROWSER, f"--user-data-dir={folder / 'profile'}", window]
                subprocess.run(
                    [*command, f"--screenshot={picture}", sheet.as_uri()], check=True, capture_output=True
                )
                print(picture)


if __name__ == "__main__":
    main()
