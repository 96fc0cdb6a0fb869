"""Studying: flashcards, one after another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.widgets import Input

from quizapp.learn.ask import Question
from quizapp.learn.judge import Given
from quizapp.learn.study import Asking, Finished, Grading
from quizapp.problem import Problem
from quizapp.record import Grade, Ref
from quizapp.sitting import StudySitting
from quizapp.tui import study_words as said
from quizapp.tui.in_sight import InSight
from quizapp.tui.notices import Kind
from quizapp.tui.study_card import StudyCard
from quizapp.tui.study_keys import STUDY_KEYS
from quizapp.tui.widgets.grades import Grades


class StudyScreen(StudyCard):
    """A study session, and at its end what was done."""

    BINDINGS: ClassVar[list[BindingType]] = STUDY_KEYS

    def __init__(self, sitting: StudySitting, title: str, again: Callable[[], object] | None = None) -> None:
        """As a StudyCard's."""
        super().__init__(sitting, title, again)
        self._in_sight = InSight()
        self._problems: Sequence[Problem] = ()  # those of the decks as they were seen last
        self._flagged = 0.0  # when a flag was shown or taken away

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
        if isinstance(view, Asking) and not self._in_sight.measures(view):
            self._in_sight.begin(view, now)

    def on_screen_suspend(self) -> None:
        """Help or the menu cover the question: its time stands still."""
        self._in_sight.stop(self.now())

    def on_screen_resume(self) -> None:
        """The question is in sight again."""
        view = self.sitting.view
        if isinstance(view, Asking) and not self._in_sight.measures(view):
            # It was edited meanwhile.
            self._in_sight.begin(view, None)
            self.card.unhide()
        if self._in_sight.measures(view):
            self._in_sight.go_on(self.now())

    def on_mount(self) -> None:
        """Ask the first card; no time is counted while the program is suspended."""
        app = self.app
        self._problems = self.quizapp.library.problems
        app.app_suspend_signal.subscribe(self, lambda _: self.on_screen_suspend(), immediate=True)
        app.app_resume_signal.subscribe(self, lambda _: self.on_screen_resume(), immediate=True)
        self.sitting.start()
        self.repaint()

    def decks_changed(self) -> None:
        """The card on the screen stays as it is; the next ones are as they are now. What else has changed is
        said, for it is not to be seen here."""
        library, before = self.quizapp.library, self.sitting.decks
        known, self._problems = self._problems, library.problems
        self.sitting.renew(library.decks)
        wrong = said.new_problems([one for one in library.problems if one not in known])
        if wrong:
            self.notify(wrong, severity="warning", markup=False)
        if fresh := said.new_cards(before, self.sitting.decks):
            self.quizapp.notify(fresh, markup=False, kind=Kind.NEWS)

    def cards_edited(self, moves: Mapping[Ref, Ref]) -> None:
        """Ask the card on the screen as it reads now."""
        view, sitting, decks = self.sitting.view, self.sitting, self.quizapp.library.decks

        def then() -> None:
            if sitting.view is not view:
                self.repaint()

        self.carry_out(lambda: sitting.take_edits(decks, moves), then, waits=True)

    # ---- keys

    def give(self, given: Given) -> None:
        """Answer the question: judged, logged, shown."""
        ms = self._in_sight.ms(self.key_time)
        self.carry_out(lambda: self.sitting.answer(given, ms))

    def action_go_on(self) -> None:
        """Reveal the answer, or take the marked grade."""
        view = self.sitting.view
        match view:
            case Asking() if self._writing:
                pass  # an answer that was pressed in the same instant comes first
            case Asking():
                self._in_sight.stop(self.key_time)
                self.sitting.reveal()
                self.repaint()
            case Grading():
                self.action_grade(view.marked)
            case Finished() if view.left:
                self.sitting.go_on()
                self.repaint()
            case Finished() if self._again is not None:
                self._again()
            case Finished():
                self.action_leave()

    def action_reveal_typed(self) -> None:
        """Enter in an empty line shows the answer."""
        self.action_go_on()

    def other_key(self, event: events.Key) -> bool:
        """Enter is Space wherever nothing is typed. Backspace undoes nothing in a line that was emptied: held
        or pressed again, it ran on."""
        if event.key == "backspace":
            return self._typing and self._typed and not self.place.typed.value
        if event.key != "enter" or self._typing:
            return False
        self.action_go_on()
        return True

    @property
    def _typing(self) -> bool:
        return self.question is not None and self.question.typed

    def action_grade(self, grade: int) -> None:
        """Grade the card and go on."""
        ms = self._in_sight.ms(self.key_time)
        self.carry_out(lambda: self.sitting.grade(Grade(grade), ms))

    def action_hint(self) -> None:
        """Show the hint."""
        self.sitting.hint()
        self._amend()

    def action_flag(self) -> None:
        """Flag the card, or take its flag away."""
        # Nothing else is dead after it, so that it can come in the middle of typing.
        if self.key_time >= self._flagged + self.dead_time():
            self.carry_out(self.sitting.flag, self._amend)

    def _amend(self) -> None:
        """Show a hint or a flag, and leave the rest as it is: what is being typed, the question's time."""
        view = self.sitting.view
        if isinstance(view, Finished):
            return
        self._flagged = self.now()
        self._head(view)
        if isinstance(view, Asking):
            self._in_sight.amend(view)
            self._show_hint(view)
        self.refresh_bindings()

    def asks(self, deck: str, key: str) -> bool:
        """Whether this card of this deck is on the screen."""
        view = self.sitting.view
        return not isinstance(view, Finished) and view.item.ref == Ref(deck, key)

    def action_edit(self) -> None:
        """Open the card's form."""
        view = self.sitting.view
        if not isinstance(view, Finished) and not self._writing:
            self.quizapp.editing.edit(self.sitting.decks[view.item.ref.deck], view.item.card)

    def action_suspend(self) -> None:
        """Ask the card no more."""
        self.carry_out(self.sitting.suspend)

    def action_bury(self) -> None:
        """Ask the card no more today."""
        self.carry_out(self.sitting.bury)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Remember that something was typed for the question."""
        message.stop()
        self._typed = self._typed or (self._typing and bool(message.value))

    def action_undo(self) -> None:
        """Hide a revealed answer, or take back what was done last."""
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

    def action_again(self) -> None:
        """The same once more."""
        if self._again is not None:
            self._again()

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
                return isinstance(view, Grading) and parameters[0] in view.grades
            case "hint":
                return isinstance(view, Asking) and bool(view.item.card.hint) and not view.hinted
            case "flag" | "suspend" | "edit":
                return not isinstance(view, Finished)
            case "bury":
                # A cram leaves the plan of the days alone.
                return not isinstance(view, Finished) and not self.sitting.cram
            case "again":
                return isinstance(view, Finished) and self._again is not None
            case "undo":
                return self.sitting.can_undo or (isinstance(view, Grading) and view.judgement is None)
            case "quiz" | "practice":
                # A cram offers itself once more.
                over = isinstance(view, Finished) and not self.sitting.cram
                return over and self._quizzable is not None
            case "go_on":
                return bool(view.left) if isinstance(view, Finished) else not self._typing
            case "reveal_typed":
                return self._typing
            case "compare":
                return self.card.compare_waits
        return True

    def help_lines(self) -> tuple[str, str, list[tuple[str, str]]]:
        """What studying is."""
        cram = self.sitting.cram
        return "cram" if cram else "study", said.rules(cram=cram), self.answer_keys()
