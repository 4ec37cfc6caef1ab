"""The add-on, beside Anki's own back end: what is studied here reaches cards that Anki has already."""

from __future__ import annotations

import json
import random
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from addon.progress import NAME, Brought, UnreadablePackageError, bring, take_back
from studytui.anki.out import models
from studytui.anki.out.export import export
from studytui.store.collection import Collection
from studytui.store.reports.reviews import reviews, reviews_and_forgotten
from studytui.study.notes.card import TEMPLATES, Memory, card_id, split_card_id
from studytui.study.notes.note import Example, Note
from studytui.study.notes.review import Rating
from tests.anki.anki_progress import distance
from tests.anki.conftest import Judge
from tests.anki.deck import CORE
from tests.anki.packages import write
from tests.anki.test_import_reviews import Clock, answer, locations, next_millisecond, studied
from tests.anki.test_import_reviews import bring as bring_back

CARD = card_id(CORE.id, "recognition")
NAMES = models.TEMPLATE_NAMES


@pytest.fixture
def anki(judge: Judge) -> Judge:
    judge.collection.set_config("fsrs", True)
    return judge


def package(collection: Collection, folder: Path) -> Path:
    """What the learner exports now."""
    told, forgotten = reviews_and_forgotten(collection.locations, collection.state)
    export(
        [note for note in collection.notes() if not collection.cards.is_deleted_elsewhere(note.id)],
        folder / "out.apkg",
        deck_title="t",
        memories=collection.state.memories,
        reviews=told,
        forgotten=forgotten,
        suspended=collection.state.suspended,
        templates=TEMPLATES,
        scheduler=collection.scheduler,
        at=collection.now(),
        ledger=folder / "ledger.json",
    )
    return folder / "out.apkg"


def over(collection: Collection, anki: Judge, folder: Path) -> Brought:
    """New cards by Anki's own import, and progress by the add-on."""
    path = package(collection, folder)
    anki.take(path)
    return bring(anki.collection, path)


def differing(collection: Collection, anki: Judge) -> list[Any]:
    """The cards that are not the same in both: memory, due, counts, log since they were last new."""
    found: list[Any] = []
    told: dict[str, list[int]] = {}
    for review in reviews(collection.locations, collection.state):
        told.setdefault(review.card, []).append(round(review.at.timestamp() * 1000))
    today = collection.days.day(datetime.now(UTC))
    cards = {
        card_id(note.id, template): (note.headword, template)
        for note in collection.notes()
        for template in TEMPLATES
        if (template != "cloze" or note.has_gap) and not collection.cards.is_deleted_elsewhere(note.id)
    }
    theirs = {(card.note()["Word"], card.template()["name"]): card for card in anki.cards()}
    assert len(theirs) == len(cards)
    for identity, (word, template) in cards.items():
        card, memory = theirs[word, NAMES[template]], collection.state.memories.get(identity)
        query = "select id from revlog where cid = ? and {} order by id"
        forgotten = anki.collection.db.list(query.format("type = 4 and ease = 0 and factor = 0"), card.id)
        logged = [
            stamp
            for stamp in anki.collection.db.list(query.format("ease > 0"), card.id)
            if stamp > max(forgotten, default=0)
        ]
        if memory is None:
            if (int(card.type), logged) != (0, []):
                found.append((identity, "not new", logged))
            continue
        state, again = card.memory_state, anki.collection.compute_memory_state(card.id)
        due: object = card.due
        expected: object = int(memory.due.timestamp())
        if memory.phase == "review":
            due, expected = today + timedelta(days=card.due - anki.collection.sched.today), memory.due_day
        if (
            _apart(state, memory)
            or _apart(again, memory)
            or (not forgotten and (card.reps, card.lapses) != (memory.reps, memory.lapses))
            or not (due == expected or (isinstance(due, int) and _learning_fuzz(due, memory)))
            or not _same_times(logged, sorted(told[identity]))
        ):
            found.append(
                (identity, state, memory, card.reps, card.lapses, due, expected, logged, told[identity])
            )
    return found


