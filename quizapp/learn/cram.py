"""Cramming: any cards, as often as wanted, with the schedule untouched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from quizapp.deck.card import Deck
from quizapp.learn.schedule import Plan
from quizapp.learn.study import Item, StudySession
from quizapp.record import Grade, Memory, Moment, Ref

_SOON = (3, 8)
"""A missed card comes back after so many others."""


class CramSession(StudySession):
    """Asks each card until it was remembered once. Grades say whether it was, and move nothing."""

    def __init__(
        self, items: Sequence[Item], decks: Mapping[str, Deck], *, plans: Mapping[str, Plan], random: Random
    ) -> None:
        """items: in the order in which they are to be asked."""
        super().__init__(items, decks, plans=plans, random=random)
        # Learning steps do not wait for their time: their card is asked like any other.
        self._waiting.clear()
        self._queue.clear()
        self._queue.extend(item.ref for item in items)

    def _grades_after(self, *, hinted: bool) -> tuple[Grade, ...]:  # noqa: ARG002 - a hint costs nothing here
        return (Grade.AGAIN, Grade.GOOD)

    def _outcomes(
        self,
        item: Item,  # noqa: ARG002 - nothing is moved
        grades: Sequence[Grade],  # noqa: ARG002
        now: Moment,  # noqa: ARG002
        k: int | None,  # noqa: ARG002
    ) -> dict[Grade, Memory]:
        return {}

    def _remember(self, item: Item, memory: Memory | None, grade: Grade) -> None:
        super()._remember(item, memory, grade)
        if item.ref in self._queue:
            self._queue.remove(item.ref)
        if grade is Grade.AGAIN:
            self._queue.insert(min(self._random.randint(*_SOON), len(self._queue)), item.ref)

    def _take(self, now: Moment, last: Ref | None) -> Ref | None:  # noqa: ARG002 - there are no steps
        if len(self._queue) > 1 and self._queue[0] == last:
            # The card that was just answered lets another go first.
            self._queue.rotate(-1)
        return self._queue.popleft() if self._queue else None
