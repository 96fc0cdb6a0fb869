"""What the first frame needs, and what comes after it: stylesheets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from textual.screen import Screen
from textual.widget import Widget

from quizapp.problem import Problem
from quizapp.tui.app import QuizApp
from quizapp.tui.help import HelpScreen
from quizapp.tui.opening import Study
from quizapp.tui.study import StudyScreen
from quizapp.tui.widgets.card_view import CardView
from tests.tui.app import app_on, library_of, two_sided

STYLESHEETS = {"home.tcss", "app.tcss", "screens.tcss"}


def read(app: QuizApp) -> set[str]:
    """The stylesheets that the app has read."""
    return {Path(path).name for path, _ in app.stylesheet.source} & STYLESHEETS


def looks(screen: Screen[object]) -> Mapping[Widget, str]:
    """How each widget of a screen is styled."""
    return {widget: widget.styles.css for widget in (screen, *screen.query("*"))}


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app never gets to what comes after its first frame."""
    monkeypatch.setattr(QuizApp, "_follow_first_frame", lambda _: None)


async def test_all_stylesheets_are_there_after_the_first_frame(tmp_path: Path) -> None:
    with app_on(tmp_path, library_of(two_sided())) as app:
        async with app.run_test() as pilot:
            await pilot.pause()
            assert read(app) == STYLESHEETS


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize("size", [(30, 10), (40, 15), (80, 24), (120, 40), (200, 60)])
async def test_home_needs_one_stylesheet(tmp_path: Path, size: tuple[int, int]) -> None:
    with app_on(tmp_path, library_of(two_sided()), fresh=True) as app:
        app.config = type(app.config)(
            app.config.path, "config.toml", problems=(Problem("config.toml", 1, 1, None, "wrong"),)
        )
        async with app.run_test(size=size, notifications=True) as pilot:
            app.notify("A toast.", timeout=999)
            await pilot.press("slash")
            await pilot.pause()
            assert read(app) == {"home.tcss"}
            before = looks(app.screen)
            assert len(app.screen.query("Toast, Input")) >= 2
            app._read_styles()
            app.stylesheet.update(app.screen)
            assert looks(app.screen) == before


@pytest.mark.usefixtures("waiting")
async def test_a_screen_that_comes_before_the_first_frame_is_styled(tmp_path: Path) -> None:
    with app_on(tmp_path, library_of(two_sided())) as app:
        async with app.run_test() as pilot:
            await pilot.press("question_mark")
            assert isinstance(app.screen, HelpScreen)
            assert read(app) == STYLESHEETS
            assert app.screen.styles.align == ("center", "middle")
            assert app.screen.query_one("#help").styles.border_top[0] == "round"


@pytest.mark.usefixtures("waiting")
async def test_what_is_opened_at_once_is_styled(tmp_path: Path) -> None:
    sides = two_sided()
    with app_on(tmp_path, library_of(sides), opening=Study((sides,))) as app:
        async with app.run_test():
            assert isinstance(app.screen, StudyScreen)
            assert app.screen.query_one(CardView).styles.max_height is not None
            assert read(app) == STYLESHEETS
