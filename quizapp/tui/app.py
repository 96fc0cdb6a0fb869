"""The Textual app: themes, screens, and what they share."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.actions import ActionParseResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.constants import TEXTUAL_ANIMATIONS
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.geometry import Size
from textual.screen import Screen

from quizapp.deck.library import Library
from quizapp.problem import Problem
from quizapp.scores.errors import ScoresError
from quizapp.scores.store import Store
from quizapp.settings.places import Places
from quizapp.settings.read import Config, read_config
from quizapp.settings.values import Settings
from quizapp.sitting import Clock
from quizapp.tui.background import begin
from quizapp.tui.configured import checked, refusal
from quizapp.tui.exchanges import Exchanges
from quizapp.tui.fit import too_small
from quizapp.tui.histories import Histories
from quizapp.tui.home import HomeScreen
from quizapp.tui.notices import NoticeApp
from quizapp.tui.opening import Opening, Quiz, Study
from quizapp.tui.pace import Pace, pace_of
from quizapp.tui.sessions import Sessions
from quizapp.tui.terminal import PlainSigns, Terminal
from quizapp.tui.theme import LAMP, lamp, lamp_16, paper, paper_16, theme_changes, theme_defaults
from quizapp.tui.watching import Watching

if TYPE_CHECKING:
    from quizapp.tui.editing import Editing


_MORE_STYLES = ("app.tcss", "screens.tcss")
"""The stylesheets of all but home."""


def _collect_garbage() -> None:
    """Turn the collector on again where the start turned it off; what there is by now stays out of it."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _beside(name: str) -> Path:
    return Path(__file__).with_name(name)


def _commands() -> type[Provider]:
    """What the palette offers; imported when it opens."""
    from quizapp.tui.commands import Commands

    return Commands


