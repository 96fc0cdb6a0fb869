"""Setting a quiz up on the screen, and the modes that each card has its own time in."""

from __future__ import annotations

from pathlib import Path

from quizapp.learn.quiz import Asking, Judged
from quizapp.record import EventType, Outcome
from quizapp.tui.home import HomeScreen
from quizapp.tui.results import ResultsScreen
from quizapp.tui.setup import SetupScreen
from tests.builders import deck, flip
from tests.tui.app import SIZES, Player, playing, two_sided

SIDES = two_sided()


async def set_up(player: Player, mode: str) -> None:
    """Home's set-up with this mode chosen."""
    await player.press("s")
    for _ in range(5):
        if f"Mode {mode}" in player.words:
            return
        await player.press("right")
    raise AssertionError(f"there is no {mode}")


async def until_over(player: Player) -> None:
    """Let the time of the card on the screen run out."""
    left = player.quiz.session.left(player.quiz_screen.now())
    assert left is not None
    player.app.time_offset += left + 0.01
    await player.until(lambda: isinstance(player.quiz.view, Judged))
    await player.settled()


class TestSetup:
    async def test_what_was_started_last_is_chosen_at_first(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await set_up(player, "countdown")
            await player.press("down", "left", "enter", "space")
            assert player.quiz_screen.setup.cards == 15
            await player.answer(right=True)
            await player.press("escape", "escape")
            await player.settled()
            await player.press("escape", "s")
            assert "Mode countdown" in player.words
            assert "Cards 15" in player.words
            await player.press("escape", "t")
            assert "15 cards, each with its own time." in player.words

    async def test_the_help_names_the_keys_that_a_person_has(self, tmp_path: Path) -> None:
        keys = '[keys]\n"setup.less" = "f5"\n"setup.more" = "f6"\n'
        async with playing(tmp_path, SIDES, size=(80, 50), config=keys) as player:
            await player.press("s", "f1")
            assert "Choose a row, change its value, and start." in player.words
            assert "F5 The value before" in player.words
            assert "←" not in player.text

    async def test_practice_does_not_change_what_t_starts(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await set_up(player, "survival")
            await player.press("enter", "space")
            await player.answer(right=True)
            await player.press("escape", "escape")
            await player.settled()
            await player.press("escape", "r", "space")
            await player.answer(right=True)
            await player.press("escape", "escape")
            await player.settled()
            await player.press("escape", "t")
            assert "Survival" in player.words

    async def test_every_row_can_be_changed_by_keys_and_pointer(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await player.press("s")
            assert isinstance(player.app.screen, SetupScreen)
            await player.press("end", "space")
            assert "Both asked" in player.words
            row = next(
                y for y, line in enumerate(player.text.splitlines()) if "KPO" in line and "?" not in line
            )
            for _ in range(2):
                await player.pilot.click(offset=(20, row))
                await player.settled()
            assert "KPO left out" in player.words
            await player.press("escape")
            assert isinstance(player.app.screen, HomeScreen)

    async def test_it_holds_at_every_size(self, tmp_path: Path) -> None:
        for size in SIZES:
            async with playing(tmp_path, SIDES, size=size) as player:
                await set_up(player, "exam")
                assert "Enter Start" in player.footer
                await player.press("end")
                assert "▌" in player.line("Both")

    async def test_a_deck_that_no_quiz_can_ask_says_why(self, tmp_path: Path) -> None:
        async with playing(tmp_path, deck(flip("a", "b"), id="f")) as player:
            await player.press("s")
            assert isinstance(player.app.screen, HomeScreen)
            assert len(player.app._notifications) == 1


class TestCountdown:
    async def test_a_card_that_runs_out_of_time_is_too_late(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await set_up(player, "countdown")
            await player.press("enter", "space")
            assert "1 of 16" in player.words
            assert "0:0" in player.text.splitlines()[1]
            await until_over(player)
            assert "Too late. It was" in player.words
            assert player.answers[-1].outcome is Outcome.TIMEOUT
            await player.go_on()
            assert isinstance(player.quiz.view, Asking)
            assert "2 of 16" in player.words

    async def test_it_ends_with_its_last_card(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await set_up(player, "countdown")
            await player.press("enter", "space")
            for _ in range(16):
                await player.answer(right=True)
                await player.go_on()
            assert isinstance(player.app.screen, ResultsScreen)
            assert player.results.run.finished
            assert player.results.run.score > 0


class TestSurvival:
    async def test_three_lives(self, tmp_path: Path) -> None:
        async with playing(tmp_path, SIDES) as player:
            await set_up(player, "survival")
            await player.press("enter")
            assert "Ready. 3 lives." in player.words
            await player.press("space")
            await player.answer(right=True)
            await player.go_on()
            assert "1 right, 3 lives" in player.words
            await player.answer(right=False)
            assert "1 right, 2 lives" in player.words
            await player.go_on()
            await until_over(player)
            assert "1 right, 1 life" in player.words
            await player.go_on()
            await player.answer(right=False)
            await player.go_on()
            assert isinstance(player.app.screen, ResultsScreen)
            assert player.results.run.score == 1
            (end,) = player.events(EventType.END)
            assert end.body["finished"]
