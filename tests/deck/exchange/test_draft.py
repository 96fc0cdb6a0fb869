"""Drafts: a deck file as tables, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.deck.exchange.draft import Draft, draft_of, toml_of
from quizapp.deck.library import shipped_folder
from quizapp.deck.read import parse_deck


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_decks_come_back_with_every_card(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    before, _ = parse_deck(text.encode(), path=path, deck_id="d", shown_as="d")
    after, problems = parse_deck(toml_of(draft_of(text)).encode(), path=path, deck_id="d", shown_as="d")
    assert problems == []
    assert before is not None
    assert after is not None
    assert after == before


def test_a_file_is_tidy() -> None:
    draft = Draft(({"front": "a", "back": "b"}, {"front": "c", "back": "d"}), {"title": "T"})
    assert toml_of(draft) == (
        'title = "T"\n\n[[card]]\nfront = "a"\nback  = "b"\n\n[[card]]\nfront = "c"\nback  = "d"\n'
    )


def test_numbers_in_a_list_stay_numbers() -> None:
    text = '[[card]]\nquestion = "q"\nanswer   = 3\nwrong    = [2, "x"]\n'
    assert toml_of(draft_of(text)) == text
