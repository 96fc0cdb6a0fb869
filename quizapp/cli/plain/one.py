"""One due card at the prompt."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import closing, suppress
from random import Random

from quizapp import words
from quizapp.cli.plain.desk import Desk
from quizapp.cli.plain.lines import Left, own_lines
from quizapp.cli.plain.question import named, option_lines, prompt_of
from quizapp.cli.plain.study import PlainStudy
from quizapp.cli.scores_file import open_scores
from quizapp.cli.sources import (
    clock,
    library,
    library_and_deck,
    note_problems_of_settings,
    own_config,
    own_places,
)
from quizapp.deck.card import Deck
from quizapp.learn.study import Asking, Finished, Grading
from quizapp.settings.values import usual_study
from quizapp.sitting.one import One, one

_PATIENCE = 0.2
"""Seconds that a shell waits for a busy scores file."""


def ask_one(name: str, *, quiet: bool) -> None:
    """Ask the first due card, if one is due. name: of the deck to ask from, "" for all.

    Raises BadInput where there is no such deck, and as `open_store`.
    """
    scores, now = own_places().scores, clock()
    if not os.path.exists(scores):  # noqa: PTH110 - unlike Path.exists, it never raises
        # Opening it would make it, and nothing is due of it.
        return
    found, only = library_and_deck(name) if name else (library(), None)
    with closing(open_scores(scores, now, busy_seconds=_PATIENCE)) as store:
        desk = Desk(own_lines(), found, store, now, own_config().settings, seed=lambda: secrets.randbits(31))
        decks = list(found.decks.values()) if only is None else [only]
        if asked := due_one(desk, decks):
            if not quiet:
                note_problems_of_settings()
            _drop_typed_ahead()
            PlainOne(desk, asked, quiet=quiet, of_all=len(decks) > 1).run()
        desk.lines.shown()


def due_one(desk: Desk, decks: list[Deck]) -> One | None:
    """The first due card of these decks, None if none is due."""
    random = Random(desk.seed())  # noqa: S311 - an order, no secret
    return one(desk.store, desk.clock, decks, random, usual_study(desk.settings))


def _drop_typed_ahead() -> None:
    """Forget what was typed before the question could be read: it was meant for the shell."""
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
    else:
        import termios

        with suppress(termios.error):  # a terminal that was closed meanwhile
            termios.tcflush(sys.stdin, termios.TCIFLUSH)


class PlainOne(PlainStudy):
    """One card by lines. quiet: nothing is said but the question and the verdict. of_all: whether what is due
    was counted in several decks."""

    def __init__(self, desk: Desk, asked: One, *, quiet: bool, of_all: bool = False) -> None:
        super().__init__(desk, asked.sitting)
        self._due = asked.due
        self._quiet = quiet
        self._of_all = of_all

    def run(self) -> None:
        """Ask until it is answered or the person leaves; leaving without an answer leaves no trace."""
        try:
            self._sitting.start()
            while self._step():
                pass
        except (Left, KeyboardInterrupt):
            self._desk.close(self._sitting, self._lines.now())

    def _put(self, view: Asking) -> None:
        question, lines = view.question, self._lines
        if not self._quiet:
            title = self._sitting.decks[view.item.ref.deck].title
            lines.gap()
            where = " in all decks" if self._of_all else ""
            lines.say(f"{named(title)} {self._due} due{where}. Ctrl+C leaves.")
        lines.say(prompt_of(question.card, question.prompt), *option_lines(question.options))
        if not self._quiet and question.typed:
            lines.say("Type the answer.")
        elif not self._quiet and not question.options:
            lines.say("Enter shows the answer.")

    def _commands(self) -> tuple[str, ...]:
        # What was answered in other sessions is taken back there.
        return ()

    def _more(self, commands: tuple[str, ...], *, text: bool = False) -> str:  # noqa: ARG002 - as above
        return f"{':' if text else ''}quit or Ctrl+C leaves."

    def _grade(self, view: Grading) -> None:
        if view.judgement is None:
            super()._grade(view)
            return
        # The answer grades itself, Good or Again: at a prompt one line is enough.
        coming = f"Comes again in {words.whole_interval(view.outcomes[view.marked], self._desk.clock())}."
        if self._quiet:
            self._lines.say(self._answer(view))
        else:
            self._lines.say(f"{self._answer(view)} {coming}", view.item.card.why)
        self._desk.carry_out(self._sitting, lambda: self._sitting.grade(view.marked, self._ms))

    def _feedback(self, view: Grading) -> None:
        if self._quiet:
            self._lines.say(self._answer(view))
        else:
            super()._feedback(view)

    def _finish(self, view: Finished) -> bool:  # noqa: ARG002 - one answer is no session to speak of
        return False
