"""What a quiz came to, as sentences."""

from __future__ import annotations

from collections.abc import Iterator

from quizapp import words
from quizapp.cli.plain.question import named, prompt_of
from quizapp.learn.quiz import Mode
from quizapp.learn.score import Confusion, Missed, Results, is_best
from quizapp.record import Run
from quizapp.sitting import QuizSitting

_UNITS = {Mode.SPRINT: ("point", "points"), Mode.PRACTICE: ("per cent right", "per cent right")}
"""What a score counts, by mode: one of it, and several."""


def result_lines(sitting: QuizSitting, *, finished: bool) -> list[str]:
    """Score, best, counts, who was taken for whom, and the missed cards. finished: it was not ended early."""
    results, run = sitting.results(), sitting.run(finished=finished)
    return [
        *_score(results, run),
        _best(sitting, run),
        *_figures(results),
        *(line for confusion in results.confusion for line in confusion_lines(confusion)),
        *_missed(sitting, results),
    ]


def _score(results: Results, run: Run) -> Iterator[str]:
    said = points(run.score)
    score = f"{said} {_UNITS[results.mode][said not in ('1', 'minus 1')]}"
    yield f"{score[:1].upper()}{score[1:]}. {results.right} right, {results.wrong} wrong."


def points(score: float) -> str:
    """A score to be read out: screen readers pass over the minus sign."""
    return words.points(score).replace("−", "minus ")


def _best(sitting: QuizSitting, run: Run) -> str:
    best = sitting.best()
    if not run.finished:
        answers = len(sitting.answers)
        ended = f"Ended after {words.count(answers, 'card')}."
        if sitting.unwritten:
            return f"{ended} This run can't be a best."
        return f"{ended} {words.kept(answers)}; this run can't be a best."
    if run.drill:
        return ""
    if is_best(run, best):
        return f"New best, was {points(best.score)}." if best else "New best."
    return f"Best {points(best.score)}." if best else words.why_no_best(run)


def _figures(results: Results) -> Iterator[str]:
    late = results.late + results.timeout
    if late:
        yield f"{late} too late."
    if results.median_ms is not None:
        yield f"Median {results.median_ms / 1000:.1f} seconds. {results.streak} right in a row."


def confusion_lines(confusion: Confusion) -> Iterator[str]:
    """`BPO taken for KPO: 2.` for each pair that was."""
    for answer, counts in zip(confusion.options, confusion.counts, strict=True):
        for given, times in zip(confusion.options, counts, strict=True):
            if times and given != answer:
                yield f"{answer} taken for {given}: {times}."


def _missed(sitting: QuizSitting, results: Results) -> Iterator[str]:
    if not results.missed:
        yield "Nothing missed."
        return
    yield f"{len(results.missed)} missed:"
    for number, one in enumerate(results.missed, 1):
        yield from _miss(sitting, number, one)


def _miss(sitting: QuizSitting, number: int, missed: Missed) -> Iterator[str]:
    card = next(card for card in sitting.deck.cards if card.key == missed.card)
    yield f"{number}. {prompt_of(card, card.prompt)}"
    yield f"You said {named(missed.given)} It is {named(card.answer)}"
    yield card.why
