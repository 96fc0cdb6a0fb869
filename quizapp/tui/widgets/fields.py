"""The fields of a form: a line, a text of several lines, and one of several values to pick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Offset, Size
from textual.message import Message
from textual.strip import Strip
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, TextArea

from quizapp.deck.card import Deck
from quizapp.deck.entry import TRUTH
from quizapp.deck.form import NO, YES, Field, Shape
from quizapp.deck.text import visible
from quizapp.tui.layout import cut
from quizapp.tui.widgets.signs import sign, sign_style

_GAP = 1
_CURSOR = 1
"""Cells that a text area keeps for its cursor at the end of a line."""


class Changed(Message):
    """Another text stands in a field."""


class Line(Input):
    """A field of one line. Several lines that are pasted become one."""

    def __init__(self, value: str, known: Sequence[str] = ()) -> None:
        """known: what is suggested while it is typed."""
        suggester = SuggestFromList(known, case_sensitive=False) if known else None
        super().__init__(value, compact=True, select_on_focus=False, suggester=suggester)
        self.cursor_blink = False

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor stands, and with it what an input method composes.

        Textual's own is a cell too far at the end of the text.
        """
        x, y, _, _ = self.content_region
        return Offset(x + cell_len(self.value[: self.cursor_position]) - self.scroll_offset.x, y)

    def validate_value(self, value: str) -> str:
        """Control characters, as a paste may hold them, become visible signs."""
        return visible(value)

    def on_paste(self, event: events.Paste) -> None:
        """All of it counts, not only its first line."""
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(" ".join(event.text.split()))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Say so as every field does."""
        message.stop()
        self.post_message(Changed())


class Lines(TextArea):
    """A field of several lines; ↑ in its first and ↓ in its last belong to the form."""

    def __init__(self, text: str) -> None:
        super().__init__(text, compact=True, highlight_cursor_line=False)
        self.cursor_blink = False
        # As in a field of one line, so that one may go on writing at once.
        self.move_cursor(self.document.end)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A row a line as it will be wrapped; the stylesheet has the most.

        Textual wraps it only once it has its width: it would open too low, and jump.
        """
        return max(1, WrappedDocument(self.document, max(1, width - _CURSOR), self.indent_width).height)

    def render_line(self, y: int) -> Strip:
        """The line, with a sign in the cell that is kept at its end where lines are out of sight."""
        strip = super().render_line(y)
        top, height = round(self.scroll_y), self.size.height
        above = y == 0 and top > 0
        below = y == height - 1 and top + height < self.wrapped_document.height
        cursor = self.wrapped_document.location_to_offset(self.cursor_location).y - top
        if not (above or below) or (y == cursor and self.has_focus):
            return strip
        room = self.size.width - _CURSOR
        style = Style(color=self.app.theme_variables["text-muted"]) + Style(bgcolor=_ground(strip))
        return Strip([*strip.crop(0, room), Segment("↑" if above else "↓", style)])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the arrows at both ends to the form, and the keys that mean something else there."""
        match action:
            case "cursor_up" if not parameters or not parameters[0]:
                return not self.navigator.is_first_wrapped_line(self.cursor_location)
            case "cursor_down" if not parameters or not parameters[0]:
                return not self.navigator.is_last_wrapped_line(self.cursor_location)
            case "select_line" | "select_all":
                return False
        return super().check_action(action, parameters)

    def on_paste(self, event: events.Paste) -> None:
        """Control characters become visible signs."""
        event.prevent_default()
        event.stop()
        text = visible(event.text.replace("\r\n", "\n").replace("\r", "\n"))
        self.replace(text, *self.selection)

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Say so as every field does."""
        message.stop()
        self.refresh(layout=True)
        self.post_message(Changed())


def _ground(strip: Strip) -> Color | None:
    """The ground that a line ends on."""
    return next((part.style.bgcolor for part in reversed(list(strip)) if part.style is not None), None)


class Option(NamedTuple):
    """A value to pick. keys: the letters and digits that pick it. place: of a choice of the deck, for its
    sign."""

    value: str
    label: str
    keys: tuple[str, ...] = ()
    place: int | None = None

    def content(self, *, picked: bool, room: int) -> Content:
        """How it is shown; the one that is picked is bold, with a sign before it."""
        mark = Content.assemble(("▸ " if picked else "  ", "$text-accent"))
        own = (sign(self.place), sign_style(self.place)) if self.place is not None else ("", "")
        style = "bold $foreground" if picked else "$text-muted"
        return Content.assemble(mark, own, " " if own[0] else "", (cut(self.label, room), style))


