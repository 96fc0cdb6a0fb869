"""A timed quiz with keys alone: its start, answers, pause, clock, end, results and drill."""

from __future__ import annotations

import re
from functools import partial

from tests.end_to_end.decks import RIVERS, TOWNS
from tests.end_to_end.home import SIZES, Home, SideBySide
from tests.end_to_end.terminal import Terminal

KEY = {"Rhine": "r", "Thames": "t"}
OTHER = {"Rhine": "Thames", "Thames": "Rhine"}


def asking(shown: str) -> bool:
    """Whether a question waits for its answer."""
    return "lies on it." in shown and not re.search("Right|Wrong", shown)


def town_of(shown: str) -> str:
    """The town that the question on the screen is about."""
    return next(town for town in TOWNS if f"{town} lies on it." in shown)


def answer(terminal: Terminal, *, right: bool) -> str:
    """Answer the question on the screen; what was answered."""
    town = town_of(terminal.wait_for(asking))
    given = TOWNS[town] if right else OTHER[TOWNS[town]]

    def judged(shown: str) -> bool:
        # In a sprint a right answer stays for 0.4 s only, which a busy machine may miss.
        gone = right and asking(shown) and town_of(shown) != town
        return gone or ("✓ Right" if right else "✗ Wrong. It is") in shown

    terminal.press_for(KEY[given], judged)
    return given


def clock(shown: str) -> bool:
    """Whether the time left is on the screen."""
    return re.search(r"\d:\d\d", shown) is not None


def test_a_sprint_from_home_to_the_drill(side_by_side: SideBySide) -> None:
    side_by_side(*(partial(a_sprint_from_home_to_the_drill, size=size) for size in SIZES))


def a_sprint_from_home_to_the_drill(home: Home, size: tuple[int, int]) -> None:
    """All that a quiz has."""
    home.deck("rivers", RIVERS)
    terminal = home.start(size=size)
    terminal.wait_for("Today")
    terminal.select_row("Rivers")
    terminal.press("t")
    # Before the start F7 asks all three choices, and again the usual two; then any key starts.
    terminal.wait_for("Ready. 60 seconds. r Rhine, t Thames.")
    terminal.press_for("f7", "r Rhine, t Thames, d Danube.")
    terminal.press_for("f7", "Ready. 60 seconds. r Rhine, t Thames.")
    terminal.press_for("x", asking)

    # F2 hides the clock and shows it again.
    assert clock(terminal.flat)
    terminal.press("f2")
    terminal.wait_for(lambda shown: not clock(shown) and asking(shown))
    terminal.press("f2")
    terminal.wait_for(lambda shown: clock(shown) and asking(shown))

    # A pause hides the card.
    terminal.press("escape")
    terminal.wait_for(lambda shown: "Paused" in shown and not any(town in shown for town in TOWNS))
    terminal.press_for("space", asking)
    # So does another window that takes the focus.
    terminal.write("\x1b[O")
    terminal.wait_for(lambda shown: "Paused" in shown and not asking(shown))
    terminal.write("\x1b[I")
    terminal.press_for("space", asking)

    given = [answer(terminal, right=True)]
    missed = town_of(terminal.wait_for(asking))
    given.append(answer(terminal, right=False))
    terminal.press_for("space", asking)
    given.append(answer(terminal, right=True))

    # Esc twice ends it; all counts are there.
    terminal.press("escape")
    terminal.wait_for("Paused")
    terminal.press("escape")
    for words in ("2 right − 1 wrong", "1 missed", "Ended after 3", "kept."):
        terminal.wait_for(words)

    # The missed card is drilled until it is right.
    terminal.press_for("d", "no clock.")
    assert town_of(terminal.press_for("x", asking)) == missed
    given.append(answer(terminal, right=True))
    terminal.press_for("space", "% right")
    # And the same again.
    terminal.press_for("enter", "no clock.")
    rows = home.log()
    assert [row["given"] for row in rows] == given
    assert [row["outcome"] for row in rows] == ["right", "wrong", "right", "right"]
    assert [row["k"] for row in rows] == [2, 2, 2, 2]
    assert [row["position"] for row in rows] == [0, 1, 2, 0]
    assert {row["grade"] for row in rows} == {None}
    assert len({row["session"] for row in rows}) == 2
