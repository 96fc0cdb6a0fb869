"""After an import: home with the new deck, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizapp import words
from quizapp.exchanging.arriving import Arriving
from quizapp.exchanging.history import take_import_back
from quizapp.record import Undoable
from quizapp.tui.background import begin
from quizapp.tui.home import HomeScreen
from quizapp.tui.paths import safe
from quizapp.tui.widgets.key_footer import key_of

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp


class Imported(NamedTuple):
    """What was imported last. source: the file's name. session: of its reviews, "" without any. before: what
    could be taken back when it was done."""

    source: str
    decks: tuple[Arriving, ...]
    session: str
    before: Undoable | None

    @property
    def title(self) -> str:
        """The deck's title, or how many decks there are."""
        return self.decks[0].deck.title if len(self.decks) == 1 else words.count(len(self.decks), "deck")


def show(app: QuizApp, found: Imported, *, studies: bool) -> None:
    """Go home, where the new deck is selected; or study what has come."""

    async def arrive() -> None:
        await app.watching.read_now(lambda _: None, {})
        while len(app.screen_stack) > 1:
            app.pop_screen()
        app.exchanges.imported.append(found)
        home = app.screen
        if not isinstance(home, HomeScreen):
            return
        # It hears of the new deck only when it is told that it is the screen again.
        home.refresh_figures()
        home.select(found.decks[0].id)
        there = [app.library.decks[one.id] for one in found.decks if one.id in app.library.decks]
        if studies and there:
            app.sessions.study(there, found.title)
            return
        cards = sum(len(one.deck.cards) for one in found.decks)
        what = f"{safe(found.title)}: {words.count(cards, 'card')}."

        def tell() -> None:
            key = key_of(home, "home.undo")
            home.notify(f"{what} {key} undoes it." if key else what, timeout=10, markup=False)

        # Home knows by then that there is something to take back.
        home.call_after_refresh(tell)

    begin(app, arrive, group="imported")


def taken_back(app: QuizApp, found: Imported) -> str:
    """Take an import back; what that was. Raises ScoresError."""
    files = {one.path: one.digest for one in found.decks}
    kept = take_import_back(app.store, app.clock, found.session, files, app.places.decks)
    what = f"the import of {safe(found.source)}"
    if kept:
        those = words.count(len(kept), "deck was", "decks were")
        return f"{what}; {those} changed since and stayed"
    return what