class Pick(Widget, can_focus=True):
    """One of several values: ← and → go through them, a letter or a click picks."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Less", show=False, id="form.less", tooltip="The value before"),
        Binding("right,space", "step(1)", "More", show=False, id="form.more", tooltip="The next value"),
    ]

    def __init__(self, options: Sequence[Option], value: str) -> None:
        super().__init__()
        self._options = tuple(options)
        self.value = value

    def render(self) -> Content:
        """All of them in a row, or the one that is picked where that is too wide."""
        return Content("").join([content for _, content in self._placed()])

    def _placed(self) -> list[tuple[int, Content]]:
        """What is shown, each with its place among the options."""
        width = self.size.width
        shown = [
            option.content(picked=option.value == self.value, room=width - 2) for option in self._options
        ]
        if sum(one.cell_length for one in shown) + _GAP * (len(shown) - 1) <= width:
            gaps = ["", *[" " * _GAP] * (len(shown) - 1)]
            return [
                (place, Content.assemble(gap, one))
                for place, (gap, one) in enumerate(zip(gaps, shown, strict=True))
            ]
        place = next((n for n, one in enumerate(self._options) if one.value == self.value), None)
        number = 0 if place is None else place + 1
        count = Content.assemble((f"{number} of {len(shown)}  ←→", "$text-muted"))
        if place is None:
            return [(0, Content.assemble("  ", count))]
        option = self._options[place]
        around = 6 if option.place is not None else 4  # the mark, the sign and the gap
        picked = option.content(picked=True, room=max(1, width - count.cell_length - around))
        return [(place, Content.assemble(picked, "  ", count))]

    def pick(self, place: int) -> None:
        """Pick the option at a place."""
        value = self._options[place % len(self._options)].value
        if value != self.value:
            self.value = value
            self.refresh()
            self.post_message(Changed())

    def show(self, value: str) -> None:
        """Show this one as picked."""
        self.value = value
        self.refresh()

    def action_step(self, steps: int) -> None:
        """Pick the next one, or the one before."""
        values = [option.value for option in self._options]
        if self.value in values:
            self.pick(values.index(self.value) + steps)
        else:
            self.pick(0 if steps > 0 else -1)

    def on_key(self, event: events.Key) -> None:
        """Pick by a letter or a digit."""
        character = (event.character or "").casefold()
        for place, option in enumerate(self._options):
            if character and character in option.keys:
                event.stop()
                event.prevent_default()
                self.pick(place)
                return

    def on_click(self, event: events.Click) -> None:
        """Pick what is under the pointer."""
        at = 0
        for place, content in self._placed():
            at += content.cell_length
            if event.x < at:
                self.pick(place)
                return


Control = Line | Lines | Pick


class FieldRow(Horizontal):
    """A label and what is filled in beside it; ▌ along the one that is being filled in."""

    def __init__(self, field: Field, control: Control, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.field = field
        self.control = control
        self.set_class(field.shape in (Shape.TEXT, Shape.ITEMS), "-lines")

    def compose(self) -> ComposeResult:
        """Both."""
        yield Label(self.field.label)
        yield self.control

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.control.text if isinstance(self.control, Lines) else self.control.value


class Label(Widget):
    """The name of a field."""

    ALLOW_SELECT = False

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self) -> Content:
        """The name."""
        return Content(cut(self._text, self.size.width))


def control_of(field: Field, text: str, deck: Deck) -> Control:
    """What a field is filled in with. text: what stands in it."""
    match field.shape:
        case Shape.TEXT | Shape.ITEMS:
            return Lines(text)
        case Shape.CHOICE:
            options = [
                Option(choice, visible(choice), (letter, str(place + 1)), place)
                for place, (choice, letter) in enumerate(zip(deck.choices, deck.keys, strict=True))
            ]
            truth = [
                Option(word, word, (word[0].casefold(),) if not options else ())
                for word in TRUTH
                if word not in deck.choices and (not options or text in TRUTH)
            ]
            return Pick([*options, *truth], text)
        case Shape.YES:
            return Pick([Option(NO, "No", ("n",)), Option(YES, "Yes", ("y",))], text)
    known = sorted({card.aspect for card in deck.cards if card.aspect}) if field.name == "aspect" else ()
    return Line(text, known)
