"""What is set for cards on a screen that lists them, each to be taken back there."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from quizapp.deck.card import Card
from quizapp.record import Moment, Ref
from quizapp.scores.store import Store
from quizapp.sitting import bring_back, bury, flag, suspend, unmark


class Marked(NamedTuple):
    """Something that was set for a card. what: as it is said when it is taken back. edits: how many changes
    of deck files came before it."""

    card: Card
    what: str
    take_back: Callable[[], object]
    edits: int


class CardMarks:
    """Sets and takes back. What writes raises ScoresError, and is called off the screen's thread."""

    def __init__(self, store: Store, clock: Callable[[], Moment], edits: Callable[[], int]) -> None:
        """edits: how many changes of deck files there are to take back."""
        self._store = store
        self._clock = clock
        self._edits = edits
        self._done: list[Marked] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._done)

    @property
    def is_last(self) -> bool:
        """Whether no change of a deck file came after what was set last."""
        return bool(self._done) and self._edits() <= self._done[-1].edits

    def flag(self, deck: str, card: Card) -> None:
        """Flag a card, or take its flag away."""
        store, clock = self._store, self._clock
        on = not store.mark(Ref(deck, card.key)).flagged
        done = flag(store, clock, deck, card, on=on)
        what = "flagging" if on else "taking the flag away from"
        self._did(card, what, lambda: unmark(store, clock, done))

    def suspend(self, deck: str, card: Card) -> None:
        """Ask a card no more; bring one back that is suspended."""
        store, clock = self._store, self._clock
        if store.mark(Ref(deck, card.key)).suspended:
            self._bring_back(deck, card)
        else:
            done = suspend(store, clock, deck, card)
            self._did(card, "suspending", lambda: unmark(store, clock, done))

    def bury(self, deck: str, card: Card) -> None:
        """Ask a card no more today; bring one back that is buried."""
        store, clock = self._store, self._clock
        mark = store.mark(Ref(deck, card.key))
        if mark.buried is not None and clock().day < mark.buried:
            self._bring_back(deck, card)
        else:
            done = bury(store, clock, deck, card)
            self._did(card, "burying", lambda: unmark(store, clock, done))

    def _bring_back(self, deck: str, card: Card) -> None:
        store, clock, ref = self._store, self._clock, Ref(deck, card.key)
        before = store.mark(ref)
        bring_back(store, clock, [ref])

        def again() -> None:
            if before.suspended:
                suspend(store, clock, deck, card)
            if before.buried is not None:
                bury(store, clock, deck, card, before.buried)

        self._did(card, "bringing back", again)

    def _did(self, card: Card, what: str, take_back: Callable[[], object]) -> None:
        self._done.append(Marked(card, what, take_back, self._edits()))

    def undo(self) -> Marked | None:
        """Take back what was done last; what it was, None if there is nothing."""
        if not self._done:
            return None
        self._done[-1].take_back()
        return self._done.pop()
