"""A quiz that was cut off is offered on home once: its results, and the cards missed in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.record import EventType
from quizapp.sitting.killed import QUIET_MS
from quizapp.tui.home import HomeScreen
from quizapp.tui.opening import Study
from quizapp.tui.results import ResultsScreen
from tests.builders import FakeClock
from tests.quizzes import taken
from tests.tui.app import Player, app_on, library_of, playing, two_sided

SIDES = two_sided()
SPRINT = QuizSetup(mode=Mode.SPRINT, seconds=60, choices=("BPO", "KPO"))
LINE = "A quiz on BPO or KPO? was cut off after 5 answers. e shows it"


def killed(folder: Path, clock: FakeClock, setup: QuizSetup = SPRINT, answers: str = "+-+-+") -> None:
    """A quiz that the program was killed in, so long ago that it counts as cut off."""
    with app_on(folder, library_of(SIDES), clock=clock) as app:
        taken(app.store, clock, SIDES, setup, answers, ended=False)
    clock.forward(QUIET_MS + 1)


def ends(player: Player) -> list[bool]:
    return [event.body["finished"] for event in player.events(EventType.END)]


async def test_it_shows_its_results_and_drills_what_was_missed(tmp_path: Path) -> None:
    clock = FakeClock()
    killed(tmp_path, clock)
    async with playing(tmp_path, SIDES, clock=clock) as player:
        assert player.line("cut off") == LINE
        await player.press("e")
        assert isinstance(player.app.screen, ResultsScreen)
        assert "Ended after 5 answers. All 5 are kept." in player.words
        assert "3 right − 2 wrong" in player.words
        assert "2 missed" in player.words
        missed = {one.card for one in player.results.results.missed}
        await player.until(lambda: ends(player) == [False])
        await player.press("d")
        assert {card.key for card in player.quiz_screen.cards} == missed
        await player.press("space", "escape", "escape")
        assert isinstance(player.app.screen, HomeScreen)
        assert "cut off" not in player.words
        assert player.app.sessions.last_quiz() is None, "no quiz was taken since the start"


async def test_it_is_offered_once(tmp_path: Path) -> None:
    clock = FakeClock()
    killed(tmp_path, clock)
    async with playing(tmp_path, SIDES, clock=clock) as player:
        assert "Esc Dismiss" in player.footer
        await player.press("escape")
        assert "cut off" not in player.words
        assert "Esc" not in player.footer
        await player.until(lambda: ends(player) == [False])
    async with playing(tmp_path, SIDES, clock=clock) as player:
        assert "cut off" not in player.words


async def test_the_next_session_dismisses_it(tmp_path: Path) -> None:
    clock = FakeClock()
    killed(tmp_path, clock)
    async with playing(tmp_path, SIDES, clock=clock) as player:
        await player.press("question_mark", "escape")
        assert player.line("cut off") == LINE, "help is no session"
        await player.press("enter", "escape")
        assert isinstance(player.app.screen, HomeScreen)
        assert "cut off" not in player.words
        await player.until(lambda: ends(player)[:1] == [False])


async def test_a_session_that_opens_at_once_dismisses_nothing(tmp_path: Path) -> None:
    clock = FakeClock()
    killed(tmp_path, clock)
    async with playing(tmp_path, SIDES, clock=clock, opening=Study((SIDES,))) as player:
        await player.press("escape")
        assert player.line("cut off") == LINE


async def test_one_that_may_still_go_on_is_left_alone(tmp_path: Path) -> None:
    clock = FakeClock()
    killed(tmp_path, clock)
    clock.forward(-QUIET_MS)
    async with playing(tmp_path, SIDES, clock=clock) as player:
        assert "cut off" not in player.words
        await player.press("e")
        assert isinstance(player.app.screen, HomeScreen)


async def test_without_its_deck_it_is_not_offered(tmp_path: Path) -> None:
    clock = FakeClock()
    killed(tmp_path, clock)
    other = structs.replace(SIDES, id="other")
    async with playing(tmp_path, other, clock=clock) as player:
        assert "cut off" not in player.words


async def test_cards_that_are_gone_since_are_counted(tmp_path: Path) -> None:
    clock = FakeClock()
    killed(tmp_path, clock)
    async with playing(tmp_path, structs.replace(SIDES, cards=()), clock=clock) as player:
        await player.press("e")
        assert "2 cards are no longer in the deck." in player.words
        assert "Drill" not in player.footer


async def test_a_drill_that_was_cut_off_keeps_what_it_did_not_ask(tmp_path: Path) -> None:
    clock = FakeClock()
    with app_on(tmp_path, library_of(SIDES), clock=clock) as app:
        taken(app.store, clock, SIDES, SPRINT, "---")
        missed = tuple(card for card in SIDES.cards if card.key in {ref.card for ref in app.store.missed()})
        taken(app.store, clock, SIDES, SPRINT.for_drill(), "-", cards=missed, ended=False)
    clock.forward(QUIET_MS + 1)
    async with playing(tmp_path, SIDES, clock=clock) as player:
        await player.press("e")
        assert set(player.results.to_drill) == set(missed)
        assert "2 missed cards not drilled yet." in player.words


@pytest.mark.parametrize("size", [(40, 15), (160, 50)])
async def test_narrow_and_wide(tmp_path: Path, size: tuple[int, int]) -> None:
    clock = FakeClock()
    killed(tmp_path, clock)
    async with playing(tmp_path, SIDES, clock=clock, size=size) as player:
        line = player.line("cut off")
        assert "e" in line.split()
        assert "5 answers" in line
