"""Fitting: better only on what was held out, and only from enough reviews."""

from __future__ import annotations

from random import Random

import pytest

from quizapp.learn.fit import FEWEST, Error, Fit, Review, TooFew, fit
from quizapp.learn.schedule import default_scheduler
from quizapp.record import Grade
from tests.builders import DAY_MS, START_MS, FakeClock

DEFAULT = default_scheduler().parameters


def histories(cards: int, days: tuple[int, ...], recall: float, seed: int = 1) -> list[list[Review]]:
    """Cards that are remembered with the same chance whenever they are asked: not what FSRS expects."""
    random = Random(seed)
    found = []
    for card in range(cards):
        at, rows = START_MS + card * 60_000, []
        for number, gap in enumerate((0, *days)):
            at += gap * DAY_MS
            grade = Grade.GOOD if number == 0 or random.random() < recall else Grade.AGAIN
            rows.append(Review(f"{at:015d}-{card:05d}", grade, FakeClock(at)()))
        found.append(rows)
    return found


def test_a_memory_unlike_the_usual_is_foretold_better() -> None:
    found = fit(histories(150, (1, 3, 8, 20), 0.55), DEFAULT)
    assert found.better
    assert found.after.log_loss < found.before.log_loss
    assert len(found.parameters) == len(DEFAULT)
    assert (found.reviews, found.cards, found.held_out) == (750, 150, 120)


def test_fitting_again_is_not_better_than_what_was_fitted() -> None:
    rows = histories(150, (1, 3, 8, 20), 0.55)
    first = fit(rows, DEFAULT)
    again = fit(rows, first.parameters)
    # The bins are summed in any order.
    assert again.before.log_loss == pytest.approx(first.after.log_loss, rel=1e-6)
    assert again.before.rmse == pytest.approx(first.after.rmse, rel=1e-6)
    assert not again.better


@pytest.mark.parametrize(
    ("before", "after", "better"),
    [
        (Error(0.4, 0.1), Error(0.3, 0.1), True),
        (Error(0.4, 0.1), Error(0.4, 0.05), True),
        (Error(0.4, 0.1), Error(0.3, 0.11), False),
        (Error(0.4, 0.1), Error(0.4, 0.1), False),
        (Error(0.4, 0.1), Error(0.4, 0.09999999), False),
        (Error(0.4, 0.1), Error(0.3, 0.10000001), True),
    ],
)
def test_better_is_better_by_one_measure_and_not_worse_by_the_other(
    before: Error, after: Error, better: bool
) -> None:
    assert Fit(500, 50, 80, before, after, DEFAULT).better is better


def test_fewer_than_four_hundred_reviews_are_too_few() -> None:
    rows = histories(79, (1, 3, 8, 20), 0.9)
    with pytest.raises(TooFew, match=f"There are 395 reviews; a fit needs {FEWEST}"):
        fit(rows, DEFAULT)


def test_reviews_of_one_day_say_nothing_of_forgetting() -> None:
    with pytest.raises(TooFew, match="only 0 are of a card on a later day; a fit needs 100 of these"):
        fit(histories(100, (0, 0, 0, 0), 0.9), DEFAULT)


def test_only_the_later_reviews_are_held_out() -> None:
    # The later reviews go another way than the earlier ones: what was fitted to these is worse there.
    rows = histories(150, (1, 3), 0.99)
    for number, row in enumerate(histories(37, (1, 1), 0.2, seed=2)):
        rows.append(
            [
                Review(f"9{review.id}", review.grade, FakeClock(review.at.at_ms + 900 * DAY_MS + number)())
                for review in row
            ]
        )
    assert not fit(rows, DEFAULT).better
