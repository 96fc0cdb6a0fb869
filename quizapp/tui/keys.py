"""Which keys do what, and changing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from quizapp.deck.text import visible
from quizapp.tui.fit import fit
from quizapp.tui.layout import balanced
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter, key_name
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.widgets.setting_list import Entry, SettingList

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp


class NewKeyScreen(ModalScreen[str | None]):
    """Waits for a key, whatever is bound to it elsewhere."""

    def compose(self) -> ComposeResult:
        """What to do."""
        yield Static("Press the new key.\nEsc leaves it as it is.", id="new-key", markup=False)

    def on_key(self, event: events.Key) -> None:
        """This is the key, unless it is Esc."""
        event.stop()
        event.prevent_default()
        self.dismiss(None if event.key == "escape" else event.key)


class KeysScreen(Screen[None]):
    """Every binding with its keys; Enter, and then a key, gives it that key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", "Change", id="keys.change", tooltip="Give it another key: press it next"),
        Binding("backspace", "usual", "Usual key", id="keys.usual", tooltip="Give it its usual key again"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape", "back", "Back", id="keys.back", tooltip="Back to the settings"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._ids: list[str] = []

    @property
    def quizapp(self) -> QuizApp:
        """The app, as what it is."""
        return cast("QuizApp", self.app)

    def compose(self) -> ComposeResult:
        """The list, and below it a word on the selected binding."""
        fit(self)
        with Column():
            yield Header("Keys")
            yield Rule(classes="line")
            yield SettingList(id="key-list")
            yield Rule(classes="line")
            yield Static(id="key-words", markup=False)
            yield KeyFooter()

    def on_mount(self) -> None:
        """Show all bindings."""
        self._show()
        self.query_one(SettingList).focus()

    def _show(self) -> None:
        from quizapp.tui.keymap import bindings, keymap_of

        own = keymap_of(self.quizapp.settings)
        entries: list[Entry] = []
        self._ids = []
        for bound in bindings().values():
            keys = own.get(bound.id, bound.keys)
            shown = "  ".join(key_name(key) for key in keys.split(","))
            entries.append(Entry(bound.does, shown, keys != bound.keys, bound.screens[0].capitalize()))
            self._ids.append(bound.id)
        self.query_one(SettingList).show(entries)
        self._explain()

    def _explain(self, trouble: str = "") -> None:
        words = self.query_one("#key-words", Static)
        room = max(20, words.size.width or 70)
        id_ = self._ids[self.query_one(SettingList).selected]
        text = "Enter, and then the new key."
        style = "$text-warning" if trouble else "$text-muted"
        lines = balanced(visible(f"▲ {trouble}") if trouble else text, room, room)
        words.update(
            Content("\n").join(
                [
                    Content.assemble((f"keys.{id_}", "bold $foreground")),
                    *(Content.assemble((line, style)) for line in lines),
                ]
            )
        )

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        """Name the selected binding."""
        message.stop()
        self._explain()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """A click on the selected binding changes it."""
        message.stop()
        self.action_change()

    def _set(self, keys: str | None) -> str:
        return self.quizapp.change_setting(f"keys.{self._ids[self.query_one(SettingList).selected]}", keys)

    def action_change(self) -> None:
        """Ask for the new key."""
        self.app.push_screen(NewKeyScreen(), self._take)

    def _take(self, key: str | None) -> None:
        if key is not None:
            trouble = self._set(key)
            self._show()
            self._explain(trouble)

    def action_usual(self) -> None:
        """Take the person's own keys for it out of the file."""
        trouble = self._set(None)
        self._show()
        self._explain(trouble)

    def action_back(self) -> None:
        """Back to the settings."""
        self.dismiss()

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = "Letters, digits and arrows answer questions; nothing else can have them there."
        self.app.push_screen(HelpScreen("keys", rules))
