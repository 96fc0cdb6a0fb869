"""A new user's first minute, with the decks that ship and nothing else; CI runs it on the built wheel too."""

from __future__ import annotations

from tests.end_to_end.home import Home


def judged(shown: str) -> bool:
    """Whether the screen says what an answer came to."""
    return "✓ Right" in shown or "✗ Wrong" in shown


def test_the_first_minute(home: Home) -> None:
    terminal = home.start()
    assert "46 new" in terminal.wait_for("The keys of quizapp")
    # From the start to the first question it is one key.
    terminal.press("enter")
    terminal.wait_for("b ◆ BPO k ● KPO o ■ Both")
    terminal.wait_for("1 of")
    terminal.press_for("b", judged)
    terminal.press_for("space", "2 of")
    terminal.press("escape")
    terminal.wait_for("Today")
    # And a timed quiz.
    terminal.press("t")
    terminal.wait_for("Ready. 60 seconds.")
    terminal.press_for("x", lambda shown: "Ready" not in shown)
    terminal.press_for("k", judged)
    terminal.press("escape")
    terminal.wait_for("Paused")
    terminal.press("escape")
    terminal.wait_for("Ended after 1 answer")
    terminal.press("escape")
    terminal.wait_for("Today")
    terminal.press("q")
    assert terminal.wait_exit() == 0
    assert terminal.modes_left_on() == set()
    studied, quizzed = home.log()
    assert (studied["deck"], studied["given"], studied["repeat"]) == ("bpo-or-kpo", "BPO", False)
    assert (quizzed["deck"], quizzed["given"], quizzed["repeat"]) == ("bpo-or-kpo", "KPO", True)
