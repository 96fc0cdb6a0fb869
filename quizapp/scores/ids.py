"""Ids of rows: UUIDv7, so that the order of ids is the order of the log."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable

_VARIANT = {f"{digit:x}": f"{8 + digit % 4:x}" for digit in range(16)}


class Ids:
    """Makes one device's ids, each greater than the last one, whatever the clock does.

    The layout is RFC 9562's UUIDv7: 48 bits of milliseconds, then a 12-bit counter that starts at random in
    each millisecond (its method 1), then 62 random bits.
    """

    def __init__(self, now_ms: Callable[[], int], last: str | None = None) -> None:
        """now_ms: milliseconds since the epoch. last: the device's latest id so far."""
        self._now_ms = now_ms
        self._ms, self._count = 0, 0
        if last is not None:
            self.after(last)

    def after(self, id_: str) -> None:
        """Give out only ids that are greater than this one, which another program of the device gave out."""
        whole = uuid.UUID(id_).int
        self._ms, self._count = max((self._ms, self._count), (whole >> 80, (whole >> 64) & 0xFFF))

    def new(self) -> str:
        """A new id; its time part is the later of now and the last id's."""
        return self.some(1)[0]

    def some(self, number: int) -> list[str]:
        """So many new ids, in their order."""
        now, chance = self._now_ms(), secrets.token_hex(8 * number)
        found: list[str] = []
        ahead, ahead_ms = "", -1
        for at in range(0, 16 * number, 16):
            if now > self._ms:
                # The top bit stays free, so that a millisecond has room for 2,048 ids at least.
                self._ms, self._count = now, secrets.randbits(11)
            else:
                self._count += 1
                if self._count > 0xFFF:
                    self._ms, self._count = self._ms + 1, secrets.randbits(11)
            if self._ms != ahead_ms:
                ahead_ms = self._ms
                ahead = f"{ahead_ms >> 16:08x}-{ahead_ms & 0xFFFF:04x}-7"
            # The first of the random digits has the variant's two bits, 10, and two of chance.
            random = f"{_VARIANT[chance[at]]}{chance[at + 1 : at + 4]}-{chance[at + 4 : at + 16]}"
            found.append(f"{ahead}{self._count:03x}-{random}")
        return found
