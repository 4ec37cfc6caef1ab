"""The commonest reading of words that CC-CEDICT gives several, where its order does not tell.

Written by hand: function words and everyday verbs, as a learner meets them first.
"""

from __future__ import annotations

_TABLE = """
的 de5  了 le5  着 zhe5  得 de5  地 di4  过 guo4  还 hai2  都 dou1  为 wei4  和 he2  就 jiu4
要 yao4  会 hui4  好 hao3  行 xing2  长 chang2  中 zhong1  重 zhong4  只 zhi3  教 jiao1  种 zhong3
差 cha4  少 shao3  数 shu4  发 fa1  当 dang1  倒 dao4  分 fen1  干 gan4  更 geng4  号 hao4
间 jian1  将 jiang1  角 jiao3  结 jie2  看 kan4  空 kong1  乐 le4  累 lei4  量 liang4  率 shuai4
没 mei2  难 nan2  便 bian4  切 qie1  曲 qu3  散 san4  色 se4  上 shang4  下 xia4  省 sheng3
盛 sheng4  似 si4  宿 su4  调 diao4  弹 tan2  提 ti2  通 tong1  吐 tu3  应 ying1  相 xiang1
兴 xing4  血 xue4  压 ya1  与 yu3  载 zai4  占 zhan4  涨 zhang3  正 zheng4  转 zhuan3  作 zuo4
做 zuo4  大 da4  不 bu4  一 yi1  那 na4  哪 na3  这 zhe4  谁 shei2  他 ta1  她 ta1  它 ta1
什么 shen2 me5  说 shuo1  背 bei4  藏 cang2  朝 chao2  尽 jin4  卷 juan3  卡 ka3  落 luo4  冒 mao4
闷 men4  模 mo2  泊 bo2  薄 bao2  剥 bao1  扁 bian3  别 bie2  并 bing4  参 can1  曾 ceng2  查 cha2
场 chang3  称 cheng1  乘 cheng2  吃 chi1  冲 chong1  处 chu4  传 chuan2  创 chuang4  答 da2
打 da3  单 dan1  担 dan1  到 dao4  的话 de5 hua4  点 dian3  钉 ding1  斗 dou4  度 du4  对 dui4
多 duo1  恶 e4  个 ge4  给 gei3  供 gong1  观 guan1  冠 guan1  汗 han4  喝 he1  荷 he2  核 he2
横 heng2  哄 hong3  划 hua4  华 hua2  化 hua4  混 hun4  几 ji3  济 ji4  系 xi4  假 jia3  降 jiang4
觉 jue2  校 xiao4  解 jie3  禁 jin4  劲 jin4  经 jing1  句 ju4  圈 quan1  可 ke3  壳 ke2  来 lai2
里 li3  俩 lia3  露 lu4  绿 lu:4  论 lun4  麻 ma2  吗 ma5  嘛 ma5  么 me5  埋 mai2  脉 mai4
蒙 meng2  秘 mi4  面 mian4  磨 mo2  娘 niang2  宁 ning2  弄 nong4  炮 pao4  喷 pen1  片 pian4
漂 piao1  铺 pu1  奇 qi2  起 qi3  强 qiang2  悄 qiao1  亲 qin1  去 qu4  任 ren4  撒 sa1  塞 sai1
扫 sao3  杀 sha1  舍 she3  身 shen1  什 shi2  石 shi2  食 shi2  识 shi2  属 shu3  刷 shua1  思 si1
宿舍 su4 she4  踏 ta4  趟 tang4  挑 tiao1  帖 tie1  头 tou2  王 wang2  往 wang3  委 wei3  吓 xia4
鲜 xian1  削 xiao1  心 xin1  姓 xing4  旋 xuan2  呀 ya5  咽 yan4  要是 yao4 shi5  叶 ye4  饮 yin3
有 you3  予 yu3  语 yu3  员 yuan2  晕 yun1  扎 zha1  炸 zha4  择 ze2  粘 zhan1  张 zhang1  折 zhe2
知 zhi1  止 zhi3  轴 zhou2  属于 shu3 yu2  主 zhu3  著 zhu4  抓 zhua1  钻 zuan1  啊 a5  吧 ba5
呢 ne5  啦 la5  把 ba3  被 bei4  本 ben3  比 bi3  从 cong2  但 dan4  等 deng3  东西 dong1 xi5
地方 di4 fang5  大意 da4 yi4  大夫 dai4 fu5  地道 di4 dao5  多少 duo1 shao5  告诉 gao4 su5
精神 jing1 shen2  人家 ren2 jia5  兄弟 xiong1 di4  孙子 sun1 zi5  老子 Lao3 zi3  自然 zi4 ran2
说法 shuo1 fa5  实在 shi2 zai4  对头 dui4 tou2  运气 yun4 qi5  下水 xia4 shui3  生意 sheng1 yi5
买卖 mai3 mai5  火烧 huo3 shao1  编辑 bian1 ji2  利害 li4 hai4  厉害 li4 hai5  朝阳 zhao1 yang2
便宜 pian2 yi5  转动 zhuan4 dong4  转向 zhuan3 xiang4  结果 jie2 guo3  明朝 Ming2 chao2  好处 hao3 chu5
花儿 hua1 r5  儿 er2  当月 dang1 yue4  当年 dang1 nian2
当时 dang1 shi2  当天 dang1 tian1  当日 dang1 ri4  上当 shang4 dang4  正当 zheng4 dang4
好事 hao3 shi4  好学 hao4 xue2  看中 kan4 zhong4  一行 yi1 xing2  一道 yi1 dao4  倒是 dao4 shi5
幢 zhuang4  艮 gen4  杓 shao2  炔 que1  靡 mi3  纥 he2  阙 que4  晟 sheng4  翘 qiao4  豁 huo4
迤 yi3  刹 cha4  隽 jun4  刨 pao2  卜 bu3  煞 sha4  町 ting3  翟 zhai2  椎 zhui1
故事 gu4 shi5  本事 ben3 shi5  妻子 qi1 zi5  结实 jie1 shi5  大方 da4 fang5  大爷 da4 ye5  当晚 dang1 wan3
出息 chu1 xi5  卷子 juan4 zi5  得罪 de2 zui5  把手 ba3 shou5  下场 xia4 chang5  大都 da4 dou1  世故 shi4 gu5
摆设 bai3 she5  琢磨 zuo2 mo5  起来 qi3 lai5  口音 kou3 yin1  雨 yu3
胖 pang4  价 jia4  合 he2  咳 ke2  所长 suo3 zhang3  看好 kan4 hao3
"""


_NAMES = """
塞 sai4  帖 tie3  勒 le4  柏 bo2  卜 bu3  隽 jun4  晟 sheng4  翟 zhai2  艮 gen4  汗 han2  茜 xi1  肖 xiao1
什 shi2  葛 ge3  盖 gai4  娜 na4  尔 er3  泽 ze2  乐 le4
"""


def _readings(table: str) -> dict[str, str]:
    preferred: dict[str, str] = {}
    headword = ""
    for piece in table.split():
        if piece[-1].isdigit():
            preferred[headword] = f"{preferred[headword]} {piece}".strip()
        else:
            headword = piece
            preferred[headword] = ""
    return preferred


PREFERRED_READINGS = _readings(_TABLE)
"""Simplified headword -> its commonest reading, as in `Entry.syllables`, joined by spaces."""

IN_NAMES = _readings(_NAMES)
"""Character -> its reading inside a name that no dictionary lists, where its reading in words differs."""
