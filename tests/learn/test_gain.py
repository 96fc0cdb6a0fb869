"""What an answer gains, and how many minutes there are."""

from __future__ import annotations

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from quizapp.deck.card import Deck, StudyDefaults, UsualStudy
from quizapp.learn.gain import FORGOTTEN_S, GAIN_DAYS, REMEMBERED_S, gain, gain_of
from quizapp.learn.minutes import Budget, answer_ms, budget_of
from quizapp.learn.schedule import Plan, default_scheduler, later, plan_for, retrievability, review
from quizapp.record import Grade, Memory, Moment, State
from tests.builders import START_MS, deck, flip

FEW = UsualStudy(minutes_per_day=5)
FIRST = Moment(START_MS, 0, "2026-01-01")
PLAN = plan_for(StudyDefaults(), FEW, FIRST.day)


def known(stability: float, difficulty: float = 5.0) -> Memory:
    """A card in review that was asked at `FIRST`."""
    day = later(FIRST, 3).day
    return Memory(State.REVIEW, None, stability, difficulty, FIRST.at_ms, FIRST.day, None, day, 3)


class TestGain:
    def test_what_was_just_asked_gains_less_than_what_is_about_to_be_forgotten(self) -> None:
        gains = [gain(known(5.0), later(FIRST, days), PLAN) for days in (0, 1, 5)]
        assert 0 <= gains[0] < gains[1] < gains[2]

    def test_what_is_known_for_long_gains_least(self) -> None:
        now = later(FIRST, 5)
        assert gain(known(400.0), now, PLAN) < gain(known(40.0), now, PLAN) < gain(known(5.0), now, PLAN)

    def test_it_is_counted_as_the_schedule_counts(self) -> None:
        memory, now = known(5.0), later(FIRST, 5)
        then = later(now, GAIN_DAYS)

        def recall(one: Memory) -> float:
            return retrievability(one, then, PLAN.scheduler)

        after = [
            recall(review(memory, PLAN.graded(grade, now, 2), card_key="x"))
            for grade in (Grade.AGAIN, Grade.GOOD)
        ]
        chance = retrievability(memory, now, PLAN.scheduler)
        more = (1 - chance) * after[0] + chance * after[1] - recall(memory)
        assert gain(memory, now, PLAN) == pytest.approx(
            more / ((1 - chance) * FORGOTTEN_S + chance * REMEMBERED_S)
        )

    def test_what_takes_longer_gains_less(self) -> None:
        sure, lost = (gain_of(chance, unasked=0.2, again=0.8, good=0.8) for chance in (1.0, 0.0))
        assert sure == pytest.approx(0.6 / REMEMBERED_S)
        assert lost == pytest.approx(0.6 / FORGOTTEN_S)

    def test_a_clock_that_ran_ahead_gains_nothing(self) -> None:
        assert gain(known(5.0), Moment(FIRST.at_ms - 90_000_000, 0, "2025-12-30"), PLAN) == 0

    @given(
        st.floats(0.001, 36500),
        st.floats(1, 10),
        st.integers(0, 4000),
        st.sampled_from(State),
        st.booleans(),
    )
    def test_it_is_a_number_whatever_is_remembered(
        self, stability: float, difficulty: float, days: int, state: State, steps: bool
    ) -> None:
        memory = structs.replace(known(stability, difficulty), state=state)
        if state is not State.REVIEW:
            memory = structs.replace(memory, step=0, due_day=None, due_ms=FIRST.at_ms)
        plan = Plan(0.9, default_scheduler()) if steps else PLAN
        found = gain(memory, later(FIRST, days), plan)
        assert isfinite(found)
        assert -1 < found < 1
        assert found == gain(memory, later(FIRST, days), plan)


class TestSteps:
    def test_there_are_none_where_minutes_are_few(self) -> None:
        assert (PLAN.scheduler.learning, PLAN.scheduler.relearning) == ((), ())
        usual = default_scheduler()
        assert PLAN.scheduler.parameters == usual.parameters
        assert plan_for(StudyDefaults(), UsualStudy(), FIRST.day).scheduler is usual

    def test_but_for_those_that_the_deck_names(self) -> None:
        own = StudyDefaults(steps=(60,), minutes_per_day=5)
        scheduler = plan_for(own, UsualStudy(), FIRST.day).scheduler
        assert (scheduler.learning, scheduler.relearning) == ((60,), ())

    def test_a_deck_without_a_limit_has_the_usual_ones(self) -> None:
        assert plan_for(StudyDefaults(minutes_per_day=0), FEW, FIRST.day).scheduler is default_scheduler()

    @pytest.mark.parametrize("grade", Grade)
    def test_every_grade_counts_in_days_then(self, grade: Grade) -> None:
        memory = review(None, PLAN.graded(grade, FIRST, 2), card_key="x")
        assert memory.state is State.REVIEW
        assert memory.due_day is not None
        assert memory.due_day > FIRST.day


def named(name: str, minutes: int | None = None) -> Deck:
    return deck(flip("a", "b"), id=name, study=StudyDefaults(minutes_per_day=minutes))


class TestBudget:
    def test_what_is_usual_counts_once_and_a_decks_own_beside_it(self) -> None:
        one, other, own = named("one"), named("other"), named("own", 2)
        assert budget_of([one, other], FEW, {}) == Budget(5)
        assert budget_of([one, other, own], FEW, {}) == Budget(7)
        assert budget_of([own], FEW, {}) == Budget(2)

    def test_there_is_none_if_a_deck_has_no_limit(self) -> None:
        assert budget_of([named("one"), named("free", 0)], FEW, {}) is None
        assert budget_of([named("own", 2), named("one")], UsualStudy(), {}) is None
        assert budget_of([], FEW, {}) is None
        assert budget_of([named("own", 2), deck(id="empty")], UsualStudy(), {}) == Budget(2), "nothing to ask"

    def test_only_answers_of_these_decks_count(self) -> None:
        spent = budget_of([named("one")], FEW, {"one": [7_000, 900_000], "other": [9_000]})
        assert spent == Budget(5, 10_000 + 63_000)

    def test_minutes_that_are_begun_are_left(self) -> None:
        some = Budget(5, 4 * 60_000 + 59_000)
        assert (some.spent, some.left, some.is_up) == (4, 1, False)
        over = Budget(5, 9 * 60_000)
        assert (over.spent, over.left, over.is_up) == (5, 0, True)
        assert Budget(5, 5 * 60_000).is_up
        assert answer_ms(0) == 3_000
