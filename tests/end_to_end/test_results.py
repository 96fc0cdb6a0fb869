"""What stays when the app has closed: the last quiz's result, and a quiz that was cut off."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
from contextlib import closing

from tests.end_to_end.decks import RIVERS
from tests.end_to_end.home import Home, SideBySide
from tests.end_to_end.terminal import Terminal
from tests.end_to_end.test_quiz import answer, asking


def test_what_stays(side_by_side: SideBySide) -> None:
    side_by_side(the_result_is_printed_once, the_result_as_json, a_quiz_that_was_killed_is_offered)


def two_answers(terminal: Terminal) -> None:
    """A right answer and a wrong one; then the quiz is ended."""
    terminal.wait_for("Ready")
    terminal.press_for("x", asking)
    answer(terminal, right=True)
    answer(terminal, right=False)
    terminal.press_for("space", asking)
    terminal.press("escape")
    terminal.wait_for("Paused")
    terminal.press("escape")
    terminal.wait_for("Ended after 2 answers")


def after_the_screen(terminal: Terminal) -> str:
    """What was written after the app had given the terminal back, sequences aside."""
    _, left, rest = terminal.raw.decode().rpartition("\x1b[?1049l")
    assert left
    return re.sub(r"\x1b\[[<>=?0-9;]*[a-zA-Z]", "", rest).strip()


def grow_older(home: Home, *, minutes: int) -> None:
    """As if all answers had been given so much earlier; the program itself can't change a row."""
    with closing(sqlite3.connect(home.scores)) as db, db:
        (guard,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'answer_no_update'").fetchone()
        db.execute("DROP TRIGGER answer_no_update")
        db.execute("UPDATE answer SET at_ms = at_ms - ?", (minutes * 60_000,))
        db.execute(guard)


def the_result_is_printed_once(home: Home) -> None:
    """Whoever took no quiz sees nothing."""
    home.deck("rivers", RIVERS)
    terminal = home.start("quiz", "rivers")
    two_answers(terminal)
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    lines = after_the_screen(terminal).split("\r\n")
    card = [line for line in lines if line]
    assert card[:1] == ["Rivers"]
    assert re.fullmatch(r"Sprint, 60 seconds, ended early, \d{4}-\d\d-\d\d", card[1])
    assert card[2:4] == ["0 points: 1 right, 1 wrong, 50 % right", "✓✗"]
    assert card[4].startswith("Median time")
    assert len(card) == 5
    quiet = home.start()
    quiet.wait_for("Today")
    quiet.press("q")
    assert quiet.wait_exit() == 0
    assert after_the_screen(quiet) == ""
    listed = home.run("scores", "rivers").stdout
    assert "0 points" in listed
    assert "ended early" in listed


def the_result_as_json(home: Home) -> None:
    """On stdout, which may go elsewhere."""
    home.deck("rivers", RIVERS)
    line = f"{shlex.join(home.command)} quiz rivers --json > result.json"
    shell = Terminal(["/bin/sh", "-c", line], env=home.environment(), cwd=home.path)
    try:
        two_answers(shell)
        shell.press("ctrl+q")
        assert shell.wait_exit() == 0
    finally:
        shell.close()
    result = json.loads((home.path / "result.json").read_text(encoding="utf-8"))
    assert (result["title"], result["mode"], result["score"]) == ("Rivers", "sprint", 0)
    assert (result["right"], result["wrong"], result["finished"]) == (1, 1, False)
    (missed,) = result["missed"]
    assert missed["prompt"].endswith("lies on it.")
    assert {missed["given"], missed["answer"]} == {"Rhine", "Thames"}


def a_quiz_that_was_killed_is_offered(home: Home) -> None:
    """Once ten minutes have gone by."""
    home.deck("rivers", RIVERS)
    terminal = home.start("quiz", "rivers")
    terminal.wait_for("Ready")
    terminal.press_for("x", asking)
    answer(terminal, right=True)
    answer(terminal, right=False)
    terminal.kill9()
    again = home.start()
    assert "cut off" not in again.wait_for("Today"), "another quizapp could be in it"
    again.press("q")
    again.wait_exit()
    grow_older(home, minutes=11)
    later = home.start()
    later.wait_for("A quiz on Rivers was cut off after 2 answers. e shows it")
    later.press("e")
    later.wait_for("Ended after 2 answers. Both are kept.")
    later.press_for("d", "no clock.")
    later.press("escape")
    later.wait_for("Today")
    later.press("q")
    assert later.wait_exit() == 0
    assert "nothing changed" in home.run("doctor", "--rebuild").stdout
    once = home.start()
    assert "cut off" not in once.wait_for("Today")
