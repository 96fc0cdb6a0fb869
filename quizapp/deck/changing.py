"""A card's entry in a deck file, changed or taken out: a file's bytes with that, read back before they
count.

The entry is found by its card's key: it does not matter what else was written into the file meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, structs

from quizapp.deck.adding import BadCards, fresh_problems
from quizapp.deck.card import Card, Deck
from quizapp.deck.edit import EditError, Source, change_entry, put_entry, remove_entry
from quizapp.deck.entry import Reader
from quizapp.deck.faults import Faults
from quizapp.deck.file import text_of
from quizapp.deck.head import read_head
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


def find_entry(data: bytes, key: str, *, path: Path, deck_id: str, near: int = -1) -> Entry:
    """The entry that yields the card with this key. near: where it was when the deck was read (0-based), -1
    where that is not known. Raises EntryGone, and EditError where the file can't be edited."""
    text = text_of(data, "")
    if isinstance(text, Problem):
        raise EditError("The file is not UTF-8; save it as UTF-8 first.")
    return _entry(Source.of(text), data, key, path=path, deck_id=deck_id, near=near)


def _entry(source: Source, data: bytes, key: str, *, path: Path, deck_id: str, near: int) -> Entry:
    """The same, where it is known where the entries stand."""
    tables = source.tables
    for place in (near, None):
        if place is None:
            # Something else was written into the file: all of it is read, which takes a while if it is large.
            deck, _ = parse_deck(data, path=path, deck_id=deck_id, shown_as="")
            cards = deck.cards if deck is not None else ()
            place = next((card.entry for card in cards if card.key == key), -1)
        if 0 <= place < len(tables):
            found = cards_of(source.top, place)
            if any(card.key == key for card in found):
                return Entry(place, tables[place], found)
    raise EntryGone("This card is not in the file any more.")


def cards_of(top: Mapping[str, Any], number: int) -> tuple[Card, ...]:
    """The cards of one entry of a file (0-based). top: what the file says."""
    head = read_head(dict(top), Faults())
    return tuple(Reader(Faults(), head.choices, head.markdown).cards(top["card"][number], number))


def change_card(
    data: bytes, key: str, table: Mapping[str, Value], *, path: Path, deck_id: str, near: int = -1
) -> Changed:
    """The file with other keys and values for the entry that yields this card; what says the same stays as it
    stands. near: as for `find_entry`. Raises EntryGone, EditError, and BadCards where the file would have
    problems that it does not have now."""
    entries: list[Entry] = []

    def change(text: str) -> str:
        source = Source.of(text)
        entries.append(_entry(source, data, key, path=path, deck_id=deck_id, near=near))
        return change_entry(source, entries[0].number, table)

    after = edited(data, change)
    (found,) = entries
    deck, problems = parse_deck(after, path=path, deck_id=deck_id, shown_as="")
    fresh = problems and fresh_problems(
        parse_deck(data, path=path, deck_id=deck_id, shown_as="")[1], problems
    )
    if deck is None or fresh:
        raise BadCards([(0 if one.card == found.number + 1 else None, one) for one in fresh])
    new = tuple(card for card in deck.cards if card.entry == found.number)
    return Changed(after, deck, found.cards, new, found.table)


def remove_card(data: bytes, key: str, *, path: Path, deck_id: str, near: int = -1) -> Removed:
    """The file without the entry that yields this card. near: as for `find_entry`. Raises EntryGone and
    EditError."""
    made: list[Removed] = []

    def remove(text: str) -> str:
        source = Source.of(text)
        found = _entry(source, data, key, path=path, deck_id=deck_id, near=near)
        start, _, end = source.span(found.number)
        above = cards_of(source.top, found.number - 1) if found.number else ()
        made.append(Removed(b"", found.cards, source.text[start:end], above[0].key if above else ""))
        return remove_entry(source, found.number)

    after = edited(data, remove)
    return structs.replace(made[0], data=after)


def put_back(data: bytes, removed: Removed, *, path: Path, deck_id: str) -> bytes:
    """The file with an entry again that was taken out: below the one that it stood below if that is there,
    else at the end. Raises EditError, and BadCards where it does not go with what is there now."""
    deck, known = parse_deck(data, path=path, deck_id=deck_id, shown_as="")
    cards = deck.cards if deck is not None else ()
    after = next((card.entry for card in cards if card.key == removed.above), None)
    restored = edited(data, lambda text: put_entry(text, removed.piece, after))
    again, problems = parse_deck(restored, path=path, deck_id=deck_id, shown_as="")
    keys = {card.key for card in again.cards} if again is not None else set()
    there, back = {card.key for card in cards}, {card.key for card in removed.cards}
    # A card that somebody has written anew meanwhile is there already.
    if there & back or not keys >= there | back:
        old = {(one.message, one.remedy) for one in known}
        raise BadCards([(None, one) for one in problems if (one.message, one.remedy) not in old])
    return restored
