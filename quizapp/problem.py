"""What is wrong in a file that a person wrote, where, and the remedy."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Problem(Struct, frozen=True):
    """One thing wrong in a file.

    path: the file as the person knows it. line and column: 1-based; 0 where there is no text to point at.
    card: 1-based number of the entry, None for the head of the deck. remedy: what to do, "" if the message
    says it.
    """

    path: str
    line: int
    column: int
    card: int | None
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        card = f"card {self.card}: " if self.card is not None else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{place}: {card}{self.message}{remedy}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """'did you mean "x"?' for the likeliest of the known words, or "" if none is near. Case is forgiven."""
    import difflib  # rarely needed: only where something is wrong

    by_fold: dict[str, str] = {}
    for name in known:
        by_fold.setdefault(name.casefold(), name)
    close = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return f'did you mean "{by_fold[close[0]]}"?' if close else ""
