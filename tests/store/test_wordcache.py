"""Words of a long text come back from the cache as they were, or not at all."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import studytui.text
from studytui.store import word_cache
from studytui.text import word_lists
from studytui.text.annotate import Annotator, open_annotator
from studytui.text.document import Document, Paragraph
from studytui.text.lexicon.lexicon import PACKAGED, Lexicon
from studytui.text.reflow.reflow import read_document
from studytui.text.source.source import load
from studytui.text.words.segment import Segmenter


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return open_annotator()


def files(folder: Path) -> list[Path]:
    return sorted((folder / "words").glob("*"))


@pytest.mark.parametrize("name", ["two-teas", "newspaper"])
def test_words_come_back_as_they_were(name: str, annotator: Annotator, tmp_path: Path) -> None:
    document = read_document(load(name))
    words = annotator.document(document).words
    word_cache.save(tmp_path, document, words, annotator)
    kept = word_cache.load(tmp_path, document, annotator)
    assert kept is not None
    assert tuple(kept) == words
    assert len(files(tmp_path)) == 1


def test_traditional_and_odd_characters_come_back(annotator: Annotator, tmp_path: Path) -> None:
    text = "他們說：「網路」、㐂𠮷、COVID-19、7亿、the end 重慶銀行行長。"
    document = Document("x", "x", "utf-8", (Paragraph("paragraph", text, range(len(text))),))
    words = annotator.document(document).words
    word_cache.save(tmp_path, document, words, annotator)
    kept = word_cache.load(tmp_path, document, annotator)
    assert kept is not None
    assert tuple(kept) == words


def test_another_text_or_a_damaged_file_is_not_taken(annotator: Annotator, tmp_path: Path) -> None:
    document = read_document(load("two-teas"))
    assert word_cache.load(tmp_path, document, annotator) is None
    word_cache.save(tmp_path, document, annotator.document(document).words, annotator)
    assert word_cache.load(tmp_path, read_document(load("margins")), annotator) is None
    (path,) = files(tmp_path)
    whole = path.read_bytes()
    later = whole.replace(b'"format":2', b'"format":9')
    another = whole.replace("茶".encode(), "水".encode())
    unknown = whole.replace(b'"punctuation"', b'"noise"')
    for damaged in (b"", whole[:-5], b"[]", b'{"format":2,"paragraphs":[]}', later, another, unknown):
        assert damaged != whole
        path.write_bytes(damaged)
        assert word_cache.load(tmp_path, document, annotator) is None


def test_a_disk_that_cannot_be_written_is_no_fault(annotator: Annotator, tmp_path: Path) -> None:
    (tmp_path / "words").write_text("in the way", encoding="utf-8")
    document = read_document(load("two-teas"))
    word_cache.save(tmp_path, document, annotator.document(document).words, annotator)
    assert word_cache.load(tmp_path, document, annotator) is None


def test_only_the_last_files_are_kept(annotator: Annotator, tmp_path: Path) -> None:
    for number in range(word_cache.MOST_FILES + 5):
        text = f"第{number}天，我们去上学。"
        document = Document("x", "x", "utf-8", (Paragraph("paragraph", text, range(len(text))),))
        word_cache.save(tmp_path, document, annotator.document(document).words, annotator)
    assert len(files(tmp_path)) == word_cache.MOST_FILES


def document_of(text: str) -> Document:
    return Document("x", "x", "utf-8", (Paragraph("paragraph", text, range(len(text))),))


def test_the_words_of_another_text_of_the_same_length_are_not_taken(
    annotator: Annotator, tmp_path: Path
) -> None:
    one, other = document_of("银行行长。"), document_of("小王看书。")
    word_cache.save(tmp_path, one, annotator.document(one).words, annotator)
    assert word_cache.load(tmp_path, other, annotator) is None


def test_words_cut_by_another_dictionary_are_not_taken(annotator: Annotator, tmp_path: Path) -> None:
    document = document_of("银行行长。")
    word_cache.save(tmp_path, document, annotator.document(document).words, annotator)
    copy = tmp_path / "lexicon.sqlite"
    shutil.copyfile(PACKAGED, copy)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE meta SET value = 'others' WHERE key = 'inputs'")
    lexicon = Lexicon.open(copy)
    assert word_cache.load(tmp_path, document, Annotator(lexicon, Segmenter(lexicon))) is None
    lexicon.close()


def test_words_cut_by_other_code_are_not_taken(
    annotator: Annotator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = document_of("银行行长。")
    word_cache.save(tmp_path, document, annotator.document(document).words, annotator)
    package = Path(studytui.text.__path__[0])
    for changed in ("words/segment.py", "pronunciation/token_readings.py", "pinyin.py", "annotate.py"):
        copy = tmp_path / changed.replace("/", "-")
        shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
        with (copy / changed).open("a", encoding="utf-8") as file:
            file.write("# another version\n")
        with monkeypatch.context() as patched:
            patched.setattr(studytui.text, "__path__", [str(copy)])
            word_cache.code.cache_clear()
            assert word_cache.load(tmp_path, document, annotator) is None
    lists = tmp_path / "lists"
    shutil.copytree(word_lists.FOLDER, lists)
    with (lists / "polyphones.txt").open("a", encoding="utf-8") as file:
        file.write("行 xing2  .   .\n")
    with monkeypatch.context() as patched:
        patched.setattr(word_lists, "FOLDER", lists)
        word_cache.code.cache_clear()
        assert word_cache.load(tmp_path, document, annotator) is None
    word_cache.code.cache_clear()
    assert word_cache.load(tmp_path, document, annotator) is not None
