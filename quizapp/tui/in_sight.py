"""For how long a question was in sight: a time that stands still while something covers it."""

from __future__ import annotations

from quizapp.learn.study import Asking


class InSight:
    """The time of one question after another, on the screen's clock, in seconds."""

    def __init__(self) -> None:
        self._view: Asking | None = None  # the question whose time is measured
        self._since: float | None = None  # when it came into sight; None while it is covered or answered
        self._spent = 0.0  # how long it was in sight before that

    def measures(self, view: object) -> bool:
        """Whether this is the question whose time is measured."""
        return view is self._view

    def begin(self, view: Asking, now: float | None) -> None:
        """Measure another one's time. now: when it came into sight, None while it is covered."""
        self._view, self._since, self._spent = view, now, 0.0

    def go_on(self, now: float) -> None:
        """It is in sight again."""
        self._since = now

    def amend(self, view: Asking) -> None:
        """The same question, as it is shown now: with a hint, or a flag."""
        if self._view is not None and view.question is self._view.question:
            self._view = view

    def stop(self, now: float) -> None:
        """It is covered, or answered."""
        if self._since is not None:
            self._spent += max(0.0, now - self._since)
            self._since = None

    def ms(self, now: float) -> int:
        """For how long (ms) it was in sight; its time stands still from now on."""
        self.stop(now)
        return round(1000 * self._spent)
