"""What --json writes of quizzes; docs/scores.md lists the fields."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from quizapp import modes
from quizapp.learn.score import is_best
from quizapp.learn.setup import Mode
from quizapp.record import Run

if TYPE_CHECKING:
    from quizapp.learn.measure import Accuracy
    from quizapp.sitting import Ended


def conditions_object(run: Run) -> dict[str, Any]:
    """What quizzes must have in common to be compared, but for their cards."""
    return {
        "deck": run.deck,
        "mode": run.mode,
        "choices": list(run.choices),
        "seconds": run.seconds,
        "cards": run.cards,
        "certainty": run.certainty,
        "pace": run.pace,
    }


def run_object(run: Run) -> dict[str, Any]:
    """How one quiz went. may_be_best: whether it counts for a best at all."""
    return {
        "session": run.session,
        "at": _iso(run),
        "day": run.day,
        "score": run.score,
        "asked": run.asked,
        "right": run.right,
        "finished": run.finished,
        "may_be_best": run.eligible,
        "seed": run.seed,
    }


def ended_object(ended: Ended) -> dict[str, Any]:
    """All that the results screen says of one quiz."""
    run, results, figures, best = ended.run, ended.results(), ended.figures(), ended.best
    cards, table = ended.cards, results.confusion[0] if results.confusion else None
    return {
        "title": ended.deck.title,
        **conditions_object(run),
        "drill": run.drill,
        **run_object(run),
        "unit": modes.unit(Mode(run.mode)),
        "best": best.score if best is not None else None,
        "new_best": is_best(run, best),
        "wrong": results.wrong,
        "timeout": results.timeout,
        "skipped": results.skipped,
        "late": results.late,
        "streak": results.streak,
        "median_ms": results.median_ms,
        "right_ms": figures.right_ms,
        "wrong_ms": figures.wrong_ms,
        "steadiness": figures.steadiness.of if figures.steadiness is not None else None,
        "accuracy": _accuracy_object(figures.accuracy),
        "knowledge": figures.knowledge,
        "certainty_points": results.certainty,
        "kappa": figures.kappa,
        "lean": figures.detection.lean if figures.detection is not None else None,
        "confusion": {"options": table.options, "counts": table.counts} if table is not None else None,
        "aspects": [
            {"aspect": one.aspect, "right": one.accuracy.right, "asked": one.accuracy.asked}
            for one in figures.aspects
        ],
        "new": _accuracy_object(figures.new),
        "known": _accuracy_object(figures.known),
        "missed": [
            {
                "card": one.card,
                "prompt": cards[one.card].prompt if one.card in cards else None,
                "given": one.given,
                "answer": one.right,
                "confident": one.confident,
            }
            for one in ended.mistakes()
        ],
        "unanswered": [
            {"card": key, "prompt": cards[key].prompt if key in cards else None} for key in ended.unanswered()
        ],
    }


def _accuracy_object(accuracy: Accuracy | None) -> dict[str, Any] | None:
    if accuracy is None:
        return None
    return {
        "right": accuracy.right,
        "asked": accuracy.asked,
        "share": accuracy.share,
        "low": accuracy.low,
        "high": accuracy.high,
    }


def _iso(run: Run) -> str:
    """`2026-11-22T19:04:00+01:00`, as the clock on the wall showed it."""
    zone = timezone(timedelta(minutes=run.offset_min))
    return datetime.fromtimestamp(run.at_ms // 1000, zone).isoformat()
