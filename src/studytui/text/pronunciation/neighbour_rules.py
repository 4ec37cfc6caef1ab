"""Which reading a word has beside the words around it: rules over words and their classes.

A rule is a line: a word, its reading, and its neighbours, where `_` is the word itself. A neighbour is

    上|下      one of these words                 ~个        a word that ends so
    n,v        a word that may be a noun or verb  n!,v!      one that is first of all a noun or verb
    -n,v       a word that is neither             *          any word
    ^  $       where a clause begins or ends      @person    a word of a kind

`|` and `,` are the same, and each may be followed by `?` (it may be missing) or `+` (up to four, none too). The first rule that
fits is taken. Classes are the letters of `_tagged`.

Written by hand and looked over on CPP's development set. The rules of `polyphones`, which see characters
alone, are asked where none of these fits.
"""

# ruff: noqa: E501 - a rule is one line

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from studytui.text.lexicon.lexicon import Lexicon
from studytui.text.token import Token

_KINDS = """
person   人 客 民 众 迷 手 工 兵 员 者 师 生 妈 爸 家 母 亲 长 友 子 儿 女 们 爷 奶 哥 姐 弟 妹 夫 妻 h! 小
clothes  衣 裙 裤 服 装 鞋 袜 袍 衫 靴 套 褂 恤 甲 克 背心 裙子 裤子 衣服 袜子 衣裳 婚纱
carried  包 书包 孩子 人 袋 柴 米 筐 篓 行李 箱 箱子 枪 吉他 债 黑锅 老人 妹妹 弟弟 背包 行囊 东西 粮食 水 土 石头 篓子 药箱 相机 弓 剑 锅 娃 婴儿 病人 奶奶 爷爷 妈妈 母亲 父亲 伤员 贷款 责任 房贷
room     家 学校 车 车上 公司 室 宿舍 店 馆 厅 家里 车里 店里 那儿 这儿 飞机 房间 抽屉 机场 单位 里 桌上
text     书 诗 词 单词 课文 文章 台词 古诗 公式 手 生词 脸 身 句子 答案 唐诗 字典 乘法表 歌词 经 稿子 规则 口诀 光 地
kept     孩子 小孩 宝宝 娃 娃娃 孙子 孙女 行李 摊 摊子 店 铺 铺子 羊 牛 鸭 瓜 仓库 犯人 东西 包 箱子 门 家 车 场 狗 猫 弟弟 妹妹 小孩儿 孩儿
washed   衣服 头发 衣裳 嘴 皮肤 口 泪 汗 河 井 嘴唇 墨 漆 水 裤子 毛巾 鞋 被子 地面 眼睛 喉咙 嗓子
office   局 院 校 部 科 处 厂 队 班 组 会 所 团 社 乡 镇 县 市 区 村 省 旅 营 站 馆 庭 行 署 司 室
grown    牙 草 毛 虫 肉 叶 芽 霉 痘 斑 角 翅膀 胡子 疮 刺 苗 花 瘤 个子 个儿 身体 见识 记性 知识 皱纹 头发 出息 本事
learnt   课 功课 课程 作业 学业 工作 进度
fruit    果 果实 瓜 豆 籽 果子 葡萄 苹果 桃 穗 子
"""
"""Kinds of words, by what they end with: `@person` in a rule is any of these."""

