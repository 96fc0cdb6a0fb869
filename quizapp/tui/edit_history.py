"""The changes of deck files in this run: which one an undo is about, and which one a redo."""

from __future__ import annotations

from typing import NamedTuple

from quizapp.edits import Edit, Restored, What
from quizapp.tui.card_text import named

_UNDONE = {What.ADDED: "adding", What.CHANGED: "changing", What.REMOVED: "deleting"}


class Undone(NamedTuple):
    """A change that was undone. file: what that did to its file."""

    edit: Edit
    file: Restored


class EditHistory:
    """What was done and what was undone, the last at the end of each."""

    def __init__(self) -> None:
        self._done: list[Edit] = []
        self._refused: list[Edit] = []  # what could not be undone when it was asked for
        self._undone: list[Undone] = []

    @property
    def count(self) -> int:
        """How many changes there are to undo, but for those that were refused."""
        return len(self._done)

    @property
    def last(self) -> Edit | None:
        """What is to be undone next: the last that was not refused, and after all these, what was."""
        return next((edits[-1] for edits in (self._done, self._refused) if edits), None)

    @property
    def last_undone(self) -> Undone | None:
        """What is to be done again next."""
        return self._undone[-1] if self._undone else None

    def did(self, edit: Edit) -> None:
        """Something else was done: there is no way back to what was undone before it."""
        self._done.append(edit)
        self._undone.clear()

    def refused(self, edit: Edit) -> None:
        """The last can't be undone now. It is kept, and those before it have their turn first."""
        self._take(edit)
        self._refused.insert(0, edit)

    def undid(self, edit: Edit, file: Restored) -> None:
        """The last is undone."""
        self._take(edit)
        self._undone.append(Undone(edit, file))

    def redid(self, edit: Edit) -> None:
        """What was undone last is done again, as this."""
        self._undone.pop()
        self._done.append(edit)

    def forget_undone(self) -> None:
        """What was undone last can't be done again any more."""
        self._undone.pop()

    def _take(self, edit: Edit) -> None:
        for edits in (self._done, self._refused):
            edits[:] = [one for one in edits if one is not edit]


def named_edit(edit: Edit) -> str:
    """`deleting “hola”`."""
    return f"{_UNDONE[edit.what]} {named((edit.old or edit.new)[0])}"
