"""What a person changes in deck files from within the app: written, carried into the log, and taken back.

Each change has two steps. First its file is written (`add`, `change`, `remove`, `restore`); then, with the
library as it is read from it, the histories follow (`follow`, `follow_back`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, structs

from quizapp.carry import questions_about, rekey_of
from quizapp.deck.adding import BadCards, add_cards
from quizapp.deck.card import Card, Deck
from quizapp.deck.changing import Removed, change_card, put_back, remove_card
from quizapp.deck.edit import EditError
from quizapp.deck.file import bytes_of
from quizapp.deck.library import Library, shipped_folder, shown_as
from quizapp.deck.parts import new_keys
from quizapp.deck.replace import FileChanged, ReadOnlyFileError, replace_file
from quizapp.deck.write import Value
from quizapp.problem import Problem
from quizapp.record import Ref
from quizapp.scores.store import Store
from quizapp.sitting import Clock, ask_again, carry, keep_apart, take_back


class CannotEditError(EditError):
    """A file can't be read or written. Its text is a sentence for people; the file is as it was."""


class What(StrEnum):
    """What was done with an entry."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class DeckFile(NamedTuple):
    """A deck's file. read: where it is. write: where it is to be; another place if it ships. shown: how a
    person knows the second."""

    deck: Deck
    read: Path
    write: Path
    shown: str

    @property
    def is_shipped(self) -> bool:
        """Whether it ships, so that a change makes it the person's own."""
        return self.read != self.write

    def number_of(self, key: str) -> int:
        """Where the entry of the card with this key stood when the deck was read (0-based), -1 if nowhere."""
        return next((card.entry for card in self.deck.cards if card.key == key), -1)

    def data(self) -> bytes:
        """What is in it. Raises CannotEditError where it can't be read."""
        found = bytes_of(self.read, self.shown, folder=("this is a folder, not a deck", ""))
        if isinstance(found, Problem):
            raise CannotEditError(f"{self.shown} can't be read: {found.message}.")
        return found

    def put(self, before: bytes, after: bytes) -> None:
        """Write it, where it is to be. before: what was read. Raises FileChanged, or CannotEditError."""
        _put(self.write, None if self.is_shipped else before, after, self.shown)


class Edit(Struct, frozen=True):
    """One change of a deck file. old, new: the cards of its entry before and after. before: the file's bytes,
    None where it was only made then. table: what a changed entry said before. removed: what was taken out.
    rekeys: the ids of what carried its history over. had: the new cards that had a history already. known:
    the ids of all rekeys before it. apart: the ids of what kept other cards apart from those that went."""

    what: What
    deck: str
    path: Path
    shown: str
    before: bytes | None
    after: bytes
    old: tuple[Card, ...] = ()
    new: tuple[Card, ...] = ()
    table: Mapping[str, Any] = {}
    removed: Removed | None = None
    rekeys: tuple[str, ...] = ()
    had: frozenset[Ref] = frozenset()
    known: frozenset[str] = frozenset()
    apart: tuple[str, ...] = ()

    @property
    def gone(self) -> list[Ref]:
        """The cards that it did away with."""
        there = {card.key for card in self.new} | {old.card for old in self.moves}
        return [Ref(self.deck, card.key) for card in self.old if card.key not in there]

    @property
    def came(self) -> list[Ref]:
        """The cards that it brought."""
        there = {card.key for card in self.old} | {new.card for new in self.moves.values()}
        return [Ref(self.deck, card.key) for card in self.new if card.key not in there]

    @property
    def moves(self) -> dict[Ref, Ref]:
        """Each card that has another key now, with what it is now."""
        return {Ref(self.deck, a): Ref(self.deck, b) for a, b in new_keys(self.old, self.new).items()}


class Restored(NamedTuple):
    """What undoing a change did to its file. before, after: its bytes; after: None where it is gone. whole:
    whether it is all as it was before the change."""

    before: bytes
    after: bytes | None
    whole: bool


def deck_file(deck: Deck, library: Library, own: Path) -> DeckFile:
    """The file of a deck that is to be changed. own: the folder of the person's decks, to which a deck that
    ships is copied: the copy has the same id, and so the same history."""
    sources = library.sources
    cwd, home = (sources.cwd, sources.home) if sources is not None else (None, None)
    shipped = sources.shipped if sources is not None else shipped_folder()
    given = (*sources.paths, *sources.folders) if sources is not None else ()
    write = deck.path
    if deck.path.is_relative_to(shipped) and not any(deck.path.is_relative_to(path) for path in given):
        write = own.joinpath(*f"{deck.id}.toml".split("/"))
    return DeckFile(deck, deck.path, write, shown_as(write, cwd=cwd, home=home))


# ---- the file


def add(file: DeckFile, tables: Sequence[Mapping[str, Value]], before: bytes) -> Edit:
    """More entries at the end of the file. before: what was read. Raises BadCards, FileChanged and
    EditError."""
    found = add_cards(before, tables, path=file.write, deck_id=file.deck.id)
    file.put(before, found.data)
    return _edit(file, What.ADDED, before, found.data, new=found.cards)


def change(file: DeckFile, key: str, table: Mapping[str, Value], before: bytes) -> Edit:
    """Another text for the entry of the card with this key. before: what was read. Raises EntryGone,
    BadCards, FileChanged and EditError."""
    near = file.number_of(key)
    found = change_card(before, key, table, path=file.write, deck_id=file.deck.id, near=near)
    file.put(before, found.data)
    edit = _edit(file, What.CHANGED, before, found.data, old=found.old, new=found.new)
    return structs.replace(edit, table=found.table)


