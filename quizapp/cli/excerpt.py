"""The line of a file that a problem is about, with a caret below its column."""

from __future__ import annotations

from pathlib import Path

from quizapp.cli.output import width
from quizapp.deck.file import bytes_of, utf16_of
from quizapp.deck.text import visible
from quizapp.problem import Problem

_TAB = 4
_LEAST = 20


def lines_of(path: Path) -> list[str]:
    """The lines of a file as problems count them; what is no UTF-8 is a replacement character.

    None of a file that can't be read, and none of UTF-16, where a line is no line.
    """
    data = bytes_of(path, "", folder=("", ""))
    if isinstance(data, Problem) or utf16_of(data):
        return []
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").split("\n")


def excerpt(lines: list[str], line: int, column: int, cells: int) -> list[str]:
    """Two lines: the one that is numbered `line`, and a caret below its column. [] if there is no such line.

    cells: how wide they may be. A longer line is cut on both sides of the column.
    """
    if not 0 < line <= len(lines):
        return []
    number = f"  {line} | "
    shown, before = _around(lines[line - 1], column - 1, max(cells - len(number), _LEAST))
    return [f"{number}{shown}".rstrip(), f"{'| ':>{len(number)}}{' ' * before}^"]


def _around(text: str, at: int, most: int) -> tuple[str, int]:
    """What is shown of a line, at most so many cells of it, and how many of these stand before its character
    `at`, which may be the one behind the last."""
    # No more can be shown than these, so that many problems in one endless line cost no more than in many.
    first, end = max(at - most, 0), at + most
    signs = [_sign(letter) for letter in text[first:end]]
    cells = [width(sign) for sign in signs]
    at -= first
    if first == 0 and len(text) <= end and sum(cells) < most:
        return "".join(signs), sum(cells[:at])
    start, stop = _window(cells, at, most - 2)
    left = "…" if first or start else ""
    right = "…" if stop < len(signs) or end < len(text) else ""
    return left + "".join(signs[start:stop]) + right, len(left) + sum(cells[start:at])


def _window(cells: list[int], at: int, most: int) -> tuple[int, int]:
    """From where to where signs are shown: about half of the cells behind `at`, if there are as many."""
    start = stop = min(at, len(cells))
    used = 0
    while stop < len(cells) and used + cells[stop] <= most // 2:
        used += cells[stop]
        stop += 1
    while start and used + cells[start - 1] <= most:
        start -= 1
        used += cells[start]
    while stop < len(cells) and used + cells[stop] <= most:
        used += cells[stop]
        stop += 1
    return start, stop


def _sign(letter: str) -> str:
    """How a character is shown: a tab as spaces, another control character as a sign."""
    return " " * _TAB if letter == "\t" else visible(letter)
