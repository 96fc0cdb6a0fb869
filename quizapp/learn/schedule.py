"""When a card is asked next. The only module that knows fsrs, and the only one that computes due.

fsrs counts elapsed time in whole 24-hour blocks. Here a review on the next study day counts as a day, however
few hours later (but six at least, so that a step across midnight stays a step): fsrs is given a fixed epoch
as the last review and that epoch plus the elapsed days as now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from quizapp.deck.card import StudyDefaults, UsualStudy
from quizapp.record import Grade, Memory, Moment, Scheduler, State

# fsrs is imported where something is computed with it: whoever only counts cards (`quizapp decks`, the home
# screen) needs none of it, and it costs 12 ms.
if TYPE_CHECKING:
    import fsrs

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_SAME_DAY_MS = 6 * 3600 * 1000
_DAY = timedelta(days=1)
_ALIKE_DAYS = 60
"""Cards that come back later than this after their first answer are few for each day."""

AHEAD_MS = 20 * 60 * 1000
"""Learning steps due within this time are shown early when nothing else is left."""

_PARAMETERS = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)
"""FSRS-6's own, w0 to w20. Written out, so that no update of fsrs changes people's intervals unnoticed."""


class Graded(Struct, frozen=True):
    """A grade as the log keeps it, with all that is needed to schedule it again."""

    grade: Grade
    at: Moment
    target: float
    latest: str | None
    scheduler: Scheduler


class Plan(Struct, frozen=True):
    """How the cards of a deck are scheduled. latest: the last study day on which one may fall due, that of an
    exam, or None."""

    retention: float
    scheduler: Scheduler
    latest: str | None = None

    def graded(self, grade: Grade, at: Moment, k: int | None) -> Graded:
        """A grade given now to a card answered by choosing among k, or typed or revealed (None)."""
        return Graded(grade, at, target_retention(self.retention, k), self.latest, self.scheduler)


def plan_for(
    study: StudyDefaults, usual: UsualStudy, today: str, parameters: tuple[float, ...] | None = None
) -> Plan:
    """How the cards of a deck are scheduled on a study day. parameters: FSRS's, fitted to a log; None for its
    own.

    Whoever has so many minutes a day has no steps, but for those that the deck itself names: they would take
    minutes that other cards need (tests/bench/learning.py).
    """
    exam = study.exam_date.isoformat() if study.exam_date is not None else None
    limits, default = study.over(usual), default_scheduler()
    learning, relearning = ((), ()) if limits.minutes_per_day else (default.learning, default.relearning)
    learning = learning if study.steps is None else study.steps
    relearning = relearning if study.relearning_steps is None else study.relearning_steps
    scheduler = default
    if parameters is not None or (learning, relearning) != (default.learning, default.relearning):
        scheduler = make_scheduler(
            parameters or default.parameters, learning, relearning, default.maximum_interval
        )
    return Plan(limits.retention, scheduler, exam if exam and today <= exam else None)


def due_day(memory: Memory, latest: str | None, now: Moment) -> str | None:
    """The study day on which a card in review falls due: at the latest on an exam's day, also where it was
    scheduled before there was one. None for a learning step.

    What was graded by a clock that ran ahead is due today, a learning step too.
    """
    if memory.is_ahead(now):
        return now.day
    if memory.due_day is None or latest is None or memory.last_day >= latest:
        return memory.due_day
    return min(memory.due_day, latest)


@cache
def default_scheduler() -> Scheduler:
    """FSRS-6 with its default parameters, learning steps of 1 and 10 minutes and a relearning step of 10."""
    return make_scheduler(_PARAMETERS, (60, 600), (600,), 36500)


def make_scheduler(
    parameters: Iterable[float], learning: Iterable[int], relearning: Iterable[int], maximum_interval: int
) -> Scheduler:
    """A scheduler with the id that follows from its values. Steps in seconds, maximum_interval in days."""
    values = (tuple(parameters), tuple(learning), tuple(relearning), maximum_interval)
    # As json.dumps writes them, compactly: a test holds that. Home needs one, and does without json (1 ms).
    parts = ",".join(f"[{','.join(map(repr, value))}]" for value in values[:3])
    digest = hashlib.sha256(f"[{parts},{maximum_interval}]".encode()).hexdigest()[:32]
    return Scheduler(digest, *values)


def within_bounds(parameters: Iterable[float]) -> tuple[float, ...]:
    """The parameters as fsrs takes them. A fit counts in single precision: where it ends at one of the
    bounds, it may be beyond it by a rounding, and fsrs would schedule nothing by it."""
    from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

    bounds = zip(parameters, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return tuple(min(max(value, low), high) for value, low, high in bounds)


def target_retention(retention: float, k: int | None) -> float:
    """The retention to schedule for, so that what is truly remembered when due comes to `retention`.

    A card answered by choosing among k can be guessed: r + (1 − r)/k. One typed or revealed (k None): r.
    """
    return retention if k is None else retention + (1 - retention) / k


def elapsed_days(then_ms: int, then_day: str, now: Moment) -> int:
    """Study days between two reviews; 0 within six hours, and where the clock was set back."""
    if now.at_ms - then_ms < _SAME_DAY_MS:
        return 0
    return max(0, _day_number(now.day) - _day_number(then_day))


@lru_cache(maxsize=4096)
def _day_number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def later(now: Moment, days: int) -> Moment:
    """The same time so many study days later."""
    day = date.fromisoformat(now.day) + timedelta(days=days)
    return Moment(now.at_ms + days * 24 * 3600 * 1000, now.offset_min, day.isoformat())


def review(memory: Memory | None, graded: Graded, *, card_key: str, fuzz: bool = True) -> Memory:
    """The memory after a grade. memory: None for a card never graded. card_key seeds the fuzz."""
    after = _after(memory, [(card_key, graded)], fuzz=fuzz)
    if after is None:
        raise ValueError("a grade led to no memory")
    return after


def replay(history: Iterable[tuple[str, Graded]], memory: Memory | None = None) -> Memory | None:
    """The memory that a card's grades lead to, in log order; None without any. As `review` one by one.

    history: each grade with the key that the card had then, since it seeded the fuzz. memory: what was
    remembered before the first of them.
    """
    return _after(memory, history, fuzz=True)


def _after(memory: Memory | None, history: Iterable[tuple[str, Graded]], *, fuzz: bool) -> Memory | None:
    """When the card falls due has no part in what comes next: it is computed of the last grade alone."""
    import fsrs

    card, scheduler, target = _fsrs_card(memory), None, -1.0
    grades, lapses = (memory.grades, memory.lapses) if memory else (0, 0)
    last = (memory.last_ms, memory.last_day) if memory else None
    seed, graded, interval = "", None, timedelta()
    for seed, graded in history:  # noqa: B007 - the last one's counts, below
        if graded.scheduler is not scheduler or graded.target != target:
            scheduler, target = graded.scheduler, graded.target
            model = _model(scheduler, target)
        # How often the card was forgotten after it had been learnt.
        lapses += graded.grade is Grade.AGAIN and card.state is fsrs.State.Review
        elapsed = elapsed_days(*last, graded.at) if last else None
        interval = model.review(card, graded.grade, elapsed, begins=grades < 2)
        grades += 1
        last = (graded.at.at_ms, graded.at.day)
    if graded is None:
        return memory
    if card.stability is None or card.difficulty is None:
        raise ValueError("fsrs returned a reviewed card without a memory")
    now, days = graded.at, interval // _DAY
    if fuzz and card.state is fsrs.State.Review:
        days = _fuzzed(days, f"{seed}:{grades}", graded.scheduler.maximum_interval)
    due_day = (date.fromisoformat(now.day) + timedelta(days=days)).isoformat() if days else None
    # What is reviewed on the exam's day itself is not asked once more on that day.
    if due_day is not None and graded.latest is not None and now.day < graded.latest:
        due_day = min(due_day, graded.latest)
    return Memory(
        state=State(card.state.value),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        last_ms=now.at_ms,
        last_day=now.day,
        due_ms=None if due_day else now.at_ms + interval // timedelta(milliseconds=1),
        due_day=due_day,
        grades=grades,
        lapses=lapses,
    )


def retrievability(memory: Memory, now: Moment, scheduler: Scheduler) -> float:
    """The probability that the card is remembered now, by FSRS-6's forgetting curve."""
    elapsed = elapsed_days(memory.last_ms, memory.last_day, now)
    # The time is always passed: without it fsrs reads the clock. The target has no part in the curve.
    return _model(scheduler, 0.9).fsrs.get_card_retrievability(
        _fsrs_card(memory), _EPOCH + timedelta(days=elapsed)
    )


