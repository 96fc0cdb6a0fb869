"""Choosing a theme, with the screen behind in its colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from quizapp.tui.fit import fit
from quizapp.tui.theme import theme_names
from quizapp.tui.widgets.key_footer import key_of
from quizapp.tui.widgets.row_list import RowList
from quizapp.tui.widgets.setting_list import Entry, SettingList

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp


class ThemeScreen(ModalScreen[str]):
    """The names of all themes; the selected one is shown at once, and kept or not.

    It is dismissed with what went wrong, "" for nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "keep", "Keep", id="themes.keep", tooltip="Keep this theme"),
        Binding("escape", "back", "Back", id="themes.back", tooltip="Leave the theme as it was"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._before = ""
        self._kept = False
        self._names: tuple[str, ...] = ()

    @property
    def quizapp(self) -> QuizApp:
        """The app, as what it is."""
        return cast("QuizApp", self.app)

    def compose(self) -> ComposeResult:
        """The list, at the right edge, so that the screen can be seen beside it."""
        fit(self)
        with Vertical(id="themes") as box:
            box.border_title = "Theme"
            keep, back = key_of(self, "themes.keep"), key_of(self, "themes.back")
            box.border_subtitle = f"{keep} keeps   {back} leaves"
            yield SettingList(id="theme-list")

    def on_mount(self) -> None:
        """Begin at the theme that is shown."""
        self._before = self.quizapp.settings.theme
        self._names = theme_names()
        names = self.query_one(SettingList)
        names.show([Entry(name) for name in self._names])
        if self._before in self._names:
            names.selected = self._names.index(self._before)
        names.focus()

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        """Show the selected theme."""
        message.stop()
        self.quizapp.show_theme(self._names[message.place])

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """A click on the selected theme keeps it."""
        message.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Keep the selected theme, also for the next start."""
        trouble = self.quizapp.change_setting("theme", self._names[self.query_one(SettingList).selected])
        self._kept = not trouble
        self.dismiss(trouble)

    def action_back(self) -> None:
        """Leave the theme as it was."""
        self.dismiss("")

    def on_unmount(self) -> None:
        """Show the theme from before, unless another was kept: the menu can take this screen away too."""
        if not self._kept:
            self.quizapp.show_theme(self._before)
