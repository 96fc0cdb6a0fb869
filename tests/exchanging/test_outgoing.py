"""A deck made ready to be written: what is in it, and each thing that the format can't hold, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.deck.card import Deck
from quizapp.deck.exchange.formats import FORMATS
from quizapp.deck.read import read_deck
from quizapp.exchanging.incoming import PACKAGE
from quizapp.exchanging.outgoing import parcel

PROBLEMS = """title = "x"
foo = 1
[[card]]
front = "without a back"
[[card]]
front = "a"
back = "b"
bogus = 1
[[card]]
question = "q"
answer = "a->b"
[[card]]
question = "p"
answer = "c->d"
"""


@pytest.fixture
def deck(tmp_path: Path) -> Deck:
    path = tmp_path / "x.toml"
    path.write_text(PROBLEMS, encoding="utf-8")
    found, problems = read_deck(path, deck_id="x")
    assert found is not None
    assert len(problems) == 3
    return found


@pytest.mark.parametrize("name", [PACKAGE, *(known.name for known in FORMATS)])
def test_each_loss_is_named_once(deck: Deck, name: str) -> None:
    said = [str(loss) for loss in parcel(deck, name).losses]
    assert len(said) == len(set(said))
    why = "it has a problem (see quizapp check)" if name == PACKAGE else "the flip card has no back"
    assert [one for one in said if one.startswith("card 1:")] == [f"card 1: left out: {why}"]
    assert len([one for one in said if '"foo" of the deck was left out' in one]) == 1
    assert 'card 2: "bogus" was left out: unknown key "bogus"' in said


def test_cards_that_are_left_out_do_not_count_and_are_named_one_by_one(deck: Deck) -> None:
    made = parcel(deck, "gift")
    assert made.cards == 1
    assert [loss.place for loss in made.losses if loss.what.startswith("left out")] == [
        "card 1", "card 3", "card 4",
    ]  # fmt: skip
    assert parcel(deck, "json").cards == 3
