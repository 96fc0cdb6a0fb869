"""One entry judged as its deck would read it, without the rest of the file: fast enough for every key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import tomli
from msgspec import Struct

from quizapp.deck.card import Card, Deck, Statement
from quizapp.deck.changing import Entry, cards_of, find_entry
from quizapp.deck.edit import EditError
from quizapp.deck.entry import Choices, Reader
from quizapp.deck.faults import Fault, Faults
from quizapp.deck.file import text_of
from quizapp.deck.head import read_head
from quizapp.deck.hints import prompt_key
from quizapp.deck.tables import quoted
from quizapp.deck.text import collapse
from quizapp.problem import Problem


class Tried(NamedTuple):
    """What an entry comes to: its cards, what is wrong with it, in the words of the reader, and what it had
    better not do."""

    cards: tuple[Card, ...]
    faults: tuple[Fault, ...]
    hints: tuple[Fault, ...] = ()


class Around(Struct, frozen=True):
    """What an entry stands among. choices, markdown: of the head. keys: those of the deck's other cards, with
    the number of their entry (0-based). others: other decks' cards, by how they are asked."""

    choices: Choices | None
    markdown: bool
    keys: Mapping[str, int]
    others: Mapping[str, tuple[str, Card]]


def around(deck: Deck, decks: Iterable[Deck], table: Mapping[str, Any], own: Iterable[str]) -> Around:
    """What an entry of a deck stands among. decks: all there are. table: the file's top. own: the keys of the
    entry's cards as they are in the file."""
    mine = set(own)
    head = read_head(table, Faults())
    keys = {card.key: card.entry for card in deck.cards if card.key not in mine}
    others: dict[str, tuple[str, Card]] = {}
    for other in decks:
        if other.id != deck.id:
            for card in other.cards:
                others.setdefault(card.unnamed or card.key, (other.title, card))
    return Around(head.choices, head.markdown, keys, others)


def read_entry(data: bytes, card: Card, deck: Deck) -> tuple[dict[str, Any], Entry]:
    """The file's top and the entry that yields a card. Raises EntryGone and EditError.

    The entry is looked for where it was when the deck was read; only where it is not there are all read.
    """
    top = read_top(data)
    tables = top.get("card", [])
    if isinstance(tables, list) and card.entry < len(tables) and isinstance(tables[card.entry], dict):
        cards = cards_of(top, card.entry)
        if any(one.key == card.key for one in cards):
            return top, Entry(card.entry, tables[card.entry], cards)
    return top, find_entry(data, card.key, path=deck.path, deck_id=deck.id)


def read_top(data: bytes) -> dict[str, Any]:
    """What a file says. Raises EditError where it can't be read."""
    text = text_of(data, "")
    if isinstance(text, Problem):
        raise EditError("The file is not UTF-8; save it as UTF-8 first.")
    try:
        return tomli.loads(text)
    except (ValueError, RecursionError) as error:
        raise EditError("The file has problems that keep it from being edited; mend them first.") from error


def try_entry(table: Mapping[str, Any], number: int, among: Around) -> Tried:
    """Judge an entry. number: the place it has or would have (0-based)."""
    faults = Faults()
    reader = Reader(faults, among.choices, among.markdown)
    cards = reader.cards(dict(table), number)
    if reader.waiting:
        remedy = 'add choices = ["…", "…"] at the top of the file, or answer true or false'
        faults.add(number, (), "the deck has no choices", remedy)
    hints = Faults()
    own: set[str] = set()
    for card in cards:
        same = among.keys.get(card.key, number if card.key in own else None)
        own.add(card.key)
        if same is not None:
            what = "id" if "id" in table else prompt_key(card)
            faults.add(number, what, f"the {what} is the same as in card {same + 1}", "change it")
            break
        _compare(card, number, among, hints)
    return Tried(tuple(cards), tuple(dict.fromkeys(faults.found)), tuple(hints.found))


def _compare(card: Card, number: int, among: Around, hints: Faults) -> None:
    """Note where another deck asks the same and wants another answer."""
    title, other = among.others.get(card.unnamed or card.key, ("", None))
    if other is None or collapse(other.answer) == collapse(card.answer):
        return
    if isinstance(card, Statement) and isinstance(other, Statement) and card.choices != other.choices:
        return
    what = prompt_key(card)
    message = f"the {what} is also in {title}, with the answer {quoted(other.answer)}"
    hints.add(number, what, message, "say more in one of them")
