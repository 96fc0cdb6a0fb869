"""What tests of packages have in common: taking one over into decks, and writing a deck into one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from quizapp.anki.take import take
from quizapp.deck.card import Deck
from quizapp.deck.exchange.anki import Taken
from quizapp.deck.exchange.anki_export import Outgoing, notes_of
from quizapp.deck.exchange.anki_notes import Collection
from quizapp.deck.exchange.draft import draft_of, toml_of
from quizapp.deck.read import parse_deck


def deck_of(text: str, id_: str = "d") -> Deck:
    """A deck from its file's text, which must have no problem."""
    deck, problems = parse_deck(text.encode(), path=Path(f"{id_}.toml"), deck_id=id_, shown_as=id_)
    assert problems == []
    assert deck is not None
    return deck


def decks_of(path: Path, to: str = "") -> tuple[Collection, Taken, dict[str, Deck]]:
    """What a package holds, its drafts, and the decks as they read back."""
    collection, taken = take(path, to=to)
    return collection, taken, {id_: deck_of(toml_of(draft), id_) for id_, draft in taken.drafts.items()}


def outgoing_of(text: str, id_: str = "d") -> Outgoing:
    """A deck's notes for Anki."""
    return notes_of(draft_of(text), deck_of(text, id_))


def entries(taken: Taken, id_: str) -> list[Mapping[str, object]]:
    """What a draft's entries say."""
    return [dict(entry) for entry in taken.drafts[id_].entries]
