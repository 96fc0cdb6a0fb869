"""What is done once the person stops typing for a moment."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from textual.screen import Screen
from textual.timer import Timer

QUIET, AT_LATEST = 0.5, 5.0
"""Seconds without a key, and seconds since the first key that nothing was done about."""


class Pause:
    """Does something when nothing was typed for a moment, and now and then for whoever never stops."""

    def __init__(self, screen: Screen[None], do: Callable[[], object]) -> None:
        self._screen = screen
        self._do = do
        self._timer: Timer | None = None
        self._since = 0.0

    def typed(self) -> None:
        """Something was typed."""
        now = monotonic()
        if self._timer is None:
            self._since = now
        else:
            self._timer.stop()
        wait = max(0.001, min(QUIET, self._since + AT_LATEST - now))
        self._timer = self._screen.set_timer(wait, self._over)

    def end(self) -> None:
        """Do nothing any more about what was typed until now."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _over(self) -> None:
        self._timer = None
        self._do()
