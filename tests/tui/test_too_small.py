"""Too little room: the app says so, loses nothing, and recovers."""

from __future__ import annotations

from pathlib import Path

from textual.command import CommandPalette

from quizapp.tui.home import HomeScreen
from quizapp.tui.study import StudyScreen
from quizapp.tui.too_small import TooSmallScreen
from tests.tui.app import playing, two_sided


class TestTooSmall:
    async def test_it_says_what_is_needed_and_recovers_when_there_is_room(self, tmp_path: Path) -> None:
        async with playing(tmp_path, two_sided()) as player:
            await player.press("enter")
            before = player.text
            await player.pilot.resize_terminal(29, 24)
            await player.settled()
            assert isinstance(player.app.screen, TooSmallScreen)
            assert "Needs 30×10, has 29×24. Nothing is lost." in player.words
            await player.pilot.resize_terminal(40, 9)
            await player.settled()
            assert isinstance(player.app.screen, TooSmallScreen)
            await player.pilot.resize_terminal(80, 24)
            await player.settled()
            assert isinstance(player.app.screen, StudyScreen)
            assert player.text == before

    async def test_no_key_answers_what_can_not_be_seen(self, tmp_path: Path) -> None:
        async with playing(tmp_path, two_sided()) as player:
            await player.press("enter")
            await player.pilot.resize_terminal(20, 5)
            await player.settled()
            await player.press("b", "space", "escape")
            assert not player.answers
            await player.pilot.resize_terminal(30, 10)
            await player.settled()
            assert isinstance(player.app.screen, StudyScreen)

    async def test_a_start_in_a_tiny_terminal(self, tmp_path: Path) -> None:
        async with playing(tmp_path, two_sided(), size=(12, 4)) as player:
            assert isinstance(player.app.screen, TooSmallScreen)
            await player.pilot.resize_terminal(80, 24)
            await player.settled()
            assert isinstance(player.app.screen, HomeScreen)

    async def test_it_goes_when_what_lay_above_it_does(self, tmp_path: Path) -> None:
        async with playing(tmp_path, two_sided()) as player:
            await player.pilot.resize_terminal(29, 12)
            await player.settled()
            await player.press("ctrl+p")
            await player.until(lambda: isinstance(player.app.screen, CommandPalette))
            await player.pilot.resize_terminal(80, 24)
            await player.until(lambda: player.app.size.width == 80)
            await player.press("escape")
            await player.until(lambda: isinstance(player.app.screen, HomeScreen))
