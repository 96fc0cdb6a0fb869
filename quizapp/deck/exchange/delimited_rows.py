"""The rows of a table as text: what stands between its cells, and what its first lines say."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quizapp.deck.exchange.anki_text import Directives, directives_of
from quizapp.deck.exchange.columns import field_of
from quizapp.deck.exchange.draft import ExchangeError, lines_of

DELIMITERS = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}
"""What may stand between cells, and what it is called."""

_EXCELS = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_APART = "\x1f"
"""Stands between cells while a table is read whose delimiter csv does not know; no cell keeps it."""


class Row(NamedTuple):
    """One row of a table. line: 1-based, where it begins. more: the lines below it that go on in its last
    cell."""

    line: int
    cells: list[str]
    more: tuple[int, ...] = ()


def top(text: str) -> tuple[Directives, list[str], int]:
    """What the lines at the top say, the other lines, and how many were taken off."""
    lines = lines_of(text)
    if found := _EXCELS.fullmatch(lines[0]):
        return Directives(delimiter=found[1] if found[1] in DELIMITERS else ""), lines[1:], 1
    return directives_of(lines)


def can_be_apart(delimiter: str) -> bool:
    """Whether cells can be set apart by this: one of the usual signs, or others that no word has."""
    return delimiter in DELIMITERS or bool(re.fullmatch(r"[^\w\n\r\"]*[^\w\s\"][^\w\n\r\"]*", delimiter))


def rows_of(lines: Sequence[str], start: int, sign: str, directives: Directives) -> tuple[list[Row], bool]:
    """The rows that are neither blank nor comments of Anki's, and whether quotation marks hold cells
    together; where they do not pair, they are part of the text. Raises ExchangeError for a cell beyond all
    measure."""
    try:
        rows, quotes = list(_parsed(lines, start, sign, quotes=True)), True
    except csv.Error:
        try:
            rows, quotes = list(_parsed(lines, start, sign, quotes=False)), False
        except csv.Error as error:
            raise ExchangeError(
                "A cell has more than 131,072 characters; this is no table of cards."
            ) from error
    if directives.known:
        rows = [row for row in rows if not lines[row.line - start - 1].startswith("#")]
    return (_going_on(rows) if sign == "\t" else rows), quotes


def _going_on(rows: Sequence[Row]) -> list[Row]:
    """The rows of a table with tabs, those without any as part of the one above, as Quizlet writes a line
    break. As they are where most have no tab: then this is no such table."""
    if 2 * sum(len(row.cells) > 1 for row in rows) < len(rows):
        return list(rows)
    joined: list[Row] = []
    for row in rows:
        above = joined[-1] if joined else None
        if len(row.cells) > 1 or above is None or (len(joined) == 1 and is_named(above.cells)):
            joined.append(row)
        else:
            cells = [*above.cells[:-1], f"{above.cells[-1]}\n{row.cells[0]}"]
            joined[-1] = Row(above.line, cells, (*above.more, row.line))
    return joined


def _parsed(lines: Sequence[str], start: int, sign: str, *, quotes: bool) -> Iterator[Row]:
    known = sign in DELIMITERS
    reader = csv.reader(
        (f"{line}\n" if known else f"{line.replace(sign, _APART)}\n" for line in lines),
        delimiter=sign if known else _APART,
        strict=quotes,
        quoting=csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE,
    )
    line = start
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Row(line + 1, cells if known else [cell.replace(_APART, sign) for cell in cells])
        line = start + reader.line_num


def is_named(cells: Sequence[str]) -> bool:
    """Whether a row names columns: two of its cells do, or all that it has."""
    known = [cell for cell in cells if field_of(cell)]
    return len(known) >= 2 and 2 * len(known) >= len(cells)
