"""How long questions are in sight, and how long a card may be."""

from __future__ import annotations

READING = 3.0
"""Seconds that any card has in countdown and survival, before its length counts."""
CHARACTERS = 12
"""So many characters of a prompt give one second more."""
SHRINK = 0.97
"""What a right answer in survival makes of a card's time."""
LEAST = 0.5
"""Less than this share of its time a card never has."""


def card_ms(prompt: str, *, pace: float = 1.0, right: int = 0) -> int:
    """How long a card may be in sight in countdown and survival, in ms: 3 s + characters/12 (DESIGN §7).

    right: how many right answers have made the time shorter (survival).
    """
    seconds = READING + len(prompt) / CHARACTERS
    return round(1000 * seconds * pace * max(LEAST, SHRINK**right))


class Watch:
    """Adds up how long questions were in sight, all of them and the present one.

    One subtraction a painting and one sum: adding up ticks would drift.
    """

    def __init__(self) -> None:
        self._since: float | None = None
        self._all = 0.0  # of all paintings but the present one
        self._one = 0.0  # of the present question's paintings before this one

    @property
    def running(self) -> bool:
        """Whether a question is in sight."""
        return self._since is not None

    def turn(self, before: float = 0.0) -> None:
        """Another question is about to be put; it was in sight so long before."""
        self._one = before

    def start(self, now: float) -> None:
        """The question is in sight. Only the first call counts."""
        if self._since is None:
            self._since = now

    def stop(self, now: float) -> None:
        """The question is out of sight, or answered."""
        now_in_sight = self._now(now)
        self._all += now_in_sight
        self._one += now_in_sight
        self._since = None

    def all(self, now: float) -> float:
        """Seconds that all questions were in sight."""
        return self._all + self._now(now)

    def one(self, now: float) -> float:
        """Seconds that the present question was in sight."""
        return self._one + self._now(now)

    def _now(self, now: float) -> float:
        return 0.0 if self._since is None else max(0.0, now - self._since)
