"""Keys that come in one burst with the one that quits open nothing, and the app ends as it should."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import cast

import pytest
from textual.binding import Binding
from textual.pilot import Pilot

from quizapp.problem import Problem
from quizapp.tui.app import QuizApp
from quizapp.tui.home_keys import HOME_KEYS
from quizapp.tui.opening import Opening, Study
from tests.tui.app import Player, app_on, library_of, two_sided

SIDES = two_sided()
HOME = sorted(
    {key for one in HOME_KEYS if isinstance(one, Binding) and not one.priority for key in one.key.split(",")}
    - {"q"}
)
"""Home's keys, but for that of the menu, which comes before any that was pressed earlier."""
_PATIENCE = 20
"""Seconds for the app to end."""


async def ended(
    folder: Path, *keys: str, first: tuple[str, ...] = (), opening: Opening | None = None
) -> QuizApp:
    """The app after these keys came at once. first: pressed one after another before."""

    async def press(pilot: Pilot[object]) -> None:
        player = Player(app, cast("Pilot[None]", pilot))
        await player.settled()
        await player.press(*first)
        player.post(*keys)

    with app_on(folder, library_of(SIDES), opening=opening) as app:
        # Most keys of home are only bound where there is something for them.
        app.config = type(app.config)(
            app.config.path, "config.toml", problems=(Problem("config.toml", 1, 1, None, "wrong"),)
        )
        await asyncio.wait_for(app.run_async(headless=True, size=(80, 24), auto_pilot=press), _PATIENCE)
    return app


def well(app: QuizApp) -> bool:
    """Whether it ended without an error."""
    assert app._exception is None
    return app.return_code == 0


@pytest.mark.parametrize("key", HOME)
async def test_a_key_after_the_one_that_quits_does_nothing(tmp_path: Path, key: str) -> None:
    assert well(await ended(tmp_path, "q", key, first=("down",)))


@pytest.mark.parametrize("key", HOME)
async def test_quitting_right_after_a_key_ends_well(tmp_path: Path, key: str) -> None:
    assert well(await ended(tmp_path, key, "ctrl+q", first=("down",)))


@pytest.mark.parametrize(
    "key", ["ctrl+p", "ctrl+t", "question_mark", "f1", "space", "b", "escape", "ctrl+q", "ctrl+c"]
)
async def test_in_a_session(tmp_path: Path, key: str) -> None:
    study = Study((SIDES,))
    assert well(await ended(tmp_path, "ctrl+q", key, opening=study))
    assert well(await ended(tmp_path, key, "ctrl+q", opening=study))
