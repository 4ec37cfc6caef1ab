"""Where the characters of a paragraph stood in the file: a sequence of numbers kept as stretches."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import overload


class Positions(Sequence[int]):
    """Strictly increasing numbers, kept as stretches `[start, end)`: a line costs one, however long.

    Equal to any sequence of the same numbers; hashable.
    """

    __slots__ = ("_offsets", "_runs")

    def __init__(self, runs: Iterable[tuple[int, int]]) -> None:
        """`runs` in order, none overlapping; adjacent ones are merged, empty ones left out."""
        merged: list[tuple[int, int]] = []
        for start, end in runs:
            if merged and merged[-1][1] == start:
                merged[-1] = (merged[-1][0], end)
            elif start < end:
                merged.append((start, end))
        self._runs = tuple(merged)
        self._offsets = tuple(accumulate((end - start for start, end in merged), initial=0))

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """The stretches `[start, end)`."""
        return self._runs

    def __len__(self) -> int:
        return self._offsets[-1]

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError("position out of range")
        run = bisect_right(self._offsets, index) - 1
        return self._runs[run][0] + index - self._offsets[run]

    def __iter__(self) -> Iterator[int]:
        for start, end in self._runs:
            yield from range(start, end)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Positions):
            return self._runs == other._runs
        if isinstance(other, Sequence) and not isinstance(other, str | bytes):
            return len(self) == len(other) and all(
                mine == theirs for mine, theirs in zip(self, other, strict=True)
            )
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._runs)

    def __repr__(self) -> str:
        return f"Positions({list(self._runs)!r})"
