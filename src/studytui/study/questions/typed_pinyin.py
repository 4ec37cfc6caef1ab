"""Typed pinyin: every usual way to write it, read against the reading that is expected.

Letters and tones are compared apart. Syllables are those of CC-CEDICT (`lu:4`, `r5`); within this module
ü is `v`, also after j, q, x and y where pinyin writes `u` and some people type `v`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from studytui.text.pronunciation.zhuyin import is_zhuyin, typed_as_pinyin

_TONES_LAST = re.compile(r"(\D*[^\W\d]\s*)([0-5]{2,})")
"""`fazhan13`"""
_TABLE = """
    a ai an ang ao e ei en eng er o ou yo
    ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu
    pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu
    ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu
    fa fan fang fei fen feng fo fou fu fiao
    da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo
    ta tai tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo
    na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nun nuo nv nve
    la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve
    ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo
    ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo
    ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo
    ji jia jian jiang jiao jie jin jing jiong jiu jv jvan jve jvn
    qi qia qian qiang qiao qie qin qing qiong qiu qv qvan qve qvn
    xi xia xian xiang xiao xie xin xing xiong xiu xv xvan xve xvn
    zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo
    cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo
    sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo
    ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo
    za zai zan zang zao ze zei zen zeng zi zong zou zu zuan zui zun zuo
    ca cai can cang cao ce cei cen ceng ci cong cou cu cuan cui cun cuo
    sa sai san sang sao se sen seng si song sou su suan sui sun suo
    ya yai yan yang yao ye yi yin ying yong you yv yvan yve yvn
    wa wai wan wang wei wen weng wo wu
    m n ng hm hng r
"""
_SYLLABLES = frozenset(_TABLE.split())
"""Every syllable of standard Mandarin with the interjections, and erhua's `r`, without tones."""

_TONE_MARKS = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0306": 3, "\u0300": 4}
_DIAERESIS = "\u0308"
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Sound:
    """One syllable: its letters (ü is `v`) and its tone."""

    letters: str
    tone: int | None
    """1 to 5, 5 is neutral; None where none was written."""


@dataclass(frozen=True, slots=True)
class SyllableVerdict:
    """One syllable of an answer beside what was expected there."""

    expected: str
    """As `he2`; empty where the learner wrote one too many."""
    given: str
    """As `he2`, or `he` where no tone was written; empty where one is missing."""
    letters: bool
    """The letters are right."""
    tone: bool
    """The tone is right (citation, sandhi, or neutral unmarked)."""

    @property
    def right(self) -> bool:
        """Letters and tone are right."""
        return self.letters and self.tone


def sound_of(syllable: str) -> Sound:
    """The sound of a dictionary syllable: `lu:4` -> `Sound("lv", 4)`, `O` -> `Sound("o", None)`."""
    letters, tone = syllable, None
    if syllable[-1:].isdigit():
        letters, tone = syllable[:-1], int(syllable[-1])
    return Sound(_umlauts(letters.lower().replace("u:", "v").replace("ü", "v")), tone)


def is_spoken(syllables: Sequence[str]) -> bool:
    """Whether a reading can be asked for: every syllable is Mandarin (not `xx5`, a Latin letter or `·`)."""
    return bool(syllables) and all(
        sound.letters in _SYLLABLES and sound.tone is not None for sound in map(sound_of, syllables)
    )


def accepted_tones(syllables: Sequence[str], headword: str = "") -> tuple[frozenset[int | None], ...]:
    """For each syllable, the tones that count as right.

    The dictionary's tone always does. So does tone sandhi (Chao 1968): 一 and 不 before a fourth tone are
    second, 一 before another is fourth; a third tone before a third is second; 一 and 不 inside a word
    (看一看, 是不是) may be neutral. A neutral tone may be left out. 一 and 不 are recognised by the
    characters of `headword` where it has one for each syllable.
    """
    sounds = [sound_of(syllable) for syllable in syllables]
    characters = headword if len(headword) == len(sounds) else "\0" * len(sounds)
    accepted: list[frozenset[int | None]] = []
    for index, (sound, character) in enumerate(zip(sounds, characters, strict=True)):
        following = sounds[index + 1].tone if index + 1 < len(sounds) else None
        tones: set[int | None] = {sound.tone}
        if sound.tone in (5, None):
            tones |= {5, None}
        if character == "一":
            tones.add(1)
            if following in (4, 5):
                tones.add(2)
            if following in (1, 2, 3):
                tones.add(4)
            if 0 < index < len(sounds) - 1 and characters[index - 1] == characters[index + 1]:
                tones |= {5, None}  # 看一看
        elif character == "不":
            tones.add(4)
            if index > 0:
                tones |= {5, None}  # 是不是, 对不起
            if following in (4, 5):
                tones.add(2)
        elif sound.tone == 3 and following == 3:
            tones.add(2)
        accepted.append(frozenset(tones))
    return tuple(accepted)


