from __future__ import annotations

from studytui.text.document import Source
from studytui.text.reflow.reflow import read_document
from studytui.text.source.formats.markdown import read_markdown


def blocks(text: str) -> list[tuple[str, str, bool]]:
    found = read_markdown(text.encode(), "x.md")
    return [(block.kind, found.text[block.start : block.end], block.wrapped) for block in found.blocks or ()]


def test_kinds_are_kept_apart_and_marks_taken_off() -> None:
    text = """---
title: "河"
---
# 河边的*书店*

他**已经**在[河边](http://example.org "x")住了`二十`年，![图](a.png)很久。

> 引用的话。

- 第一
- 第二 <ruby>字<rt>zì</rt></ruby>

| 日子 | 水位 |
| --- | --- |
| 周一 | 三米 |

```python
x = "*中*"
```
"""
    assert blocks(text) == [
        ("heading", "河边的书店", False),
        ("paragraph", "他已经在河边住了二十年，很久。", False),
        ("paragraph", "引用的话。", False),
        ("list", "第一", False),
        ("list", "第二 字", False),
        ("table", "日子 | 水位\n周一 | 三米", False),
        ("code", 'x = "*中*"', False),
    ]
    assert read_markdown(text.encode(), "x.md").title == "河"


def test_lines_of_a_paragraph_may_be_wraps_and_breaks_on_purpose_are_verse() -> None:
    assert blocks("今天的天气很好，我们\n一起去公园。\n\n河水流，\\\n白云走，\\\n人回头。\n") == [
        ("paragraph", "今天的天气很好，我们\n一起去公园。", True),
        ("verse", "河水流，\n白云走，\n人回头。", False),
    ]


def test_a_wrapped_paragraph_is_joined_and_its_characters_keep_their_places() -> None:
    lines = "# 题目\n\n昨天夜里下了一场很大的雨，早上起来\n院子里到处都是水，连小路也看不见了。\n"
    found = read_markdown(lines.encode(), "x.md")
    document = read_document(Source("x", "x", found.text, found.encoding, found.blocks))
    heading, paragraph = document.paragraphs
    assert (heading.kind, heading.text) == ("heading", "题目")
    assert paragraph.text == "昨天夜里下了一场很大的雨，早上起来院子里到处都是水，连小路也看不见了。"
    assert [found.text[place] for place in paragraph.origin] == list(paragraph.text)


def test_a_large_file_is_read_in_parts_and_loses_nothing() -> None:
    text = "".join(f"## 第{n}节\n\n这是第{n}节的*正文*，不长。\n\n" for n in range(6000))
    found = blocks(text)
    assert len(found) == 12000
    assert found[-1] == ("paragraph", "这是第5999节的正文，不长。", False)


def test_the_marks_of_note_takers_are_taken_off() -> None:
    text = (
        "今天去了[[公园|城里的公园]]和[[图书馆#二楼]]，==很高兴==[^1]。%%以后再写%%\n\n![[照片.png]]我们吃了饭。\n\n"
        "[^1]: 第一次去。\n\n代码`[[a]]`和 1 == 2 不变。[^没有]"
    )
    assert blocks(text) == [
        ("paragraph", "今天去了城里的公园和图书馆，很高兴。", False),
        ("paragraph", "我们吃了饭。", False),
        ("paragraph", "代码[[a]]和 1 == 2 不变。", False),
        ("aside", "第一次去。", False),  # said beside the text: nothing is asked of it
    ]


def test_a_box_to_tick_is_no_text() -> None:
    assert [text for _, text, _ in blocks("- [ ] 买一本新书\n- [x] 给妈妈打电话\n")] == [
        "买一本新书",
        "给妈妈打电话",
    ]


def test_what_kind_of_remark_it_is_and_names_of_paragraphs_are_no_text() -> None:
    found = read_markdown("> [!note] 记得复习。\n\n我读了书。 ^a1b2\n\n面积是 x^2\n".encode(), "x.md")
    assert found.text.split("\n") == ["记得复习。", "我读了书。", "面积是 x^2"]
