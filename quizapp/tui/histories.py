"""Histories whose card has another text or place now, as the screens ask for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from quizapp.carry import Question, questions
from quizapp.deck.library import Library
from quizapp.scores.errors import ScoresBusyError, ScoresError
from quizapp.scores.moves import Rekey
from quizapp.sitting import carry_over
from quizapp.tui.background import begin

if TYPE_CHECKING:
    from quizapp.tui.app import QuizApp


class Histories:
    """Carries them over where that is certain, and knows what is to be asked."""

    def __init__(self, app: QuizApp) -> None:
        self._app = app
        self._carried_for: Library | None = None  # the decks that histories were carried over to
        self._open = False  # whether some histories have no card
        self.carried: list[Rekey] = []
        """What was carried over by itself since the start."""
        self.older: list[Question] = []
        """Which cards may be older ones, as far as was looked."""

    def carry_over(self) -> None:
        """Carry over what is certain to be the same card, once for the decks as they are."""
        if self._carried_for is self._app.library:
            return
        # A file that is busy is tried again with the next look: no screen waits for it.
        with suppress(ScoresBusyError):
            found = carry_over(self._app.store, self._app.clock, self._app.library, waits=False)
            self.carried += found.rekeys
            self._open = found.open
            self._carried_for = self._app.library

    def look_for_older(self, done: Callable[[], None]) -> None:
        """Look which cards may be older ones, where there are histories without a card; then call `done`.

        It takes 30 to 250 ms, so it is done beside the screen.
        """
        if not self._open:
            if self.older:
                # What was lost is there again.
                self.older = []
                done()
            return

        async def look() -> None:
            # A file that can't be read now says so with the next answer.
            with suppress(ScoresError):
                self.older = await asyncio.to_thread(questions, self._app.store, self._app.library)
                done()

        begin(self._app, look, group="older", exclusive=True)

    def show(self) -> None:
        """Ask for them, and show what was carried over."""
        from quizapp.tui.carry import CarryScreen

        # A deck may have gone since.
        there = self._app.library.decks
        older = [one for one in self.older if one.rekey.to_deck in there]
        self._app.push_screen(CarryScreen(older, [one for one in self.carried if one.to_deck in there]))
