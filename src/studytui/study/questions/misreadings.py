"""Likeness of characters and syllables: what the eye and the ear of a learner mix up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from studytui.study.questions.typed_pinyin import sound_of

if TYPE_CHECKING:
    from studytui.text.lexicon.lexicon import Lexicon

_GROUPS = """
己已巳 未末朱 土士 干千于 天夫无 大太犬 人入八 日目曰 白百自 田由甲申 木本术 王玉主 力刀
贝见 鸟乌岛 问间闻闲 买卖实 今令 午牛年 师帅 兔免 折拆析 拔拨泼 治冶 候侯喉 辨辩辫瓣
竞竟境 密蜜 戊戌戍戎 晴睛情请清精 很狠恨根跟 陪部倍培赔 待持特诗 住往注柱 他她地池 快块决缺
跑抱饱炮泡 远运近进 还环坏怀 活话舌 找我 刻该孩核 技枝支 具其 历厉 厂广 休体 低底抵 代化伐
划戏战 拉垃位 拍怕伯 波坡破被皮 抢枪创 论轮伦 沿治 沉沈 海每悔梅 凉谅惊景 渴喝揭竭 燥躁操澡
值植直 偏遍篇编骗 常当堂赏掌 带滞 徒徙 幕墓慕暮募 摸模膜漠 彩采菜踩 换唤焕 暖缓援 侍恃 偿尝
仓仑 兵乒乓 冒昌 冷泠 即既概 却去法 卷券 厅庆 又叉 友反发 叶叹 各名 合舍 含吞 吵炒抄钞
味昧 咬胶校较 园圆图 场扬杨汤 型形 城诚盛成 声产 处外 复夏 夜液 姑估故固 娘浪狼 字学 官宫
宣宜 客容 宽览 导异 少小 尤龙 尽层 居局 岸崖 币市 幸辛 度席 建健键 弟第 张帐胀 徽微
忘忙 怒努 思恩 性姓 总聪 恋变 惯贯 愉偷输 抓爪 投设 护户 拥佣 挡档 捡检险验 掉棹
推堆谁准 播翻 断继 施旋 旅族 显湿 晓浇烧 智知 曾会 最取 材村 杯怀 板版饭 林材 柔矛 根银
桃逃挑跳 欠次 正止 步涉 殊珠株 毫豪 汽气 洗选先 流疏 派脉 测侧则 深探 渡度 温湿 源原
满瞒 灵录 爱受 牧收 状壮 现观 班斑 球救 画面 盗盆 省看 眼眠 破波 础出 确角 社杜 祝视
福副 租组祖阻 种钟 科料 积识职织 究穷 立位 章意 笔毛 简间 素索 级极及 红江工功 约的
线钱浅 经轻径 绍招超 统充 续读 绿录 署暑 群裙 肥把 背北 胜性 脑恼 脱说悦 良食 节艺 苦若
荣营 蓝篮 虚虎 行街 补朴 衰哀 装袋 规现 觉学 计什 讨付 让上 训川 记纪 许午 评平 诉斥
该刻 误吴 诸猪 谈淡 豆登 负员 责债 货贷 赏尝 走足 赶起 距拒 辆两 达边 过迈 迎仰 述术
迷谜 追退 送关 适括 透秀 逐遂 递弟 逢峰 遇偶 遗遣 避壁 郊效 都者 酒洒 酸醋 释译 里理
钉针 铁失 铜同 锋蜂 错借 锻段 门们 闭闲 阅阁 防访 阳阴 院完 除余 险检 陷焰 随隋 难推
需要 鞋靴 顶项 顺须 顾原 预领 颗棵 风凤 飞气 馆官 驶使 骄娇 骑崎 高亮 魂魄 鲜鱼 默墨
龄铃领 茶荼 提题堤 采菜踩 第弟递
"""

_ALIKE: dict[str, frozenset[str]] = {}
for _group in _GROUPS.split():
    for _character in _group:
        _ALIKE[_character] = _ALIKE.get(_character, frozenset()) | frozenset(_group) - {_character}

_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"), ("b", "p"), ("d", "t"),
             ("g", "k"), ("j", "q"), ("q", "x"), ("j", "x"), ("zh", "j"), ("ch", "q"), ("sh", "x"),
             ("zh", "ch"), ("r", "l"))  # fmt: skip
_FINALS = (("an", "ang"), ("en", "eng"), ("in", "ing"), ("ian", "iang"), ("uan", "uang"), ("ao", "ou"),
           ("u", "v"), ("un", "vn"), ("ie", "ve"), ("e", "uo"), ("ui", "ei"), ("iu", "ou"))  # fmt: skip
_SOUNDS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")


def alike(character: str, lexicon: Lexicon | None = None) -> tuple[str, ...]:
    """Characters easily taken for this one, likest first.

    Those that differ by a stroke (己, 已) stand in a list of ours; those that share most of their components
    (揭, 渴, 竭) in the lexicon, without which only the list counts.
    """
    listed = sorted(_ALIKE.get(character, frozenset()))
    return tuple(dict.fromkeys([*listed, *(lexicon.alike(character) if lexicon is not None else "")]))


def redrawn(headword: str, lexicon: Lexicon | None = None) -> Iterator[str]:
    """The headword with one character replaced by one that looks like it; most are no words."""
    for index, character in enumerate(headword):
        for other in alike(character, lexicon):
            yield headword[:index] + other + headword[index + 1 :]


def misheard(syllables: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The reading with one syllable replaced by one that sounds near it: zh for z, ang for an and so on.

    The tone number stays. Some are no Mandarin syllables; a lookup finds nothing for them.
    """
    for index, syllable in enumerate(syllables):
        sound = sound_of(syllable)
        tone = "" if sound.tone is None else str(sound.tone)
        for letters in sorted(_near(sound.letters)):
            spelt = letters.replace("v", "u" if letters[:1] in tuple("jqxy") else "u:")
            yield (*syllables[:index], spelt + tone, *syllables[index + 1 :])


def _near(letters: str) -> frozenset[str]:
    initial = next((sound for sound in _SOUNDS if letters.startswith(sound)), "")
    final = letters[len(initial) :]
    found = {
        other + final for pair in _INITIALS for one, other in (pair, pair[::-1]) if one == initial and final
    }
    found |= {initial + other for pair in _FINALS for one, other in (pair, pair[::-1]) if one == final}
    return frozenset(found - {letters})
