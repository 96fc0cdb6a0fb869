"""What a form is about: an entry of a deck's file, or a new one, and how what was typed is judged there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, structs

from quizapp import words
from quizapp.deck.card import Card, Deck
from quizapp.deck.faults import Fault
from quizapp.deck.form import Draft, Field, draft_of, fields_of, table_of
from quizapp.deck.trying import Around, Tried, around, read_entry, read_top, try_entry
from quizapp.deck.write import Value
from quizapp.edits import DeckFile, Edit


class Opened(Struct, frozen=True):
    """What the form is about. key: of the card whose entry it is, "" for a new one. data: the file as it was
    read. table: what the entry says there. among: what it stands among. number: where it stands (0-based).
    known: what was wrong with it already, which keeps nothing from being saved. origin: the key of the card
    that a new one began with, "" for none."""

    file: DeckFile
    data: bytes
    among: Around
    key: str = ""
    table: Mapping[str, Any] = {}
    number: int = 0
    known: frozenset[str] = frozenset()
    origin: str = ""

    @property
    def deck(self) -> Deck:
        """The deck that it is in."""
        return self.file.deck

    def after(self, edit: Edit, file: DeckFile) -> Opened:
        """The next new entry, once one was added. file: the deck's as it is now."""
        keys = {**self.among.keys, **{card.key: card.entry for card in edit.new}}
        among = structs.replace(self.among, keys=keys)
        return Opened(file, edit.after, among, number=self.number + 1, origin=self.origin)

    def entry(self, draft: Draft) -> dict[str, Value]:
        """The entry that the fields make."""
        return table_of(draft, self.deck, self.table)

    def tried(self, draft: Draft) -> Tried:
        """What comes of that; nothing as long as something is missing."""
        if missing(draft):
            return Tried((), ())
        return try_entry(self.entry(draft), self.number, self.among)

    def wrong(self, tried: Tried) -> list[str]:
        """What keeps it from being saved."""
        return [sentence(fault) for fault in tried.faults if fault.message not in self.known]


def missing(draft: Draft) -> list[Field]:
    """The fields that are still to be filled in."""
    return [field for field in fields_of(draft.kind) if field.required and not draft.text(field).strip()]


def sentence(fault: Fault) -> str:
    """What is wrong and the remedy, as a sentence."""
    text = f"{fault.message}; {fault.remedy}" if fault.remedy else fault.message
    return words.sentence(f"{text[:1].upper()}{text[1:]}")


def open_entry(file: DeckFile, card: Card, decks: tuple[Deck, ...]) -> Opened:
    """A card's entry as it is in the file now. decks: all there are. Raises EntryGone and EditError."""
    data = file.data()
    top, entry = read_entry(data, card, file.deck)
    among = around(file.deck, decks, top, [one.key for one in entry.cards])
    faults = try_entry(table_of(draft_of(entry.table), file.deck, entry.table), entry.number, among).faults
    known = frozenset(fault.message for fault in faults)
    return Opened(file, data, among, card.key, entry.table, entry.number, known)


def open_new(file: DeckFile, decks: tuple[Deck, ...], origin: str = "") -> Opened:
    """A new entry. origin: the key of the card that it begins with. Raises EditError."""
    data = file.data()
    top = read_top(data)
    found = top.get("card", [])
    number = len(found) if isinstance(found, list) else 0
    return Opened(file, data, around(file.deck, decks, top, ()), number=number, origin=origin)
