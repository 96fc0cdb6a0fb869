"""Who was taken for whom: a table, or lines where a table has no room."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from quizapp.learn.score import Confusion
from quizapp.tui.widgets.signs import RIGHT, WRONG, choice, sign, sign_style

_FIRST = 8
_CELL = 5


class ConfusionTable(Widget):
    """A row for each right answer, a column for each answer given, in the widest form that has room.

    choices: the deck's, whose signs stand there.
    """

    def __init__(self, confusion: Confusion | None, choices: Sequence[str], *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._confusion = confusion
        self._choices = choices

    def fits(self, width: int) -> bool:
        """Whether there is a table that is no wider."""
        return self._confusion is None or any(_width(one) <= width for one in self._tables())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it takes in this width."""
        return self._text(width).plain.count("\n") + 1

    def render(self) -> Content:
        """The table, in the width that there is."""
        return self._text(self.size.width)

    def _text(self, width: int) -> Content:
        if self._confusion is None:
            return Content("")
        fitting = (one for one in self._tables() if _width(one) <= width)
        return next(fitting, None) or _pairs(self._confusion, self._choices)

    def _tables(self) -> list[Content]:
        """With the columns named; with their signs; with their signs, close together."""
        if self._confusion is None:
            return []
        return [
            table(self._confusion, self._choices),
            table(self._confusion, self._choices, named=False),
            table(self._confusion, self._choices, named=False, close=True),
        ]


def table(
    confusion: Confusion, choices: Sequence[str], *, named: bool = True, close: bool = False
) -> Content:
    """named: whether columns have their choice's name, or only its sign; rows name them all. close: without
    room between the columns."""
    names = [_name(choices, option) for option in confusion.options]
    first = max(_FIRST, *(one.cell_length + 2 for one in names))
    heads = names if named else [_sign(choices, option) for option in confusion.options]
    least = max(len(f"{number}") for line in confusion.counts for number in line) + 1 if close else _CELL
    widths = [max(one.cell_length, least) for one in heads]
    gap = "" if close else " "
    lines = [
        Content.assemble(" " * first, ("  you said", "$text-muted")),
        Content.assemble(
            ("it was".ljust(first), "$text-muted"),
            *(
                Content.assemble(gap, one, " " * (width - one.cell_length + 1))
                for one, width in zip(heads, widths, strict=True)
            ),
        ),
    ]
    for row, (one, counts) in enumerate(zip(names, confusion.counts, strict=True)):
        cells: list[Content] = []
        for column, (number, width) in enumerate(zip(counts, widths, strict=True)):
            right = row == column
            style = "bold $text-success" if right else "$text-error" if number else "$text-muted"
            mark = RIGHT if right else WRONG
            text = f"{number}{mark}" if close else f"{number:>3} {mark}"
            cells.append(Content.assemble(gap, (text.ljust(width + 1), style)))
        lines.append(Content.assemble("  ", one, " " * (first - 2 - one.cell_length), *cells))
    return Content("\n").join(lines)


def _pairs(confusion: Confusion, choices: Sequence[str]) -> Content:
    """`3  ◆ BPO, you said ● KPO`, the most often first."""
    found = [
        (number, answer, given)
        for answer, counts in zip(confusion.options, confusion.counts, strict=True)
        for given, number in zip(confusion.options, counts, strict=True)
        if number and given != answer
    ]
    found.sort(key=lambda pair: -pair[0])
    lines = [
        Content.assemble(
            (f"{number:>2} {WRONG} ", "$text-error"),
            _name(choices, answer),
            (", you said ", "$text-muted"),
            _name(choices, given),
        )
        for number, answer, given in found
    ]
    return Content("\n").join(lines)


def _name(choices: Sequence[str], option: str) -> Content:
    return choice(choices.index(option), option) if option in choices else Content(option)


def _sign(choices: Sequence[str], option: str) -> Content:
    place = choices.index(option) if option in choices else 0
    return Content.assemble((sign(place), sign_style(place)))


def _width(content: Content) -> int:
    return max(cell_len(line) for line in content.plain.split("\n"))
