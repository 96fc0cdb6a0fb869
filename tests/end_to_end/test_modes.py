"""Practice, countdown and survival with keys alone, from the command line to their results."""

from __future__ import annotations

import re

from tests.end_to_end.decks import RIVERS, TOWNS
from tests.end_to_end.home import Home, SideBySide
from tests.end_to_end.terminal import Terminal
from tests.end_to_end.test_quiz import OTHER, answer, asking, town_of


def test_the_modes_that_go_card_by_card(side_by_side: SideBySide) -> None:
    side_by_side(practice, countdown, survival)


def begun(home: Home, *options: str) -> Terminal:
    """The quiz on rivers, with its first card asked; survives a resize on the way."""
    home.deck("rivers", RIVERS)
    terminal = home.start("quiz", "rivers", *options)
    terminal.wait_for("Ready.")
    terminal.press_for("x", asking)
    town = town_of(terminal.flat)
    terminal.resize(40, 15)
    terminal.wait_for(lambda shown: asking(shown) and town in shown and "Esc Pause" in shown)
    terminal.resize(80, 24)
    terminal.wait_for(lambda shown: asking(shown) and town in shown)
    return terminal


def practice(home: Home) -> None:
    """A missed card comes back until it was right once."""
    terminal = begun(home, "--mode", "practice", "--cards", "2")
    missed = town_of(terminal.flat)
    answer(terminal, right=False)
    terminal.press_for("space", lambda shown: asking(shown) and "2 of 2" in shown)
    answer(terminal, right=True)
    terminal.press_for("space", lambda shown: asking(shown) and missed in shown)
    assert "again, 1 card left" in terminal.flat
    answer(terminal, right=True)
    terminal.press_for("space", "% right")
    assert [row["outcome"] for row in home.log()] == ["wrong", "right", "right"]


def countdown(home: Home) -> None:
    """Each card has its own time."""
    terminal = begun(home, "--mode", "countdown", "--cards", "2")
    assert re.search(r"1 of 2, 0 points 0:0\d", terminal.flat)
    first = town_of(terminal.flat)
    answer(terminal, right=True)
    terminal.wait_for(lambda shown: asking(shown) and first not in shown and "2 of 2" in shown)
    answer(terminal, right=False)
    terminal.press_for("space", "Countdown, 2 cards")
    assert "1 right, 1 wrong" in terminal.flat
    assert [row["outcome"] for row in home.log()] == ["right", "wrong"]


def survival(home: Home) -> None:
    """Three wrong answers end it."""
    terminal = begun(home, "--mode", "survival")
    for lives in ("2 lives", "1 life", "0 lives"):
        town = town_of(terminal.wait_for(asking))
        assert answer(terminal, right=False) == OTHER[TOWNS[town]]
        terminal.wait_for(lives)
        terminal.press_for("space", lambda shown: "Wrong. It is" not in shown)
    terminal.wait_for("Survival")
    terminal.wait_for("3 missed")
    assert [row["outcome"] for row in home.log()] == ["wrong"] * 3
