"""An exam: its cards in any order, against one clock, and no word on any answer until it is handed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from quizapp import modes, words
from quizapp.deck.card import Card, Deck
from quizapp.learn.ask import Question
from quizapp.learn.exam import CERTAINTIES, ExamSession, Mark
from quizapp.learn.judge import Chosen, Given, Written
from quizapp.learn.quiz import Asking, Done, Paused, Ready
from quizapp.learn.setup import QuizSetup
from quizapp.sitting import QuizSitting
from quizapp.tui import exam_words
from quizapp.tui.certainty import NAMES, certainty_lines, stakes
from quizapp.tui.exam_keys import EXAM_KEYS
from quizapp.tui.layout import STATEMENT, cut, fitting
from quizapp.tui.question import arrows_of
from quizapp.tui.timed import TimedScreen
from quizapp.tui.widgets.key_footer import key_of
from quizapp.tui.widgets.marks import Marks
from quizapp.tui.widgets.signs import choice

if TYPE_CHECKING:
    from quizapp.tui.help import HelpScreen

_DIGITS = tuple(str(level) for level in CERTAINTIES)
_NARROW = 36
"""Cells of a line on a narrow screen."""
_COLUMN, _COLUMN_NARROW = 70, 38
_LEAST_CARD = 6  # the card's rows and the one below it, where there are least
_SHORT, _USUAL = (3, 1), (4, 3)
"""Rows of header, bar and footer with the edge above, and those of the map; on a short screen, and else."""


class ExamScreen(TimedScreen):
    """One exam. Its results are another screen."""

    BINDINGS: ClassVar[list[BindingType]] = EXAM_KEYS

    def __init__(
        self,
        deck: Deck,
        cards: Sequence[Card],
        setup: QuizSetup,
        start: Callable[[Sequence[Card], QuizSetup], QuizSitting],
    ) -> None:
        """As a TimedScreen's; setup: an exam's."""
        super().__init__(deck, cards, setup, start)
        self.marks = Marks()
        self._handing_in = False  # whether the pause on the screen is there to hand in
        self._levels: dict[int, int] = {}  # how sure each card's answer is said to be, by position
        self._drafts: dict[int, str] = {}  # what was typed and not yet given, by position
        self._typing_at: int | None = None  # the position of the card whose line is on the screen

    @property
    def exam(self) -> ExamSession:
        """The session."""
        return self.sitting.exam

    def below_answers(self) -> ComposeResult:
        """The map of the cards."""
        yield self.marks

    def on_resize(self) -> None:
        """Room for what there is."""
        self._arrange()

    def _arrange(self) -> None:
        """The map goes where it would lie over the answers; where they need still more, the card shrinks."""
        size, narrow = self.app.size, self.has_class("-narrow")
        width = min(_COLUMN_NARROW if narrow else _COLUMN, size.width)
        answers = self.place.get_content_height(size, size, width)
        edges, marks = _SHORT if self.has_class("-short") else _USUAL
        spare = size.height - edges - _LEAST_CARD - answers
        self.marks.display = spare >= marks
        self.set_class(spare < 0, "-crowded")

    # ---- what is shown

    def show(self) -> None:
        """Put the question, the pause or the ready panel on the screen."""
        self._keep_draft()
        self._show_head()
        view = self.sitting.view
        match view:
            case Ready():
                self._show_ready()
            case Asking():
                self._handing_in = False
                self._put_card(view)
            case Paused():
                self._show_paused()
            case Done():
                pass
        self._show_marks()
        self._show_time()
        self._arrange()

    def _show_ready(self) -> None:
        self.card.show_front(self._ready_words(exam_words.length(self.setup)))
        self.card.show_back(Content.assemble((exam_words.rule(self.setup), "$text-muted")))
        self.place.ask(self._options_ahead())

    def _put_card(self, view: Asking) -> None:
        self._put(view.question)
        given = self._mark.given
        if view.question.typed:
            self._typing_at = view.position
            self.place.typed.value = self._drafts.get(view.position, given or "")
            self.place.typed.cursor_position = len(self.place.typed.value)
        elif given is not None:
            self.place.answers.pick(_place_of(view.question, given))
        self._show_back(view)

    def _show_back(self, view: Asking) -> None:
        """What there is to say without a word on right or wrong."""
        said = self._said(view)
        level, digits, sixteen = self._level, self._digits_say, self.app.native_ansi_color
        submit = key_of(self, "exam.submit")
        all_answered = "All is" if self.exam.total == 1 else f"All {self.exam.total} are"
        done = "" if self.exam.open else f"{all_answered} answered. {submit} hands in."
        brief_done = f"All answered. {submit} hands in."

        def lay(width: int, height: int) -> list[Content]:
            answer = said(width)
            ends = [Content.assemble((fitting(width, done, brief_done), "$foreground"))] if done else []
            if not self.setup.certainty:
                return [*answer, *ends]
            table = certainty_lines(level, digits=digits, sixteen=sixteen, width=width)
            # Where a long list of answers leaves few rows, the answer is still marked in it.
            brief = [table[0], stakes(level, width)]
            variants = (
                [*answer, *table, *ends],
                [*answer, *brief, *ends],
                [*brief, *ends],
                [table[0], *(ends or answer)],
            )
            return next((lines for lines in variants if len(lines) <= height), variants[-1])

        self.card.show_notes(lay)

    def _said(self, view: Asking) -> Callable[[int], list[Content]]:
        """A line on the answer that the card has, or on how it is given, for a width."""
        given, question = self._mark.given, view.question
        if given is None:
            keys = f"{key_of(self, 'exam.surer')} {key_of(self, 'exam.unsurer')}"
            first = "First" if self._digits_say else keys
            whole, brief = f"{first} how sure, then your answer.", f"{first} say how sure you are."
            if not self.setup.certainty:
                return lambda _: []
            return lambda width: [Content.assemble((fitting(width, whole, brief), "$text-muted"))]
        start, end = "Your answer: ", "You may change it." if question.typed else "Another key changes it."

        def line(width: int) -> list[Content]:
            text = cut(given, width - len(start) - 3)
            name = (
                Content.assemble((text, "bold $foreground"))
                if question.typed
                else choice(_place_of(question, given), text)
            )
            short = Content.assemble((start, "$text-muted"), name, (".", "$text-muted"))
            whole = Content.assemble(short, (f" {end}", "$text-muted"))
            return [whole if whole.cell_length <= width else short]

        return line

    def _show_paused(self) -> None:
        self._take_away()
        on, end, submit = (key_of(self, key) for key in ("quiz.space", "quiz.pause", "exam.submit"))
        if not self._handing_in:
            other = " with\u00a0another\u00a0card" if self.exam.card_went_back else ""
            self.card.hide(
                f"Paused. {on} goes\u00a0on{other}, {submit} hands\u00a0in, {end} ends it unfinished."
            )
            return
        self.footer.label("quiz.space", "Go back")
        self.footer.label("quiz.pause", "Back")
        width = _NARROW if self.has_class("-narrow") else STATEMENT
        flagged = [mark.position for mark in self.exam.marks if mark.flagged]
        lines = [
            exam_words.named(self.exam.open, "open", width) or f"All {self.exam.total} are answered.",
            exam_words.named(flagged, "flagged", width),
            f"{submit} hands in, {on} goes back.",
        ]
        self.card.hide("\n".join(line for line in lines if line))

    def _show_marks(self) -> None:
        self.marks.show(() if isinstance(self.sitting.view, Ready) else self.exam.marks)
        self.footer.label("exam.flag", "Unflag" if self._mark.flagged else "")

    def _show_time(self) -> None:
        left = self.exam.left(self.now())
        self.header.still = self.bar.still = not self.exam.running
        self.header.note = f"{self.exam.answered} answered"
        self.header.clock = "" if self._clock_hidden else words.clock(left)
        self.bar.styles.visibility = "hidden" if self._clock_hidden else "visible"
        shown = ceil(left) if self.quizapp.settings.reduced_motion else left
        self.bar.fraction = shown / self.exam.limit

    def _time_is_up(self) -> None:
        now = self.now()
        if self.exam.overdue(now):
            self.carry_out(lambda: self.sitting.tick(now), self._after)

    # ---- the card on the screen

    @property
    def _mark(self) -> Mark:
        """How the present card stands."""
        return next(mark for mark in self.exam.marks if mark.current)

    @property
    def _level(self) -> int:
        """How sure its answer is said to be."""
        return self._levels.get(self._mark.position, self._mark.certainty or CERTAINTIES[0])

    @property
    def _digits_say(self) -> bool:
        """Whether digits say how sure an answer is: where letters for all answers, or arrows, give it."""
        view = self.sitting.view
        options = view.question.options if isinstance(view, Asking) else ()
        others = all(option.key for option in options) or bool(arrows_of(options))
        return self.setup.certainty and bool(options) and others

    def _keep_draft(self) -> None:
        """Keep what stands in the line, unless it is the answer that was given."""
        place, self._typing_at = self._typing_at, None
        if place is None:
            return
        text = self.place.typed.value
        if text.strip() and text != self.exam.marks[place].given:
            self._drafts[place] = text
        else:
            self._drafts.pop(place, None)

    # ---- keys

    def give(self, given: Given) -> None:
        """Answer the question: logged, and the next open card is shown."""
        now, certainty = self.key_time, self._level if self.setup.certainty else None
        self.carry_out(lambda: self.sitting.answer(given, now, certainty), self._after)

    def place_of(self, event: events.Key) -> int | None:
        """The place of the option that a key chooses; a digit chooses none if it says how sure that is."""
        if self._digits_say and event.key.isdecimal():
            return None
        return super().place_of(event)

    def other_key(self, event: events.Key) -> bool:
        """Digits say how sure an answer is."""
        if self._digits_say and event.character in _DIGITS:
            self._say(int(event.character))
            return True
        return super().other_key(event)

    def action_sure(self, by: int) -> None:
        """Be surer, or less sure."""
        level = self._level + by
        if level in CERTAINTIES:
            self._say(level)

    def _say(self, level: int) -> None:
        """Say how sure the card's answer is; an answer that was given is logged again with it."""
        view, mark, question = self.sitting.view, self._mark, self.question
        if self._writing or question is None or not isinstance(view, Asking) or level == self._level:
            return
        self._levels[mark.position] = level
        editing = question.typed and self.place.typed.value != mark.given
        if mark.given is None or editing:
            self._show_back(view)
            return
        given: Given = Written(mark.given) if question.typed else Chosen(_place_of(question, mark.given))
        now = self.key_time
        self.carry_out(
            lambda: self.sitting.answer(given, now, level), lambda: self._come_back(mark.position, now)
        )

    def _come_back(self, position: int, now: float) -> None:
        """Show the card that was left when its answer was logged again."""
        if isinstance(self.sitting.view, Asking):
            self.carry_out(lambda: self.sitting.show(position, now), self._after)
        else:
            self._after()

    def action_next(self) -> None:
        """Show the next card."""
        now = self.key_time
        self.carry_out(lambda: self.sitting.next(now), self._after)

    def action_previous(self) -> None:
        """Show the card before."""
        now = self.key_time
        self.carry_out(lambda: self.sitting.previous(now), self._after)

    def on_marks_chosen(self, message: Marks.Chosen) -> None:
        """A card's mark was clicked: show it."""
        message.stop()
        self._key_time = message.time
        if not self.alive:
            return
        if isinstance(self.sitting.view, Paused):
            self.exam.resume()
        now = self.key_time
        self.carry_out(lambda: self.sitting.show(message.position, now), self._after)

    def action_flag(self) -> None:
        """Flag the card, or take its flag away."""
        if self._writing:
            return
        self.sitting.flag()
        self._show_marks()
        # A key that bounces would take the flag away again.
        self._alive_at = self.now() + self.dead_time()

    def action_submit(self) -> None:
        """Name what is open, and at the second press hand in."""
        if self._writing:
            return
        match self.sitting.view:
            case Asking():
                self._handing_in = True
                self._pause()
            case Paused() if self._handing_in:
                now = self.now()
                self.carry_out(lambda: self.sitting.submit(now), self._after)
            case Paused():
                self._handing_in = True
                self.repaint()

    def action_pause(self) -> None:
        """Pause; from the panel that hands in go back to the cards."""
        if isinstance(self.sitting.view, Paused) and self._handing_in:
            self.action_go_on()
        else:
            super().action_pause()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what makes sense now is bound, shown and listed."""
        view = self.bound_view
        match action:
            case "go_on":
                return isinstance(view, Ready | Paused)
            case "next" | "previous":
                return isinstance(view, Asking) and self.exam.total > 1
            case "clock":
                return isinstance(view, Asking)
            case "flag":
                # Not from the menu: when that closes, another card is shown.
                return isinstance(self.sitting.view, Asking)
            case "submit":
                return isinstance(view, Asking | Paused)
            case "sure":
                return isinstance(view, Asking) and self.setup.certainty and not self._digits_say
        return True

    # ---- help

    def _help_screen(self) -> HelpScreen:
        from quizapp.tui.help import HelpScreen

        return HelpScreen(*self.help_lines(), signs=exam_words.signs())

    def help_lines(self) -> tuple[str, str, list[tuple[str, str]]]:
        """What an exam is."""
        return "exam", modes.rules(self.setup), self.answer_keys()

    def answer_keys(self) -> list[tuple[str, str]]:
        """The keys that answer, and those that say how sure the answer is."""
        rows = super().answer_keys()
        if not self._digits_say:
            return rows
        others = [row for row in rows if not row[0].startswith(_DIGITS[0])]
        sure = f"how sure you are: {', '.join(NAMES)}; 2 pays from 67 % sure on, 3 from 80 %"
        return [("  ".join(_DIGITS), sure), *others]


def _place_of(question: Question, given: str) -> int:
    """The place of an answer among the options."""
    return [option.text for option in question.options].index(given)
