"""The formulas of FSRS-6: what an answer does to a memory's stability and difficulty.

Source: "The Algorithm" of the FSRS project (https://github.com/open-spaced-repetition/awesome-fsrs/wiki), in
the form of py-fsrs 6.3.2, by which the tests judge: there Hard on the same day never lowers stability, as it
did before. `w0` to `w20` are the project's names of the weights. Stability and elapsed time are in days.
"""

from __future__ import annotations

from math import e

from studytui.study.notes.review import Rating

DEFAULT_WEIGHTS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
LEAST_WEIGHTS = (
    0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001,
    0.001, 0.001, 0.001, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1,
)  # fmt: skip
MOST_WEIGHTS = (
    100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5,
    5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8,
)  # fmt: skip
"""The range of each weight that the FSRS project allows."""

MAXIMUM_INTERVAL = 36500
"""Days; Anki's default."""
_LEAST_STABILITY = 0.001


class Fsrs:
    """FSRS-6 with one set of weights, at one wanted retention."""

    def __init__(self, weights: tuple[float, ...] | None = None, retention: float = 0.9) -> None:
        """`weights` are 21, None for the defaults; `retention` is the probability of recall when due.

        Raises:
            ValueError: FSRS-6 does not allow such weights.
        """
        w = DEFAULT_WEIGHTS if weights is None else weights
        if len(w) != len(DEFAULT_WEIGHTS):
            raise ValueError(f"{len(w)} weights: FSRS-6 has {len(DEFAULT_WEIGHTS)}")
        for name, (least, weight, most) in enumerate(zip(LEAST_WEIGHTS, w, MOST_WEIGHTS, strict=True)):
            if not least <= weight <= most:
                raise ValueError(f"w{name} is {weight}: FSRS-6 allows {least} to {most}")
        self._w = w
        self._decay = -w[20]
        self._factor = 0.9 ** (1 / self._decay) - 1
        self._wait = retention ** (1 / self._decay) - 1
        self._growth = e ** w[8]
        self._after_lapse = e ** (w[17] * w[18])
        self._easiest = w[4] - e ** (w[5] * 3) + 1

    def first(self, rating: Rating) -> tuple[float, float]:
        """Stability and difficulty after the first answer to a card."""
        w = self._w
        difficulty = w[4] - e ** (w[5] * (rating - 1)) + 1
        return max(w[rating - 1], _LEAST_STABILITY), min(max(difficulty, 1.0), 10.0)

    def recall(self, stability: float, elapsed: int) -> float:
        """The probability of recall after so many days; before the last answer it is certain."""
        chance: float = (1 + self._factor * max(0, elapsed) / stability) ** self._decay
        return chance

    def after(self, stability: float, difficulty: float, elapsed: int, rating: Rating) -> tuple[float, float]:
        """Stability and difficulty after a later answer; `elapsed` is 0 on the day of the one before."""
        w = self._w
        if elapsed < 1:
            change = e ** (w[17] * (rating - 3 + w[18])) * stability ** -w[19]
            following = stability * (change if rating is Rating.AGAIN else max(change, 1.0))
        else:
            chance = (1 + self._factor * elapsed / stability) ** self._decay
            if rating is Rating.AGAIN:
                forgotten = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1)
                following = min(forgotten * e ** ((1 - chance) * w[14]), stability / self._after_lapse)
            else:
                growth = self._growth * (11 - difficulty) * stability ** -w[9]
                growth *= e ** ((1 - chance) * w[10]) - 1
                if rating is Rating.HARD:
                    growth *= w[15]
                elif rating is Rating.EASY:
                    growth *= w[16]
                following = stability * (1 + growth)
        damped = difficulty + (10.0 - difficulty) * -(w[6] * (rating - 3)) / 9.0
        reverted = w[7] * self._easiest + (1 - w[7]) * damped
        return max(following, _LEAST_STABILITY), min(max(reverted, 1.0), 10.0)

    def interval(self, stability: float) -> int:
        """Days until the wanted retention is reached, 1 to `MAXIMUM_INTERVAL`."""
        days: float = stability / self._factor * self._wait
        return min(max(round(days), 1), MAXIMUM_INTERVAL)