def _apart(state: Any, memory: Memory) -> bool:
    """Whether a memory in Anki, which keeps four digits of a stability, is another one."""
    little = abs(state.stability - memory.stability) < 1e-4
    far = distance(memory.stability if little else state.stability, state.difficulty, memory)
    return far > 1e-3


def _same_times(logged: list[int], told: list[int]) -> bool:
    """Whether answers are the same: those of one millisecond are moved apart, as Anki's log has one a row."""
    return len(logged) == len(told) and all(abs(a - b) <= 20 for a, b in zip(logged, told, strict=True))


def _learning_fuzz(due: int, memory: Memory) -> bool:
    """Whether a card in its steps is due when we say, or later by what Anki adds at random: a quarter."""
    step = (memory.due - memory.last_review).total_seconds()
    return -1 <= due - memory.due.timestamp() <= min(300, step / 4) + 1


def new_word(number: int) -> Note:
    word = f"{chr(0x4E00 + number)}心"
    return Note(word, ("yi1", "xin1"), word, ("x",), example=Example(f"有{word}吗？", 1, 3, "0" * 16, "题"))


def study_here(collection: Collection, clock: Clock, rng: random.Random, cards: list[str]) -> None:
    """Answers to cards: of those that are new, over the last weeks; of others, now."""
    for card in cards:
        times: list[datetime | None] = [None]
        if card not in collection.state.memories:
            days = sorted(rng.sample(range(1, 50), rng.randint(1, 4)), reverse=True)
            now = datetime.now(UTC)
            times = [now - timedelta(days=day, seconds=rng.randint(1, 30_000)) for day in days]
        for at in times:
            next_millisecond()
            clock.at = at
            rating = Rating(rng.choices([1, 2, 3, 4], [2, 1, 5, 2])[0])
            kind = split_card_id(card)[1]
            collection.answer(card, rating, rng.randint(500, 9000), kind=kind)
    clock.at = None


def study_there(anki: Judge, rng: random.Random, cards: list[Any]) -> None:
    for card in cards:
        ratings = rng.choice(["3", "4", "1", "2", "13", "33", "134"])
        answer(anki, card.note()["Word"], card.template()["name"], ratings)


@pytest.mark.parametrize("seed", [1, 2])
def test_four_rounds_to_and_fro(tmp_path: Path, home: Path, anki: Judge, seed: int) -> None:
    """Study here, bring it over; study there, bring it back; new words in between: both are the same."""
    rng = random.Random(seed)
    clock = Clock(datetime.now(UTC))
    clock.at = None
    with Collection.open(locations(home), clock) as collection:
        for turn in range(4):
            collection.add_notes([new_word(10 * turn + number) for number in range(6)])
            everything = [card_id(note.id, template) for note in collection.notes() for template in TEMPLATES]
            chosen = rng.sample(everything, 12)
            before = dict(collection.state.memories)
            study_here(collection, clock, rng, chosen)
            brought = over(collection, anki, tmp_path)
            # Cards that are new in Anki came whole with its own import.
            assert brought.cards == sum(
                card in before or (turn > 0 and _was_there(card, turn)) for card in chosen
            )
            assert (brought.divided, brought.absent) == (0, 0)
            assert differing(collection, anki) == []
            study_there(anki, rng, rng.sample(anki.cards(), 12))
            carried = bring_back(write(anki.collection, tmp_path, "new.apkg"), collection)
            assert carried.reviews >= 12
            assert differing(collection, anki) == []
            anki.assert_sound()
        assert not [finding for finding in collection.check() if finding.matters]
        # Nothing is left to bring either way.
        again = over(collection, anki, tmp_path)
        assert (again.cards, again.rows, again.divided) == (0, [], 0)
        assert bring_back(write(anki.collection, tmp_path, "new.apkg"), collection).reviews == 0


def _was_there(card: str, turn: int) -> bool:
    """Whether Anki had a card before this round's export."""
    return ord(card[0]) - 0x4E00 < 10 * turn


