"""FSRS-6 as the design wants it: exact, on study days, and the same on every replay."""

from __future__ import annotations

import hashlib
import json
import struct
from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from quizapp.learn import schedule
from quizapp.learn.schedule import (
    Graded,
    default_scheduler,
    due_day,
    make_scheduler,
    replay,
    review,
    target_retention,
    within_bounds,
)
from quizapp.record import Grade, Memory, Moment, State, study_day

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
START = 1_767_261_600_000  # 2026-01-01 10:00 UTC


def moment(at_ms: int, offset_min: int = 0) -> Moment:
    return Moment(at_ms, offset_min, study_day(at_ms, offset_min))


def graded(grade: Grade, at_ms: int, target: float = 0.9, latest: str | None = None) -> Graded:
    return Graded(grade, moment(at_ms), target, latest, default_scheduler())


def when_due(memory: Memory, now_ms: int) -> int:
    if memory.due_ms is not None:
        return memory.due_ms
    while study_day(now_ms, 0) != memory.due_day:
        now_ms += DAY_MS
    return now_ms


class TestIntervals:
    def test_the_published_vectors_hold(self) -> None:
        grades = [Grade.GOOD] * 6 + [Grade.AGAIN] * 2 + [Grade.GOOD] * 5
        at, memory, days = START, None, []
        for grade in grades:
            memory = review(memory, graded(grade, at), card_key="k", fuzz=False)
            due = when_due(memory, at)
            days.append((due - at) // DAY_MS)
            at = due
        assert days == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]

    def test_a_first_good_answer_comes_back_in_ten_minutes(self) -> None:
        memory = review(None, graded(Grade.GOOD, START), card_key="k")
        assert (memory.state, memory.step, memory.due_ms) == (State.LEARNING, 1, START + 600_000)
        assert memory.due_day is None

    def test_a_guessable_answer_gets_a_shorter_interval_than_a_revealed_one(self) -> None:
        def easy(target: float) -> str | None:
            return review(None, graded(Grade.EASY, START, target), card_key="k", fuzz=False).due_day

        chosen, revealed = easy(target_retention(0.9, 2)), easy(target_retention(0.9, None))
        assert chosen is not None
        assert revealed is not None
        assert chosen < revealed

    @pytest.mark.parametrize(("k", "target"), [(None, 0.9), (2, 0.95), (4, 0.925)])
    def test_the_target_makes_up_for_guessing(self, k: int | None, target: float) -> None:
        assert target_retention(0.9, k) == pytest.approx(target)

    def test_no_card_falls_due_after_the_latest_day(self) -> None:
        memory = review(None, graded(Grade.EASY, START, latest="2026-01-03"), card_key="k")
        assert memory.due_day == "2026-01-03"

    def test_on_the_latest_day_itself_a_card_is_not_due_once_more(self) -> None:
        memory = review(None, graded(Grade.EASY, START, latest="2026-01-01"), card_key="k")
        assert memory.due_day is not None
        assert memory.due_day > "2026-01-01"

    def test_a_card_that_was_scheduled_before_there_was_an_exam_is_due_on_its_day(self) -> None:
        memory = review(None, graded(Grade.EASY, START), card_key="k")
        assert memory.due_day is not None
        assert memory.due_day > "2026-01-04"
        assert due_day(memory, "2026-01-04", moment(START)) == "2026-01-04"
        assert due_day(memory, "2026-01-01", moment(START)) == memory.due_day  # reviewed on that day
        assert due_day(memory, None, moment(START)) == memory.due_day

    def test_lapses_count_what_was_forgotten_after_it_was_learnt(self) -> None:
        memory = review(None, graded(Grade.AGAIN, START), card_key="k")
        assert memory.lapses == 0
        memory = review(memory, graded(Grade.EASY, START), card_key="k")
        for day in range(1, 9):
            assert not memory.is_leech
            memory = review(memory, graded(Grade.AGAIN, START + 50 * day * DAY_MS), card_key="k")
            assert memory.lapses == day
            memory = review(memory, graded(Grade.GOOD, START + 50 * day * DAY_MS), card_key="k")
        assert memory.is_leech


