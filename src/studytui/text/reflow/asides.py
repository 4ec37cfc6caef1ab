"""Lines that are no part of what a text says: rules, addresses, advertisements, contents, references.

They are kept, each by itself, and nothing is taught from them. A line counts by its whole shape, not by a
word in it: a sentence about a web page is a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from studytui.text.characters import HAN
from studytui.text.punctuation import CLOSERS, ENDS, PAUSES, POINTS
from studytui.text.reflow.annotations import is_reading
from studytui.text.reflow.line_marks import CHAPTER, MARKDOWN_HEADING
from studytui.text.reflow.lines import Line, safe_line, slice_runs
from studytui.text.web_address import ADDRESS

_SHORT: Final = 60
"""Characters of the longest line that invites or leads elsewhere."""
_INVITES: Final = re.compile(
    # To the reader of a site: follow, vote, subscribe, go on to the next page, remember the address.
    r"求(?:月|推荐|推薦)?票|求(?:推[荐薦]|收藏|订阅|訂閱|打赏|打賞|关注|關注)|(?:请|請)(?:记住|記住|收藏|点击|點擊|关注|關注)"
    r"[^。]{0,8}(?:本站|本[书書]|我们|我們|网址|網址|域名|公众号|公眾號|下一[页頁]|[链連][接結])"
    r"|(?:点击|點擊|长按|長按|扫描?|掃描?)[^。]{0,12}(?:二维码|二維碼|关注|關注|下一[页頁]|原文|链接|連結)"
    r"|关注[^。]{0,8}公众号|關注[^。]{0,8}公眾號|(?:手机|手機)(?:版|端|用[户戶])[^。]{0,6}(?:阅读|閱讀|访问|訪問)"
    r"|(?:更多|欢迎|歡迎|[请請])[^。]{0,14}(?:访问|訪問|登[录陆錄]|浏览|瀏覽|光[临臨]|搜索|搜尋|尽在|盡在)"
    r"[^。]{0,10}(?:www\.|https?:|\.(?:com|net|org|cn|cc))"
    r"|一秒[记記]住|最快更新|更新(?:速度)?最快|[无無][弹彈]窗|加入[书書][签籤]|本[书書]由[^。]{0,12}首[发發]"
    r"|(?:扫码|掃碼)[^。]{0,8}(?:下[载載]|关注|關注|查看)|[请請]勿[转轉][载載]|(?:未[经經][^。]{0,10}|[转轉][载載][请請])(?:[转轉][载載]|注明)"
    r"|[请請]大家收藏|投[^。]{0,6}(?:推荐票|推薦票|月票)"
    r"|最新章[节節]|本站(?:域名|网址|網址|首发|首發)|免[费費](?:阅读|閱讀)[^。]{0,8}(?:网|網|站)"
)
_LEADS: Final = re.compile(
    r"[（(\[【]?\s*(?:本章未完.*+|本章完|全[书書文]完|未完待[续續].*+|待[续續]|跳到(?:导航|導覽|搜索|搜尋|内容|內容).*+"
    r"|跳[转轉至]+[^。]{0,12}|上一[章页頁篇].*+|下一[章页頁篇].*+|返回(?:目[录錄]|首[页頁]|[顶頂]部|上[页頁]).*+"
    r"|[阅閱][读讀]原文|分享到.*+|当前位置[：:].*+|當前位置[：:].*+|您(?:现在)?的位置[：:].*+|打印本页.*+|关闭窗口|(?:分类|分類)[：:][^。]*+|本[页頁]使用了.*+|(?:[来來]源|原[标標][题題])[：:]\s?\S{1,24}|责任编辑[：:].*+|責任編輯[：:].*+|[编編][辑輯][：:]\S{1,8}|广告|廣告|维基百科，自由的百科全书"
    r"|維基百科，自由的百科全書|版[权權]所有.*+|[Cc]opyright\b.*+|©.*+)\s*[）)\]】]?"
)
_LEADERS: Final = ".．·…・"
_PAGE: Final = "0123456789０１２３４５６７８９ivxlc"
_CONTENTS: Final = re.compile(r"[#\s]*(?:[目][\s　]*[录錄次]|[Cc]ontents|CONTENTS)[：:]?")
_ENTRY: Final = re.compile(r"(\S.{0,58}?)(?:[.．·…・]{2,}+|\s)[\s.．·…・]*+[0-9０-９]{1,4}")
_COUNTED: Final = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.、]?\s+(\S.{0,40})")
"""A line of a wiki's table of contents: `1.1 甲骨文`."""
_NAVIGATION: Final = re.compile(
    r"(?=.*(?:首[页頁]|主[页頁]|登[录錄]|注册|註冊))(?:[^|｜>»›。，\s]{1,10}\s*[|｜>»›]\s*){2,}[^|｜。，]{0,12}"
)
_REFERENCES: Final = re.compile(
    r"[#\s]*(?:[0-9一二三四五六七八九十]{1,2}[.、．]?\s*)?(?:参考(?:文献|资料|来源)|參考(?:文獻|資料|來源)"
    r"|引用(?:文[献獻]|[来來]源)|[注註][释釋脚腳]?|外部[链連][接結]|延伸[阅閱][读讀]"
    r"|References|External links)[：:]?"
)
_REFERENCE: Final = re.compile(
    r"[\^↑]\s*\S.*|[\[［]\d{1,3}[\]］].*(?:[\[［][A-Z](?:/[A-Z]{2})?[\]］]|ISBN|doi|https?://|\d{4}).*|.*[\[［][MJDCNPR](?:/OL)?[\]］][.．:].*"
)
_YEAR: Final = re.compile(r"\d{4}")
_CITED: Final = re.compile(r"\d{4}|[《\"“]")
_HAN: Final = re.compile(f"[{HAN}]")
_KANA: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_LATIN_WORD: Final = re.compile(r"[A-Za-z][a-z]+")


