"""What has been acknowledged on the screen outlives the program, however that ends."""

from __future__ import annotations

import time

from tests.end_to_end.decks import MIX, ONE, RIVERS
from tests.end_to_end.home import Home, SideBySide
from tests.end_to_end.terminal import PATIENCE, QUIET
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


def test_a_draft_outlives_a_kill(side_by_side: SideBySide) -> None:
    side_by_side(a_new_card_that_is_killed, a_change_that_is_killed)


def drafts(home: Home) -> list[str]:
    """What the files of the drafts say."""
    return [path.read_text(encoding="utf-8") for path in (home.path / "drafts").glob("*.json")]


def wait_for_draft(home: Home, text: str) -> None:
    """A pause in typing has it written."""
    late = time.monotonic() + PATIENCE
    while not any(text in draft for draft in drafts(home)):
        assert time.monotonic() < late, "it was never written"
        time.sleep(QUIET)


def a_new_card_that_is_killed(home: Home) -> None:
    """On the smallest screen; brought back, and saved in the end."""
    path = home.deck("mine", ONE)
    for way in ("typed", "brought back"):
        terminal = home.start(size=(40, 15))
        terminal.wait_for("Today")
        terminal.select_row("Just one")
        terminal.press_for("i", "1 card")
        terminal.press_for("a", "New card")
        terminal.settle()
        if way == "typed":
            terminal.write("dog 犬")
            wait_for_draft(home, "dog 犬")
            terminal.kill9()
    terminal.wait_for("dog 犬")
    terminal.press("tab")
    terminal.write("woof")
    terminal.wait_for("woof")
    terminal.press_for("ctrl+s", "1 added")
    assert path.read_text(encoding="utf-8").endswith('front = "dog 犬"\nback = "woof"\n')
    terminal.press("escape")
    terminal.wait_for("2 cards")
    assert not drafts(home)


def a_change_that_is_killed(home: Home) -> None:
    """From a question, to the same question; the deck's file is as it was."""
    path = home.deck("mine", ONE)
    for way in ("typed", "brought back"):
        terminal = home.start("study", "mine")
        terminal.wait_for("Is this all?")
        terminal.press_for("f5", "Edit card")
        terminal.settle()
        if way == "typed":
            terminal.write(" Really?")
            wait_for_draft(home, "Really?")
            terminal.kill9()
    terminal.wait_for("Is this all? Really?")
    assert path.read_text(encoding="utf-8") == ONE
