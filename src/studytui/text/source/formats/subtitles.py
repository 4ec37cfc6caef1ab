"""SubRip, WebVTT and SubStation subtitles and LRC lyrics: what is said or sung, without times and styles."""

from __future__ import annotations

import re
from html import unescape

from studytui.errors import StudytuiError
from studytui.text.characters import HAN
from studytui.text.punctuation import CLOSERS, ENDS, PAUSES
from studytui.text.source.encoding import decode
from studytui.text.source.formats.extract import Composer, Extract, folded
from studytui.text.source.garbled import put_right

MAX_BYTES = 16 * 1024 * 1024
"""The largest file that is read: a hundred long films."""

_ARROW = re.compile(
    r"(?:\d{1,9}:)?\d{1,9}:\d{1,2}[.,:]\d{1,3}\s*-->\s*(?:\d{1,9}:)?\d{1,9}:\d{1,2}[.,:]\d{1,3}.*"
)
_SUBSTATION = re.compile(r"^\[(?:Script Info|Events)\]", re.IGNORECASE | re.MULTILINE)
_COUNTER = re.compile(r"\d{1,9}")
_APART = re.compile(r"\b(?:STYLE|REGION|NOTE)\b|WEBVTT(?:\s|\Z)|X-TIMESTAMP-MAP")
# Tags of SubRip and WebVTT (a name, a voice, a time), then the overrides of SubStation.
_RUBY = re.compile(r"<rt[^>]{0,100}>.*?(?:</rt>|\Z)", re.IGNORECASE | re.DOTALL)
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,80})?[ \t]+([^>\n]{1,60})>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:[A-Za-z][\w.-]{0,40}(?:[ \t=][^<>\n]{0,300})?|\d[\d:.]{0,20})/?>")
_OVERRIDE = re.compile(r"\{\s{0,3}[\\*][^{}]{0,2000}\}|\{[\\*]?an?\d\}")
_DRAWING = re.compile(r"\{[^{}]{0,2000}\\p[1-9][^{}]{0,2000}\}")
_STOPS = frozenset(ENDS + PAUSES + CLOSERS + "—")
# Of LRC: a line's times at its beginning, a word's time inside it; and what it says of the song.
_SUNG = re.compile(r"^[ \t]*+\[\d{1,3}:\d\d(?:[.:]\d{1,3})?\]", re.MULTILINE)
_LRC_TIME = re.compile(r"\[\d{1,3}:\d\d(?:[.:]\d{1,3})?\]|<\d{1,3}:\d\d(?:[.:]\d{1,3})?>")
_LRC_TAG = re.compile(r"\[([A-Za-z#]{1,10}):(.{0,200})\]")
_HAN = re.compile(f"[{HAN}]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]{2}")
_LATIN = re.compile("[^\\W\\d_]{2}")
_ROLLING = 6
"""Lines that a rolling caption shows at once, at most."""
_DASH = re.compile(r"^[-－–—]\s*(?=\S)")


def read_subtitles(raw: bytes, shown: str) -> Extract:
    """What is said in the subtitles `raw`: one block a cue, its lines joined.

    A cue is a block of its own, since a film's sentences rarely run over cues, and since one line of speech
    is what a learner hears at once. Two speakers in a cue (lines that begin with a dash) are two blocks, and
    so are two languages. What a rolling caption shows again is left out, and so is a cue that is the one
    before again.

    Raises StudytuiError if the file is too large, in no known encoding, or has no cues.
    """
    if len(raw) > MAX_BYTES:
        raise StudytuiError(
            f"{shown} has more than {MAX_BYTES >> 20} MB of subtitles: split it and open the parts."
        )
    text, encoding = decode(raw)
    text, notices = put_right(text, shown)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if _SUNG.search(text) and "-->" not in text:
        return _lyrics(text, encoding, notices, shown)
    substation = _SUBSTATION.search(text) is not None
    cues = _substation(text) if substation else _timed(text)
    composer = Composer()
    before: list[str] = []
    for cue in cues:
        lines = [line for line in (folded(line) for line in cue) if line]
        fresh = _fresh(before, lines)
        two = sum(_DASH.match(line) is not None for line in lines) > 1
        chinese, other = _languages(fresh)
        for said in _speakers(chinese, two):
            composer.add("dialogue" if two else "paragraph", said)
        if other:
            composer.add("aside", " ".join(other))
        before = lines or before
    return _finished(composer, encoding, notices, shown)


def _finished(
    composer: Composer, encoding: str, notices: tuple[str, ...], shown: str, title: str = ""
) -> Extract:
    found = composer.finish(encoding, title, notices=notices)
    if not found.blocks:
        raise StudytuiError(f"{shown} has no subtitles in it that can be read: fetch it again.")
    return found


