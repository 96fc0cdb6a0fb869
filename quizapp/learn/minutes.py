"""How many minutes a day there are to study, and how many of them are used up. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from quizapp.deck.card import Deck, UsualStudy
from quizapp.record import READING_MS

_MOST_MS = 60_000
"""An answer counts so long at most: who takes longer was called away."""


class Budget(Struct, frozen=True):
    """The minutes of a day, or of a session, and how much of them is used up."""

    minutes: int
    spent_ms: int = 0

    @property
    def is_up(self) -> bool:
        """Whether all are used up."""
        return self.spent_ms >= self.minutes * 60_000

    @property
    def spent(self) -> int:
        """Whole minutes that are used up."""
        return min(self.minutes, self.spent_ms // 60_000)

    @property
    def left(self) -> int:
        """Minutes that are left, those that are begun included."""
        return max(0, self.minutes - self.spent_ms // 60_000)


def answer_ms(ms: int) -> int:
    """What an answer takes with reading its feedback. ms: how long the question was in sight."""
    return min(ms, _MOST_MS) + READING_MS


def budget_of(
    decks: Iterable[Deck], usual: UsualStudy, answers: Mapping[str, Sequence[int]]
) -> Budget | None:
    """What these decks have of a day's minutes, all together; None if one of them with cards has no limit.

    What is usual is meant for all decks that say nothing themselves, and counts once. answers: the times (ms)
    of the day's answers, by deck.
    """
    decks = [deck for deck in decks if deck.cards]
    limits = [deck.study.over(usual).minutes_per_day for deck in decks]
    if not all(limits) or not decks:
        return None
    own = [deck.study.minutes_per_day for deck in decks if deck.study.minutes_per_day is not None]
    shared = usual.minutes_per_day if len(own) < len(decks) else 0
    spent = sum(answer_ms(ms) for deck in decks for ms in answers.get(deck.id, ()))
    return Budget(sum(own) + shared, spent)
