"""The phrases of a text most worth learning, ranked for one learner, each with its reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytui.study.examples.cloze import easy_level, example
from studytui.study.language.gloss import cleaned, is_verbal
from studytui.study.language.literal_glosses import MEANINGS, as_noun
from studytui.study.language.parts_in_text import PartsInText
from studytui.study.language.sense import Around, ordered
from studytui.study.notes.note import Example
from studytui.study.phrases.candidates import Candidate, Occurrence, PhraseKind, candidates
from studytui.study.phrases.cohesion import FIRM, Cohesion
from studytui.study.phrases.established import is_established
from studytui.study.phrases.separable import spread
from studytui.study.phrases.worth import Worth
from studytui.study.vocabulary import Status
from studytui.text.token import AnnotatedDocument, Entry

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

_ASIDE = re.compile(r"(?:(?<!\s)\s++)?\([^()]*\)\s*")
_ARTICLE = re.compile(r"^(?:an?|the)\s+")
_PLACES = 8
"""So many places of a word are looked at for its sense."""
_AGAIN = 0.96
"""What is left of a phrase's worth for each chosen phrase that already has one of its words."""

_SIDE_BY_SIDE = 0.6
"""What is left of the worth of words that only stood side by side: they come after all that is a phrase."""


@dataclass(frozen=True, slots=True)
class KeyPhrase:
    """A phrase worth learning."""

    phrase: str
    """As it stands in the text; a verb and an object that stand apart in it (钻了空子), together."""
    headword: str
    """Simplified; what it is remembered under."""
    traditional: str
    syllables: tuple[str, ...]
    """The reading, as in `studytui.text.token.Entry.syllables`."""
    gloss: tuple[str, ...]
    """The dictionary's glosses; of a phrase that it has not, one for each part (`核心 core`)."""
    kind: PhraseKind
    count: int
    """How often the text has it."""
    score: float
    """Worth to this learner, 0 to 1, rounded to three places."""
    reason: str
    """Why it was chosen, in words."""
    hsk: int | None
    """Level in HSK 3.0 (2021), 1 to 7 (7 for 7-9)."""
    frequency: float | None
    """Zipf frequency."""
    occurrences: tuple[tuple[int, int, int], ...]
    """Paragraph, first character, one past the last, in order (characters of the paragraph)."""
    example: Example | None
    """The sentence of the text that shows it best."""
    known_as: tuple[str, ...] = ()
    """As `Note.known_as`, of a phrase whose reading the learner has put right."""

    @property
    def reading(self) -> str:
        """The reading with tone marks."""
        from studytui.text.pinyin import joined

        return joined(self.syllables)


def key_phrases(
    document: AnnotatedDocument,
    lexicon: Lexicon,
    status: Callable[[str], Status],
    limit: int | None = 40,
) -> tuple[KeyPhrase, ...]:
    """The phrases most worth learning, best first; all that are worth anything with `limit=None`.

    What is known or ignored is left out, names and numbers are never phrases, and of phrases that
    overlap only the better one stands. The same text and the same statuses give the same list.
    """
    found = [*candidates(document, lexicon), *spread(document, lexicon)]
    cohesion = Cohesion(document, found, lexicon)
    firmness = {id(candidate): cohesion.of(candidate) for candidate in found}
    found = [candidate for candidate in found if firmness[id(candidate)] >= FIRM]
    found = _without_overlaps(found, firmness)
    worth = Worth(document, lexicon, status)
    established = {id(each) for each in found if _is_established(each, document, lexicon)}
    free = _free_counts(found, established)
    scored = [
        (
            worth.of(candidate, free[id(candidate)], firmness[id(candidate)])
            * (1.0 if id(candidate) in established else _SIDE_BY_SIDE),
            candidate,
        )
        for candidate in found
        if free[id(candidate)]
    ]
    easy = easy_level(document, status)
    parts = PartsInText(document, lexicon)
    chosen = _choose([pair for pair in scored if pair[0] > 0], established, limit)
    return tuple(
        _key_phrase(candidate, score, worth, document, lexicon, status, easy, parts)
        for score, candidate in chosen
    )


def _is_established(candidate: Candidate, document: AnnotatedDocument, lexicon: Lexicon) -> bool:
    places = [(place.paragraph, place.start, place.end) for place in candidate.places]
    return is_established(candidate.headword, places, document, lexicon)