class QuizApp(NoticeApp):
    """quizapp on the screen."""

    CSS_PATH: ClassVar = ["home.tcss"]
    TITLE = "quizapp"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal"), (120, "-wide")]  # noqa: RUF012 - as Textual has it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-medium"), (34, "-tall")]  # noqa: RUF012 - as Textual has it
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="quit", tooltip="Quit from anywhere"),
        # In the place of Textual's own, which has no id: it could not be given another key.
        Binding(
            "ctrl+p",
            "command_palette",
            "Menu",
            show=False,
            priority=True,
            id="menu",
            tooltip="Every command and deck",
        ),
        Binding(
            "ctrl+z",
            "suspend_process",
            "Suspend",
            show=False,
            priority=True,
            id="suspend",
            tooltip="Go to the shell; fg comes back",
        ),
        Binding(
            "ctrl+g",
            "undo_edit",
            "Undo",
            show=False,
            id="undo_edit",
            tooltip="Undo the last change of a deck file",
        ),
        Binding(
            "ctrl+y",
            "redo_edit",
            "Redo",
            show=False,
            id="redo_edit",
            tooltip="Redo the change of a deck file that was undone last",
        ),
        Binding("ctrl+t", "change_theme", "Theme", show=False, id="theme", tooltip="Choose a theme"),
    ]

    first_quiz = True
    """Whether no quiz has begun yet: the first one waits for a key, later ones begin by themselves."""
    time_offset = 0.0
    """Seconds that the screens' clock runs ahead of Textual's; only tests change it."""

    def __init__(
        self,
        *,
        library: Library,
        store: Store,
        clock: Clock,
        places: Places,
        random: Callable[[], int],
        opening: Opening | None = None,
        config: Config | None = None,
        terminal: Terminal | None = None,
        pace: Pace | None = None,
        inline: bool = False,
    ) -> None:
        """random: a number to make a quiz's seed of. opening: what to show first; default: home. terminal:
        what it can show; default: everything. pace: other times than the settings', for tests. inline:
        whether it is run under the prompt; then it ends when what was opened does."""
        self._starts = True
        super().__init__()
        self._starts = False
        self.inline = inline
        if inline:
            # However tall the terminal is, no more of it is taken.
            self.VERTICAL_BREAKPOINTS = self.VERTICAL_BREAKPOINTS[:2]
        self.config = checked(config or Config(places.config, str(places.config)))
        self.library = library
        self.store = store
        self.clock = clock
        self.places = places
        self.histories = Histories(self)
        self.sessions = Sessions(self, random)
        self.exchanges = Exchanges(self)
        self.watching = Watching(self)
        self._pace = pace
        self.opening = opening
        self._keymapped = False  # whether other keys than the usual ones have been bound
        self._quits = False  # whether it was asked to quit: nothing is to be opened any more
        for theme in (lamp(), paper(), lamp_16(), paper_16()):
            self.register_theme(theme)
        self.terminal = terminal or Terminal()
        # Not self.theme = …: its watcher has the stylesheet parsed once more before the first frame.
        self.set_reactive(QuizApp.theme, LAMP)
        self._styled = self.get_css_variables()
        self.stylesheet.set_variables(self._styled)
        self._apply_settings()

    @cached_property
    def editing(self) -> Editing:
        """What changes deck files; imported with the first change."""
        from quizapp.tui.editing import Editing

        return Editing(self)

    @property
    def can_undo_edit(self) -> bool:
        """Whether there is a change of a deck file to take back; without importing what makes one."""
        if self.exchanges.last_change is not None:
            return True
        return "editing" in self.__dict__ and self.editing.can_undo

    @property
    def can_redo_edit(self) -> bool:
        """Whether there is a change of a deck file to do again."""
        return "editing" in self.__dict__ and self.editing.can_redo

    @property
    def settings(self) -> Settings:
        """What is set."""
        return self.config.settings

    @property
    def pace(self) -> Pace:
        """The times that are set."""
        return self._pace or pace_of(self.settings)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in decks and in the settings."""
        return (*self.library.problems, *self.config.problems)

    def get_default_screen(self) -> Screen[None]:
        """Home is the first screen; whatever is opened comes above it."""
        return HomeScreen()

    def refresh_css(self, animate: bool = True) -> None:
        """Parse the stylesheet again, unless it was parsed with the same variables."""
        variables = self.get_css_variables()
        if variables != self._styled:
            self._styled = variables
            super().refresh_css(animate=animate)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line goes through before it is drawn."""
        signs = [PlainSigns()] if self.terminal.plain_signs else []
        return [*super().get_line_filters(), *signs]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for themes that lack them."""
        return theme_defaults(self.current_theme)

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables, with those of Textual's that text can't be styled with put right."""
        if self._starts:
            # Textual asks before it can be told of our themes; mixing its own theme's colours takes 1 ms.
            return {}
        return super().get_css_variables() | theme_changes(self.current_theme)

    def on_mount(self) -> None:
        """Open what was asked for, above home."""
        self.call_after_refresh(self._follow_first_frame)
        opening, self.opening = self.opening, None
        match opening:
            case Study(decks, only, cram, minutes):
                from quizapp.selection import title_of  # home needs none

                title = title_of(decks, self.library, only)
                if cram:
                    self.sessions.cram(decks, title, only)
                else:
                    self.sessions.study(decks, title, only, minutes)
            case Quiz(deck, setup):
                self.sessions.start_quiz(deck, deck.cards, setup)
        self._fit_terminal(self.size)

    def _follow_first_frame(self) -> None:
        """Do what the first frame did not wait for."""
        self._read_styles()
        _collect_garbage()
        self.watching.start()

    def _read_styles(self) -> None:
        """Read the stylesheets of all but home, once."""
        missing = [path for path in map(_beside, _MORE_STYLES) if not self.stylesheet.has_source(str(path))]
        if missing:
            self.stylesheet.read_all(missing)
            self.stylesheet.parse()

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        """A screen above home has all of them, even where it comes before the first frame.

        Not by a CSS_PATH of each screen: for that, Textual parses every stylesheet again, its own too.
        """
        self._read_styles()
        super()._load_screen_css(screen)

    def on_resize(self, event: events.Resize) -> None:
        """Cover everything while there is too little room."""
        self._fit_terminal(event.size)

    def _fit_terminal(self, size: Size) -> None:
        if not too_small(size):
            return
        from quizapp.tui.too_small import TooSmallScreen  # there is nearly always room

        if not any(isinstance(screen, TooSmallScreen) for screen in self.screen_stack):
            self.push_screen(TooSmallScreen())

    # ---- settings

    def _apply_settings(self) -> None:
        settings = self.settings
        if self.terminal.theme(settings.theme) != self.theme:
            self.show_theme(settings.theme)
        self.animation_level = "none" if settings.reduced_motion else TEXTUAL_ANIMATIONS
        if settings.keys or settings.keymap != "default" or self._keymapped:
            from quizapp.tui.keymap import keymap_of  # only for whoever wants other keys

            self._keymapped = True
            self.set_keymap(keymap_of(settings))

    def show_theme(self, name: str) -> None:
        """Show a theme, for now, as this terminal can."""
        self.theme = self.terminal.theme(name)

    def change_setting(self, key: str, value: Any) -> str:
        """Set a setting now and in the config file; None: as usual. Returns what went wrong, or ""."""
        from quizapp.settings.write import ConfigError, write_setting

        if no := refusal(self.config, key, value):
            return no
        try:
            write_setting(self.config.path, key, value, self.config.shown)
        except ConfigError as error:
            return str(error)
        self.config = checked(read_config(self.config.path, self.config.shown))
        self._apply_settings()
        return ""

    def action_change_theme(self) -> None:
        """Choose a theme."""
        from quizapp.tui.themes import ThemeScreen

        def say(trouble: str | None) -> None:
            if trouble:
                self.notify(trouble, severity="error", markup=False)

        if not isinstance(self.screen, ThemeScreen):
            self.push_screen(ThemeScreen(), say)

    def action_settings(self) -> None:
        """Show what can be set."""
        from quizapp.tui.settings import SettingsScreen

        self.push_screen(SettingsScreen())

    def action_undo_edit(self) -> None:
        """Take the last change of a deck file back."""
        self.editing.undo()

    def action_redo_edit(self) -> None:
        """Do the change of a deck file again that was undone last."""
        self.editing.redo()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No shell to go to below the prompt, nor on Windows; not always a change to take back."""
        if action == "undo_edit":
            return self.can_undo_edit
        if action == "redo_edit":
            return self.can_redo_edit
        if action == "suspend_process":
            return self._driver is not None and self._driver.can_suspend
        return super().check_action(action, parameters)

    @property
    def _ends(self) -> bool:
        """Whether the app is about to end: what came in one burst with the key that quits does nothing.

        A screen that came up now would not find its own widgets: Textual mounts none while it shuts down.
        """
        return self._quits or self._exit

    async def on_event(self, event: events.Event) -> None:
        """Take no key and no click any more once the app is about to end."""
        if not (self._ends and isinstance(event, events.InputEvent)):
            await super().on_event(event)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key is bound to, unless the app is about to end: the key was already on its way then."""
        return not self._ends and await super().run_action(action, default_namespace, namespaces)

    async def action_quit(self) -> None:
        """End the session that is open, and quit; say so if an answer could not be written, and before that,
        once, if something that was typed can't be kept."""
        if "editing" in self.__dict__ and not await self.editing.may_quit():
            return
        from quizapp.tui.question import QuestionScreen

        said = self.editing.last_word if "editing" in self.__dict__ else ""
        self._quits = True
        for screen in self.screen_stack:
            if isinstance(screen, QuestionScreen):
                try:
                    await asyncio.to_thread(screen.sitting.close, screen.now())
                except ScoresError as error:
                    self.exit(return_code=1, message=f"{error}\nThe last answer could not be written.")
                    return
        self.exit(message=said or None)

    def action_help_quit(self) -> None:
        """Ctrl+C quits as Ctrl+Q does: every answer is on disk, so that there is nothing to ask."""
        begin(self, self.action_quit, group="quit")

    def _handle_exception(self, error: Exception) -> None:
        """A scores file that can't be read any more ends the app with a sentence, not with a traceback."""
        if isinstance(error, ScoresError):
            self.fail(error)
        else:
            super()._handle_exception(error)

    def fail(self, error: ScoresError) -> None:
        """Stop, and say why on the terminal: the scores file can't be used any more."""
        self.exit(return_code=1, message=str(error))
