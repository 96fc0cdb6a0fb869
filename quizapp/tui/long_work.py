"""What takes long: done off the screen's thread, with how far it has come, until it is called off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from textual.screen import Screen

from quizapp.deck.exchange.anki import Progress
from quizapp.deck.exchange.draft import Cancelled, ExchangeError
from quizapp.scores.errors import ScoresError
from quizapp.tui.background import begin

T = TypeVar("T")
_EVERY = 0.1
"""Seconds between two words on how far it has come."""


class LongWork:
    """One thing at a time of a screen; a new one takes the place of what is being done."""

    def __init__(self, screen: Screen[Any], tell: Callable[[int, int], object]) -> None:
        """tell: called every now and then with how much is done of how much, 0 of 0 where nobody knows."""
        self._screen = screen
        self._tell = tell
        self._current = 0  # the number of what is done now; 0 for nothing
        self._begun = 0
        self._called_off = 0  # the number of the last thing that was called off
        self._done = (0, 0)

    @property
    def busy(self) -> bool:
        """Whether something is being done, or is being called off."""
        return self._current > 0

    @property
    def ends(self) -> bool:
        """Whether it was called off, and has not ended yet."""
        return self.busy and self._called_off >= self._current

    def begin(
        self,
        do: Callable[[Progress], T],
        then: Callable[[T], object],
        failed: Callable[[str], object],
        ended: Callable[[], object] = lambda: None,
    ) -> None:
        """Do it; then call `then` with what came of it, `failed` with a sentence, or `ended` if called off.

        do: runs in a thread. It raises Cancelled when what it is given says so.
        """
        self._begun += 1
        number = self._current = self._begun
        self._done = (0, 0)

        def progress(done: int, of: int) -> bool:
            if number == self._current:
                self._done = (done, of)
            return number == self._current and self._called_off < number

        async def run() -> None:
            timer = self._screen.set_interval(_EVERY, lambda: self._say(number))
            try:
                found = await asyncio.to_thread(do, progress)
            except Cancelled:
                self._end(number, ended)
            except (ExchangeError, ScoresError) as error:
                text = str(error)
                self._end(number, ended if self._called_off >= number else lambda: failed(text))
            else:
                self._end(number, ended if self._called_off >= number else lambda: then(found))
            finally:
                timer.stop()

        # It ends with the app, not with the screen: what is called off tidies up.
        begin(self._screen.app, run, group="long work")

    def call_off(self) -> None:
        """Call off what is being done. It may take a moment until it has ended."""
        self._called_off = self._begun

    def _say(self, number: int) -> None:
        if number == self._current and not self.ends and self._screen.is_attached:
            self._tell(*self._done)

    def _end(self, number: int, then: Callable[[], object]) -> None:
        if number == self._current:
            self._current = 0
            if self._screen.is_attached:
                then()
