"""A deck's page: figures that are explained, and a way back for what was put aside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from quizapp.deck.card import StudyDefaults
from quizapp.learn.study import Asking
from quizapp.record import EventType, Ref
from quizapp.sitting import StudySitting
from quizapp.tui.deck import DeckScreen
from quizapp.tui.home import HomeScreen
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
async def test_it_holds_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with playing(tmp_path, SIDES, size=size) as player:
        session(player).suspend()
        await player.press("down", "i")
        assert "Never studied." in player.words
        await player.press("end")
        assert "Suspended" in player.text
        assert "Esc" in player.footer
