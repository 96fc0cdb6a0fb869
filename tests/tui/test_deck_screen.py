"""A deck's page: figures that are explained, and a way back for what was put aside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from quizapp.deck.card import StudyDefaults
from quizapp.learn.study import Asking
from quizapp.record import EventType, Grade, Ref
from quizapp.sitting import StudySitting
from quizapp.tui.deck import DeckScreen
from quizapp.tui.home import HomeScreen
from quizapp.tui.widgets.setting_list import SettingList
from quizapp.tui.widgets.words import Words
from tests.builders import DAY_MS, FakeClock, deck, flip
from tests.tui.app import SIZES, Player, playing, two_sided

SIDES = two_sided(sides=3, both=0)


def session(player: Player) -> StudySitting:
    """A study session without its screen."""
    sitting = player.app.sessions._study([SIDES])
    sitting.start()
    return sitting


async def test_each_figure_is_explained(tmp_path: Path) -> None:
    async with playing(tmp_path, SIDES) as player:
        await player.press("down", "i")
        assert isinstance(player.app.screen, DeckScreen)
        assert "▌ New 6" in player.words
        assert "Never studied." in player.words
        await player.press("down")
        assert "Asked again after minutes, until they stick." in player.words
        await player.press("i")
        assert isinstance(player.app.screen, HomeScreen)


async def test_today_has_no_page(tmp_path: Path) -> None:
    async with playing(tmp_path, SIDES) as player:
        await player.press("i")
        assert isinstance(player.app.screen, HomeScreen)


async def test_a_suspended_card_comes_back(tmp_path: Path) -> None:
    async with playing(tmp_path, SIDES) as player:
        sitting = session(player)
        assert isinstance(sitting.view, Asking)
        card = sitting.view.item.card
        sitting.suspend()
        await player.press("down", "i", "end")
        assert card.prompt in player.text
        assert "Suspended" in player.text
        assert "b Bring back" in player.footer
        await player.press("b")
        await player.until(lambda: "Suspended" not in player.text)
        assert not player.app.store.mark(Ref(SIDES.id, card.key)).suspended
        assert len(player.app.store.events(EventType.SUSPEND, EventType.UNDO)) == 2
        assert "b Bring back" not in player.footer


async def test_a_flag_is_taken_away(tmp_path: Path) -> None:
    async with playing(tmp_path, SIDES) as player:
        session(player).flag()
        await player.press("down", "i", "end")
        assert "Flagged" in player.text
        await player.press("f")
        await player.until(lambda: "Flagged" not in player.text)


async def test_an_exam_has_its_expected_recall_and_minutes(tmp_path: Path) -> None:
    exam = structs.replace(SIDES, study=StudyDefaults(exam_date=date(2026, 1, 31)))
    async with playing(tmp_path, exam) as player:
        await player.press("down", "i", "end")
        assert "▌ A day until then 1 minute" in player.words
        assert "questions a day, at the pace of your last answers." in player.words
        await player.press("up")
        assert "▌ Known then without studying 0 %" in player.words


@pytest.mark.parametrize("size", SIZES)
async def test_every_word_on_a_figure_can_be_read(tmp_path: Path, size: tuple[int, int]) -> None:
    few = StudyDefaults(exam_date=date(2026, 1, 31), new_per_day=1)
    sides = structs.replace(two_sided(sides=60, both=0), study=few)
    clock = FakeClock()
    async with playing(tmp_path, sides, size=size, clock=clock) as player:
        for _ in range(3):
            sitting = player.app.sessions._study([sides])
            sitting.start()
            while isinstance(sitting.view, Asking):
                sitting.reveal()
                sitting.grade(Grade.EASY, 900)
            sitting.leave()
            clock.forward(9 * DAY_MS)
        await player.press("down", "i")
        said = []
        for _ in range(player.app.screen.query_one(SettingList).rows):
            said.append(str(player.app.screen.query_one(Words).render()))
            await player.press("down")
        assert not [words for words in said if "…" in words]
        every = " ".join(" ".join(said).split())
        assert "without guesses" in every
        assert "aimed at" in every
        assert "would still be new" in every


async def test_a_card_is_named_without_the_signs_of_markdown(tmp_path: Path) -> None:
    marked = structs.replace(flip("Is *this*\n\n- it?", "`yes`."), markdown=True)
    one = deck(marked, id="marked")
    async with playing(tmp_path, one) as player:
        sitting = player.app.sessions._study([one])
        sitting.start()
        sitting.flag()
        await player.press("down", "i", "end")
        assert "`" not in player.text
        assert "*" not in player.text
        assert "yes. Study can be" in player.words


@pytest.mark.parametrize("size", SIZES)
async def test_the_keys_of_a_card_stand_before_help_and_back(tmp_path: Path, size: tuple[int, int]) -> None:
    async with playing(tmp_path, SIDES, size=size) as player:
        sitting = session(player)
        sitting.flag()
        sitting.suspend()
        await player.press("down", "i", "end", "up")
        keys = "b Bring back f Unflag " if size[0] > 60 else ""
        assert player.footer == f"Enter Study {keys}? Help Esc Back"


@pytest.mark.parametrize("size", SIZES)
async def test_it_holds_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with playing(tmp_path, SIDES, size=size) as player:
        session(player).suspend()
        await player.press("down", "i")
        assert "Never studied." in player.words
        await player.press("end")
        assert "Suspended" in player.text
        assert "Esc" in player.footer
