"""The terminal itself: its size changes, it has no colours, and it is given back as it was."""

from __future__ import annotations

import pytest

from tests.end_to_end.decks import MIX
from tests.end_to_end.home import SIZES, Home, SideBySide
from tests.end_to_end.terminal import Terminal

LATE = 0.3
"""Seconds within which a frame comes that follows the first."""


def test_resizes_and_no_colours(side_by_side: SideBySide) -> None:
    side_by_side(a_resize_in_the_middle_loses_nothing, without_colours_it_is_still_usable)


def a_resize_in_the_middle_loses_nothing(home: Home) -> None:
    """Made smaller and larger again on a question, its feedback and a half typed answer."""
    cards = MIX.split("\n[[card]]")
    home.deck("mix", "\n[[card]]".join((cards[0], cards[1], cards[4])))
    terminal = home.start("study", "mix")
    terminal.wait_for("London lies on it.")
    before = terminal.settle()
    whole = terminal.text

    terminal.resize(40, 15)
    small = terminal.wait_for(lambda shown: "London lies on it." in shown and "Esc Leave" in shown)
    assert "r ◆ Rhine t ● Thames" in small
    assert "1 of 2" in small
    terminal.resize(80, 24)
    terminal.wait_for(lambda shown: shown == before)
    assert terminal.text == whole

    # Between the answer and the grade as well.
    terminal.press_for("t", "✓ Right")
    judged = terminal.text
    terminal.resize(40, 15)
    terminal.wait_for(lambda shown: "✓ Right" in shown and "▸3 Good" in shown)
    terminal.resize(80, 24)
    terminal.wait_for(lambda _: terminal.text == judged)
    terminal.press_for("3", "Capital of Italy?")

    # And in a typed answer.
    terminal.type_answer("Ro")
    terminal.resize(40, 15)
    terminal.wait_for(lambda shown: "Capital of Italy?" in shown and "Ro" in shown.split())
    terminal.write("me")
    terminal.resize(80, 24)
    terminal.press("enter")
    terminal.wait_for("✓ Right")
    assert [row["given"] for row in home.log()] == ["Thames", "Rome"]


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "40x15"])
def test_a_screen_opens_where_it_stays(home: Home, size: tuple[int, int]) -> None:
    home.deck("mix", MIX)
    terminal = home.start(size=size)
    terminal.wait_for("Today")
    terminal.select_row("A bit of everything")
    terminal.settle()
    before = len(terminal.raw)
    terminal.press("enter")
    for text in ("1 of 5", "r ◆ Rhine", "Esc Leave"):
        terminal.wait_for(text)
    terminal.settle(LATE)
    # From the first frame on everything stands where it stays.
    places = {text: terminal.places(text, before) for text in ("1 of 5", "r   ◆ Rhine", "Esc Leave")}
    assert {text: len(found) for text, found in places.items()} == dict.fromkeys(places, 1), places


def colours(terminal: Terminal) -> set[str]:
    """The colours on the screen that are neither grey nor the terminal's own."""
    found: set[str] = set()
    for row in range(terminal.screen.lines):
        for column in range(terminal.screen.columns):
            cell = terminal.screen.buffer[row][column]
            found |= {cell.fg, cell.bg}
    return {name for name in found if name != "default" and len({name[0:2], name[2:4], name[4:6]}) > 1}


def without_colours_it_is_still_usable(home: Home) -> None:
    """With NO_COLOR; and the terminal is given back as it was."""
    home.deck("mix", MIX)
    terminal = home.start("study", "mix", env={"NO_COLOR": "1"})
    terminal.wait_for("London lies on it.")
    assert colours(terminal) == set()
    terminal.press_for("r", "✗ Wrong. It is ● Thames.")
    assert "✗ Rhine ✓ Thames" in terminal.flat
    assert "▸ 1 Again" in terminal.flat
    assert colours(terminal) == set()
    # The terminal gets back its screen, its mouse, its cursor and its keyboard, even from here.
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    assert terminal.modes_left_on() == set()
    assert terminal.raw.rfind(b"\x1b[?1049l") > terminal.raw.rfind(b"\x1b[?1049h") > -1
    assert terminal.raw.rfind(b"\x1b[?1003l") > terminal.raw.rfind(b"\x1b[?1003h") > -1
