"""What is set for cards on a screen that lists them, each to be taken back there."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from quizapp.deck.card import Card
from quizapp.record import Moment, Ref
from quizapp.scores.store import Store
from quizapp.sitting import bring_back, bury, flag, suspend, unmark


class Marked(NamedTuple):
    """Something that was set for a card. what: as it is said when it is taken back."""

    card: Card
    what: str
    take_back: Callable[[], object]


class CardMarks:
    """Sets and takes back. What writes raises ScoresError, and is called off the screen's thread."""

    def __init__(self, store: Store, clock: Callable[[], Moment]) -> None:
        self._store = store
        self._clock = clock
        self._done: list[Marked] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._done)

    def flag(self, deck: str, card: Card) -> None:
        """Flag a card, or take its flag away."""
        store, clock = self._store, self._clock
        on = not store.mark(Ref(deck, card.key)).flagged
        done = flag(store, clock, deck, card, on=on)
        what = "flagging" if on else "taking the flag away from"
        self._done.append(Marked(card, what, lambda: unmark(store, clock, done)))

    def suspend(self, deck: str, card: Card) -> None:
        """Ask a card no more; bring one back that is suspended."""
        store, clock = self._store, self._clock
        if store.mark(Ref(deck, card.key)).suspended:
            self._bring_back(deck, card)
        else:
            done = suspend(store, clock, deck, card)
            self._done.append(Marked(card, "suspending", lambda: unmark(store, clock, done)))

    def bury(self, deck: str, card: Card) -> None:
        """Ask a card no more today; bring one back that is buried."""
        store, clock = self._store, self._clock
        mark = store.mark(Ref(deck, card.key))
        if mark.buried is not None and clock().day < mark.buried:
            self._bring_back(deck, card)
        else:
            done = bury(store, clock, deck, card)
            self._done.append(Marked(card, "burying", lambda: unmark(store, clock, done)))

    def _bring_back(self, deck: str, card: Card) -> None:
        store, clock, ref = self._store, self._clock, Ref(deck, card.key)
        before = store.mark(ref)
        bring_back(store, clock, [ref])

        def again() -> None:
            if before.suspended:
                suspend(store, clock, deck, card)
            if before.buried is not None:
                bury(store, clock, deck, card, before.buried)

        self._done.append(Marked(card, "bringing back", again))

    def undo(self) -> Marked | None:
        """Take back what was done last; what it was, None if there is nothing."""
        if not self._done:
            return None
        self._done[-1].take_back()
        return self._done.pop()
