"""Anki's own back end, to judge what we write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

SOUND = "Database rebuilt and optimized."


@dataclass(frozen=True)
class Import:
    """How many notes an import found to be what."""

    new: int
    updated: int
    duplicate: int
    rejected: int


class Judge:
    """A fresh Anki collection."""

    def __init__(self, path: Path) -> None:
        self.collection = Collection(str(path))

    def take(self, package: Path, *, scheduling: bool = True, presets: bool = True) -> Import:
        options = ImportAnkiPackageOptions(
            with_scheduling=scheduling, with_deck_configs=presets, merge_notetypes=True
        )
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        log = self.collection.import_anki_package(request).log
        rejected = len(log.conflicting) + len(log.empty_first_field) + len(log.missing_notetype)
        return Import(len(log.new), len(log.updated), len(log.duplicate), rejected)

    def cards(self, search: str = "") -> list[Any]:
        return [self.collection.get_card(card) for card in self.collection.find_cards(search)]

    def card(self, word: str, template: str) -> Any:
        """The one card of a word, by its template's name."""
        found = [
            card
            for card in self.cards()
            if card.note()["Word"] == word and card.template()["name"].startswith(template)
        ]
        assert len(found) == 1
        return found[0]

    def fields(self, word: str) -> dict[str, str]:
        found = [
            note
            for note in map(self.collection.get_note, self.collection.find_notes(""))
            if note["Word"] == word
        ]
        assert len(found) == 1
        return dict(found[0].items())

    def assert_sound(self) -> None:
        """Every card renders, none is empty, and Check Database finds nothing to mend."""
        cards = self.cards()
        assert cards
        for card in cards:
            output = card.render_output()
            for side in (output.question_text, output.answer_text):
                assert side.strip()
                for complaint in ("unknown field", "template error", "has a problem", "No cloze", "{{", "}}"):
                    assert complaint not in side
            assert output.question_text != output.answer_text
        assert not self.collection.get_empty_cards().notes
        assert self.collection.fix_integrity() == (SOUND, True)


@pytest.fixture
def new_judge(tmp_path: Path) -> Iterator[Callable[[], Judge]]:
    """Makes fresh collections, and closes them."""
    made: list[Judge] = []

    def make() -> Judge:
        made.append(Judge(tmp_path / f"collection{len(made)}.anki2"))
        return made[-1]

    yield make
    for judge in made:
        judge.collection.close()


@pytest.fixture
def judge(new_judge: Callable[[], Judge]) -> Judge:
    return new_judge()
