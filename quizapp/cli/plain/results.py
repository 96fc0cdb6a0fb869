"""What a quiz came to, as sentences."""

from __future__ import annotations

from collections.abc import Iterator

from quizapp import modes, words
from quizapp.cli.plain.question import named, prompt_of
from quizapp.learn.measure import accuracy
from quizapp.learn.score import Confusion, Missed, Results, counted, is_best
from quizapp.learn.setup import Mode
from quizapp.record import Run
from quizapp.sitting import QuizSitting


def result_lines(sitting: QuizSitting, *, finished: bool) -> list[str]:
    """Score, best, counts, who was taken for whom, and the missed cards. finished: it was not ended early."""
    results, run = sitting.results(), sitting.run(finished=finished)
    return [
        *_score(results, run),
        _best(sitting, run),
        *_figures(results),
        *(line for confusion in results.confusion for line in confusion_lines(confusion)),
        *_missed(sitting, results),
        *_unanswered(sitting, results),
    ]


def _score(results: Results, run: Run) -> Iterator[str]:
    yield f"{modes.kind_of(run)}."
    score = scored(results.mode, run.score)
    counts = [f"{results.right} right", f"{results.wrong} wrong"]
    late = results.late + results.timeout
    counts += [f"{late} too late"] if late else []
    counts += [f"{results.skipped} skipped"] if results.skipped else []
    # In survival they are the score.
    figures = ", ".join(part for part in counts if part != score)
    yield f"{beginning(score)}. {figures}."
    if results.certainty is not None:
        yield f"Certainty: {_read_out(modes.in_points(results.certainty))}."


def scored(mode: Mode, score: float) -> str:
    """`11 points`, `minus 1 point`, `50 per cent right`, `64 of 100`."""
    return _read_out(modes.scored(mode, score))


def _read_out(figure: str) -> str:
    """A figure without signs that screen readers pass over."""
    return figure.replace("−", "minus ").replace("%", "per cent")


def beginning(text: str) -> str:
    """The text where a sentence begins."""
    return text[:1].upper() + text[1:]


def points(score: float) -> str:
    """A score to be read out: screen readers pass over the minus sign."""
    return _read_out(words.points(score))


def _best(sitting: QuizSitting, run: Run) -> str:
    best = sitting.best()
    if not run.finished:
        # Of an answer that was changed in an exam, the log keeps both.
        answers = len(counted(sitting.answers))
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
    right = accuracy(results.right, results.asked)
    if right is not None:
        low, share, high = (round(100 * part) for part in (right.low, right.share, right.high))
        yield f"Accuracy {share} per cent, likely {low} to {high}."
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
        # Of cards without an answer it would be no comfort.
        if not results.unanswered:
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


def _unanswered(sitting: QuizSitting, results: Results) -> Iterator[str]:
    if results.unanswered:
        yield f"{len(results.unanswered)} without an answer:"
    cards = {card.key: card for card in sitting.deck.cards}
    for number, key in enumerate(results.unanswered, 1):
        card = cards[key]
        yield f"{number}. {prompt_of(card, card.prompt)}"
        yield f"It is {named(card.answer)}"
        yield card.why
