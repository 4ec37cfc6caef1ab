"""The last acts with what each found before it, so that an undo costs the same in a collection of any size.

An act further back, or one that others followed on the same subject, is taken back by folding its subject
again (`History`), which has to look for the subject's events in the journals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from studytui.store.state.records import Step

LENGTH = 4096
"""Acts that are remembered while the program runs; about a kilobyte each."""

KEPT = 512
"""Acts that the snapshot remembers."""


class UndoSteps:
    """Steps that can be taken back, each while it is the last on its subject."""

    def __init__(self, steps: Iterable[Step] = ()) -> None:
        self._steps: dict[str, Step] = {}
        self._by_subject: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for step in steps:
            self.add(step)

    def add(self, step: Step) -> None:
        """Remembers an act that was just taken in."""
        self._steps[step.id] = step
        self._by_subject[step.about].append(step.id)
        if len(self._steps) > LENGTH:
            oldest = self._steps.pop(next(iter(self._steps)))
            self._by_subject[oldest.about].pop(0)
            if not self._by_subject[oldest.about]:
                del self._by_subject[oldest.about]

    def back(self, events: Collection[str]) -> list[Step] | None:
        """The steps that take these events back, in the order in which to take them; they are forgotten.

        None, and nothing is forgotten, if one of them is not remembered, or others followed on its subject.
        """
        steps = [self._steps[event] for event in events if event in self._steps]
        if len(steps) < len(events):
            return None
        steps.sort(key=lambda step: step.id, reverse=True)
        wanted: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for step in steps:
            wanted[step.about].append(step.id)
        for about, names in wanted.items():
            if self._by_subject[about][-len(names) :] != names[::-1]:
                return None
        for step in steps:
            del self._steps[step.id]
            names = self._by_subject[step.about]
            names.pop()
            if not names:
                del self._by_subject[step.about]
        return steps

    def forget(self, subjects: Iterable[tuple[str, str]]) -> None:
        """Something else has happened to these."""
        for about in subjects:
            for event in self._by_subject.pop(about, []):
                del self._steps[event]

    def kept(self) -> tuple[Step, ...]:
        """The last ones, for the snapshot."""
        return tuple(self._steps.values())[-KEPT:]