_RULES = """
得 dei3   最 * _
得 de2    _ 了|过|出|的|第|第一|第二|第三|冠军|亚军|奖|金牌|银牌|满分|高分|癌症|感冒 -得
得 de2    ^|r!|h|会|能|可能|曾|没|没有|所|的|谁|容易 _ m 分
得 de2    会|能|可能|可以|曾|没|没有|所|容易|想|怕|共|各|再|初|便|始|不 _ n!
得 de2    m,加,减,乘,除以 m? _ m
得 de5    _ 很|太|极|越来越|要命|要死|厉害|不行|慌|不得了
得 de5    伤心|开心|灰心|担心|热心|细心 _
得 dei3   b _ v,d,p
得 dei3   b _ a!
得 dei3   n!,l,b _ b
得 dei3   n!,r! _ 多 长|大|少|久|高
得 dei3   n!,r! _ 趁|按|照|凭|据|用|拿|跟|由|靠|往|向|朝|从|等
得 dei3   ^ 我 看|说|想 _ k! -了|$|过
得 dei3   b,l _ a! v!
得 dei3   l _ 先|马上|立刻|赶快|赶紧|尽快|重新|亲自|提前|经常|常|天天|再|自己|按时|好好
得 dei3   l _ v! m|q
得 dei3   l _ k! n!|m|q|r!|p!
得 dei3   n! _ 重|早|多|少|快|先 v!
得 de5    s|气|冷|热|疼|渴|饿|冻|羞|愁 _
得 de5    v,a _ a
得 de5    v,a _ 很|非常|太|十分|特别|好|更|不|真|多|极|那么|这么|越来越|a!|像|跟|如|比
得 de5    ~得|~着 _
得 dei3   v,a 了|过|完 _ v!,d!,p
得 dei3   还|就|都|也|总|可|只|必|非|至少|最少|起码|肯定|一定|恐怕|大概|又|便|总是|仍|仍然|往往|终究|毕竟|好歹|怎么|必定|全|光|反正 _
得 de5    v!,a! _
得 de5    下|刮 _
得 dei3   _ v,d,p,r,t
得 dei3   n! _ n!|h v!
得 dei3   _ n! 后|前|以后|以前|之前|之后
得 dei3   ^ _ -n!|了|过|到|m
得 dei3   _ m *
得 dei3   _ 多久|多少|多长|几|多大 -的
得 dei3   _ a! v!,n!
得 de2    ^|r!|h! _ n!
还 huan2  _ 不 了|起|清|上|完
还 hai2   _ 是|有|没|没有|不|在|要|能|会|可以|想|得|可|需|需要|应该|应|以为|觉得|真|挺|很|好|行|算 -起|清
还给 hai2|gei3 _ r!|n!|h 的? n? k!
还 huan2  请|再|已|没|需|应|能|可|必须|可以|需要 _ 回|到|给|上
还 huan2  _ 得 起|清|上|完|了
还 huan2  _ 我|你|您|他|她|它|我们|你们|他们|她们|人家|咱|咱们
还 huan2  _ 了|过|清|完|掉|给|完了|清了
还 huan2  把|将 -v? -w? -w? -w? _ -d!
还 huan2  把|将 -w+ _ 来|回来|回去|回|上|到|给|出来|r!
还 huan2  n! _ 上 了|$
还 huan2  n! _ 回来|回去 了
还 huan2  n!,-r 也|都|要|没|不|得|应该|可以|能|必须|快|先|早 _ $
还 huan2  不|没|该|得|再|来|去|分期|按时|及时|如期|准时|忘|忘记|忘了|替 _ $|了|n!|m|r!
还 huan2  _ n! $|了|的|吗|吧|去|给|时|前|之前|以后|后|也|都|就|需要|要
还 huan2  _ n! n! $|了|的|吗|吧|去|给|时|前|之前|以后|后
还 huan2  _ m q? n! $|了
还 huan2  ~书|~钱|~债|~贷|~款|~账|款|能力 _ $
数 shu3   数 一|了 _
数 shu4   q,这,那,的,整,偶,奇,基,约,素 _ -的
数 shu4   _ q,t
数 shu4   没|有|没有|足|满|充|过 _ $
数 shu3   _ 错|准|够|好|了|着|过|完|到|得|不|清|出|起|清楚|数
数 shu3   _ m
数 shu3   v!,p!,d!,r!,h,地,会,能,要,一 _ $|n!,r!
数 shu3   ^ _ n!,r!
数 shu3   n! _ r!,h
数 shu3   ~自己|我|你|他|她|谁|们 _ 吧|呢|着|了|一下
数 shu3   _ * *? 最
转 zhuan4 转 一 _
转 zhuan3 向|往|朝|左|右|后|头|一 _
转 zhuan3 向|往|朝 * _
转 zhuan3 _ 身|弯|院|学|校|车|机|账|给|到|成|为|入|向|过|过来|过去|过头|过身|发|告|而|晴|阴|多云|a!
转 zhuan4 越 _
转 zhuan4 绕|绕着|围|围着|围绕|着 -v! -v!? _
转 zhuan4 _ 起来|个 -来
转 zhuan4 到处|四处|四下里 _
转 zhuan4 _ 一 转
转 zhuan4 _ 了 m|几|好几|许多|很多 家|条|间
转 zhuan4 _ 了? m 个? ~圈|~圈儿|~周
转 zhuan4 _ 了 转
转 zhuan4 转 了 _
转 zhuan4 _ 不 动|停|了
转 zhuan4 _ 着|遍|悠|来转去|不停|不动|圈|圈圈|圈儿
转 zhuan4 _ 得 -$
转 zhuan4 _ 了? m 圈|周|遍|天|会儿|下午|阵|小时|分钟
转 zhuan4 _ 了? 一圈|几圈|半天|一会儿|一会|一下午|一阵
转 zhuan4 _ 来 转
转 zhuan4 去 _
转 zhuan4 在|不|会|能|不停|不断|一直|还|都|飞快|快速|慢慢|缓缓|地|自己|又|开始|打|自 _ $|了
转 zhuan4 n!,h _ $
为 wei2   _ n!,h,r!? 所
为 wei2   _ -v,a,w+ 所
为 wei2   以|把|将|称|选|推举|封|拜|立|任命|命名|改|命 -w? -w? -w? _
为 wei4   我|你|您|他|她|我们|你们|他们|她们|咱们|大家|谁 _ -主|首|人|鱼肉|中心|准|例|荣|m
为 wei4   _ 我|你|您|他|她|它|我们|你们|他们|她们|咱们|大家|谁|人民|自己|此|何|什么
为 wei2   _ -v!+ 的 n! $
为 wei2   目的|职责|任务|宗旨|作用|内容|用途|方式|方法|主题|原则|特点|名称|性质|本质|目标|结果|标准|改|现|则|均|乃|即|就|成|变 _
为 wei4   n!,h,们,f _ -v!,w,f+ -的,w,v! k! $|了|着|过|n!|m|r
为 wei4   n!,h,们,f _ -v!,w,f+ -的,w,v! a! $|了|不已|万分
为 wei4   _ 别人|他人|人家|对方|彼此|人们 -$
为 wei4   @person _ @person|r! 的 n! v!,a!
为 wei4   n!,t,f,h,们 _ v! n!|m|r
为 wei4   n!,h,d!,f _ n!,a!,h n!,h,a!? v!,a! -$,的
为 wei4   @person _ @person *? v!,a!
种 zhong3 m,第,这,那,各,每,何,几,某,多,该,同,哪,此,本,另,的,整,任何,q,一,两,新,亚,多少,哪些 _
种 zhong4 v!,d!,p!,r!,h,f,^,来,能,会,要 _ $
种 zhong4 t,h,r!,v!,f,n! _ 的
种 zhong4 家家|户户|家|家家户户|人人 _ n!
种 zhong4 _ 了|着|过|在|到|下|上|满|得|不|出|好|完|一
种 zhong4 v!,d!,p!,r!,h,f,^,来,能,会,要 _ n!,m,a!
种 zhong4 n! _ n!
长 zhang3 _ 长 了|得
长 chang2 长 _
长 chang2 @clothes|~袖子|~绳子 _ 了
长 chang2 ~米|~尺|~寸|~丈|公里|q!|很|太|更|最|这么|那么|多|较|非常|挺|有点|有些|十分|好|真|够|不够|如此|~年|~时间 _
长 chang2 _ m ~米|~里|~尺|~寸|~丈|km|m|cm
长 zhang3 越 _ 越
长 zhang3 _ 着|得|成|出|满|在|到|起来|大|高|胖|进|个|过|出来|着急|像|歪|好|全|齐|于|m
长 zhang3 f,的|会|能|没|没有|开始|正在|在|又|不断|慢慢|渐渐|上|不再|容易|地|刚|那儿|那里|这儿|这里 _ n!,了
长 zhang3 会|没|没有|开始|正在|在|不断|慢慢|渐渐|不再 _ $
长 zhang3 指挥|舰|机|船|首|官|酋|族|家|学|道|师|庭|亭 _ $|h|n!
长 zhang3 ~上|~里|~边|~中 _ @grown|n!
长 zhang3 _ 了 m|n!|很多|许多|不少|满|一|起来|出来|a
长 zhang3 n!,r!,h _ @grown
长 zhang3 @office _ n!,h,v!,的,$,也,对,就,在,把,兼
长 zhang3 的|任|当|名|位|做|叫|是 里|保|亭|甲 _
看 kan1   在家|回家|帮|替|负责|留下|没人|有人|专门|雇人|请人|整天|帮忙|家里|在家里 r!,n!,h? _ 着|一下|好|一会儿|一会? 的|我|你|他|r!? @kept
看 kan1   没|没有|有|谁 人? _ 着? @kept
看 kan1   警察|保安|~兵|~警|护工|看守|狱警 -w? _ 着|住
看 kan1   请|雇|叫|让|找 n!|h _ @kept
看 kan1   帮|替 我|你|他|她|我们|您|人家|别人 _ 会 儿 @kept
看 kan1   给|帮|替 我|你|他|她|我们|您|人家|别人 _ 着|一下|好? @kept
看 kan1   _ 着|好|住? ~行李|~仓库|~犯人|~摊子|~俘虏|~瓜|~囚犯|~人质
看 kan1   _ 家|家门|门|院|院子 狗|的|$|犬|人
落 luo4   目光|视线|重点|责任|眼光|注意力|笔|工作|任务|手|政策|措施|石头|眼泪|泪|脚 _
落 luo4   目光|视线|重点|责任|眼光|注意力|工作|任务|政策|措施 * _
落 la4    被 _ 在|下|了
落 la4    把|将 -w+ _ 在|到|了|$|下|那儿|这儿|家里
落 la4    _ 在|到 r!|的? @room
落 la4    _ 了|下 一行|一页|一句|一课|一步|一条|一题
落 la4    _ 了|下 m q 字|行|页|课|人|步|词|句|题|东西|点|件
落 la4    _ 下|了? 了? ~功课|~课|~课程|~东西|~包|~手机|~钥匙|~钱包|~作业|~雨伞|~伞|很远|很多|一大截|一截|~人|谁|我|你|他
落 la4    一|什么|也|都|m|q 也|都|不|没|没有 没|不|能|没有|曾? _
落 la4    不|没|没有|别|不能|从不|从没|从未|不要|不会|没有 _ 下 $|n|r|m
落下 la4|xia4 别|没|不|怕|没有|不要|不能|会 _ $|m|n!|什么|谁|r!
落下 la4|xia4 _ 了? 很多|不少|m? @learnt
地 di4    把|将|下|种|扫|拖|擦|耕|翻|锄|犁|浇|租|着|落|满|块|亩|片|占|买|卖|这|那|席|拣|铲|开|分|这块|那块|抢|圈|刨|量|守|m!|多 _
地 de5    ~天天|~步步|~次次|~遍遍|~点点|~渐渐|~个个|~年年 _ v,a,p,d
地 di4    在|到|从|离|于|遍|该|本|原|他|两|三|某|异|此|各|每|何|第|双|一|成|产|驻 _
地 di4    的 _ $|上|里|都|是|很|也|被|已经|已|就|不|有
地 de5    ~声|~次|~下|~样|~遍|~般|~地 _ v,a,p,d
地 de5    a!,d! _ v,a,p,d,r
地 di4    n! _ 会|n!|h|$|的|上|里|和|与|及|有|是|被|已
地 di4    ^|h _ h|n!|在|把|被|会|上|有|是
着 zhao1   m!,这,那,高,妙,几,两,第 _ -急
着 zhao2   不|得 _
干 gan4   我|你|他|她|谁|们|就|都|也|坚决|死活|说什么也|白 不|别|没 _ $|了|呢|的
干 gan1   别|只|就|在|光|都|只能|在这儿|那儿|那里|这里|只好|不能 _ 坐|等|瞪|着急|站|嚎|号|咳|呕|看|笑|坐着|等着|看着|吃
干 gan1   _ 坐|等|瞪|瞪眼|嚎|咳|呕|笑 着|了|几|一|$|到
干 gan1   @washed 很|太|都|快|已经|还没|没|已|还|也|就|有点|特别|不|不太|全|有些|发|更|好? 还|没|要|会? _ 了|$|的|得|透|吗
干 gan1   很|太|有点|有些|比较|又|特别|非常|发|不太|最 _ $|了|，|的|又
扎 za1    _ 着|了|起|个|上? m? q? a!? ~辫|~辫子|~小辫|~头发|~结|~马尾|~带|~带子|~腰带
倒 dao3   s _ 了|$|在|过|的
壳 ke2    a,n,q _ $|里|了|的|上|中|是
石 dan4   m _
宿 xiu3   住|睡|过|歇|留|待|停|熬|借|住了|一 了? m|整|半|几|两? _
宿 xiu3   整|半|几|一|两|整整 _
宿 xiu4   m,星,尾,亢,氐,七,方,二十八,房,心,箕,斗,娄,胃,昴,毕,觜,参,井,鬼,柳,张,翼,轸,角,女,虚,危,室,壁,奎,之 _
背 bei4   在|我|他|你|她|的|后|手|到|r! _ 上|后|部|面|对|向
背 bei1   _ 不|得 动|起|走|了
背 bei4   _ 得|熟|会|完|下|下来|出|出来|过|对|向|不|错|光|靠|诵|风|阴 -动,起,走
背 bei4   _ 着|了|过|完|会|好|熟? m? q? @text
背 bei4   _ 着 * 偷偷|悄悄|私下|暗暗|偷|瞒|又|在外|做|干|跟|和
背 bei1   来|去 _ 吧|$|了|着
背 bei1   把|将 -w? -w? _
背 bei1   _ 着|了|起|上|过|来|下? m? q? a!? @carried
背 bei1   _ 我|你|他|她|您|我们|他们
散 san3   捆|系|扎|绑 *? *? *? _ 了|$
散开 san3|kai1 ~带|~线|~绳|~辫子|~头发|~包袱|~行李 都|也|又|忽然|突然? _
散 san3   ~线|~绳|~带|~扣|~绷带 也|都|就|快|又? _ 了|开
散 san3   ~鞋带|~头发|~辫子|~包袱|~行李|~绳子|~结构|~文章|~骨架|~队形|~架 很|太|都|也|又|已经|还|没|全|就? _
散 san3   很|太|有点|比较|有些|松|零|太过|过于|懒|不 _ $|的|了
散 san3   _ 着|的 ~头发|~发|~钱|~书|~东西|$
率 shuai4 _ ~军|~兵|~部|~众|~师|~队|~舰|~机|~团|~骑|~卒|~领|~员|~人|~将
率 shuai4 _ m ~军|~兵|~人|~余|~骑
率 lu:4   n!,t,年,月,日 _
重 chong2 _ v! 了? m 遍|次|回|下
调 tiao2  把|将 -w? -w? _ 到|成|大|小|高|低|亮|暗|快|慢|好|得|慢|准|为
调 tiao2  _ 一下|一点|点|下|大|小|高|低|亮|暗|~音量|~温度|~颜色|~琴|~弦|~钢琴|~频道|~台|~时间|~亮度|~空调|~闹钟|~参数|~味|~酒|~汁|~馅|~料
吐 tu4    _ 了 $|一地|半天|又|好几|~次
吐 tu4    _ 了 m 次|回|地|天
吐 tu4    喝|吃|醉|晕|看|笑|闻 _ 了|$
吐 tu4    又|想|要|恶心|直|老|一直|上|都|就|晕车|老是|全 _ $|了|又|得
结 jie1   _ 满 了? @fruit
结 jie1   _ 满|出|了|着? m? 很多|许多|不少|q? @fruit
晃 huang3 一 _ 而|就|m|~年|$|几
薄 bo2    单|微|菲|淡|浅|日|厚|稀|尖|轻 _
奔 ben4   _ 着|向|往|r!|~市|~家|~北京|~上海|大|~站|~学校|~门口|~战场|n!
拧 ning3  _ 开|紧|松|上|下|螺丝|不|动|瓶盖|~盖|~盖子|水龙头
背着 bei1|zhe5  _ m? q? a!? @carried -偷偷|悄悄|私下|暗暗
下载 xia4|zai4 _
听得见 ting1|de5|jian4 _
吓得发抖 xia4|de5|fa1|dou3 _
差得多 cha4|de5|duo1 _
穿着 chuan1|zhe5  _ m,q
穿着 chuan1|zhe5  _ a!? @clothes
穿着 chuan1|zhe5  r!,h,n!,身上 _ a!,n!,r!,v! -$,不,很
"""

