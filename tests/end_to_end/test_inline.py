"""A session below the prompt: the rest of the terminal stays as it was."""

from __future__ import annotations

from tests.end_to_end.decks import MIX
from tests.end_to_end.home import Home


def test_a_study_below_the_prompt(home: Home) -> None:
    home.deck("mix", MIX)
    terminal = home.start("study", "mix", "--inline", size=(80, 40))
    terminal.wait_for("1 of 5")
    terminal.press_for("t", "✓ Right")
    # No other screen was asked for, so that what stood above is still there.
    assert b"\x1b[?1049h" not in terminal.raw
    terminal.press_for("?", "Esc closes")
    terminal.press_for("escape", "✓ Right")
    terminal.press("escape")
    # Where the session ends, the program does: there is no home below it.
    assert terminal.wait_exit() == 0
    assert "Today" not in terminal.flat
    assert [row["given"] for row in home.log()] == ["Thames"]


def test_a_quiz_below_the_prompt_ends_after_its_results(home: Home) -> None:
    home.deck("mix", "\n[[card]]".join(MIX.split("\n[[card]]")[:3]))
    terminal = home.start("quiz", "mix", "--inline")
    terminal.wait_for("Ready")
    terminal.press_for("x", lambda shown: "Ready" not in shown)
    terminal.press_for("1", lambda shown: "✓" in shown or "✗" in shown)
    terminal.press("escape")
    terminal.wait_for("Paused")
    terminal.press("escape")
    terminal.wait_for("Ended after 1 answer")
    terminal.press("escape")
    assert terminal.wait_exit() == 0
