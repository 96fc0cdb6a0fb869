"""A line that marks what stands in a form as a draft, with the key that discards it."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from quizapp.tui.layout import cut


class DraftLine(Widget):
    """`Draft of 5 minutes ago.  F3 discards it`; not there where there is none."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(id="form-draft")
        self._said = self._key = self._does = ""

    def say(self, said: str, key: str, does: str) -> None:
        """Say what it is, and what a key does with it."""
        self._said, self._key, self._does = said, key, does
        self.refresh()

    def render(self) -> Content:
        """The line; with less of the key, or nothing, where there is no room."""
        room = self.size.width
        said = Content.assemble((cut(self._said, room), "$foreground"))
        for does in (self._does, self._does.removesuffix(" it")):
            offer = Content.assemble("  ", (self._key, "bold $text-accent"), " ", (does, "$text-muted"))
            if self._key and said.cell_length + offer.cell_length <= room:
                return Content.assemble(said, offer)
        return said
