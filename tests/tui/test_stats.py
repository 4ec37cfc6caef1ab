"""The statistics screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from textual.widgets import Static

from studytui.session.figures import progress_of, stats_of
from studytui.session.workspace import Workspace
from studytui.study.notes.review import Rating
from studytui.tui.screens.statistics_screen import StatsScreen
from tests.tui.conftest import MakeApp


def shown(screen: StatsScreen) -> str:
    return "\n".join(str(each.render()) for each in screen.query(Static))


async def test_the_year_is_shown_once_the_journals_are_read(make_app: MakeApp, workspace: Workspace) -> None:
    document = workspace.open("two-teas")
    workspace.collection.library.remember(document)
    notes = workspace.notes_for(document, 3)
    workspace.collection.add_notes(notes)
    for card in workspace.collection.queue():
        workspace.collection.answer(card.id, Rating.EASY, 90_000, "recognition")
    workspace.collection.mark("山", "known")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("S")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, StatsScreen)
        told = shown(app.screen)
        answers = stats_of(workspace.collection).answers_today
        assert f"The last year: {answers} answers on 1 day" in told
        assert "Words by level" in told
        assert document.title in told
        assert "Words known, the last year: 0 to 1" in told
        calendar = str(app.screen.query_one("#stats-calendar", Static).render()).splitlines()
        months, rows, legend = calendar[-9], calendar[-8:-1], calendar[-1]
        assert [row[:4].strip() for row in rows] == ["Mon", "", "Wed", "", "Fri", "", "Sun"]
        assert sum(row.count("█") + row.count("▓") for row in rows) == 1
        assert sum(len(row[4:].strip()) for row in rows) == 365
        assert max(map(len, rows)) <= 58
        assert len(months.split()) in (11, 12)
        assert f"█ up to {answers}" in legend
        for title in ("Cards that come back", "Answers a day", "Minutes a day", "Words known"):
            assert title in told
        plots = [str(plot.render()) for plot in app.screen.query(".plot").results(Static)]
        plots = [plot for plot in plots if "┤" in plot]
        assert len(plots) == 4
        assert sum("today" in plot for plot in plots) == 3
        assert all("█" in plot for plot in plots)
        assert max(len(line) for plot in plots for line in plot.splitlines()) <= 76


async def test_a_schedule_of_one_s_own_is_offered_and_told_in_a_line(
    make_app: MakeApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytui.study.scheduling.optimiser.ENOUGH", 20)
    monkeypatch.setattr("studytui.tui.screens.statistics_screen.ENOUGH", 20)
    document = workspace.open("two-teas")
    workspace.collection.add_notes(workspace.notes_for(document, 4))
    start = datetime.now(UTC) - timedelta(days=300)
    at = [start]
    workspace.collection.clock = lambda: at[0]
    for number in range(40):
        at[0] += timedelta(days=7)
        for card in workspace.collection.queue()[:3]:
            rating = Rating.AGAIN if number % 5 == 0 else Rating.GOOD
            workspace.collection.answer(card.id, rating, 2000, "recognition")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("S")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, StatsScreen)
        assert "reviews: press F." in shown(app.screen)
        await pilot.press("F")
        await app.workers.wait_for_complete()
        await pilot.pause()
        told = str(app.screen.query_one("#stats-schedule", Static).render())
        assert "log loss" in told
        assert "90% (yours) -> " in told


async def test_a_new_learner_sees_no_empty_plots(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("S")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, StatsScreen)
        assert not [plot for plot in app.screen.query(".plot").results(Static) if "┤" in str(plot.render())]
        assert "The last year: 0 answers on 0 days" in shown(app.screen)
        assert "0 so far" in shown(app.screen)
        await pilot.press("F")
        assert "log loss" not in shown(app.screen)
        await pilot.press("escape")
        assert not isinstance(app.screen, StatsScreen)


async def test_figures_that_come_when_the_learner_leaves_are_no_fault(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("S")
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, StatsScreen)
        app.exit()
        screen.on_stats_screen_looked_back(screen.LookedBack(progress_of(app.collection), {}))
        screen.on_stats_screen_unreadable(screen.Unreadable("a journal cannot be read"))
    assert app.fault is None
