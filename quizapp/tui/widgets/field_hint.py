"""What the field is for that is being filled in."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from quizapp.tui.layout import cut

_GAP = 2


class FieldHint(Widget):
    """What it is for, in a line; and for a text of several lines, where there is room in a second one, which
    key leaves it."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(id="form-hint")
        self._about = self._more = self._key = ""

    def say(self, about: str, more: str, key: str) -> None:
        """Say this. more: left out where there is no room. key: what leaves a text of several lines."""
        self._about, self._more, self._key = about, more, key
        self.refresh()

    def render(self) -> Content:
        """The lines."""
        room, leaves = self.size.width, self._leaves()
        if self.size.height > 1:
            return Content("\n").join([self._line(room), leaves[0] if leaves else Content("")])
        about = self._line(room)
        for one in leaves:
            # Which key leaves a field matters more than the rest of what is said of it.
            about = self._line(room - one.cell_length - _GAP)
            if len(about.plain) >= len(self._about):
                return Content.assemble(about, " " * (room - about.cell_length - one.cell_length), one)
        return about

    def _line(self, room: int) -> Content:
        whole = f"{self._about}. {self._more}." if self._more else self._about
        text = whole if len(whole) <= room else self._about
        return Content.assemble((cut(text, max(1, room)), "$text-muted"))

    def _leaves(self) -> list[Content]:
        """Which key leaves the field, in ever fewer words."""
        key = (self._key, "bold $text-accent")
        said = (
            (
                ("Enter makes a new line, ", "$text-muted"),
                key,
                " ",
                ("goes to the next field", "$text-muted"),
            ),
            (key, " ", ("next field", "$text-muted")),
            (key, " ", ("next", "$text-muted")),
        )
        return [Content.assemble(*parts) for parts in said] if self._key else []
