"""Which text to begin with, and what to learn next over all the learner's texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from studytui.session.workspace import Workspace
from studytui.text.document import Document
from studytui.text.source.source import Deck, bundled

if TYPE_CHECKING:
    from studytui.study.phrases.ranking import KeyPhrase


@dataclass(frozen=True, slots=True)
class SharedPhrase:
    """A phrase that is worth learning, with all the texts that have it."""

    phrase: KeyPhrase
    """As the text has it in which it is worth most."""
    count: int
    """How often all the texts have it."""
    texts: tuple[str, ...]
    """Their titles."""


def text_to_begin_with(workspace: Workspace) -> Deck:
    """The bundled text for the learner's level: the first of the hardest that are not above it."""
    level = max(1, workspace.level, min(deck.level for deck in bundled()))
    return max((deck for deck in bundled() if deck.level <= level), key=attrgetter("level"))


def shared_phrases(
    workspace: Workspace, limit: int, progress: Callable[[int, int], None] = lambda done, all_: None
) -> list[SharedPhrase]:
    """The phrases that would help most, by their worth in each text times how often it has them.

    Only texts that were opened count, not those that come with the program.
    """
    worth: dict[str, float] = {}
    best: dict[str, KeyPhrase] = {}
    counts: dict[str, int] = {}
    titles: dict[str, list[str]] = {}
    documents = _opened(workspace)
    for number, document in enumerate(documents):
        progress(number, len(documents))
        for phrase in workspace.phrases(workspace.annotate(document), None):
            headword = phrase.headword
            worth[headword] = worth.get(headword, 0.0) + phrase.score * phrase.count
            counts[headword] = counts.get(headword, 0) + phrase.count
            titles.setdefault(headword, []).append(document.title)
            if headword not in best or phrase.score > best[headword].score:
                best[headword] = phrase
    first = sorted(worth, key=lambda headword: (-worth[headword], headword))[:limit]
    return [SharedPhrase(best[each], counts[each], tuple(titles[each])) for each in first]


def _opened(workspace: Workspace) -> list[Document]:
    """The texts that were opened, are not archived, and are still kept."""
    records = (record for record in workspace.collection.library.texts() if not record.archived)
    found = (workspace.collection.library.text(record.id) for record in records)
    return [document for document in found if document is not None]
