"""Which words the learner knows already: a level, once, instead of a mark on each word."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from studytui.tui.screens.choice_dialog import ChoiceScreen
from studytui.wording import hsk_name

WORDS = (0, 500, 1272, 2245, 3245, 4316, 5456, 11092)
"""Words up to each level of the standard of 2021 (GF 0025-2021); the last is that of levels 7 to 9."""
OLDER_WORDS = (0, 150, 300, 600, 1200, 2500, 5000)
"""Words up to each level of HSK 2.0, the standard of 2010."""
FIND_OUT = len(WORDS)
"""The answer that asks for a placement."""
OLDER = FIND_OUT + 1
"""The answer that asks for a level of HSK 2.0."""


class LevelScreen(ChoiceScreen):
    """Asks for a level of HSK 3.0, 0 for none, `FIND_OUT` or `OLDER`; None if it is left as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                str(level),
                f"dismiss({level})",
                "" if level else "Choose a level",
                show=False,
                key_display=f"0-{FIND_OUT - 1}",
                id=f"level.{level}",
            )
            for level in range(FIND_OUT)
        ),
        Binding(
            str(FIND_OUT),
            f"dismiss({FIND_OUT})",
            "Find out",
            id="level.placement",
            tooltip="Find out by a placement",
        ),
        Binding(
            str(OLDER),
            f"dismiss({OLDER})",
            "HSK 2.0",
            id="level.older",
            tooltip="Choose a level of HSK 2.0",
        ),
        Binding("escape,q", "dismiss(None)", "Cancel", id="level.leave"),
    ]

    def __init__(
        self,
        level: int,
        title: str = "Which words do you already know?",
        keys: str = "Enter chooses it, Esc cancels",
    ) -> None:
        """Asks for a level, from the one that holds; `title` and `keys` say what for and how."""
        super().__init__(
            title,
            [
                _line(0, "none", "I am just beginning"),
                *(_line(each, hsk_name(each), f"{WORDS[each]:,} words") for each in range(1, FIND_OUT)),
                _line(FIND_OUT, "not sure", "Find out"),
                _line(OLDER, "HSK 2.0", "of most textbooks"),
            ],
            chosen=level,
            keys=keys,
            told="Words up to this level count as known until you mark or learn them;"
            " L changes it at any time. Finding out takes two minutes, and tells more than a level.",
        )


class OlderLevelScreen(ChoiceScreen):
    """Asks for a level of HSK 2.0, 1 to 6, less one; None if the learner leaves it as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(level), f"dismiss({level - 1})", show=False, id=f"older_level.{level}")
            for level in range(1, len(OLDER_WORDS))
        ),
        Binding("escape,q", "dismiss(None)", "Cancel", id="older_level.leave"),
    ]

    def __init__(self, level: int, keys: str = "Enter chooses it, Esc cancels") -> None:
        """Asks for a level, from the one that holds, or 0; `keys` says what the keys do."""
        super().__init__(
            "Which level of HSK 2.0?",
            [
                _line(each, f"level {each}", f"{OLDER_WORDS[each]:,} words")
                for each in range(1, len(OLDER_WORDS))
            ],
            chosen=max(0, level - 1),
            keys=keys,
            told="The lists of 2010, which most textbooks and courses follow.",
        )


def _line(number: int, name: str, told: str) -> Content:
    return Content.assemble(Content.styled(f"{number}  {name:<12}", "bold"), Content.styled(told, "dim"))
