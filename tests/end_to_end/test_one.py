"""One card at the prompt: in a terminal of its own, and in the start-up file of a shell."""

from __future__ import annotations

import shlex
import shutil
import sqlite3
from contextlib import closing
from functools import partial

import pytest

from tests.end_to_end.decks import MIX, ONE
from tests.end_to_end.home import Home, SideBySide
from tests.end_to_end.terminal import Terminal

FAR_OFF = 8_640_000_000_000_000


def test_one_card_in_a_terminal(side_by_side: SideBySide) -> None:
    leaving = (partial(leaving_without_an_answer, key=key) for key in ("\x03", "\x04"))
    side_by_side(a_card_is_asked_once, a_flip_is_graded, what_was_typed_ahead_is_dropped, *leaving)


def test_one_card_in_the_start_up_file_of_a_shell(side_by_side: SideBySide) -> None:
    if shutil.which("bash") is None:
        pytest.skip("there is no bash")
    side_by_side(a_shell_asks_and_goes_on, partial(a_shell_asks_and_goes_on, key="\x03"))


def fall_due(home: Home, at_ms: int = 0) -> None:
    """Make every card that was studied a learning step that falls due at this time: it was long ago."""
    with closing(sqlite3.connect(home.scores)) as db, db:
        db.execute("UPDATE memory SET due_ms = ?, due_day = NULL", (at_ms,))


def studied(home: Home, text: str, *lines: str) -> None:
    """A deck of which cards were studied, and are due again."""
    home.deck("deck", text)
    terminal = home.start("study", "deck", "--plain")
    for line in (*lines, ":quit"):
        terminal.settle()
        terminal.write(f"{line}\r")
    assert terminal.wait_exit() == 0
    fall_due(home)


def files(home: Home) -> set[str]:
    """What lies in the home."""
    return {path.name for path in home.path.iterdir()}


def a_card_is_asked_once(home: Home) -> None:
    """A statement, answered wrong, says so in a line; then nothing is due for a minute."""
    studied(home, MIX, "t", "3")
    terminal = home.start("one")
    terminal.wait_for(
        "A bit of everything. 1 due in all decks. Ctrl+C leaves. London lies on it. r Rhine, t Thames"
    )
    terminal.write("r\r")
    terminal.wait_for("Wrong. It is Thames. Comes again in 1 minute. The Thames is a river in England.")
    assert terminal.wait_exit() == 0
    assert b"\x1b" not in terminal.raw
    assert [(row["given"], row["grade"]) for row in home.log()] == [("Thames", 3), ("Rhine", 1)]
    nothing = home.start("one")
    assert nothing.wait_exit() == 0
    assert bytes(nothing.raw) == b""


def a_flip_is_graded(home: Home) -> None:
    """And quietly."""
    studied(home, ONE, "", "3")
    terminal = home.start("one", "--quiet")
    terminal.wait_for("Is this all?")
    terminal.write("\r")
    terminal.wait_for("Yes.")
    terminal.write("2\r")
    assert terminal.wait_exit() == 0
    assert terminal.flat == "Is this all? Yes. 2"
    assert [row["grade"] for row in home.log()] == [3, 2]


def what_was_typed_ahead_is_dropped(home: Home) -> None:
    """It was meant for the shell, and answers nothing."""
    studied(home, MIX, "t", "3")
    terminal = home.start("one")
    terminal.write("r\r")
    terminal.wait_for("r Rhine, t Thames")
    terminal.write("t\r")
    terminal.wait_for("Right.")
    assert terminal.wait_exit() == 0
    assert [row["given"] for row in home.log()] == ["Thames", "Thames"]


def leaving_without_an_answer(home: Home, key: str) -> None:
    """Nothing is logged, and nothing else is left either."""
    studied(home, ONE, "", "3")
    before, there = home.scores.read_bytes(), files(home)
    terminal = home.start("one")
    terminal.wait_for("Enter shows the answer.")
    terminal.write(key)
    assert terminal.wait_exit() == 0
    assert b"Traceback" not in terminal.raw
    # The answer was seen, but not graded.
    terminal = home.start("one")
    terminal.wait_for("Enter shows the answer.")
    terminal.write("\r")
    terminal.wait_for("4 Easy")
    terminal.write(key)
    assert terminal.wait_exit() == 0
    assert (home.scores.read_bytes(), files(home)) == (before, there)


def a_shell_asks_and_goes_on(home: Home, key: str = "t\r") -> None:
    """Answered or left, the rest of the start-up file is read; with nothing due there is only the prompt."""
    studied(home, MIX, "t", "3")
    start_up = home.path / "start-up"
    start_up.write_text(f"{shlex.join(home.command)} one\nPS1='ready> '\n")
    with closing(shell(home)) as first:
        first.wait_for("r Rhine, t Thames")
        first.write(key)
        first.wait_for("ready>")
    fall_due(home, at_ms=FAR_OFF)
    with closing(shell(home)) as second:
        second.wait_for("ready>")
        assert second.flat == "ready>"


def shell(home: Home) -> Terminal:
    """A shell that reads the start-up file."""
    argv = ["bash", "--noprofile", "--rcfile", str(home.path / "start-up"), "-i"]
    return Terminal(argv, env=home.environment(), cwd=home.path)
