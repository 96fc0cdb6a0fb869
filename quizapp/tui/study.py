"""Studying: flashcards, one after another."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from quizapp import words
from quizapp.deck.card import Deck
from quizapp.learn.ask import Question
from quizapp.learn.judge import Given
from quizapp.learn.study import Asking, Finished, Grading
from quizapp.record import Grade
from quizapp.sitting import StudySitting
from quizapp.tui.card_text import back_of, prompt_of, why_of
from quizapp.tui.question import QuestionScreen, answer_of, compared, verdict
from quizapp.tui.widgets.grades import Grades
from quizapp.tui.widgets.key_footer import key_of

_OVERRUN = 0.7
"""So many seconds after the last edit, Backspace in the empty line undoes."""


class StudyScreen(QuestionScreen):
    """A study session, and at its end what was done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space",
            "go_on",
            "Show answer",
            id="study.space",
            tooltip="Show the answer; then go on (Enter too)",
        ),
        Binding("enter", "reveal_typed", "Show answer", id="study.enter", tooltip="Show the answer"),
        Binding("1", "grade(1)", "Grade", key_display="1–4", id="study.grade", tooltip="Grade it Again"),
        Binding("2", "grade(2)", "Hard", show=False, id="study.hard", tooltip="Grade it Hard"),
        Binding("3", "grade(3)", "Good", show=False, id="study.good", tooltip="Grade it Good"),
        Binding("4", "grade(4)", "Easy", show=False, id="study.easy", tooltip="Grade it Easy"),
        Binding("t", "quiz", "Timed quiz", id="study.quiz", tooltip="A timed quiz on this deck"),
        Binding("r", "practice", "Practice", id="study.practice", tooltip="Practice without a clock"),
        Binding(
            "tab", "compare", "Compare", show=False, id="card.compare", tooltip="Compare with its contrast"
        ),
        Binding("backspace", "undo", "Undo", id="study.undo", tooltip="Take the last answer back"),
        Binding("escape", "leave", "Leave", id="study.leave", tooltip="Leave; every answer is kept"),
    ]

    def __init__(self, sitting: StudySitting, title: str) -> None:
        """title: what is studied, for when no card is on the screen."""
        super().__init__()
        self._asked: Asking | None = None  # the question whose time is measured
        self._since: float | None = None  # when it came into sight; None while it is covered or answered
        self._spent = 0.0  # how long it was in sight before that, in seconds
        self._edited = 0.0  # when the line of a typed answer last changed, on Textual's clock
        self._sitting = sitting
        self._title = title

    @property
    def sitting(self) -> StudySitting:
        """The session with its log."""
        return self._sitting

    @property
    def question(self) -> Question | None:
        """The question that waits for an answer."""
        view = self.sitting.view
        return view.question if isinstance(view, Asking) else None

    @property
    def question_waits(self) -> bool:
        """Whether a question is on the screen, and no answer to it."""
        return isinstance(self.sitting.view, Asking)

    def painted(self, now: float) -> None:
        """A question's time begins when it is in sight."""
        view = self.sitting.view
        if self.app.screen is not self:
            # Help came while an answer was being written.
            self.card.hide()
            return
        if isinstance(view, Asking) and view is not self._asked:
            self._asked, self._since, self._spent = view, now, 0.0

    def on_screen_suspend(self) -> None:
        """Help or the menu cover the question: its time stands still."""
        self._stop(self.now())

    def on_screen_resume(self) -> None:
        """The question is in sight again."""
        if self._asked is not None and self.sitting.view is self._asked:
            self._since = self.now()

    def _stop(self, now: float) -> None:
        if self._since is not None:
            self._spent += max(0.0, now - self._since)
            self._since = None

    def _ms(self) -> int:
        self._stop(self.key_time)
        return round(1000 * self._spent)

    def on_mount(self) -> None:
        """Ask the first card; no time is counted while the program is suspended."""
        app = self.app
        app.app_suspend_signal.subscribe(self, lambda _: self.on_screen_suspend(), immediate=True)
        app.app_resume_signal.subscribe(self, lambda _: self.on_screen_resume(), immediate=True)
        self.sitting.start()
        self.repaint()

    def show(self) -> None:
        """Put the card, its feedback or the summary on the screen."""
        view = self.sitting.view
        self.footer.label("study.space", "")
        self.footer.label("study.leave", "Home" if isinstance(view, Finished) else "")
        match view:
            case Asking():
                self._show_question(view)
            case Grading(judgement=None):
                self._show_reveal(view)
            case Grading():
                self._show_feedback(view)
            case Finished():
                self._show_summary(view)

    def _head(self, view: Asking | Grading) -> None:
        self.header.heading = self.sitting.decks[view.item.ref.deck].title
        self.header.note = f"{view.place.position} of {view.place.total}"
        self.bar.fraction = (view.place.position - 1) / view.place.total

    def _show_question(self, view: Asking) -> None:
        self._head(view)
        self.grades.clear()
        self.card.show_front(prompt_of(view.question))
        if view.question.typed:
            self.place.ask_typed()
        else:
            self.place.ask(view.question.options)

    def _show_reveal(self, view: Grading) -> None:
        answer = answer_of(view.item.card) if view.question.options else back_of(view.item.card)
        self.card.show_flip(answer, why_of(view.item.card))
        self.place.grade(self._intervals(view), view.marked)
        self._label_space(view)

    def _show_feedback(self, view: Grading) -> None:
        judgement = view.judgement
        if judgement is None:
            return
        card = view.item.card
        self.card.show_back(verdict(judgement, card), why_of(card), compared(view.contrast))
        texts = [option.text for option in view.question.options]
        if texts:
            self.place.judged(texts.index(judgement.given), texts.index(card.answer))
        else:
            self.place.typed.close()
        self.grades.offer(self._intervals(view), view.marked)
        self._label_space(view)

    def _show_summary(self, view: Finished) -> None:
        self.header.heading = self._title
        self.header.note = ""
        self.bar.fraction = 1.0 if view.answers else 0.0
        self.grades.clear()
        self.place.ask(())
        if view.answers:
            self.card.show_front(f"{words.count(view.cards, 'card')} studied.")
            lines = [
                f"{words.count(view.answers, 'answer')}, {view.right} remembered, "
                f"{view.answers - view.right} to see again.",
                self._next(),
                self._offer(),
            ]
        else:
            self.card.show_front(self._next() or "Nothing to study here.")
            lines = [self._offer()]
        self.card.show_flip("\n".join(line for line in lines if line))

    def _next(self) -> str:
        if self.sitting.more_waits():
            # The rollover hour passed meanwhile.
            return "More is due now."
        when = words.when(*self.sitting.next_due(), self.quizapp.clock())
        return f"Nothing due until {when}." if when else ""

    def _offer(self) -> str:
        if not self._quizzable:
            return ""
        quiz, practice = key_of(self, "study.quiz"), key_of(self, "study.practice")
        return f"{quiz} starts a timed quiz, {practice} practice without a clock."

    @property
    def _quizzable(self) -> Deck | None:
        """The first of the decks that a quiz can ask."""
        return next(
            (deck for deck in self.sitting.decks.values() if self.quizapp.sessions.can_quiz(deck)), None
        )

    def _intervals(self, view: Grading) -> list[str]:
        now = self.quizapp.clock()
        return [words.interval(view.outcomes[grade], now) for grade in Grade]

    def _label_space(self, view: Grading) -> None:
        interval = self._intervals(view)[view.marked - 1]
        self.footer.label("study.space", f"{view.marked.name.capitalize()}, {interval}")

    # ---- keys

    def give(self, given: Given) -> None:
        """Answer the question: judged, logged, shown."""
        ms = self._ms()
        self.carry_out(lambda: self.sitting.answer(given, ms))

    def action_go_on(self) -> None:
        """Reveal the answer, or take the marked grade."""
        view = self.sitting.view
        match view:
            case Asking() if self._writing:
                pass  # an answer that was pressed in the same instant comes first
            case Asking():
                self._stop(self.key_time)
                self.sitting.reveal()
                self.repaint()
            case Grading():
                self.action_grade(view.marked)
            case Finished():
                self.action_leave()

    def action_reveal_typed(self) -> None:
        """Enter in an empty line shows the answer."""
        self.action_go_on()

    def other_key(self, event: events.Key) -> bool:
        """Enter is Space wherever nothing is typed."""
        if event.key != "enter" or self._typing:
            return False
        self.action_go_on()
        return True

    @property
    def _typing(self) -> bool:
        return self.question is not None and self.question.typed

    def action_grade(self, grade: int) -> None:
        """Grade the card and go on."""
        ms = self._ms()
        self.carry_out(lambda: self.sitting.grade(Grade(grade), ms))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Remember when something was typed or deleted."""
        message.stop()
        self._edited = message.time

    def action_undo(self) -> None:
        """Hide a revealed answer, or take the last answer back."""
        edited = self._edited + self.quizapp.time_offset > self._painted
        if self._typing and edited and self._key_time - self._edited < _OVERRUN:
            # Backspace was held to empty the line, and ran on.
            self._edited = self._key_time
            return
        self.carry_out(self.sitting.undo)

    def action_compare(self) -> None:
        """Show the contrast in the place of why, or why again."""
        self.card.toggle_compare()

    def action_leave(self) -> None:
        """End the session and go home."""
        self.carry_out(self.sitting.leave, self._home, waits=True)

    def _home(self) -> None:
        self.uncover()
        self.dismiss()

    def action_quiz(self) -> None:
        """A timed quiz instead."""
        if self._quizzable is not None:
            self.quizapp.sessions.quiz(self._quizzable)

    def action_practice(self) -> None:
        """Practice instead."""
        if self._quizzable is not None:
            self.quizapp.sessions.practice(self._quizzable)

    def on_grades_graded(self, message: Grades.Graded) -> None:
        """A grade was clicked."""
        message.stop()
        self._key_time = message.time
        if self.alive:
            self.action_grade(message.grade)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what makes sense now is bound, shown and listed."""
        view = self.sitting.view
        match action:
            case "grade":
                return isinstance(view, Grading)
            case "undo":
                return self.sitting.can_undo or (isinstance(view, Grading) and view.judgement is None)
            case "quiz" | "practice":
                return isinstance(view, Finished) and self._quizzable is not None
            case "go_on":
                return not isinstance(view, Finished) and not self._typing
            case "reveal_typed":
                return self._typing
            case "compare":
                return self.card.compare_waits
        return True

    def help_lines(self) -> tuple[str, str, list[tuple[str, str]]]:
        """What studying is."""
        rules = (
            "Answer with a key, or look at the answer with Space and grade yourself. "
            "Each grade shows when the card will come again."
        )
        return "study", rules, self.answer_keys()
