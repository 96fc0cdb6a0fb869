"""What plain sessions work with, and how they write."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from quizapp.cli.output import note
from quizapp.cli.plain.lines import Left, Lines
from quizapp.deck.library import Library
from quizapp.scores.errors import ScoresBusyError
from quizapp.scores.store import Store
from quizapp.settings.values import Settings
from quizapp.sitting import Clock, Sitting

_AGAIN = 0.2
"""Seconds until a busy scores file is tried again: SQLite may refuse without waiting."""


class Desk:
    """Lines to talk by, decks and scores to work on. seed: a number to make an order of. open: whether some
    histories have no card."""

    open = False

    def __init__(
        self,
        lines: Lines,
        library: Library,
        store: Store,
        clock: Clock,
        settings: Settings,
        seed: Callable[[], int],
    ) -> None:
        self.lines = lines
        self.library = library
        self.store = store
        self.clock = clock
        self.settings = settings
        self.seed = seed

    def carry_out(self, sitting: Sitting | None, do: Callable[[], object]) -> None:
        """Let a sitting, or None, do something that writes; it is on the disk when this returns.

        Raises Left if the person leaves meanwhile; then what is not written yet is kept by the sitting.
        """
        told = False
        while True:
            try:
                with whole():
                    do()
            except ScoresBusyError:
                keeps = sitting is not None and sitting.unwritten
                if not told:
                    kept = "Your last answer is kept. " if keeps else ""
                    self.lines.say(f"The scores file is busy. {kept}Trying again.")
                    self.lines.shown()
                    told = True
                # What the sitting could not write it keeps; what it could not read it asks for again.
                do = sitting.retry if sitting is not None and keeps else do
                self._wait()
            else:
                return

    def _wait(self) -> None:
        try:
            self.lines.sleep(_AGAIN)
        except KeyboardInterrupt:
            raise Left from None

    def close(self, sitting: Sitting, now: float) -> None:
        """End a sitting that is left, and write what it keeps. now: on the clock of its lines."""
        try:
            self.carry_out(sitting, lambda: sitting.close(now))
        except Left:
            # The person would not wait any longer for a busy file.
            note("The scores file is still busy: the last answer may be missing.")


@contextmanager
def whole() -> Iterator[None]:
    """Let Ctrl+C wait: an answer is written, and known to be, or not at all. Raises Left afterwards."""
    pressed = False

    def remember(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - what a handler is given
        nonlocal pressed
        pressed = True

    before = signal.signal(signal.SIGINT, remember)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if pressed:
            raise Left
