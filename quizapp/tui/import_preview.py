"""Importing a deck, the second step: what would come, and what is to be changed of it before it does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType

from quizapp import words
from quizapp.deck.card import Deck
from quizapp.deck.exchange.anki import Progress
from quizapp.deck.exchange.draft import Cancelled, ExchangeError
from quizapp.deck.library import UnknownDeck
from quizapp.edits import deck_file
from quizapp.exchanging.arriving import Arriving, to_be_written
from quizapp.exchanging.coming import (
    Coming,
    as_format,
    as_into,
    as_one,
    new_ids,
    ready,
    stepped_format,
    with_ids,
)
from quizapp.exchanging.history import bring, take_import_back
from quizapp.exchanging.incoming import Package
from quizapp.exchanging.joining import Joining, Target, bring_into, deck_meant, into_of, take_out
from quizapp.tui.exchange_screen import LongExchange, Trouble, changes
from quizapp.tui.import_rows import FORMAT, HISTORY, INTO, NAME, TOGETHER, Row, rows_of, table_stepped
from quizapp.tui.imported import Imported, show
from quizapp.tui.paths import safe
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter, key_of
from quizapp.tui.widgets.line import Line
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.widgets.setting_list import SettingList
from quizapp.tui.widgets.words import Words


class PreviewScreen(LongExchange):
    """Its name, how it is read, its first cards, and all that can't be taken over; Enter writes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "write(False)", "Import", id="import.write", tooltip="Write the deck"),
        Binding("s", "write(True)", "And study", id="import.study", tooltip="Write the deck, and study it"),
        Binding("space", "change", "Change", id="import.change", tooltip="Change the selected row"),
        Binding("left", "step(-1)", "Less", show=False, id="import.less", tooltip="The value before"),
        Binding("right", "step(1)", "More", show=False, id="import.more", tooltip="The value after"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape", "back", "Back", id="import.back", tooltip="Back; nothing is written"),
    ]

    def __init__(self, coming: Coming) -> None:
        super().__init__("Import", safe(coming.file.name))
        self._coming = coming
        self._called = coming.name
        self._into: Deck | None = None  # the deck that is there and that it goes into
        self._history = True
        self._rows: list[Row] = []
        self._ids: dict[str, str] = {}
        self._refused = ""  # why the name won't do
        self._doing = ""
        self._writes = False  # whether it is being written
        self._steps: list[tuple[Row, int]] = []  # what was changed while the file was being read again

    def on_mount(self) -> None:
        """Show what would come."""
        self._show()
        self.query_one(SettingList).focus()

    def on_unmount(self) -> None:
        """What is still being written is called off, and leaves nothing."""
        self._work.call_off()

    def decks_changed(self) -> None:
        """A name may be taken now, or free; the deck that it goes into may have changed, or be gone."""
        if self._work.busy:
            return
        if self._into is not None:
            self._go_into(self.quizapp.library.decks.get(self._into.id))
        else:
            self._show()

    # ---- what is shown

    @property
    def _folder(self) -> Path:
        return self.quizapp.places.decks

    def _show(self) -> None:
        coming = self._coming
        self._refused = ""
        if coming.target is None:
            try:
                self._ids = new_ids(coming, self._called, self.quizapp.library, self._folder)
            except ExchangeError as error:
                self._refused = str(error)
        meant = self._row
        self._rows = rows_of(coming, self._called, self._ids, self._into, history=self._history)
        names = self.query_one(SettingList)
        names.show([row.entry for row in self._rows])
        if meant is not None and meant.key == INTO:
            # Rows above it may have come or gone.
            names.selected = next(place for place, row in enumerate(self._rows) if row.key == INTO)
        lost = len(coming.losses)
        new = "card" if coming.target is None else "new card"
        note = words.count(coming.cards, new) if coming.decks else "not clear yet"
        self.query_one(Header).note = f"{note}, {lost:,} not taken over" if lost else note
        self.query_one(Trouble).say(self._refused or coming.unclear)
        self.explain()

    @property
    def _row(self) -> Row | None:
        place = self.query_one(SettingList).selected
        return self._rows[place] if place < len(self._rows) else None

    def explain(self) -> None:
        """Say what is not clear yet, what there is to say of the selected row, or what won't do of a name."""
        if self._work.busy:
            return
        row = self._row
        if row is None:
            return
        trouble = self._refusal(self.query_one(Line).value) if self.typing else ""
        head = row.head or row.entry.name
        about = row.about
        if self.typing and row.key == INTO:
            about = "The title of a deck, or how it begins; nothing for a new deck."
        elif row.changes and not self.typing:
            about = f"{about}{changes(key_of(self, 'import.change'))}"
        self.query_one(Words).say(head, safe(about), safe(trouble))
        self.refresh_bindings()

    def _refusal(self, name: str) -> str:
        if self._row is not None and self._row.key == INTO:
            return self._unknown(name)
        try:
            new_ids(self._coming, name, self.quizapp.library, self._folder)
        except ExchangeError as error:
            return str(error)
        return ""

    def _unknown(self, name: str) -> str:
        try:
            if name.strip():
                deck_meant(self.quizapp.library, name.strip())
        except UnknownDeck as error:
            # Which decks there are, ← and → show.
            text = str(error).partition(" (the decks are ")[0]
            return words.sentence(f"{text[:1].upper()}{text[1:]}")
        return ""

    # ---- changing

    def action_change(self) -> None:
        """Type a name, or that of a deck; give any other row its next value."""
        row = self._row
        if row is None or not row.changes:
            return
        if row.key == NAME and not self._work.busy:
            self.ask(self._called, "the deck's name")
        elif row.key == INTO and not self._work.busy:
            self.ask(self._into.title if self._into else "", "a deck's title; nothing for a new deck")
        else:
            self.action_step(1)

    def take(self, value: str) -> bool:
        """Take a name."""
        if self._refusal(value):
            return False
        if self._row is not None and self._row.key == INTO:
            self._go_into(deck_meant(self.quizapp.library, value.strip()) if value.strip() else None)
            return True
        self._called = value.strip()
        self._show()
        return True

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """A click on the selected row changes it."""
        message.stop()
        self.action_change()

    def action_step(self, steps: int) -> None:
        """Give the selected row its next value, or the one before."""
        row = self._row
        if row is None or not row.changes or row.key == NAME or self._writes:
            return
        if row.key == HISTORY:
            self._history = not self._history
            self._show()
        elif row.key == INTO:
            self._go_into(self._next_deck(steps))
        elif self._work.busy:
            self._steps.append((row, steps))
        else:
            self._step(row, steps)

    def _next_deck(self, steps: int) -> Deck | None:
        """The deck so many places on, among all by their titles; None for a new one, which comes first."""
        decks = sorted(self.quizapp.library.decks.values(), key=lambda deck: deck.title.casefold())
        places = [None, *decks]
        now = next(
            (place for place, deck in enumerate(decks, 1) if self._into and deck.id == self._into.id), 0
        )
        return places[(now + steps) % len(places)]

    def _go_into(self, deck: Deck | None) -> None:
        """Let it go into this deck, or into new ones."""
        app, coming, target = self.quizapp, self._coming, None
        if deck is not None:
            file = deck_file(deck, app.library, app.places.decks)
            target = Target(deck.id, file.read, file.write, file.shown)
        self._into = deck
        self._steps.clear()
        self._doing = "Reading it again"
        self._work.begin(
            lambda progress: as_into(coming, target, progress), self._read, self._failed, self._ended
        )

    def _step(self, row: Row, steps: int) -> None:
        coming = self._coming

        def do(progress: Progress) -> Coming:
            if row.key == TOGETHER:
                return as_one(coming, together=not coming.together, progress=progress)
            if row.key == FORMAT:
                return as_format(coming, stepped_format(coming, steps))
            return table_stepped(coming, row, steps)

        self._doing = "Reading it again"
        self._work.begin(do, self._read, self._failed, self._ended)

    def _read(self, coming: Coming) -> None:
        if self._called == self._coming.name:
            self._called = coming.name
        self._coming = coming
        self.told()
        self._show()
        if self._steps:
            self._step(*self._steps.pop(0))

    def _ended(self) -> None:
        self._steps.clear()
        self._writes = False
        target = self._coming.target
        self._into = self.quizapp.library.decks.get(target.id) if target is not None else None
        self.told()

    def _failed(self, trouble: str) -> None:
        self._ended()
        self.query_one(Words).say("Nothing was written", "", safe(trouble))

    def _tell(self, done: int, of: int) -> None:
        far = f"{done:,} of {of:,}. " if of else ""
        about = f"{far}{key_of(self, 'import.back')} calls it off, and leaves nothing."
        self.tell(self._doing, about, done, of)

    # ---- writing

    def action_write(self, studies: bool) -> None:
        """Write what would come. studies: whether it is to be studied then."""
        if self._work.busy or self._refused or self._coming.unclear:
            return
        coming = self._coming
        self._writes = True
        self._doing = f"Importing {safe(coming.file.name)}"
        self._tell(0, 0)
        self.refresh_bindings()
        do = self._adds(coming.joining) if coming.joining is not None else self._makes()
        self._work.begin(do, lambda found: self._done(found, studies=studies), self._failed, self._ended)

    def _makes(self) -> Callable[[Progress], Imported]:
        """What writes new decks."""
        app, coming, name, ids = self.quizapp, self._coming, self._called, dict(self._ids)
        history, folder = self._history, self._folder

        def do(progress: Progress) -> Imported:
            decks = ready(coming, name, ids, folder)
            with to_be_written(decks) as write:
                if not progress(0, 0):
                    raise Cancelled
                session = ""
                if history and coming.package is not None:
                    session = self._bring(coming, coming.package, decks, ids, write, progress)
                else:
                    write()
            files = {one.path: one.digest for one in decks}
            if not progress(1, 1):
                # It was called off too late to stop.
                take_import_back(app.store, app.clock, session, files, folder)
                raise Cancelled
            ids_of = tuple(one.id for one in decks)
            cards = sum(len(one.deck.cards) for one in decks)
            title = decks[0].deck.title if len(decks) == 1 else words.count(len(decks), "deck")
            before = app.store.last_undoable()
            return Imported(coming.file.name, title, ids_of, cards, session, before, files=files)

        return do

    def _adds(self, joining: Joining) -> Callable[[Progress], Imported]:
        """What adds the cards to a deck that is there."""
        app, coming, history = self.quizapp, self._coming, self._history

        def do(progress: Progress) -> Imported:
            if not progress(0, 0):
                raise Cancelled
            came = bring_into(
                app.store,
                app.clock,
                joining,
                coming.package_for(joining.target.id) if history else None,
                source=coming.file.name,
                rollover_hour=app.settings.study.rollover,
                progress=progress,
            )
            session, into = came.brought.session, into_of(joining)
            if not progress(1, 1):
                # It was called off too late to stop.
                take_out(into)
                take_import_back(app.store, app.clock, session, {}, self._folder)
                raise Cancelled
            deck, cards = joining.joined.deck, len(joining.joined.cards)
            before = app.store.last_undoable()
            return Imported(coming.file.name, deck.title, (deck.id,), cards, session, before, into=into)

        return do

    def _bring(
        self,
        coming: Coming,
        package: Package,
        decks: list[Arriving],
        ids: dict[str, str],
        write: Callable[[], None],
        progress: Progress,
    ) -> str:
        """Its decks, and the reviews of a package into the log; the id of their session."""
        app = self.quizapp
        came = bring(
            app.store,
            app.clock,
            with_ids(package, ids),
            decks,
            source=coming.file.name,
            rollover_hour=app.settings.study.rollover,
            write=write,
            progress=progress,
        )
        return came.brought.session

    def _done(self, found: Imported, *, studies: bool) -> None:
        show(self.quizapp, found, studies=studies)

    # ---- leaving

    @property
    def can_call_off(self) -> bool:
        """While the file is read or written."""
        return self._work.busy

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a name is typed keys belong to it; while something is done it can only be called off."""
        if not self.is_mounted:
            return True
        if self.typing or self._writes:
            return action in ("back", "help")
        if action == "write":
            # What is to be said first stands below the rows.
            return not (self._work.busy or self._refused or self._coming.unclear)
        if action in ("change", "step"):
            row = self._row
            return row is not None and row.changes
        return True

    def on_screen_resume(self) -> None:
        """Help or the menu were over it."""
        self.query_one(KeyFooter).refresh()

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = (
            "This is what would come; nothing is written yet, and no deck is ever replaced. It can go into a "
            "deck that is there: what that has stays as it is. What can't be taken over is listed at the "
            "end, each with its place."
        )
        self.app.push_screen(HelpScreen("import", rules))
