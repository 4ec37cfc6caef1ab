"""What characters mean inside idioms, and which meaning of a word counts inside a term.

A dictionary begins with the meaning of today: 气 is a gas, 天 a day, 正 just now. Idioms are made of the
older ones. The list holds for the language; what it has not is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_MEANINGS = """
之 of, 其 its, 而 and yet, 以 by means of, 于 at, 所 that which, 者 one who, 无 without, 不 not,
有 to have, 如 like, 若 as if, 相 each other, 自 self, 为 to be, 与 with, 莫 nobody, 未 not yet, 非 is not,
可 can, 必 must, 何 what, 则 then, 即 at once, 天 sky, 地 earth, 日 sun, 月 moon, 星 star, 风 wind,
云 cloud, 雨 rain, 雪 snow, 雷 thunder, 水 water, 火 fire, 山 mountain, 石 stone, 海 sea, 江 river,
河 river, 波 wave, 浪 wave, 土 soil, 木 tree, 本 root, 末 tip, 根 root, 枝 branch, 叶 leaf, 花 flower,
草 grass, 林 forest, 源 source, 流 stream, 光 light, 影 shadow, 烟 smoke, 气 air, 朗 bright, 清 clear,
浊 muddy, 正 upright, 邪 evil, 明 bright, 暗 dark, 冷 cold, 热 hot, 寒 cold, 温 warm, 春 spring, 秋 autumn,
朝 morning, 夕 evening, 暮 dusk, 夜 night, 人 person, 民 people, 众 crowd, 君 lord, 臣 minister, 父 father,
母 mother, 子 child, 兄 elder brother, 弟 younger brother, 友 friend, 敌 enemy, 师 teacher, 士 scholar,
兵 soldier, 贼 thief, 鬼 ghost, 神 spirit, 心 heart, 手 hand, 足 foot, 目 eye, 耳 ear, 口 mouth, 舌 tongue,
齿 tooth, 头 head, 首 head, 面 face, 眉 eyebrow, 骨 bone, 肉 flesh, 血 blood, 身 body, 腹 belly, 胆 gall,
马 horse, 牛 ox, 羊 sheep, 虎 tiger, 龙 dragon, 凤 phoenix, 鸟 bird, 鱼 fish, 犬 dog, 狗 dog, 狼 wolf,
兔 rabbit, 鼠 mouse, 蛇 snake, 龟 tortoise, 鸡 chicken, 鹤 crane, 虫 insect, 言 words, 语 speech, 话 talk,
文 writing, 书 book, 字 character, 声 sound, 音 sound, 色 colour, 味 taste, 形 shape, 名 name, 义 justice,
仁 kindness, 礼 courtesy, 智 wisdom, 信 trust, 忠 loyal, 孝 filial, 德 virtue, 才 talent, 能 ability,
力 strength, 功 merit, 过 fault, 罪 guilt, 利 profit, 害 harm, 福 good fortune, 祸 disaster, 吉 lucky,
凶 ominous, 喜 joy, 怒 anger, 哀 grief, 乐 joy, 忧 worry, 愁 sorrow, 惧 fear, 恨 hatred, 爱 love, 恶 evil,
善 good, 美 beauty, 丑 ugly, 真 true, 假 false, 虚 empty, 实 solid, 是 right, 否 not so, 对 right,
错 wrong, 情 feeling, 意 intention, 志 ambition, 愿 wish, 思 to think, 念 to think of, 想 to think,
知 to know, 识 to recognise, 见 to see, 闻 to hear, 听 to hear, 看 to look, 望 to gaze, 视 to look,
观 to watch, 行 to walk, 走 to walk, 来 to come, 去 to go, 进 to advance, 退 to retreat, 出 to go out,
入 to enter, 上 up, 下 down, 左 left, 右 right, 前 front, 后 back, 内 inside, 外 outside, 中 middle,
间 between, 东 east, 西 west, 南 south, 北 north, 高 high, 低 low, 深 deep, 浅 shallow, 远 far, 近 near,
长 long, 短 short, 大 big, 小 small, 多 many, 少 young, 轻 light, 重 heavy, 厚 thick, 薄 thin, 强 strong,
弱 weak, 富 rich, 贫 poor, 贵 precious, 贱 cheap, 新 new, 旧 old, 古 ancient, 今 present, 先 first,
始 beginning, 终 end, 生 life, 死 death, 老 old, 病 illness, 命 life, 世 world, 国 country, 家 family,
城 city, 门 gate, 户 household, 道 way, 路 road, 车 cart, 舟 boat, 船 boat, 刀 knife, 剑 sword, 弓 bow,
箭 arrow, 旗 flag, 鼓 drum, 金 gold, 银 silver, 玉 jade, 珠 pearl, 钱 money, 财 wealth, 衣 clothes,
食 to eat, 酒 wine, 茶 tea, 饭 meal, 米 rice, 事 affair, 物 thing, 理 reason, 法 law, 令 order, 计 plan,
谋 scheme, 机 opportunity, 时 time, 势 momentum, 难 difficulty, 易 easy, 安 peace, 危 danger, 平 level,
和 harmony, 战 war, 争 to contend, 胜 victory, 败 defeat, 成 to become, 得 to gain, 失 to lose, 求 to seek,
取 to take, 舍 to give up, 改 to change, 变 to change, 开 to open, 关 to close, 起 to rise, 落 to fall,
飞 to fly, 跳 to jump, 立 to stand, 坐 to sit, 饮 to drink, 笑 to laugh, 哭 to weep, 歌 song, 舞 dance,
一 one, 二 two, 三 three, 四 four, 五 five, 六 six, 七 seven, 八 eight, 九 nine, 十 ten, 百 hundred,
千 thousand, 万 ten thousand, 半 half, 双 pair, 两 two, 全 whole, 方 side, 职 duty, 责 blame, 备 complete,
逆 against, 顺 along, 异 different, 同 same, 独 alone, 共 together, 并 side by side, 各 each, 每 every,
皆 all, 尽 to exhaust, 绝 to cut off, 断 to break, 连 linked, 满 full, 空 empty
"""

_COMMA = re.compile(r",\s+")
MEANINGS = dict(pair.split(maxsplit=1) for pair in _COMMA.split(_MEANINGS.strip()))
"""By character."""

_NOUN = re.compile(
    r"^[a-z]+(?:ty|ness|ment|tion|sion|ance|ence|ship|ism|ics|ology|ure|ation|al|er|or|dom|age)$"
)
_ADJECTIVAL = re.compile(r"^[a-z]+(?:ful|ous|able|ible|less|ic|ive|ed)$")
_PLAIN = frozenset("safe secure lead good new high free clear open fair common public social able".split())  # noqa: SIM905
_LOOKED_AT = 6


def as_noun(glosses: Sequence[str], used: Sequence[str] = ()) -> tuple[str, ...]:
    """The glosses, one that names a thing first where the first is a verb or an adjective (安全: safety).

    What stands in `used` already goes to the end where there is another: no term is `system + system`.
    """
    if not glosses:
        return ()
    chosen = 0
    first = glosses[0].strip()
    near = 3 if first.startswith("to ") else _LOOKED_AT
    if first.startswith("to ") or first in _PLAIN or _ADJECTIVAL.match(first):
        chosen = next(
            (
                place
                for place, text in enumerate(glosses[:near])
                if _NOUN.match(text.strip()) and text.strip() not in _PLAIN
            ),
            0,
        )
    if glosses[chosen] in used:
        chosen = next((place for place, text in enumerate(glosses[:_LOOKED_AT]) if text not in used), chosen)
    return (glosses[chosen], *(text for place, text in enumerate(glosses) if place != chosen))
