"""The Textual app: themes, screens, and what they share."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import ClassVar

from msgspec import Struct, structs
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.screen import Screen

from quizapp.deck.card import Card, Deck
from quizapp.deck.library import Library
from quizapp.learn import study as studying
from quizapp.learn.order import askable
from quizapp.learn.quiz import Mode, NoCards, QuizSetup
from quizapp.overview import Overview, overview, usual_quiz
from quizapp.scores.errors import ScoresError
from quizapp.scores.store import Store
from quizapp.settings.places import Places
from quizapp.settings.values import Settings, usual_study
from quizapp.sitting import Clock, QuizSitting, StudySitting, quiz, study
from quizapp.tui.home import HomeScreen
from quizapp.tui.opening import Home, Opening, Quiz, Study
from quizapp.tui.theme import LAMP, lamp, lamp_16, paper, paper_16, theme_changes, theme_defaults


class Pace(Struct, frozen=True):
    """Times of the screens, in seconds. dead: keys after a paint. right, wrong: how long feedback stays at
    least. ready: the panel before a quiz, but for the first one."""

    dead: float
    right: float
    wrong: float
    ready: float


def pace_of(settings: Settings) -> Pace:
    """The times that were set."""
    quiz = settings.quiz
    return Pace(settings.dead_seconds, quiz.right_seconds, quiz.wrong_seconds, quiz.ready_seconds)


def _collect_garbage() -> None:
    """Turn the collector on again where the start turned it off; what there is by now stays out of it."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _commands() -> type[Provider]:
    """What the palette offers; imported when it opens."""
    from quizapp.tui.commands import Commands

    return Commands


