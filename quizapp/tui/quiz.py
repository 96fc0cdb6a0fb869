"""A quiz: a ready panel, then question after question, against the clock or without one."""

from __future__ import annotations

from math import ceil
from typing import ClassVar

from msgspec import structs
from textual.binding import Binding, BindingType
from textual.content import Content

from quizapp import modes, words
from quizapp.learn.judge import Given
from quizapp.learn.quiz import Asking, Done, Judged, Mode, NoCards, Paused, QuizSetup, Ready
from quizapp.tui.card_text import why_of
from quizapp.tui.question import verdict
from quizapp.tui.timed import TimedScreen
from quizapp.tui.widgets.key_footer import key_of


class QuizScreen(TimedScreen):
    """One quiz. Its results are another screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f7", "choices", "Choices", id="quiz.choices", tooltip="Which choices are asked, before the start"
        ),
        Binding(
            "f9",
            "mode",
            "Set up",
            id="quiz.mode",
            tooltip="Before the start: mode, length, choices",
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
                session = self.sitting.session
                other = " with\u00a0another\u00a0card" if session.card_went_back else ""
                self.card.hide(f"Paused. {on} goes\u00a0on{other}, {end} ends\u00a0the\u00a0quiz.")
            case Done():
                pass
        self._show_time()

    def _show_ready(self) -> None:
        length = modes.length(self.setup, self.sitting.session.total)
        self.card.show_front(self._ready_words(f"{length}."))
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
                    ("  another mode, length or choices", "$text-muted"),
                )
            )
        self.card.show_back(Content("\n").join(lines))
        self.place.ask(self._options_ahead())

    def _show_feedback(self, view: Judged) -> None:
        card, judgement = view.question.card, view.judgement
        # No one reads a reason in the time that a right answer stays against the clock.
        quick = self._timed and judgement.right
        self.card.show_back(verdict(judgement, card, late=view.late), "" if quick else why_of(card))
        texts = [option.text for option in view.question.options]
        if texts:
            chosen = texts.index(judgement.given) if judgement.given in texts else None
            self.place.judged(chosen, texts.index(card.answer))
        else:
            self.place.typed.close()

    def _show_time(self) -> None:
        session = self.sitting.session
        self.header.still = self.bar.still = not session.running
        self.header.note = self._progress()
        left, limit = session.left(self.now()), session.limit
        if not self._timed:
            total, scored = session.total or 0, session.right + session.wrong
            self.bar.styles.visibility = "visible"
            self.bar.fraction = 1 - scored / total if total else 0.0
            return
        shown = left if left is not None else 0.0
        self.header.clock = "" if self._clock_hidden or left is None else words.clock(shown)
        self.bar.styles.visibility = "hidden" if self._clock_hidden else "visible"
        shown = ceil(shown) if self.quizapp.settings.reduced_motion else shown
        self.bar.fraction = min(1.0, shown / limit) if limit else 1.0

    @property
    def _timed(self) -> bool:
        return self.setup.mode is not Mode.PRACTICE

    def _progress(self) -> str:
        """How far the quiz has come: cards where their number ends it, else what is right, and lives."""
        session = self.sitting.session
        if session.total is not None:
            done = session.answered if self._timed else session.right + session.wrong
            if not self._timed and done == session.total:
                return f"again, {words.count(session.remaining or 0, 'card')} left"
            here = done if isinstance(self.sitting.view, Judged) else done + 1
            place = f"{min(max(here, 1), session.total)} of {session.total}"
            return f"{place}, {words.points(self.sitting.points)} points" if self._timed else place
        right = f"{session.right} right"
        return right if session.lives is None else f"{right}, {words.count(session.lives, 'life', 'lives')}"

    # ---- time

    def dead_time(self) -> float:
        """A wrong answer stays a while, whatever is pressed."""
        view = self.sitting.view
        if isinstance(view, Judged) and not view.judgement.right:
            return self.quizapp.pace.wrong
        return self.quizapp.pace.dead

    @property
    def _may_go_on(self) -> bool:
        """Whether the feedback has been on the screen for long enough."""
        return self._alive_at is not None and self.now() >= self._alive_at

    def _after_feedback(self, view: Judged) -> None:
        """Against the clock a right answer stays a moment only; a sprint goes on after a wrong one too."""
        pace = self.quizapp.pace
        # The footer names the key that goes on when it does.
        if wait := self.dead_time():
            self.set_timer(wait, self.refresh_bindings)
        else:
            self.refresh_bindings()
        if view.judgement.right and self._timed:
            # A typo is there to be read.
            stays = max(pace.right, pace.wrong) if view.judgement.typo else pace.right
            self._advance = self.set_timer(stays, self.action_go_on)
        elif self.setup.mode is Mode.SPRINT and pace.sprint:
            self._advance = self.set_timer(max(pace.sprint, pace.wrong), self.action_go_on)

    def _time_is_up(self) -> None:
        now = self.now()
        if self.sitting.session.overdue(now):
            self.carry_out(lambda: self.sitting.tick(now))
        elif not self._told and self.setup.mode is Mode.SPRINT:
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
        choices = self._other_choices(whole=False)
        self._change(structs.replace(self.setup, choices=choices, seed=self._seed))

    def action_mode(self) -> None:
        """Choose another mode, length or choices."""
        self.quizapp.sessions.set_up(self.deck, self.setup)

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what makes sense now is bound, shown and listed."""
        view = self.bound_view
        match action:
            case "go_on":
                return isinstance(view, Ready | Paused) or (isinstance(view, Judged) and self._may_go_on)
            case "choices":
                return isinstance(view, Ready) and self._all_choices
            case "mode":
                return isinstance(view, Ready) and not self.setup.drill
            case "clock":
                return isinstance(view, Asking) and self._timed
        return True

    def help_lines(self) -> tuple[str, str, list[tuple[str, str]]]:
        """What this quiz is."""
        return modes.name(self.setup).lower(), modes.rules(self.setup), self.answer_keys()
