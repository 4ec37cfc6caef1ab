"""The command over all texts: which phrases would help most."""

from __future__ import annotations

from studytui.cli.output import chapter_told, open_workspace, print_object, say, say_aside
from studytui.session.suggestions import shared_phrases
from studytui.study.language.gloss import in_a_line
from studytui.text.pinyin import separate
from studytui.text.script import to_script
from studytui.wording import many


def phrases(limit: int, *, json: bool) -> int:
    """The phrases that would help most over all texts that were opened."""
    with open_workspace() as workspace:
        found = shared_phrases(workspace, limit, chapter_told)
        written = to_script(workspace.collection.config.script)
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
        told = f"{separate(phrase.syllables)}  {in_a_line(phrase.gloss)}"
        say(f"{written(phrase.phrase)}  {told}  ({each.count} times, {where})")
    return 0
