"""Decks made, in and out, as the screens ask for them, and taking an import back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.deck.card import Deck
from quizapp.tui.background import begin

# What it takes is imported when somebody imports or exports: home shows without.
if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp
    from quizapp.tui.imported import Imported


class Exchanges:
    """Opens the screens, and knows what was imported in this run."""

    def __init__(self, app: QuizApp) -> None:
        self._app = app
        self.imported: list[Imported] = []
        """What was imported and not taken back, the last one last."""

    def new_deck(self) -> None:
        """Make a deck."""
        from quizapp.tui.new_deck import NewDeckScreen

        self._app.push_screen(NewDeckScreen())

    def import_deck(self) -> None:
        """Import a deck from a file."""
        from quizapp.tui.importing import ImportScreen

        self._app.push_screen(ImportScreen())

    def export(self, deck: Deck) -> None:
        """Write a deck as another program's file."""
        from quizapp.tui.exporting import ExportScreen

        self._app.push_screen(ExportScreen(deck))

    def can_undo(self) -> bool:
        """Whether there is anything to take back, be it an import or what was done in a session."""
        return bool(self.imported) or self._app.store.last_undoable() is not None

    def undo_last(self) -> str:
        """Take back an import, if nothing was done in a session since, else what was done last. What it was;
        "" if there is nothing. Raises ScoresError."""
        last = self.imported[-1] if self.imported else None
        if last is None or last.before != self._app.store.last_undoable():
            return self._app.sessions.undo_last()
        from quizapp.tui.imported import taken_back
        from quizapp.tui.paths import safe

        if last.session:
            # Each of its reviews is undone: those of a large one take seconds.
            said = f"Taking back the import of {safe(last.source)}."
            self._app.call_later(lambda: self._app.notify(said, markup=False))
        what = taken_back(self._app, last)
        self.imported.remove(last)
        # This runs beside the screens, which are to see at once that its decks are gone.
        self._app.call_later(lambda: begin(self._app, self._read_again, group="imported"))
        return what

    async def _read_again(self) -> None:
        await self._app.watching.read_now(lambda _: None, {})
