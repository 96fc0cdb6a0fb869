"""The answers to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from quizapp.learn.ask import Option
from quizapp.tui.layout import cut, spread
from quizapp.tui.widgets.signs import PICKED, RIGHT, WRONG, picked, sign, sign_style

BESIDE = 3
"""So many answers at most stand side by side."""
SHORT = 18
"""And only if none is wider, in cells."""

_NARROW = 60
_SHORT_SCREEN = 20
# A list leaves the card so many rows at least; with less it stands in two columns.
_REST = 15
_REST_SHORT = 10


class Answers(Widget):
    """The options of a question: two or three short ones side by side, others as a list, one row each."""

    ALLOW_SELECT = False

    class Chosen(Message):
        """An answer was clicked. place: from 0."""

        def __init__(self, answers: Answers, place: int) -> None:
            super().__init__()
            self.answers = answers
            self.place = place

        @property
        def control(self) -> Answers:
            """The widget that was clicked."""
            return self.answers

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._options: tuple[Option, ...] = ()
        self._right: int | None = None
        self._chosen: int | None = None
        self._picked: int | None = None

    @property
    def options(self) -> tuple[Option, ...]:
        """What is asked."""
        return self._options

    def ask(self, options: Sequence[Option]) -> None:
        """Offer these."""
        self._options = tuple(options)
        self._right = self._chosen = self._picked = None
        self.refresh(layout=True)

    def pick(self, place: int | None) -> None:
        """Mark the answer that was given, without a word on whether it is right; None: there is none."""
        self._picked = place
        self.refresh()

    def judged(self, chosen: int | None, right: int) -> None:
        """Mark the right answer, and the chosen one if it was wrong; None: none was chosen."""
        self._chosen = chosen
        self._right = right
        self.refresh()

    def rows(self, width: int, screen_height: int) -> int:
        """How many rows the answers take."""
        if self._beside(width):
            return 1 if screen_height < _SHORT_SCREEN else 3
        columns = self._columns(screen_height)
        return -(-len(self._options) // columns)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Follows from the options and the screen, never from an answer."""
        return self.rows(width, viewport.height)

    def render(self) -> Content:
        """All answers."""
        width, height = self.size
        if not self._options or not height:
            return Content("")
        if self._beside(width):
            cells = spread(width, len(self._options), self._gap)
            middle = (height - 1) // 2
            return _rows(
                [
                    [
                        self._box(place, end - start, blank=row != middle)
                        for place, (start, end) in enumerate(cells)
                    ]
                    for row in range(height)
                ],
                self._gap,
            )
        columns = spread(width, self._columns(self.app.size.height), self._gap)
        rows = -(-len(self._options) // len(columns))
        return _rows(
            [
                [
                    self._row(column * rows + row, end - start)
                    for column, (start, end) in enumerate(columns)
                    if column * rows + row < len(self._options)
                ]
                for row in range(rows)
            ],
            self._gap,
        )

    def on_click(self, event: events.Click) -> None:
        """Choose what is under the pointer."""
        place = self._at(event.x, event.y)
        if place is not None:
            event.stop()
            self.post_message(self.Chosen(self, place))

    def _at(self, x: int, y: int) -> int | None:
        width = self.size.width
        beside = self._beside(width)
        columns = len(self._options) if beside else self._columns(self.app.size.height)
        rows = 1 if beside else -(-len(self._options) // columns)
        for column, (start, end) in enumerate(spread(width, columns, self._gap) if self._options else ()):
            place = column * rows + (0 if beside else y)
            if start <= x < end and place < len(self._options):
                return place
        return None

    @property
    def _gap(self) -> int:
        return 1 if self.app.size.width < _NARROW else 2

    def _beside(self, width: int) -> bool:
        """Whether the options stand side by side: key, sign and word need four cells more than the word."""
        count = len(self._options)
        if not 0 < count <= BESIDE:
            return False
        room = min(end - start for start, end in spread(width, count, self._gap)) - 4
        return all(cell_len(option.text) <= min(SHORT, room) for option in self._options)

    def _columns(self, screen_height: int) -> int:
        rest = _REST_SHORT if screen_height < _SHORT_SCREEN else _REST
        return 1 if len(self._options) <= max(BESIDE, screen_height - rest) else 2

    def _key(self, place: int) -> str:
        return self._options[place].key or str(place + 1)

    def _look(self, place: int) -> tuple[str, str, str]:
        """The sign of an option, the style of its word, and its ground, after the answer."""
        if place == self._right:
            return RIGHT, "bold $text-success", "on $right-bg"
        if place == self._chosen:
            return WRONG, "bold $text-error", "on $wrong-bg"
        return sign(place), "$text-muted", "on $surface"

    def _box(self, place: int, width: int, *, blank: bool) -> Content:
        """A row of an option that stands beside others."""
        ground = self._ground(place)
        if blank:
            return _filled(Content(""), width, ground)
        text = self._options[place].text
        if self._right is None:
            key = self._key(place)
            gap = "   " if cell_len(text) + 6 <= width else " "
            if place == self._picked:
                words = f"{key}{_with_mark(gap)}{sign(place)} {cut(text, width - 4)}"
                line = Content.assemble((words, "bold"))
            else:
                line = Content.assemble(
                    (key, "bold $text-accent"),
                    gap,
                    (sign(place), sign_style(place)),
                    " ",
                    (cut(text, width - 4), "bold $foreground"),
                )
        else:
            mark, style, _ = self._look(place)
            line = Content.assemble((f"{mark} {cut(text, width - 2)}", style))
        left = (width - line.cell_length) // 2
        return _filled(Content.assemble(" " * left, line), width, ground)

    def _row(self, place: int, width: int) -> Content:
        """An option of a list; its words keep their place after the answer."""
        inset = 1 if width < _NARROW else 3
        gap = " " if width < _NARROW else "   "
        room = width - 2 * inset - 3 - len(gap)
        text = cut(self._options[place].text, room)
        if self._right is None and place == self._picked:
            key, gap = Content.assemble((self._key(place), "bold")), _with_mark(gap)
            mark, word = Content.assemble((sign(place), "bold")), Content.assemble((text, "bold"))
        elif self._right is None:
            key = Content.assemble((self._key(place), "bold $text-accent"))
            mark = Content.assemble((sign(place), sign_style(place)))
            word = Content.assemble((text, "bold $foreground"))
        else:
            letter, style, _ = self._look(place)
            key = Content(" ")
            mark, word = Content.assemble((letter, style)), Content.assemble((text, style))
        line = Content.assemble(" " * inset, key, gap, mark, " ", word)
        return _filled(line, width, self._ground(place))

    def _ground(self, place: int) -> str:
        if self._right is not None:
            return self._look(place)[2]
        return picked(sixteen=self.app.native_ansi_color) if place == self._picked else "on $panel"


def _with_mark(gap: str) -> str:
    """The gap after the key, with the sign of what was picked in its middle: nothing moves."""
    return PICKED.center(len(gap))


def _filled(line: Content, width: int, ground: str) -> Content:
    return Content.assemble(line, " " * (width - line.cell_length)).stylize_before(ground)


def _rows(rows: list[list[Content]], gap: int) -> Content:
    between = Content(" " * gap)
    return Content("\n").join([between.join(row) for row in rows])
