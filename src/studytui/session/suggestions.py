"""What to read next and what to learn next, over all the learner's texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from studytui.session.workspace import Workspace
from studytui.study.coverage import AIM, words_to
from studytui.study.phrases.ranking import KeyPhrase
from studytui.study.vocabulary import Tally
from studytui.text.document import Document
from studytui.text.source.source import Deck, bundled


@dataclass(frozen=True, slots=True)
class ReadableText:
    """A text, and how much of it this learner can read now."""

    title: str
    name: str
    """What `studytui read` opens it by."""
    words: int
    """Running words that are vocabulary."""
    low: float
    """The share of them, 0 to 1, that is known at least in four cases of five."""
    high: float
    """As `low`, at most."""
    missing: int
    """Words to learn until 95 % of the running words are known."""


@dataclass(frozen=True, slots=True)
class SharedPhrase:
    """A phrase that is worth learning, with all the texts that have it."""

    phrase: KeyPhrase
    """As the text has it in which it is worth most."""
    count: int
    """How often all the texts have it."""
    texts: tuple[str, ...]
    """Their titles."""


def readable_texts(workspace: Workspace) -> list[ReadableText]:
    """The learner's texts and the bundled ones, what can be read best first."""
    collection = workspace.collection
    found = []
    for name, document in _documents(workspace):
        tally = Tally()
        for words in workspace.all_words(document, collection.mends(document.id)):
            tally.add(words)
        covered = tally.coverage(collection.status)
        low, high = collection.interval(tally.headwords) or (covered.known_share, covered.known_share)
        missing = words_to(AIM, tally.headwords, collection.status)
        found.append(ReadableText(document.title, name, covered.words, low, high, missing))
    return sorted(found, key=lambda text: (-text.low - text.high, text.missing, text.title))


def text_to_begin_with(workspace: Workspace) -> Deck:
    """The bundled text for the learner's level: the first of the hardest that are not above it."""
    level = max(1, workspace.level)
    easiest = min(map(_level_of, bundled()))
    return max((deck for deck in bundled() if _level_of(deck) <= max(level, easiest)), key=_level_of)


def _level_of(deck: Deck) -> int:
    return int(str(deck.level).rpartition(" ")[2].partition("-")[0])


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
    documents = [document for _, document in _documents(workspace, decks=False)]
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


def _documents(workspace: Workspace, *, decks: bool = True) -> list[tuple[str, Document]]:
    """The texts that were opened and are still kept, and, with `decks`, the bundled ones; each once."""
    collection = workspace.collection
    found: dict[str, tuple[str, Document]] = {}
    for record in collection.texts():
        if (document := collection.text(record.id)) is not None:
            found[record.id] = (record.id, document)
    for deck in bundled() if decks else ():
        document = workspace.begin_deck(deck).document
        found[document.id] = (deck.name, document)
    return list(found.values())
