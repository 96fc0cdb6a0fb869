"""A person with few minutes a day, from home and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.deck.card import StudyDefaults
from quizapp.learn.study import Finished
from quizapp.record import State
from quizapp.tui.opening import Study
from tests.builders import DAY_MS, FakeClock, deck, flip
from tests.tui.app import SIZES, Player, playing

WORDS = deck(*(flip(f"front {n}", f"back {n}") for n in range(4)), id="words")
OWN = deck(*WORDS.cards, id="own", study=StudyDefaults(minutes_per_day=1))
ONE_MINUTE = "[study]\nminutes_per_day = 1\n"


async def grade(player: Player, key: str = "3", *, seconds: float = 27) -> None:
    """Look at the answer after some seconds, and grade it."""
    player.app.time_offset += seconds
    await player.press("space", key)


async def test_a_day_with_one_minute_and_the_next(tmp_path: Path) -> None:
    clock = FakeClock()
    async with playing(tmp_path, WORDS, clock=clock, config=ONE_MINUTE) as player:
        assert player.line("minute") == "▌ about 1 minute"
        await player.press("enter")
        assert player.line("of 4") == "Words 0 of 1 min; 1 of 4"
        await grade(player, "1")
        assert player.line("of 4") == "Words 0 of 1 min; 2 of 4", "nothing comes again on this day"
        await grade(player)
        assert "2 cards studied." in player.words
        assert "1 minute is up. 2 more wait; Space goes on." in player.words
        assert player.footer.startswith("Space Go on")
        await player.press("escape")
        assert player.line("minute") == "▌ 1 minute is up"
        assert "front 2" in player.words, "the preview shows what would be asked"
        await player.press("enter")
        assert "1 minute is up. 2 more wait; Space goes on." in player.words
        await player.press("enter")
        assert player.question.prompt == "front 2", "Enter is Space here"
        assert " min; " not in player.text.splitlines()[0]
        await grade(player)
        await grade(player)
        assert player.study.view == Finished(2, 2, 2)
        await player.press("escape")
        clock.forward(DAY_MS)
        await player.press("down", "up")
        known = player.store.memories(["words"]).values()
        assert {one.state for one in known} == {State.REVIEW}


async def test_undo_comes_back_to_the_last_card(tmp_path: Path) -> None:
    async with playing(tmp_path, OWN, opening=Study((OWN,))) as player:
        await grade(player)
        await grade(player)
        assert isinstance(player.study.view, Finished)
        await player.press("backspace")
        assert player.question.prompt == "front 1"
        await grade(player)
        assert "1 minute is up. 2 more wait" in player.words


async def test_a_session_of_so_many_minutes(tmp_path: Path) -> None:
    async with playing(tmp_path, WORDS, opening=Study((WORDS,), minutes=2)) as player:
        assert "0 of 2 min" in player.text
        await grade(player, seconds=90)
        assert "1 of 2 min" in player.text
        await grade(player, seconds=90)
        assert "2 minutes are up. 2 more wait" in player.words


@pytest.mark.parametrize("size", SIZES)
async def test_it_has_room_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with playing(tmp_path, OWN, opening=Study((OWN,)), size=size) as player:
        before = {
            part: player.regions[part] for part in ("Header", "Bar", "Front", "Back", "Place", "Grades")
        }
        assert ("0 of 1 min" in player.text) is (size[0] >= 60)
        await grade(player)
        await grade(player)
        assert {part: player.regions[part] for part in before} == before
        assert "1 minute is up. 2 more wait; Space goes on." in player.words
