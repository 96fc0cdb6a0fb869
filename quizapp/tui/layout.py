"""How text is laid out in cells: pure, and the same for every widget."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from rich.cells import cell_len, set_cell_size, split_graphemes

STATEMENT = 58
"""A statement's lines are at most this wide, in cells."""
WHY = 64
"""Lines of why and compare are at most this wide."""

# White space where a line may end; a no-break space is part of its word.
_WORD = re.compile(r"[^ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+")
_TAB = 4


def balanced(text: str, width: int, limit: int) -> list[str]:
    """The text in the fewest lines of at most min(width, limit) cells, these as even as can be.

    Newlines are kept, but for those at both ends. Words wider than a line are broken between characters as
    they are seen, into even parts. A line keeps the spaces inside it, and its indent after a newline. In less
    than two cells a wide character overflows.
    """
    room = max(1, min(width, limit))
    lines: list[str] = []
    for paragraph in text.expandtabs(_TAB).strip("\n").split("\n"):
        lines.extend(_balanced_paragraph(paragraph.rstrip(), room))
    return lines if any(lines) else []


def cut(text: str, width: int) -> str:
    """The text on one line of at most `width` cells, with … where something is left out."""
    line = " ".join(text.split())
    if cell_len(line) <= width:
        return line
    return set_cell_size(line, width - 1).rstrip() + "…" if width > 0 else ""


def fitting(width: int, *texts: str) -> str:
    """The first text that fits into a line of so many cells; of the last, if none does, what fits."""
    return next((text for text in texts if cell_len(text) <= width), cut(texts[-1], width))


def spread(width: int, count: int, gap: int) -> list[tuple[int, int]]:
    """Where `count` equal parts with gaps begin and end, in cells; what is left over widens some by one."""
    whole = width + gap
    return [(whole * place // count, whole * (place + 1) // count - gap) for place in range(count)]


def _is_narrow(text: str) -> bool:
    """Whether it is known to have only characters of one cell each: then cells need not be measured."""
    return (text.isascii() and text.isprintable()) or _narrow().fullmatch(text) is not None


@cache
def _narrow() -> re.Pattern[str]:
    # Made where it is needed first: plain English needs none.
    return re.compile(r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u203b]*")


def _balanced_paragraph(paragraph: str, room: int) -> list[str]:
    if cell_len(paragraph) <= room:
        return [paragraph]
    width = len if _is_narrow(paragraph) else cell_len
    # A part is (start, end) in the paragraph; a line may end after each, and the space before one is dropped.
    parts: list[tuple[int, int]] = []
    for word in _WORD.finditer(paragraph):
        span = word.span()
        parts += [span] if width(word[0]) <= room else _broken(word[0], span[0], room)
    start, end = parts[0]
    if start and width(paragraph[:end]) <= room:
        parts[0] = (0, end)
    if width is len:
        begins, ends = [start for start, _ in parts], [end for _, end in parts]
    else:
        begins, ends = _cells(paragraph, parts)
    breaks = _breaks(begins, ends, room)
    return [paragraph[parts[first][0] : parts[after - 1][1]] for first, after in pairwise(breaks)]


def _broken(word: str, place: int, room: int) -> list[tuple[int, int]]:
    """A word too wide for a line as parts that fit, as even as its characters allow."""
    width = cell_len(word)
    count = -(-width // room)
    parts: list[tuple[int, int]] = []
    begin = cells = done = 0
    for start, _, size in split_graphemes(word)[0]:
        even = (done + cells + size) * count > width * (len(parts) + 1)
        if cells and (even or cells + size > room):
            parts.append((place + begin, place + start))
            begin, done, cells = start, done + cells, 0
        cells += size
    return [*parts, (place + begin, place + len(word))]


def _cells(text: str, parts: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Where each part begins and ends, in cells from the start of the text."""
    begins: list[int] = []
    ends: list[int] = []
    place = cells = 0
    for start, end in parts:
        cells += cell_len(text[place:start])
        begins.append(cells)
        cells += cell_len(text[start:end])
        ends.append(cells)
        place = end
    return begins, ends


def _breaks(begins: list[int], ends: list[int], room: int) -> list[int]:
    """The parts that lines begin with, and the number of parts at the end.

    The fewest lines come first, then the least sum of squared room left over. begins and ends: of each part.
    """
    # lines, costs and before: what the best lines for the parts so far come to, and where the last begins.
    # The number of lines never falls from one part to the next, so the last line can only begin at the first
    # part that leaves it room, or at a later one that as many lines lead to: up to `alike`.
    count = len(begins)
    lines = [0] * (count + 1)
    costs = [0] * (count + 1)
    before = [0] * (count + 1)
    fits = alike = 0
    for after in range(1, count + 1):
        left = room - ends[after - 1]
        while fits < after - 1 and begins[fits] + left < 0:
            fits += 1
        fewest = lines[fits]
        while alike < after and lines[alike] <= fewest:
            alike += 1
        least, start = room * room * count, fits
        for first in range(fits, alike):
            cost = costs[first] + (begins[first] + left) ** 2
            if cost <= least:
                least, start = cost, first
        lines[after], costs[after], before[after] = fewest + 1, least, start
    breaks = [count]
    while breaks[-1]:
        breaks.append(before[breaks[-1]])
    return breaks[::-1]
