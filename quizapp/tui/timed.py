"""What all quizzes show alike: the ready panel, the clock, the pause, and the way to the results."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.timer import Timer

from quizapp import modes
from quizapp.deck.card import Card, Deck, Statement
from quizapp.learn.ask import Option, Question
from quizapp.learn.quiz import Asking, Done, Judged, Paused, Ready, View
from quizapp.learn.setup import QuizSetup
from quizapp.sitting import QuizSitting
from quizapp.tui.card_text import options_of, prompt_of
from quizapp.tui.question import QuestionScreen

if TYPE_CHECKING:
    from quizapp.tui.help import HelpScreen

_TICK = 0.1
_SLEPT = 5.0
"""So many seconds that only the clock on the wall has counted mean that the machine slept."""


class TimedScreen(QuestionScreen):
    """A quiz of any mode on the screen. Its results are another screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "go_on", "Next", id="quiz.space", tooltip="Start; then the next question"),
        Binding("f2", "clock", "Hide clock", id="quiz.clock", tooltip="Hide the clock, or show it"),
        Binding("escape", "pause", "Pause", id="quiz.pause", tooltip="Pause; Esc again ends the quiz"),
    ]

    quiz_bar = True

    def __init__(
        self,
        deck: Deck,
        cards: Sequence[Card],
        setup: QuizSetup,
        start: Callable[[Sequence[Card], QuizSetup], QuizSitting],
    ) -> None:
        """cards: those to ask from. start: makes a sitting for cards and a setup."""
        super().__init__()
        self.deck = deck
        self.cards = tuple(cards)
        self._start = start
        self._sitting = start(cards, setup)
        self._seed = setup.seed  # 0 unless somebody named one; the sitting's setup has the one that was drawn
        self._hold = False
        self._clock_hidden = False
        self._advance: Timer | None = None
        self._before: View | None = None  # what was shown before another screen covered this one
        self._covered = False  # whether a pause took question and answers away
        self._ahead: float | None = None  # how much further the wall's clock was at the last tick

    @property
    def sitting(self) -> QuizSitting:
        """The session with its log."""
        return self._sitting

    @property
    def setup(self) -> QuizSetup:
        """What is quizzed, and how."""
        return self._sitting.session.setup

    @property
    def question(self) -> Question | None:
        """The question that waits for an answer."""
        view = self.sitting.view
        return view.question if isinstance(view, Asking) and self.sitting.session.running else None

    def on_mount(self) -> None:
        """Get ready; stop the clock whenever the terminal loses the focus."""
        self._hide_clock(hidden=not self.quizapp.settings.quiz.clock)
        self.repaint()
        self.set_interval(_TICK, self._tick)
        self.watch(self.app, "app_focus", self._focus_changed, init=False)
        self.app.app_suspend_signal.subscribe(self, lambda _: self._pause(), immediate=True)

    @property
    def question_waits(self) -> bool:
        """Whether a question is on the screen, and no answer to it."""
        return isinstance(self.sitting.view, Asking)

    # ---- what the mode's screen adds

    @abstractmethod
    def _show_time(self) -> None:
        """Put figures and clock on the screen."""

    @abstractmethod
    def _time_is_up(self) -> None:
        """No time is left."""

    def _after_feedback(self, view: Judged) -> None:
        """The feedback is on the screen."""

    # ---- what is shown

    def _show_head(self) -> None:
        """Say what this is, and what Space and Esc do now."""
        self._stop_advance()
        view = self.sitting.view
        self.header.heading = self.deck.title
        self.header.part = modes.name(self.setup)
        self.footer.label("quiz.space", {Ready: "Start", Paused: "Go on"}.get(type(view), ""))
        self.footer.label("quiz.pause", {Ready: "Home", Paused: "End"}.get(type(view), ""))

    def _put(self, question: Question) -> None:
        self._covered = False
        self.card.show_front(prompt_of(question))
        if question.typed:
            self.place.ask_typed()
        else:
            self.place.ask(options_of(question))

    def _take_away(self) -> None:
        """Take the answers away for a pause: while a line takes text, Space is none of the screen's keys."""
        self._covered = True
        self.place.ask(())

    def _ready_words(self, length: str) -> str:
        """`Ready. 60 seconds. b BPO, k KPO.`"""
        options = self._options_ahead()
        keys = ", ".join(
            f"{option.key or place}\u00a0{option.text}" for place, option in enumerate(options, 1)
        )
        return " ".join(part for part in ("Ready.", length, f"{keys}." if keys else "") if part)

    def _options_ahead(self) -> list[Option]:
        """The options that the deck's statements will have."""
        card = next((card for card in self.sitting.session.cards if isinstance(card, Statement)), None)
        if card is None:
            return []
        only = self.setup.choices
        pairs = zip(card.choices, card.keys, strict=True)
        return [Option(text, key) for text, key in pairs if not only or text in only]

    # ---- time

    def painted(self, now: float) -> None:
        """The clock starts with the paint of a question; feedback and the ready panel go on by themselves."""
        view, pace = self.sitting.view, self.quizapp.pace
        if not (self.app.screen is self and self.app.app_focus):
            # Help, the menu or another window came while an answer was being written.
            self._pause()
            return
        match view:
            case Ready() if not (self._hold or self.quizapp.first_quiz):
                self._advance = self.set_timer(pace.ready, self.action_go_on)
            case Asking():
                self.sitting.session.painted(now)
                self._show_time()
            case Judged():
                self._after_feedback(view)

    def _slept(self) -> bool:
        """Whether the machine slept since the last tick: only the clock on the wall goes on meanwhile."""
        ahead = self.quizapp.clock().at_ms / 1000 - self.now()
        slept = self._ahead is not None and ahead - self._ahead > _SLEPT
        self._ahead = ahead
        return slept

    def _tick(self) -> None:
        if self._writing:
            return
        slept = self._slept()
        if not isinstance(self.sitting.view, Asking):
            return
        if slept:
            self._pause()
            return
        self._show_time()
        if self.sitting.session.left(self.now()) == 0.0:
            self._time_is_up()

    def _stop_advance(self) -> None:
        if self._advance is not None:
            self._advance.stop()
            self._advance = None

    def _focus_changed(self, focused: bool) -> None:
        if not focused:
            self._pause()

    # ---- keys

    def other_key(self, event: events.Key) -> bool:
        """Any key skips the ready panel; an answer key goes on after feedback."""
        pressed = event.is_printable or event.key == "enter"
        if pressed and isinstance(self.sitting.view, Ready | Judged | Paused):
            self.action_go_on()
            return True
        return False

    def action_go_on(self) -> None:
        """Start, go on after feedback, or leave the pause."""
        self._stop_advance()
        match self.sitting.view:
            case Ready():
                self.quizapp.first_quiz = False
                self.carry_out(self.sitting.begin)
            case Judged():
                self.carry_out(self.sitting.go_on, self._after)
            case Paused():
                self.sitting.session.resume()
                self.repaint()

    def action_pause(self) -> None:
        """Pause; from the ready panel go home, from a pause end the quiz."""
        match self.sitting.view:
            case Ready():
                self.dismiss()
            case Paused():
                now = self.now()
                self.carry_out(lambda: self.sitting.end(now), self._after)
            case _:
                self._pause()

    def _pause(self) -> None:
        if isinstance(self.sitting.view, Ready):
            self._hold = True
            self._stop_advance()
        elif not isinstance(self.sitting.view, Paused | Done):
            self._stop_advance()
            now = self.now()
            self.carry_out(lambda: self.sitting.pause(now), self._after)

    def _after(self) -> None:
        if not isinstance(self.sitting.view, Done):
            self.repaint()
        elif self.sitting.answers:
            self._results()
        else:
            self.uncover()
            self.dismiss()

    def _results(self) -> None:
        from quizapp.tui.results import ResultsScreen

        self.uncover()
        self.app.switch_screen(ResultsScreen(self.sitting.ended(), self.cards))

    def action_clock(self) -> None:
        """Hide the clock, or show it."""
        self._hide_clock(hidden=not self._clock_hidden)
        self._show_time()

    def _hide_clock(self, *, hidden: bool) -> None:
        self._clock_hidden = hidden
        self.footer.label("quiz.clock", "Show clock" if hidden else "")

    def action_help(self) -> None:
        """Show the rules and keys; the clock stands still meanwhile."""
        self.app.push_screen(self._help_screen())

    def _help_screen(self) -> HelpScreen:
        """The help for what is on the screen."""
        from quizapp.tui.help import HelpScreen

        return HelpScreen(*self.help_lines())

    @property
    def bound_view(self) -> View:
        """What the keys are about: what is shown, or what help or the menu covers."""
        return self._before if self._before is not None else self.sitting.view

    def on_screen_suspend(self) -> None:
        """Another screen covers this one, such as help or the menu: no clock runs behind it."""
        if isinstance(self.sitting.view, Asking | Judged):
            self._before = self.sitting.view
        self._pause()

    def on_screen_resume(self) -> None:
        """Nothing covers it any more: go on, unless it was paused before."""
        before, self._before = self._before, None
        if before is not None and isinstance(self.sitting.view, Paused):
            self.action_go_on()
