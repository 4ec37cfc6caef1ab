"""How likely a learner knows a word, and the placement that finds out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from random import Random

import pytest

from studytui.study.knowledge import EQUAL, KNOWN, PROBABLE, Evidence, Knowledge, Tried, difficulty
from studytui.study.placement import MOST, Placement
from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.word_lists import lines


@pytest.fixture(scope="module")
def lexicon() -> Iterator[Lexicon]:
    with closing(Lexicon.open()) as opened:
        yield opened


def _of_level(level: int, lexicon: Lexicon) -> list[str]:
    return list(lexicon.headwords(2, level)[::10])


def _share(knowledge: Knowledge, words: list[str], least: float) -> float:
    return sum(knowledge.chance(word) >= least for word in words) / len(words)


@pytest.mark.parametrize("level", [1, 3, 5, 7])
def test_a_level_said_makes_its_words_known_and_those_far_above_not(level: int, lexicon: Lexicon) -> None:
    knowledge = Knowledge(Evidence(level), lexicon)
    assert _share(knowledge, _of_level(level, lexicon), KNOWN) > 0.6
    assert _share(knowledge, _of_level(level, lexicon), PROBABLE) > 0.98
    if level < 7:
        assert _share(knowledge, _of_level(level + 2, lexicon), PROBABLE) < 0.1


def test_a_scale_of_commonness_is_that_of_the_dictionary(lexicon: Lexicon) -> None:
    sizes = (10, 30, 80, 200, 500, 1272, 2245, 3245, 4316, 5456, 11092)
    rows = lexicon._rows("SELECT zipf FROM word WHERE listed AND NOT proper AND zipf > 0 ORDER BY zipf DESC")
    measured = [rows[size - 1][0] for size in sizes]
    assert measured == pytest.approx([zipf for zipf, _ in EQUAL], abs=0.02)


def test_the_commoner_a_word_or_the_lower_its_level_the_likelier(lexicon: Lexicon) -> None:
    knowledge = Knowledge(Evidence(3), lexicon)
    by_level = [knowledge.chance_of(difficulty(level, 4.5)) for level in range(1, 8)]
    assert by_level == sorted(by_level, reverse=True)
    by_zipf = [knowledge.chance_of(difficulty(None, zipf)) for zipf in (6.5, 5.5, 4.5, 3.5, None)]
    assert by_zipf == sorted(by_zipf, reverse=True)
    assert all(0 <= chance <= 1 for chance in by_level + by_zipf)


def test_marks_move_what_is_thought_of_other_words(lexicon: Lexicon) -> None:
    before = Knowledge(Evidence(3), lexicon)
    fifth = _of_level(5, lexicon)
    more = Knowledge(Evidence(3, known=tuple(fifth[::2])), lexicon)
    less = Knowledge(Evidence(3, unknown=tuple(_of_level(2, lexicon))), lexicon)
    word = fifth[1]
    assert less.chance(word) < before.chance(word) < more.chance(word)


def test_who_says_yes_to_invented_words_is_believed_less(lexicon: Lexicon) -> None:
    said = tuple(Tried(word, True) for word in _of_level(6, lexicon)[:12])
    honest = (*said, *(Tried(word, False, True) for word in lines("invented_words.txt")[:6]))
    guesser = (*said, *(Tried(word, True, True) for word in lines("invented_words.txt")[:6]))
    one, other = (Knowledge(Evidence(tried=tried), lexicon).ability[0] for tried in (honest, guesser))
    assert other < one - 1


def test_invented_words_are_no_words(lexicon: Lexicon) -> None:
    invented = lines("invented_words.txt")
    assert len(set(invented)) == len(invented) >= MOST // 5
    assert not [word for word in invented if word in lexicon or lexicon.tag(word)]


def _taken(lexicon: Lexicon, level: int, knows: Callable[[str], bool], seed: int = 1) -> Placement:
    placement = Placement(lexicon, level, Random(seed))
    while not placement.done:
        word = placement.word
        assert placement.word == word
        placement.answer(word in lexicon and knows(word))
    return placement


@pytest.mark.parametrize(("said", "has"), [(0, 2), (3, 3), (5, 2), (1, 5)])
def test_a_placement_finds_the_level_whatever_was_said(said: int, has: int, lexicon: Lexicon) -> None:
    placement = _taken(lexicon, said, lambda word: (lexicon.level(word) or 9) <= has)
    assert 30 <= len(placement.answers) <= MOST
    words = [word for level in range(1, 8) for word in lexicon.headwords(2, level)[::40]]
    right = [
        (placement.knowledge.chance(word) >= PROBABLE) == ((lexicon.level(word) or 9) <= has)
        for word in words
    ]
    assert sum(right) / len(right) > 0.85


@pytest.mark.parametrize("count", [30, 100])
def test_a_beginner_knows_the_commonest_words(count: int, lexicon: Lexicon) -> None:
    ranked = sorted(
        (word for length in (1, 2) for word in lexicon.headwords(length)),
        key=lambda word: -(lexicon.frequency(word) or 0.0),
    )
    known = frozenset(ranked[:count])
    knowledge = _taken(lexicon, 0, known.__contains__).knowledge
    assert min(map(knowledge.chance, "我你是的不")) >= PROBABLE
    first = [word for length in (1, 2, 3) for word in lexicon.headwords(length, 1)]
    right = [(knowledge.chance(word) >= PROBABLE) == (word in known) for word in first]
    assert sum(right) / len(right) > 0.95


def test_who_knows_no_written_word_is_found_out(lexicon: Lexicon) -> None:
    placement = _taken(lexicon, 4, lambda word: False)
    assert _share(placement.knowledge, _of_level(1, lexicon), PROBABLE) < 0.1


def test_who_has_the_characters_from_japanese_lacks_the_grammar(lexicon: Lexicon) -> None:
    placement = _taken(lexicon, 0, lambda word: lexicon.classes(word)[:1] in ("n", "v", "a"))
    knowledge = placement.knowledge
    assert min(map(knowledge.chance, ("经济", "政府", "学校", "结构"))) > KNOWN
    assert max(map(knowledge.chance, ("已经", "把", "吗", "就"))) < KNOWN


def test_a_word_can_be_asked_again(lexicon: Lexicon) -> None:
    placement = Placement(lexicon, 3, Random(2))
    first = placement.word
    placement.answer(True)
    assert placement.word != first
    placement.take_back()
    assert placement.word == first
    assert placement.answers == ()
