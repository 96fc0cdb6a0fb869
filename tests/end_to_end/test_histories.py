"""A person edits decks between two starts of the program: histories stay, or are asked for."""

from __future__ import annotations

import json

from tests.end_to_end.home import Home
from tests.histories import typed


def deck(*entries: str) -> str:
    return "".join(f"[[card]]\n{entry}\n" for entry in entries)


NILE = typed("Which river is the longest in Africa?", "Nile")
IRAN = typed("Capital of Iran?", "Tehran")


def test_a_deck_is_renamed_and_a_card_replaced_between_two_starts(home: Home) -> None:
    path = home.deck("geo", deck(NILE, IRAN))
    home.deck("other", deck(typed("What is a house in Spanish?", "casa")))
    terminal = home.start("study", "geo")
    terminal.wait_for("Which river is the longest")
    terminal.type_answer("Nile")
    terminal.press("enter")
    terminal.wait_for("✓ Right")
    terminal.press("space")
    terminal.wait_for("Capital of Iran?")
    terminal.type_answer("Tehran")
    terminal.press("enter")
    terminal.wait_for("✓ Right")
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0

    path.unlink()
    home.deck("lands", deck(NILE.replace("the longest", "longest"), IRAN))
    terminal = home.start()
    terminal.wait_for("History of 1 card carried over")
    terminal.wait_for("? 1 card may be an older one m shows it")
    terminal.press("m")
    terminal.wait_for("was Which river is the longest in Africa?")
    terminal.press_for("y", "✓ Same card, history carried over")
    terminal.press("escape")
    terminal.wait_for(lambda shown: "Today" in shown and "may be" not in shown)
    terminal.press("q")
    assert terminal.wait_exit() == 0

    home.deck("lands", deck(typed("Capital of Iraq?", "Baghdad")))
    listed = json.loads(home.run("orphans", "--json").stdout)
    assert sorted(one["prompt"] for one in listed) == [
        "Capital of Iran?",
        "Which river is longest in Africa?",
    ]
    assert all(one["answers"] == 1 for one in listed)
    number = next(at for at, one in enumerate(listed, 1) if one["perhaps"])
    assert 'is "Capital of Iraq?" in lands now.' in home.run("orphans", "attach", str(number)).stdout
    assert "nothing changed" in home.run("doctor", "--rebuild").stdout
    home.run("orphans", "undo")
    assert "nothing changed" in home.run("doctor", "--rebuild").stdout
    assert len(json.loads(home.run("orphans", "--json").stdout)) == 2
