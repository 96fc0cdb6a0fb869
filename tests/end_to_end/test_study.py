"""Studying with keys alone: answers, grades, undo, leaving, and what is there after a restart."""

from __future__ import annotations

import re
from functools import partial

from tests.end_to_end.decks import MIX
from tests.end_to_end.home import SIZES, Home, SideBySide


def test_studying(side_by_side: SideBySide) -> None:
    at_each_size = (partial(all_kinds_of_cards_grades_and_undo, size=size) for size in SIZES)
    side_by_side(*at_each_size, undo_on_the_summary_and_a_restart)


def all_kinds_of_cards_grades_and_undo(home: Home, size: tuple[int, int]) -> None:
    """Each kind of card with each way to answer it; grades given and changed; answers taken back."""
    home.deck("mix", MIX)
    terminal = home.start("study", "mix", size=size)
    terminal.wait_for("London lies on it.")
    # A letter answers; 4 makes Easy of the Good that was judged.
    assert "The Thames is a river in England." in terminal.press_for("t", "✓ Right")
    terminal.press_for("4", "Cologne lies on it.")
    # An arrow answers; 2 makes Hard of Again.
    terminal.press_for("right", "✗ Wrong. It is ◆ Rhine.")
    terminal.press_for("2", "Capital of France?")
    # Space reveals, 1 grades.
    terminal.press_for("space", "Paris")
    terminal.press_for("1", "Capital of Italy?")
    terminal.type_answer("rome")
    terminal.press("enter")
    terminal.wait_for("✓ Right")
    # Space takes the marked grade; a digit answers.
    shown = terminal.press_for("space", "The Tiber")
    options = re.findall("The (Nile|Rhine|Tiber)", shown)
    terminal.press_for(str(options.index("Nile") + 1), "✓ Right")
    # Three answers are taken back, the last first, from feedback and from questions.
    terminal.press_for("backspace", lambda shown: "The Nile" in shown and "Right" not in shown)
    terminal.press_for("backspace", "Capital of Italy?")
    terminal.press_for("backspace", "Capital of France?")
    terminal.press("escape")
    # Home has them due and new as the log has them.
    terminal.wait_for("A bit of everything 1 due 3 new")

    answers = home.log()
    assert [(row["given"], row["how"], row["outcome"], row["grade"], row["undone"]) for row in answers] == [
        ("Thames", "chosen", "right", 4, False),
        ("Thames", "chosen", "wrong", 2, False),
        ("", "revealed", "wrong", 1, True),
        ("rome", "typed", "right", 3, True),
        ("The Nile", "chosen", "right", 3, True),
    ]
    assert [row["position"] for row in answers] == list(range(5))
    deck = home.due("mix")
    assert (deck["due"], deck["new"]) == (1, 3)


def undo_on_the_summary_and_a_restart(home: Home) -> None:
    """The last answers of a session taken back after its end."""
    cards = MIX.split("\n[[card]]")
    home.deck("two", "\n[[card]]".join(cards[:3]))
    terminal = home.start("study", "two")
    terminal.wait_for("London lies on it.")
    terminal.press_for("t", "✓ Right")
    terminal.press_for("4", "Cologne lies on it.")
    terminal.press_for("r", "✓ Right")
    assert "Nothing due until" in terminal.press_for("4", "2 cards studied.")
    # Both answers are taken back, one after the other, and one is given anew.
    terminal.press_for("backspace", lambda shown: "Cologne" in shown and "studied" not in shown)
    terminal.press_for("backspace", "London lies on it.")
    terminal.press_for("r", "✗ Wrong. It is ● Thames.")
    terminal.press_for("4", "Cologne lies on it.")
    terminal.press("escape")
    terminal.wait_for("A bit of everything 0 due 1 new")
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    assert [(row["given"], row["grade"], row["undone"]) for row in home.log()] == [
        ("Thames", 4, True),
        ("Rhine", 4, True),
        ("Rhine", 4, False),
    ]
    # After a restart that is still so.
    home.start(size=(40, 15)).wait_for(re.compile(r"A bit of everyth\S* 0 due 1 new").search)
