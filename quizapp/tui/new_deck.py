"""A new deck: its name, what its cards are, and then the form for the first of them."""

from __future__ import annotations

import asyncio
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from quizapp import __version__, words
from quizapp.deck.card import Kind
from quizapp.deck.fresh import choices_in
from quizapp.deck.making import Planned, make_deck
from quizapp.deck.replace import FileChanged
from quizapp.exchanging.arriving import BadNameError, TakenError, id_of, place, title_of
from quizapp.tui.background import begin
from quizapp.tui.exchange_screen import ExchangeScreen, Trouble, changes
from quizapp.tui.home import HomeScreen
from quizapp.tui.paths import tilde
from quizapp.tui.widgets.key_footer import key_of
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.widgets.setting_list import Entry, SettingList
from quizapp.tui.widgets.words import Words

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp

_KINDS = {
    Kind.FLIP: ("Flip", "A front and a back; you grade yourself."),
    Kind.STATEMENT: ("Statement", "A sentence, and you choose which answer fits it."),
    Kind.CHOICE: ("Choice", "A question, and you choose among its answers."),
    Kind.TYPED: ("Typed", "A question, and you type the answer."),
    Kind.CLOZE: ("Cloze", "A text with blanks, and you type what stands there."),
}
_ORDER = tuple(_KINDS)
_NAME, _KIND, _CHOICES = "name", "kind", "choices"


class _Row(NamedTuple):
    """A row. key: what a change of it changes."""

    key: str
    entry: Entry
    about: str


