"""What study and quiz say on a typed answer: typos, near misses, and who has the last word on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.learn.study import Grading
from quizapp.record import Outcome
from quizapp.tui.opening import Quiz, Study
from quizapp.tui.pace import Pace
from tests.builders import deck, typed
from tests.tui.app import SIZES, playing

CAPITALS = deck(
    structs.replace(typed("Capital of Bahrain?", "Manama City"), why="On an island."),
    typed("Capital of Sri Lanka?", "Kotte"),
    id="capitals",
)


class TestTypos:
    @pytest.mark.parametrize("size", SIZES)
    async def test_a_typo_is_right_and_marked_good(self, tmp_path: Path, size: tuple[int, int]) -> None:
        async with playing(tmp_path, CAPITALS, opening=Study((CAPITALS,)), size=size) as player:
            await player.press(*"Mamama", "space", *"City", "enter")
            assert "✓ Right, with a typo" in player.text
            assert "Ma[m→n]ama City" in player.text
            assert "On an island." in player.text
            assert "▸ 3 Good" in player.words.replace("▸3", "▸ 3")
            (answer,) = player.answers
            assert (answer.given, answer.outcome, answer.grade) == ("Mamama City", Outcome.RIGHT, 3)

    async def test_the_grade_is_the_persons(self, tmp_path: Path) -> None:
        async with playing(tmp_path, CAPITALS, opening=Study((CAPITALS,))) as player:
            await player.press(*"Mamama", "space", *"City", "enter")
            assert isinstance(player.study.view, Grading)
            await player.press("1")
            await player.press(*"Kott", "enter")
            assert "✗ Wrong. It is Kotte." in player.words
            assert "Kott[+e]" in player.text
            assert "▸ 1 Again" in player.words
            await player.press("3")
            logged = player.store.answers()
            assert [(one.answer.outcome, one.grade) for one in logged] == [
                (Outcome.RIGHT, 1),
                (Outcome.WRONG, 3),
            ]

    async def test_nothing_is_compared_with_nothing_like_it(self, tmp_path: Path) -> None:
        async with playing(tmp_path, CAPITALS, opening=Study((CAPITALS,))) as player:
            await player.press(*"Bogota", "enter")
            assert "✗ Wrong. It is Manama City." in player.words
            assert "[" not in player.text

    async def test_against_the_clock_a_typo_stays_as_long_as_a_wrong_answer(self, tmp_path: Path) -> None:
        setup = QuizSetup(mode=Mode.SPRINT, seconds=60, seed=1)
        pace = Pace(dead=0, right=500, wrong=999, ready=999)
        async with playing(tmp_path, CAPITALS, opening=Quiz(CAPITALS, setup), pace=pace) as player:
            await player.press("space")
            answer = player.question.card.answer
            slip = f"{answer[:2]}x{answer[3:]}"
            await player.press(*("space" if sign == " " else sign for sign in slip), "enter")
            assert "✓ Right, with a typo" in player.text
            timer = player.quiz_screen._advance
            assert timer is not None
            assert timer._interval == pace.wrong
