"""The cards of a deck, a line each: however many there are, only those in sight are laid out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from textwrap import wrap
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from quizapp.browse.cells import BURIED, DUE, SUSPENDED, due_cell, is_leech, lapses_cell, memory_cell
from quizapp.browse.orders import Order
from quizapp.browse.rows import Row
from quizapp.deck.card import Deck, kind_of
from quizapp.deck.text import visible
from quizapp.record import Moment
from quizapp.tui.card_text import answer_in_a_line, prompt_in_a_line
from quizapp.tui.layout import cut
from quizapp.tui.widgets.row_list import Line, RowList, mark
from quizapp.tui.widgets.signs import FLAG, LEECH

_MARK = 2
"""Cells of the selection's sign."""
_SIGNS = 3
"""Cells of a card's own signs and the gap after them."""
_GAP = 2
_MEDIUM = 60
"""From so many cells on there is room for answer and memory."""
_WIDE = 110
"""From so many on there is room for all columns."""
_MOST = 200
"""Cells that a column has at most: no more of a text is kept."""
_NAME = 8
"""Cells of the name of a column with an arrow."""
_TEXTS = 2_000
"""So many cards' texts are kept as they are shown."""


class Column(NamedTuple):
    """A column. cells: its width. right: whether its cells end at its right edge."""

    name: str
    order: Order
    cells: int
    right: bool = False


class Widest(NamedTuple):
    """Cells of the widest answer and aspect of a deck: wider columns would be taken from the prompt."""

    answer: int = _MOST
    aspect: int = _MOST

    @classmethod
    def of(cls, deck: Deck) -> Widest:
        """Measured where letters are most: exact but for scripts whose letters take two cells."""
        answer = max((card.answer for card in deck.cards), key=len, default="")
        aspect = max((card.aspect for card in deck.cards), key=len, default="")
        return cls(cell_len(visible(answer)), cell_len(visible(aspect)))


