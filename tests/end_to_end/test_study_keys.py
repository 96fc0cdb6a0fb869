"""The other keys of study in a real terminal: hint, flag, suspend, bury, undo; and cramming."""

from __future__ import annotations

from functools import partial

from tests.end_to_end.decks import MIX
from tests.end_to_end.home import SIZES, Home, SideBySide

HINTED = MIX.replace('answer = "Thames"', 'answer = "Thames"\nhint = "It is in England."').replace(
    'answer = "Rome"', 'answer = "Rome"\nhint = "All roads lead there."'
)


def test_the_keys_of_study(side_by_side: SideBySide) -> None:
    at_each_size = (partial(hint_flag_suspend_bury_and_undo, size=size) for size in SIZES)
    side_by_side(*at_each_size, undo_over_restarts, a_cram_moves_nothing)


def hint_flag_suspend_bury_and_undo(home: Home, size: tuple[int, int]) -> None:
    """Each of them on a question, on feedback and in the middle of typing."""
    home.deck("mix", HINTED)
    terminal = home.start("study", "mix", size=size)
    terminal.wait_for("London lies on it.")
    assert "It is in England." not in terminal.flat
    terminal.press_for("f3", "Hint It is in England.")
    terminal.press_for("f4", "⚑ Flagged")
    # After a hint there is no Easy, and 4 does nothing.
    assert "Easy" not in terminal.press_for("t", "✓ Right")
    terminal.press("4")
    terminal.press_for("3", "Cologne lies on it.")
    assert "Flagged" not in terminal.flat
    # A card is put aside, brought back, and put aside on its feedback.
    terminal.press_for("f6", "Suspended. Bksp undoes it.")
    assert "Capital of France?" in terminal.flat
    terminal.press_for("backspace", "Cologne lies on it.")
    terminal.press_for("r", "✓ Right")
    terminal.press_for("f8", "Buried until tomorrow. Bksp undoes it.")
    assert "Capital of France?" in terminal.flat
    terminal.press_for("space", "Paris")
    terminal.press_for("4", "Capital of Italy?")
    # What is being typed stays where a hint comes and a flag.
    terminal.type_answer("Ro")
    terminal.press_for("f3", "Hint All roads lead there.")
    terminal.press_for("f4", "⚑ Flagged")
    assert any(row.strip() == "Ro" for row in terminal.rows)
    terminal.write("me")
    terminal.press_for("enter", "✓ Right")
    terminal.press_for("space", "Which one is in Africa?")
    terminal.press("escape")
    terminal.wait_for("Today")
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    answers = home.log()
    assert [(row["given"], row["grade"], row["hinted"], row["undone"]) for row in answers] == [
        ("Thames", 3, True, False),
        ("Rhine", 3, False, False),
        ("", 4, False, False),
        ("Rome", 3, True, False),
    ]


def undo_over_restarts(home: Home) -> None:
    """The last answer of a session that is over, and what it put aside, taken back in others."""
    home.deck("mix", MIX)
    terminal = home.start("study", "mix")
    terminal.wait_for("London lies on it.")
    terminal.press_for("t", "✓ Right")
    terminal.press_for("4", "Cologne lies on it.")
    terminal.press_for("f6", "Suspended.")
    terminal.press("escape")
    terminal.wait_for("Today")
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    assert home.due("mix")["new"] == 3

    terminal = home.start("study", "mix")
    terminal.wait_for("Capital of France?")
    shown = terminal.press_for("backspace", lambda shown: "Cologne" in shown and "Undone" in shown)
    assert "Undone: suspending “Cologne lies on it.” of A bit of everything." in shown
    terminal.kill9()

    terminal = home.start("study", "mix")
    terminal.wait_for("Cologne lies on it.")
    shown = terminal.press_for("backspace", lambda shown: "Undone" in shown and "1 of 5" in shown)
    assert "Undone: Easy for “London lies on it.” of A bit of everything." in shown
    assert "Bksp" not in shown, "there is nothing left"
    terminal.press("escape")
    terminal.wait_for("A bit of everything 0 due 5 new")
    assert [row["undone"] for row in home.log()] == [True]


def a_cram_moves_nothing(home: Home) -> None:
    """Two rounds of all cards, one missed; what is due is due as before."""
    cards = MIX.split("\n[[card]]")
    home.deck("two", "\n[[card]]".join(cards[:3]))
    terminal = home.start("study", "two")
    terminal.wait_for("London lies on it.")
    terminal.press_for("t", "✓ Right")
    terminal.press_for("4", "Cologne lies on it.")
    terminal.press("escape")
    terminal.wait_for("Today")
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    before = home.due("two")

    terminal = home.start("study", "two", "--cram")
    for again in ("enter", "escape"):
        terminal.wait_for(lambda shown: "1 of 2" in shown and "Cram: A bit of everything" in shown)
        shown = terminal.press_for("space", "▸ 3 Good")
        assert "Hard" not in shown
        assert "Easy" not in shown
        terminal.press_for("1", "2 of 2, 1 again")
        terminal.press_for("space", "▸ 3 Good")
        terminal.press_for("space", lambda shown: "2 of 2, 1 again" in shown and "Good" not in shown)
        terminal.press_for("space", "▸ 3 Good")
        terminal.press_for("space", "Nothing was scheduled")
        terminal.press(again)
    terminal.wait_for("Today")
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    assert home.due("two") == before
    crammed = home.log()[1:]
    assert [row["outcome"] for row in crammed] == ["wrong", "right", "right"] * 2
    assert {row["grade"] for row in crammed} == {None}
