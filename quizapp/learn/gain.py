"""What an answer gains: how much likelier its card is known some days later, for each second it takes.

By simulation (tests/bench/learning.py): for whoever has few minutes a day this order, with no learning steps,
leads to far more that is known than the usual one, and to about as much as SM-2 and Leitner. Pure.
"""

from __future__ import annotations

from quizapp.learn.schedule import Plan, later, retrievability, review
from quizapp.record import Grade, Memory, Moment

GAIN_DAYS = 7
"""So many days later what an answer led to is looked at. In simulation 5 to 15 lead to nearly the same: 7 was
chosen by its results, and is no better proven than the others."""
REMEMBERED_S, FORGOTTEN_S = 11, 18
"""Seconds of an answer with its feedback, about what Anki's users need (12 and 19; fsrs-rs, simulation.rs).

Whether a person is quicker has no part in the order: all their answers are, and only the ratio counts."""


def gain(memory: Memory, now: Moment, plan: Plan) -> float:
    """What asking a card now gains, a second; 0 where a clock that ran ahead leaves that unknown."""
    if memory.is_ahead(now):
        return 0.0
    then, scheduler = later(now, GAIN_DAYS), plan.scheduler
    again, good = (
        # The target and the fuzz have no part in what is remembered.
        review(memory, plan.graded(grade, now, None), card_key="", fuzz=False)
        for grade in (Grade.AGAIN, Grade.GOOD)
    )
    return gain_of(
        retrievability(memory, now, scheduler),
        unasked=retrievability(memory, then, scheduler),
        again=retrievability(again, then, scheduler),
        good=retrievability(good, then, scheduler),
    )


def gain_of(known: float, *, unasked: float, again: float, good: float) -> float:
    """The gain a second. known: the chance that the card is remembered now; the others: that it is so
    `GAIN_DAYS` later, where it is not asked, is forgotten now, or is remembered now."""
    expected = (1 - known) * again + known * good
    seconds = (1 - known) * FORGOTTEN_S + known * REMEMBERED_S
    return (expected - unasked) / seconds
