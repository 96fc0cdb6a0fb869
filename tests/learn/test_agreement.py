"""Our FSRS-6 and that of fsrs-rs, which was written by others in another language, agree.

fsrs-rs knows neither fuzz, learning steps nor study days, so these are left out here, and it does not round
intervals. It counts in single precision, seven digits: an interval within a hundred-thousandth of half a day
could be rounded either way, so the histories are drawn to have none. It lets no stability grow beyond 36500
days, where ours is kept and only the interval is cut; a card gets there after decades without a review.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import fsrs_rs_python as fsrs_rs
import pytest

from quizapp.learn.schedule import (
    Graded,
    default_scheduler,
    make_scheduler,
    retrievability,
    review,
    target_retention,
)
from quizapp.record import Grade, Memory, Moment, State
from tests.builders import DAY_MS, START_MS

HISTORIES = 300
REVIEWS = 12
DEFAULT = default_scheduler()
STEPLESS = make_scheduler(DEFAULT.parameters, (), (), DEFAULT.maximum_interval)
THEIRS = fsrs_rs.FSRS(DEFAULT.parameters)
FIRST_DAY = date(2026, 1, 1)


def on_day(number: int, minute: int = 0) -> Moment:
    """A moment `number` days after the first."""
    day = FIRST_DAY + timedelta(days=number)
    return Moment(START_MS + number * DAY_MS + minute * 60_000, 0, day.isoformat())


def states(found: fsrs_rs.NextStates) -> dict[Grade, fsrs_rs.ItemState]:
    """fsrs-rs's states by grade."""
    return {Grade.AGAIN: found.again, Grade.HARD: found.hard, Grade.GOOD: found.good, Grade.EASY: found.easy}


def whole_days(interval: float) -> int:
    """An interval of fsrs-rs as FSRS counts it: at least a day, at most the longest."""
    return min(max(1, round(interval)), DEFAULT.maximum_interval)


def is_tie(interval: float) -> bool:
    """Whether single precision can't tell how an interval is rounded."""
    return abs(interval % 1 - 0.5) <= interval * 1e-5


def histories(seed: int, target: float) -> Iterator[list[tuple[int, Grade]]]:
    """Histories of twelve reviews: (days since the last one, grade), with gaps of up to 60 days."""
    random = Random(seed)
    for _ in range(HISTORIES):
        history: list[tuple[int, Grade]] = []
        memory: fsrs_rs.MemoryState | None = None
        while len(history) < REVIEWS:
            gap = random.randint(0, 60) if history else 0
            found = states(THEIRS.next_states(memory, target, gap))
            if not any(is_tie(state.interval) for state in found.values()):
                grade = random.choice(list(Grade))
                history.append((gap, grade))
                memory = found[grade].memory
        yield history


@pytest.mark.parametrize("k", [None, 2, 3])
def test_intervals_without_fuzz_and_steps_are_those_of_fsrs_rs(k: int | None) -> None:
    """After each review of each history, for the grade that was given and for the other three."""
    target = target_retention(0.9, k)
    compared, differing = 0, []
    for history in histories(1, target):
        memory: Memory | None = None
        their_memory: fsrs_rs.MemoryState | None = None
        day = 0
        for gap, given in history:
            day += gap
            theirs = states(THEIRS.next_states(their_memory, target, gap))
            ours = {
                grade: review(
                    memory, Graded(grade, on_day(day), target, None, STEPLESS), card_key="k", fuzz=False
                )
                for grade in Grade
            }
            for grade, after in ours.items():
                assert after.due_day is not None
                days = (date.fromisoformat(after.due_day) - FIRST_DAY).days - day
                compared += 1
                if days != whole_days(theirs[grade].interval):
                    differing.append((history, grade, days, theirs[grade].interval))
                assert after.stability == pytest.approx(theirs[grade].memory.stability, rel=1e-3)
                assert after.difficulty == pytest.approx(theirs[grade].memory.difficulty, rel=1e-3)
            memory, their_memory = ours[given], theirs[given].memory
    assert compared == HISTORIES * REVIEWS * len(Grade)
    assert differing == []


def test_with_steps_the_memory_is_that_of_fsrs_rs_too() -> None:
    """Learning steps come on the day of the review before, and move the memory; once a card is in review its
    interval is the same again."""
    random = Random(2)
    reviews = steps = 0
    for _ in range(HISTORIES):
        memory: Memory | None = None
        their_memory: fsrs_rs.MemoryState | None = None
        day = minute = 0
        for _ in range(REVIEWS):
            if memory is not None and memory.due_ms is None:
                gap, minute = random.randint(1, 60), 0
            elif memory is not None:
                gap, minute = 0, minute + 10
            else:
                gap = 0
            day += gap
            grade = random.choice(list(Grade))
            theirs = states(THEIRS.next_states(their_memory, 0.9, gap))[grade]
            graded = Graded(grade, on_day(day, minute), 0.9, None, DEFAULT)
            memory, their_memory = review(memory, graded, card_key="k", fuzz=False), theirs.memory
            assert memory.stability == pytest.approx(theirs.memory.stability, rel=1e-3)
            assert memory.difficulty == pytest.approx(theirs.memory.difficulty, rel=1e-3)
            if memory.state is State.REVIEW:
                reviews += 1
                assert memory.due_day is not None
                if not is_tie(theirs.interval):
                    days = (date.fromisoformat(memory.due_day) - FIRST_DAY).days - day
                    assert days == whole_days(theirs.interval)
            else:
                steps += 1
    assert min(reviews, steps) > 1000


def test_the_forgetting_curve_is_that_of_fsrs_rs() -> None:
    """An interval for a target ends when the card is remembered with that probability."""
    memory = review(None, Graded(Grade.EASY, on_day(0), 0.9, None, STEPLESS), card_key="k", fuzz=False)
    for days in (1, 10, 100, 1000):
        chance = retrievability(memory, on_day(days), DEFAULT)
        assert THEIRS.next_interval(memory.stability, chance, Grade.EASY) == pytest.approx(days, rel=1e-3)


def test_the_default_parameters_are_those_of_fsrs_rs() -> None:
    assert DEFAULT.parameters == pytest.approx(fsrs_rs.DEFAULT_PARAMETERS, rel=1e-6)
