"""A deck's history as another program keeps it: each grade with the interval that followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from quizapp.deck.exchange.anki_notes import Sent
from quizapp.learn.schedule import Graded, review
from quizapp.record import Memory, Moment, Ref, State
from quizapp.scores.log import Log

_TYPES = {State.LEARNING: 0, State.REVIEW: 1, State.RELEARNING: 2}


def sent_reviews(log: Log, refs: Iterable[Ref]) -> Iterator[Sent]:
    """The grades of these cards that count, for Anki's review log. Raises ScoresError."""
    schedulers = log.schedulers()
    for ref in refs:
        memory: Memory | None = None
        for item in log.history(ref):
            answer, grade = item.answer, item.grade
            if grade is None or answer.target is None or answer.scheduler is None:
                continue
            at = Moment(answer.at_ms, answer.offset_min, answer.day)
            graded = Graded(grade, at, answer.target, answer.latest, schedulers[answer.scheduler])
            before, memory = memory, review(memory, graded, card_key=answer.card)
            type_ = 0 if before is None else _TYPES[before.state]
            old = _interval(before) if before is not None else 0
            yield Sent(ref.card, answer.at_ms, int(grade), _interval(memory), old, answer.ms, type_)


def _interval(memory: Memory) -> int:
    """Days until a card is due; seconds below 0 if it is less than one."""
    if memory.due_day is not None:
        return (date.fromisoformat(memory.due_day) - date.fromisoformat(memory.last_day)).days
    return -max(1, ((memory.due_ms or memory.last_ms) - memory.last_ms) // 1000)
