"""The closed lists: words of grammar, which neither begin nor end a phrase, and openings that point back."""

from __future__ import annotations

_GLUE = """
我国 本国 我方 我省 我市 本省 本市 本报 本刊
的 地 得 了 着 过 吗 呢 吧 啊 呀 嘛 啦 哦 哎 喂 嗯 么 之 者 所 等 等等 似的 的话 而已 罢了 我 你 您
他 她 它 我们 你们 他们 她们 它们 咱 咱们 自己 人家 别人 大家 彼此 本人 某 某些 各 各自 各位 这 那
哪 这个 那个 哪个 这些 那些 哪些 这里 那里 哪里 这儿 那儿 哪儿 这样 那样 这么 那么 这种 那种 这边
那边 这次 那次 这时 那时 此 此时 其 其他 其它 其中 其实 另 另外 每 每个 每天 任何 一切 所有 有的
有些 一些 一点 一点儿 谁 什么 怎么 怎样 怎么样 为什么 多少 几 何 如何 为何 多么 是 不是 有 没有 没
无 不 别 勿 未 非 就是 也是 还是 都是 便是 即 即使 即便 就要 就会 也许 或许 可能 大概 能 会 要 想 该
可 可以 能够 应 应该 应当 必须 需要 愿意 肯 敢 不能 不会 不要 不用 不必 不得 不可 不该 和 与 跟 同
及 以及 并 并且 而 而且 或 或者 但 但是 可是 然而 不过 只是 却 则 因 因为 因此 因而 所以 由于 于是
如果 假如 要是 若 虽 虽然 尽管 既 既然 无论 不论 不管 只要 只有 除非 除了 除 甚至 何况 况且 不仅
不但 不只 从而 否则 以便 以免 以利于 例如 比如 譬如 然后 接着 此外 总之 并非 而是 也就是 就 才 也 还
都 又 再 更 最 很 太 挺 真 好 极 极其 非常 十分 特别 尤其 相当 比较 稍 稍微 有点 有点儿 越 越来越
更加 更为 最为 过于 如此 几乎 差不多 大约 约 只 仅 仅仅 光 单 共 总 总共 一共 全 全都 已 已经 曾
曾经 刚 刚刚 刚才 正 正在 在 将 将要 快要 便 仍 仍然 仍旧 依然 一直 总是 常 常常 经常 往往 有时
有时候 时常 永远 从来 从不 忽然 突然 马上 立刻 立即 终于 究竟 到底 毕竟 居然 竟然 果然 当然 确实
的确 真的 一定 必然 当 当时 时 时候 以前 以后 之前 之后 之间 之中 之一 之类 后 前 后来 以来 起来 于
从 自 自从 向 往 朝 对 对于 关于 至于 由 被 把 让 使 叫 给 为 为了 以 用 按 按照 根据 依照 通过 经过
随着 沿着 比 跟着 到 至 直到 离 凭 靠 像 好像 如 如同 似乎 连 替 因着 作为 称为 成为 变成 当作 上 下
里 内 外 中 间 左 右 旁 边 面 上面 下面 里面 外面 前面 后面 旁边 中间 里边 外边 上边 下边 方面
一方面 来 去 起 出 进 回 开 过来 过去 上来 上去 下来 下去 出来 出去 进来 进去 回来 回去 开来 一 二
两 三 四 五 六 七 八 九 十 百 千 万 亿 零 半 多 少 几个 许多 很多 不少 大量 无数 一个 一样 一般 一起
一边 一下 一下子 个 位 名 条 张 本 件 家 座 次 遍 趟 种 些 点 块 元 年 月 日 号 天 岁 分 秒 点钟
小时 分钟 双 群 批 头 匹 棵 朵 片 颗 粒 杯 碗 瓶 盘 段 句 篇 首 幅 辆 架 艘 台 部 套 届 项 层 道 股
阵 场 份 米 公里 斤 公斤 今天 昨天 明天 做 搞 弄 使得 进行 予以 加以 给予 说 说道 表示 指出 强调
认为 觉得 看来 据说 所谓 看看 第 初 老 小 大 新 哈 唉 嗨 喔 咦 哼 呵 嘿 啥 咋 俺 仨 俩 不再 不用说
就算 哪怕 为止 左右 以内 以外 以上 以下 不断 当天 此次 今后 有关 相关 之所以 是否 能否 可否 不知
不同 同样 同时 首先 其次 最后 最终 各种 多种 种种 多次 再次 一再 进一步 有所 有着 具有 属于 位于
等于 在于 来自 出于 有利于 无法 没法 不见 不到 得到 来到 去到 看到 听到 看见 听见
"""

_CONNECTIVES = """
但 但是 可是 然而 不过 却 因此 所以 因而 于是 而 而且 并
并且 从而 则 否则 然后 接着 同时 此外 另外 甚至 反而 其实 总之
那么 后来 相反 首先 其次 最后
"""

_POINTERS = """
他们 她们 它 它们 这 那 这些 那些 这个 那个 这样 那样 这里 那里
这儿 那儿 这种 那种 此 其 该 其中 这时 那时 这次 那次 也 又 还
而是 便是 也是 就是 都是 还是 乃是 正是
或 或者 以及 及 和 与 以便 以利于 就 才 只是 之后 此后 对此 为此 如此 之前
"""

_SPEAKING = """
说 道 问 答 喊 叫 写道 说道 问道 答道 喊道 回答 指出
强调 表示 认为 觉得 告诉 介绍 解释 宣布 想 知道 发现 写着 看到 听说
"""

_SETTINGS = """
时候 地方 时 以后 之后 后 以前 之前 前 来说 期间 之际 同时 起 为止 而言 看来 来看
"""

_CONDITIONS = """
虽然 虽 尽管 如果 假如 要是 若 只要 只有 因为 由于 无论 不论
不管 即使 哪怕 除非 不但 不仅 不只 既然 与其 一旦 随着 除了 当
从 为了 按照 根据 自从 关于 对于 至于 每当 正如
"""

DUAL = frozenset(
    "正上下大小新多少里中好外内左右前后间来去出进起回开老真光单全共自同如若以而之无不何所相因才往头面道天年月日分点块"
    "名本件家座次双对群片粒碗瓶盘段句首台层股阵场和声合向"
)
"""Function words that are as much at home inside idioms: 风清气正, 无本之木, 走来走去."""

FUNCTION_WORDS = frozenset(_GLUE.split())
"""Words that hold sentences together, and the commonest of verbs: they begin, end or make no phrase."""

CONNECTIVES = frozenset(_CONNECTIVES.split())
"""Openings that join a sentence to the one before, and may be left off."""

POINTERS = frozenset(_POINTERS.split())
"""Openings that mean something said before, which the learner does not see."""

SPEAKING = frozenset(_SPEAKING.split())
"""Verbs after which something said or thought is expected."""

SETTINGS = frozenset(_SETTINGS.split())
"""Ends of a clause that only says when, where or for whom."""

CONDITIONS = frozenset(_CONDITIONS.split())
"""Openings of a clause that waits for another one."""