def steps_left(memory: Memory | None, scheduler: Scheduler) -> int:
    """How often a card will be asked in a sitting if it is answered Good each time: at least once."""
    if memory is None:
        return max(1, len(scheduler.learning))
    match memory.state:
        case State.LEARNING:
            return max(1, len(scheduler.learning) - (memory.step or 0))
        case State.RELEARNING:
            return max(1, len(scheduler.relearning) - (memory.step or 0))
        case State.REVIEW:
            return 1


class _Reviewed(NamedTuple):
    """What an answer makes of a card, as fsrs has it."""

    state: fsrs.State
    step: int | None
    stability: float | None
    difficulty: float | None
    interval: timedelta


class _Model:
    """fsrs's scheduler of one kind. Most cards begin alike: what their first answers lead to is kept."""

    def __init__(self, scheduler: fsrs.Scheduler, ratings: tuple[fsrs.Rating, ...]) -> None:
        """ratings: by grade, less one."""
        self.fsrs = scheduler
        self._ratings = ratings
        self._begun: dict[tuple[object, ...], _Reviewed] = {}

    def review(self, card: fsrs.Card, grade: Grade, elapsed: int | None, *, begins: bool) -> timedelta:
        """Change a card by an answer, and how long it is until the next one. elapsed: days since the last,
        None for the first. begins: whether many cards are likely to be where this one is."""
        if not begins or (elapsed or 0) > _ALIKE_DAYS:
            return self._review(card, grade, elapsed)
        key = (card.state, card.step, card.stability, card.difficulty, elapsed, grade)
        if known := self._begun.get(key):
            card.state, card.step, card.stability, card.difficulty, interval = known
            return interval
        interval = self._review(card, grade, elapsed)
        self._begun[key] = _Reviewed(card.state, card.step, card.stability, card.difficulty, interval)
        return interval

    def _review(self, card: fsrs.Card, grade: Grade, elapsed: int | None) -> timedelta:
        moment = _EPOCH + (elapsed or 0) * _DAY
        card.last_review = None if elapsed is None else _EPOCH
        reviewed, _ = self.fsrs.review_card(card, self._ratings[grade - 1], moment)
        return reviewed.due - moment


