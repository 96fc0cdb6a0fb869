"""What can be set: each setting with its value, changed in place and written at once."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from quizapp.deck.text import visible
from quizapp.settings.catalogue import (
    BadValueError,
    Setting,
    parse,
    settings_list,
    shown_value,
    stepped,
    value_of,
)
from quizapp.tui.fit import fit
from quizapp.tui.screen import AppScreen
from quizapp.tui.theme import theme_names
from quizapp.tui.widgets.card_view import Rule
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.widgets.setting_list import Entry, SettingList
from quizapp.tui.widgets.words import Value, Words

_GROUPS = {"study": "Study", "quiz": "Quiz"}


class SettingsScreen(AppScreen):
    """All settings; Enter changes the selected one, ← and → go through its values."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space", "change", "Change", id="settings.change", tooltip="Change the selected setting"
        ),
        Binding("left", "step(-1)", "Less", show=False, id="settings.less", tooltip="The value before"),
        Binding("right", "step(1)", "More", show=False, id="settings.more", tooltip="The value after"),
        Binding(
            "backspace", "usual", "Usual value", id="settings.usual", tooltip="Give it its usual value again"
        ),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
        Binding("escape", "back", "Back", id="settings.back", tooltip="Back to where you were"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._settings = settings_list()

    def compose(self) -> ComposeResult:
        """The list, and below it a word on the selected setting and a line to type its value in."""
        fit(self)
        with Column():
            yield Header("Settings")
            yield Rule(classes="line")
            yield SettingList(id="setting-list")
            yield Rule(classes="line")
            with Vertical(id="setting-detail"):
                yield Words(id="setting-words")
                yield Value()
            yield KeyFooter()

    def on_mount(self) -> None:
        """Show what is set."""
        self.query_one(Value).display = False
        self.show()
        self.query_one(SettingList).focus()

    def on_screen_resume(self) -> None:
        """A theme or a key may have been chosen meanwhile."""
        self.show()

    # ---- what is shown

    @property
    def selected(self) -> Setting | None:
        """The selected setting; None for the last row, which leads to the keys."""
        place = self.query_one(SettingList).selected
        return self._settings[place] if place < len(self._settings) else None

    def show(self) -> None:
        """Put all values on the screen."""
        entries = [
            Entry(
                setting.description,
                visible(shown_value(self._value(setting))),
                self._value(setting) != setting.default,
                _GROUPS.get(setting.key.partition(".")[0], "") if "." in setting.key else "",
            )
            for setting in self._settings
        ]
        own = len(self.quizapp.settings.keys)
        keys = Entry("Which keys do what", f"{own} changed" if own else "as usual", bool(own), "Keys")
        self.query_one(SettingList).show([*entries, keys])
        self._explain()

    def _value(self, setting: Setting) -> Any:
        return value_of(self.quizapp.settings, setting.key)

    def _explain(self, trouble: str = "") -> None:
        setting = self.selected
        if setting is None:
            key, own = "keys", "All keys by what they do. Each can be given another one."
        else:
            usual = f"Usually {shown_value(setting.default)}."
            note = " From the next start on." if setting.later else ""
            key, own = setting.key, f"Takes {setting.expected}. {usual}{note}"
            if not self._typing:
                own = f"{setting.description}. {own}"
        self.query_one(Words).say(key, own, trouble)

    # ---- changing

    @property
    def _typing(self) -> bool:
        """Whether a value is being typed."""
        return bool(self.query(Value)) and self.query_one(Value).display

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        """Say what the selected setting takes; a value that was being typed for another one is dropped."""
        message.stop()
        if self._typing:
            self._close_input()
        self._explain()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """A click on the selected setting changes it."""
        message.stop()
        self.action_change()

    def action_change(self) -> None:
        """Turn a truth round, go to the next of a few values, or ask for a value."""
        setting = self.selected
        if setting is None:
            from quizapp.tui.keys import KeysScreen

            self.app.push_screen(KeysScreen())
        elif setting.key == "theme":
            self.app.action_change_theme()
        elif setting.kind in ("truth", "choice"):
            self.action_step(1)
        else:
            value = self.query_one(Value)
            value.ask(shown_value(self._value(setting), empty=""), setting.expected)
            self.query_one(SettingList).can_focus = False  # or else Tab would leave the line open
            self._explain()

    def action_step(self, steps: int) -> None:
        """The next value, or the one before."""
        setting = self.selected
        if setting is None:
            return
        options = theme_names() if setting.key == "theme" else setting.options
        found = stepped(setting, self._value(setting), steps, options)
        if found is not None:
            self._set(setting, found)

    def action_usual(self) -> None:
        """Take the setting out of the file."""
        if self.selected is not None:
            self._set(self.selected, None)

    def _set(self, setting: Setting, value: Any) -> None:
        trouble = self.quizapp.change_setting(setting.key, value)
        self.show()
        if trouble:
            self._explain(trouble)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Say at once what would not do."""
        message.stop()
        if self._typing and self.selected is not None:
            try:
                parse(self.selected, message.value)
            except BadValueError as error:
                self._explain(str(error))
            else:
                self._explain()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Take the value, if it will do."""
        message.stop()
        setting = self.selected
        if setting is None or not self._typing:
            return
        if message.value == self.query_one(Value).before:
            self.action_back()
            return
        try:
            value = parse(setting, message.value)
        except BadValueError as error:
            self._explain(str(error))
            return
        self._close_input()
        self._set(setting, value)

    def _close_input(self) -> None:
        self.query_one(Value).display = False
        names = self.query_one(SettingList)
        names.can_focus = True
        names.focus()
        self.refresh_bindings()

    def action_back(self) -> None:
        """Leave the line without taking it, or the screen."""
        if self._typing:
            self._close_input()
            self._explain()
        else:
            self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a value is typed, keys belong to it."""
        return not self._typing or action in ("back", "help")

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        rules = (
            "Every change is written to your config.toml at once; its comments stay. "
            "What is not usual is bold."
        )
        self.app.push_screen(HelpScreen("settings", rules))
