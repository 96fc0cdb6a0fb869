"""What is to be studied of a deck: the deck and the log seen together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from quizapp.deck.card import Card, Deck, UsualStudy
from quizapp.learn.minutes import Budget, budget_of
from quizapp.learn.queue import Pool
from quizapp.record import Mark, Memory, Moment
from quizapp.scores.log import Done, Log


class Only(Struct, frozen=True):
    """Which cards of a deck to study; all of them, unless it says something. tag, aspect: "" for any.

    leeches: those that were forgotten again and again.
    """

    tag: str = ""
    aspect: str = ""
    flagged: bool = False
    leeches: bool = False

    def keys(
        self, deck: Deck, marks: Mapping[str, Mark], memories: Mapping[str, Memory]
    ) -> frozenset[str] | None:
        """The keys of these cards, None for all. marks, memories: by card key."""
        if self == Only():
            return None
        keys = (card.key for card in deck.cards if self.takes(card))
        if self.flagged:
            keys = (key for key in keys if marks.get(key, Mark()).flagged)
        if self.leeches:
            keys = (key for key in keys if key in memories and memories[key].is_leech)
        return frozenset(keys)

    def takes(self, card: Card) -> bool:
        """Whether a card has the tag and the aspect."""
        tagged = not self.tag or self.tag.casefold() in (tag.casefold() for tag in card.tags)
        return tagged and (not self.aspect or self.aspect.casefold() == card.aspect.casefold())


def budget_today(log: Log, decks: Iterable[Deck], usual: UsualStudy, now: Moment) -> Budget | None:
    """The minutes that these decks have today, all together; None without a limit."""
    decks = list(decks)
    # The log is asked only where there is one.
    return budget_of(decks, usual, log.ms_of(now.day)) if budget_of(decks, usual, {}) is not None else None


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
    memories = {ref.card: memory for ref, memory in log.memories([deck.id]).items()}
    return Pool(
        deck=deck,
        memories=memories,
        new_done=today.new,
        reviews_done=today.reviews,
        usual=usual,
        marks=marks,
        cap=log.cap(deck.id, now.day),
        only=only.keys(deck, marks, memories) if only is not None else None,
        parameters=log.parameters(deck.id),
    )