_REACH = 8
"""How many words on either side are seen."""
_EDGE = "。/w "
_UNITS = frozenset(
    ("小时", "钟头", "星期", "礼拜", "周", "岁", "人", "国", "地", "天", "年", "公里", "千米", "分钟", "秒钟")
)
"""What numbers count with, though it is no measure word."""

Rule = tuple[tuple[str, ...], re.Pattern[str], re.Pattern[str]]


def by_neighbours(
    headword: str, sentence: str, start: int, tokens: Sequence[Token], at: int, lexicon: Lexicon
) -> tuple[str, ...] | None:
    """The reading of a word between the words before and after it; None without a rule that fits.

    Args:
        headword: the word, in simplified characters.
        sentence: its sentence, in simplified characters.
        start: where it stands in the sentence.
        tokens: of a paragraph that holds the sentence.
        at: which of them the word is.
        lexicon: what tells the neighbours' classes.
    """
    rules = _table().get(headword)
    if rules is None:
        return None
    offset = tokens[at].start - start
    seen = [
        _tagged(sentence[max(0, token.start - offset) : token.end - offset], token, lexicon)
        if 0 <= token.start - offset < len(sentence)
        else _EDGE
        for token in tokens[max(0, at - _REACH) : at + _REACH + 1]
    ]
    own = min(at, _REACH)
    before, after = _EDGE + "".join(seen[:own]), "".join(seen[own + 1 :]) + _EDGE
    for reading, behind, ahead in rules:
        if behind.search(before) and ahead.match(after):
            return reading
    return None


