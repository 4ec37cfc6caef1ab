"""The learner's words on their screen: found as one types, mended, marked, taken out, deleted, looked up."""

from __future__ import annotations

import gc

from textual import events
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input, Static

from studytui.store.collection import Collection
from studytui.study.notes.note import Example, Note
from studytui.text.document import Document, Paragraph
from studytui.tui.app import StudytuiApp
from studytui.tui.screens.reader.reader import ReaderScreen
from studytui.tui.screens.words.deed_dialog import DeedScreen
from studytui.tui.screens.words.note_dialog import NoteScreen
from studytui.tui.screens.words.word_entry import WordEntry
from studytui.tui.screens.words.words_screen import WordsScreen
from studytui.tui.widgets.entry_panel import EntryPanel
from studytui.tui.widgets.key_bar import KeyBar
from studytui.tui.widgets.long_list import LongList
from tests.tui.conftest import MakeApp

SENTENCE = "他终于长大了，穿着和服。"
TEXT = Document("book.txt", "我的书", "utf-8", (Paragraph("paragraph", SENTENCE, tuple(range(12))),), 0)
NOTES = (
    Note("你好", ("ni3", "hao3"), "你好", ("hello",), 1),
    Note("绿", ("lu:4",), "綠", ("green",), 3),
    Note(
        "长大",
        ("chang2", "da4"),
        "長大",
        ("long and big",),
        2,
        example=Example(SENTENCE, 3, 5, TEXT.id, TEXT.title),
    ),
)


def noted(collection: Collection) -> None:
    collection.library.remember(TEXT)
    for note in NOTES:
        collection.add_note(note)
    collection.mark("咖啡", "known")


async def words_of(app: StudytuiApp, pilot: Pilot[None]) -> WordsScreen:
    await pilot.press("w")
    await app.workers.wait_for_complete()
    await pilot.pause()
    assert isinstance(app.screen, WordsScreen)
    return app.screen


def listed(screen: WordsScreen) -> list[str]:
    return [word.headword for word in screen.found]


async def test_words_are_found_mended_and_worked_on_in_one_visit(
    make_app: MakeApp, collection: Collection
) -> None:
    noted(collection)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await words_of(app, pilot)
        assert listed(screen) == ["长大", "绿", "你好", "咖啡"]
        # A scroll bar that comes moves no column from under its heading.
        assert screen.query_one(LongList).scrollable_content_region.width == 79
        # A search answers each letter, and what it cannot ask is said.
        await pilot.press("slash", *"nih")
        assert listed(screen) == ["你好"]
        screen.query_one(Input).value = "is:dew"
        await pilot.pause()
        assert "is: takes due" in str(screen.query_one("#words-filters", Static).render())
        screen.query_one(Input).value = ""
        await pilot.press("enter")
        # A wrong reading is put right; the note and its cards stay the same.
        await pilot.press("enter")
        assert isinstance(app.screen, NoteScreen)
        app.screen.query_one("#note-reading", Input).value = "zhǎngdà"
        await pilot.press("enter")
        assert isinstance(app.screen, NoteScreen), "no syllables: it is said, and nothing is lost"
        app.screen.query_one("#note-reading", Input).value = "zhang3 da4"
        app.screen.query_one("#note-remark", Input).value = "not cháng"
        await pilot.press("escape")
        assert isinstance(app.screen, NoteScreen), "what was typed is not dropped in silence"
        assert "is not saved" in str(app.screen.query_one("#note-said", Static).render())
        await pilot.press("enter")
        note = collection.note(NOTES[2].id)
        assert note is not None
        assert (note.syllables, note.remark) == (("zhang3", "da4"), "not cháng")
        entry = screen.query_one(EntryPanel).text
        assert "zhǎng dà" in entry
        assert "your remark: not cháng" in entry
        # Many at once: first how many, then one undo for all.
        await pilot.press("X", "m")
        assert isinstance(app.screen, DeedScreen)
        assert "4 words" in str(app.screen.query_one(Static).render())
        await pilot.press("enter")
        assert {collection.status(each.headword) for each in NOTES} == {"known"}
        assert "3 words marked as known" in screen.query_one(KeyBar).told
        await pilot.press("u")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert {collection.status(each.headword) for each in NOTES} == {"learning"}
        # One at once: out of the queue and back, a filter by its digit, deleted and back.
        await pilot.press("at")
        assert collection.state.suspended
        await pilot.press("7")
        assert listed(screen) == ["长大"]
        await pilot.press("at")
        assert listed(screen) == []
        assert not collection.state.suspended
        await pilot.press("escape", "D")
        assert listed(screen) == ["绿", "你好", "咖啡"]
        await pilot.press("u")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert listed(screen) == ["长大", "绿", "你好", "咖啡"]
        await pilot.press("escape")
        assert not isinstance(app.screen, WordsScreen)


