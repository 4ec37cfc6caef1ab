"""A learner of years: all that can be done here and in Anki, at random, to and fro.

`STUDYTUI_ROUNDS=300 pytest tests/anki/test_to_and_fro.py` plays as many rounds.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from addon.progress import Brought
from studytui.anki.back import importing
from studytui.store.collection import Collection
from studytui.study.notes.card import TEMPLATES, card_id
from studytui.study.notes.review import Rating
from tests.anki.conftest import Judge
from tests.anki.packages import FORMATS, edit_database, look, repack, write
from tests.anki.test_addon import NAMES, differing, new_word, over
from tests.anki.test_import_reviews import Clock, answer, locations

ROUNDS = int(os.environ.get("STUDYTUI_ROUNDS", "4"))
AT_A_TIME = 4
"""Rounds with one learner."""
LATER = 20
"""Seconds that pass between what is done here and there: Anki counts changes by the second."""


A_TIME = 1_000_000_000
"""What is due at this or more is due at a time, not on a day."""


class LaterClock(Clock):
    """The game's time: it begins some minutes ago, so that nothing lies in the future of Anki's own clock."""

    behind = LATER * 3 * AT_A_TIME
    """Seconds."""

    def __call__(self) -> datetime:
        return super().__call__() - timedelta(seconds=0 if self.at else self.behind)


class Game:
    """One learner, with studytui here and Anki there."""

    def __init__(
        self, folder: Path, collection: Collection, anki: Judge, clock: LaterClock, seed: int
    ) -> None:
        self.folder, self.here, self.there, self.clock = folder, collection, anki, clock
        self.rng = random.Random(seed)
        self.played = 0
        self.acted: set[str] = set()
        """Words of which a card was suspended, put back or begun anew, or that were deleted.

        Anki does not say when a note was deleted: what was ever said here of its cards holds.
        """

    def study(self) -> None:
        """New words, better glosses, answers."""
        number = len(self.here.notes())
        self.here.add_notes([new_word(number + each) for each in range(4)])
        notes = [note for note in self.here.notes() if not self.here.cards.is_deleted_elsewhere(note.id)]
        self.here.add_note(replace(self.rng.choice(notes), glosses=(f"x {number}",)))
        cards = [card_id(note.id, template) for note in notes for template in TEMPLATES]
        awake = [card for card in cards if not self.here.cards.is_out(card)]
        fresh = [card for card in cards[-16:] if card not in self.here.state.memories]
        for card in self.rng.sample(fresh, 4):
            for day in sorted(self.rng.sample(range(1, 50), self.rng.randint(1, 4)), reverse=True):
                self.clock.at = datetime.now(UTC) - timedelta(days=day, seconds=self.rng.randint(1, 30_000))
                self._answer(card)
        self.clock.at = None
        if self.rng.random() < 0.4:
            begun_anew = self.rng.choice(notes)
            self.here.cards.forget([begun_anew.id])
            self.acted.add(begun_anew.headword)
        for card in self.rng.sample(awake, min(8, len(awake))):
            self._answer(card)

    def _answer(self, card: str) -> None:
        rating = Rating(self.rng.choices([1, 2, 3, 4], [2, 1, 5, 2])[0])
        self.here.answer(card, rating, self.rng.randint(500, 9000), kind="recall")

    def study_there(self) -> bool:
        """Answers and all else that can be done to cards in Anki; whether a note was deleted."""
        col, rng = self.there.collection, self.rng
        before = self._rows()
        awake = [card for card in self.there.cards() if card.queue != -1]
        for card in rng.sample(awake, min(8, len(awake))):
            answer(
                self.there, card.note()["Word"], card.template()["name"], rng.choice(["3", "4", "1", "13"])
            )
        studied = [card.id for card in self.there.cards() if int(card.type) != 0]
        for card in rng.sample(studied, min(2, len(studied))):
            col.sched.set_due_date([card], rng.choice(["0", "3", "40", "9!"]))
        if rng.random() < 0.5:
            col.sched.schedule_cards_as_new([rng.choice(studied)], reset_counts=rng.random() < 0.5)
        self._suspend([card for card in self.there.cards() if card.queue != -1], 2, "suspend")
        self._suspend([card for card in self.there.cards() if card.queue == -1], 1, "unsuspend")
        col.sched.bury_cards([rng.choice([card.id for card in self.there.cards() if card.queue >= 0])])
        note = rng.choice(self.there.cards()).note()
        note["Notes"] = f"mine {rng.random()}"
        col.update_note(note)
        untouched = [
            card.nid for card in self.there.cards() if self._note_of(card) not in self.acted | {note["Word"]}
        ]
        delete = rng.random() < 0.4 and bool(untouched)
        if delete:
            chosen = rng.choice(untouched)
            self.acted.add(self._note_of(col.get_card(col.card_ids_of_note(chosen)[0])))
            col.remove_notes([chosen])
        self._let_pass(before)
        return delete

    def _suspend(self, cards: Sequence[Any], most: int, how: str) -> None:
        chosen = self.rng.sample(cards, min(most, len(cards)))
        getattr(self.there.collection.sched, f"{how}_cards")([card.id for card in chosen])
        self.acted |= {self._note_of(card) for card in chosen}

    @staticmethod
    def _note_of(card: Any) -> str:
        word: str = card.note()["Word"]
        return word

    def _rows(self) -> dict[str, dict[int, Any]]:
        db = self.there.collection.db
        return {
            table: {row[0]: row for row in db.all(f"select * from {table}")}
            for table in ("revlog", "cards", "notes")
        }

    def _let_pass(self, before: dict[str, dict[int, Any]]) -> None:
        """What was done since is dated by the game's clock."""
        db, behind, after = self.there.collection.db, self.clock.behind, self._rows()
        changed = {
            table: [key for key, row in rows.items() if before[table].get(key) != row]
            for table, rows in after.items()
        }
        answered = {after["revlog"][key][1] for key in changed["revlog"] if after["revlog"][key][3]}
        for key in sorted(changed["revlog"]):
            db.execute("update revlog set id = id - ? where id = ?", 1000 * behind, key)
        for key in changed["cards"]:
            card = self.there.collection.get_card(key)
            data = json.loads(db.scalar("select data from cards where id = ?", key) or "{}")
            if key in answered and "lrt" in data:
                data["lrt"] -= behind
            soon = behind if key in answered and card.due > A_TIME else 0
            db.execute(
                "update cards set mod = mod - ?, due = due - ?, data = ? where id = ?",
                behind, soon, json.dumps(data, separators=(",", ":")) if data else "", key,
            )  # fmt: skip
        for key in changed["notes"]:
            db.execute("update notes set mod = mod - ? where id = ?", behind, key)

    def carry(self) -> Brought:
        """What was done here, into Anki."""
        brought = over(self.here, self.there, self.folder)
        now = int(self.clock().timestamp())
        self.there.collection.db.execute("update cards set mod = ? where mod > ?", now, now)
        return brought

    def bring(self, name: str) -> importing.Carried:
        """What was done in Anki, into the journal."""
        package = write(self.there.collection, self.folder, name)
        if name == "legacy.colpkg":
            # A note counts as deleted when the collection last changed; Anki writes the time of the export.
            now = f"update col set mod = {int(self.clock().timestamp() * 1000)}"

            def date(members: dict[str, bytes]) -> None:
                members["collection.anki21"] = edit_database(members["collection.anki21"], now)

            package = repack(package, self.folder / "dated.colpkg", date)
        found = look(package, self.here)
        return importing.carry_out(importing.plan(found, self.here), self.here)

    def same(self) -> None:
        """Both say the same of every card."""
        assert differing(self.here, self.there) == []
        asleep = {(self._note_of(card), card.template()["name"]) for card in self.there.cards("is:suspended")}
        mine = {
            (note.headword, NAMES[template])
            for note in self.here.notes()
            for template in TEMPLATES
            if card_id(note.id, template) in self.here.state.suspended
            and not self.here.cards.is_deleted_elsewhere(note.id)
        }
        assert asleep ^ mine == set()
        said = {note["Word"]: note["Notes"] for note in (card.note() for card in self.there.cards())}
        assert said == {
            note.headword: note.remark
            for note in self.here.notes()
            if not self.here.cards.is_deleted_elsewhere(note.id)
        }

    def play(self) -> None:
        """One round."""
        self.clock.behind -= LATER
        self.study()
        brought = self.carry()
        assert (brought.divided, brought.absent) == (0, 0)
        assert differing(self.here, self.there) == []
        self.clock.behind -= LATER
        deleted = self.study_there()
        name = self.rng.choice(["legacy.colpkg"] if deleted else FORMATS)
        self.clock.behind -= LATER
        self.bring(name)
        self.same()
        again = self.bring(name)
        assert (again.reviews, again.acts, again.remarks, again.notes) == (0, 0, 0, 0)
        self.there.assert_sound()
        if self.rng.random() < 0.3:
            col = self.there.collection
            col.decks.remove([col.decks.id("studytui")])
            self.carry()
            self.same()
            again = self.bring("legacy.colpkg")
            assert (again.reviews, again.acts, again.remarks, again.notes) == (0, 0, 0, 0)
        assert not [finding for finding in self.here.check() if finding.matters]


@pytest.mark.parametrize("seed", range(max(1, ROUNDS // AT_A_TIME)))
def test_to_and_fro(tmp_path: Path, home: Path, judge: Judge, seed: int) -> None:
    judge.collection.set_config("fsrs", True)
    clock = LaterClock(datetime.now(UTC))
    clock.at = None
    with Collection.open(locations(home), clock) as collection:
        game = Game(tmp_path, collection, judge, clock, seed)
        for _ in range(AT_A_TIME):
            game.play()