class QuizApp(App[None]):
    """quizapp on the screen."""

    CSS_PATH: ClassVar = ["app.tcss", "screens.tcss"]
    TITLE = "quizapp"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal"), (120, "-wide")]  # noqa: RUF012 - as Textual has it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-medium"), (34, "-tall")]  # noqa: RUF012 - as Textual has it
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="quit", tooltip="Quit from anywhere"),
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
        settings: Settings | None = None,
        pace: Pace | None = None,
    ) -> None:
        """random: a number to make a quiz's seed of. opening: what to show first. pace: other times than the
        settings', for tests."""
        super().__init__()
        self.settings = settings or Settings()
        self.library = library
        self.store = store
        self.clock = clock
        self.places = places
        self.pace = pace or pace_of(self.settings)
        self._random = random
        self._opening = opening or Home()
        for theme in (lamp(), paper(), lamp_16(), paper_16()):
            self.register_theme(theme)
        # Not self.theme = …: its watcher has the stylesheet parsed once more before the first frame.
        self.set_reactive(QuizApp.theme, LAMP)
        self._styled = self.get_css_variables()
        self.stylesheet.set_variables(self._styled)

    def get_default_screen(self) -> Screen[None]:
        """Home is the first screen; whatever is opened comes above it."""
        return HomeScreen()

    def refresh_css(self, animate: bool = True) -> None:
        """Parse the stylesheet again, unless it was parsed with the same variables."""
        variables = self.get_css_variables()
        if variables != self._styled:
            self._styled = variables
            super().refresh_css(animate=animate)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for themes that lack them."""
        return theme_defaults(self.current_theme)

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables, with those of Textual's that text can't be styled with put right."""
        return super().get_css_variables() | theme_changes(self.current_theme)

    def on_mount(self) -> None:
        """Open what was asked for, above home."""
        self.call_after_refresh(_collect_garbage)
        match self._opening:
            case Study(deck):
                self.study([deck], deck.title)
            case Quiz(deck, setup):
                self.start_quiz(deck, deck.cards, structs.replace(setup, seed=self._random()))
            case Home():
                pass

    # ---- what the screens ask for

    def overview(self) -> Overview:
        """What waits in each deck now."""
        return overview(self.store, self.library, self.clock(), usual_study(self.settings))

    def preview(self, decks: Iterable[Deck]) -> studying.View:
        """The first thing that studying these decks would show now."""
        sitting = self._study(decks)
        sitting.start()
        return sitting.view

    def _study(self, decks: Iterable[Deck]) -> StudySitting:
        chosen = list(decks)
        # The same day's order for the same decks, so that the preview shows what Enter will ask.
        seed = f"{self.clock().day} {' '.join(sorted(deck.id for deck in chosen))}"
        random = Random(seed)  # noqa: S311 - an order, no secret
        return study(self.store, self.clock, chosen, random, usual_study(self.settings))

    def study(self, decks: Iterable[Deck], title: str) -> None:
        """Study these decks."""
        from quizapp.tui.study import StudyScreen

        chosen = list(decks)
        self._open(lambda: StudyScreen(self._study(chosen), title))

    def can_quiz(self, deck: Deck) -> bool:
        """Whether the deck's usual quiz has anything to ask."""
        return bool(askable(deck.cards, usual_quiz(deck).choices))

    def quiz(self, deck: Deck) -> None:
        """The deck's usual timed quiz."""
        self.start_quiz(deck, deck.cards, usual_quiz(deck, seed=self._random()))

    def practice(self, deck: Deck) -> None:
        """The deck's usual quiz without a clock."""
        setup = structs.replace(usual_quiz(deck), mode=Mode.PRACTICE, seconds=None)
        self.start_quiz(deck, deck.cards, setup)

    def drill(self, deck: Deck, cards: Sequence[Card], setup: QuizSetup) -> None:
        """Practise these cards of a deck, with the choices of the quiz that they were missed in."""
        drill = structs.replace(setup, mode=Mode.PRACTICE, seconds=None, drill=True)
        self.start_quiz(deck, cards, drill)

    def start_quiz(self, deck: Deck, cards: Sequence[Card], setup: QuizSetup) -> None:
        """A quiz with a seed of its own; it takes the place of any screen but home."""
        from quizapp.tui.quiz import QuizScreen

        def start(cards: Sequence[Card], setup: QuizSetup) -> QuizSitting:
            counts = usual_study(self.settings) if self.settings.quiz.counts_for_study else None
            setup = structs.replace(setup, seed=self._random())
            return quiz(self.store, self.clock, deck, cards, setup, counts)

        def make() -> Screen[None]:
            return QuizScreen(deck, cards, setup, start)

        try:
            self._open(make)
        except NoCards as error:
            self.notify(str(error), markup=False)

    def _open(self, make: Callable[[], Screen[None]]) -> None:
        """Show a session above home, in the place of any other screen; a session there is ended first."""
        from quizapp.tui.question import QuestionScreen

        # No word of home's lies over a card.
        self.clear_notifications()
        if isinstance(self.screen, HomeScreen):
            self.push_screen(make())
        elif isinstance(self.screen, QuestionScreen):
            self.screen.hand_over(lambda: self.switch_screen(make()))
        else:
            self.switch_screen(make())

    async def action_quit(self) -> None:
        """End the session that is open, and quit; say so if an answer could not be written."""
        from quizapp.tui.question import QuestionScreen

        for screen in self.screen_stack:
            if isinstance(screen, QuestionScreen):
                try:
                    await asyncio.to_thread(screen.sitting.close, screen.now())
                except ScoresError as error:
                    self.exit(return_code=1, message=f"{error}\nThe last answer could not be written.")
                    return
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C quits as Ctrl+Q does: every answer is on disk, so that there is nothing to ask."""
        self.run_worker(self.action_quit())

    def _handle_exception(self, error: Exception) -> None:
        """A scores file that can't be read any more ends the app with a sentence, not with a traceback."""
        if isinstance(error, ScoresError):
            self.fail(error)
        else:
            super()._handle_exception(error)

    def fail(self, error: ScoresError) -> None:
        """Stop, and say why on the terminal: the scores file can't be used any more."""
        self.exit(return_code=1, message=str(error))