def _tagged(text: str, token: Token, lexicon: Lexicon) -> str:
    """A word with its classes, as the rules' patterns see it: `老师/n `, `得/u `.

    Classes: those of `Lexicon.classes`; for what they call other, jieba's own letter (r pronoun, p preposition,
    c conjunction, u and y particles, f side, q measure word). Of our own: b a verb with its object (吃饭), l
    another verb of two characters or more that is no adjective, s a verb or adjective of one character, k a verb
    that is no noun, q what is counted with, h a name, m a number, w punctuation, x Latin letters.
    """
    if token.kind != "word":
        kind = {"name": "h", "number": "m", "latin": "x"}.get(token.kind, "w")
        return f"{text.replace('/', '.').strip()}/{kind} "
    tag = lexicon.tag(text)[:1]
    if tag == "m":
        tag = "q" if len(text) == 1 else "o"
    classes = lexicon.classes(text).replace("o", tag if tag in "rpcuyfqdh" else "o") or tag
    if len(text) == 1:
        classes += "s" if classes[:1] in ("v", "a") or tag in ("v", "a") else ""
    elif (classes.startswith("v") or tag == "v") and "a" not in classes:
        classes += "b" if lexicon.classes(text[-1]).startswith("n") else "l"
    if classes.startswith("v") and "n" not in classes:
        classes += "k"
    if "q" not in classes and any(
        gloss.startswith("classifier for") for entry in lexicon.entries(text) for gloss in entry.glosses
    ):
        classes += "q"
    return f"{text}/{classes} "


