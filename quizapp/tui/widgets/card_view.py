"""The card: its front, a thin rule, and its back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from quizapp.tui.card_text import Marked, Text
from quizapp.tui.layout import STATEMENT, WHY, balanced
from quizapp.tui.widgets.pane import Lay, Pane
from quizapp.tui.widgets.signs import choice

_COMPARE = "Compare"


class Compare(NamedTuple):
    """A card to compare with: the place and name of its choice, and its statement.

    place: None where the card has no choices.
    """

    place: int | None
    name: str
    text: str


class Front(Pane):
    """The question's side of the card."""


class Rule(Widget):
    """The line between the two sides."""

    ALLOW_SELECT = False

    def render(self) -> Content:
        """The line."""
        return Content.assemble(("─" * self.size.width, "$rule"))


class Back(Pane):
    """The answer's side of the card; its place is there before the answer is."""


class CardView(Vertical):
    """A card. Its rows come from the stylesheet and the rows that the answers take, never from its text."""

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.front = Front()
        self.back = Back()
        self._verdict = Content("")
        self._why = _left("")
        self._compare: tuple[Compare, ...] = ()
        self._comparing = False

    def compose(self) -> ComposeResult:
        """Front, rule and back."""
        yield self.front
        yield Rule()
        yield self.back

    def show_front(self, text: Text) -> None:
        """Show a question, with an empty back."""
        self.front.lay(_centred(text, "$foreground", bold=True), middle=True)
        self.clear_back()
        self.unhide()

    def show_back(self, verdict: Content, why: Text = "", compare: Sequence[Compare] = ()) -> None:
        """Show what an answer came to, why, and what to compare it with."""
        self._verdict = verdict
        self._why = _left(why)
        self._compare = tuple(compare)
        self._comparing = False
        self.back.lay(self._feedback)

    def show_flip(self, answer: Text | Content, why: Text = "") -> None:
        """Show the other side of a revealed card, in the middle of the back."""
        self._compare = ()
        lines = _centred(answer, "$foreground")
        reason = _centred(why, "$text-muted")

        def lay(width: int, height: int) -> list[Content]:
            below = reason(width, 0)
            shown = lines(width, height - len(below))
            return [*shown, *_block(below, height - len(shown))]

        self.back.lay(lay, middle=True)

    def show_notes(self, lay: Lay) -> None:
        """Show what is neither an answer nor a word on one, from the top of the back."""
        self._compare = ()
        self._comparing = False
        self.back.lay(lay)

    def clear_back(self) -> None:
        """Empty the back."""
        self._compare = ()
        self._comparing = False
        self.back.lay(lambda _width, _height: [])

    def hide(self, message: str | Content = "") -> None:
        """Take the card out of sight, as for a pause; the message stands in the front."""
        self.front.cover(_centred(message, "$foreground"))
        self.back.cover()

    def unhide(self) -> None:
        """Show the card again, as it was."""
        self.front.uncover()
        self.back.uncover()

    def scroll_front(self, pages: int) -> bool:
        """Scroll a long front; a front that fits leaves the scrolling to the back. Whether anything moved."""
        return self.front.scroll_pages(pages)

    def scroll_card(self, pages: int) -> bool:
        """Scroll the back where it is too long, else the front. Whether anything moved."""
        return self.back.scroll_pages(pages) or self.front.scroll_pages(pages)

    @property
    def compare_waits(self) -> bool:
        """Whether compare has no room below why, so that `toggle_compare` shows it."""
        width, height = self.back.size
        return bool(self._compare) and width > 2 and not self._fits(width - 2, height)

    @property
    def comparing(self) -> bool:
        """Whether compare stands in the place of why."""
        return self._comparing

    def toggle_compare(self) -> None:
        """Show compare in the place of why, or why again."""
        if self.compare_waits:
            self._comparing = not self._comparing
            self.back.lay(self._feedback)

    def _fits(self, width: int, height: int) -> bool:
        """Whether verdict, why and compare stand together; on a short screen compare is always on Tab."""
        # The fewest rows that why can take: where there are more, it has air within.
        rows = [*self._verdict_lines(width), *self._why_lines(width, 0), *self._compare_lines(width)]
        return not self.screen.has_class("-short") and len(rows) <= height

    def _feedback(self, width: int, height: int) -> list[Content]:
        verdict = self._verdict_lines(width)
        why = self._why_lines(width, height - len(verdict))
        compare = self._compare_lines(width)
        if not compare or not self._fits(width, height):
            return [*verdict, *(compare if self._comparing else why)]
        head = [*verdict, *self._why_lines(width, height - len(verdict) - len(compare))]
        return [*head, *_block(compare, height - len(head))]

    def _verdict_lines(self, width: int) -> list[Content]:
        return self._verdict.wrap(min(width, WHY)) if self._verdict else []

    def _why_lines(self, width: int, height: int) -> list[Content]:
        return self._why(width, height)

    def _compare_lines(self, width: int) -> list[Content]:
        return [line for other in self._compare for line in _compared(other, width)]


def _compared(other: Compare, width: int) -> list[Content]:
    """A card to compare with: its text beside its choice, or below it where too little room is left."""
    name = (
        choice(other.place, other.name)
        if other.place is not None
        else Content.assemble((other.name, "bold $foreground"))
    )
    head = Content.assemble((_COMPARE, "$text-muted"), "  ", name, "  ")
    beside = min(width, WHY) - head.cell_length
    if beside >= WHY // 3:
        lines = balanced(other.text, beside, beside)
        indent = " " * head.cell_length
        return [
            Content.assemble(indent if place else head, (line, "$text-muted"))
            for place, line in enumerate(lines or [""])
        ]
    below = balanced(other.text, width, WHY)
    return [*head.rstrip().wrap(width), *(Content.assemble((line, "$text-muted")) for line in below)]


def _block(lines: list[Content], room: int) -> list[Content]:
    """Lines set off by an empty one, where there is room for it."""
    return [Content(""), *lines] if lines and len(lines) < room else lines


def _left(text: Text) -> Lay:
    """Lays a text out in balanced lines, at the left."""
    if isinstance(text, Marked):
        from quizapp.tui.markdown.lay import left  # 25 to 60 ms, for cards that want it

        return left(text, "$foreground", WHY)
    return lambda width, _height: [
        Content.assemble((line, "$foreground")) for line in balanced(text, width, WHY)
    ]


def _centred(text: Text | Content, colour: str, *, bold: bool = False) -> Lay:
    """Lays a text out in balanced lines, each in the middle; as one block where its author indented lines."""
    if isinstance(text, Marked):
        from quizapp.tui.markdown.lay import centred  # 25 to 60 ms, for cards that want it

        return centred(text, colour, STATEMENT, bold=bold)
    style = f"bold {colour}" if bold else colour

    def lay(width: int, _height: int) -> list[Content]:
        if isinstance(text, Content):
            lines = text.wrap(min(width, STATEMENT)) if text else []
            return [Content.assemble(" " * ((width - line.cell_length) // 2), line) for line in lines]
        plain = balanced(text, width, STATEMENT)
        widths = [cell_len(line) for line in plain]
        if any(line[:1].isspace() for line in plain):
            widths = [max(widths)] * len(plain)
        return [
            Content.assemble(" " * ((width - taken) // 2), (line, style))
            for line, taken in zip(plain, widths, strict=True)
        ]

    return lay