def compare(given: str, syllables: Sequence[str], headword: str = "") -> tuple[SyllableVerdict, ...]:
    """Lay typed pinyin beside the expected reading, a verdict for each syllable.

    `given` is whatever was typed: marks or numbers, any case, spaces or none, or zhuyin. Among all ways to
    cut it into syllables the one nearest to `syllables` is taken, so `xian` is read as xi'an where that is
    asked.
    """
    expected = [sound_of(syllable) for syllable in syllables]
    tones = accepted_tones(syllables, headword)
    if is_zhuyin(given):
        given = typed_as_pinyin(given, _SYLLABLES)
    plain = unicodedata.normalize("NFKC", given).lower().strip()
    trailing = _TONES_LAST.fullmatch(plain)
    given_tones = None
    if trailing is not None and len(trailing[2]) == len(expected):
        plain = trailing[1]
        given_tones = [int(digit) or 5 for digit in trailing[2]]
    marks = _marks(plain)
    pairs = _align(marks, expected, tones, given_tones)
    verdicts = []
    for sound, index in pairs:
        if index is None:
            verdicts.append(SyllableVerdict("", _written(sound), False, False))
        elif sound is None:
            verdicts.append(SyllableVerdict(syllables[index], "", False, False))
        else:
            letters = _same(sound.letters, expected[index].letters)
            verdicts.append(
                SyllableVerdict(syllables[index], _written(sound), letters, sound.tone in tones[index])
            )
    return tuple(verdicts)


@dataclass(frozen=True, slots=True)
class _Mark:
    """One letter as typed, the tone on it or after it, and whether a syllable must begin here."""

    letter: str
    tone: int | None
    begins: bool


def _marks(text: str) -> list[_Mark]:
    """Letters with their tones; look-alike letters are evened out."""
    plain = text.replace("ɡ", "g").replace("ɑ", "a")
    marks: list[_Mark] = []
    begins = True
    for character in unicodedata.normalize("NFD", plain):
        last = marks[-1] if marks else None
        if character in _TONE_MARKS and last is not None:
            marks[-1] = _Mark(last.letter, _TONE_MARKS[character], last.begins)
        elif last is not None and (
            (character == _DIAERESIS and last.letter == "u") or (character == ":" and last.letter == "u")
        ):
            marks[-1] = _Mark("v", last.tone, last.begins)
        elif character in "012345" and last is not None:
            marks[-1] = _Mark(last.letter, int(character) or 5, last.begins)
            begins = True
        elif "a" <= character <= "z":
            marks.append(_Mark(character, None, begins))
            begins = False
        elif unicodedata.combining(character):
            continue
        else:
            begins = True
    return marks


def _umlauts(letters: str) -> str:
    """Letters with `v` for every ü, also where pinyin writes u (ju) or a passport yu (lyu)."""
    if letters[:1] in tuple("jqxy") and letters[1:2] == "u":
        return letters[0] + "v" + letters[2:]
    if letters in ("lyu", "nyu", "lyue", "nyue"):
        return letters[0] + "v" + letters[3:]
    if letters in ("lue", "nue"):
        return letters[0] + "ve"
    return letters


def _same(given: str, expected: str) -> bool:
    """Whether letters agree; erhua may be spelt out as `er`."""
    return given == expected or (expected == "r" and given == "er")


