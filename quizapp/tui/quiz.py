"""A quiz: a ready panel, then question after question, against the clock or without one."""

from __future__ import annotations

from math import ceil
from typing import ClassVar

from msgspec import structs
from textual.binding import Binding, BindingType
from textual.content import Content

from quizapp import words
from quizapp.learn.judge import Given
from quizapp.learn.quiz import Asking, Done, Judged, Mode, NoCards, Paused, QuizSetup, Ready
from quizapp.tui.question import verdict
from quizapp.tui.timed import TimedScreen
from quizapp.tui.widgets.key_footer import key_of

LENGTHS = (60, 120, 30)
"""The sprints on offer, in seconds."""


class QuizScreen(TimedScreen):
    """One quiz. Its results are another screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f7", "choices", "Choices", id="quiz.choices", tooltip="Which choices are asked, before the start"
        ),
        Binding(
            "f9", "mode", "Mode", id="quiz.mode", tooltip="How long, or without a clock, before the start"
        ),
    ]

    _told = False
    """Whether the card on the screen says that its time is over."""

    # ---- what is shown

    def show(self) -> None:
        """Put the question, its feedback, the pause or the ready panel on the screen."""
        self._show_head()
        view = self.sitting.view
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
                self._take_away()
                on, end = key_of(self, "quiz.space"), key_of(self, "quiz.pause")
                self.card.hide(f"Paused. {on} goes on, {end} ends the quiz.")
            case Done():
                pass
        self._show_time()

    def _show_ready(self) -> None:
        length = f"{self.setup.seconds} seconds." if self.setup.seconds else "No clock."
        self.card.show_front(self._ready_words(length))
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
        self.place.ask(self._options_ahead())

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

    # ---- time

    def dead_time(self) -> float:
        """A wrong answer stays a while, whatever is pressed."""
        view = self.sitting.view
        if isinstance(view, Judged) and not view.judgement.right:
            return self.quizapp.pace.wrong
        return self.quizapp.pace.dead

    def _after_feedback(self, view: Judged) -> None:
        """In a sprint a right answer stays for a moment only."""
        if view.judgement.right and self.setup.mode is Mode.SPRINT:
            self._advance = self.set_timer(self.quizapp.pace.right, self.action_go_on)

    def _time_is_up(self) -> None:
        now = self.now()
        if self.sitting.session.overdue(now):
            self.carry_out(lambda: self.sitting.tick(now))
        elif not self._told:
            self._told = True
            self.card.show_back(
                Content.assemble(("Time. This one may still be answered; it does not count.", "$text-muted"))
            )

    # ---- keys

    def give(self, given: Given) -> None:
        """Answer the question: judged, logged, shown."""
        now = self.key_time
        self.carry_out(lambda: self.sitting.answer(given, now))

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