def columns(width: int, widest: Widest) -> list[Column]:
    """The columns that a list of this width has room for; the first is the card's prompt."""
    due, memory = Column("Due", Order.DUE, 9, right=True), Column("Memory", Order.MEMORY, 8, right=True)
    if width < _MEDIUM:
        others = [due]
    elif width < _WIDE:
        others = [Column("Answer", Order.ANSWER, _wanted(widest.answer, (width - 20) * 2 // 5)), due, memory]
    else:
        others = [
            Column("Answer", Order.ANSWER, _wanted(widest.answer, width // 4)),
            Column("Aspect", Order.ASPECT, _wanted(widest.aspect, width // 8)),
            Column("Kind", Order.KIND, 9),
            due,
            memory,
            Column("Forgotten", Order.LAPSES, 11, right=True),
        ]
    taken = _MARK + _SIGNS + 1 + sum(column.cells + _GAP for column in others)
    return [Column("Card", Order.PROMPT, max(1, width - taken)), *others]


def _wanted(cells: int, most: int) -> int:
    """As wide as what stands in a column, its name with an arrow at least."""
    return min(max(cells, _NAME), most)


class CardHead(Widget):
    """The names of the columns, the one that the cards are sorted by marked; or what is wrong with the filter
    instead."""

    ALLOW_SELECT = False

    class Sorted(Message):
        """The name of a column was clicked."""

        def __init__(self, order: Order) -> None:
            super().__init__()
            self.order = order

    def __init__(self) -> None:
        super().__init__()
        self._order = Order.DECK
        self._backwards = False
        self._instead: Content | None = None
        self._widest = Widest()

    def show(self, order: Order, instead: Content | None, widest: Widest, *, backwards: bool) -> None:
        """Show the names. instead: a sentence to show in their place."""
        self._order, self._backwards, self._instead, self._widest = order, backwards, instead, widest
        self.refresh()

    def render(self) -> Content:
        """The row."""
        if self._instead is not None:
            return self._instead
        shown = columns(self.size.width, self._widest)
        named = [self._named(column, shown) for column in shown]
        gap = " " * _GAP
        return Content.assemble(" " * (_MARK + _SIGNS), Content(gap).join(named))

    def _named(self, column: Column, shown: Sequence[Column]) -> Content:
        arrow = "↑" if self._backwards else "↓"
        if column.order is self._order:
            return _cell(cut(f"{column.name} {arrow}", column.cells), column, "$foreground")
        usual = self._order is Order.DECK and not self._backwards
        unseen = all(one.order is not self._order for one in shown)
        if column is shown[0] and unseen and not usual:
            # What has no column of its own here is named beside the first one.
            name = f"{column.name}, by {self._order} {arrow}"
            return _cell(cut(name, column.cells), column, "$foreground")
        return _cell(cut(column.name, column.cells), column, "$text-muted")

    def on_click(self, event: events.Click) -> None:
        """Sort by the column under the pointer."""
        if self._instead is not None:
            return
        at = _MARK + _SIGNS
        for column in columns(self.size.width, self._widest):
            if at <= event.x < at + column.cells:
                event.stop()
                self.post_message(self.Sorted(column.order))
            at += column.cells + _GAP


class CardList(RowList):
    """A list of cards."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._cards: Sequence[Row] = ()
        self._now: Moment | None = None
        self._latest: str | None = None
        self._empty: Callable[[], str] = str
        self._widest = Widest()
        self._texts: dict[str, tuple[str, str]] = {}
        self.drawn = 0
        """How many cards were laid out so far: a test's guard that these are only those in sight."""

    @property
    def rows(self) -> int:
        """How many cards there are."""
        return len(self._cards)

    def show(
        self,
        cards: Sequence[Row],
        now: Moment,
        latest: str | None,
        *,
        widest: Widest | None = None,
        select: int = 0,
        empty: Callable[[], str] = str,
    ) -> None:
        """Show these. latest: as in the deck's plan. select: the place of the selected one. empty: makes
        what is said where there are none, when it is drawn."""
        self._cards, self._now, self._latest, self._empty = cards, now, latest, empty
        self._widest = widest or self._widest
        self.selected = select
        self.show_rows()
        self.show_selected()

    def forget_texts(self) -> None:
        """The cards may say something else now."""
        self._texts.clear()

    def lines(self, width: int) -> list[Line]:
        """All lines: none of what draws this list asks for them."""
        return [self._line(line) for line in range(len(self._cards))]

    @property
    def _height(self) -> int:
        return len(self._cards) or len(self._nothing(self.size.width))

    def _nothing(self, width: int) -> Sequence[str]:
        """What is said where there are no cards, in lines."""
        lines = [wrap(line, max(1, width - 2)) for line in self._empty().splitlines()]
        return list(chain.from_iterable(lines)) or ("",)

    def _line(self, line: int) -> Line:
        width = self.size.width
        if not self._cards or self._now is None:
            return None, Content.assemble("  ", (self._nothing(width)[line], "$text-muted"))
        self.drawn += 1
        return line, Content.assemble(
            mark(marked=line == self.selected), self._laid(self._cards[line], width)
        )

    def lines_of(self, place: int) -> Sequence[int]:
        """One."""
        return [place] if place < len(self._cards) else []

    def _lay_out(self) -> None:
        if self.size.width:
            self.virtual_size = Size(self.size.width, self._height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are cards."""
        return len(self._cards) or len(self._nothing(width))

    def _laid(self, row: Row, width: int) -> Content:
        if self._now is None:
            return Content("")
        prompt, answer = self._said(row)
        due = due_cell(row, self._latest, self._now)
        aside = due in (SUSPENDED, BURIED)
        style = "$text-muted" if aside else "$foreground"
        cells: dict[Order, tuple[Callable[[], str], str]] = {
            Order.PROMPT: (lambda: prompt, style),
            Order.ANSWER: (lambda: answer, style),
            Order.ASPECT: (lambda: visible(row.card.aspect), "$text-muted"),
            Order.KIND: (lambda: kind_of(row.card).value, "$text-muted"),
            Order.DUE: (lambda: due, "$foreground" if due == DUE else "$text-muted"),
            Order.MEMORY: (lambda: memory_cell(row), "$text-muted"),
            Order.LAPSES: (lambda: lapses_cell(row), "$foreground" if is_leech(row) else "$text-muted"),
        }
        parts = []
        for column in columns(width, self._widest):
            text, style_ = cells[column.order]
            parts.append(_cell(cut(text(), column.cells), column, style_))
        return Content.assemble(_signs(row), Content(" " * _GAP).join(parts))

    def _said(self, row: Row) -> tuple[str, str]:
        """Prompt and answer in a line: Markdown takes a while to be read, and a card is drawn often."""
        key = row.card.key
        if key not in self._texts:
            if len(self._texts) >= _TEXTS:
                self._texts.clear()
            card = row.card
            texts = prompt_in_a_line(card), answer_in_a_line(card, card.answer)
            self._texts[key] = (cut(visible(texts[0]), _MOST), cut(visible(texts[1]), _MOST))
        return self._texts[key]


def _signs(row: Row) -> Content:
    flag = FLAG if row.mark.flagged else " "
    leech = LEECH if is_leech(row) else " "
    return Content.assemble((f"{flag}{leech} ", "$foreground"))


def _cell(text: str, column: Column, style: str) -> Content:
    space = " " * max(0, column.cells - cell_len(text))
    return Content.assemble(space if column.right else "", (text, style), "" if column.right else space)
