"""The scores: from home and from results, for one deck and for all, at every size."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.tui.home import HomeScreen
from quizapp.tui.results import ResultsScreen
from quizapp.tui.scores import ScoresScreen
from tests.builders import FakeClock
from tests.quizzes import taken
from tests.tui.app import SIZES, Player, playing, two_sided

SIDES = two_sided()
OTHER = structs.replace(two_sided(title="Another deck"), id="other")
TWO = ("BPO", "KPO")
PRACTICE = QuizSetup(mode=Mode.PRACTICE, choices=TWO)
SPRINT = QuizSetup(mode=Mode.SPRINT, seconds=60, choices=TWO)


def take(player: Player, answers: str, setup: QuizSetup = PRACTICE, *, seed: int = 1) -> None:
    taken(player.store, player.app.clock, SIDES, setup, answers, seed=seed)


async def test_of_the_deck_that_is_selected(tmp_path: Path) -> None:
    async with playing(tmp_path, SIDES, OTHER) as player:
        take(player, "+" * 16)
        take(player, "+" * 12, SPRINT, seed=2)
        await player.press("down", "h")
        assert isinstance(player.app.screen, ScoresScreen)
        assert "Scores BPO or KPO? 2 quizzes" in player.words
        assert "Practice; BPO, KPO Best 100 % right 16 of 16 1 Jan, 10:00" in player.words
        assert "Sprint, 60 seconds; BPO, KPO Best none yet" in player.words
        assert player.line("12 points") == "Last 12 points 12 of 12 1 Jan, 10:00 ended early"
        await player.press("escape")
        assert isinstance(player.app.screen, HomeScreen)
        await player.press("down", "h")
        assert "Scores Another deck 0 quizzes" in player.words


async def test_of_all_decks_from_today(tmp_path: Path) -> None:
    async with playing(tmp_path, SIDES, OTHER) as player:
        take(player, "+" * 16)
        await player.press("h")
        assert "BPO or KPO? Practice; BPO, KPO Best 100 % right" in player.words
        assert "Another deck" not in player.words
        await player.press("h")
        assert isinstance(player.app.screen, HomeScreen)


async def test_without_any_it_says_what_to_do(tmp_path: Path) -> None:
    async with playing(tmp_path, SIDES) as player:
        await player.press("h")
        assert "No quiz yet. Esc goes back; a timed quiz is one key from home." in player.words


async def test_older_cards_are_marked(tmp_path: Path) -> None:
    older = structs.replace(SIDES, cards=SIDES.cards[1:])
    async with playing(tmp_path, SIDES) as player:
        taken(player.store, player.app.clock, older, PRACTICE, "+" * 14)
        take(player, "+" * 16, seed=2)
        await player.press("h")
        best = player.text.splitlines().index(next(row for row in player.text.splitlines() if "Best" in row))
        first, second = player.text.splitlines()[best : best + 2]
        assert "16 of 16" in first
        assert "older cards" not in first
        assert "14 of 14" in second
        assert "older cards" in second


async def test_another_year_is_named(tmp_path: Path) -> None:
    clock = FakeClock()
    async with playing(tmp_path, SIDES, clock=clock) as player:
        take(player, "+" * 16)
        clock.forward(366 * 86_400_000)
        await player.press("h")
        assert "16 of 16 1 Jan 2026" in player.words


async def test_from_results_and_back(tmp_path: Path) -> None:
    async with playing(tmp_path, SIDES) as player:
        sitting = taken(player.store, player.app.clock, SIDES, PRACTICE, "+" * 16)
        player.app.push_screen(ResultsScreen(sitting.ended(), SIDES.cards))
        await player.settled()
        await player.press("h")
        assert "Scores BPO or KPO? 1 quiz" in player.words
        await player.press("question_mark")
        assert "Help: scores" in player.text
        assert "more than half of them right" in player.words
        await player.press("escape", "escape")
        assert isinstance(player.app.screen, ResultsScreen)


@pytest.mark.parametrize("size", [*SIZES, (200, 60)])
async def test_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with playing(tmp_path, SIDES, size=size) as player:
        for seed, setup in enumerate((PRACTICE, SPRINT, QuizSetup(mode=Mode.SPRINT, seconds=30)), 1):
            for again in range(5):
                take(player, "+" * 12, setup, seed=10 * seed + again)
        await player.press("h")
        seen = ""
        for _ in range(12):
            seen += player.words
            assert max(map(len, player.text.splitlines())) <= size[0]
            await player.press(*["down"] * 4)
        assert "↓" not in player.text
        assert "Sprint, 30 seconds; BPO, KPO" in seen
        assert "Practice; BPO, KPO" in seen
        assert "? Help" in player.footer
