"""What is to be studied of a deck: the deck and the log seen together."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from quizapp.deck.card import Card, Deck, UsualStudy
from quizapp.learn.queue import Pool
from quizapp.record import Mark, Moment
from quizapp.scores.log import Done, Log


class Only(Struct, frozen=True):
    """Which cards of a deck to study; all of them, unless it says something. tag, aspect: "" for any."""

    tag: str = ""
    aspect: str = ""
    flagged: bool = False

    def keys(self, deck: Deck, marks: Mapping[str, Mark]) -> frozenset[str] | None:
        """The keys of these cards, None for all. marks: by card key."""
        if self == Only():
            return None
        return frozenset(card.key for card in deck.cards if self._takes(card, marks))

    def _takes(self, card: Card, marks: Mapping[str, Mark]) -> bool:
        tagged = not self.tag or self.tag.casefold() in (tag.casefold() for tag in card.tags)
        of_aspect = not self.aspect or self.aspect.casefold() == card.aspect.casefold()
        return tagged and of_aspect and (not self.flagged or marks.get(card.key, Mark()).flagged)


def pool_of(
    log: Log,
    deck: Deck,
    now: Moment,
    usual: UsualStudy,
    only: Only | None = None,
    done: Mapping[str, Done] | None = None,
) -> Pool:
    """A deck with what is remembered of it and what was done of it today.

    usual: limits where it has none. only: which of its cards are to be studied. done: what `log.done` says of
    today, where that is known already.
    """
    today = (log.done(now.day) if done is None else done).get(deck.id, Done(0, 0))
    marks = {ref.card: mark for ref, mark in log.marks([deck.id]).items()}
    return Pool(
        deck=deck,
        memories={ref.card: memory for ref, memory in log.memories([deck.id]).items()},
        new_done=today.new,
        reviews_done=today.reviews,
        usual=usual,
        marks=marks,
        cap=log.cap(deck.id, now.day),
        only=only.keys(deck, marks) if only is not None else None,
        parameters=log.parameters(deck.id),
    )
