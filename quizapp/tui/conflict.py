"""A deck file that was saved by another program while a card of it was edited here: the person chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from quizapp.deck.changing import EntryGone, find_entry
from quizapp.deck.edit import EditError
from quizapp.deck.text import visible
from quizapp.deck.write import entry_text
from quizapp.edits import DeckFile
from quizapp.tui.fit import fit
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter, key_of
from quizapp.tui.widgets.scroll import SCROLL, More, Scroll


class ConflictScreen(Screen[bool | None]):
    """The entry as it is on disk and as it was typed. True: put it into the file as it is now. False: leave
    the file. None: back to the form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "p", "put", "Put mine in", id="conflict.put", tooltip="Put this card into the file as it is now"
        ),
        # Short, so that the footer of a narrow screen has all three.
        Binding("l", "keep", "Leave file", id="conflict.keep", tooltip="Leave it as it is; yours is a draft"),
        Binding("escape", "back", "Back", id="conflict.back", tooltip="Back to the form; nothing is written"),
        *SCROLL,
    ]

    def __init__(self, file: DeckFile, key: str, before: Mapping[str, Any], typed: Mapping[str, Any]) -> None:
        super().__init__()
        self._file = file
        self._typed = typed
        self._now, self._trouble, self.is_gone = _entry_now(file, key)
        self._same = self._now == dict(before)

    def compose(self) -> ComposeResult:
        """What happened, both entries, and what can be done."""
        fit(self)
        with Column():
            yield Header("File changed", note="nothing was written")
            yield Rule(classes="line")
            more = More()
            with Scroll(more, id="conflict"):
                yield Static(Content("\n").join(self._lines()), markup=False)
            yield more
            yield KeyFooter()

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one(Scroll).move(lines)

    @property
    def can_put(self) -> bool:
        """Whether the file can take it: in the place of the entry, or as a new card where that is gone."""
        return self._now is not None or self.is_gone

    def _lines(self) -> Sequence[Content]:
        said = [f"{self._file.shown} was saved by another program while you typed."]
        if self._now is None:
            said.append(self._trouble if self.is_gone else f"{self._trouble} What you typed is a draft.")
        elif self._same:
            said.append("This card is the same there; something else was changed.")
        lines = [*(Content.assemble((line, "$foreground")) for line in said), Content("")]
        where = "at the end of the file, as a new card" if self.is_gone else "into the file as it is now"
        put = [("put", f"puts this card {where}; all else that was changed there stays.")]
        leave = [("keep", "leaves the file as it is; what you typed stays a draft.")]
        for name, does in (*(put if self.can_put else ()), *leave):
            key = key_of(self, f"conflict.{name}")
            lines.append(Content.assemble((key, "bold $text-accent"), "  ", does))
        if self._now is not None and not self._same:
            lines += _shown("In the file now", self._now)
        return [*lines, *_shown("As you typed it", self._typed)]

    def action_put(self) -> None:
        """Put it into the file as it is now."""
        self.dismiss(True)

    def action_keep(self) -> None:
        """Leave the file as it is."""
        self.dismiss(False)

    def action_back(self) -> None:
        """Back to the form."""
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Into a file that can't be read nothing is put."""
        return self.can_put if action == "put" else True


def _entry_now(file: DeckFile, key: str) -> tuple[dict[str, Any] | None, str, bool]:
    """What the entry says on disk; None, and why, where it can't be found. Whether it alone is gone."""
    try:
        return find_entry(file.data(), key, path=file.write, deck_id=file.deck.id).table, "", False
    except EditError as error:
        return None, str(error), isinstance(error, EntryGone)


def _shown(head: str, table: Mapping[str, Any]) -> list[Content]:
    """An entry as its keys and values stand in a file, below a heading."""
    plain = {
        key: value if isinstance(value, str | bool | int | list) else str(value)
        for key, value in table.items()
    }
    text = visible(entry_text(plain)).rstrip("\n")
    lines = [Content.assemble((line, "$text-muted")) for line in text.splitlines()[1:]]
    return [Content(""), Content.assemble((head, "bold $foreground")), *lines]
