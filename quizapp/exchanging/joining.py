"""Cards of another program's file into a deck that is there, their reviews, and taking both back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, structs

from quizapp.day import local_offset, study_day
from quizapp.deck.card import Deck
from quizapp.deck.exchange.anki import Progress
from quizapp.deck.exchange.anki_past import History, Past, history_of
from quizapp.deck.exchange.draft import Draft, ExchangeError
from quizapp.deck.exchange.joining import Joined, head_of, join, part
from quizapp.deck.file import bytes_of
from quizapp.deck.library import Library, UnknownDeck, find_deck
from quizapp.deck.replace import FileChanged, ReadOnlyFileError, replace_file
from quizapp.exchanging.arriving import arriving
from quizapp.exchanging.history import Came, Into
from quizapp.exchanging.incoming import Package
from quizapp.problem import Problem
from quizapp.record import Ref
from quizapp.scores.store import Store
from quizapp.sitting import Clock, importing

_SAME_MS = 1000
"""A review of a card is the answer that the log has if it came at most so much later: no two in an Anki
package have the same time, so that some are moved on a little."""


def deck_meant(library: Library, name: str) -> Deck:
    """The deck of this name, or the only one whose title begins so, in any case. Raises UnknownDeck."""
    begins = [one for one in library.decks.values() if one.title.casefold().startswith(name.casefold())]
    try:
        return find_deck(library, name)
    except UnknownDeck:
        if len(begins) != 1:
            raise
        return begins[0]


class Target(NamedTuple):
    """The deck that cards are added to. read: where its file is. write: where it is to be; another place if
    it ships. shown: how a person knows the second."""

    id: str
    read: Path
    write: Path
    shown: str

    @property
    def is_shipped(self) -> bool:
        """Whether it ships, so that a change makes it the person's own."""
        return self.read != self.write

    def data(self) -> bytes:
        """What is in its file. Raises ExchangeError where it can't be read."""
        found = bytes_of(self.read, self.shown, folder=("this is a folder, not a deck", ""))
        if isinstance(found, Problem):
            raise ExchangeError(f"{found}.")
        return found

    def choices(self) -> tuple[str, ...]:
        """What its statements choose from, () for none. Raises ExchangeError."""
        head = head_of(self.data(), self.write)
        return head.choices.texts if head.choices else ()


class Joining(Struct, frozen=True):
    """What would come to a deck. before: the bytes of its file. draft: what comes, all of it."""

    target: Target
    before: bytes
    draft: Draft
    joined: Joined

    @property
    def writes(self) -> bool:
        """Whether anything comes into the file."""
        return bool(self.joined.cards)

    def write(self) -> None:
        """Write the deck's file. Raises ExchangeError; then it is as it was."""
        if self.writes:
            before = None if self.target.is_shipped else self.before
            _put(self.target.write, before, self.joined.data, self.target.shown)


def joining(draft: Draft, target: Target, *, named: bool = True) -> Joining:
    """What of a draft would come to a deck as its file is now. named: whether its title is its own; all the
    decks of a package together have none. Raises ExchangeError."""
    if not named:
        head = {key: item for key, item in draft.head.items() if key != "title"}
        draft = structs.replace(draft, head=head)
    data = target.data()
    return Joining(target, data, draft, join(draft, data, path=target.write, deck_id=target.id))


def past_of(found: Joining, package: Package | None, rollover_hour: int = 4) -> History:
    """The reviews that would come along: those of new cards, and of cards that were there already if the keys
    are equal and the answers too. What was set for a card comes with new ones alone.

    rollover_hour: when a study day begins. Raises ExchangeError.
    """
    cards = {Ref(found.target.id, card.key): card for card in found.joined.cards}
    if package is None:
        return History(cards, (), {}, 0, 0, 0)
    changed = package.collection.changed_ms
    last_day = study_day(changed, local_offset(changed), rollover_hour)
    deck = arriving(found.draft, found.target.id, found.target.write).deck
    whole = history_of(package.collection, package.taken, {found.target.id: deck}, last_day)
    there = {card.key: card for card in found.joined.deck.cards}
    past = tuple(one for one in whole.past if one.ref.card in found.joined.taken and one.ref.card in there)
    return whole._replace(
        cards=cards | {one.ref: there[one.ref.card] for one in past},
        past=past,
        marks={ref: mark for ref, mark in whole.marks.items() if ref in cards},
        strays=whole.strays + len(whole.past) - len(past),
    )


def bring_into(
    store: Store,
    clock: Clock,
    found: Joining,
    package: Package | None,
    *,
    source: str,
    rollover_hour: int,
    progress: Progress | None = None,
) -> Came:
    """Write the cards into the deck's file, and the reviews of a package into the log: all or nothing. Raises
    ExchangeError, ScoresError, Cancelled.

    package: None for what has no history, or where it is not wanted. source: the file's name. rollover_hour:
    when a study day begins.
    """
    past = past_of(found, package, rollover_hour)
    fresh = _fresh(store, found, past.past)
    brought = importing.bring_history(
        store,
        clock,
        past.cards,
        fresh,
        past.marks,
        source=source,
        into=into_of(found).body() if found.writes else None,
        rollover_hour=rollover_hour,
        progress=progress,
        last=found.write,
    )
    known = brought.known + len(past.past) - len(fresh)
    return Came(brought._replace(known=known), past.manual, past.strays, past.bare)


def into_of(found: Joining) -> Into:
    """What is written into the deck, for taking it back."""
    path = Path(os.path.abspath(found.target.write))  # noqa: PTH100 - links stay what they are
    return Into(found.target.id, path, found.joined.written)


def _fresh(store: Store, found: Joining, past: Sequence[Past]) -> list[Past]:
    """The reviews that the log does not have of cards that were there: they may be what it has sent away."""
    new = {card.key for card in found.joined.cards}
    there = {one.ref for one in past if one.ref.card not in new}
    logged = {ref: [item.answer.at_ms for item in store.history(ref)] for ref in there}
    return [one for one in past if not any(0 <= one.at_ms - at < _SAME_MS for at in logged.get(one.ref, ()))]


class Taken(NamedTuple):
    """What was taken out of a deck again. gone: how many entries. kept: how many stay, since they were
    changed. there: whether the deck's file is."""

    gone: int
    kept: int
    there: bool = True


def take_out(into: Into) -> Taken:
    """Take out of a deck's file what an import added, as far as nobody has changed it since. Raises
    ExchangeError; then it is as it was."""
    if not os.path.lexists(into.path):
        return Taken(0, 0, there=False)
    shown = str(into.path)
    data = bytes_of(into.path, shown, folder=("this is a folder, not a deck", ""))
    if isinstance(data, Problem):
        raise ExchangeError(f"{data}. Nothing was undone.")
    found = part(data, into.written, path=into.path, deck_id=into.deck)
    if found.gone:
        _put(into.path, data, found.data, shown)
    return Taken(found.gone, found.kept)


def _put(path: Path, before: bytes | None, after: bytes, shown: str) -> None:
    try:
        replace_file(path, before, after)
    except FileChanged as error:
        what = "is there already" if before is None else "was changed meanwhile"
        raise ExchangeError(f"{shown} {what}; nothing was written. Try again.") from error
    except ReadOnlyFileError as error:
        raise ExchangeError(
            f"{shown} may not be written; change its permissions. Nothing was written."
        ) from error
    except OSError as error:
        raise ExchangeError(
            f"{shown} can't be written ({error.strerror or error}). Nothing was written."
        ) from error