class NewDeckScreen(ExchangeScreen):
    """Name and kind, each changed in place; Enter makes the deck and opens the form for its first card."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "make", "Make", id="new.make", tooltip="Make the deck, and write its first card"),
        Binding("space", "change", "Change", id="new.change", tooltip="Change the selected row"),
        Binding("left", "step(-1)", "Less", show=False, id="new.less", tooltip="The value before"),
        Binding("right", "step(1)", "More", show=False, id="new.more", tooltip="The value after"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape", "back", "Back", id="new.back", tooltip="Back; nothing is made"),
    ]

    def __init__(self) -> None:
        super().__init__("New deck", "")
        self._called = ""
        self._kind = _ORDER[0]
        self._choices: tuple[str, ...] = ()
        self._rows: list[_Row] = []
        self._making = False

    def on_mount(self) -> None:
        """The name comes first."""
        self._show()
        self.query_one(SettingList).focus()
        self.call_after_refresh(self.action_change)

    # ---- what is shown

    def _show(self) -> None:
        name, about = _KINDS[self._kind]
        where = self._where(self._called)
        rows = [
            _Row(
                _NAME,
                Entry("Name", title_of(self._called) or "none yet", changed=bool(self._called)),
                f"Its file will be {tilde(where)}."
                if isinstance(where, Path)
                else "What the deck is called.",
            ),
            _Row(_KIND, Entry("Cards", name, changed=True), f"{about} A deck may have cards of any kind."),
        ]
        if self._kind is Kind.STATEMENT:
            value = ", ".join(self._choices) or "True, False"
            about = "The answers that each of its statements chooses from, 2 to 9 with commas between."
            rows.append(_Row(_CHOICES, Entry("Choices", value, changed=bool(self._choices)), about))
        self._rows = rows
        self.query_one(SettingList).show([row.entry for row in rows])
        self.query_one(Trouble).say("")
        self.explain()

    @property
    def _row(self) -> _Row:
        return self._rows[min(self.query_one(SettingList).selected, len(self._rows) - 1)]

    def explain(self) -> None:
        """Say what there is to say of the row, or what is wrong with what is typed."""
        if not self._rows:
            return
        row, trouble = self._row, ""
        about = f"{row.about}{changes(key_of(self, 'new.change'))}"
        if self.typing:
            trouble = self._wrong(row.key, self.typed) if self.typed.strip() else ""
            where = self._where(self.typed) if row.key == _NAME else None
            about = f"Its file will be {tilde(where)}." if isinstance(where, Path) else row.about
        self.query_one(Words).say(row.entry.name, about, trouble)
        self.refresh_bindings()

    def _where(self, name: str) -> Path | str:
        """Where a deck that is called so goes, or why it can't be."""
        if not name.strip():
            return "It has no name yet."
        app = self.quizapp
        try:
            return place(id_of(name), app.library, app.places.decks)
        except (BadNameError, TakenError) as error:
            return str(error)

    def _wrong(self, key: str, typed: str) -> str:
        """What is wrong with a name or with choices; "" if nothing is."""
        if key == _NAME:
            where = self._where(typed)
            return "" if isinstance(where, Path) else where
        choices = choices_in(typed)
        wrong = self._planned(Path("new.toml"), "new", choices).problem() if choices else None
        if wrong is None:
            return ""
        return words.sentence(f"{wrong.message[:1].upper()}{wrong.message[1:]}; {wrong.remedy}")

    def _planned(self, path: Path, id_: str, choices: tuple[str, ...]) -> Planned:
        of_statements = choices if self._kind is Kind.STATEMENT else ()
        title = title_of(self._called) or "new"
        return Planned(path, title, shlex.quote(id_), self._kind, of_statements, example=False)

    # ---- changing

    def action_change(self) -> None:
        """Type a name or choices; take the next kind."""
        row = self._row
        if row.key == _NAME:
            self.ask(self._called, "What it is called, such as Spanish")
        elif row.key == _CHOICES:
            self.ask(", ".join(self._choices), "BPO, KPO; nothing for true and false")
        else:
            self.action_step(1)

    def take(self, value: str) -> bool:
        """Take a name or choices."""
        row = self._row
        if self._wrong(row.key, value):
            return False
        if row.key == _NAME:
            self._called = value.strip()
        else:
            self._choices = choices_in(value)
        self._show()
        return True

    def action_step(self, steps: int) -> None:
        """The next kind, or the one before."""
        if self._row.key == _KIND:
            self._kind = _ORDER[(_ORDER.index(self._kind) + steps) % len(_ORDER)]
            self._show()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """A click on the selected row changes it."""
        message.stop()
        self.action_change()

    # ---- making

    def action_make(self) -> None:
        """Make the deck."""
        where = self._where(self._called)
        if self._making:
            return
        if not isinstance(where, Path):
            if self._called:
                self.query_one(Trouble).say(where)
            else:
                self.query_one(SettingList).selected = 0
                self.action_change()
            return
        self._making = True
        self.refresh_bindings()
        planned = self._planned(where, id_of(self._called), self._choices)
        begin(self.app, lambda: self._make(planned), group="new-deck")

    async def _make(self, planned: Planned) -> None:
        app = self.quizapp
        try:
            await asyncio.to_thread(make_deck, planned, app.places.decks, __version__)
        except FileChanged:
            self._failed(f"There is a file {tilde(planned.path)} already. Give the deck another name.")
        except OSError as error:
            self._failed(f"{tilde(planned.path)} can't be written ({error.strerror or error}).")
        else:
            await app.watching.read_now(lambda _: None, {})
            self.dismiss()
            show(app, id_of(self._called), self._kind)

    def _failed(self, why: str) -> None:
        self._making = False
        self.query_one(Trouble).say(why)
        self.refresh_bindings()

    # ---- leaving

    def action_back(self) -> None:
        """Leave the line without taking it, or the screen."""
        if not self.typing or not self._called:
            self.dismiss()
            return
        self.close_line()
        self.explain()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is typed keys belong to it; while the deck is made none does anything, since the
        form is about to take the screen's place."""
        if not self.is_mounted or not self._rows:
            return True
        if self._making:
            return False
        if self.typing:
            return action in ("back", "help")
        if action == "step":
            return self._row.key == _KIND
        return True

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = (
            "A deck is a text file in your deck folder; any editor can change it. The kind is what the form "
            "for its first card begins with, and each card may be of another."
        )
        self.app.push_screen(HelpScreen("new deck", rules))


def show(app: QuizApp, id_: str, kind: Kind) -> None:
    """Home with the new deck selected, and above it the form for its first card."""
    deck = app.library.decks.get(id_)
    if deck is None:
        return
    home = app.screen_stack[0]
    if isinstance(home, HomeScreen):
        home.refresh_figures()
        home.select(id_)
    app.editing.add(deck, kind)
