"""How sure an answer of an exam is: what is chosen, and what each choice earns and costs."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from quizapp.learn.exam import CERTAINTIES
from quizapp.learn.score import CERTAINTY_POINTS
from quizapp.tui.widgets.signs import PICKED, picked

NAMES = ("not", "fairly", "quite")
"""What each certainty is called, from 1 on."""

_LABELS = ("How sure?", "If right", "If wrong")
_LABEL = 10
_NARROW_GAP = 1
_GAP = 4
_NARROW = 50
LEAST = 36
"""Cells that the choices need with what all of them earn and cost."""


def certainty_lines(chosen: int, *, digits: bool, sixteen: bool, width: int) -> list[Content]:
    """The choices in a row, the chosen one marked, and below them what they earn and cost; in less than LEAST
    cells only what the chosen one does.

    digits: whether the digits choose; then they stand there. sixteen: in a terminal of sixteen colours.
    width: in cells; at least 28 are needed.
    """
    names = [f"{level} {name}" if digits else name for level, name in zip(CERTAINTIES, NAMES, strict=True)]
    gap = _NARROW_GAP if width < _NARROW else _GAP
    widths = [len(name) + 2 + gap for name in names]
    cells = []
    for level, name, cell in zip(CERTAINTIES, names, widths, strict=True):
        rest = " " * (cell - len(name) - 2)
        if level == chosen:
            label = Content.assemble((f"{PICKED}{name} ", "bold")).stylize_before(picked(sixteen=sixteen))
        elif digits:
            label = Content.assemble(" ", (name[0], "bold $text-accent"), (f"{name[1:]} ", "$foreground"))
        else:
            label = Content.assemble((f" {name} ", "$foreground"))
        cells.append(Content.assemble(label, rest))
    if width < LEAST:
        return [Content.assemble(*cells).rstrip(), stakes(chosen, width)]
    lines = [_line(_LABELS[0], cells)]
    for place, name in enumerate(_LABELS[1:]):
        texts = [_points(CERTAINTY_POINTS[level][place]) for level in CERTAINTIES]
        lines.append(
            _line(
                name,
                [
                    Content.assemble(
                        (f" {text}".ljust(cell), "bold $foreground" if level == chosen else "$text-muted")
                    )
                    for level, text, cell in zip(CERTAINTIES, texts, widths, strict=True)
                ],
            )
        )
    return lines


def stakes(level: int, width: int) -> Content:
    """`Right earns 2, wrong costs 2.`, or in less than LEAST cells `Right +2, wrong −2.`"""
    right, wrong = CERTAINTY_POINTS[level]
    brief = f"Right {_points(right)}, wrong {_points(wrong)}."
    text = brief if width < LEAST else f"Right earns {right}, wrong costs {-wrong}."
    return Content.assemble((text, "$text-muted"))


def _line(label: str, cells: Sequence[Content]) -> Content:
    return Content.assemble((label.ljust(_LABEL), "$text-muted"), *cells).rstrip()


def _points(number: int) -> str:
    """`+2`, `0`, `−6`."""
    return f"{number:+d}".replace("-", "−") if number else "0"
