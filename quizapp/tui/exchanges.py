"""Decks made, in and out, as the screens ask for them, and taking an import back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from quizapp import words
from quizapp.deck.card import Deck
from quizapp.scores.errors import ScoresError
from quizapp.tui.background import begin
from quizapp.tui.notices import Kind

# What it takes is imported when somebody imports or exports: home shows without.
if TYPE_CHECKING:
    from quizapp.edits import Edit
    from quizapp.tui.app import QuizApp
    from quizapp.tui.imported import Imported


class Exchanges:
    """Opens the screens, and knows what was imported in this run."""

    def __init__(self, app: QuizApp) -> None:
        self._app = app
        self.imported: list[Imported] = []
        """What was imported and not taken back, the last one last."""
        self._refused: list[Imported] = []  # what could not be taken back as the last change of a deck file

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

    def came(self, found: Imported) -> None:
        """An import is done."""
        self.imported.append(found._replace(after=self._last_edit))

    @property
    def last_change(self) -> Imported | None:
        """The last import, if what it added to a deck is the last change of a deck file in the app."""
        last = self.imported[-1] if self.imported else None
        if last is None or last.into is None or last in self._refused or last.after is not self._last_edit:
            return None
        return last

    @property
    def _last_edit(self) -> Edit | None:
        # Without importing what changes decks, where nothing did.
        return self._app.editing.last if "editing" in self._app.__dict__ else None

    async def undo_change(self, found: Imported) -> None:
        """Take what an import added to a deck back, as a change of its file like any other. Where that can't
        be, what was before it has its turn; home's own undo tries again."""
        from quizapp.deck.exchange.draft import ExchangeError
        from quizapp.tui.paths import safe

        try:
            what = await asyncio.to_thread(self.take_back, found)
        except (ExchangeError, ScoresError) as error:
            if isinstance(error, ExchangeError):
                self._refused.append(found)
            self._app.notify(safe(str(error)), severity="error", markup=False)
        else:
            self._app.notify(words.undone(what), markup=False)

    def can_undo(self) -> bool:
        """Whether there is anything to take back, be it an import or what was done in a session."""
        return bool(self.imported) or self._app.store.last_undoable() is not None

    def undo_last(self) -> str:
        """Take back an import, if nothing was done in a session since, else what was done last. What it was;
        "" if there is nothing. Raises ScoresError."""
        last = self.imported[-1] if self.imported else None
        if last is None or last.before != self._app.store.last_undoable():
            return self._app.sessions.undo_last()
        from quizapp.deck.exchange.draft import ExchangeError
        from quizapp.tui.paths import safe

        try:
            return self.take_back(last)
        except ExchangeError as error:
            trouble = safe(str(error))
            self._app.call_later(lambda: self._app.notify(trouble, severity="warning", markup=False))
            return ""

    def take_back(self, found: Imported) -> str:
        """Take an import back; what that was. For a thread of its own. Raises ExchangeError, ScoresError."""
        from quizapp.tui.imported import taken_back
        from quizapp.tui.paths import safe

        if found.session:
            # Each of its reviews is undone: those of a large one take seconds.
            said = f"Undoing the import of {safe(found.source)}."
            self._app.call_later(lambda: self._app.notify(said, markup=False, kind=Kind.DOING))
        what = taken_back(self._app, found)
        self.imported.remove(found)
        # This runs beside the screens, which are to see at once that its decks are gone.
        self._app.call_later(lambda: begin(self._app, self._read_again, group="imported"))
        return what

    async def _read_again(self) -> None:
        await self._app.watching.read_now(lambda _: None, {})