# Making one takes longer than what it is asked for: a third of a session's start, with many cards due.
@lru_cache(maxsize=64)
def _model(scheduler: Scheduler, target: float) -> _Model:
    import fsrs

    return _Model(
        fsrs.Scheduler(
            parameters=scheduler.parameters,
            desired_retention=target,
            learning_steps=tuple(timedelta(seconds=step) for step in scheduler.learning),
            relearning_steps=tuple(timedelta(seconds=step) for step in scheduler.relearning),
            maximum_interval=scheduler.maximum_interval,
            # fsrs draws its fuzz from the global generator, so that buttons, log and rebuild would differ.
            enable_fuzzing=False,
        ),
        tuple(fsrs.Rating),
    )


@cache
def _card_class() -> type[fsrs.Card]:
    """fsrs's card, but handed on where fsrs would copy it: nobody looks at the one before, and copying takes
    a third of a review's time."""
    import fsrs

    class Card(fsrs.Card):
        def __copy__(self) -> Card:
            return self

    return Card


def _fsrs_card(memory: Memory | None) -> fsrs.Card:
    import fsrs

    # Without card_id fsrs sleeps a millisecond, and without due it reads the clock.
    if memory is None:
        return _card_class()(card_id=0, due=_EPOCH)
    return _card_class()(
        card_id=0,
        state=fsrs.State(memory.state.value),
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_EPOCH,
        last_review=_EPOCH,
    )


_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))


def _fuzzed(days: int, seed: str, maximum: int) -> int:
    """Spread an interval, so that cards learnt together do not fall due together.

    The ranges are those of FSRS: one day and 15 % of the part of the interval between 2.5 and 7 days, 10 %
    between 7 and 20, 5 % above. The place in the range follows from the seed alone, and is the same for each
    grade: a better grade never gets a shorter interval.
    """
    if days < 2.5:
        return days
    delta = 1.0 + sum(factor * max(min(days, end) - start, 0.0) for start, end, factor in _FUZZ)
    low = max(2, round(days - delta))
    high = min(round(days + delta), maximum)
    low = min(low, high)
    chance = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8]) / 2**64
    return low + int(chance * (high - low + 1))
