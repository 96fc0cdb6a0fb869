"""After an import: home with the new deck, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizapp import words
from quizapp.exchanging.history import Into, take_import_back
from quizapp.exchanging.joining import take_out
from quizapp.record import Undoable
from quizapp.tui.background import begin
from quizapp.tui.home import HomeScreen
from quizapp.tui.paths import safe
from quizapp.tui.widgets.key_footer import key_of

if TYPE_CHECKING:
    from quizapp.edits import Edit
    from quizapp.tui.app import QuizApp


class Imported(NamedTuple):
    """What was imported last. source: the file's name. title: of its deck, or how many decks there are.
    decks: their ids. cards: how many came. session: of its reviews and of what it added to a deck, "" without
    any. before: what could be taken back when it was done. files: those it wrote, by what they are known by.
    into: what it added to a deck that was there. after: the change of a deck file in the app that was the
    last one then."""

    source: str
    title: str
    decks: tuple[str, ...]
    cards: int
    session: str
    before: Undoable | None
    files: Mapping[Path, str] = {}
    into: Into | None = None
    after: Edit | None = None


def show(app: QuizApp, found: Imported, *, studies: bool) -> None:
    """Go home, where the new deck is selected; or study what has come."""

    async def arrive() -> None:
        await app.watching.read_now(lambda _: None, {})
        while len(app.screen_stack) > 1:
            app.pop_screen()
        app.exchanges.came(found)
        home = app.screen
        if not isinstance(home, HomeScreen):
            return
        # It hears of the new deck only when it is told that it is the screen again.
        home.refresh_figures()
        home.select(found.decks[0])
        there = [app.library.decks[id_] for id_ in found.decks if id_ in app.library.decks]
        if studies and there:
            app.sessions.study(there, found.title)
            return
        cards = words.count(found.cards, "card" if found.into is None else "new card")
        what = f"{safe(found.title)}: {cards}."

        def tell() -> None:
            key = key_of(home, "home.undo")
            home.notify(f"{what} {key} undoes it." if key else what, timeout=10, markup=False)

        # Home knows by then that there is something to take back.
        home.call_after_refresh(tell)

    begin(app, arrive, group="imported")


def taken_back(app: QuizApp, found: Imported) -> str:
    """Take an import back; what that was. Raises ExchangeError and ScoresError."""
    what = f"the import of {safe(found.source)}"
    taken = take_out(found.into) if found.into is not None else None
    kept = take_import_back(app.store, app.clock, found.session, found.files, app.places.decks)
    if taken is not None and taken.kept:
        return f"{what}; {words.count(taken.kept, 'card was', 'cards were')} changed since and stayed"
    if kept:
        those = words.count(len(kept), "deck was", "decks were")
        return f"{what}; {those} changed since and stayed"
    return what
