"""The promises of learning.py, quickly; and that its learners are what they are said to be."""

from __future__ import annotations

from random import Random

import fsrs_rs_python as fsrs_rs
import pytest

from quizapp.learn.gain import GAIN_DAYS, REMEMBERED_S
from quizapp.learn.schedule import default_scheduler
from quizapp.record import Grade
from tests.bench.learner import DEFAULTS, Learner, Trace, draw_learner
from tests.bench.learning import NEAR, Mean, best_rival, lead, promise
from tests.bench.schedulers import (
    NO_STEPS,
    ONE_STEP,
    OURS,
    RETENTION,
    RIVALS,
    SEEING,
    SM2,
    TOLD,
    UNAWARE,
    URGENT,
    Now,
    Steps,
    When,
)
from tests.bench.simulated import Setting, due_recall, gain, mixed_cards, shipped_cards, study

LEARNERS = 6
SM2_RIVAL, *_, AT_RANDOM = RIVALS


class TestLearner:
    def test_it_remembers_as_fsrs_rs_says(self) -> None:
        random = Random(1)
        for _ in range(50):
            learner, at = draw_learner(random), 0.0
            theirs = fsrs_rs.FSRS(learner.w)
            trace: Trace | None = None
            memory: fsrs_rs.MemoryState | None = None
            for number in range(10):
                gap = random.randint(0, 40) if number else 0
                grade, at = random.choice(list(Grade)), at + gap
                found = theirs.next_states(memory, 0.9, gap)
                memory = (found.again, found.hard, found.good, found.easy)[grade - 1].memory
                trace = learner.after(trace, grade, at)
                assert trace.stability == pytest.approx(memory.stability, rel=1e-3)
                assert trace.difficulty == pytest.approx(memory.difficulty, rel=1e-3)

    def test_nine_of_ten_are_left_when_its_stability_is_over(self) -> None:
        learner = Learner(DEFAULTS)
        assert learner.recall(Trace(12.0, 5.0, 3.0), 15.0) == pytest.approx(0.9)
        assert learner.recall(None, 15.0) == 0

    def test_learners_lie_around_the_defaults(self) -> None:
        assert default_scheduler().parameters == DEFAULTS
        random = Random(1)
        drawn = [draw_learner(random).w for _ in range(400)]
        for column, default in zip(zip(*drawn, strict=True), DEFAULTS, strict=True):
            # Sorting the first four moves none of them far: they lie wide apart.
            assert sorted(column)[200] == pytest.approx(default, rel=0.1)
            assert min(column) <= default < max(column)


class TestGain:
    def test_what_was_just_met_gains_least(self) -> None:
        learner = Learner(DEFAULTS)
        soon, later = (gain(learner, Trace(3.0, 5.0, 0.0), at) for at in (0.5, 6.0))
        assert 0 < soon < later

    def test_it_is_counted_for_a_second(self) -> None:
        # Surely known: only what Good makes of it counts, and its 11 s.
        learner, trace = Learner(DEFAULTS), Trace(3.0, 5.0, 0.0)
        stronger = learner.after(trace, Grade.GOOD, 0.0)
        more = learner.recall(stronger, GAIN_DAYS) - learner.recall(trace, GAIN_DAYS)
        assert gain(learner, trace, 0.0) == pytest.approx(more / REMEMBERED_S)


