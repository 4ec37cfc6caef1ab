"""How long an answer took."""

from __future__ import annotations

from time import monotonic

LONGEST_MS = 60_000
"""A question is never counted longer than this: the learner went for tea."""


class Stopwatch:
    """Milliseconds since it was started, without the time the learner looked elsewhere."""

    def __init__(self) -> None:
        self._passed = 0.0
        self._since: float | None = None

    def start(self) -> None:
        """From nought."""
        self._passed = 0.0
        self._since = monotonic()

    def pause(self) -> None:
        """The terminal lost the focus."""
        if self._since is not None:
            self._passed += monotonic() - self._since
            self._since = None

    def resume(self) -> None:
        """The learner is back."""
        if self._since is None:
            self._since = monotonic()

    @property
    def ms(self) -> int:
        """At most `LONGEST_MS`."""
        running = monotonic() - self._since if self._since is not None else 0.0
        return min(LONGEST_MS, round((self._passed + running) * 1000))
