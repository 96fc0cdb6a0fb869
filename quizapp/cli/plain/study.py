"""Studying by lines."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from typing import TypeVar

from quizapp import words
from quizapp.cli.plain.desk import Desk
from quizapp.cli.plain.lines import Command, Left
from quizapp.cli.plain.question import (
    Nothing,
    given,
    how_to_answer,
    named,
    option_lines,
    prompt_of,
    verdict,
    what_answers,
)
from quizapp.deck.card import Deck
from quizapp.learn.judge import Chosen, Given, Written
from quizapp.learn.study import Asking, Finished, Grading
from quizapp.pools import Only
from quizapp.record import EventType, Grade
from quizapp.settings.values import usual_study
from quizapp.sitting import StudySitting, cram, study
from quizapp.undone import undone

_UNDO = "undo undoes the last answer"
_SUSPEND = "suspend asks the card no more"
_BURY = "bury asks it no more today"
_LEAVES = "quit leaves, and every answer is kept."
_COLON = "Each command may have a colon before it, as in :undo."
_COLON_NEEDED = "Each command needs its colon here: without one it is an answer."
_CRAM = "This is a cram: any card, due or not, and nothing is scheduled."

T = TypeVar("T")


def study_decks(desk: Desk, decks: list[Deck], only: Only | None = None, minutes: int | None = None) -> None:
    """Study all that waits in these decks now. only: which of their cards; default: all. minutes: how many
    this session has; default: what decks and settings say."""
    random = Random(desk.seed())  # noqa: S311 - an order, no secret
    usual = usual_study(desk.settings)
    sitting = study(desk.store, desk.clock, decks, random, usual, only, minutes)
    PlainStudy(desk, sitting).run()


def cram_decks(desk: Desk, decks: list[Deck], only: Only | None = None) -> None:
    """Go through the cards of these decks, due or not, and leave the schedule alone; as often as is wanted.

    only: as for `study_decks`.
    """
    again = True
    while again:
        random = Random(desk.seed())  # noqa: S311 - an order, no secret
        sitting = cram(desk.store, desk.clock, decks, random, usual_study(desk.settings), only)
        plain = PlainStudy(desk, sitting)
        plain.run()
        again = plain.again


class PlainStudy:
    """A study session by lines. It shows the sitting's view, and judges nothing itself."""

    def __init__(self, desk: Desk, sitting: StudySitting) -> None:
        self._desk = desk
        self._lines = desk.lines
        self._sitting = sitting
        self._deck = ""  # the deck whose title was said last
        self._ms = 0  # how long the question was in sight, up to its answer or its reveal
        self.again = False
        """Whether the same is wanted once more."""

    def run(self) -> None:
        """Ask until nothing is left or the person leaves."""
        try:
            self._sitting.start()
            if isinstance(self._sitting.view, Asking):
                self._lines.say(
                    _CRAM if self._sitting.cram else "",
                    "Type each answer, then Enter. Enter alone shows the answer; ? helps.",
                )
            while self._step():
                pass
        except (Left, KeyboardInterrupt):
            self._desk.close(self._sitting, self._lines.now())
            self._say_left()

    def _step(self) -> bool:
        """Show the view and do what is asked; False at the end."""
        match self._sitting.view:
            case Asking() as view:
                self._ask(view)
            case Grading() as view:
                self._grade(view)
            case Finished() as view:
                return self._finish(view)
        return True

    # ---- what else can be done with a card

    def _carry_out(self, do: Callable[[], object]) -> None:
        self._desk.carry_out(self._sitting, do)

    def _do(self, command: Command) -> None:
        """What a command says, and a word on what came of it."""
        sitting = self._sitting
        match command.name:
            case "undo":
                self._undo()
            case "suspend" | "bury":
                self._carry_out(sitting.suspend if command.name == "suspend" else sitting.bury)
                how = EventType.SUSPEND if command.name == "suspend" else EventType.BURY
                view = sitting.view
                colon = ":" if isinstance(view, Asking) and view.question.typed else ""
                self._lines.say(f"{words.put_aside(how)}; {colon}undo undoes it.")
            case "flag":
                self._carry_out(sitting.flag)
                view = sitting.view
                flagged = not isinstance(view, Finished) and view.item.mark.flagged
                self._lines.say("Flagged." if flagged else "No longer flagged.")
            case "hint":
                sitting.hint()
                if isinstance(sitting.view, Asking):
                    self._lines.say(f"Hint: {sitting.view.item.card.hint}")

    def _listen(self, ask: Callable[[tuple[str, ...]], T | Command]) -> T | None:
        """What answers or grades the card; None if a command took the card away. After a hint or a flag it is
        waited on. ask: takes the commands that there are."""
        while True:
            said = ask(self._commands())
            if not isinstance(said, Command):
                return said
            self._do(said)
            if said.name not in ("hint", "flag"):
                return None

    def _undo(self) -> None:
        sitting = self._sitting
        self._carry_out(sitting.undo)
        if sitting.undone is not None and sitting.undone.earlier:
            said = undone(self._desk.store, self._desk.library, sitting.undone.what)
            self._lines.say(words.undone(said))
        elif sitting.undone is not None:
            self._lines.say("Undone.")

    def _commands(self) -> tuple[str, ...]:
        """What can be done with the card that is asked, or whose answer is shown."""
        view = self._sitting.view
        shown = isinstance(view, Grading)
        hint = isinstance(view, Asking) and view.item.card.hint and not view.hinted
        return (
            *(("hint",) if hint else ()),
            *("flag", "suspend"),
            # A cram leaves the plan of the days alone.
            *(() if self._sitting.cram else ("bury",)),
            *(("undo",) if shown or self._sitting.can_undo else ()),
        )

    def _more(self, commands: tuple[str, ...], *, text: bool = False) -> str:
        """The commands in a line of the help. text: whether any text is an answer, and none of them is a
        command without its colon."""
        colon = ":" if text else ""
        does = {
            "hint": "hint shows the hint"
            if self._sitting.cram
            else "hint shows the hint, at the cost of Easy",
            "flag": "flag flags the card, or takes its flag away",
            "suspend": f"{_SUSPEND}, not in study either" if self._sitting.cram else _SUSPEND,
            "bury": _BURY,
            "undo": _UNDO,
        }
        said = "; ".join(f"{colon}{one}" for one in (*map(does.__getitem__, commands), _LEAVES))
        return f"{said} {_COLON_NEEDED if text else _COLON}"

    # ---- a question

    def _ask(self, view: Asking) -> None:
        """Put a question, and take what answers it."""
        self._put(view)
        question, lines = view.question, self._lines
        since = lines.shown()

        def ask(commands: tuple[str, ...]) -> Given | Nothing | Command:
            return lines.ask(
                partial(given, question),
                hint=f"{what_answers(question)} Enter shows the answer. ? helps.".strip(),
                rules=(
                    how_to_answer(question),
                    "Enter alone shows the answer.",
                    self._more(commands, text=question.typed),
                ),
                commands=commands,
                text=question.typed,
            )

        said = self._listen(ask)
        ms = max(0, round(1000 * (lines.read_at - since)))
        match said:
            case Nothing():
                self._ms = ms
                self._sitting.reveal()
            case Chosen() | Written() as answer:
                self._carry_out(lambda: self._sitting.answer(answer, ms))

    def _put(self, view: Asking) -> None:
        """The lines of a question."""
        question, lines = view.question, self._lines
        lines.gap()
        place = words.place(view.place.position, view.place.total, view.place.again)
        lines.say(f"{place}.{self._title(view.item.ref.deck)}")
        lines.say("Flagged." if view.item.mark.flagged else "")
        lines.say(prompt_of(question.card, question.prompt), *option_lines(question.options))
        if question.typed:
            lines.say("Type the answer.")
        elif not question.options:
            lines.say("Enter shows the answer.")
        lines.say(f"Hint: {question.card.hint}" if view.hinted else "")

    def _title(self, deck: str) -> str:
        """The deck's title, where it is another than that of the card before."""
        if deck == self._deck:
            return ""
        self._deck = deck
        return f" {self._sitting.decks[deck].title}"

    # ---- its grade

    def _grade(self, view: Grading) -> None:
        """Say what an answer came to, and take its grade."""
        self._feedback(view)

        def ask(commands: tuple[str, ...]) -> Grade | Command:
            return self._lines.ask(
                lambda line: _grade_of(line, view) if line else view.marked,
                hint=f"Type {_digits(view)}, or Enter alone. ? helps.",
                rules=(_what_grades_say(view), self._grades(view), self._more(commands)),
                commands=commands,
            )

        grade = self._listen(ask)
        if grade is not None:
            self._carry_out(lambda: self._sitting.grade(grade, self._ms))

    def _feedback(self, view: Grading) -> None:
        """The lines of an answer, and of the grades to choose from."""
        card, lines = view.item.card, self._lines
        lines.say(self._answer(view), card.why)
        if view.leech:
            lines.say(f"{words.forgotten(view.leech, view.item.mistaken)} {_SUSPEND}.")
        if view.contrast is not None:
            lines.say(f"Compare with {view.contrast.answer}: {view.contrast.prompt}")
        lines.say(self._grades(view))

    def _answer(self, view: Grading) -> str:
        """The verdict, or the answer where it was only revealed."""
        card = view.item.card
        if view.judgement is not None:
            return verdict(view.judgement, card)
        return f"It is {named(card.answer)}" if view.question.options else card.answer

    def _grades(self, view: Grading) -> str:
        """`Enter: Again, 10 minutes. 2 Hard 1 day, 3 Good 3 days, 4 Easy 8 days.`"""
        now = self._desk.clock()

        def after(grade: Grade, before: str) -> str:
            name, memory = grade.name.capitalize(), view.outcomes.get(grade)
            return f"{name}{before}{words.whole_interval(memory, now)}" if memory else name

        others = ", ".join(
            f"{grade} {after(grade, ' ')}" for grade in view.grades if grade is not view.marked
        )
        return f"Enter: {after(view.marked, ', ')}. {others}."

    # ---- the end

    def _finish(self, view: Finished) -> bool:
        """Say what was done; True if something is taken back, or the session goes on."""
        lines, sitting = self._lines, self._sitting
        lines.gap()
        if not view.answers and not view.aside:
            lines.say(self._next(view) or "Nothing to study here.")
            if not sitting.can_undo and not view.left:
                return False
        if view.answers:
            lines.say(
                f"{words.count(view.cards, 'card')} studied.",
                f"{words.count(view.answers, 'answer')}, {view.right} remembered, "
                f"{view.answers - view.right} to see again.",
            )
        if view.aside:
            lines.say(f"{words.count(view.aside, 'card')} put aside.")
        if view.answers or view.aside:
            lines.say(words.NOTHING_SCHEDULED if sitting.cram else self._next(view))
        commands = (
            *(("again",) if sitting.cram else ()),
            *(("more",) if view.left else ()),
            *(("undo",) if sitting.can_undo else ()),
        )
        does = {"again": "again asks them all again", "more": "more goes on", "undo": _UNDO}
        ends = f"{'; '.join(['Enter ends', *(does[command] for command in commands)])}."
        lines.say(ends)
        command = lines.enter(ends, rules=(ends,), commands=commands)
        if command is not None and command.name == "undo":
            self._undo()
            return True
        if command is not None and command.name == "more":
            sitting.go_on()
            return True
        self.again = command is not None
        return False

    def _next(self, view: Finished) -> str:
        sitting, now = self._sitting, self._desk.clock()
        if view.left:
            return f"{words.minutes_up(view.minutes, view.left)}."
        if sitting.cram:
            return ""
        if sitting.more_waits():
            # The rollover hour passed meanwhile.
            return "More is due now."
        if steps := sitting.steps_to_come():
            return words.come_again(steps, now)
        when = words.when(*sitting.next_due(), now)
        return f"Nothing due until {when}." if when else ""

    def _say_left(self) -> None:
        answers = self._sitting.answers
        if isinstance(self._sitting.view, Finished) or not answers or self._sitting.unwritten:
            return
        self._lines.say(f"Ended after {words.count(answers, 'answer')}. {words.kept(answers)}.")


def _digits(view: Grading) -> str:
    """`1, 2, 3 or 4`."""
    *first, last = (str(int(grade)) for grade in view.grades)
    return f"{', '.join(first)} or {last}"


def _what_grades_say(view: Grading) -> str:
    names = ", ".join(f"{grade} {grade.name.capitalize()}" for grade in view.grades)
    when = " Each names when the card will come again." if view.outcomes else " None of them moves anything."
    return f"A grade says how well you knew it: {names}.{when}"


def _grade_of(line: str, view: Grading) -> Grade | None:
    """The grade that a line names by its digit or its word."""
    for grade in view.grades:
        if line.casefold() in (str(grade.value), grade.name.casefold()):
            return grade
    return None