def _written(sound: Sound | None) -> str:
    if sound is None:
        return ""
    letters = sound.letters
    letters = letters.replace("v", "u") if letters[:1] in tuple("jqxy") else letters.replace("v", "u:")
    return letters + ("" if sound.tone is None else str(sound.tone))


@cache
def _is_syllable(letters: str) -> bool:
    return letters in _SYLLABLES


_MISSING, _EXTRA, _LETTERS, _NO_SYLLABLE, _TONE = 9.0, 9.0, 4.0, 6.0, 1.0
"""Costs of an alignment: any tone is cheaper than any letter, and any letter than a syllable."""


def _distance(given: str, expected: str) -> float:
    """0 for the same letters, 1 for nothing in common: the longest common subsequence, normalised."""
    row = [0] * (len(expected) + 1)
    for left in given:
        diagonal = 0
        for index, right in enumerate(expected, start=1):
            diagonal, row[index] = (
                row[index],
                max(diagonal + 1 if left == right else 0, row[index], row[index - 1]),
            )
    return 1 - 2 * row[-1] / (len(given) + len(expected))


def _align(
    marks: Sequence[_Mark],
    expected: Sequence[Sound],
    tones: Sequence[frozenset[int | None]],
    given_tones: Sequence[int] | None,
) -> list[tuple[Sound | None, int | None]]:
    """The cheapest way through both: (what was given, which expected syllable), either may be None."""
    rows, columns = len(marks), len(expected)
    best: list[list[tuple[float, tuple[int, int] | None, tuple[tuple[Sound | None, int | None], ...]]]] = [
        [(float("inf"), None, ())] * (columns + 1) for _ in range(rows + 1)
    ]
    best[0][0] = (0.0, None, ())

    def reach(
        row: int,
        column: int,
        cost: float,
        origin: tuple[int, int],
        *pairs: tuple[Sound | None, int | None],
    ) -> None:
        if cost < best[row][column][0]:
            best[row][column] = (cost, origin, pairs)

    for row in range(rows + 1):
        for column in range(columns + 1):
            cost = best[row][column][0]
            if cost == float("inf"):
                continue
            here = (row, column)
            if column < columns:
                reach(row, column + 1, cost + _MISSING, here, (None, column))
            for end in range(row + 1, min(rows, row + _LONGEST + 1) + 1):
                if end > row + 1 and marks[end - 1].begins:
                    break
                sound = _sound(marks[row:end])
                if sound is None:
                    break
                unknown = 0.0 if _is_syllable(sound.letters) else _NO_SYLLABLE
                reach(end, column, cost + _EXTRA + unknown, here, (sound, None))
                if column == columns:
                    continue
                if given_tones is not None:
                    sound = Sound(sound.letters, given_tones[column])
                step = unknown + (0.0 if sound.tone in tones[column] else _TONE)
                wanted = expected[column].letters
                if not _same(sound.letters, wanted):
                    step += _LETTERS + _distance(sound.letters, wanted)
                elif unknown:
                    step -= unknown
                reach(end, column + 1, cost + step, here, (sound, column))
                # Erhua in one piece: `wanr2` for wan2 r5.
                erhua = column + 1 < columns and expected[column + 1].letters == "r"
                if erhua and sound.letters.endswith("r") and sound.letters not in ("r", "er"):
                    stem = Sound(sound.letters[:-1], sound.tone)
                    step = 0.0 if stem.tone in tones[column] else _TONE
                    if stem.letters != wanted:
                        step += _LETTERS + _distance(stem.letters, wanted)
                    reach(end, column + 2, cost + step, here, (stem, column), (Sound("r", None), column + 1))
    path: list[tuple[Sound | None, int | None]] = []
    row, column = rows, columns
    while (origin := best[row][column][1]) is not None:
        path[:0] = best[row][column][2]
        row, column = origin
    return path


def _sound(marks: Sequence[_Mark]) -> Sound | None:
    """The letters of a stretch as one sound, or None if it carries two tones."""
    written = [mark.tone for mark in marks if mark.tone is not None]
    if len(written) > 1:
        return None
    letters = _umlauts("".join(mark.letter for mark in marks))
    return Sound(letters, written[0] if written else None)
