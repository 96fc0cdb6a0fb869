"""Plain lines in a terminal that can do nothing else: no escape is ever written, and every answer is kept."""

from __future__ import annotations

from functools import partial

from tests.end_to_end.decks import MIX, RIVERS, TOWNS
from tests.end_to_end.home import Home, SideBySide
from tests.end_to_end.terminal import Terminal

DUMB = {"TERM": "dumb"}


def test_plain_lines(side_by_side: SideBySide) -> None:
    ends = (partial(a_sprint_that_is_left, key=key) for key in ("\x03", "\x04"))
    side_by_side(studying_from_home, an_option_on_a_terminal_that_can_do_more, *ends)


def answer(terminal: Terminal, line: str, then: str) -> str:
    """Type a line, and wait for what follows."""
    terminal.write(f"{line}\r")
    return terminal.wait_for(then)


def studying_from_home(home: Home) -> None:
    """All kinds of cards, an undo, and the way back home, in a terminal of forty columns."""
    home.deck("mix", MIX.replace("A bit of everything", "A bit \\u001b[31mred"))
    terminal = home.start(env=DUMB, size=(40, 50))
    terminal.wait_for("A bit ␛[31mred. 0 due, 5 new.")
    answer(terminal, "bit", "1 of 5.")
    answer(terminal, "t", "Enter: Good, 10 minutes.")
    answer(terminal, "4", "Cologne lies on it.")
    answer(terminal, "undo", "Undone.")
    answer(terminal, "thames", "Right.")
    answer(terminal, "4", "Cologne lies on it.")
    answer(terminal, "2", "Wrong. It is Rhine.")
    answer(terminal, "", "Capital of France?")
    answer(terminal, "", "Paris")
    answer(terminal, "", "Capital of Italy?")
    answer(terminal, "rome", "Right.")
    answer(terminal, "", "The Tiber")
    answer(terminal, ":quit", "Ended after 4 answers. All 4 are kept.")
    terminal.write("\x04")
    assert terminal.wait_exit() == 0
    assert b"\x1b" not in terminal.raw
    assert [(row["given"], row["how"], row["grade"], row["undone"]) for row in home.log()] == [
        ("Thames", "chosen", 4, True),
        ("Thames", "chosen", 4, False),
        ("Thames", "chosen", 1, False),
        ("", "revealed", 3, False),
        ("rome", "typed", 3, False),
    ]


def a_sprint_that_is_left(home: Home, key: str) -> None:
    """Right, wrong and paused, then left in the middle of a question."""
    home.deck("rivers", RIVERS)
    terminal = home.start("quiz", "rivers", env=DUMB, size=(80, 60))
    terminal.wait_for("Ready. 60 seconds. r Rhine, t Thames. Enter begins; ? helps.")
    answer(terminal, "", "lies on it.")
    answer(terminal, river(terminal), "Right. 1 right,")
    terminal.wait_for("seconds left.")
    answer(terminal, "t" if river(terminal) == "r" else "r", "Enter goes on.")
    terminal.wait_for("See a map of")
    answer(terminal, "", "lies on it.")
    answer(terminal, "", "Paused.")
    answer(terminal, "", "lies on it.")
    terminal.write(key)
    terminal.wait_for("Ended after 2 cards. Both are kept; this run can't be a best.")
    assert terminal.wait_exit() == 0
    assert b"\x1b" not in terminal.raw
    assert [row["outcome"] for row in home.log()] == ["right", "wrong"]


def river(terminal: Terminal) -> str:
    """The letter of the right answer to the last question on the screen."""
    terminal.settle()
    town = next(row.split()[0] for row in reversed(terminal.rows) if row.endswith(" lies on it."))
    return TOWNS[town][0].lower()


def an_option_on_a_terminal_that_can_do_more(home: Home) -> None:
    """`--plain` writes no escapes there either."""
    terminal = home.start("study", "bpo-or-kpo", "--plain")
    terminal.wait_for("b BPO, k KPO, o Both")
    answer(terminal, "b", "Enter: ")
    answer(terminal, ":quit", "It is kept.")
    assert terminal.wait_exit() == 0
    assert b"\x1b" not in terminal.raw
    assert [row["given"] for row in home.log()] == ["BPO"]
