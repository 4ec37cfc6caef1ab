"""How the store grows, as ratios in one run: `python benchmarks/store.py [CARDS [REVIEWS]]`.

The history is made up: so many cards of three templates, so many reviews spread over them, in one journal.
Replays are put beside a bare loop of `fsrs` over the same reviews; an answer, an undo and a start beside
those of a hundredth of the size. CPU seconds, so that other work on the machine matters less. At the end the
most memory that a process of its own had resident for each act, which `--memory` measures alone.
"""

from __future__ import annotations

import gc
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as dt_time
from pathlib import Path
from statistics import median

import fsrs

from studytui.session.figures import progress_of
from studytui.store.collection import Collection
from studytui.store.journal.event_ids import new_id
from studytui.store.journal.event_lines import encode
from studytui.store.journal.events import Event, EventType, Reviewed, new_event
from studytui.store.locations import Locations
from studytui.store.reports.reviews import reviews as reviews_told
from studytui.store.state.replay import History
from studytui.study.notes.card import Template, card_id
from studytui.study.notes.note import Example, Note
from studytui.study.notes.review import Rating
from studytui.study.scheduling.queue import ORDERS, Order
from studytui.study.scheduling.scheduler import Answered, Scheduler
from studytui.study.scheduling.study_day import StudyDays

START = datetime(2020, 1, 6, 9, tzinfo=UTC)
TEMPLATES: tuple[Template, ...] = ("recognition", "recall", "cloze")
DAYS = StudyDays(UTC, 4)
NOON = dt_time(12, tzinfo=UTC)


