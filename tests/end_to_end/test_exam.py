"""An exam with keys alone: no word on any answer, back and forth, a flag, and handing in."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from tests.end_to_end.decks import TOWNS
from tests.end_to_end.home import SIZES, Home, SideBySide

SHIFT_TAB = "\x1b[Z"
RIVERS = "\n".join(
    [
        'title = "Rivers"',
        'choices = ["Rhine", "Thames"]',
        "[quiz]",
        'mode = "exam"',
        "cards = 4",
        *(f'[[card]]\nstatement = "{town} lies on it."\nanswer = "{river}"' for town, river in TOWNS.items()),
    ]
)


def at(number: int, *, answered: int) -> Callable[[str], object]:
    """Whether the screen asks this card."""
    return re.compile(rf"{answered} answered.*lies on it\..*▸{number}\b").search


def test_an_exam_from_home_to_its_results(side_by_side: SideBySide) -> None:
    side_by_side(*(partial(an_exam_from_home_to_its_results, size=size) for size in SIZES))


def an_exam_from_home_to_its_results(home: Home, size: tuple[int, int]) -> None:
    """All that an exam has."""
    home.deck("rivers", RIVERS)
    terminal = home.start(size=size)
    terminal.wait_for("Today")
    terminal.select_row("Rivers")
    terminal.press("t")
    terminal.wait_for("Ready. 4 cards, 40 seconds. r Rhine, t Thames.")
    terminal.press_for("space", at(1, answered=0))

    # An answer goes on without a word; Shift+Tab goes back to it, and another takes its place.
    shown = terminal.press_for("r", at(2, answered=1))
    assert not re.search("Right|Wrong|✓|✗", shown)
    terminal.press_for(SHIFT_TAB, at(1, answered=1))
    terminal.wait_for("Your answer: ◆ Rhine.")
    terminal.press_for("t", at(2, answered=1))
    # F4 flags, Tab goes on without an answer.
    terminal.press_for("f4", "▸2*")
    terminal.press_for("tab", at(3, answered=1))
    terminal.press_for("t", at(4, answered=2))

    # F9 names what is open; Space goes back, F9 twice hands in.
    shown = terminal.press_for("f9", "2 are open: 2, 4. 1 is flagged: 2. F9 hands in, Space goes back.")
    assert not any(town in shown for town in TOWNS), "the card is hidden"
    terminal.press_for("space", at(2, answered=2))
    terminal.press_for("f9", "2 are open: 2, 4.")
    terminal.press_for("f9", "Enter Again")
    terminal.press("escape")
    terminal.wait_for("Today")

    rows = home.log()
    assert [(row["position"], row["given"]) for row in rows] == [
        (0, "Rhine"),
        (0, "Thames"),
        (2, "Thames"),
        (1, ""),
        (3, ""),
    ]
    assert [row["outcome"] for row in rows][-2:] == ["skipped", "skipped"]


def test_a_typed_exam(home: Home) -> None:
    """What is typed stands there again, and the exam's keys work while the line has the focus."""
    cards = "".join(f'[[card]]\nquestion = "Number {n}?"\nanswer = "{n}"\n' for n in range(3))
    home.deck("numbers", f'title = "Numbers"\n[quiz]\nmode = "exam"\ncards = 3\n{cards}')
    terminal = home.start()
    terminal.wait_for("Today")
    terminal.select_row("Numbers")
    terminal.press("t")
    terminal.wait_for("Ready. 3 cards, 30 seconds.")
    terminal.press_for("space", "▸1")
    terminal.type_answer("seven")
    terminal.wait_for("seven")
    terminal.press("enter")
    terminal.wait_for("▸2")
    terminal.press_for(SHIFT_TAB, "Your answer: seven. You may change it.")
    terminal.press_for("f4", "▸1*")
    terminal.press_for("f9", "2 are open: 2, 3.")
    terminal.press_for("f9", "Enter Again")
    assert [row["given"] for row in home.log()] == ["seven", "", ""]