def remove(file: DeckFile, key: str) -> Edit:
    """The file without the entry of the card with this key. Raises EntryGone, FileChanged and EditError."""
    before = file.data()
    near = file.number_of(key)
    found = remove_card(before, key, path=file.write, deck_id=file.deck.id, near=near)
    file.put(before, found.data)
    edit = _edit(file, What.REMOVED, before, found.data, old=found.cards)
    return structs.replace(edit, removed=found)


def _edit(
    file: DeckFile,
    what: What,
    before: bytes,
    after: bytes,
    *,
    old: tuple[Card, ...] = (),
    new: tuple[Card, ...] = (),
) -> Edit:
    was = None if file.is_shipped else before
    return Edit(what, file.deck.id, file.write, file.shown, was, after, old=old, new=new)


def restore(edit: Edit) -> Restored:
    """Undo a change of a file: its bytes as they were if it still is as the change left it, else this one
    entry alone. Raises EditError where neither can be."""
    found = bytes_of(edit.path, edit.shown, folder=("this is a folder, not a deck", ""))
    if isinstance(found, Problem):
        raise CannotEditError(f"{edit.shown} can't be read: {found.message}.")
    whole = found == edit.after
    try:
        after = edit.before if whole else _without(edit, found)
        if after is None:
            # It was made by the change: without it, the deck that ships counts again.
            edit.path.unlink()
        else:
            _put(edit.path, found, after, edit.shown)
    except (BadCards, FileChanged) as error:
        raise CannotEditError(f"{edit.shown} has changed since.") from error
    except OSError as error:
        raise CannotEditError(f"{edit.shown} can't be written ({error.strerror or error}).") from error
    return Restored(found, after, whole)


def repeat(edit: Edit, undone: Restored) -> None:
    """Do a change again that was undone, in a file that still is as that left it. Raises FileChanged where it
    is not, and CannotEditError."""
    _put(edit.path, undone.after, undone.before, edit.shown)


def _without(edit: Edit, data: bytes) -> bytes:
    """The bytes of a file that has changed since, without what the change made of its entry."""
    match edit:
        case Edit(what=What.ADDED):
            for card in _first_cards(edit.new):
                data = remove_card(data, card.key, path=edit.path, deck_id=edit.deck).data
            return data
        case Edit(what=What.CHANGED):
            key, table = edit.new[0].key, edit.table
            return change_card(data, key, table, path=edit.path, deck_id=edit.deck).data
        case Edit(removed=Removed() as removed):
            return put_back(data, removed, path=edit.path, deck_id=edit.deck)
    return data


def _first_cards(cards: Sequence[Card]) -> list[Card]:
    """The first card of each entry."""
    return list({card.entry: card for card in reversed(cards)}.values())


def _put(path: Path, before: bytes | None, after: bytes, shown: str) -> None:
    """Raises FileChanged, and CannotEditError; then nothing was written."""
    try:
        replace_file(path, before, after)
    except ReadOnlyFileError as error:
        raise CannotEditError(f"{shown} may not be written; change its permissions.") from error
    except OSError as error:
        raise CannotEditError(f"{shown} can't be written ({error.strerror or error}).") from error


# ---- the histories


def follow(edit: Edit, store: Store, clock: Clock, library: Library) -> Edit:
    """Let the histories of an entry's cards follow a change of its file: whatever its words are now, it is
    the same entry. The change, with what that logged. library: with the file as it is now. Raises
    ScoresError."""
    known = frozenset(one.id for one in store.moves().rekeys)
    # Somebody who deletes a card means that one: what stands beside it was never the same.
    apart = keep_apart(store, clock, *questions_about(store, library, edit.gone))
    edit = structs.replace(edit, known=known, apart=apart)
    deck = library.decks.get(edit.deck)
    there = {card.key for card in deck.cards} if deck is not None else set()
    cards = {old.card: new.card for old, new in edit.moves.items() if new.card in there}
    if deck is None or not cards:
        return edit
    had = frozenset(store.with_history(Ref(edit.deck, key) for key in cards.values()))
    made = carry(store, clock, library, rekey_of(edit.deck, deck, cards))
    return structs.replace(edit, had=had, rekeys=tuple(one.id for one in made))


def follow_back(edit: Edit, store: Store, clock: Clock, library: Library) -> None:
    """Give the cards of an entry their histories back when a change of it was taken back, and what they were
    answered meanwhile. library: with the file as it is again. Raises ScoresError."""
    for id_ in edit.rekeys:
        take_back(store, clock, id_)
    for id_ in edit.apart:
        ask_again(store, clock, id_)
    if edit.what is What.REMOVED:
        # While the entry was away, its history may have been taken for that of another card.
        gone = {card.key for card in edit.old}
        for one in store.moves().rekeys:
            if (
                one.id not in edit.known
                and not one.undone
                and one.deck == edit.deck
                and gone >= set(one.cards)
            ):
                take_back(store, clock, one.id)
    keep_apart(store, clock, *questions_about(store, library, edit.came))
    deck = library.decks.get(edit.deck)
    back = {new.card: old.card for old, new in edit.moves.items() if new not in edit.had}
    if deck is not None and back:
        carry(store, clock, library, rekey_of(edit.deck, deck, back))
