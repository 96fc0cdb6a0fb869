"""Cards that are written, mended and deleted in the program itself."""

from __future__ import annotations

from tests.end_to_end.decks import ONE
from tests.end_to_end.home import Home, SideBySide


def test_cards_in_the_app(side_by_side: SideBySide) -> None:
    side_by_side(a_card_is_added_and_studied, a_card_is_mended_from_its_question)


def a_card_is_added_and_studied(home: Home) -> None:
    """On the smallest screen, with characters of two cells."""
    path = home.deck("mine", ONE)
    terminal = home.start(size=(40, 15))
    terminal.wait_for("Today")
    terminal.select_row("Just one")
    terminal.press_for("i", "1 card")
    terminal.press_for("a", "New card")
    terminal.settle()
    terminal.write("dog")
    terminal.wait_for("dog")
    terminal.press("tab")
    terminal.write("犬")
    terminal.wait_for("犬")
    terminal.press_for("ctrl+s", "1 added")
    assert path.read_text(encoding="utf-8") == f'{ONE}\n[[card]]\nfront = "dog"\nback = "犬"\n'
    terminal.press("escape")
    terminal.wait_for("2 cards")
    terminal.press_for("enter", "Is this all?")
    terminal.press_for("space", "Yes.")
    terminal.press_for("4", "dog")
    terminal.press_for("space", "犬")
    terminal.press_for("4", "2 cards studied")
    assert len(home.log()) == 2


def a_card_is_mended_from_its_question(home: Home) -> None:
    """Asked anew at once, under its own history; then deleted, and brought back."""
    path = home.deck("mine", ONE)
    terminal = home.start("study", "mine")
    terminal.wait_for("Is this all?")
    terminal.press_for("space", "Yes.")
    terminal.press_for("1", "Show answer")
    terminal.press_for("f5", "Edit card")
    terminal.settle()
    terminal.write(" Really?")
    terminal.wait_for("Is this all? Really?")
    terminal.press_for("ctrl+s", lambda shown: "Really?" in shown and "Show answer" in shown)
    assert path.read_text(encoding="utf-8") == ONE.replace("all?", "all? Really?")
    terminal.press_for("space", "Yes.")
    terminal.press_for("4", "1 card studied")
    assert len(home.log()) == 2
    assert "no card" not in home.run("orphans").stdout
    assert home.due("mine")["new"] == 0
    terminal.press("escape")
    terminal.wait_for("Today")
    terminal.press_for("ctrl+g", "Undone: changing")
    assert path.read_text(encoding="utf-8") == ONE
    assert home.due("mine")["new"] == 0
