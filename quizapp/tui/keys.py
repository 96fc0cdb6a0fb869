"""Which keys do what, and changing them."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from quizapp.tui.fit import fit
from quizapp.tui.keymap import Bound, grouped, keymap_of, written
from quizapp.tui.layout import balanced
from quizapp.tui.screen import AppScreen
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter, key_name, key_of
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.widgets.setting_list import Entry, SettingList
from quizapp.tui.widgets.words import Words

_QUIT = "ctrl+q"
"""The usual key of the binding that quits."""


class NewKeyScreen(ModalScreen[str | None]):
    """Waits for a key, whatever is bound to it elsewhere; only the key that quits still does."""

    def __init__(self, does: str) -> None:
        """does: what the key is for."""
        super().__init__()
        self._does = does

    def compose(self) -> ComposeResult:
        """What to do."""
        fit(self)
        lines = [Content.assemble((line, "bold $foreground")) for line in balanced(self._does, 30, 30)]
        leave = f"Esc leaves it, {key_of(self.app.screen_stack[-2], 'quit')} quits."
        text = Content.assemble((f"Press the new key.\n{leave}", "$text-muted"))
        box = Static(Content("\n").join([*lines, Content(""), text]), id="new-key", markup=False)
        box.border_title = "New key"
        yield box

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Take the keys of the app's own bindings, such as the menu's, which come first otherwise.

        Textual asks this of their usual keys, before it puts a person's own in their place.
        """
        return key != _QUIT

    def on_key(self, event: events.Key) -> None:
        """This is the key, unless it is Esc."""
        event.stop()
        event.prevent_default()
        self.dismiss(None if event.key == "escape" else event.key)


class KeysScreen(AppScreen):
    """Every binding with its keys; Enter, and then a key, gives it that key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", "Change", id="keys.change", tooltip="Give it another key: press it next"),
        Binding("backspace", "usual", "Usual key", id="keys.usual", tooltip="Give it its usual key again"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape", "back", "Back", id="keys.back", tooltip="Back to the settings"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._bound: list[Bound] = []

    def compose(self) -> ComposeResult:
        """The list, and below it a word on the selected binding."""
        fit(self)
        with Column():
            yield Header("Keys")
            yield Rule(classes="line")
            yield SettingList(id="key-list")
            yield Rule(classes="line")
            yield Words(id="key-words")
            yield KeyFooter()

    def on_mount(self) -> None:
        """Show all bindings."""
        self._show()
        self.query_one(SettingList).focus()

    def _show(self) -> None:
        own = keymap_of(self.quizapp.settings)
        entries: list[Entry] = []
        self._bound = []
        for group, found in grouped().items():
            for bound in found:
                keys = own.get(bound.id, bound.keys)
                shown = " ".join(key_name(key) for key in keys.split(","))
                entries.append(Entry(bound.does, shown, keys != bound.keys, group.capitalize()))
                self._bound.append(bound)
        self.query_one(SettingList).show(entries)
        self._explain()

    @property
    def _selected(self) -> Bound:
        return self._bound[self.query_one(SettingList).selected]

    def _explain(self, trouble: str = "") -> None:
        bound = self._selected
        usual = " ".join(key_name(key) for key in bound.keys.split(","))
        where = f" On {', '.join(bound.screens)}." if len(bound.screens) > 1 else ""
        change = key_of(self, "keys.change")
        text = f"{change}, and then its new key. Usually {usual}.{where}"
        self.query_one(Words).say(f"keys.{bound.id}", text, trouble)

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        """Name the selected binding."""
        message.stop()
        self._explain()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """A click on the selected binding changes it."""
        message.stop()
        self.action_change()

    def _set(self, keys: str | None) -> str:
        return self.quizapp.change_setting(f"keys.{self._selected.id}", keys)

    def action_change(self) -> None:
        """Ask for the new key."""
        self.app.push_screen(NewKeyScreen(self._selected.does), self._take)

    def _take(self, key: str | None) -> None:
        if key is not None:
            trouble = self._set(written(key))
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
