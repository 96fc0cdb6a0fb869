"""What the keys of a screen do, from its bindings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from quizapp.tui.fit import fit
from quizapp.tui.layout import balanced
from quizapp.tui.widgets.key_footer import key_name, key_of
from quizapp.tui.widgets.scroll import SCROLL

_KEY = 10


class HelpScreen(ModalScreen[None]):
    """A modal over the screen that it explains."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,enter", "close", "Close", id="help.close", tooltip="Close the help"),
        *SCROLL,
    ]

    def __init__(self, title: str, rules: str, answers: Sequence[tuple[str, str]] = ()) -> None:
        """rules: one or two sentences. answers: keys that answer a question, with what they mean."""
        super().__init__()
        self._title = title
        self._rules = rules
        self._answers = answers

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

    def _text(self, screen: Screen[object]) -> Content:
        groups: list[tuple[str, list[tuple[str, str]]]] = []
        if self._answers:
            groups.append(("Answer", list(self._answers)))
        here: dict[str, tuple[list[str], str]] = {}
        everywhere: dict[str, tuple[list[str], str]] = {}
        for active in sorted(screen.active_bindings.values(), key=lambda active: not active.binding.show):
            binding = active.binding
            if not active.enabled or not (binding.tooltip or binding.show):
                continue
            group = everywhere if active.node is screen.app else here
            keys, _ = group.setdefault(
                binding.id or binding.action, ([], binding.tooltip or binding.description)
            )
            # A footer's `1–4` stands for four bindings, which have a line each here.
            display = None if "–" in (binding.key_display or "") else binding.key_display
            keys.append(display or key_name(binding.key))
        groups += [
            (name, [("  ".join(dict.fromkeys(keys)), text) for keys, text in group.values()])
            for name, group in (("Here", here), ("Everywhere", everywhere))
            if group
        ]
        room = min(62, self.app.size.width) - (4 if self.app.size.width < 60 else 6)
        lines = [Content.assemble((line, "$foreground")) for line in balanced(self._rules, room, room)]
        for name, rows in groups:
            lines += [Content(""), Content.assemble((name, "bold $text-primary"))]
            for names, text in rows:
                for place, line in enumerate(balanced(text, room - _KEY - 2, room) or [""]):
                    head = "" if place else names
                    lines.append(
                        Content.assemble((head.ljust(_KEY), "bold $foreground"), "  ", (line, "$foreground"))
                    )
        return Content("\n").join(lines)