def asides(found: Sequence[Line]) -> frozenset[int]:
    """Which of `found` are no part of what the text says."""
    result = _contents(found)
    referring = False
    for index, line in enumerate(found):
        text = line.text
        if _REFERENCES.fullmatch(text):
            referring = True
            continue
        if referring and (MARKDOWN_HEADING.match(text) or CHAPTER.match(text)):
            referring = False
        if is_aside(text) or (referring and _is_reference(text)):
            result.add(index)
    return frozenset(result)


def _contents(found: Sequence[Line]) -> set[int]:
    """The lines of tables of contents: two or more below their heading, chapters or with their pages."""
    result: set[int] = set()
    for index, line in enumerate(found):
        if not _CONTENTS.fullmatch(line.text):
            continue
        listed: list[int] = []
        first: tuple[str, bool] | None = None
        for place in range(index + 1, len(found)):
            text = found[place].text
            entry = _ENTRY.fullmatch(text) or _COUNTED.fullmatch(text)
            title = "".join((entry.group(1) if entry else text).split()), entry is not None
            # It ends where its first entry comes again, or where those with their pages do.
            if (entry is None and not CHAPTER.match(text)) or (
                first and (title[0] == first[0] or title[1] != first[1])
            ):
                break
            first = first or title
            listed.append(place)
        if len(listed) > 1:
            result.update(listed)
    return result


def is_aside(text: str) -> bool:
    """Whether a line is no part of what a text says, by itself."""
    if not any(character.isalnum() for character in text):
        # A rule, a scene break; what could be the end of a wrapped sentence is none.
        return len(text.split()) > 1 or len(text) > 2 or any(map(_is_ornament, text))
    if (
        len(text) <= _SHORT
        and text[-1] != "。"
        and (_leads_to_page(text) or _LEADS.fullmatch(text) or _NAVIGATION.fullmatch(text))
    ):
        return True
    if _REFERENCE.fullmatch(text) or is_reading(text):
        return True
    address = ADDRESS.search(text)
    if address is not None and not _HAN.search(text.replace(address.group(), "")):
        return True
    invitations = len(_INVITES.findall(text)) if len(text) <= _SHORT else 0
    if invitations and (address is not None or invitations > 1):
        return True
    if invitations and not any(mark in text[:-1] for mark in "。！？"):
        return text[-1] != "。"
    kana = len(_KANA.findall(text))
    return kana >= 3 and kana * 5 >= len(text)


def _is_ornament(character: str) -> bool:
    return (
        unicodedata.category(character) in ("So", "Sm", "Po", "Pd")
        and character not in ENDS + PAUSES + POINTS
    )


def without_tail(line: Line) -> list[Line]:
    """A line, and by itself the advertisement that a site has put behind its last sentence, if any."""
    text = line.text
    cut = max((text.rfind(end, 0, -1) for end in ENDS), default=-1) + 1
    while cut and cut < len(text) and text[cut] in CLOSERS:
        cut += 1
    tail = text[cut:]
    if not cut or not (ADDRESS.search(tail) or _INVITES.search(tail)) or not is_aside(tail.strip()):
        return [line]
    first = replace(line, text=text[:cut], runs=slice_runs(line.runs, 0, cut))
    second = safe_line(tail, slice_runs(line.runs, cut, len(text)))
    return [first] if second is None else [first, replace(second, end=line.end)]


def _is_reference(text: str) -> bool:
    """Whether a line under the heading of references is one: an address, a year, a language of its own."""
    return bool(ADDRESS.search(text) or _CITED.search(text) or not _HAN.search(text)) and (
        text[-1] not in ENDS or _YEAR.search(text) is not None
    )


def is_latin(text: str) -> bool:
    """Whether a line is in a Western language alone."""
    return not _HAN.search(text) and len(_LATIN_WORD.findall(text)) >= 2


def _leads_to_page(text: str) -> bool:
    """Whether a line is a title of at most 60 characters, three leaders or more, and a page: `相遇 …… 12`."""
    body = text.rstrip(_PAGE)
    title = body.rstrip(f"{_LEADERS} \t\u3000")
    leaders = sum(character in _LEADERS for character in body[len(title) :])
    return 1 <= len(text) - len(body) <= 5 and leaders >= 3 and 1 <= len(title) <= 60
