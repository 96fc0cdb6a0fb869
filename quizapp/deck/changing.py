"""A card's entry in a deck file, changed or taken out: a file's bytes with that, read back before they
count.

The entry is found by its card's key: it does not matter what else was written into the file meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from quizapp.deck.adding import BadCards, fresh_problems
from quizapp.deck.card import Card, Deck
from quizapp.deck.edit import EditError, Source, change_entry, put_entry, remove_entry
from quizapp.deck.file import text_of
from quizapp.deck.read import parse_deck
from quizapp.deck.replace import edited
from quizapp.deck.write import Value
from quizapp.problem import Problem


class EntryGone(EditError):  # noqa: N818 - it is what happened, in the words of a person
    """No entry of the file yields the card. Nothing was changed."""


class Entry(NamedTuple):
    """An entry as it stands in a file. number: 0-based. table: what it says. cards: what it yields, the card
    that was looked for among them."""

    number: int
    table: dict[str, Any]
    cards: tuple[Card, ...]


class Changed(Struct, frozen=True):
    """A file with an entry changed. data: its bytes. deck: what is read from them. old, new: the entry's
    cards before and now. table: what it said before."""

    data: bytes
    deck: Deck
    old: tuple[Card, ...]
    new: tuple[Card, ...]
    table: dict[str, Any]


class Removed(Struct, frozen=True):
    """A file without an entry. data: its bytes. cards: what it yielded. piece: its own text, with comments.
    above: the key of a card of the entry before it, "" for the first."""

    data: bytes
    cards: tuple[Card, ...]
    piece: str
    above: str


def find_entry(data: bytes, key: str, *, path: Path, deck_id: str) -> Entry:
    """The entry that yields the card with this key. Raises EntryGone, and EditError where the file can't be
    edited."""
    deck, _ = parse_deck(data, path=path, deck_id=deck_id, shown_as="")
    return _entry(_source(data), deck, key)


def _source(data: bytes) -> Source:
    text = text_of(data, "")
    if isinstance(text, Problem):
        raise EditError("The file is not UTF-8; save it as UTF-8 first.")
    return Source.of(text)


def _entry(source: Source, deck: Deck | None, key: str) -> Entry:
    cards = deck.cards if deck is not None else ()
    number = next((card.entry for card in cards if card.key == key), None)
    if number is None:
        raise EntryGone("This card is not in the file any more.")
    return Entry(number, source.tables[number], tuple(card for card in cards if card.entry == number))


def change_card(data: bytes, key: str, table: Mapping[str, Value], *, path: Path, deck_id: str) -> Changed:
    """The file with other keys and values for the entry that yields this card; what says the same stays as it
    stands. Raises EntryGone, EditError, and BadCards where the file would have problems that it does not have
    now."""
    before, known = parse_deck(data, path=path, deck_id=deck_id, shown_as="")
    found = _entry(_source(data), before, key)
    after = edited(data, lambda text: change_entry(text, found.number, table))
    deck, problems = parse_deck(after, path=path, deck_id=deck_id, shown_as="")
    fresh = fresh_problems(known, problems)
    if deck is None or fresh:
        raise BadCards([(0 if one.card == found.number + 1 else None, one) for one in fresh])
    new = tuple(card for card in deck.cards if card.entry == found.number)
    return Changed(after, deck, found.cards, new, found.table)


def remove_card(data: bytes, key: str, *, path: Path, deck_id: str) -> Removed:
    """The file without the entry that yields this card. Raises EntryGone and EditError."""
    deck, _ = parse_deck(data, path=path, deck_id=deck_id, shown_as="")
    source = _source(data)
    found = _entry(source, deck, key)
    start, _, end = source.span(found.number)
    above = next(
        (card.key for card in (deck.cards if deck else ()) if card.entry == found.number - 1),
        "",
    )
    after = edited(data, lambda text: remove_entry(text, found.number))
    return Removed(after, found.cards, source.text[start:end], above)


def put_back(data: bytes, removed: Removed, *, path: Path, deck_id: str) -> bytes:
    """The file with an entry again that was taken out: below the one that it stood below if that is there,
    else at the end. Raises EditError, and BadCards where it does not go with what is there now."""
    deck, known = parse_deck(data, path=path, deck_id=deck_id, shown_as="")
    cards = deck.cards if deck is not None else ()
    after = next((card.entry for card in cards if card.key == removed.above), None)
    restored = edited(data, lambda text: put_entry(text, removed.piece, after))
    again, problems = parse_deck(restored, path=path, deck_id=deck_id, shown_as="")
    keys = {card.key for card in again.cards} if again is not None else set()
    if not keys.issuperset(card.key for card in (*cards, *removed.cards)):
        old = {(one.message, one.remedy) for one in known}
        raise BadCards([(None, one) for one in problems if (one.message, one.remedy) not in old])
    return restored
