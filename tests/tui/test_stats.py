"""The statistics screen."""

from __future__ import annotations

from textual.widgets import Sparkline, Static

from studytui.store.desk import Desk
from studytui.study.review import Rating
from studytui.tui.screens.stats import StatsScreen
from tests.tui.conftest import MakeApp


def shown(screen: StatsScreen) -> str:
    return "\n".join(str(each.render()) for each in screen.query(Static))


async def test_the_year_is_shown_once_the_journals_are_read(make_app: MakeApp, desk: Desk) -> None:
    document = desk.open("two-teas")
    desk.collection.remember_text(document)
    notes = desk.notes_for(document, 3)
    desk.collection.add_notes(notes)
    for card in desk.collection.queue():
        desk.collection.answer(card.id, Rating.EASY, 90_000, "recognition")
    desk.collection.mark("山", "known")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, StatsScreen)
        told = shown(app.screen)
        answers = desk.collection.stats().answers_today
        assert f"The last year: {answers} answers on 1 day" in told
        assert "Words by level" in told
        assert document.title in told
        assert "Words known, the last year: 0 to 1" in told
        calendar = str(app.screen.query_one("#stats-calendar", Static).render()).splitlines()[-7:]
        assert sum(row.count("#") + row.count("x") for row in calendar) == 1
        assert sum(len(row.strip()) for row in calendar) == 365
        assert max(map(len, calendar)) <= 54
        plots = list(app.screen.query(Sparkline))
        assert [len(list(plot.data or ())) for plot in plots] == [30, 365, 365]
        assert all(plot.size.height for plot in plots)


async def test_a_new_learner_sees_no_empty_plots(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, StatsScreen)
        assert not app.screen.query(Sparkline)
        assert "The last year: 0 answers on 0 days" in shown(app.screen)
        await pilot.press("escape")
        assert not isinstance(app.screen, StatsScreen)
