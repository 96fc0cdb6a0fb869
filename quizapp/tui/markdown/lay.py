"""Blocks → lines of a width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.content import Content

from quizapp.tui.card_text import Marked
from quizapp.tui.layout import balanced
from quizapp.tui.markdown.code import code_lines
from quizapp.tui.markdown.read import Block, Break, Code, Listing, Prose, Quote, Run, Table, marker_of, read
from quizapp.tui.widgets.pane import Lay

_BAR = "│ "
_GAP = 2
_NARROWEST = 6
"""A table whose columns would be narrower is laid out a row at a time."""


class Manner(NamedTuple):
    """How text is drawn. tone: its colour. bold: all of it, as a question is. limit: of a line, in cells."""

    tone: str
    bold: bool
    limit: int

    def of(self, run: Run) -> str:
        """The style of a run."""
        if run.aside:
            return "$text-muted"
        weight = "bold " if self.bold or run.strong else ""
        return f"{weight}{self.tone}{' on $panel' if run.code else ''}"


def left(marked: Marked, tone: str, limit: int) -> Lay:
    """Lays Markdown out at the left, with a line between its blocks where all of it fits then."""
    blocks = read(marked)
    return lambda width, height: _left(blocks, width, height, Manner(tone, False, limit))


def centred(marked: Marked, tone: str, limit: int, *, bold: bool) -> Lay:
    """Lays Markdown out in the middle: paragraphs line by line; all together, where there is more than these.

    bold: as a question is, unless something in it is emphasised.
    """
    blocks = read(marked)
    manner = Manner(tone, bold and not _emphasised(blocks), limit)
    each = all(isinstance(block, Prose) for block in blocks)

    def lay(width: int, height: int) -> list[Content]:
        lines = _left(blocks, width, height, manner)
        widest = max((line.cell_length for line in lines), default=0)
        return [
            Content.assemble(" " * max(0, (width - (line.cell_length if each else widest)) // 2), line)
            for line in lines
        ]

    return lay


def _left(blocks: Sequence[Block], width: int, height: int, manner: Manner) -> list[Content]:
    stacks = [_lines(block, width, manner) for block in blocks]
    count = sum(map(len, stacks)) + len(stacks) - 1
    return list(_stacked(stacks, apart=count <= height))


def _emphasised(blocks: Sequence[Block]) -> bool:
    for block in blocks:
        match block:
            case Prose(runs, heading):
                found = heading or any(run.strong for run in runs)
            case Listing(items):
                found = any(map(_emphasised, items))
            case Quote(inner):
                found = _emphasised(inner)
            case _:
                found = False
        if found:
            return True
    return False


def _stacked(stacks: Sequence[list[Content]], *, apart: bool) -> Iterator[Content]:
    for place, stack in enumerate(stacks):
        if place and apart:
            yield Content("")
        yield from stack


def _lines(block: Block, width: int, manner: Manner) -> list[Content]:
    width = max(1, width)
    match block:
        case Prose(runs, heading):
            return _wrapped(runs, width, manner._replace(bold=manner.bold or heading))
        case Code():
            return code_lines(block, width)
        case Listing(items, first):
            return _list_lines(items, first, width, manner)
        case Quote(blocks):
            lines = _inner(blocks, width - len(_BAR), manner)
            return [Content.assemble((_BAR, "$rule"), line) for line in lines]
        case Table():
            return _table_lines(block, width, manner)
        case Break():
            return [Content.assemble(("─" * min(width, manner.limit), "$rule"))]


def _inner(blocks: Sequence[Block], width: int, manner: Manner) -> list[Content]:
    return list(_stacked([_lines(block, width, manner) for block in blocks], apart=False))


def _list_lines(
    items: Sequence[Sequence[Block]], first: int | None, width: int, manner: Manner
) -> list[Content]:
    indent = len(marker_of(len(items) - 1, first)) + 1
    found = []
    for place, item in enumerate(items):
        marker = Content.assemble((marker_of(place, first).ljust(indent), "not bold $text-muted"))
        for line in _inner(item, width - indent, manner) or [Content("")]:
            found.append(Content.assemble(marker, line))
            marker = Content(" " * indent)
    return found


def _wrapped(runs: Sequence[Run], width: int, manner: Manner, *, even: bool = True) -> list[Content]:
    """The text in lines; even: as even as can be, and no wider than the limit."""
    whole = Content.assemble(*((run.text.replace("\t", " "), manner.of(run)) for run in runs))
    found, place = [], 0
    limit = manner.limit if even else width
    for paragraph in whole.plain.split("\n"):
        for line in balanced(paragraph, width, limit) or [""]:
            start = whole.plain.index(line, place)
            found.append(whole[start : start + len(line)])
            place = start + len(line)
    return found


def _table_lines(table: Table, width: int, manner: Manner) -> list[Content]:
    """The columns side by side, or where they have too little room, each row as lines of its own."""
    head = manner._replace(bold=True)
    cells = [
        [_wrapped(cell, 10_000, manner if place else head, even=False) for cell in row]
        for place, row in enumerate(table.rows)
    ]
    columns = max(map(len, cells))
    natural = [
        max(line.cell_length for row in cells for cell in row[column : column + 1] for line in cell)
        for column in range(columns)
    ]
    room = width - _GAP * (columns - 1)
    widths = _shrunk(natural, room)
    if sum(widths) > room:
        return _rows_apart(table, width, manner)
    found = []
    for place, row in enumerate(table.rows):
        parts = [
            _wrapped(cell, widths[column], manner if place else head, even=False)
            for column, cell in enumerate(row)
        ]
        found += _row_lines(parts, widths, table)
        if not place:
            found.append(Content((" " * _GAP).join("─" * one for one in widths)).stylize_before("$rule"))
    return found


def _shrunk(wide: Sequence[int], room: int) -> list[int]:
    """The widths of columns, of which the widest give way, but none below what can be read."""
    most = max(wide)
    while most > _NARROWEST and sum(min(one, most) for one in wide) > room:
        most -= 1
    return [max(1, min(one, most)) for one in wide]


def _row_lines(parts: Sequence[list[Content]], widths: Sequence[int], table: Table) -> list[Content]:
    found = []
    for number in range(max(map(len, parts))):
        cells = []
        for column, width in enumerate(widths):
            part = parts[column] if column < len(parts) else []
            text = part[number] if number < len(part) else Content("")
            spare = width - text.cell_length
            before = spare if table.right[column] else spare // 2 if table.middle[column] else 0
            cells.append(Content.assemble(" " * before, text, " " * (spare - before)))
        found.append(Content(" " * _GAP).join(cells).rstrip())
    return found


def _rows_apart(table: Table, width: int, manner: Manner) -> list[Content]:
    """`Head  cell`, a line each, with an empty one between the rows."""
    head, *rows = table.rows
    stacks = []
    for row in rows:
        stack = []
        for name, cell in zip(head, row, strict=False):
            label = [Run(run.text, aside=True) for run in name]
            stack += _wrapped([*label, Run("  ", aside=True), *cell], width, manner)
        stacks.append(stack)
    return list(_stacked(stacks, apart=True)) or _wrapped(
        [run for name in head for run in (*name, Run("  "))], width, manner
    )
