"""What an exam says beside its cards: what it is, which cards are open, what its signs mean."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from quizapp import words
from quizapp.learn.setup import QuizSetup
from quizapp.tui.widgets.marks import ANSWERED, FLAGGED
from quizapp.tui.widgets.signs import PICKED


def length(setup: QuizSetup) -> str:
    """`20 cards, 200 seconds.`"""
    cards, seconds = words.count(setup.cards or 0, "card"), words.count(round(setup.time or 0), "second")
    return f"{cards}, {seconds}{'' if setup.pace == 1 else ', twice the usual time'}."


def rule(setup: QuizSetup) -> str:
    """What is good to know before the start."""
    if setup.certainty:
        return (
            "Say with each answer how sure you are: not, fairly or quite. Right earns 1, 2 or 3; wrong "
            "costs 0, 2 or 6. An exam with certainty earns no best."
        )
    return "No word on right or wrong until the end; till then you may change any answer."


def signs() -> list[tuple[str, str]]:
    """What stands at the numbers of the cards, with what it means."""
    return [
        ("4", "open"),
        (f"{ANSWERED}4", "answered"),
        (f"4{FLAGGED}", "flagged"),
        (f"{PICKED}4", "on the screen"),
    ]


def named(positions: Sequence[int], state: str, width: int) -> str:
    """`3 are open: 4, 9, 17.`, with as many numbers as the width has room for; "" if there are none."""
    if not positions:
        return ""
    head = f"{len(positions)} {'is' if len(positions) == 1 else 'are'} {state}: "
    lists = [_so_many(positions, count, head) for count in range(len(positions), 0, -1)]
    return next((text for text in lists if cell_len(text) <= width), lists[-1])


def _so_many(positions: Sequence[int], count: int, head: str) -> str:
    """The first so many of them; neighbours as `4–9`."""
    runs: list[list[int]] = []
    for position in positions[:count]:
        if runs and position == runs[-1][-1] + 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    parts = [
        f"{run[0] + 1}–{run[-1] + 1}" if len(run) > 2 else ", ".join(str(position + 1) for position in run)
        for run in runs
    ]
    more = len(positions) - count
    return f"{head}{', '.join(parts)}{f' and {more} more' if more else ''}."
