"""A quiz: a ready panel, then question after question, against the clock or without one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import ClassVar

from msgspec import structs
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer

from quizapp import words
from quizapp.deck.card import Card, Deck, Statement
from quizapp.learn.ask import Option, Question
from quizapp.learn.judge import Given
from quizapp.learn.quiz import Asking, Done, Judged, Mode, NoCards, Paused, QuizSetup, Ready
from quizapp.sitting import QuizSitting
from quizapp.tui.question import QuestionScreen, verdict
from quizapp.tui.widgets.key_footer import key_of

LENGTHS = (60, 120, 30)
"""The sprints on offer, in seconds."""
_TICK = 0.1
_SLEPT = 5.0
"""So many seconds that only the clock on the wall has counted mean that the machine slept."""


class QuizScreen(QuestionScreen):
    """One quiz. Its results are another screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "go_on", "Next", id="quiz.space", tooltip="Start; then the next question"),
        Binding(
            "f7", "choices", "Choices", id="quiz.choices", tooltip="Which choices are asked, before the start"
        ),
        Binding(
            "f9", "mode", "Mode", id="quiz.mode", tooltip="How long, or without a clock, before the start"
        ),
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
        self._hold = False
        self._clock_hidden = False
        self._advance: Timer | None = None
        self._helping = False
        self._covered = False  # whether a pause took question and answers away
        self._ahead: float | None = None  # how much further the wall's clock was at the last tick
        self._told = False  # whether the card on the screen says that its time is over

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

    # ---- what is shown

    def show(self) -> None:
        """Put the question, its feedback, the pause or the ready panel on the screen."""
        self._stop_advance()
        view = self.sitting.view
        self.header.heading = self.deck.title
        self.header.part = "Drill" if self.setup.drill else self.setup.mode.value.capitalize()
        self.footer.label("quiz.space", {Ready: "Start", Paused: "Go on"}.get(type(view), ""))
        self.footer.label("quiz.pause", {Ready: "Home", Paused: "End"}.get(type(view), ""))
        match view:
            case Ready():
                self._show_ready()
            case Asking():
                self._told = False
                self._put(view.question)
            case Judged():
                if self._covered:
                    self._put(view.question)
                    self.place.typed.value = view.judgement.given
                self._show_feedback(view)
            case Paused():
                self._covered = True
                self.place.ask(())
                on, end = key_of(self, "quiz.space"), key_of(self, "quiz.pause")
                self.card.hide(f"Paused. {on} goes on, {end} ends the quiz.")
            case Done():
                pass
        self._show_time()

    def _put(self, question: Question) -> None:
        self._covered = False
        self.card.show_front(question.prompt)
        if question.typed:
            self.place.ask_typed()
        else:
            self.place.ask(question.options)

    def _show_ready(self) -> None:
        options = self._options_ahead()
        keys = ", ".join(
            f"{option.key or place}\u00a0{option.text}" for place, option in enumerate(options, 1)
        )
        length = f"{self.setup.seconds} seconds." if self.setup.seconds else "No clock."
        self.card.show_front(
            " ".join(part for part in ("Ready.", length, f"{keys}." if keys else "") if part)
        )
        lines = []
        if self._all_choices:
            other = ", ".join(self._other_choices())
            lines.append(
                Content.assemble(
                    (key_of(self, "quiz.choices"), "bold $text-primary"),
                    (f"  asks {other} instead", "$text-muted"),
                )
            )
        if not self.setup.drill:
            lines.append(
                Content.assemble(
                    (key_of(self, "quiz.mode"), "bold $text-primary"),
                    (f"  {self._mode_words(self._next_mode())} instead", "$text-muted"),
                )
            )
        self.card.show_back(Content("\n").join(lines))
        self.place.ask(options)

    def _show_feedback(self, view: Judged) -> None:
        card, judgement = view.question.card, view.judgement
        quick = self.setup.mode is Mode.SPRINT and judgement.right
        # No one reads a reason in the time that a right answer stays in a sprint.
        self.card.show_back(verdict(judgement, card, late=view.late), "" if quick else card.why)
        texts = [option.text for option in view.question.options]
        if texts:
            chosen = texts.index(judgement.given) if judgement.given in texts else None
            self.place.judged(chosen, texts.index(card.answer))
        else:
            self.place.typed.close()

    def _show_time(self) -> None:
        session = self.sitting.session
        scored = session.right + session.wrong
        left = session.left(self.now())
        self.header.still = self.bar.still = not session.running
        if left is None:
            total = session.total or 0
            here = scored if isinstance(self.sitting.view, Judged) else scored + 1
            self.header.note = f"{min(max(here, 1), total)} of {total}"
            self.bar.styles.visibility = "visible"
            self.bar.fraction = 1 - scored / total if total else 0.0
            return
        self.header.note = f"{session.right} right"
        self.header.clock = "" if self._clock_hidden else words.clock(left)
        self.bar.styles.visibility = "hidden" if self._clock_hidden else "visible"
        shown = ceil(left) if self.quizapp.settings.reduced_motion else left
        self.bar.fraction = shown / (self.setup.seconds or 1)

    def _options_ahead(self) -> list[Option]:
        """The options that the deck's statements will have."""
        card = next((card for card in self.sitting.session.cards if isinstance(card, Statement)), None)
        if card is None:
            return []
        only = self.setup.choices
        pairs = zip(card.choices, card.keys, strict=True)
        return [Option(text, key) for text, key in pairs if not only or text in only]

    # ---- time

    def dead_time(self) -> float:
        """A wrong answer stays a while, whatever is pressed."""
        view = self.sitting.view
        if isinstance(view, Judged) and not view.judgement.right:
            return self.quizapp.pace.wrong
        return self.quizapp.pace.dead

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
            case Judged() if view.judgement.right and self.setup.mode is Mode.SPRINT:
                self._advance = self.set_timer(pace.right, self.action_go_on)

    @property
    def question_waits(self) -> bool:
        """Whether a question is on the screen, and no answer to it."""
        return isinstance(self.sitting.view, Asking)

    def _slept(self) -> bool:
        """Whether the machine slept since the last tick: only the clock on the wall goes on meanwhile."""
        ahead = self.quizapp.clock().at_ms / 1000 - self.now()
        slept = self._ahead is not None and ahead - self._ahead > _SLEPT
        self._ahead = ahead
        return slept

    def _tick(self) -> None:
        slept = self._slept()
        if not isinstance(self.sitting.view, Asking) or self._writing:
            return
        if slept:
            self._pause()
            return
        self._show_time()
        if self.sitting.session.left(self.now()) == 0.0:
            self._time_is_up()

    def _time_is_up(self) -> None:
        now = self.now()
        if self.sitting.session.overdue(now):
            self.carry_out(lambda: self.sitting.tick(now))
        elif not self._told:
            self._told = True
            self.card.show_back(
                Content.assemble(("Time. This one may still be answered; it does not count.", "$text-muted"))
            )

    def _stop_advance(self) -> None:
        if self._advance is not None:
            self._advance.stop()
            self._advance = None

    def _focus_changed(self, focused: bool) -> None:
        if not focused:
            self._pause()

    # ---- keys

    def give(self, given: Given) -> None:
        """Answer the question: judged, logged, shown."""
        now = self.key_time
        self.carry_out(lambda: self.sitting.answer(given, now))

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
        elif not isinstance(self.sitting.view, Paused | Done) and not self._writing:
            now = self.now()
            self.carry_out(lambda: self.sitting.pause(now), self._after)

    def _after(self) -> None:
        if not isinstance(self.sitting.view, Done):
            self.repaint()
        elif self.sitting.answers:
            self._results()
        else:
            self.dismiss()

    def _results(self) -> None:
        from quizapp.tui.results import ResultsScreen

        self.app.switch_screen(ResultsScreen(self.sitting.ended(), self.cards))

    def action_clock(self) -> None:
        """Hide the clock, or show it."""
        self._hide_clock(hidden=not self._clock_hidden)
        self._show_time()

    def _hide_clock(self, *, hidden: bool) -> None:
        self._clock_hidden = hidden
        self.footer.label("quiz.clock", "Show clock" if hidden else "")

    def action_choices(self) -> None:
        """Ask the other choices."""
        self._change(structs.replace(self.setup, choices=self._other_choices(whole=False)))

    def action_mode(self) -> None:
        """Another length, or no clock."""
        self._change(self._next_mode())

    def _change(self, setup: QuizSetup) -> None:
        try:
            self._sitting = self._start(self.cards, setup)
        except NoCards as error:
            self.notify(str(error), markup=False)
            return
        self._hold = True
        self.header.clock = ""
        self.repaint()

    @property
    def _all_choices(self) -> bool:
        """Whether there are choices that the deck's quiz leaves out unless told otherwise."""
        return bool(self.deck.quiz.choices) and not self.setup.drill

    def _other_choices(self, *, whole: bool = True) -> tuple[str, ...]:
        """The choices that F7 changes to. whole: all of them by name, where the setup says () for all."""
        if self.setup.choices:
            return self.deck.choices if whole else ()
        return self.deck.quiz.choices

    def _next_mode(self) -> QuizSetup:
        usual = self.deck.quiz.seconds
        lengths = [*([usual] if usual and usual not in LENGTHS else []), *LENGTHS]
        row: list[int | None] = [*lengths, None]
        following = (
            row[(row.index(self.setup.seconds) + 1) % len(row)] if self.setup.seconds in row else row[0]
        )
        mode = Mode.PRACTICE if following is None else Mode.SPRINT
        return structs.replace(self.setup, mode=mode, seconds=following)

    @staticmethod
    def _mode_words(setup: QuizSetup) -> str:
        return f"gives {setup.seconds} seconds" if setup.seconds else "practises without a clock"

    def action_help(self) -> None:
        """Show the rules and keys; the clock stands still meanwhile."""
        self._helping = not isinstance(self.sitting.view, Paused)
        answers = self.help_lines()
        self._pause()
        from quizapp.tui.help import HelpScreen

        self.app.push_screen(HelpScreen(*answers), lambda _: self.after_help())

    def on_screen_suspend(self) -> None:
        """Another screen covers this one, such as the menu: no clock runs behind it."""
        self._pause()

    def after_help(self) -> None:
        """Go on where help was opened."""
        if self._helping and isinstance(self.sitting.view, Paused):
            self.action_go_on()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what makes sense now is bound, shown and listed."""
        view = self.sitting.view
        match action:
            case "go_on":
                return isinstance(view, Ready | Judged | Paused)
            case "choices":
                return isinstance(view, Ready) and self._all_choices
            case "mode":
                return isinstance(view, Ready) and not self.setup.drill
            case "clock":
                return isinstance(view, Asking) and self.setup.seconds is not None
            case "compare":
                return False
        return True

    def help_lines(self) -> tuple[str, str, list[tuple[str, str]]]:
        """What this quiz is."""
        if self.setup.mode is Mode.PRACTICE:
            rules = "No clock. A missed card comes back until it was right once; first answers count."
            return ("drill" if self.setup.drill else "practice"), rules, self.answer_keys()
        rules = (
            f"{self.setup.seconds} seconds. A right answer counts 1; a wrong one costs what a guess "
            "would win. The clock stands still while you read why."
        )
        return "sprint", rules, self.answer_keys()
