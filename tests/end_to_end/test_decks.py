"""Which decks there are: from folders and paths, with problems, twice of one id; what is said of none."""

from __future__ import annotations

import pytest

from tests.end_to_end.decks import MIX, ONE
from tests.end_to_end.home import Home, SideBySide

BROKEN = """\
title = "Half broken"
choices = ["Rhine", "Thames"]

[[card]]
statement = "London lies on it."
answer = "Tames"

[[card]]
statement = "Oxford lies on it."
answer = "Thames"
"""


def test_decks_of_folders_and_paths(side_by_side: SideBySide) -> None:
    side_by_side(decks_of_folders_and_paths_with_problems, a_deck_by_its_path)


def decks_of_folders_and_paths_with_problems(home: Home) -> None:
    """On the home screen, and in the commands."""
    home.deck("mine", MIX)
    home.deck("broken", BROKEN)
    more = home.path / "more"
    more.mkdir()
    (more / "mine.toml").write_text(ONE, encoding="utf-8")
    lying = home.path / "lying about.toml"
    lying.write_text(ONE.replace("Just one", "Lying about"), encoding="utf-8")
    # A path and a folder, both on the command line: all decks are there, and the folder's deck is used.
    terminal = home.start("--decks", more, lying)
    terminal.wait_for(lambda shown: "Lying about" in shown and "Just one" in shown and "Half broken" in shown)
    assert "BPO or KPO?" in terminal.flat
    assert "A bit of everything" not in terminal.flat
    assert "▲ 1 problem in broken.toml" in terminal.flat
    terminal.press("p")
    shown = terminal.wait_for("Problems 1 problem")
    assert 'answer "Tames" is not one of the choices Rhine, Thames' in shown
    assert 'did you mean "Thames"' in shown
    assert "card 1, line 6:" in shown
    assert "called mine" in shown
    terminal.press("escape")
    terminal.wait_for("Today")
    # The good card of the deck with a problem works.
    terminal.select_row("Half broken")
    terminal.press("enter")
    terminal.wait_for("Oxford lies on it.")
    terminal.press_for("t", "✓ Right")
    listed = home.run("decks", "--decks", more)
    assert "is used, not" in listed.stdout
    assert home.due("mine", "--decks", more)["title"] == "Just one"
    assert home.due("broken")["problems"] == 1
    checked = home.run("check", code=1)
    assert "broken.toml:6:" in checked.stdout


def a_deck_by_its_path(home: Home) -> None:
    """Studied from a file in no folder of decks."""
    path = home.path / "lying about.toml"
    path.write_text(ONE, encoding="utf-8")
    terminal = home.start("study", path, size=(40, 15))
    terminal.wait_for("Is this all?")
    terminal.press_for("space", "Yes.")
    terminal.press_for("4", "1 card studied.")
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    assert [row["deck"] for row in home.log()] == ["lying about"]


@pytest.mark.parametrize("args", [(), ("study", "bpo-or-kpo"), ("quiz", "bpo-or-kpo")])
def test_no_terminal(home: Home, args: tuple[str, ...]) -> None:
    done = home.run(*args, code=2)
    assert done.stdout == ""
    assert "terminal" in done.stderr
    assert not home.scores.exists()


def test_a_misspelt_deck_and_command(home: Home) -> None:
    for args in (("study", "bpo-or-kop"), ("quiz", "bpo-or-kop")):
        done = home.run(*args, code=2)
        assert done.stdout == ""
        assert 'did you mean "bpo-or-kpo"' in done.stderr
    assert 'did you mean "study"' in home.run("stdy", code=2).stderr


def test_cards_are_asked_for_until_an_empty_line(home: Home) -> None:
    """What has a fault is asked again at once, and stands there to be changed."""
    deck = home.deck("mine", '[[card]]\ncloze = "{Bern} is a capital."\n')
    terminal = home.start("add", "mine", "--tag", "x")
    terminal.wait_for('"mine" has 1 card. An empty line ends. Sentence, with {…} around what is hidden:')
    terminal.write("Rome is one too\r")
    terminal.wait_for("put braces around what is hidden: {word}.")
    # To the end of the first word and back around it: what was typed is still there.
    terminal.wait_for(lambda shown: shown.count("Rome is one too") == 2)
    terminal.write("\x01{\x1bf}\r")
    terminal.wait_for("Why (Enter: none):")
    terminal.write("\r")
    terminal.wait_for("Added. 2 cards. Sentence")
    terminal.write("\r")
    assert terminal.wait_exit() == 0
    assert deck.read_text(encoding="utf-8").endswith(
        '\n[[card]]\ncloze = "{Rome} is one too"\ntags = ["x"]\n'
    )


def test_at_80_columns_no_row_and_no_word_is_broken(home: Home) -> None:
    home.deck("mine", BROKEN.replace('"Tames"', '"the Tames"').replace("[[card]]", "[[card]]\nwhy = []"))
    terminal = home.start("decks")
    assert terminal.wait_exit() == 0
    (head,) = [row for row in terminal.rows if row.startswith("ID")]
    (mine,) = [row for row in terminal.rows if row.startswith("mine")]
    assert head.endswith("  NEW TODAY  PROBLEMS")
    assert mine.endswith("         1         3")
    assert "FILE" not in terminal.flat
    for deck in ("mine", "mine2", "mine-22"):
        # One of these would have a word at the edge.
        home.deck(deck, BROKEN)
        terminal = home.start("check", deck)
        assert terminal.wait_exit() == 1
        said = 'card 1: answer "Tames" is not one of the choices Rhine, Thames; did you mean "Thames"?'
        assert said in terminal.flat