async def test_any_word_is_looked_up_with_sentences_of_one_s_own_texts_and_noted(
    make_app: MakeApp, collection: Collection
) -> None:
    noted(collection)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await words_of(app, pilot)
        await pilot.press("d", *"kimono")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert listed(screen)[0] == "和服"
        bar = screen.query_one(KeyBar)
        assert "To the words" in str(bar.render())
        await pilot.press("enter")
        screen.query_one(WordEntry).rest()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "穿着和服" in screen.query_one(EntryPanel).text
        assert str(bar.render()).split()[:4] == ["a", "Learn", "m", "Known"]
        assert "Edit" not in str(bar.render())
        await pilot.press("m", "a")
        assert "no longer marked as known; u undoes it" in bar.told
        assert collection.status("和服") == "learning"
        note = collection.notes()[-1]
        assert (note.headword, note.example.title if note.example else "") == ("和服", "我的书")
        await pilot.press("T")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ReaderScreen)
        assert app.screen.view.place.offset == SENTENCE.index("和服")
        await pilot.press("escape")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.screen_stack[-1] is screen
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("escape")
        assert len(screen.found) == 5


async def test_a_list_of_any_length_draws_only_what_is_seen(
    make_app: MakeApp, collection: Collection
) -> None:
    collection.add_notes(
        Note(f"{chr(0x4E00 + number // 60)}{chr(0x5000 + number % 60)}", ("yi1", "er4"), "", ("x",))
        for number in range(3000)
    )
    app = make_app()
    async with app.run_test(size=(45, 20)) as pilot:
        screen = await words_of(app, pilot)
        assert gc.get_freeze_count() > 0  # the collector would hold up a letter to look through the rows
        drawn: list[int] = []
        line = screen._line

        def counted(number: int, width: int) -> Content:
            drawn.append(number)
            return line(number, width)

        screen.query_one(LongList)._draw_row = counted
        await pilot.press("G")
        await pilot.press("k", "k", "slash", "x")
        assert len(screen.found) == 3000
        assert len(drawn) < 200


async def test_keys_that_come_at_once_do_what_they_do_one_by_one(
    make_app: MakeApp, collection: Collection
) -> None:
    """As over a slow line: Textual would hand them all to what has the focus before the first."""
    noted(collection)
    app = make_app()

    def send(*keys: tuple[str, str | None]) -> None:
        for key, character in keys:
            app.post_message(events.Key(key, character))

    async with app.run_test(size=(80, 24)) as pilot:
        screen = await words_of(app, pilot)
        send(("slash", "/"), ("m", "m"), ("i", "i"))
        await pilot.pause()
        assert screen.query_one("#words-search", Input).value == "mi"
        send(("ctrl+u", None), ("l", "l"), ("ü", "ü"))
        await pilot.pause()
        assert screen.query_one("#words-search", Input).value == "lü"
        assert not any(mark == "ignored" for mark in collection.state.marks.values())
        # What a field's Enter leads to comes before the next key: a note is closed, the list has the rest.
        await pilot.press("ctrl+u", "enter")
        send(("enter", None), ("enter", None), ("x", "x"), ("x", "x"))
        await pilot.pause()
        assert app.screen is screen
        assert len(screen.listing.picked) == 2


async def test_words_stand_in_the_characters_that_the_learner_reads(
    make_app: MakeApp, collection: Collection
) -> None:
    noted(collection)
    collection.change_settings({"script": "traditional"})
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await words_of(app, pilot)
        assert screen._line(0, 79).plain.split()[0] == "長大"
        entry = screen.query_one(EntryPanel).text
        assert entry.startswith("長大")
        assert "他終於長大了" in entry
        assert "長 " in entry
        await pilot.press("x", "x", "m")
        assert "2 words" in str(app.screen.query_one("Vertical").border_title)
        assert "長大, 綠" in str(app.screen.query_one(Static).render())
        await pilot.press("escape", "escape", "slash", *"qqq", "enter")
        await pilot.pause()
        assert str(screen.query_one(KeyBar).render()).split()[:2] == ["d", "Dictionary"]
        await pilot.press("m")
        assert screen.query_one(KeyBar).told == "No word is listed here; / searches."
        await pilot.press("?")
        assert "for how long you will likely remember it" in str(
            app.screen.query_one("#help-keys", Static).render()
        )
