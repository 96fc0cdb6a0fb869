"""How one deck stands: its cards by what is remembered of them, what is to come, and what is put aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from random import Random

from msgspec import Struct

from quizapp.deck.card import Card, Deck, UsualStudy
from quizapp.learn.forecast import Forecast, forecast, mean_knowledge
from quizapp.learn.queue import Pool, later_day
from quizapp.learn.schedule import due_day
from quizapp.pools import pool_of
from quizapp.record import Mark, Memory, Moment, Ref, State
from quizapp.scores.log import Log
from quizapp.stats import days_from, minutes

YOUNG_DAYS = 21
"""A card that is remembered less long counts as young, as it does in Anki."""
AHEAD_DAYS = 14
"""So many days are shown of what is to come."""
BACK_DAYS = 30
"""Recall is measured over so many days."""


class Leech(Struct, frozen=True):
    """A card that is forgotten again and again. mistaken: the wrong answer given most often, "" for none."""

    card: Card
    lapses: int
    mistaken: str


class Exam(Struct, frozen=True):
    """What to expect on the exam's day. minutes: a day until then."""

    forecast: Forecast
    minutes: int


class Standing(Struct, frozen=True):
    """How a deck stands now.

    new, learning, young, old: cards never studied, in learning steps, and remembered for less or for more
    than 21 days. suspended, buried, flagged: cards with that mark. to_come: (ISO day, cards that fall due on
    it) from today on, with all that is overdue on today. known: share of the studied cards whose answer is
    known now, None without any. recalled of asked: reviews of the last 30 days that were remembered.
    """

    deck: Deck
    new: int
    learning: int
    young: int
    old: int
    suspended: tuple[Card, ...]
    buried: tuple[Card, ...]
    flagged: tuple[Card, ...]
    leeches: tuple[Leech, ...]
    to_come: tuple[tuple[str, int], ...]
    known: float | None
    recalled: int
    asked: int
    retention: float
    exam: Exam | None


def standing(log: Log, deck: Deck, now: Moment, usual: UsualStudy, random: Random) -> Standing:
    """How a deck stands. usual: limits where it has none. random: for what is expected on an exam's day."""
    pool = pool_of(log, deck, now, usual)
    shown = [card for card in deck.cards if not pool.marks.get(card.key, Mark()).suspended]
    studied = [card for card in shown if card.key in pool.memories]
    memories = [pool.memories[card.key] for card in studied]
    recalled, asked = log.recalled(deck.id, later_day(now.day, -BACK_DAYS))
    leeches = [card for card in studied if pool.memories[card.key].is_leech]
    return Standing(
        deck=deck,
        new=len(shown) - len(studied),
        learning=sum(memory.state is not State.REVIEW for memory in memories),
        young=sum(memory.state is State.REVIEW and memory.stability < YOUNG_DAYS for memory in memories),
        old=sum(memory.state is State.REVIEW and memory.stability >= YOUNG_DAYS for memory in memories),
        suspended=_marked(pool, (key for key, mark in pool.marks.items() if mark.suspended)),
        buried=_marked(
            pool,
            (key for key, mark in pool.marks.items() if not mark.suspended and mark.hides(now.day)),
        ),
        flagged=_marked(pool, (key for key, mark in pool.marks.items() if mark.flagged)),
        leeches=tuple(
            Leech(card, pool.memories[card.key].lapses, log.mistaken_for(Ref(deck.id, card.key)))
            for card in leeches
        ),
        to_come=_to_come(pool, memories, now),
        known=mean_knowledge(studied, pool, now) if studied else None,
        recalled=recalled,
        asked=asked,
        retention=pool.plan(now).retention,
        exam=_exam(log, pool, now, random),
    )


def _marked(pool: Pool, keys: Iterable[str]) -> tuple[Card, ...]:
    wanted = set(keys)
    return tuple(card for card in pool.deck.cards if card.key in wanted)


def _to_come(pool: Pool, memories: Iterable[Memory], now: Moment) -> tuple[tuple[str, int], ...]:
    latest = pool.plan(now).latest
    days = (due_day(memory, latest, now) or now.day for memory in memories)
    counts = Counter(max(day, now.day) for day in days)
    return tuple((day, counts.get(day, 0)) for day in days_from(now.day, AHEAD_DAYS))


def _exam(log: Log, pool: Pool, now: Moment, random: Random) -> Exam | None:
    exam_date = pool.deck.study.exam_date
    found = forecast(pool, now, exam_date.isoformat(), random) if exam_date is not None else None
    if found is None:
        return None
    return Exam(found, minutes(round(found.questions), log.recent_ms()))
