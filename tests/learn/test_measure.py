"""Formulas, against figures worked out elsewhere."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.learn.measure import (
    STEADY_FROM,
    accuracy,
    detection,
    kappa,
    knowledge,
    median,
    quantile,
    steadiness,
)
from quizapp.learn.score import Confusion

COUNTS = st.integers(0, 200)
TWO = Confusion(("BPO", "KPO"), ((18, 2), (8, 12)))


@st.composite
def tables(draw: st.DrawFn) -> Confusion:
    """A confusion table of 2 to 9 choices."""
    size = draw(st.integers(2, 9))
    line = st.tuples(*[COUNTS] * size)
    return Confusion(tuple(map(str, range(size))), draw(st.tuples(*[line] * size)))


# Accuracy and its interval


def test_fifteen_of_twenty_may_be_half_or_nine_in_ten() -> None:
    found = accuracy(15, 20)
    assert found is not None
    assert found.share == 0.75
    assert [found.low, found.high] == pytest.approx([0.5313, 0.8881], abs=1e-4)


@pytest.mark.parametrize(
    ("right", "asked", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0)]
)
def test_the_interval_ends_at_nothing_and_at_all(right: int, asked: int, low: float, high: float) -> None:
    found = accuracy(right, asked)
    assert found is not None
    assert [found.low, found.high] == pytest.approx([low, high], abs=1e-4)


def test_no_answer_has_no_accuracy() -> None:
    assert accuracy(0, 0) is None


@given(asked=st.integers(1, 10_000), data=st.data())
def test_an_interval_holds_the_share_and_stays_within_0_and_1(asked: int, data: st.DataObject) -> None:
    found = accuracy(data.draw(st.integers(0, asked)), asked)
    assert found is not None
    assert 0 <= found.low <= found.share + 1e-12
    assert found.share - 1e-12 <= found.high <= 1


# Knowledge


@pytest.mark.parametrize(
    ("right", "ks", "known"),
    [
        (30, [2] * 40, 0.5),  # 18 of 20 and 12 of 20: .75 right
        (20, [2] * 40, 0.0),
        (10, [2] * 40, -0.5),
        (40, [2] * 40, 1.0),
        (10, [4] * 20, 1 / 3),
        (7, [None] * 10, 0.7),  # nothing to guess
        (3, [2, 2, None, None], 2 / 3),  # g = .25
    ],
)
def test_knowledge_is_what_guessing_does_not_explain(right: int, ks: list[int | None], known: float) -> None:
    assert knowledge(right, ks) == pytest.approx(known)


def test_no_knowledge_shows_without_answers_or_where_guessing_cannot_fail() -> None:
    assert knowledge(0, []) is None
    assert knowledge(2, [1, 1]) is None


@given(right=st.integers(0, 50), wrong=st.integers(0, 50), k=st.integers(2, 9))
def test_knowledge_of_equal_k_is_formula_scoring(right: int, wrong: int, k: int) -> None:
    known = knowledge(right, [k] * (right + wrong))
    if right + wrong:
        assert known == pytest.approx((right - wrong / (k - 1)) / (right + wrong))


# Times


def test_medians_and_quartiles() -> None:
    assert median([]) is None
    assert median([3, 1, 2]) == 2
    assert median([1000, 1500]) == 1250
    assert [quantile([1, 2, 3, 4], share) for share in (0, 0.25, 0.5, 1)] == [1, 1.75, 2.5, 4]
    assert quantile([7], 0.75) == 7


def test_steadiness_is_one_less_the_quartiles_dispersion() -> None:
    found = steadiness([900, 1000, 1000, 1000, 3000, 3000, 3000, 60_000, 1000])  # Q1 1000, Q3 3000
    assert found is not None
    assert (found.of, found.low_ms, found.high_ms) == (0.5, 1000, 3000)


def test_steadiness_takes_eight_times() -> None:
    assert steadiness([1000] * 7) is None
    same = steadiness([1000] * 8)
    assert same is not None
    assert same.of == 1.0
    none = steadiness([0] * 8)
    assert none is not None
    assert none.of == 1.0


@given(times=st.lists(st.integers(1, 100_000), min_size=STEADY_FROM), factor=st.integers(1, 9))
def test_steadiness_is_from_0_to_1_and_does_not_depend_on_pace(times: list[int], factor: int) -> None:
    found, slower = steadiness(times), steadiness(time * factor for time in times)
    assert found is not None
    assert slower is not None
    assert 0 <= found.of <= 1
    assert isclose(found.of, slower.of)
    assert steadiness(reversed(times)) == found


# Agreement


def test_always_the_same_answer_agrees_by_chance_alone() -> None:
    assert kappa(Confusion(("BPO", "KPO"), ((0, 14), (0, 16)))) == 0.0


def test_kappa_of_a_table_worked_out_by_hand() -> None:
    assert kappa(TWO) == pytest.approx(0.5)  # po .75, pe .5
    three = Confusion(("a", "b", "c"), ((5, 1, 0), (1, 4, 1), (0, 2, 6)))
    assert kappa(three) == pytest.approx((15 / 20 - 134 / 400) / (1 - 134 / 400))


def test_kappa_needs_answers_and_a_chance_that_can_fail() -> None:
    assert kappa(Confusion(("a", "b"), ((0, 0), (0, 0)))) is None
    assert kappa(Confusion(("a", "b"), ((9, 0), (0, 0)))) is None
    assert kappa(Confusion(("a", "b"), ((5, 0), (0, 5)))) == 1.0


@given(tables())
def test_kappa_is_at_most_1_and_does_not_depend_on_the_order_of_choices(table: Confusion) -> None:
    found = kappa(table)
    turned = Confusion(table.options[::-1], tuple(line[::-1] for line in table.counts[::-1]))
    assert kappa(turned) == found
    assert found is None or -1 <= found <= 1


# Detection


def test_d_prime_and_the_criterion() -> None:
    found = detection(TWO)
    assert found is not None
    assert (found.hits, found.false_alarms) == (18.5 / 21, 8.5 / 21)
    assert (round(found.d, 2), round(found.c, 2)) == (1.42, -0.47)
    assert found.lean == "BPO"


def test_the_other_choice_as_the_signal_turns_the_criterion_around() -> None:
    found = detection(Confusion(("KPO", "BPO"), ((12, 8), (2, 18))))
    assert found is not None
    assert (round(found.d, 2), round(found.c, 2)) == (1.42, 0.47)
    assert found.lean == "BPO"


def test_all_right_is_not_infinite() -> None:
    found = detection(Confusion(("a", "b"), ((10, 0), (0, 10))))
    assert found is not None
    assert round(found.d, 2) == 3.38
    assert abs(found.c) < 1e-9


@pytest.mark.parametrize(
    ("counts", "lean"),
    [
        (((10, 0), (5, 4)), None),  # 19 answers
        (((10, 0), (5, 5)), "a"),
        (((8, 2), (4, 6)), None),  # c −.27
        (((5, 5), (0, 10)), "b"),
    ],
)
def test_a_lean_takes_answers_and_a_criterion(
    counts: tuple[tuple[int, int], tuple[int, int]], lean: str | None
) -> None:
    found = detection(Confusion(("a", "b"), counts))
    assert found is not None
    assert found.lean == lean


def test_detection_is_of_two_choices_that_were_both_asked() -> None:
    assert detection(Confusion(("a", "b"), ((9, 3), (0, 0)))) is None
    assert detection(Confusion(("a", "b", "c"), ((5, 1, 1), (1, 5, 1), (1, 1, 5)))) is None


@given(hits=COUNTS, misses=COUNTS, false=COUNTS, correct=COUNTS)
def test_detection_stays_finite(hits: int, misses: int, false: int, correct: int) -> None:
    found = detection(Confusion(("a", "b"), ((hits, misses), (false, correct))))
    if found:
        assert 0 < found.hits < 1
        assert 0 < found.false_alarms < 1
        assert abs(found.d) < 6
        assert found.lean != ("b" if found.c < 0 else "a")