def at_two_places(tmp_path: Path, home: Path, anki: Judge) -> Collection:
    """A learner whose cards are in Anki, and who has studied two of them here since."""
    collection = studied(home)
    anki.take(package(collection, tmp_path))
    collection.answer(CARD, Rating.GOOD, 2500, kind="recognition")
    collection.answer(card_id(CORE.id, "recall"), Rating.AGAIN, 2600, kind="recall")
    return collection


def cards_and_log(anki: Judge) -> tuple[Any, Any]:
    db = anki.collection.db
    columns = "id, nid, did, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, data"
    return db.all(f"select {columns} from cards order by id"), db.all("select * from revlog order by id")


def test_one_undo_takes_it_all_back(tmp_path: Path, home: Path, anki: Judge) -> None:
    with at_two_places(tmp_path, home, anki) as collection:
        before = cards_and_log(anki)
        path = package(collection, tmp_path)
        brought = bring(anki.collection, path)
        assert (brought.cards, len(brought.rows)) == (2, 2)
        assert brought.changes.card
        assert anki.collection.undo_status().undo == NAME
        assert differing(collection, anki) == []
        assert anki.collection.undo().operation == NAME
        take_back(anki.collection, brought.rows)
        assert cards_and_log(anki) == before
        assert bring(anki.collection, path).cards == 2
        assert differing(collection, anki) == []
        anki.assert_sound()


def test_a_card_that_was_studied_in_both_is_left_until_they_have_met(
    tmp_path: Path, home: Path, anki: Judge
) -> None:
    with at_two_places(tmp_path, home, anki) as collection:
        answer(anki, "核心", "Meaning", "3")
        before = cards_and_log(anki)
        brought = bring(anki.collection, package(collection, tmp_path))
        assert (brought.cards, brought.divided, len(brought.rows)) == (1, 1, 1)
        assert "studytui import" in brought.told
        meaning = anki.card("核心", "Meaning").id
        assert [row for row in cards_and_log(anki)[0] if row[0] == meaning] == [
            row for row in before[0] if row[0] == meaning
        ]
        # Brought back, Anki's answer is the last; one more here, and it goes over.
        assert bring_back(write(anki.collection, tmp_path, "new.apkg"), collection).reviews == 1
        collection.answer(CARD, Rating.GOOD, 2700, kind="recognition")
        brought = bring(anki.collection, package(collection, tmp_path))
        assert (brought.cards, brought.divided, len(brought.rows)) == (1, 0, 2)
        assert differing(collection, anki) == []
        anki.assert_sound()


@pytest.mark.parametrize("hand", ["forget", "due"])
def test_what_was_done_there_by_hand_is_left(tmp_path: Path, home: Path, anki: Judge, hand: str) -> None:
    with at_two_places(tmp_path, home, anki) as collection:
        ids = [anki.card("核心", "Meaning").id]
        if hand == "forget":
            anki.collection.sched.schedule_cards_as_new(ids)
        else:
            anki.collection.sched.set_due_date(ids, "9")
        brought = bring(anki.collection, package(collection, tmp_path))
        assert (brought.cards, brought.divided) == (1, 1)


def test_what_began_anew_here_does_so_there(tmp_path: Path, home: Path, anki: Judge) -> None:
    """With answers since or without; Anki's own answers from before do not stand in the way."""
    with at_two_places(tmp_path, home, anki) as collection:
        bring(anki.collection, package(collection, tmp_path))
        answer(anki, "核心", "Meaning", "3")
        assert bring_back(write(anki.collection, tmp_path, "new.apkg"), collection).reviews == 1
        anki.collection.sched.suspend_cards([anki.card("核心", "Word").id])
        collection.cards.forget([CORE.id])
        collection.answer(CARD, Rating.HARD, 2700, kind="recognition")
        path = package(collection, tmp_path)
        brought = bring(anki.collection, path)
        assert (brought.cards, brought.divided) == (2, 0)
        assert differing(collection, anki) == []
        assert not anki.cards("is:suspended")
        assert bring(anki.collection, path).cards == 0
        days = dict(collection.state.days)
        carried = bring_back(write(anki.collection, tmp_path, "new.apkg"), collection)
        assert (carried.reviews, carried.forgotten, carried.acts) == (0, 0, 0)
        assert collection.state.days == days
        anki.assert_sound()
        # Anki's Forget, and an answer there, are later.
        anki.collection.sched.schedule_cards_as_new([anki.card("核心", "Meaning").id], reset_counts=True)
        answer(anki, "核心", "Meaning", "4")
        assert bring_back(write(anki.collection, tmp_path, "new.apkg"), collection).reviews == 1
        assert differing(collection, anki) == []
        assert over(collection, anki, tmp_path).cards == 0