class TestElapsed:
    def test_twenty_hours_later_on_the_next_study_day_is_a_day(self) -> None:
        first = moment(START + 9 * 3_600_000)
        assert schedule.elapsed_days(first.at_ms, first.day, moment(first.at_ms + 20 * 3_600_000)) == 1

    def test_a_step_across_the_rollover_is_no_day(self) -> None:
        late = moment(START + 17 * 3_600_000 + 55 * 60_000)  # 03:55, the old study day
        soon = moment(late.at_ms + 600_000)
        assert late.day != soon.day
        assert schedule.elapsed_days(late.at_ms, late.day, soon) == 0

    def test_a_clock_set_back_counts_nothing(self) -> None:
        now = moment(START)
        assert schedule.elapsed_days(START + 5 * DAY_MS, "2026-01-06", now) == 0

    @pytest.mark.parametrize(
        ("hour", "later_ms", "days"),
        [
            # 10:00 today and 06:00 tomorrow.
            (10, 20 * HOUR_MS, 1),
            (10, 24 * HOUR_MS, 1),
            # The study day ends at 04:00, and a step across its end is no day.
            (23, 6 * HOUR_MS - 60_000, 0),
            (23, 6 * HOUR_MS, 1),
            # Later than six hours, but on the same study day; midnight is no end of one.
            (18, 9 * HOUR_MS, 0),
            # 23 hours: 04:30 and 03:30.
            (4.5, 23 * HOUR_MS, 0),
        ],
    )
    def test_a_review_takes_the_study_days_since_the_last(
        self, hour: float, later_ms: int, days: int
    ) -> None:
        first_ms = START + round((hour - 10) * HOUR_MS)
        before = review(None, graded(Grade.EASY, first_ms), card_key="k")
        at_ms = first_ms + later_ms

        def strength(grade: Grade) -> tuple[float, float]:
            after = review(before, graded(grade, at_ms), card_key="k")
            return after.stability, after.difficulty

        def wanted(grade: Grade) -> tuple[float, float]:
            card = fsrs.Card(1, fsrs.State.Review, None, before.stability, before.difficulty, EPOCH, EPOCH)
            after, _ = fsrs.Scheduler(enable_fuzzing=False).review_card(
                card, fsrs.Rating(grade), EPOCH + timedelta(days=days)
            )
            assert after.stability is not None
            assert after.difficulty is not None
            return after.stability, after.difficulty

        assert {grade: strength(grade) for grade in Grade} == {grade: wanted(grade) for grade in Grade}


class TestFuzz:
    @given(st.integers(1, 400), st.text(min_size=1, max_size=8))
    def test_it_stays_near_the_interval(self, days: int, seed: str) -> None:
        fuzzed = schedule._fuzzed(days, seed, 36_500)
        assert abs(fuzzed - days) <= 1 + round(0.15 * days) + 1
        assert fuzzed >= 1

    @given(st.integers(1, 400), st.text(min_size=1, max_size=8))
    def test_a_longer_interval_never_becomes_the_shorter_one(self, days: int, seed: str) -> None:
        assert schedule._fuzzed(days, seed, 36_500) <= schedule._fuzzed(days + 1, seed, 36_500)

    def test_cards_learnt_together_do_not_all_fall_due_together(self) -> None:
        days = {schedule._fuzzed(30, f"card {n}", 36_500) for n in range(50)}
        assert len(days) > 3

    def test_the_maximum_interval_holds(self) -> None:
        assert all(schedule._fuzzed(100, f"{n}", 100) <= 100 for n in range(20))


