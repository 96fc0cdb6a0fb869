"""Writing for a screen, off its thread: a scores file that is busy freezes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from textual.screen import Screen

from quizapp.scores.errors import ScoresError
from quizapp.tui.background import begin

T = TypeVar("T")


class Writing:
    """What a screen writes, one thing at a time: while something is being written, nothing else is begun."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self.busy = False
        """Whether something is being written."""

    def begin(self, do: Callable[[], T], then: Callable[[T], object]) -> None:
        """Do it, and then this with what came of it, if the screen is still there. What went wrong is said.

        It is done to its end also where the screen is left meanwhile.
        """
        if not self.busy:
            self.busy = True
            begin(self._screen.app, lambda: self._carry_out(do, then), group="writing")

    async def _carry_out(self, do: Callable[[], T], then: Callable[[T], object]) -> None:
        try:
            found = await asyncio.to_thread(do)
        except ScoresError as error:
            self._screen.app.notify(str(error), severity="error", markup=False)
            return
        finally:
            self.busy = False
        if self._screen.is_attached:
            then(found)
