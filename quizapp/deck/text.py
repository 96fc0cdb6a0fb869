"""How text from outside is compared and made safe to show."""

from __future__ import annotations

import unicodedata
from functools import cache

# Marks that reorder or hide what stands beside them: an author's text must not rearrange the screen.
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@cache
def _visible_table() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20)}
    del table[0x09], table[0x0A]
    table[0x7F] = "\u2421"
    table.update(dict.fromkeys([*range(0x80, 0xA0), 0x2028, 0x2029, *map(ord, _BIDI)], "\ufffd"))
    return table


def visible(text: str) -> str:
    """The text with control characters as visible symbols; newline and tab stay.

    C0 controls become their Unicode control pictures (ESC becomes ␛), DEL becomes ␡, C1 and bidi controls and
    the two Unicode line separators become the replacement character.
    """
    # A plain printable text, by far the commonest, needs no table.
    return text if text.isprintable() else text.translate(_visible_table())


def collapse(text: str) -> str:
    """NFC, with every run of white space one space and none at the ends; case is kept."""
    return " ".join(unicodedata.normalize("NFC", text).split())
