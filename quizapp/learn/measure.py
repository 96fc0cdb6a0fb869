"""Formulas: numbers from numbers, each with its source. Pure. What they are taken of is in `figures.py`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum, sqrt

from msgspec import Struct

from quizapp.learn.score import Confusion

Z = 1.959964
"""The normal quantile of a 95 % interval."""
STEADY_FROM = 8
"""Fewer times have no quartiles worth the name."""
LEAN_FROM = 20
"""So many answers a lean takes at least."""
LEAN = 0.3
"""A criterion nearer to 0 is no lean."""


class Accuracy(Struct, frozen=True):
    """right of asked, at least one; low and high: where the true share lies, with 95 % confidence."""

    right: int
    asked: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.right / self.asked


class Steadiness(Struct, frozen=True):
    """How even some times were. of: 1 if all were the same, towards 0 if they were far apart.

    low_ms, high_ms: half of the times lie between them.
    """

    of: float
    low_ms: int
    high_ms: int


class Detection(Struct, frozen=True):
    """How two choices are told apart, the first of `options` being the signal.

    hits: how often it was said where it was right; false_alarms: where it was not; both a little nearer to a
    half than they were (see `detection`). d: d′, 0 for guessing, about 2 for 84 % right of both. c: the
    criterion, below 0 if the first choice was said too readily, above 0 for the second. lean: the choice that
    the person leans to, None if it is too little, or rests on too few answers.
    """

    options: tuple[str, str]
    hits: float
    false_alarms: float
    d: float
    c: float
    lean: str | None


def accuracy(right: int, asked: int) -> Accuracy | None:
    """The share of right answers with its 95 % Wilson score interval; None if nothing was asked.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of
    the American Statistical Association 22 (1927), 209–212, doi:10.1080/01621459.1927.10502953.
    """
    if not asked:
        return None
    share, z2 = right / asked, Z * Z
    middle = share + z2 / (2 * asked)
    reach = Z * sqrt(share * (1 - share) / asked + z2 / (4 * asked * asked))
    whole = 1 + z2 / asked
    # At 0 and at 1 the interval ends there; rounding must not push it over.
    return Accuracy(right, asked, max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole))


def knowledge(right: int, ks: Iterable[int | None]) -> float | None:
    """(acc − g)/(1 − g): 0 for guessing, 1 for all right, below 0 for worse than guessing.

    right: of as many answers as there are ks. ks: the number of choices of each, None where none were shown.
    g: the mean of 1/k, the share that guessing gets right. None without answers, or if guessing can't fail.
    Source: DESIGN §7. For equal k it is R − W/(k − 1), over the number asked: R. B. Frary, "Formula scoring
    of multiple-choice tests", Educational Measurement: Issues and Practice 7 (1988), 33–38,
    doi:10.1111/j.1745-3992.1988.tb00434.x.
    """
    odds = [1 / k if k else 0.0 for k in ks]
    if not odds:
        return None
    guess = fsum(odds) / len(odds)
    return (right / len(odds) - guess) / (1 - guess) if guess < 1 else None


def median(values: Iterable[int]) -> int | None:
    """The median, rounded; None without values."""
    ordered = sorted(values)
    return round(quantile(ordered, 0.5)) if ordered else None


def quantile(ordered: Sequence[int], share: float) -> float:
    """The value below which this share of the sorted values lies, by linear interpolation between neighbours.

    Source: type 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American
    Statistician 50 (1996), 361–365, doi:10.1080/00031305.1996.10473566.
    """
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def steadiness(times_ms: Iterable[int]) -> Steadiness | None:
    """1 − (Q3 − Q1)/(Q3 + Q1), of the times' quartiles; None of fewer than eight times.

    The quartile coefficient of dispersion does not depend on how quick a person is, nor on a few long pauses.
    Source: D. G. Bonett, "Confidence interval for a coefficient of quartile variation", Computational
    Statistics & Data Analysis 50 (2006), 2953–2957, doi:10.1016/j.csda.2005.05.007.
    """
    ordered = sorted(times_ms)
    if len(ordered) < STEADY_FROM:
        return None
    low, high = quantile(ordered, 0.25), quantile(ordered, 0.75)
    spread = (high - low) / (high + low) if high > 0 else 0.0
    return Steadiness(1 - spread, round(low), round(high))


def kappa(confusion: Confusion) -> float | None:
    """Cohen's κ, the agreement of what was said with what was right, less what would agree by chance.

    (po − pe)/(1 − pe): 1 for all right, 0 for always the same answer. None without answers, and if all were
    of one choice and all said it: then chance can't fail.
    Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
    Measurement 20 (1960), 37–46, doi:10.1177/001316446002000104.
    """
    counts = confusion.counts
    asked = sum(map(sum, counts))
    agreed = sum(line[place] for place, line in enumerate(counts))
    chance = sum(
        sum(line) * sum(column) for line, column in zip(counts, zip(*counts, strict=True), strict=True)
    )
    # In whole numbers up to the division: always the same answer is 0, and not nearly 0.
    return (agreed * asked - chance) / (asked * asked - chance) if chance < asked * asked else None


def detection(confusion: Confusion) -> Detection | None:
    """d′ = z(H) − z(F) and c = −(z(H) + z(F))/2 of two choices; None unless both were asked.

    H and F are (x + ½)/(n + 1), so that neither is 0 or 1. A lean takes 20 answers and |c| over 0.3.
    Source: H. Stanislaw and N. Todorov, "Calculation of signal detection theory measures", Behavior Research
    Methods, Instruments, & Computers 31 (1999), 137–149, doi:10.3758/BF03207704; the correction is from
    M. J. Hautus, "Corrections for extreme proportions and their biasing effects on estimated values of d′",
    the same journal, 27 (1995), 46–51, doi:10.3758/BF03203619.
    """
    if len(confusion.options) != 2 or not all(map(sum, confusion.counts)):
        return None
    from statistics import NormalDist  # 7 ms to import, and few commands come here

    first, second = confusion.options
    signal, noise = confusion.counts
    hits, false_alarms = ((line[0] + 0.5) / (sum(line) + 1) for line in (signal, noise))
    z = NormalDist().inv_cdf
    c = -(z(hits) + z(false_alarms)) / 2
    leans = sum(signal) + sum(noise) >= LEAN_FROM and abs(c) > LEAN
    lean = (first if c < 0 else second) if leans else None
    return Detection((first, second), hits, false_alarms, z(hits) - z(false_alarms), c, lean)
