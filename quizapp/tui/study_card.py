"""A study session on the screen: the card and its feedback, or at the end what was done."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from quizapp.deck.card import Deck
from quizapp.learn.ask import Question
from quizapp.learn.study import Asking, Finished, Grading
from quizapp.sitting import StudySitting
from quizapp.tui import study_words as said
from quizapp.tui.card_text import back_of, prompt_of, why_of
from quizapp.tui.question import QuestionScreen, answer_of, compared, verdict
from quizapp.tui.widgets.key_footer import key_of

_NARROW = 60


class StudyCard(QuestionScreen):
    """Puts what a study session has come to on the screen."""

    def __init__(self, sitting: StudySitting, title: str, again: Callable[[], object] | None = None) -> None:
        """title: what is studied, for when no card is on the screen. again: opens another such session, where
        that is to be offered at the end."""
        super().__init__()
        self._posed: Question | None = None  # the question that the card shows
        self._typed = False  # whether anything was typed into the line since the question was put there
        self._sitting = sitting
        self._title = title
        self._again = again

    @property
    def sitting(self) -> StudySitting:
        """The session with its log."""
        return self._sitting

    def show(self) -> None:
        """Put the card, its feedback or the summary on the screen."""
        view = self.sitting.view
        up = isinstance(view, Finished) and view.left
        self.footer.label("study.space", "Go on" if up else "")
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
        self.header.heading = self._named(self.sitting.decks[view.item.ref.deck].title)
        self.header.note = said.note(view.place, self.sitting.budget, self.app.size.width)
        self.header.mark = said.FLAGGED if view.item.mark.flagged else ""
        self.bar.fraction = view.place.fraction

    def _named(self, title: str) -> str:
        return f"Cram: {title}" if self.sitting.cram else title

    def _say_done(self) -> None:
        """In the place of the grades: what was put aside or taken back, where that was done last."""
        undo, width = key_of(self, "study.undo"), self.grades.size.width
        self.grades.clear(said.last_done(self.sitting, self.quizapp.store, self.quizapp.library, undo, width))

    def _show_question(self, view: Asking) -> None:
        self._head(view)
        self._pose(view.question)
        self._show_hint(view)
        self._say_done()

    def _pose(self, question: Question) -> None:
        """Put the question on the card, and what it is answered with below it."""
        self._posed = question
        self._typed = False
        self.card.show_front(prompt_of(question))
        if question.typed:
            self.place.ask_typed()
        else:
            self.place.ask(question.options)

    def _show_hint(self, view: Asking) -> None:
        hint = view.item.card.hint
        if view.hinted:
            self.card.show_notes(said.hint(hint))
        elif hint and (key := key_of(self, "study.hint")):
            self.card.show_notes(said.hint_waits(key))

    def _leech(self, view: Grading) -> Content:
        narrow = self.app.size.width < _NARROW
        return said.leech(view, key_of(self, "study.suspend"), narrow=narrow)

    def _show_reveal(self, view: Grading) -> None:
        self._head(view)
        card, leech = view.item.card, self._leech(view)
        if leech and view.contrast is not None:
            # What it is confused with is what there is to learn of it.
            answer = Content.assemble("It is ", answer_of(card), ".")
            self.card.show_back(Content("\n").join([answer, leech]), why_of(card), compared(view.contrast))
        else:
            self.card.show_flip(answer_of(card) if view.question.options else back_of(card), why_of(card))
        self.grades.clear(leech.plain if view.contrast is None else "")
        self.place.grade(said.intervals(view, self.quizapp.clock()), view.marked)
        self._label_grades(view)

    def _show_feedback(self, view: Grading) -> None:
        judgement = view.judgement
        if judgement is None:
            return
        self._head(view)
        if view.question is not self._posed:
            # Its card was put aside, and that was undone.
            self._pose(view.question)
            self.place.typed.value = judgement.given
        card, leech = view.item.card, self._leech(view)
        lines = [line for line in (verdict(judgement, card), leech) if line]
        self.card.show_back(Content("\n").join(lines), why_of(card), compared(view.contrast))
        texts = [option.text for option in view.question.options]
        if texts:
            self.place.judged(texts.index(judgement.given), texts.index(card.answer))
        else:
            self.place.typed.close()
        self.grades.offer(said.intervals(view, self.quizapp.clock()), view.marked)
        self._label_grades(view)

    def _show_summary(self, view: Finished) -> None:
        self.header.heading = self._named(self._title)
        self.header.note = self.header.mark = ""
        self.bar.fraction = 1.0 if view.answers else 0.0
        self.place.ask(())
        self._say_done()
        done, answers = said.summary(view)
        space = key_of(self, "study.space")
        next_ = said.next_up(self.sitting, view, self.quizapp.clock(), space)
        self.card.show_front(done or next_ or "Nothing to study here.")
        lines = [answers, next_ if done else "", self._offer()]
        self.card.show_flip("\n".join(line for line in lines if line))

    def _offer(self) -> str:
        if self._again is not None:
            return f"{key_of(self, 'study.again')} asks them all again."
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

    def _label_grades(self, view: Grading) -> None:
        name = view.marked.name.capitalize()
        interval = said.intervals(view, self.quizapp.clock())[view.marked]
        self.footer.label("study.space", f"{name}, {interval}" if interval else name)
        self.footer.keys("study.grade", said.digits(view.grades))
