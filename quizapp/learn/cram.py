"""Cramming: any cards, as often as wanted, with the schedule untouched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from random import Random

from quizapp.deck.card import Card, Deck
from quizapp.learn.line import Line
from quizapp.learn.schedule import Plan
from quizapp.learn.study import Item, StudySession
from quizapp.record import Grade, Memory, Moment, Ref

_SOON = (3, 8)
"""A missed card comes back after so many others."""


def apart(cards: Sequence[Card]) -> list[Card]:
    """A deck's cards with those of one entry as far apart as the others allow, else in their order.

    Each gives the other's answer away: a card and its reverse, a blank and the next one of its sentence. So
    the first of each such entry come first, the second later in the same order, and so on; what has an entry
    of its own is in between.
    """
    many = Counter(card.entry for card in cards)
    met: Counter[int] = Counter()
    rounds: list[list[Card]] = []
    # The entry with the most cards comes first in each round: the last ones have it alone.
    for card in sorted(cards, key=lambda card: -many[card.entry]):
        if many[card.entry] > 1:
            if met[card.entry] == len(rounds):
                rounds.append([])
            rounds[met[card.entry]].append(card)
            met[card.entry] += 1
    order = {card.entry: place for place, card in enumerate(rounds[0] if rounds else ())}
    for some in rounds:
        some.sort(key=lambda card: order[card.entry])
    alone = [card for card in cards if many[card.entry] == 1]
    gaps = max(1, len(rounds) - 1)
    between = [alone[len(alone) * gap // gaps : len(alone) * (gap + 1) // gaps] for gap in range(gaps)]
    none: list[Card] = []
    parts = zip_longest(rounds, between, fillvalue=none)
    return _parted([card for some, others in parts for card in (*some, *others)])


def _parted(line: list[Card]) -> list[Card]:
    """The line with another card put between any two of one entry, where one can be spared elsewhere."""
    for at in range(1, len(line)):
        if line[at].entry != line[at - 1].entry:
            continue
        spare = next((place for place in range(len(line)) if _can_be_spared(line, place, at)), None)
        if spare is not None:
            card = line.pop(spare)
            line.insert(at if spare > at else at - 1, card)
    return line


def _can_be_spared(line: Sequence[Card], place: int, at: int) -> bool:
    """Whether a card can go between the two before `at` and leaves no two of one entry behind."""
    if place in (at - 1, at) or line[place].entry == line[at].entry:
        return False
    before, behind = line[place - 1 : place], line[place + 1 : place + 2]
    return not before or not behind or before[0].entry != behind[0].entry


class _CramLine(Line):
    """Learning steps do not wait for their time: their card is asked like any other."""

    def __init__(self, items: Iterable[Item]) -> None:
        super().__init__(())
        self.queue.extend(item.ref for item in items)

    def take(self, now: Moment, last: Ref | None) -> Ref | None:  # noqa: ARG002 - there are no steps
        if len(self.queue) > 1 and self.queue[0] == last:
            # The card that was just answered lets another go first.
            self.queue.rotate(-1)
        return self.queue.popleft() if self.queue else None


class CramSession(StudySession):
    """Asks each card until it was remembered once. Grades say whether it was, and move nothing."""

    def __init__(
        self, items: Sequence[Item], decks: Mapping[str, Deck], *, plans: Mapping[str, Plan], random: Random
    ) -> None:
        """items: in the order in which they are to be asked."""
        super().__init__(items, decks, plans=plans, random=random)
        self._line: _CramLine = _CramLine(items)

    def _grades_after(self, *, hinted: bool) -> tuple[Grade, ...]:  # noqa: ARG002 - a hint costs nothing here
        return (Grade.AGAIN, Grade.GOOD)

    def _outcomes(
        self,
        item: Item,  # noqa: ARG002 - nothing is moved
        grades: Sequence[Grade],  # noqa: ARG002 - as above
        now: Moment,  # noqa: ARG002 - as above
        k: int | None,  # noqa: ARG002 - as above
    ) -> dict[Grade, Memory]:
        return {}

    def _remember(self, item: Item, memory: Memory | None, grade: Grade) -> None:
        super()._remember(item, memory, grade)
        self._line.drop(item.ref)
        if grade is Grade.AGAIN:
            queue = self._line.queue
            queue.insert(min(self._random.randint(*_SOON), len(queue)), item.ref)
