"""A table becomes a deck in the app and is studied; then it is written for another program."""

from __future__ import annotations

from tests.end_to_end.home import Home, SideBySide

TABLE = "term;definition;notes\nla mesa;the table;feminine\nel sol;the sun;\n;lost;\n"
_START, _END = "\x1b[200~", "\x1b[201~"
"""What a terminal puts around what is pasted or dropped into it."""


def test_import(side_by_side: SideBySide) -> None:
    side_by_side(from_a_table_to_a_session, from_an_unclear_table, into_a_deck, taken_back)


def from_a_table_to_a_session(home: Home) -> None:
    """The file is dropped into the terminal."""
    path = home.path / "my words.csv"
    path.write_text(TABLE, encoding="utf-8")
    terminal = home.start()
    terminal.wait_for("Today")
    terminal.press_for("f", "Import a deck")
    terminal.write(f"{_START}'{path}'{_END}")
    terminal.wait_for("my words.csv")
    terminal.press_for("enter", "2 cards, 1 not taken over")
    terminal.wait_for("Between the cells semicolon")
    terminal.wait_for("“term” front")
    terminal.press_for("end", "left out: there is nothing to ask")
    assert not (home.decks / "my-words.toml").exists()
    terminal.press_for("enter", "my words: 2 cards. u undoes it.")
    assert (home.decks / "my-words.toml").is_file()
    terminal.press_for("enter", "1 of 2")
    terminal.press_for("space", "the ")
    terminal.press_for("4", "2 of 2")
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    assert [row["deck"] for row in home.log()] == ["my-words"]
    home.run("check")


def from_an_unclear_table(home: Home) -> None:
    """On the smallest screen: what the columns are is said, and the deck is exported again."""
    (home.path / "x.csv").write_text("uno,one,1\ndos,two,2\n", encoding="utf-8")
    terminal = home.start(size=(40, 15))
    terminal.wait_for("Today")
    terminal.press_for("f", "Import a deck")
    terminal.press_for("x", "1 name fits")
    terminal.press_for("enter", "not clear yet")
    assert "no column is the front" in terminal.flat
    for _ in range(5):
        terminal.press("down")
    terminal.wait_for("first card: “uno”")
    terminal.press_for("right", "no column is the back")
    terminal.press_for("down", "first card: “one”")
    terminal.press_for("right", "there are two columns for front")
    terminal.press_for("right", "2 cards")
    terminal.press_for("enter", "x: 2 cards")
    terminal.press_for("x", "Export")
    terminal.wait_for("~/x.apkg")
    terminal.press_for("enter", "2 cards in ~/x.apkg.")
    assert (home.path / "x.apkg").is_file()
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0


def into_a_deck(home: Home) -> None:
    """A second table goes into the deck of the first, and out of it again on the command line."""
    text = '[[card]]\nfront = "la mesa"  # feminine\nback  = "the table"\n'
    path = home.deck("mine", text)
    (home.path / "more.csv").write_text("front,back\nla mesa,the table\nel sol,the sun\n", encoding="utf-8")
    terminal = home.start()
    terminal.wait_for("Today")
    terminal.press_for("f", "Import a deck")
    terminal.press_for("m", "1 name fits")
    terminal.press_for("enter", "a new deck")
    terminal.press_for("down", "← and → go through all")
    terminal.press_for("space", "a deck's title")
    terminal.press(*"mine")
    terminal.press_for("enter", "1 new card")
    terminal.press_for("enter", "mine: 1 new card. u undoes it.")
    assert path.read_text("utf-8") == f'{text}\n[[card]]\nfront = "el sol"\nback  = "the sun"\n'
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    assert "1 added entry" in home.run("imports", "undo").stdout
    assert path.read_text("utf-8") == text


def taken_back(home: Home) -> None:
    """A package comes with its reviews, and goes again; on the command line too."""
    home.deck("mine", '[[card]]\nfront = "la mesa"\nback = "the table"\n')
    terminal = home.start("study", "mine")
    terminal.wait_for("la mesa")
    terminal.press_for("space", "the table")
    terminal.press_for("4", "1 card studied.")
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    home.run("export", "mine", "mine.apkg")
    terminal = home.start()
    terminal.wait_for("Today")
    terminal.press_for("f", "Import a deck")
    terminal.press_for("m", "1 name fits")
    shown = terminal.press_for("enter", "Reviews 1 come")
    assert "mine-2.toml" in shown
    terminal.press_for("enter", "1 card. u undoes it.")
    terminal.press_for("u", "Undone: the import of mine.apkg.")
    assert not (home.decks / "mine-2.toml").exists()
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    assert [row["deck"] for row in home.log() if not row["undone"]] == ["mine"]
    assert home.run("imports").stdout.rstrip().endswith("undone")
