"""What study and quiz show alike: a card, its answers, and keys that answer it."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual._time import get_time  # the clock that stamps key events; Textual has no public name for it
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from quizapp.deck.card import Card, Statement
from quizapp.learn.ask import Option, Question
from quizapp.learn.judge import Chosen, Given, Judgement, Written
from quizapp.record import Outcome
from quizapp.scores.errors import ScoresBusyError, ScoresError
from quizapp.sitting import Sitting
from quizapp.tui.background import begin
from quizapp.tui.card_text import answer_in_a_line, options_of, prompt_in_a_line
from quizapp.tui.fit import fit
from quizapp.tui.screen import AppScreen
from quizapp.tui.widgets.answers import Answers
from quizapp.tui.widgets.bar import Bar
from quizapp.tui.widgets.card_view import CardView, Compare
from quizapp.tui.widgets.column import Column
from quizapp.tui.widgets.differing import differing
from quizapp.tui.widgets.grades import Grades
from quizapp.tui.widgets.header import Header
from quizapp.tui.widgets.key_footer import KeyFooter, key_of
from quizapp.tui.widgets.place import Place
from quizapp.tui.widgets.signs import RIGHT, WRONG, choice
from quizapp.tui.widgets.stage import Stage

_ALWAYS_ALIVE = ("help", "study.leave", "quiz.pause", "quiz.clock", "card.up", "card.down", "quit", "menu")
"""The ids of the bindings whose keys are never dead."""
_ARROWS = {2: ("left", "right"), 3: ("left", "down", "right")}


class QuestionScreen(AppScreen):
    """A session on the screen. It shows the sitting's view and hands keys to it; it judges nothing itself.

    Keys typed before a question or its feedback was painted are dropped, and so are keys while an answer is
    being written: what is on the screen is on the disk.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "pageup", "scroll(-1)", "Scroll up", show=False, id="card.up", tooltip="Scroll a long card up"
        ),
        Binding("pagedown", "scroll(1)", "Scroll down", show=False, id="card.down", tooltip="Scroll it down"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
    ]

    quiz_bar = False

    def __init__(self) -> None:
        super().__init__()
        self.header = Header()
        self.bar = Bar(quiz=self.quiz_bar)
        self.card = CardView()
        self.place = Place()
        self.grades = Grades()
        self.footer = KeyFooter()
        self._alive_at: float | None = None  # when keys count again; None until the view is painted
        self._painted = 0.0
        self._key_time = 0.0
        self._writing = False
        self._waiting: tuple[Callable[[], object], Callable[[], object]] | None = None  # what comes after it
        self._back_is_free = True  # whether there is nothing to read on the back of the card
        self.place.typed.heeds = self._heeds

    @property
    @abstractmethod
    def sitting(self) -> Sitting:
        """What the screen shows."""

    @property
    @abstractmethod
    def question(self) -> Question | None:
        """The question that may be answered now."""

    @property
    @abstractmethod
    def question_waits(self) -> bool:
        """Whether a question is on the screen, and no answer to it."""

    def compose(self) -> ComposeResult:
        """The column: header, bar, card, answers, grades, footer."""
        fit(self)
        with Column():
            yield self.header
            yield self.bar
            with Stage():
                yield self.card
                yield self.place
            yield from self.below_answers()
            yield self.footer

    # ---- what the session's screen adds

    def below_answers(self) -> ComposeResult:
        """What has a place of its own between the answers and the footer."""
        if not self.quiz_bar:
            yield self.grades

    @abstractmethod
    def show(self) -> None:
        """Put the sitting's view on the screen."""

    @abstractmethod
    def give(self, given: Given) -> None:
        """Answer the question."""

    def painted(self, now: float) -> None:
        """The view is on the screen."""

    # ---- time

    def now(self) -> float:
        """Seconds on the clock that stamps keys."""
        return get_time() + self.quizapp.time_offset

    @property
    def key_time(self) -> float:
        """When the key that is being handled was pressed, on the same clock."""
        return self._key_time + self.quizapp.time_offset

    def elapsed_ms(self) -> int:
        """Milliseconds from paint to the key that is being handled."""
        return max(0, round(1000 * (self.key_time - self._painted)))

    def dead_time(self) -> float:
        """For how many seconds after the view is painted keys are dead."""
        return self.quizapp.pace.dead

    def repaint(self) -> None:
        """Show the view; keys are dead until it is painted and for the dead time after it."""
        self._alive_at = None
        self.show()
        self._back_is_free = self.question_waits
        self.refresh_bindings()
        self.call_after_refresh(self._after_paint)

    def _after_paint(self) -> None:
        self._painted = self.now()
        self._alive_at = self._painted + self.dead_time()
        self.painted(self._painted)

    @property
    def alive(self) -> bool:
        """Whether the key that is being handled counts."""
        return not self._writing and self._alive_at is not None and self.key_time >= self._alive_at

    def _heeds(self, event: events.Key) -> bool:
        self._key_time = event.time
        return self.alive

    # ---- writing

    def carry_out(
        self, do: Callable[[], object], then: Callable[[], object] | None = None, *, waits: bool = False
    ) -> None:
        """Let the sitting do something that writes, in a thread; then show what came of it, or do `then`.

        waits: whether it comes next if something is being written, such as a way out; else it is dropped.
        """
        if not self._writing:
            self._writing = True
            begin(self, lambda: self._carry_out(do, then or self.repaint), group="write")
        elif waits:
            self._waiting = (do, then or self.repaint)

    async def _carry_out(self, do: Callable[[], object], then: Callable[[], object]) -> None:
        try:
            while True:
                try:
                    await asyncio.to_thread(do)
                    break
                except ScoresBusyError:
                    self.say_busy()
                    # SQLite may refuse without waiting.
                    await asyncio.sleep(0.2)
                    # What the sitting could not write it keeps; what it could not read it asks for again.
                    do = self.sitting.retry if self.sitting.unwritten else do
        except ScoresError as error:
            self.quizapp.fail(error)
            return
        finally:
            self._writing = False
        waiting, self._waiting = self._waiting, None
        then()
        if waiting is not None:
            self.carry_out(*waiting)

    def uncover(self) -> None:
        """Take away what lies over this screen, such as help, before another takes its place."""
        while self in self.app.screen_stack and self.app.screen is not self:
            self.app.pop_screen()

    def hand_over(self, follow: Callable[[], object]) -> None:
        """End this session, and then do what follows, such as opening another one in its place."""
        now = self.now()
        self.carry_out(lambda: self.sitting.close(now), follow, waits=True)

    def say_busy(self) -> None:
        """Say what keeps the session waiting; what is being read stays where it is."""
        kept = "Your last answer is kept here. " if self.sitting.unwritten else ""
        if self._back_is_free:
            text = f"The scores file is busy. {kept}Trying again; {key_of(self, 'quit')} gives up."
            self.card.show_back(Content.assemble((text, "$text-warning")))
        else:
            self.header.note = "Scores file busy, trying again"

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        """Answer by letter, digit or arrow; drop what was typed ahead."""
        self._key_time = event.time
        if event.key.startswith("ctrl+"):
            return
        bound = self.active_bindings.get(event.key)
        if bound is not None and bound.binding.id in _ALWAYS_ALIVE:
            return
        if not self.alive:
            event.stop()
            event.prevent_default()
            return
        place = self.place_of(event)
        if place is not None:
            event.stop()
            event.prevent_default()
            self.give(Chosen(place))
        elif self.other_key(event):
            event.stop()
            event.prevent_default()

    def other_key(self, event: events.Key) -> bool:
        """Take a key that answers nothing; whether it was taken."""
        return False

    def place_of(self, event: events.Key) -> int | None:
        """The place of the option that a key chooses, from 0."""
        question = self.question
        if question is None or not question.options:
            return None
        return option_place(question, event)

    def on_answers_chosen(self, message: Answers.Chosen) -> None:
        """An option was clicked."""
        message.stop()
        self._key_time = message.time
        if self.alive and self.question is not None:
            self.give(Chosen(message.place))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """A typed answer."""
        message.stop()
        self._key_time = message.time
        if self.alive and self.question is not None and message.value.strip():
            self.give(Written(message.value))

    def action_scroll(self, pages: int) -> None:
        """Scroll a long card."""
        self.card.scroll_card(pages)

    def action_help(self) -> None:
        """Show what the keys do."""
        from quizapp.tui.help import HelpScreen

        self.card.hide()
        self.app.push_screen(HelpScreen(*self.help_lines()), lambda _: self.after_help())

    def after_help(self) -> None:
        """Help was closed."""
        self.card.unhide()

    @abstractmethod
    def help_lines(self) -> tuple[str, str, list[tuple[str, str]]]:
        """The help's title, its rules, and the keys that answer with what they mean."""

    def answer_keys(self) -> list[tuple[str, str]]:
        """The keys that answer, for the help."""
        question = self.question
        if question is None or not question.options:
            return []
        rows = []
        names = ", ".join(option.text for option in options_of(question))
        letters = [option.key for option in question.options if option.key]
        if letters:
            rows.append(("  ".join(letters), names))
        digits = [str(place + 1) for place in range(len(question.options))]
        rows.append(("  ".join(digits), "the same, by place" if letters else names))
        arrows = {"left": "←", "down": "↓", "right": "→"}
        sides = [arrows[key] for key in arrows_of(question.options)]
        if sides:
            rows.append(("  ".join(sides), "the same, by side"))
        return rows


