"""Which card of a quiz comes next."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from random import Random
from typing import Protocol

from msgspec import Struct

from quizapp.deck.card import Card
from quizapp.learn.order import NO_DISTRACTORS, Distractors, order, start_elsewhere
from quizapp.record import Seen

RETURNS = range(3, 9)
"""After how many other cards a missed card returns in practice."""
STRETCH = 5
"""So many cards of a side are mixed where a round may stop midway: who waits longest still comes early."""


class Dealer(Protocol):
    """Which card comes next, in one of the modes."""

    total: int | None

    @property
    def remaining(self) -> int | None:
        """How many cards are not yet done with; None if there is no end."""

    def deal(self, avoid: Sequence[str]) -> Card:
        """The next card, none of those to avoid if there is another. There is one unless `remaining` is 0."""

    def take_back(self, card: Card) -> bool:
        """A dealt card was hidden unanswered. False: it should be shown again at once."""

    def settle(self, card: Card, *, right: bool) -> None:
        """A dealt card was answered."""


class Shoe(Struct, frozen=True):
    """What cards are dealt from, and all that puts them in order. only: the choices in play, () for all.

    most: how many cards a round has at most, None for all.
    """

    cards: Sequence[Card]
    only: Sequence[str]
    balanced: bool
    seen: Mapping[str, Seen]
    random: Random
    distractors: Distractors = NO_DISTRACTORS
    most: int | None = None

    def ordered(self, rounds: Mapping[str, int], *, stretch: int | None = None) -> list[Card]:
        """The cards of one round. rounds, stretch: as `order` has them."""
        return order(
            self.cards,
            seen=self.seen,
            random=self.random,
            only=self.only,
            balanced=self.balanced,
            rounds=rounds,
            distractors=self.distractors,
            most=self.most,
            stretch=stretch,
        )


class Endless:
    """Round after round, each in a new order."""

    total: int | None = None
    remaining: int | None = None

    def __init__(self, shoe: Shoe) -> None:
        self._shoe = shoe
        self._round = 0
        self._rounds: dict[str, int] = {}
        self._queue: deque[Card] = deque()

    def deal(self, avoid: Sequence[str]) -> Card:
        if not self._queue:
            self._round += 1
            self._queue.extend(self._shoe.ordered(self._rounds, stretch=STRETCH))
        start_elsewhere(self._queue, avoid)
        return self._queue.popleft()

    def take_back(self, card: Card) -> bool:
        # Anywhere but first. The last of its round comes in the next one, as it counts as not yet asked.
        if self._queue:
            self._queue.insert(self._shoe.random.randint(1, len(self._queue)), card)
        return True

    def settle(self, card: Card, *, right: bool) -> None:  # noqa: ARG002 - a missed card is not treated otherwise
        self._rounds[card.key] = self._round


class Once:
    """One round, each card once."""

    def __init__(self, shoe: Shoe) -> None:
        self._random = shoe.random
        self._queue = deque(shoe.ordered({}))
        self.total: int | None = len(self._queue)
        self._left = len(self._queue)

    @property
    def remaining(self) -> int:
        return self._left

    def deal(self, avoid: Sequence[str]) -> Card:
        start_elsewhere(self._queue, avoid)
        return self._queue.popleft()

    def take_back(self, card: Card) -> bool:
        # Anywhere but first, unless no other is left.
        self._queue.insert(self._random.randint(1, len(self._queue)) if self._queue else 0, card)
        return True

    def settle(self, card: Card, *, right: bool) -> None:  # noqa: ARG002 - right or wrong, it does not return
        self._left -= 1


class UntilRight:
    """One round, in which a missed card returns after 3 to 8 others until it was right."""

    def __init__(self, shoe: Shoe) -> None:
        self._random = shoe.random
        # Practice may be left at any time, and then taken up again with the cards that it had not come to.
        self._fresh = deque(shoe.ordered({}, stretch=STRETCH))
        self.total: int | None = len(self._fresh)
        self._left = len(self._fresh)
        self._turn = 0
        # By the turn at which they are to return, in the order in which they were missed.
        self._missed: dict[int, Card] = {}

    @property
    def remaining(self) -> int:
        return self._left

    def deal(self, avoid: Sequence[str]) -> Card:  # noqa: ARG002 - only a lone card follows itself here
        if self._turn not in self._missed and self._fresh:
            return self._fresh.popleft()
        # Too few others are left for the turn that was drawn: who waits longest comes first.
        turn = self._turn if self._turn in self._missed else next(iter(self._missed))
        return self._missed.pop(turn)

    def take_back(self, card: Card) -> bool:  # noqa: ARG002 - without a clock nothing is won by seeing it again
        return False

    def settle(self, card: Card, *, right: bool) -> None:
        if right:
            self._left -= 1
        else:
            # The last of these turns is always free: whoever was missed before has to return earlier.
            turns = [self._turn + others + 1 for others in RETURNS]
            self._missed[self._random.choice([turn for turn in turns if turn not in self._missed])] = card
        self._turn += 1
