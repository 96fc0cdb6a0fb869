"""Catching up with a backlog: home names it, a screen spreads it, and home says what is left."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from msgspec import structs

from quizapp.deck.card import StudyDefaults
from quizapp.learn.study import Asking
from quizapp.record import EventType, Grade
from quizapp.scores.store import open_store
from quizapp.sitting import study
from quizapp.tui.catch_up import CatchUpScreen
from tests.builders import DAY_MS, FakeClock, deck, flip
from tests.tui.app import Player, playing

LIMIT = StudyDefaults(new_per_day=30)
WORDS = structs.replace(
    deck(*(flip(f"word {n}", f"back {n}") for n in range(30)), id="words", study=LIMIT), title="Words"
)
RIVERS = structs.replace(
    deck(*(flip(f"river {n}", f"sea {n}") for n in range(6)), id="rivers", study=LIMIT), title="Rivers"
)


@pytest.fixture
def clock(tmp_path: Path) -> FakeClock:
    """Twenty days after all cards were learnt."""
    clock = FakeClock()
    with closing(open_store(tmp_path / "scores.db", now_ms=clock.now_ms)) as store:
        sitting = study(store, clock, [WORDS, RIVERS], Random(1))
        sitting.start()
        while isinstance(sitting.view, Asking):
            sitting.reveal()
            sitting.grade(Grade.EASY, 4000)
    clock.forward(20 * DAY_MS)
    return clock


async def chosen(player: Player, *keys: str) -> None:
    """Choose on the screen, and wait until home is back."""
    await player.press(*keys)
    await player.until(lambda: not isinstance(player.app.screen, CatchUpScreen))


class TestOffer:
    async def test_home_names_it_and_leads_to_the_screen(self, tmp_path: Path, clock: FakeClock) -> None:
        few = structs.replace(WORDS, study=structs.replace(LIMIT, reviews_per_day=20))
        async with playing(tmp_path, few, RIVERS, clock=clock) as player:
            assert player.line("wait") == "36 cards wait after 20 days. c catches up, some each day"
            assert player.line("Today") == "▌ Today 26 of 36 due 0 new"
            assert player.line("of 30 due") == "Words 20 of 30 due 0 new"
            assert player.line("Rivers") == "Rivers 6 due 0 new"
            assert "Esc Dismiss" in player.footer
            await player.press("c")
            assert isinstance(player.app.screen, CatchUpScreen)
            assert player.line("Catch up").endswith("36 cards wait")

    async def test_while_a_deck_is_sought_no_line_names_a_key_that_is_text(
        self, tmp_path: Path, clock: FakeClock
    ) -> None:
        few = structs.replace(WORDS, study=structs.replace(LIMIT, reviews_per_day=20))
        async with playing(tmp_path, few, RIVERS, clock=clock) as player:
            await player.press("slash")
            assert player.line("wait") == "36 cards wait after 20 days."
            assert player.footer == "^p Menu F1 Help Esc All decks"
            await player.press("r")
            assert player.line("wait") == "36 cards wait after 20 days."
            await player.press("escape")
            assert player.line("wait") == "36 cards wait after 20 days. c catches up, some each day"
            assert "/ Find" in player.footer

    async def test_a_click_on_the_line_does_too(self, tmp_path: Path, clock: FakeClock) -> None:
        few = structs.replace(WORDS, study=structs.replace(LIMIT, reviews_per_day=20))
        async with playing(tmp_path, few, clock=clock) as player:
            await player.pilot.click("#trouble")
            await player.settled()
            assert isinstance(player.app.screen, CatchUpScreen)

    async def test_it_is_dismissed_for_good(self, tmp_path: Path, clock: FakeClock) -> None:
        few = structs.replace(WORDS, study=structs.replace(LIMIT, reviews_per_day=20))
        async with playing(tmp_path, few, RIVERS, clock=clock) as player:
            await player.press("escape")
            await player.until(lambda: not player.home._writing.busy)
            assert "wait" not in player.text
            assert "Dismiss" not in player.footer
            assert {event.body["per_day"] for event in player.events(EventType.CAP)} == {None}
        async with playing(tmp_path, few, RIVERS, clock=clock) as player:
            assert "wait" not in player.text
            await player.press("c")
            assert isinstance(player.app.screen, CatchUpScreen), "the key is still there"

    async def test_with_nothing_due_there_is_no_key(self, tmp_path: Path) -> None:
        async with playing(tmp_path, WORDS) as player:
            await player.press("c")
            assert player.home


class TestScreen:
    @pytest.mark.parametrize("size", [(40, 15), (80, 24), (160, 50)])
    async def test_a_choice_caps_each_deck_and_home_says_so(
        self, tmp_path: Path, clock: FakeClock, size: tuple[int, int]
    ) -> None:
        async with playing(tmp_path, WORDS, RIVERS, clock=clock, size=size) as player:
            await player.press("c", "down")
            assert "Over 3 days" in player.text
            row = player.line("▌ Over 7 days").split()
            await chosen(player, "enter")
            caps = {event.subject: event.body for event in player.events(EventType.CAP)}
            assert set(caps) == {"words", "rivers"}
            assert {body["until"] for body in caps.values()} == {"2026-01-28"}
            number = sum(body["per_day"] for body in caps.values())
            assert row[4] == str(number)
            assert player.line("Today").startswith(f"▌ Today {number} of 36 due")
            assert "catching up until 28 Jan" in player.text
            await player.press("enter")
            asked = set()
            while isinstance(player.study.view, Asking):
                asked.add(player.question.card.key)
                await player.press("space", "4")
            assert len(asked) == number

    async def test_it_can_be_changed_and_lifted_there(self, tmp_path: Path, clock: FakeClock) -> None:
        async with playing(tmp_path, WORDS, RIVERS, clock=clock) as player:
            await player.press("c")
            await chosen(player, "enter")
            number = len(player.events(EventType.CAP))
            await player.press("c")
            assert player.line("▌ Go on as it is") == "▌ Go on as it is until Saturday"
            await chosen(player, "enter")
            assert len(player.events(EventType.CAP)) == number, "nothing was changed"
            await player.press("c", "down", "down")
            await chosen(player, "enter")
            assert "catching up until 28 Jan" in player.text
            await player.press("c", "end")
            assert player.line("▌ Stop catching up") == "▌ Stop catching up 36 today"
            await chosen(player, "enter")
            assert player.line("Today") == "▌ Today 36 due 0 new"
            assert "catching up" not in player.text

    async def test_esc_changes_nothing(self, tmp_path: Path, clock: FakeClock) -> None:
        async with playing(tmp_path, WORDS, clock=clock) as player:
            await player.press("c", "down", "escape")
            assert player.home
            assert not player.events(EventType.CAP)

    async def test_a_busy_file_is_named_and_nothing_is_changed(
        self, tmp_path: Path, clock: FakeClock
    ) -> None:
        async with playing(tmp_path, WORDS, clock=clock) as player:
            await player.press("c")
            with closing(sqlite3.connect(tmp_path / "scores.db")) as other:
                other.execute("BEGIN IMMEDIATE")
                await player.press("enter")
                await player.until(lambda: "is busy" in player.said)
            assert isinstance(player.app.screen, CatchUpScreen)
            assert not player.events(EventType.CAP)
            await chosen(player, "enter")
            assert player.events(EventType.CAP)
