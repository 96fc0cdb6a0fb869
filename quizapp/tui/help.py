"""What the keys of a screen do, from its bindings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from quizapp.tui.fit import fit
from quizapp.tui.layout import balanced
from quizapp.tui.widgets.key_footer import key_name, key_of, several
from quizapp.tui.widgets.scroll import SCROLL

_KEY = 10
MOVES = ("list.", "scroll.", "card.")
"""Bindings whose ids begin so only move a list or a text."""


class _Row(NamedTuple):
    """A key or several, and what they do. action: "" if a click does not do it too."""

    keys: list[str]
    does: str
    action: str = ""
    node: DOMNode | None = None


class HelpScreen(ModalScreen[None]):
    """A modal over the screen that it explains."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,enter", "close", "Close", id="help.close", tooltip="Close the help"),
        *SCROLL,
    ]

    def __init__(
        self,
        title: str,
        rules: str,
        answers: Sequence[tuple[str, str]] = (),
        signs: Sequence[tuple[str, str]] = (),
        filters: Sequence[tuple[str, str]] = (),
    ) -> None:
        """rules: a few sentences. answers: keys that answer a question, with what they mean. signs: what
        stands on the screen, with what it means. filters: what may be typed to filter a list."""
        super().__init__()
        self._title = title
        self._rules = rules
        self._answers = answers
        self._signs = signs
        self._filters = filters
        self._groups: list[tuple[str, list[_Row]]] | None = None
        self._rows: dict[int, _Row] = {}  # by line

    def explain(self, screen: Screen[Any]) -> None:
        """Take a screen's keys as they are now: a quiz pauses behind its help, and has others then."""
        self._groups = self._found(screen)

    def compose(self) -> ComposeResult:
        """The text, which scrolls where it is too long."""
        fit(self)
        with VerticalScroll(id="help") as box:
            box.border_title = Content(f"Help: {self._title}").markup
            yield Static(self._text(self.app.screen_stack[-2]), markup=False)

    def on_mount(self) -> None:
        """Say whether there is more below, now and whenever that changes."""
        self.watch(self.query_one("#help"), "scroll_y", self._say_more, init=False)
        self.call_after_refresh(self._say_more)

    def on_resize(self) -> None:
        """There may be more below, or less."""
        self.call_after_refresh(self._say_more)

    def _say_more(self) -> None:
        if not self.query("#help"):
            # Taken away before it was there, by a quiz that has just ended below it.
            return
        box = self.query_one("#help")
        below = box.scroll_offset.y < box.max_scroll_y
        close = f"{key_of(self, 'help.close')} closes"
        box.border_subtitle = f"↓ more   {close}" if below else close

    def action_close(self) -> None:
        """Go back to the screen."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one("#help").scroll_relative(y=lines, animate=False)

    def on_click(self, event: events.Click) -> None:
        """A click on a row does what its key does."""
        widget, region = self.get_widget_at(event.screen_x, event.screen_y)
        row = self._rows.get(event.screen_y - region.y) if isinstance(widget, Static) else None
        if row is not None:
            event.stop()
            self.dismiss()
            self.app.call_later(self.app.run_action, row.action, row.node)

    def _found(self, screen: Screen[Any]) -> list[tuple[str, list[_Row]]]:
        """The bindings in groups: those of the screen, and those that are everywhere."""
        here: dict[str, _Row] = {}
        everywhere: dict[str, _Row] = {}
        for active in sorted(screen.active_bindings.values(), key=lambda active: _rank(active.binding)):
            binding = active.binding
            if not active.enabled or not (binding.tooltip or binding.show):
                continue
            group = everywhere if active.node is screen.app else here
            row = group.setdefault(
                binding.id or binding.action,
                _Row([], binding.tooltip or binding.description, binding.action, active.node),
            )
            # A footer's `1–4` stands for four bindings, which have a line each here.
            display = None if several(binding.key_display) else binding.key_display
            row.keys.append(display or key_name(binding.key))
        groups = [("Here", here), ("Everywhere", everywhere)]
        return [(name, list(group.values())) for name, group in groups if group]

    def _text(self, screen: Screen[object]) -> Content:
        groups = list(self._groups or self._found(screen))
        if self._answers:
            groups.insert(0, ("Answer", [_Row([keys], text) for keys, text in self._answers]))
        if self._filters:
            groups.insert(0, ("Filter", [_Row([typed], text) for typed, text in self._filters]))
        if self._signs:
            groups.insert(-1, ("Signs", [_Row([sign], text) for sign, text in self._signs]))
        room = min(62, self.app.size.width) - (4 if self.app.size.width < 60 else 6)
        lines = [Content.assemble((line, "$foreground")) for line in balanced(self._rules, room, room)]
        self._rows = {}
        for name, rows in groups:
            lines += [Content(""), Content.assemble((name, "bold $text-primary"))]
            for row in rows:
                names = "  ".join(dict.fromkeys(row.keys))
                for place, line in enumerate(balanced(row.does, room - _KEY - 2, room) or [""]):
                    if row.action:
                        self._rows[len(lines)] = row
                    head = "" if place else names
                    lines.append(
                        Content.assemble((head.ljust(_KEY), "bold $foreground"), "  ", (line, "$foreground"))
                    )
        return Content("\n").join(lines)


def _rank(binding: Binding) -> int:
    """What the screen is for comes first; then help and the way out, then what only moves things."""
    id_ = binding.id or ""
    if id_.startswith(MOVES):
        return 2
    return int(id_ == "help" or binding.key == "escape")
