"""FSRS weights made from the learner's own reviews, by `fsrs-rs-python`; what a retention costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.util import find_spec
from itertools import pairwise
from math import log
from typing import Any

from studytui.errors import StudytuiError
from studytui.study.notes.review import Rating
from studytui.study.scheduling.scheduler import Answered, Scheduler

ENOUGH = 400
"""Reviews a day or more after the one before, below which weights of one's own say little."""

_TRAINED = 0.8
"""The share of reviews, the earliest ones, that weights are made from; the rest tests them."""

RETENTIONS = (0.8, 0.85, 0.9, 0.95)


class TooFewReviewsError(StudytuiError):
    """Weights made from these would say little."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """New weights, and how well they foretell reviews that they were not made from."""

    weights: tuple[float, ...]
    trained: int
    """Reviews that they were made from."""
    tested: int
    """Later reviews that both weights were tested on."""
    before: float
    """Log loss on those of the weights in use; 0 would be foreknowledge."""
    after: float
    """The same of the new weights."""

    @property
    def better(self) -> bool:
        """Whether the new weights should be adopted."""
        return self.after < self.before


def _library() -> Any:
    try:
        import fsrs_rs_python
    except ImportError:
        raise StudytuiError(
            "the optimiser is not installed: install `studytui[optimiser]`, and try again."
        ) from None
    return fsrs_rs_python


def spaced(histories: Iterable[Sequence[Answered]]) -> list[datetime]:
    """When reviews were given a study day or more after the one before, in order: weights foretell those."""
    return sorted(
        later.at for history in histories for earlier, later in pairwise(history) if later.day > earlier.day
    )


def propose(histories: Sequence[Sequence[Answered]], scheduler: Scheduler) -> Proposal:
    """Weights made from the earlier reviews and tested on the later ones.

    Args:
        histories: the answers to each card, in order.
        scheduler: with the weights in use.

    Raises:
        StudytuiError: there are too few reviews, or the extra is not installed.
    """
    library = _library()
    times = spaced(histories)
    if len(times) < ENOUGH:
        raise TooFewReviewsError(
            f"there are {len(times)} reviews from one day to another, and {ENOUGH} are needed "
            "for a schedule of your own: go on with the usual one."
        )
    split = times[int(len(times) * _TRAINED)]
    items = []
    for history in histories:
        reviews: list[Any] = []
        last: date | None = None
        for answer in history:
            if answer.at >= split:
                break
            elapsed = max(0, (answer.day - last).days) if last is not None else 0
            reviews.append(library.FSRSReview(int(answer.rating), elapsed))
            last = answer.day
            if elapsed:
                items.append(library.FSRSItem(list(reviews)))
    weights = tuple(round(weight, 4) for weight in library.FSRS([]).compute_parameters(items))
    new = Scheduler(scheduler.terms, scheduler.days, weights)
    new.check()
    tested = sum(at >= split for at in times)
    return Proposal(
        weights, len(items), tested, log_loss(histories, scheduler, split), log_loss(histories, new, split)
    )


def log_loss(histories: Iterable[Sequence[Answered]], scheduler: Scheduler, since: datetime) -> float:
    """How far off a scheduler's chances of recall are: mean log loss of spaced reviews since an instant."""
    total, count = 0.0, 0
    for history in histories:
        for answer, chance in scheduler.chances(history):
            if answer.at >= since:
                sure = min(max(chance, 1e-6), 1 - 1e-6)
                total -= log(1 - sure if answer.rating is Rating.AGAIN else sure)
                count += 1
    return total / count if count else 0.0


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("fsrs_rs_python") is not None


def cost(
    weights: Sequence[float] | None, new_per_day: int, reviews_per_day: int, own: float | None = None
) -> dict[float, float]:
    """For some desired retentions, the mean of reviews a day in a simulated year with these weights.

    Args:
        weights: of FSRS-6; None for the defaults.
        new_per_day: new cards a day, all year.
        reviews_per_day: the limit.
        own: a desired retention to be simulated with the others.

    Raises:
        StudytuiError: the extra is not installed.
    """
    library = _library()
    settings = library.default_simulator_config()
    settings.learn_span = 365
    settings.learn_limit = new_per_day
    settings.review_limit = reviews_per_day
    settings.deck_size = max(1, 365 * new_per_day)
    settings.max_cost_perday = 86_400.0
    used = list(weights) if weights is not None else list(library.DEFAULT_PARAMETERS)
    found = {}
    for retention in sorted({*RETENTIONS, own or RETENTIONS[0]}):
        year = library.simulate(used, retention, settings, 1)
        found[retention] = sum(year.review_cnt_per_day[:365]) / 365
    return found