class TestSchedulers:
    def test_sm2_goes_on_by_its_easiness_and_begins_again_after_a_lapse(self) -> None:
        plan, day, gaps = SM2(), 0, []
        for grade in (Grade.GOOD, Grade.GOOD, Grade.GOOD, Grade.EASY, Grade.AGAIN):
            due = plan.answered(1, grade, Now(0, day)).day
            assert due is not None
            gaps.append(due - day)
            day = due
        # 4 leaves the factor at 2.5, and 5 makes it 2.6 for the next time.
        assert gaps == [1, 6, 15, 38, 1]

    def test_sm2_asks_what_was_hard_again_on_the_same_day(self) -> None:
        plan = SM2()
        first = plan.answered(1, Grade.HARD, Now(0, 0))
        assert first.ms is not None
        assert plan.answered(1, Grade.HARD, Now(1000, 0)).ms is not None
        assert plan.answered(1, Grade.GOOD, Now(2000, 0)) == When(None, first.day)

    def test_a_box_is_one_further_when_right_and_the_first_when_wrong(self) -> None:
        plan = Steps((), (1, 2, 4, 8, 16))
        days = [plan.answered(1, Grade.GOOD, Now(0, 0)).day for _ in range(5)]
        assert days == [2, 4, 8, 16, 16]
        assert plan.answered(1, Grade.AGAIN, Now(0, 0)).day == 1

    def test_the_ramp_has_minutes_first(self) -> None:
        plan = Steps((1, 10), (1, 2, 4))
        assert plan.answered(1, Grade.AGAIN, Now(0, 5)) == When(60_000, None)
        assert plan.answered(1, Grade.GOOD, Now(0, 5)) == When(600_000, None)
        assert plan.answered(1, Grade.GOOD, Now(0, 5)) == When(None, 6)


class TestLearning:
    def test_at_equal_minutes_ours_is_as_good_as_any(self) -> None:
        setting = Setting("", mixed_cards(100), 1, on=True)
        table = {who: study(who, setting, LEARNERS) for who in (OURS, URGENT, ONE_STEP, UNAWARE, *RIVALS)}
        for rival in RIVALS:
            # With so few learners a card or two of a hundred are chance.
            assert lead(table, ONE_STEP, rival).value > -0.02, rival.name
        assert abs(lead(table, URGENT, UNAWARE).value) < 0.02
        assert lead(table, ONE_STEP, AT_RANDOM).value > 0.02
        assert lead(table, URGENT, OURS).value > 0.02
        minutes = [result.minutes for results in table.values() for result in results]
        assert max(minutes) < 1.1 * min(minutes)  # the last answer is finished

    def test_where_minutes_are_few_learning_steps_cost_most_of_what_is_behind(self) -> None:
        setting = Setting("", mixed_cards(170), 1, on=True)
        table = {who: study(who, setting, LEARNERS) for who in (URGENT, NO_STEPS, SM2_RIVAL, SEEING)}
        assert lead(table, NO_STEPS, URGENT).value > 0.1
        assert lead(table, NO_STEPS, SM2_RIVAL).value > -0.03
        # Not even who sees the memory gets far ahead of the others.
        assert -0.01 < lead(table, SEEING, SM2_RIVAL).value < 0.04

    def test_told_the_minutes_ours_is_level_with_the_best(self) -> None:
        setting = Setting("", mixed_cards(170), 1, on=True)
        table = {who: study(who, setting, LEARNERS) for who in (OURS, TOLD, *RIVALS)}
        # With so few learners a card or two of a hundred are chance.
        assert lead(table, TOLD, best_rival(table)).value > -0.02
        assert lead(table, TOLD, OURS).value > 0.1
        _, holds = promise({**table, TOLD: table[best_rival(table)]})
        assert holds
        text, holds = promise({**table, TOLD: table[OURS]})
        assert best_rival(table).name in text
        assert not holds

    def test_whoever_stops_when_nothing_is_due_spends_less(self) -> None:
        cards = shipped_cards()
        stopping, going_on = (study(OURS, Setting("", cards, 3, on=on), 2, days=45) for on in (False, True))
        for one, other in zip(stopping, going_on, strict=True):
            assert one.minutes < 0.8 * other.minutes
            assert one.recall < other.recall
            assert one.met == other.met == len(cards)

    @pytest.mark.parametrize("k", [2, 3])
    def test_a_card_that_can_be_guessed_is_remembered_as_wanted_when_due(self, k: int) -> None:
        recall = Mean.of(due_recall(k, 16))
        assert abs(recall.value - RETENTION) <= NEAR
        ignoring = Mean.of(due_recall(k, 16, aware=False))
        assert ignoring.value + ignoring.half < RETENTION - NEAR