def _without_overlaps(found: list[Candidate], firmness: dict[int, float]) -> list[Candidate]:
    """Of phrases of several tokens that cross one another, the firmer stays."""
    taken: dict[tuple[int, int], Candidate] = {}
    kept: list[Candidate] = []

    def strength(candidate: Candidate) -> tuple[float, int, int]:
        return (firmness[id(candidate)], len(candidate.places), len(candidate.headword))

    for candidate in sorted(found, key=strength, reverse=True):
        if len(candidate.words) == 1:
            continue
        clear = [place for place in candidate.places if not _crosses(place, candidate, taken)]
        if len(clear) * 2 < len(candidate.places) or not clear:
            continue
        kept.append(candidate)
        for place in clear:
            for token in range(place.first, place.last):
                taken.setdefault((place.paragraph, token), candidate)
    kept_ids = {id(candidate) for candidate in kept}
    return [candidate for candidate in found if len(candidate.words) == 1 or id(candidate) in kept_ids]


def _crosses(place: Occurrence, candidate: Candidate, taken: dict[tuple[int, int], Candidate]) -> bool:
    """Whether a place shares a token with a phrase that neither holds it nor is held by it."""
    for token in range(place.first, place.last):
        other = taken.get((place.paragraph, token))
        if (
            other is not None
            and other.headword not in candidate.headword
            and candidate.headword not in other.headword
        ):
            return True
    return False


def _free_counts(found: list[Candidate], established: Set[int]) -> dict[int, int]:
    """How often each candidate occurs outside a longer one that is an expression: 妖术谣传 hides none."""
    covered: dict[tuple[int, int], int] = {}
    for candidate in found:
        if len(candidate.words) > 1 and id(candidate) not in established:
            continue
        for place in candidate.places:
            for token in range(place.first, place.last):
                key = (place.paragraph, token)
                covered[key] = max(covered.get(key, 0), len(candidate.words))
    return {
        id(candidate): sum(
            all(
                covered.get((place.paragraph, token), 0) <= len(candidate.words)
                for token in range(place.first, place.last)
            )
            for place in candidate.places
        )
        for candidate in found
    }


def _choose(
    scored: list[tuple[float, Candidate]], established: Set[int], limit: int | None
) -> list[tuple[float, Candidate]]:
    """The best, one after the other; what repeats the words of a chosen one steps back.

    What only stood side by side is left out where it overlaps with a chosen one.
    """
    waiting = sorted(
        scored, key=lambda pair: (-pair[0], pair[1].places[0].paragraph, pair[1].places[0].start)
    )
    chosen: list[tuple[float, Candidate]] = []
    used: Counter[str] = Counter()
    while waiting and (limit is None or len(chosen) < limit):
        best, best_at = -1.0, 0
        for at, (score, candidate) in enumerate(waiting):
            if score <= best:
                break
            repeated = max((used[word.headword] for word in candidate.words), default=0)
            now = score * _AGAIN**repeated
            if now > best:
                best, best_at = now, at
        _, candidate = waiting.pop(best_at)
        if any(
            _same(candidate.headword, other.headword)
            and not all(id(each) in established or len(each.places) > 1 for each in (candidate, other))
            for _, other in chosen
        ):
            continue
        chosen.append((best, candidate))
        used.update({word.headword for word in candidate.words if len(word.headword) > 1})
    return chosen


def _same(one: str, other: str) -> bool:
    return len(one) > 1 and len(other) > 1 and (one in other or other in one)


def _key_phrase(
    candidate: Candidate,
    score: float,
    worth: Worth,
    document: AnnotatedDocument,
    lexicon: Lexicon,
    status: Callable[[str], Status],
    easy: int,
    parts: PartsInText,
) -> KeyPhrase:
    headword = candidate.headword
    entries = lexicon.entries(headword) if len(candidate.words) > 1 else candidate.words[0].entries
    if entries:
        reading = candidate.words[0].syllables if len(candidate.words) == 1 else ()
        syllables, gloss = (
            reading or entries[0].syllables,
            _glosses(candidate, entries[0], document, lexicon, parts),
        )
        traditional = entries[0].traditional
    else:
        syllables = tuple(syllable for word in candidate.words for syllable in word.syllables)
        if candidate.kind in ("idiom", "phrase"):
            syllables = tuple(map(str.lower, syllables))  # 爱民 is a town, too, but not in 拥政爱民
        gloss = _part_glosses(candidate, lexicon)
        traditional = "".join(
            word.entries[0].traditional if word.entries else word.text for word in candidate.words
        )
    if candidate.text != headword and not candidate.listed_as:
        traditional = candidate.text  # the text itself is in traditional script
    occurrences = tuple((place.paragraph, place.start, place.end) for place in candidate.places)
    return KeyPhrase(
        phrase=_written(candidate, traditional),
        headword=headword,
        traditional=traditional,
        syllables=syllables,
        gloss=gloss,
        kind=candidate.kind,
        count=len(occurrences),
        score=round(score, 3),
        reason=worth.reason(candidate, len(occurrences)),
        hsk=lexicon.level(headword),
        frequency=lexicon.frequency(headword),
        occurrences=occurrences,
        example=example(occurrences, document, lexicon, status, easy),
    )


