"""A result as a few lines of plain text, to copy and to send. Pure. It gives no card and no answer away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from quizapp.deck.text import visible
from quizapp.learn.measure import median
from quizapp.record import Answer, Outcome, Run

WIDTH = 40
"""The row of signs takes at most so many cells."""
TITLE = 60
"""A longer title is cut."""


def result_card(title: str, run: Run, rows: Sequence[Answer]) -> str:
    """The run as text. title: the deck's. rows: the run's answers; only scored ones count.

    BPO or KPO?
    Sprint, 60 seconds, 22 Nov 2026
    4 points: 5 right, 1 wrong, 83 % right
    ✓✓✗✓✓✓
    Median time 1.6 s
    """
    scored = sorted((row for row in rows if row.scored), key=lambda row: row.position)
    times = [row.ms for row in scored if row.outcome in (Outcome.RIGHT, Outcome.WRONG)]
    usual = median(times)
    lines = [
        _cut(" ".join(visible(title).split())),
        f"{_what(run)}, {_date(run)}",
        f"{_score(run)}: {_counts(scored, share=run.mode != 'practice')}" if scored else "No answers",
        _signs(scored),
        f"Median time {usual / 1000:.1f} s" if usual is not None else "",
    ]
    return "\n".join(line for line in lines if line)


def _cut(text: str) -> str:
    return text if len(text) <= TITLE else text[: TITLE - 1].rstrip() + "…"


def _what(run: Run) -> str:
    """`Sprint, 60 seconds`, `Exam, 20 cards`, `Drill, 3 cards, ended early`."""
    name = "Drill" if run.drill else run.mode.capitalize()
    length = _number(run.seconds, "second") if run.seconds else _number(run.asked, "card")
    return ", ".join([name, length, *([] if run.finished else ["ended early"])])


def _number(count: int, one: str) -> str:
    return f"{count} {one if count == 1 else one + 's'}"


def _date(run: Run) -> str:
    at = datetime.fromtimestamp(run.at_ms / 1000, UTC) + timedelta(minutes=run.offset_min)
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{at.day} {months[at.month - 1]} {at.year}"


def _score(run: Run) -> str:
    """The score in its mode's unit, as DESIGN §7 has it; an exam is not shown below 0."""
    score = max(0.0, run.score) if run.mode == "exam" else run.score
    # Adding 0 makes −0.0 plain 0.
    number = f"{round(score, 1) + 0:,.1f}".removesuffix(".0").replace("-", "−")
    match run.mode:
        case "practice":
            return f"{number} % right"
        case "exam":
            return f"Knowledge {number} of 100"
        case "survival":
            return f"{number} right answers"
        case _:
            return f"{number} point" if number == "1" else f"{number} points"


def _counts(scored: Sequence[Answer], *, share: bool) -> str:
    """share: whether the share of the right ones is told; in practice it is the score."""
    outcomes = [row.outcome for row in scored]
    right, wrong = outcomes.count(Outcome.RIGHT), outcomes.count(Outcome.WRONG)
    parts = [f"{right} right", f"{wrong} wrong"]
    if none := len(scored) - right - wrong:
        parts.append(f"{none} unanswered")
    if share:
        parts.append(f"{100 * right / len(scored):.0f} % right")
    return ", ".join(parts)


def _signs(scored: Sequence[Answer]) -> str:
    """A sign an answer, in order: ✓ right, ✗ wrong, · neither; … where there are too many."""
    signs = {Outcome.RIGHT: "✓", Outcome.WRONG: "✗"}
    row = "".join(signs.get(answer.outcome, "·") for answer in scored)
    return row if len(row) <= WIDTH else row[: WIDTH - 1] + "…"
