"""The fields of an entry, one below the other: those of its kind, and before them the kind itself."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from quizapp.deck.card import Deck, Kind
from quizapp.deck.form import Draft, Field, Shape, fields_of
from quizapp.tui.widgets.field_hint import FieldHint
from quizapp.tui.widgets.fields import FieldRow, Lines, Option, Pick, control_of
from quizapp.tui.widgets.key_footer import key_of
from quizapp.tui.widgets.scroll import Edge

_KIND = Field("kind", "Kind", "", Shape.CHOICE, "")
_ABOUT = {
    Kind.STATEMENT: "One of the deck's choices fits",
    Kind.FLIP: "Two sides; you say how it went",
    Kind.CHOICE: "One right answer among wrong ones",
    Kind.TYPED: "The answer is typed",
    Kind.CLOZE: "A sentence with blanks to fill",
}
"""What the kinds are, in a few words."""
_KINDS = {kind: kind.value.capitalize() for kind in Kind}


class FieldList(VerticalScroll, can_focus=False):
    """Scrolls, with signs at its right edge where there are more fields above or below."""

    def __init__(self, kind: Kind, *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._kind = kind
        self._edge = Edge()
        self.hint = FieldHint()
        """What the field is for that is being filled in; it stands elsewhere."""

    def compose(self) -> ComposeResult:
        """The kind; what else there is comes with `lay_out`."""
        yield self._edge
        kinds = [Option(kind.value, name) for kind, name in _KINDS.items()]
        yield FieldRow(_KIND, Pick(kinds, self._kind), id="form-kind")

    @property
    def rows(self) -> list[FieldRow]:
        """All of them, the kind first."""
        return list(self.query(FieldRow))

    def row_of(self, widget: Widget | None) -> FieldRow | None:
        """The row whose control this is."""
        return next((row for row in self.rows if row.control is widget), None)

    def focus_on(self, name: str) -> None:
        """Go on in the field with this name, if there is one."""
        row = next((row for row in self.rows if row.field.name == name), None)
        if row is not None:
            row.control.focus()

    def read(self, before: Draft) -> Draft:
        """What stands in the fields. before: until now; texts of other kinds are kept."""
        rows = self.rows
        kind = next((Kind(row.text) for row in rows if row.field is _KIND), before.kind)
        texts = {row.field.name: row.text for row in rows if row.field is not _KIND}
        return Draft(kind, {**before.texts, **texts})

    async def lay_out(self, draft: Draft, deck: Deck) -> None:
        """Put the fields of a draft's kind there, with what it says."""
        rows = [
            FieldRow(field, control_of(field, draft.text(field), deck)) for field in fields_of(draft.kind)
        ]
        for pick in self.query_one("#form-kind").query(Pick):
            pick.show(draft.kind)
        async with self.batch():
            await self.query(FieldRow).exclude("#form-kind").remove()
            await self.mount_all(rows)
        self._explain()

    # ---- what a field is for

    def on_descendant_focus(self) -> None:
        """Say what the field is for."""
        self._explain()

    def _explain(self) -> None:
        row = self.row_of(self.screen.focused)
        if row is None:
            return
        leaves = key_of(self.screen, "form.next") if isinstance(row.control, Lines) else ""
        if row.field is _KIND:
            self.hint.say(_ABOUT[Kind(row.text)], "←→ picks another kind", "")
        else:
            self.hint.say(row.field.about, row.field.more, leaves)

    # ---- what is out of sight

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Look again whether there is more."""
        super().watch_scroll_y(old_value, new_value)
        self._look()

    def watch_virtual_size(self) -> None:
        """Look again whether there is more."""
        self._look()

    def on_resize(self) -> None:
        """Look again whether there is more."""
        self._look()

    def _look(self) -> None:
        def look() -> None:
            self._edge.show(above=self.scroll_offset.y > 0, below=self.scroll_offset.y < self.max_scroll_y)

        self.call_after_refresh(look)