def _lyrics(text: str, encoding: str, notices: tuple[str, ...], shown: str) -> Extract:
    """The lines of LRC lyrics, each once, in the order of the file; `[ti:…]` is the title."""
    composer = Composer()
    title = ""
    for line in text.split("\n"):
        tag = _LRC_TAG.match(line.strip())
        if tag is not None:
            title = tag.group(2).strip() if tag.group(1).lower() == "ti" else title
        else:
            composer.add("verse", folded(_LRC_TIME.sub("", line)))
    return _finished(composer, encoding, notices, shown, title)


def _timed(text: str) -> list[list[str]]:
    """The lines of each cue of SubRip or WebVTT, in order."""
    cues: list[list[str]] = []
    cue: list[str] | None = None
    for line in text.split("\n"):
        stripped = line.strip()
        if "-->" in line and _ARROW.fullmatch(stripped):
            # SubRip puts a number, WebVTT may put a name, on the line before: it fell to the cue before.
            if cue and cue[-1] != "" and _COUNTER.fullmatch(cue[-1].strip()):
                cue.pop()
            cue = []
            cues.append(cue)
        elif cue is not None:
            if stripped:
                cue.append(line)
            elif cue and cue[-1] != "":
                cue.append("")
    return [_plain_cue(_own(cue)) for cue in cues]


def _own(cue: list[str]) -> list[str]:
    """`cue` without what follows it: the number or name of the next one, a note, a style."""
    if "" not in cue:
        return cue
    kept: list[str] = []
    stanza: list[str] = []
    for line in (*cue, ""):
        if line:
            stanza.append(line)
            continue
        # An empty line inside a cue happens; a lone number or a note after one is not speech.
        if not kept or not (
            _APART.match(stanza[0] if stanza else "")
            or (len(stanza) == 1 and _COUNTER.fullmatch(stanza[0].strip()))
        ):
            kept += stanza
        stanza = []
    return kept


def _plain_cue(lines: list[str]) -> list[str]:
    text = _OVERRIDE.sub("", "\n".join(lines).replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " "))
    if "<" in text:
        text = _TAG.sub("", _VOICE.sub("", _RUBY.sub("", text)))
    return unescape(text).split("\n")


def _substation(text: str) -> list[list[str]]:
    """The lines of each line of dialogue of SubStation Alpha, by the time they are shown."""
    order = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"]
    found: list[tuple[str, list[str]]] = []
    events = False
    for line in text.split("\n"):
        key, _, rest = line.partition(":")
        key = key.strip().lower()
        if line.startswith("["):
            events = line.strip().lower() == "[events]"
        elif events and key == "format":
            order = [name.strip().lower() for name in rest.split(",")][:30]
        elif events and key == "dialogue" and "text" in order:
            fields = rest.split(",", len(order) - 1)
            if len(fields) == len(order) and not _DRAWING.search(fields[-1]):
                start = fields[order.index("start")].strip() if "start" in order else ""
                found.append((start.rjust(12), _plain_cue([fields[order.index("text")]])))
    return [lines for _, lines in sorted(found, key=lambda cue: cue[0])]


def _fresh(before: list[str], lines: list[str]) -> list[str]:
    """`lines` without what the cue before showed already: all of it, or the lines that rolled up."""
    for length in range(min(len(before), len(lines), _ROLLING), 0, -1):
        if before[-length:] == lines[:length]:
            return lines[length:]
    # A caption that grows in place begins with all that was there; only the rest is new.
    if before and lines and len(before[-1]) > 3 and lines[0].startswith(before[-1]):
        return [lines[0][len(before[-1]) :].strip(), *lines[1:]]
    return lines


def _languages(lines: list[str]) -> tuple[list[str], list[str]]:
    """The Chinese lines of a cue, and those in another language; all of them where none is Chinese."""
    other = [line for line in lines if _KANA.search(line) or (_LATIN.search(line) and not _HAN.search(line))]
    chinese = [line for line in lines if line not in other]
    return (chinese, other) if any(map(_HAN.search, chinese)) else (lines, [])


def _speakers(lines: list[str], two: bool) -> list[str]:
    """What is said, by speaker: `lines` joined; of `two` speakers, a dash begins what the next one says."""
    said: list[list[str]] = []
    for line in lines:
        if not said or (two and _DASH.match(line)):
            said.append([_DASH.sub("", line) if two else line])
        else:
            said[-1].append(line)
    return [_joined(parts) for parts in said]


def _joined(lines: list[str]) -> str:
    """The lines of a cue as one; a space stands for a break between two clauses without punctuation."""
    pieces: list[str] = []
    for line in lines:
        if pieces and pieces[-1][-1:] not in _STOPS:
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces)
