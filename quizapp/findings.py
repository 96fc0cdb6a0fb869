"""What a quiz's figures say, in plain words: short lines, each under a label. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quizapp import modes, words
from quizapp.learn.figures import SURE, Figures, Weakest, steadiness_in_words
from quizapp.learn.measure import Accuracy
from quizapp.learn.score import Results
from quizapp.learn.setup import Mode
from quizapp.record import Run

ASPECTS = 8
"""So many aspects are named at most, the weakest first."""
_APART = 0.2
"""Shares of new and known statements that differ by more than this are called far apart."""
_LEARNT = 0.8
"""From this share of new statements on, their rule is called learnt."""


class Finding(NamedTuple):
    """A line or two of plain text under a label."""

    label: str
    text: str


def findings(results: Results, figures: Figures, run: Run, best: Run | None) -> list[Finding]:
    """What there is enough to say of. best: the best of the earlier comparable quizzes."""
    return [Finding(label, text) for label, text in _lines(results, figures, run, best) if text]


def share(accuracy: Accuracy) -> str:
    """`75 % right (53–89 %)`: the share, and where the true one lies with 95 % confidence."""
    low, high = round(100 * accuracy.low), round(100 * accuracy.high)
    return f"{_per_cent(accuracy)} right ({low}–{high} %)"


def _per_cent(accuracy: Accuracy) -> str:
    return f"{100 * accuracy.share:.0f} %"


def _lines(results: Results, figures: Figures, run: Run, best: Run | None) -> Iterator[tuple[str, str]]:
    yield "Accuracy", _accuracy(results, figures)
    if not run.finished and best is not None:
        yield "Best", f"{words.points(best.score)}, of whole runs"
    yield "Certainty", _certainty(results)
    yield "Time", _time(figures)
    yield "Agreement", _agreement(figures)
    lean = figures.detection.lean if figures.detection is not None else None
    yield "Lean", f"You lean towards {lean}." if lean is not None else ""
    yield "Aspects", _aspects(figures)
    yield "Weakest", _weakest(figures.weakest) if figures.weakest is not None else ""
    yield "New", _new(figures.new, figures.known)


def _accuracy(results: Results, figures: Figures) -> str:
    """In an exam, what is known beyond guessing is the score itself."""
    if figures.accuracy is None:
        return ""
    text = share(figures.accuracy)
    if figures.knowledge is None or results.mode is Mode.EXAM:
        return text
    return f"{text}; beyond guessing {100 * max(0.0, figures.knowledge):.0f} %"


def _certainty(results: Results) -> str:
    if results.certainty is None:
        return ""
    most = SURE * results.asked  # a right one that was sure earns as many
    return f"{modes.in_points(results.certainty)} for how sure you were, of at most {most}"


def _time(figures: Figures) -> str:
    lines = []
    if figures.right_ms is not None and figures.wrong_ms is not None:
        right, wrong = words.seconds(figures.right_ms), words.seconds(figures.wrong_ms)
        lines.append(f"Right answers {right}, wrong ones {wrong}.")
    if figures.steadiness is not None:
        lines.append(steadiness_in_words(figures.steadiness))
    return "\n".join(lines)


def _agreement(figures: Figures) -> str:
    if figures.kappa is None:
        return ""
    number = f"{figures.kappa:.2f}".replace("-", "−").replace("0.", ".", 1)
    return f"κ {number} (0 is guessing, 1 is all right)"


def _aspects(figures: Figures) -> str:
    missed = [one for one in figures.aspects if one.accuracy.right < one.accuracy.asked]
    if not missed or len(figures.aspects) == 1:
        # One aspect alone would only repeat how many were right.
        return ""
    named = [f"{one.aspect} {one.accuracy.right} of {one.accuracy.asked}" for one in missed[:ASPECTS]]
    if more := len(missed) - len(named):
        named.append(f"{more} more")
    others = len(figures.aspects) - len(missed)
    whole = f"; {words.count(others, 'other')} all right" if others else ""
    return f"{', '.join(named)}{whole}"


def _weakest(weakest: Weakest) -> str:
    mixed = weakest.mixed_up
    if mixed is None:
        return weakest.aspect
    times = {1: "once", 2: "twice"}.get(mixed.times, f"{mixed.times} times")
    return f"{weakest.aspect}: {mixed.first} and {mixed.second} mixed up {times}"


def _new(new: Accuracy | None, known: Accuracy | None) -> str:
    """Whether the rule has been learnt, or the sentences."""
    if new is None or known is None:
        return ""
    text = f"New statements {_per_cent(new)} right, known ones {_per_cent(known)}"
    if known.share - new.share > _APART:
        return f"{text}: you may know the sentences better than the rule."
    return f"{text}: you know the rule." if new.share >= _LEARNT else f"{text}."