def test_suspended_cards_and_filtered_decks(tmp_path: Path, home: Path, anki: Judge) -> None:
    with at_two_places(tmp_path, home, anki) as collection:
        home_deck = anki.card("核心", "Meaning").did
        deck = anki.collection.sched.get_or_create_filtered_deck(0)
        deck.name = "cram"
        deck.config.search_terms[0].search = "Word:核心 card:1"
        deck.config.search_terms[0].limit = 9
        anki.collection.sched.add_or_update_filtered_deck(deck)
        assert anki.card("核心", "Meaning").odid == home_deck
        anki.collection.sched.suspend_cards([anki.card("核心", "Word").id])
        collection.cards.suspend(CARD)
        assert bring(anki.collection, package(collection, tmp_path)).cards == 2
        for template in ("Meaning", "Word"):
            card = anki.card("核心", template)
            assert (card.queue, card.did, card.odid) == (-1, home_deck, 0)
        anki.assert_sound()
        # The one was suspended here, so that putting it back there is known for what it is.
        anki.collection.sched.unsuspend_cards([anki.card("核心", "Meaning").id])
        anki.collection.db.execute("update cards set mod = mod + 2")
        bring_back(write(anki.collection, tmp_path, "new.apkg"), collection)
        assert set(collection.state.suspended) == {card_id(CORE.id, "recall")}


def test_cards_that_anki_has_not_are_said(tmp_path: Path, home: Path, anki: Judge) -> None:
    with at_two_places(tmp_path, home, anki) as collection:
        collection.add_note(new_word(1))
        brought = bring(anki.collection, package(collection, tmp_path))
        assert (brought.cards, brought.absent) == (2, 4)
        assert "File > Import" in brought.told


def test_what_is_no_package_of_ours(tmp_path: Path, home: Path, anki: Judge) -> None:
    with at_two_places(tmp_path, home, anki) as collection:
        whole = package(collection, tmp_path).read_bytes()
    before = cards_and_log(anki)
    cut, other, empty, foreign = (tmp_path / f"{name}.apkg" for name in "abcd")
    cut.write_bytes(whole[: len(whole) // 2])
    other.write_bytes(b"PK\x03\x04 and so on")
    empty.write_bytes(b"")
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("collection.anki2", b"SQLite format 3\0")
        archive.writestr("media", b"{}")
    theirs = write(anki.collection, tmp_path, "new.apkg")
    for path in (cut, other, empty, foreign, theirs, tmp_path / "none.apkg", tmp_path):
        with pytest.raises(UnreadablePackageError, match="studytui export"):
            bring(anki.collection, path)
    assert cards_and_log(anki) == before


def test_make_addon_makes_what_anki_installs(tmp_path: Path) -> None:
    """A flat archive with a manifest, and every module that is imported."""
    root = Path(__file__).parents[2]
    recipe = ["make", "--no-print-directory", "-C", str(root), "addon"]
    made = subprocess.run(recipe, capture_output=True, text=True, check=True).stdout.split()[-1]
    with zipfile.ZipFile(root / made) as archive:
        assert set(archive.namelist()) == {
            "__init__.py",
            "menu.py",
            "progress.py",
            "manifest.json",
            "LICENSE",
        }
        manifest = json.loads(archive.read("manifest.json"))
        assert manifest["package"].isidentifier()
        assert b"GNU AFFERO GENERAL PUBLIC LICENSE" in archive.read("LICENSE")
