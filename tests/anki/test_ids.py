"""Ids for ever: what Anki keeps of a card that was deleted never comes to mean another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from studytui.anki.out import identity
from studytui.anki.out.export import export
from studytui.store.collection import Collection
from studytui.store.journal.imported_reviews import ForeignReview, unseen
from studytui.store.reports.reviews import reviews
from studytui.store.state.imports import take_reviews
from studytui.study.notes.card import TEMPLATES, card_id
from studytui.study.notes.review import Rating
from tests.anki.conftest import Judge
from tests.anki.deck import CORE, FLOWER, GROW, NOTES
from tests.anki.packages import tables, write
from tests.anki.test_import_reviews import anki, answer, bring, locations, send, studied  # noqa: F401


def held(package: Path) -> set[tuple[str, int, int, int]]:
    """The guid, note id, card id and template of each card in a package."""
    connection = tables(package)
    found = connection.execute("SELECT guid, n.id, c.id, ord FROM notes n JOIN cards c ON c.nid = n.id")
    rows = set(found.fetchall())
    connection.close()
    return rows


@pytest.mark.parametrize("company", [NOTES, NOTES[::-1], NOTES[:1], (FLOWER, CORE, GROW)])
def test_ids_are_the_same_in_whatever_company(tmp_path: Path, company: tuple[object, ...]) -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    export(NOTES, tmp_path / "a.apkg", deck_title="t", templates=TEMPLATES, at=at)
    edited = [replace(note, glosses=("x",)) for note in NOTES if note in company]
    export(edited, tmp_path / "b.apkg", deck_title="u", templates=TEMPLATES, at=at + timedelta(days=90))
    assert held(tmp_path / "b.apkg") <= held(tmp_path / "a.apkg")


def test_no_two_cards_have_one_id() -> None:
    names = [f"{chr(0x4E00 + number % 20_000)}/{number}" for number in range(100_000)]
    found = identity.ids(names)
    assert len(set(found.values())) == len(names)
    assert all(each % len(TEMPLATES) == 0 for each in found.values())
    now = datetime.now(UTC).timestamp() * 1000
    assert min(found.values()) > 0
    assert max(found.values()) < now


def test_two_notes_that_meet_are_told_apart_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "_PLACES", 50)
    names = [f"{number}/a1" for number in range(45)]
    found = identity.ids(names)
    assert len(set(found.values())) == 45
    assert identity.ids(reversed(names)) == found


def test_a_deck_deleted_in_anki_and_imported_again_brings_no_answer_twice(
    tmp_path: Path,
    home: Path,
    anki: Judge,  # noqa: F811
) -> None:
    """Each export has one more word than the last; in between, Anki's deck goes and its log stays."""
    extra = [replace(CORE, headword=f"{chr(0x4E00 + number)}心") for number in range(4)]
    with studied(home) as collection:
        for turn, note in enumerate(extra):
            send(collection, anki, tmp_path)
            answer(anki, "核心", "Meaning", "3")
            answer(anki, "花儿", "Word", "13")
            collection.answer(card_id(GROW.id, "recall"), Rating.GOOD, 1234, kind="recall")
            assert bring(write(anki.collection, tmp_path, "new.apkg"), collection).reviews == 3
            before = dict(collection.state.memories)
            told = len(reviews(collection.locations, collection.state))
            collection.add_note(note)
            anki.collection.decks.remove([anki.collection.decks.id("studytui")])
            assert not anki.cards()
            send(collection, anki, tmp_path)
            back = write(anki.collection, tmp_path, ("new.apkg", "legacy.apkg")[turn % 2])
            assert bring(back, collection).reviews == 0
            assert collection.state.memories == before
            assert len(reviews(collection.locations, collection.state)) == told
            # And each row of Anki's log is of the card that it was given to.
            logged = anki.collection.db.scalar(
                "select count() from revlog r join cards c on c.id = r.cid where r.ease > 0"
            )
            assert logged == told
            assert collection.check() == ()


def test_an_answer_that_stands_under_another_card_is_no_new_one(home: Path) -> None:
    at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    cards = [card_id(note.id, template) for note in NOTES for template in TEMPLATES]
    with Collection.open(locations(home)) as collection:
        collection.add_notes(NOTES)
        mine = [
            ForeignReview(card, at + timedelta(minutes=number), Rating(1 + number % 4), 900 + number)
            for number, card in enumerate(cards)
        ]
        take_reviews(collection.changes, collection.scheduler, mine)
        shifted = [replace(each, card=card) for each, card in zip(mine, islice(cards, 3, None), strict=False)]
        assert unseen([*mine, *shifted], collection.locations) == ()
        assert unseen(shifted, collection.locations) == ()
        others = [
            replace(shifted[0], took_ms=1),
            replace(shifted[1], rating=Rating.AGAIN),
            replace(shifted[2], at=shifted[2].at + timedelta(seconds=1)),
        ]
        assert unseen(others, collection.locations) == tuple(others)