def a_note(number: int) -> Note:
    """A note of two characters with a sentence; there are 50 texts."""
    word = chr(0x4E00 + number % 20000) + chr(0x4E00 + number // 20000)
    example = Example(f"这里有{word}。", 3, 5, f"{number % 50:016x}", "题")
    return Note(word, ("zhong4", "yao4"), word, ("importance", "to be of weight"), 3, 4.2, example=example)


def write_history(path: Path, cards: int, reviews: int) -> tuple[list[Event], datetime]:
    """One device's journal: the notes first, then day by day the reviews.

    Each card ends with good answers, the very last in the last weeks: of a collection that is kept
    up, most cards sleep.
    """
    rng = random.Random(7)
    notes = [a_note(number) for number in range(max(1, cards // 3))]
    names = [card_id(note.id, template) for note in notes for template in TEMPLATES]
    events: list[Event] = []

    def event(at: datetime, kind: EventType, said: dict[str, object]) -> None:
        events.append(new_event(new_id(at, rng.randbytes(10)), at, "bench-1", kind, said))

    at = START
    for note in notes:
        event(at, "note", {"act": "put", "note": note})
    span = timedelta(days=2000) / max(1, reviews)
    span -= timedelta(microseconds=span.microseconds % 1000)
    chosen = rng.choices(names, k=reviews)
    left = Counter(chosen)
    seen: Counter[str] = Counter()
    past = []
    for card in chosen:
        seen[card] += 1
        if seen[card] < left[card]:
            past.append(card)
    for number, card in enumerate([*past, *left]):
        at += span if number < len(past) else span / 100
        at -= timedelta(microseconds=at.microsecond % 1000)
        left[card] -= 1
        rating = 3 if left[card] < 2 else rng.choices([1, 2, 3, 4], [10, 5, 80, 5])[0]
        said = {"card": card, "rating": rating, "took_ms": rng.randint(900, 9000),
                "kind": "cloze", "given": None, "day": DAYS.day(at).isoformat(), "offset": 0}  # fmt: skip
        event(at, "review", said)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(map(encode, events)))
    return events, at


def seconds(act: Callable[[], object], times: int = 1) -> float:
    """The median of the CPU seconds that an act takes."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        act()
        taken.append(time.process_time() - began)
    return median(taken)


def bare(histories: list[list[Answered]]) -> float:
    """A loop of `fsrs` alone, its arguments made beforehand."""
    ready = [
        [(fsrs.Rating(int(answer.rating)), datetime.combine(answer.day, NOON)) for answer in group]
        for group in histories
    ]
    scheduler = fsrs.Scheduler(enable_fuzzing=False)

    def loop() -> None:
        for group in ready:
            card = fsrs.Card(card_id=1, due=START)
            for rating, noon in group:
                card, _ = scheduler.review_card(card, rating, noon)

    return seconds(loop)


def measure(root: Path, cards: int, reviews: int) -> dict[str, float]:
    """CPU seconds of each act, on a collection of this size."""
    locations = Locations.find({"STUDYTUI_HOME": str(root)})
    locations.state.mkdir(parents=True)
    locations.device.write_text("bench-1\n")
    path = locations.journal / "bench-1.jsonl"
    events, at = write_history(path, cards, reviews)
    answers: defaultdict[str, list[Answered]] = defaultdict(list)
    for event in events:
        if isinstance(event, Reviewed):
            answers[event.card].append(event)
    oldest = [event.id for event in events if event.type == "review"][:2]
    events.clear()
    scheduler, histories = Scheduler(days=DAYS), list(answers.values())
    answers.clear()
    # One after the other, three times, and the best of each: other work on the machine disturbs all alike.
    took: dict[str, list[float]] = {"fsrs": [], "replay": [], "replay all": []}
    for _ in range(3):
        took["fsrs"].append(bare(histories))
        took["replay"].append(seconds(lambda: [scheduler.replay(group) for group in histories]))
        took["replay all"].append(seconds(History(locations).rebuild))
        gc.collect()
    found = {name: min(times) for name, times in took.items()}
    histories.clear()
    now = at + timedelta(days=2)
    found["first start"] = seconds(lambda: Collection.open(locations, lambda: now, DAYS).close())
    found["start"] = seconds(lambda: Collection.open(locations, lambda: now, DAYS), 3)
    with Collection.open(locations, lambda: now, DAYS) as collection:
        shelf = list(collection.state.memories)
        rng = random.Random(1)
        found["first queue"] = seconds(collection.queue)
        found["queue"] = seconds(collection.queue, 7)
        found["queue of a text"] = seconds(lambda: collection.queue(f"{3:016x}"), 7)
        found["counts"] = seconds(collection.due_counts, 3)
        found["answer"] = seconds(lambda: collection.answer(rng.choice(shelf), Rating.GOOD, 900, "cloze"), 41)
        found["undo"] = seconds(collection.undo, 7)
        found["queue after it"] = seconds(collection.queue)
    # However long nobody looked at it, in whatever order, and as many as can be asked for (9,999 of each).
    for days in (20, 60, 1000):
        for order in ORDERS:
            for limit in (200, 9999):
                name = f"away {days} d, {order[:6]}, {limit}"
                found[name], found[f"{name}, made"] = away(locations, at + timedelta(days=days), order, limit)
    # The history ends with a tenth of all notes studied on one day: more is awake then than on any other.
    with Collection.open(locations, lambda: at + timedelta(hours=1), DAYS) as collection:
        found["crowded queue"] = seconds(collection.queue)
    with Collection.open(locations, lambda: now, DAYS) as collection:
        found["undo later"] = seconds(collection.undo, 7)
        found["undo of old"] = seconds(lambda: collection.changes.record("undo", {"target": oldest[0]}))
    with Collection.open(locations, lambda: now, DAYS) as collection:
        # Another machine's journal arrives again and again: 300 answers to 200 cards, of the last month.
        for name in ("first meeting", "meeting"):
            arrive(locations.journal / "phone-2.jsonl", shelf, at)
            found[name] = seconds(collection.refresh)
        found["undo of old, then"] = seconds(lambda: collection.changes.record("undo", {"target": oldest[1]}))
    with Collection.open(locations, lambda: now, DAYS) as collection:
        arrive(locations.journal / "phone-2.jsonl", shelf, at)
        found["meeting after a start"] = seconds(collection.refresh)
    return found


def arrive(path: Path, cards: list[str], before: datetime) -> None:
    """Adds to another device's journal answers that are earlier than this device's last."""
    rng = random.Random(path.stat().st_size if path.exists() else 1)
    chosen = rng.sample(cards, min(200, len(cards)))
    events: list[Event] = []
    for _ in range(300):
        at = before - timedelta(milliseconds=rng.randrange(30 * 86_400_000))
        said = {"card": rng.choice(chosen), "rating": 3, "took_ms": 900, "kind": "cloze", "given": None,
                "day": DAYS.day(at).isoformat(), "offset": 0}  # fmt: skip
        events.append(new_event(new_id(at, rng.randbytes(10)), at, path.stem, "review", said))
    with path.open("ab") as file:
        file.writelines(map(encode, sorted(events, key=lambda event: event.id)))


def away(locations: Locations, now: datetime, order: Order, limit: int) -> tuple[float, float]:
    """CPU seconds of the first queue of a session, the slowest of five; and with all its cards made."""
    queued, made = [], []
    for _ in range(5):
        with Collection.open(locations, lambda: now, DAYS) as collection:
            collection.config = replace(
                collection.config, review_order=order, reviews_per_day=limit, new_per_day=limit
            )
            queued.append(seconds(collection.queue))
            made.append(queued[-1] + seconds(lambda: tuple(collection.queue())))
    return max(queued), max(made)


ACTS: dict[str, Callable[[Collection], object]] = {
    "first start": lambda collection: collection.close(),
    "start": lambda collection: None,
    "statistics": lambda collection: progress_of(collection),
    "check": lambda collection: collection.check(),
    "reviews for an export": lambda collection: reviews_told(collection.locations, collection.state),
}
"""What is done in a process of its own."""


def most_memory(root: Path, name: str) -> int:
    """The most MB resident in a process that opens a collection and does one of `ACTS`."""
    if name == "first start":
        Locations.find({"STUDYTUI_HOME": str(root)}).snapshot.unlink(missing_ok=True)
    command = [sys.executable, __file__, "--act", name, str(root)]
    return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def act(name: str, root: str) -> None:
    """Does one of `ACTS` and prints the most MB that it had resident, as Linux says."""
    ACTS[name](Collection.open(Locations.find({"STUDYTUI_HOME": root}), lambda: START, DAYS))
    # Not `getrusage`, which has what the parent had before the child began.
    status = Path("/proc/self/status").read_text()
    print(int(status.split("VmHWM:")[1].split()[0]) // 1024)


def memory(cards: int, reviews: int) -> None:
    """Measures memory alone, beside a tenth of the size."""
    with tempfile.TemporaryDirectory() as folder:
        for part in (10, 1):
            root = Path(folder) / str(part)
            (root / "state").mkdir(parents=True)
            (root / "state" / "device").write_text("bench-1\n")
            write_history(root / "data" / "journal" / "bench-1.jsonl", cards // part, reviews // part)
            print(f"{cards // part} cards, {reviews // part} reviews")
            for name in ACTS:
                print(f"  {name:<28} {most_memory(root, name):>10} MB")


def main(cards: int, reviews: int) -> None:
    """Measures, and prints a line for each figure."""
    with tempfile.TemporaryDirectory() as root:
        small = measure(Path(root) / "small", cards // 100, reviews // 100)
        large = measure(Path(root) / "large", cards, reviews)
        most = {name: most_memory(Path(root) / "large", name) for name in ACTS}
    print(f"{cards} cards, {reviews} reviews; beside a hundredth of each")
    for name, took in large.items():
        print(f"  {name:<28} {1000 * took:>10.1f} ms   {took / small[name]:>7.1f} x the small one")
    for name, megabytes in most.items():
        print(f"  {name:<28} {megabytes:>10} MB")
    alone = large["fsrs"]
    print(f"  replay of memories:                        {large['replay'] / alone:.2f} x the bare fsrs loop")
    print(f"  replaying all, files read, checked, folded: {large['replay all'] / alone:.2f} x")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--act"]:
        act(*sys.argv[2:4])
    else:
        numbers = [int(argument) for argument in sys.argv[1:] if argument != "--memory"]
        sizes = (*numbers, *(100_000, 1_000_000)[len(numbers) :])
        (memory if "--memory" in sys.argv else main)(*sizes)
