"""What has been acknowledged on the screen outlives the program, however that ends."""

from __future__ import annotations

from tests.end_to_end.decks import MIX, RIVERS
from tests.end_to_end.home import Home, SideBySide
from tests.end_to_end.test_quiz import answer


def test_an_answer_outlives_a_kill(side_by_side: SideBySide) -> None:
    side_by_side(a_quiz_that_is_killed, a_study_session_that_is_killed)


def a_quiz_that_is_killed(home: Home) -> None:
    """Killed in the middle of a sprint."""
    home.deck("rivers", RIVERS)
    terminal = home.start("quiz", "rivers", size=(40, 15))
    terminal.wait_for("Ready")
    terminal.press_for("x", "lies on it.")
    given = [answer(terminal, right=True) for _ in range(3)] + [answer(terminal, right=False)]
    # The last answer was shown a moment ago.
    terminal.kill9()
    rows = home.log()
    assert [(row["given"], row["outcome"]) for row in rows] == [
        *((river, "right") for river in given[:3]),
        (given[3], "wrong"),
    ]
    assert [row["position"] for row in rows] == [0, 1, 2, 3]
    # The file is sound, and its caches are what the log says.
    assert "nothing changed" in home.run("doctor", "--rebuild").stdout


def a_study_session_that_is_killed(home: Home) -> None:
    """Killed between an answer and its grade."""
    home.deck("mix", MIX)
    terminal = home.start("study", "mix")
    terminal.wait_for("London lies on it.")
    terminal.press_for("t", "✓ Right")
    terminal.press_for("4", "Cologne lies on it.")
    terminal.press_for("t", "✗ Wrong")
    terminal.kill9()
    assert [(row["given"], row["grade"]) for row in home.log()] == [("Thames", 4), ("Thames", 1)]
    assert "nothing changed" in home.run("doctor", "--rebuild").stdout
    # And studying goes on from there.
    deck = home.due("mix")
    assert (deck["due"], deck["new"]) == (1, 3)
