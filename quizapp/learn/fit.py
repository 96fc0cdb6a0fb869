"""Fitting FSRS's parameters to a person's log. The only module that knows fsrs-rs-python.

The reviews are split by time: the parameters are fitted to the earlier ones, and judged by how well they
foretell the later ones, which took no part in the fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from quizapp.learn.schedule import elapsed_days, within_bounds
from quizapp.record import Grade, Moment

# The extra `optimize`: few need it.
if TYPE_CHECKING:
    import fsrs_rs_python

FEWEST = 400
"""Fewer reviews say too little about one person's memory to be better than the usual parameters."""
_HELD_OUT = 5
"""One in so many of the reviews that FSRS can foretell, the latest, is held out."""
_ROUNDING = 1e-6
"""Of the same parameters both errors vary by less: bins are summed in any order, in single precision."""
_FEWEST_HELD_OUT = 20
"""With fewer the comparison would be chance."""


class Review(Struct, frozen=True):
    """One grade of the log. id: of its answer; ids order by time."""

    id: str
    grade: Grade
    at: Moment


class Error(Struct, frozen=True):
    """How far what FSRS foretold was from what happened, on the reviews that were held out; less is better.

    log_loss: the mean of −ln of the probability that was given to what happened. rmse: the root of the mean
    square of the difference between foretold and true recall, over bins of like reviews ("RMSE (bins)" of the
    open-spaced-repetition benchmark).
    """

    log_loss: float
    rmse: float


class Fit(Struct, frozen=True):
    """What a fit came to. held_out: reviews that both errors are measured on. parameters: the fitted ones."""

    reviews: int
    cards: int
    held_out: int
    before: Error
    after: Error
    parameters: tuple[float, ...]

    @property
    def better(self) -> bool:
        """Whether the fitted parameters foretell better: by one measure, and not worse by the other."""
        gains = (self.before.log_loss - self.after.log_loss, self.before.rmse - self.after.rmse)
        return min(gains) >= -_ROUNDING and max(gains) > _ROUNDING


class TooFew(Exception):  # noqa: N818 - it is what happened, in the words of a person
    """There is too little to fit to. Its text says what there is and what is needed."""


def fit(histories: Iterable[Sequence[Review]], parameters: Sequence[float]) -> Fit:
    """Fit parameters to the histories of cards, each in log order, and compare them with those in use.

    Raises TooFew, and ImportError where fsrs-rs-python is not installed.
    """
    known = [history for history in histories if history]
    reviews = sum(map(len, known))
    if reviews < FEWEST:
        raise TooFew(f"There are {reviews} reviews; a fit needs {FEWEST}")
    items = sorted((pair for history in known for pair in _foretold(history)), key=lambda pair: pair[0])
    held_out = len(items) // _HELD_OUT
    if held_out < _FEWEST_HELD_OUT:
        raise TooFew(
            f"Of the {reviews} reviews only {len(items)} are of a card on a later day; a fit needs "
            f"{_HELD_OUT * _FEWEST_HELD_OUT} of these"
        )
    import fsrs_rs_python

    past = [item for _, item in items[:-held_out]]
    future = [item for _, item in items[-held_out:]]
    fitted = within_bounds(fsrs_rs_python.FSRS([]).compute_parameters(past))
    return Fit(
        reviews=reviews,
        cards=len(known),
        held_out=held_out,
        before=_error(parameters, future),
        after=_error(fitted, future),
        parameters=fitted,
    )


def _foretold(history: Sequence[Review]) -> list[tuple[str, fsrs_rs_python.FSRSItem]]:
    """Each review that came on a later day than the one before, with all reviews of its card up to it."""
    from fsrs_rs_python import FSRSItem, FSRSReview

    so_far: list[FSRSReview] = []
    items = []
    last: Moment | None = None
    for review in history:
        elapsed = elapsed_days(last.at_ms, last.day, review.at) if last is not None else 0
        so_far.append(FSRSReview(int(review.grade), elapsed))
        if elapsed:
            items.append((review.id, FSRSItem(so_far)))
        last = review.at
    return items


def _error(parameters: Sequence[float], items: list[fsrs_rs_python.FSRSItem]) -> Error:
    import fsrs_rs_python

    found = fsrs_rs_python.FSRS(list(parameters)).evaluate(items)
    return Error(found.log_loss, found.rmse_bins)
