"""Commands over all texts: which to read next, which phrases would help most."""

from __future__ import annotations

from studytui.cli.output import chapter_told, open_workspace, print_object, say, say_aside
from studytui.session.suggestions import readable_texts, shared_phrases
from studytui.study.coverage import AIM
from studytui.study.language.gloss import in_a_line
from studytui.text.pinyin import separate
from studytui.wording import many, share_span


def texts(*, json: bool) -> int:
    """The learner's texts and the bundled ones, what can be read best first."""
    with open_workspace() as workspace:
        found = readable_texts(workspace)
    for text in found:
        if json:
            print_object(
                {
                    "title": text.title,
                    "name": text.name,
                    "words": text.words,
                    "known_low": round(text.low, 4),
                    "known_high": round(text.high, 4),
                    "words_to_95": text.missing,
                }
            )
            continue
        aim = f"{many(text.missing, 'word')} to {100 * AIM:.0f} %" if text.missing else "readable now"
        say(f"{text.title}  ({text.name})  known {share_span(text.low, text.high)} %, {aim}")
    return 0


def phrases(limit: int, *, json: bool) -> int:
    """The phrases that would help most over all texts that were opened."""
    with open_workspace() as workspace:
        found = shared_phrases(workspace, limit, chapter_told)
    if not found:
        say_aside(
            "you have opened no text yet that has a phrase worth learning: `studytui read FILE` opens one"
        )
    for each in found:
        phrase = each.phrase
        if json:
            print_object(
                {
                    "phrase": phrase.phrase,
                    "headword": phrase.headword,
                    "reading": separate(phrase.syllables),
                    "gloss": list(phrase.gloss),
                    "count": each.count,
                    "texts": list(each.texts),
                }
            )
            continue
        where = each.texts[0] if len(each.texts) == 1 else many(len(each.texts), "text")
        meaning = in_a_line(phrase.gloss)
        say(f"{phrase.phrase}  {separate(phrase.syllables)}  {meaning}  ({each.count} times, {where})")
    return 0
