"""What is wrong in a deck while it is read: by entry and key. Lines and columns are looked up at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from quizapp.deck.text import visible
from quizapp.problem import Problem

if TYPE_CHECKING:
    from quizapp.deck.scan import Layout, Place

_NAMES = {"\b": "backspace", "\t": "tab", "\n": "line break", "\f": "form feed", "\r": "carriage return"}
_NAMES |= {"\x1b": "escape", "\x7f": "delete"}

SINGLE_BRACKETS = ("a card's header has double brackets", "write [[card]]")


class Fault(NamedTuple):
    """One thing wrong. entry: 0-based, None for the head. path: the key; place: where it is known already."""

    entry: int | None
    path: tuple[str, ...]
    message: str
    remedy: str
    place: Place | None = None


class Faults(Struct):
    """All that is wrong in one deck."""

    found: list[Fault] = field(default_factory=list)

    def add(self, entry: int | None, path: str | Sequence[str], message: str, remedy: str = "") -> None:
        """Note a fault at a key; path: the key, or a table and its key, or () for the entry's header."""
        self.found.append(Fault(entry, (path,) if isinstance(path, str) else tuple(path), message, remedy))

    def safe(self, entry: int | None, path: str | Sequence[str], text: str) -> str:
        """The text as it may be shown; what it may not show is noted, once a key."""
        if text.isprintable():
            return text
        shown = visible(text)
        tex = _tex().search(text)
        if tex is None and shown == text:
            return shown
        character = tex[0] if tex else next(a for a, b in zip(text, shown, strict=True) if a != b)
        name = _NAMES.get(character, f"U+{ord(character):04X}")
        key = path if isinstance(path, str) else path[-1]
        remedy = "use single quotes '…', where \\ stays a backslash" if tex else "take it out"
        message = f"{key} has a control character ({name})"
        at = (path,) if isinstance(path, str) else tuple(path)
        if not any(old[:3] == (entry, at, message) for old in self.found[-9:]):
            self.found.append(Fault(entry, at, message, remedy))
        return shown

    def problems(self, layout: Layout, path: str) -> list[Problem]:
        """All faults with their places, in the order of the file."""
        problems: list[Problem] = []
        for fault in self.found:
            line, column = fault.place or layout.of(fault.entry, fault.path)
            card = None if fault.entry is None else fault.entry + 1
            problems.append(Problem(path, line, column, card, fault.message, fault.remedy))
        return sorted(problems, key=lambda problem: (problem.line, problem.column))


@cache
def _tex() -> re.Pattern[str]:
    """What TeX commands become in double quotes: "\\frac" a form feed and "rac". Tabs and line breaks are
    also written on purpose, so there only what is left of a known command tells."""
    # Made where a text has any such character: half a millisecond of the start.
    return re.compile(
        r"[\b\f\r\x1b](?=[A-Za-z])"
        r"|\t(?=(?:heta|au|imes|ext(?:bf|it|rm|tt)?|ilde|frac|herefore|riangle)(?![A-Za-z]))"
        r"|(?<= )\t(?=o )|\n(?=(?:abla|eq|otin|leq|geq)(?![A-Za-z]))"
    )
