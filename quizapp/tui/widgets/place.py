"""The answers' place: what a card is answered with, and after a reveal its grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Size
from textual.widget import Widget

from quizapp.learn.ask import Option
from quizapp.record import Grade
from quizapp.tui.widgets.answers import Answers
from quizapp.tui.widgets.grades import Grades
from quizapp.tui.widgets.typed import Typed

_SHORT_SCREEN = 20


class Place(Vertical):
    """Shows one of its parts at a time. Its rows follow from the question alone: no answer changes them."""

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.answers = Answers()
        self.typed = Typed()
        self.grades = Grades(boxes=True)

    def compose(self) -> ComposeResult:
        """Answers, input and grades; none is shown yet, nor may the input take the focus."""
        self.typed.close()
        for part in (self.answers, self.typed, self.grades):
            part.display = False
            yield part

    def ask(self, options: Sequence[Option]) -> None:
        """Offer answers to choose from; without any the place is empty, as for a card to flip."""
        self.answers.ask(options)
        self.typed.value = ""
        self._show(self.answers if options else None)

    def ask_typed(self) -> None:
        """Take a typed answer."""
        self.answers.ask(())
        self._show(self.typed)
        self.typed.ask()

    def judged(self, chosen: int | None, right: int) -> None:
        """Mark the options after an answer."""
        self.answers.judged(chosen, right)

    def grade(self, intervals: Mapping[Grade, str], marked: Grade) -> None:
        """Put these grades in the place of the answers, as `Grades.offer` takes them."""
        self.grades.offer(intervals, marked)
        self._show(self.grades)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows of the question's answers; those of a box where it has none."""
        if self.answers.options:
            return self.answers.rows(width, viewport.height)
        return 1 if viewport.height < _SHORT_SCREEN else 3

    def _show(self, shown: Widget | None) -> None:
        for part in (self.answers, self.typed, self.grades):
            part.display = part is shown
        if shown is not self.typed:
            self.typed.close()
        self.refresh(layout=True)