def arrows_of(options: Sequence[Option]) -> tuple[str, ...]:
    """The arrow for each of the options, where they are two or three."""
    return _ARROWS.get(len(options), ())


def option_place(question: Question, event: events.Key) -> int | None:
    """The place of the option that a key means: its letter in either case, its digit, or its arrow."""
    arrows = arrows_of(question.options)
    if event.key in arrows:
        return arrows.index(event.key)
    character = (event.character or "").casefold()
    if not character:
        return None
    for place, option in enumerate(question.options):
        if character == option.key or character == str(place + 1):
            return place
    return None


def verdict(judgement: Judgement, card: Card, *, late: bool = False) -> Content:
    """`✓ Right`, `✗ Wrong. It is ● KPO.` or `Too late. It was ● KPO.`; on a line below it, how a typed answer
    differs."""
    answer = answer_of(card)
    match judgement.outcome:
        case Outcome.RIGHT:
            typo = ", with a typo" if judgement.typo else ""
            extra = Content.assemble(("  Too late to count.", "$text-muted")) if late else Content("")
            said = Content.assemble((f"{RIGHT} Right{typo}", "bold $text-success"), extra)
        case Outcome.TIMEOUT:
            said = Content.assemble(("Too late.", "bold $text-error"), " It was ", answer, ".")
        case _:
            said = Content.assemble((f"{WRONG} Wrong.", "bold $text-error"), " It is ", answer, ".")
    return Content("\n").join([line for line in (said, differing(judgement)) if line])


def answer_of(card: Card) -> Content:
    """The right answer as it is written in a line: with its sign if it is a choice of the deck."""
    if isinstance(card, Statement):
        return choice(card.choices.index(card.answer), card.answer)
    return Content.assemble((answer_in_a_line(card, card.answer).rstrip("."), "bold $foreground"))


def compared(card: Card | None) -> list[Compare]:
    """The contrast as the card view takes it."""
    if card is None:
        return []
    place = card.choices.index(card.answer) if isinstance(card, Statement) else None
    return [Compare(place, answer_in_a_line(card, card.answer), prompt_in_a_line(card))]