def is_counted_with(token: Token, lexicon: Lexicon) -> bool:
    """Whether a number before a word counts with it: 2个, 2小时, 2人."""
    if token.kind != "word":
        return False
    return (
        token.text in _UNITS
        or lexicon.tag(token.text)[:1] in ("q", "m")
        or "q" in _tagged(token.text, token, lexicon)
    )


@cache
def _table() -> dict[str, list[Rule]]:
    kinds = {}
    for line in _KINDS.strip().splitlines():
        name, *endings = line.split()
        kinds[name] = "|".join(each if each.isascii() else f"~{each}" for each in endings)
    rules: dict[str, list[Rule]] = {}
    for line in _RULES.strip().splitlines():
        headword, reading, *around = line.split()
        place = around.index("_")
        behind, ahead = (
            "".join(_pattern(each, kinds) for each in some) for some in (around[:place], around[place + 1 :])
        )
        # A neighbour begins where the one before it ends.
        rule = (tuple(reading.split("|")), re.compile(rf"(?:^|(?<= )){behind}\Z"), re.compile(ahead))
        rules.setdefault(headword, []).append(rule)
    return rules


_KIND = re.compile(r"@(\w+)")
_BETWEEN = re.compile("[|,]")


def _pattern(neighbour: str, kinds: dict[str, str]) -> str:
    """A neighbour of a rule as a regular expression over words with their classes."""
    often = {"?": "?", "+": "{0,4}"}.get(neighbour[-1], "")
    body = neighbour[: -1 if often else None]
    others = body.startswith("-")
    body = _KIND.sub(lambda kind: kinds[kind[1]], body.removeprefix("-"))
    choices = "|".join(_choice(each) for each in _BETWEEN.split(body))
    return rf"(?:(?!{choices})[^/ ]*/\w* ){often}" if others else f"(?:{choices}){often}"


def _choice(choice: str) -> str:
    if choice == "*":
        return r"[^/ ]*/\w* "
    if choice in ("^", "$"):
        return r"[^/ ]*/w "
    if choice.startswith("~"):
        return rf"[^/ ]*{choice[1:]}/\w* "
    if choice.isascii():
        return rf"[^/ ]*/{choice[0]}\w* " if choice.endswith("!") else rf"[^/ ]*/\w*{choice}\w* "
    return rf"{choice}/\w* "