steps = st.lists(
    st.tuples(st.sampled_from(list(Grade)), st.integers(1, 90 * DAY_MS), st.sampled_from([0.9, 0.95])),
    min_size=1,
    max_size=12,
)


class TestReplay:
    @given(steps)
    def test_it_leads_where_the_grades_led(self, path: list[tuple[Grade, int, float]]) -> None:
        at, memory, history = START, None, []
        for grade, later, target in path:
            at += later
            history.append(("k", graded(grade, at, target)))
            memory = review(memory, history[-1][1], card_key="k")
        assert replay(history) == memory

    @given(steps, st.integers(0, 30))
    def test_it_can_begin_with_what_is_remembered(
        self, path: list[tuple[Grade, int, float]], place: int
    ) -> None:
        at, history = START, []
        for number, (grade, later, target) in enumerate(path):
            at += later
            history.append((f"k{number}", graded(grade, at, target, "2026-03-01")))
        assert replay(history[place:], replay(history[:place])) == replay(history)

    @given(steps)
    def test_due_is_a_time_or_a_day_and_never_past(self, path: list[tuple[Grade, int, float]]) -> None:
        at, memory = START, None
        for grade, later, target in path:
            at += later
            memory = review(memory, graded(grade, at, target), card_key="k")
            assert (memory.due_ms is None) != (memory.due_day is None)
            assert not memory.is_due(moment(at))
            assert memory.step is None or memory.due_ms is not None

    def test_without_history_there_is_no_memory(self) -> None:
        assert replay([]) is None


class TestRetrievability:
    def test_it_falls_from_one_as_days_pass(self) -> None:
        memory = review(None, graded(Grade.EASY, START), card_key="k")
        chances = [
            schedule.retrievability(memory, moment(START + n * DAY_MS), default_scheduler())
            for n in (0, 8, 80)
        ]
        assert chances[0] == 1
        assert chances == sorted(chances, reverse=True)
        assert chances[1] == pytest.approx(0.9, abs=0.02)


def test_equal_schedulers_have_equal_ids() -> None:
    assert default_scheduler().id == default_scheduler().id
    other = schedule.make_scheduler(default_scheduler().parameters, (60,), (600,), 36_500)
    assert other.id != default_scheduler().id


@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 9), min_size=1),
    st.lists(st.integers(1, 10**6)),
    st.integers(1, 36_500),
)
def test_a_schedulers_id_is_that_of_its_json(parameters: list[float], steps: list[int], maximum: int) -> None:
    text = json.dumps([parameters, steps, [600], maximum], separators=(",", ":"))
    told = hashlib.sha256(text.encode()).hexdigest()[:32]
    assert make_scheduler(parameters, steps, [600], maximum).id == told


def test_the_default_parameters_are_those_of_fsrs() -> None:
    """Where they part, decide: new people should get the new ones, and the log names which were used."""
    assert default_scheduler().parameters == tuple(fsrs.scheduler.DEFAULT_PARAMETERS)


@pytest.mark.parametrize("place", range(21))
def test_fitted_parameters_at_a_bound_can_be_scheduled_by(place: int) -> None:
    """A fit counts in single precision: 0.8 is 0.800000011920929 there, which fsrs refuses."""
    usual = default_scheduler()
    for bound in (LOWER_BOUNDS_PARAMETERS[place], UPPER_BOUNDS_PARAMETERS[place]):
        (single,) = struct.unpack("f", struct.pack("f", bound))
        fitted = (*usual.parameters[:place], single, *usual.parameters[place + 1 :])
        parameters = within_bounds(fitted)
        assert parameters[place] == pytest.approx(bound, abs=1e-7)
        assert parameters[:place] == usual.parameters[:place]
        scheduler = make_scheduler(parameters, usual.learning, usual.relearning, usual.maximum_interval)
        grade = Graded(Grade.GOOD, moment(START), 0.9, None, scheduler)
        assert review(None, grade, card_key="k").grades == 1
