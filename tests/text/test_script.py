"""A simplified text in traditional characters: what OpenCC reads over the borders of words is put right."""

from __future__ import annotations

import pytest

from studytui.text.script import convert


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("但是只能这样", "但是只能這樣"),
        ("可是只要你来", "可是只要你來"),
        ("我还是只想睡觉", "我還是只想睡覺"),
        ("她就是只能等", "她就是只能等"),
        ("一只猫和两只狗", "一隻貓和兩隻狗"),
        ("这只鸟飞走了", "這隻鳥飛走了"),
        ("我只有一只手套", "我只有一隻手套"),
        ("一大只狗", "一大隻狗"),
        ("最大只能这样", "最大只能這樣"),
        ("他形单影只", "他形單影隻"),
        ("他会修钟", "他會修鐘"),
        ("我发现钟是错的", "我發現鐘是錯的"),
        ("三点钟见", "三點鐘見"),
        ("他们一见钟情", "他們一見鍾情"),
        ("事务所里没有人", "事務所裡沒有人"),
        ("离这儿三公里", "離這兒三公里"),
        ("头发和发现", "頭髮和發現"),
    ],
)
def test_each_word_has_its_own_traditional_form(simplified: str, traditional: str) -> None:
    assert convert(simplified, "s2tw") == traditional