def _written(candidate: Candidate, traditional: str) -> str:
    """The phrase in the script of the text."""
    if len(candidate.text) == len(candidate.headword):
        return candidate.text
    simplified = "".join(word.headword for word in candidate.words)
    return candidate.headword if candidate.text == simplified else traditional


def _glosses(
    candidate: Candidate, entry: Entry, document: AnnotatedDocument, lexicon: Lexicon, parts: PartsInText
) -> tuple[str, ...]:
    """An entry's glosses, those of the sense that the text means first."""
    if len(candidate.words) == 1 and candidate.words[0].gloss[:1] != entry.glosses[:1]:
        return candidate.words[0].gloss  # as the reader has it: what is pointed to, or the parts
    places: list[Around] = []
    for place in candidate.places[:_PLACES]:
        row = document.words[place.paragraph]
        before = row[place.first - 1] if place.first else None
        after = row[place.last] if place.last < len(row) else None
        places.append((before, after))
    glosses = tuple(gloss for sense in ordered(entry, lexicon, places) for gloss in sense.glosses)
    said = [parts.of((place.paragraph, place.start, place.end)) for place in candidate.places[:_PLACES]]
    if set(said) == {"n"} and is_verbal(glosses[0]) and "n" in lexicon.classes(candidate.headword)[:2]:
        # 养画眉, 听画眉叫: a thing wherever it stands, whatever the dictionary begins with.
        things = [each for each in glosses if not is_verbal(each) and cleaned(each)]
        glosses = tuple(dict.fromkeys((*things[:1], *glosses)))
    return glosses


def _first_meant(part: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The glosses of a part, what it means in most words first (源: source, not root)."""
    entries = lexicon.entries(part)
    return (
        tuple(gloss for sense in ordered(entries[0], lexicon) for gloss in sense.glosses) if entries else ()
    )


def _part_glosses(candidate: Candidate, lexicon: Lexicon) -> tuple[str, ...]:
    """`核心 core`, `技术 technology`: what a phrase that the dictionary has not is made of."""
    text = candidate.headword
    if (
        len(text) == 4
        and text[0] == text[1]
        and text[2] == text[3]
        and (single := lexicon.entries(text[1:3]))
    ):
        return single[0].glosses
    tokens = [(word.headword, word.gloss) for word in candidate.words]
    parts = lexicon.parts(text)
    if len(parts) < len(tokens) or len(tokens) == 1:
        # The dictionary has longer pieces than the sentence was cut into: 和风 + 细雨.
        tokens = [(part, () if part in MEANINGS else _first_meant(part, lexicon)) for part in parts]
    if candidate.kind == "idiom" and len(text) == 4 and text[0] == text[2]:
        tokens = [(character, ()) for character in text]  # 大拆大建: said twice, so read one by one
    shown: list[str] = []
    used: list[str] = []
    at = 0
    for part, gloss in tokens:
        if candidate.kind == "idiom" and part in MEANINGS:
            meant: tuple[str, ...] = (MEANINGS[part],)
        else:
            meant = _first_meant(part, lexicon) if len(part) == 1 and part in lexicon else gloss
        meant = tuple(_ARTICLE.sub("", _ASIDE.sub("", each).strip() or each) for each in meant)
        if candidate.kind == "term":
            meant = as_noun(meant, used)
        used += meant[:1]
        # In the script of the text: the pieces follow one another in it as in the headword.
        written = candidate.text[at : at + len(part)] if len(candidate.text) == len(text) else part
        at += len(part)
        shown.append(f"{written} {meant[0]}" if meant else written)
    if candidate.is_coined:
        # What a short form is short for, its characters do not say (网 + 信).
        shown = [each for each, word in zip(shown, candidate.words, strict=False) if len(word.text) > 1]
    return tuple(shown if candidate.kind == "idiom" else dict.fromkeys(shown))
