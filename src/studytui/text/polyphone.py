"""Which reading a character of several has beside its neighbours.

Written by hand for everyday polyphones that stand as a token of their own; the readings of whole words are
the dictionary's. A rule is a line: the character, its reading, what comes before it, what comes after it
(regular expressions, `.` for anything). The first rule that fits is taken.
"""

# ruff: noqa: E501 - a rule is one line

from __future__ import annotations

import re
from functools import cache

_RULES = r"""
得 de2    .   [了过]?(?:第|冠军|金牌|银牌|奖|满分|高分|重病|癌|\d)
得 de2    (?:^|[他她我你也就都])   了[^吗，。？！]
得 dei3   (?:^|[，。；！？、])   (?:先|去|赶|把|找|让|给|想|有|多|看|靠|等|买|走|回|马上)
得 dei3   [我你您们咱谁家还总可就都也又只非必]|大家|今天|明天|现在|以后|学生   (?!很|更|不|太|多|好|像|到|出|那|这|如|比|非常|特别|十分|越|最|极|真|有点)
地 di4    [这那此各每当某本外工田土耕占征拆坐落遍满扫天雪块片亩]   .
地 di4    (?:^|[，。；！？、在是])   .
地 di4    .   (?:$|[，。；！？、的上里下和与都多少])
地 de5    [\u4e00-\u9fff]{2}|慢|快|静   [\u4e00-\u9fff]
着 zhao2  [不得]   .
着 zhao2  [睡找猜点碰]   (?:了|$|[，。！？])
了 liao3  [\u4e00-\u9fff]不   .
了 liao3  [\u4e00-\u9fff]得   (?:$|[吗，。！？])
还 huan2  .   (?:给|钱|债|书|清|款|贷|我|你|了|过|的|账|人情|不起|不清|得起)
还 huan2  [借偿归没]   .
都 du1    [建迁定国旧故陪古首三之]   (?:$|[，。、的之])
行 hang2  [二两三四五六七八九十几每数第\d]|第.|[字银商支分总央]   (?!人|为|动|走|程|李|政|驶)
行 hang2  一   (?:字|诗|泪|树|小字|大字|文字|代码|眼泪|白鹭|脚印)
行 hang2  .   (?:字|代码|距|业)
长 zhang3 .   (?:得|出|成|满|着|了|在|个|到|大|高|胖|势|进|子|老师)
重 chong2 .   (?:新|建|复|修|返|来|写|读|做|拾|申|逢|演|访|游|回|现|启|组|开|走|看|听|印|译|排|装|归|提|聚|操|燃|办|[上]映)
重 chong2 [一两三四五六七八九十数双几万千]   .
为 wei2   [成称作认分视变定化改选译转名列评推封誉奉尊任判当设命贬升降建均即约皆原曾多实系是且所故以结沦更译换合缩扩分能]|主要|分别   .
为 wei4   .   (?:了|什么|此|何|[你我您他她它]|咱|人民|大家|国|祖国|老百姓|自己|孩子|学生|父|母|别人|群众|用户|顾客|社会|企业|农民|客人|全|广大|民)
为 wei2   .   (?:主|止|首|限|例|\d|[一二三四五六七八九十]|人(?![才民们类家员])|中心|期|时|代表|核心|导|基础|重点|目标|界|准|先|荣|所|非|伍|邻|家|其|该|负|正|零|“|《|（)
为 wei4   (?:^|[，。；！？：“、要会来能可应愿去请还也并且而不将都就])|一直|专门|必须|需要|可以|应该   .
为 wei2   [\u4e00-\u9fff]   .
好 hao4   [嗜喜爱独偏各][^，。]?   .
只 zhi3   .   (?:是|有|能|要|会|不|为|在|想|怕|见|好|需|顾|剩|管|知|说|用|花)
只 zhi1   [一二两三四五六七八九十百千万几数每这那哪半另整多某\d]   .
教 jiao4  [佛宗基回儒信传入该国本各]   .
种 zhong3 [一二两三四五六七八九十百千几每这那哪各多某此何该同另数\d半]   .
种 zhong4 .   (?:树|花|菜|地|田|了|上|下|着|植|草|粮|棉|瓜|豆|果|庄稼|麦|稻|玉|满|过|什么|点|些|水|茶)
差 cha1   [相偏误时温落色价逆顺反高级之方公]   .
数 shu3   数一   .
中 zhong4 .   了?(?:奖|彩|毒|计|枪|弹|暑|标|签|邪|靶)
中 zhong4 [击打猜看射选命说考押]   .
数 shu3   .   (?:数|钱|一数|了|着|到|得|不清|起|星)
发 fa4    [头理白黑长短金银卷毛染烫洗剪美护假鬓]   .
倒 dao3   [摔跌绊推病打晕累吓扑压昏滑撞击倾刮吹]   .
倒 dao3   .   (?:下|在|地|闭|塌|了(?:$|[，。！？；下])|了下)
干 gan1   [晒烘擦晾吹烤口嘴饼豆枯不风弄]   .
干 gan1   .   (?:的|净|燥|旱|裂|杯|草|粮|果|巴|了[，。])
更 geng1  [一二三四五打]   .
将 jiang4 [大小上中少名老武参主猛部降守战副爱敌良健众诸魏汉]   (?:$|[，。、的之军领])
空 kong4  [有没抽得闲留填]   .
空 kong4  .   (?:着|出|下来|格|缺)
乐 yue4   [音声器奏配民西古礼管弦雅哀]   .
乐 yue4   .   (?:器|曲|队|团|谱|坛|章|理|手|评|句)
累 lei3   .   (?:计|积|加|次|代)
量 liang2 .   (?:一|了|着|体|身|尺|血|过)
难 nan4   [灾苦遇落逃国海空受避蒙患劫罹]   .
曲 qu1    [弯扭歪卷]   .
曲 qu1    .   (?:折|线|面)
散 san3   .   (?:文|漫|装|光|架)
盛 cheng2 .   (?:饭|汤|菜|水|满|上|了|一|着|在)
调 tiao2  .   (?:好|成|高|低|大|小|慢|快|试|一|味|准|匀|色)
弹 dan4   [子炸导核氢原枪炮飞中流信催毒燃榴实]   .
应 ying4  .   (?:邀|聘|征|试|变|急|运|[^，。]{1,14}?(?:邀请|之邀|要求|请求|之约))
应 ying4  [回响答供适呼照]   .
相 xiang4 [照首丞宰面扮真亮洋变看国]   .
兴 xing1  .   (?:建|办|修|起)
载 zai3   [记登刊转连》一二三四五六七八九十千数]   .
转 zhuan4 .   (?:圈|动|着|盘|轮|悠|椅|速|了[一几两]圈|来转去|个不停|得)
转 zhuan4 [打旋自公团]   .
背 bei1   .   (?:着|包|书|起|上|了|负|孩子|过河|走|回)
藏 zang4  [西宝青汉援进入川]   .
藏 zang4  .   (?:族|民|文|语|区|历|獒|医|羚|香)
朝 zhao1  .   (?:夕|阳|气|霞|晖|露)
卷 juan4  [试考答画案书第一二两三四五六七八九十百千万上中下全开闭问手首各\d]|多少   .
卷 juan4  .   (?:一|二|三|四|五|上|中|下|首|\d|（|第|宗|子)
卡 qia3   .   (?:住|在|壳|脖)
闷 men1   .   (?:热|声|着头|头|在家)
磨 mo4    [石推水电]   .
磨 mo4    .   (?:盘|坊|面|豆)
泊 po1    [湖血水梁]   .
宁 ning4  .   (?:可|愿|肯|死|要|折)
铺 pu4    [店床卧上中下当肉药饭]   .
强 qiang3 .   (?:迫|求|笑|词|忍)
撒 sa3    .   (?:播|种|满|落|在|些|点|上)
塞 sai4   [边要出关]   .
舍 she3   [取割难不]   .
舍 she3   .   (?:弃|不得|得|己|身)
系 ji4    .   (?:鞋|带|领|安全|扣|上|围|着|好|紧|红)
吐 tu4    .   (?:血|奶|沫|得)
吐 tu4    [呕想要]   .
扎 za1    .   (?:辫|头|马尾|蝴蝶结)
炸 zha2   .   (?:鸡|鱼|酱|油|薯|丸|春卷|得|好|着吃|虾)
折 she2   .   (?:了[，。]|断了)
冲 chong4 .   (?:着|他|她|我|你)
处 chu3   .   (?:于|在|得|理|置|世|死|以)
传 zhuan4 [自外列小正评史别》]   .
传 zhuan4 .   (?:记|略|》)
斗 dou3   [一二两三四五六七八九十北漏烟八]   .
观 guan4  [道寺]   .
冠 guan4  [夺三卫弱]   .
划 hua2   .   (?:船|桨|算|拳|破|着|水|火柴|到对岸)
假 jia4   [放请休度寒暑病事婚产年长节天日月]   .
假 jia4   .   (?:期|日|条)
降 xiang2 [投受招诱劝归诈纳]   .
觉 jiao4  [睡午一]|睡[了个]|大|一个   .
校 jiao4  .   (?:对|订|正|勘|稿)
露 lou4   .   (?:脸|馅|一手|面|马脚)
没 mo4    [淹沉埋吞隐出]   .
没 mo4    .   (?:收|落|顶|过)
少 shao4  [年恶老]   .
奇 ji1    .   (?:数)
血 xie3   [流出]了?[点一]?   .
削 xue1   [剥]   .
便 pian2  .   (?:宜)
率 shuai4 .   (?:领|队|军|团|部|兵|众|先|师|代表)
率 shuai4 [亲直]   .
模 mu2    .   (?:样|具|板|子)
缝 feng4  [一门裂石条墙]   .
担 dan4   [一二两三四五六七八九十重]   .
钉 ding4  .   (?:上|住|在|扣|了|死)
藉 jie4   .   .
间 jian4  .   (?:隔|断|谍|接|苗)
挨 ai2    .   (?:打|饿|骂|冻|揍|批|了|过)
晃 huang3 .   (?:眼)
称 chen4  .   (?:心|职)
挑 tiao3  .   (?:战|起|拨|衅|逗|动|灯)
扇 shan1  .   (?:风|了|动|扇|着)
圈 juan4  [羊猪牛马]   .
症 zheng1 .   (?:结)
屏 bing3  .   (?:住|气|息)
乘 sheng4 [千万百]   .
沉 chen2  .   .
咽 ye4    [呜哽]   .
咽 yan1   .   (?:喉)
拗 niu4   [执]   .
"""


@cache
def _table() -> dict[str, list[tuple[str, re.Pattern[str], re.Pattern[str]]]]:
    rules: dict[str, list[tuple[str, re.Pattern[str], re.Pattern[str]]]] = {}
    for line in _RULES.strip().splitlines():
        character, reading, before, after = line.split()
        anything = re.compile("")
        rules.setdefault(character, []).append(
            (
                reading,
                anything if before == "." else re.compile(rf"(?:{before})\Z"),
                anything if after == "." else re.compile(after),
            )
        )
    return rules


def by_context(character: str, before: str, after: str) -> str | None:
    """The reading of a character between the text before it and the text after it; None without a rule."""
    for reading, behind, ahead in _table().get(character, ()):
        if behind.search(before) and ahead.match(after):
            return reading
    return None
