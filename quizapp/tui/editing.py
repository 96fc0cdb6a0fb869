"""Cards that are edited, added and deleted within the app: what the screens ask for, and taking it back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from quizapp import words
from quizapp.deck.adding import usual_kind
from quizapp.deck.card import Card, Deck, Kind
from quizapp.deck.edit import EditError
from quizapp.deck.form import Draft, draft_of
from quizapp.deck.replace import FileChanged
from quizapp.edits import DeckFile, Edit, deck_file, follow, follow_back, remove, repeat, restore
from quizapp.record import Ref
from quizapp.scores.errors import ScoresBusyError, ScoresError
from quizapp.sitting import suspend
from quizapp.tui import notices
from quizapp.tui.background import begin
from quizapp.tui.card_text import named
from quizapp.tui.drafts import Drafts
from quizapp.tui.edit_history import EditHistory, named_edit
from quizapp.tui.meanwhile import said_meanwhile
from quizapp.tui.opened import Opened, open_entry, open_new
from quizapp.tui.watching import HeedsDecks
from quizapp.tui.widgets.key_footer import key_name, key_of

if TYPE_CHECKING:
    from quizapp.deck.library import Library
    from quizapp.tui.app import QuizApp
    from quizapp.tui.form import FormScreen

_AGAIN = 0.2
"""Seconds before a busy scores file is tried again."""
_MANY = 3_000
"""From so many cards on, a deck takes long to be read and written."""
UNDO, REDO = "undo_edit", "redo_edit"
"""What the actions are called that undo and redo a change: a toast names their keys."""


class Editing:
    """Changes deck files for the screens, one change at a time, and takes each back again."""

    def __init__(self, app: QuizApp) -> None:
        self._app = app
        self._one = asyncio.Lock()
        self._opening = False  # whether a form is on its way
        self._waiting = 0  # how many changes are under way
        self._history = EditHistory()
        self._copied = ""  # that a copy took a deck's place, until it is said what for
        self._deleting: set[tuple[str, str]] = set()  # deck and card of what is being deleted
        self._asked: Sequence[Draft] = ()  # what was not saved when it was last to be quit
        self._quits = False  # whether it is to be quit once all is written
        self.drafts = Drafts(app)
        """What was typed into forms and not saved."""

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of this run to take back."""
        if self._app.exchanges.last_change is not None:
            return True
        return self._history.last is not None or self._waiting > 0

    @property
    def last(self) -> Edit | None:
        """The change that is to be taken back next, imports aside."""
        return self._history.last

    @property
    def can_redo(self) -> bool:
        """Whether a change was undone last that can be done again."""
        return self._history.last_undone is not None

    @property
    def count(self) -> int:
        """How many changes there are to take back, but for those for which that was refused."""
        return self._history.count

    # ---- what is asked for

    def edit(self, deck: Deck, card: Card) -> None:
        """Open the form for a card's entry."""
        self._begin_form(lambda: self._open(deck, card))

    def add(self, deck: Deck, kind: Kind | None = None) -> None:
        """Open the form for a new card of the deck, with the draft that was left there. kind: of the card;
        None for what it most likely is."""
        self._begin_form(lambda: self._open_new(deck, Draft(kind) if kind is not None else None))

    def add_like(self, deck: Deck, first: Draft, origin: str) -> None:
        """Open the form for a new card that begins with what stands in another form. origin: the key of the
        card there."""
        self._begin_form(lambda: self._open_new(deck, first, origin, fresh=True))

    def duplicate(self, deck: Deck, card: Card) -> None:
        """Open the form for a new card that says what this one does."""
        self._begin_form(lambda: self._open(deck, card, again=True))

    def delete(self, deck: Deck, card: Card) -> None:
        """Take the card's entry out of its file, and say so."""
        self.delete_key(deck, card.key)

    def delete_key(self, deck: Deck, key: str) -> None:
        """Take the entry of the card with this key out of its file, once: a key may come twice."""
        if (deck.id, key) not in self._deleting:
            self._deleting.add((deck.id, key))
            self._begin(lambda: self._delete(deck, key))

    def suspend(self, deck: Deck, key: str) -> None:
        """Ask the card with this key no more, and say so."""
        self._begin(lambda: self._suspend(deck, key))

    def undo(self) -> bool:
        """Take the last change back; False if there is none."""
        if not self.can_undo:
            return False
        self._begin(self._undo)
        return True

    def redo(self) -> None:
        """Do the change again that was undone last, if there is one."""
        self._begin(self._redo)

    # ---- how it is done

    def file_of(self, deck: Deck) -> DeckFile:
        """The file that a change of this deck goes into."""
        return deck_file(self._app.sessions.as_now(deck), self._app.library, self._app.places.decks)

    async def write(self, change: Callable[[], Edit]) -> Edit:
        """Write a change, and go on with the deck as it is then. Raises what `change` does: then nothing was
        written."""
        self._waiting += 1
        try:
            async with self._one:
                edit = await asyncio.to_thread(change)
                edit = await self._follow(edit, follow)
                self._history.did(edit)
        finally:
            self._waiting -= 1
        if edit.before is None:
            self._copied = f" This deck ships with quizapp. Your copy takes its place: {edit.shown}"
        return edit

    async def _follow(
        self, edit: Edit, follow_: Callable[..., Edit | None], moves: Mapping[Ref, Ref] | None = None
    ) -> Edit:
        """Read the decks again, with the histories where they belong before any screen sees them."""
        app, found = self._app, [edit]

        def between(library: Library) -> None:
            made = follow_(edit, app.store, app.clock, library)
            found.extend([made] if made is not None else [])

        await self._patiently(lambda: app.watching.read_now(between, edit.moves if moves is None else moves))
        return found[-1]

    async def _patiently(self, do: Callable[[], Awaitable[None]]) -> None:
        """A busy scores file is tried again: the deck file is written, and its histories are to follow."""
        said = False
        while True:
            try:
                return await do()
            except ScoresBusyError:
                if not said:
                    self.say(
                        "The scores file is busy. The deck file is written; histories follow.",
                        kind=notices.Kind.NEWS,
                    )
                said = True
                await asyncio.sleep(_AGAIN)
            except ScoresError as error:
                self.say(str(error), error=True)
                return None

    def _begin_form(self, work: Callable[[], Awaitable[None]]) -> None:
        """Open a form, unless one is open or on its way: a key may come twice."""

        async def open_() -> None:
            try:
                await work()
            finally:
                self._opening = False

        if not self._opening and self._form is None:
            self._opening = True
            self._begin(open_)

    def _begin(self, work: Callable[[], Awaitable[None]]) -> None:
        begin(self._app, work, group="editing")

    async def _open(self, deck: Deck, card: Card, *, again: bool = False) -> None:
        """again: for a new card that says the same."""
        opened = await self._read(lambda file, decks: open_entry(file, card, decks), deck)
        if opened is None:
            return
        first = draft_of(opened.table)
        if again:
            await self._open_new(deck, first.put("id", ""), card.key)
        else:
            await self._show(opened, first)

    async def _open_new(
        self, deck: Deck, first: Draft | None = None, origin: str = "", *, fresh: bool = False
    ) -> None:
        """first: what it begins with. fresh: whether a draft that was left there is not wanted."""
        opened = await self._read(lambda file, decks: open_new(file, decks, origin), deck)
        if opened is not None:
            if fresh:
                await self.drafts.put_by(opened)
            await self._show(opened, first or Draft(usual_kind(opened.deck)))

    async def _read(self, read: Callable[[DeckFile, tuple[Deck, ...]], Opened], deck: Deck) -> Opened | None:
        """Read a deck's file in a thread; None, and that is said, where it can't be edited."""
        file, decks = self.file_of(deck), tuple(self._app.library.decks.values())
        try:
            return await asyncio.to_thread(read, file, decks)
        except EditError as error:
            self.say(str(error), error=True)
            return None

    async def _show(self, opened: Opened, first: Draft) -> None:
        from quizapp.tui.form import FormScreen  # with its fields 25 to 55 ms, for the first form

        brought, troubles = await self.drafts.of(opened, first)
        self._app.push_screen(FormScreen(opened, first, brought))
        for trouble in troubles:
            self.say(trouble, error=True)
        if brought is not None and brought.changed:
            self.say("This card was changed in the file since. Where you typed, your draft stands.")

    # ---- quitting

    async def may_quit(self) -> bool:
        """Whether nothing is lost by it: what was typed is in a file. Else that is said, and the same once
        more quits all the same."""
        if self._waiting and not self._quits:
            self._quits = True
            self.say(f"Saving first; {self._quit_key} once more quits at once.")
            begin(self._app, self._quit_then, group="quit")
            return False
        form = self._form
        if form is not None:
            form.keep()
        await self.drafts.write()
        drafts = [kept.draft for kept in self.drafts.unwritten()]
        if self._quits or not drafts or drafts == self._asked:
            return True
        self._asked = drafts
        saves = f"{key_of(form, 'form.save')} saves it; " if form is not None and form.is_unsaved else ""
        why = f"What you typed can't be kept as a draft ({self.drafts.trouble})."
        self.say(f"{why} {saves}{self._quit_key} once more quits without it.", error=True)
        return False

    @property
    def last_word(self) -> str:
        """What is to be said on the way out of a form; "" out of anything else."""
        left = self._form is not None and self._form.is_unsaved and not self.drafts.unwritten()
        return "What you typed is kept as a draft. It is there when you open the form again." if left else ""

    async def _quit_then(self) -> None:
        """Quit once all is written that was begun."""
        async with self._one:
            self._quits = False
        await self._app.action_quit()

    @property
    def _quit_key(self) -> str:
        return key_of(self._app.screen, "quit")

    @property
    def _form(self) -> FormScreen | None:
        """The form that is open."""
        from quizapp.tui.form import FormScreen

        return next((one for one in self._app.screen_stack if isinstance(one, FormScreen)), None)

    async def _delete(self, deck: Deck, key: str) -> None:
        file = self.file_of(deck)
        card = next((card for card in file.deck.cards if card.key == key), None)
        doing = f"Deleting {named(card)}…" if card is not None else "Deleting…"
        try:
            async with self._saying(doing, file.deck):
                edit = await self.write(lambda: remove(file, key))
        except FileChanged:
            self.say(f"{file.shown} is being changed. Nothing was deleted; try again.", error=True)
        except EditError as error:
            self.say(f"{error} Nothing was deleted.", error=True)
        else:
            cards = f" with its {words.count(len(edit.old), 'card')}" if len(edit.old) > 1 else ""
            self.say(f"Deleted{cards}.{self.offer()}")
        finally:
            self._deleting.discard((deck.id, key))

    async def _suspend(self, deck: Deck, key: str) -> None:
        app = self._app
        now = app.sessions.as_now(deck)
        card = next((card for card in now.cards if card.key == key), None)
        if card is None:
            return
        try:
            await asyncio.to_thread(suspend, app.store, app.clock, now.id, card)
        except ScoresError as error:
            self.say(str(error), error=True)
            return
        for screen in app.screen_stack:
            if isinstance(screen, HeedsDecks):
                screen.decks_changed()
        self.say("Suspended: it is asked no more.")

    async def _undo(self) -> None:
        self._waiting += 1
        try:
            async with self._one:
                if (found := self._app.exchanges.last_change) is not None:
                    await self._app.exchanges.undo_change(found)
                    return
                edit = self._history.last
                if edit is None:
                    return
                async with self._saying(f"Undoing: {named_edit(edit)}…", self._deck_of(edit)):
                    try:
                        file = await asyncio.to_thread(restore, edit)
                    except EditError as error:
                        self._history.refused(edit)
                        self.say(f"{error} Not undone: {named_edit(edit)}.{self._others()}", error=True)
                        return
                    await self._follow(edit, follow_back, {new: old for old, new in edit.moves.items()})
                self._history.undid(edit, file)
        finally:
            self._waiting -= 1
        self.say(words.undone(named_edit(edit)) + self.offer(REDO, "redoes it"))

    async def _redo(self) -> None:
        self._waiting += 1
        try:
            async with self._one:
                undone = self._history.last_undone
                if undone is None:
                    return
                edit, file = undone
                async with self._saying(f"Redoing: {named_edit(edit)}…", self._deck_of(edit)):
                    try:
                        await asyncio.to_thread(repeat, edit, file)
                    except FileChanged:
                        self._history.forget_undone()
                        self.say(
                            f"{edit.shown} has changed since. Not redone: {named_edit(edit)}.", error=True
                        )
                        return
                    except EditError as error:
                        self.say(f"{error} Not redone: {named_edit(edit)}.", error=True)
                        return
                    self._history.redid(await self._follow(edit, follow))
        finally:
            self._waiting -= 1
        self.say(words.redone(named_edit(edit)) + self.offer())

    def _deck_of(self, edit: Edit) -> Deck | None:
        return self._app.library.decks.get(edit.deck)

    def _saying(self, doing: str, deck: Deck | None) -> AbstractAsyncContextManager[None]:
        """Say this while a file is changed that takes long to be read."""
        return said_meanwhile(self._app, doing, at_once=deck is not None and len(deck.cards) >= _MANY)

    def _others(self) -> str:
        """` u undoes what was before it.`, where that can be."""
        return self.offer(does="undoes what was before it") if self._history.count else ""

    def offer(self, action: str = UNDO, does: str = "undoes it") -> str:
        """` u undoes it.`, by the key of the screen; "" where it has none."""
        found = [
            key
            for key in self._app.screen.active_bindings.values()
            if key.binding.action.removeprefix("app.") == action and key.enabled
        ]
        # The screen's own key, where it has one, is shorter than the app's.
        for key in sorted(found, key=lambda key: key.node is self._app):
            return f" {key.binding.key_display or key_name(key.binding.key)} {does}."
        return ""

    def say(self, text: str, *, error: bool = False, kind: notices.Kind | None = None) -> None:
        """Say something beside what is being done."""
        if not error and kind is None:
            # In one notice, so that it goes when that is undone.
            text, self._copied = text + self._copied, ""
        self._app.notify(text, severity="error" if error else "information", markup=False, kind=kind)
