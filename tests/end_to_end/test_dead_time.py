"""Keys that come too early are dropped, at the usual times and in a real terminal; Esc never is."""

from __future__ import annotations

import time

from tests.end_to_end.decks import RIVERS
from tests.end_to_end.home import Home, SideBySide
from tests.end_to_end.terminal import PATIENCE, Terminal, Wanted

DEAD = 0.25
"""Seconds after a paint when keys count again."""
THOUGHT = 0.3
"""Seconds that a person takes to think: longer than keys are dead."""
REPEAT = 0.02
"""Seconds between two signals of a key that is held down; keyboards are slower."""
ATTEMPTS = 2
"""How often keys are hurried: a machine that is too busy for that proves nothing."""


def test_keys_that_come_too_early(side_by_side: SideBySide) -> None:
    side_by_side(a_key_that_is_held_down, keys_right_behind_another)


def studying_rivers(home: Home) -> Terminal:
    """A study session with the usual times. It begins with towns on the Thames.

    2 is Thames before an answer, and the grade Hard after it.
    """
    home.take_the_usual_times()
    home.deck("rivers", RIVERS)
    # Whether a key is Esc is known at once, and not after the tenth of a second that terminals are given.
    terminal = home.start("study", "rivers", env={"ESCDELAY": "1"})
    terminal.wait_for("London lies on it.")
    return terminal


def hold(terminal: Terminal, key: str, wanted: Wanted) -> float:
    """Hold a key down until the screen is as wanted; for how many seconds it was held."""
    begin = time.monotonic()
    while not terminal.shows(wanted):
        terminal.press(key)
        terminal.pump(REPEAT)
        assert time.monotonic() < begin + PATIENCE, terminal.text
    return time.monotonic() - begin


def a_key_that_is_held_down(home: Home) -> None:
    """It counts again and again, but a dead time after each paint at the earliest."""
    terminal = studying_rivers(home)
    # Three answers and three grades. However busy the machine is, it can but take longer.
    assert hold(terminal, "2", "Windsor lies on it.") >= 5 * DEAD
    terminal.press("escape")
    terminal.wait_for("Today")
    rows = home.log()
    assert [(row["given"], row["grade"]) for row in rows[:3]] == [("Thames", 2)] * 3
    assert [row["position"] for row in rows] == list(range(len(rows)))
    # From the paint to the key; the first card was there before the key was held.
    assert all(row["ms"] >= 1000 * DEAD for row in rows[1:]), rows


def keys_right_behind_another(home: Home) -> None:
    """They give no grade, and the same key does when it comes later. Esc leaves at once."""
    terminal = studying_rivers(home)
    terminal.settle(THOUGHT)
    terminal.press_for("2", "✓ Right")
    terminal.settle(THOUGHT)
    terminal.press_for("2", "Oxford lies on it.")
    for _ in range(ATTEMPTS):
        before = grades(home)
        assert before[0] == 2
        if answer_and_hurry_out(terminal) < DEAD:
            # All of it happened while no key but Esc counted: the grade is as it was judged.
            assert grades(home) == [*before, 3]
            break
        terminal.select_row("Rivers")
        terminal.press_for("enter", "lies on it.")


def answer_and_hurry_out(terminal: Terminal) -> float:
    """Answer right, try to grade, and leave; the seconds from the answer to home."""
    terminal.settle(THOUGHT)
    begin = time.monotonic()
    hold(terminal, "2", "✓ Right")
    terminal.press("2", "2", "escape")
    terminal.wait_for("Today")
    return time.monotonic() - begin


def grades(home: Home) -> list[int]:
    """The grades of all answers."""
    return [row["grade"] for row in home.log()]
