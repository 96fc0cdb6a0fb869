"""A result as a few lines of plain text, to copy and to send. Pure. It gives no card and no answer away."""

from __future__ import annotations

from collections.abc import Sequence

from quizapp import modes, words
from quizapp.deck.text import visible
from quizapp.learn.measure import median
from quizapp.learn.score import counted
from quizapp.learn.setup import Mode
from quizapp.record import Answer, Outcome, Run

WIDTH = 40
"""The row of signs takes at most so many cells."""
TITLE = 60
"""A longer title is cut."""


def result_card(title: str, run: Run, rows: Sequence[Answer]) -> str:
    """The run as text. title: the deck's. rows: the run's answers; only scored ones count, and of an
    answer that was changed the last. So:

    BPO or KPO?
    Sprint, 60 seconds, 2026-11-22
    4 points: 5 right, 1 wrong, 83 % right
    ✓✓✗✓✓✓
    Median time 1.6 s
    """
    scored = [row for row in counted(rows) if row.scored]
    times = [row.ms for row in scored if row.outcome in (Outcome.RIGHT, Outcome.WRONG)]
    usual = median(times)
    lines = [
        _cut(" ".join(visible(title).split())),
        f"{_what(run)}, {words.local(run.at_ms, run.offset_min):%Y-%m-%d}",
        _result(run, scored) if scored else "No answers",
        _signs(scored),
        f"Median time {words.seconds(usual)}" if usual is not None else "",
    ]
    return "\n".join(line for line in lines if line)


def _cut(text: str) -> str:
    return text if len(text) <= TITLE else text[: TITLE - 1].rstrip() + "…"


def _what(run: Run) -> str:
    """`Sprint, 60 seconds`, `Exam, 20 cards`, `Drill, 3 cards, ended early`."""
    name = "Drill" if run.drill else run.mode.capitalize()
    # An exam has cards and seconds; the cards are what makes its length.
    timed = run.seconds is not None and run.mode == Mode.SPRINT
    length = words.count(run.seconds or 0, "second") if timed else words.count(run.asked, "card")
    return ", ".join([name, length, *([] if run.finished else ["ended early"])])


def _result(run: Run, scored: Sequence[Answer]) -> str:
    """The score in its mode's unit, and the counts behind it."""
    score, counts = modes.score_of(run), _counts(scored, share=run.mode != Mode.PRACTICE)
    if run.mode == Mode.SURVIVAL:
        # They begin with the score itself.
        return counts
    # Whoever reads this has not seen the exam: of 100 what?
    return f"{'Knowledge ' if run.mode == Mode.EXAM else ''}{score}: {counts}"


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
