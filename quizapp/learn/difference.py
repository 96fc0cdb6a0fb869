"""How a typed answer differs from a right one, piece by piece. Pure; each piece has a sign of its own."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from quizapp.learn.same import Token, tokens

ALIKE = 0.5
"""Texts of which more than this share differs have nothing to compare."""


class Kind(StrEnum):
    """What became of a piece of the right answer."""

    SAME = "same"
    MISSING = "missing"
    EXTRA = "extra"
    INSTEAD = "instead"


class Piece(NamedTuple):
    """A piece of both texts. given: "" where it is missing. wanted: "" where it is too much.

    The pieces' given texts together are the typed answer, and the wanted ones the right one.
    """

    kind: Kind
    given: str
    wanted: str


def difference(given: str, wanted: str) -> list[Piece]:
    """What differs, in order, but for what is forgiven: Unicode form, case, white space, punctuation.

    No piece splits a base from its marks. Letters that stand alone between changes belong to the change.
    """
    from rapidfuzz.distance import Levenshtein  # 8 ms, for typed answers that are not right as they stand

    left, right = tokens(given), tokens(wanted)
    changes = Levenshtein.opcodes([token.key for token in left], [token.key for token in right])
    pieces = [
        _piece(left[change.src_start : change.src_end], right[change.dest_start : change.dest_end])
        for change in changes
    ]
    return _tidied(pieces)


def nearest(given: str, texts: Sequence[str]) -> str:
    """The text that the typed one is nearest to, the first of equals; "" where none is at all alike."""
    from rapidfuzz.distance import OSA  # 8 ms, as above

    keys = [token.key for token in tokens(given)]
    far, place = min(
        (OSA.normalized_distance(keys, [token.key for token in tokens(text)]), place)
        for place, text in enumerate(texts)
    )
    return texts[place] if far <= ALIKE else ""


def signed(piece: Piece) -> str:
    """A piece as it is written: `i`, `[+i]` missing, `[−i]` too much, `[a→i]` i in place of a."""
    given, wanted = _seen(piece.given), _seen(piece.wanted)
    match piece.kind:
        case Kind.SAME:
            return piece.wanted
        case Kind.MISSING:
            return f"[+{wanted}]"
        case Kind.EXTRA:
            return f"[−{given}]"
        case Kind.INSTEAD:
            return f"[{given}→{wanted}]"


def _seen(text: str) -> str:
    """A changed text, where white space alone would not be seen."""
    return text if text.strip() else "␣"


def _piece(left: Sequence[Token], right: Sequence[Token]) -> Piece:
    given, wanted = ("".join([token.text for token in side]) for side in (left, right))
    if [token.key for token in left] == [token.key for token in right]:
        return Piece(Kind.SAME, given, wanted)
    return Piece(_changed(bool(given), bool(wanted)), given, wanted)


def _changed(given: bool, wanted: bool) -> Kind:
    if given and wanted:
        return Kind.INSTEAD
    return Kind.EXTRA if given else Kind.MISSING


def _tidied(pieces: list[Piece]) -> list[Piece]:
    """Without the islands that make a change hard to read: `[ei→ie]`, not `[+i]e[−i]`."""
    tidy: list[Piece] = []
    for piece in pieces:
        # One letter may be compared as two: where only the second differs, it has no text of its own.
        if tidy and piece.kind is not Kind.SAME and not piece.given and not piece.wanted:
            piece = _joined(tidy.pop(), piece)
        if tidy and Kind.SAME not in (tidy[-1].kind, piece.kind):
            tidy[-1:] = [_joined(tidy[-1], piece)]
        else:
            tidy.append(piece)
        while len(tidy) > 2 and _is_island(*tidy[-3:]):
            tidy[-3:] = [_joined(*tidy[-3:])]
    return tidy


def _joined(*pieces: Piece) -> Piece:
    """Changes, and what lies between them, as one."""
    given, wanted = ("".join(texts) for texts in ([p.given for p in pieces], [p.wanted for p in pieces]))
    return Piece(_changed(bool(given), bool(wanted)), given, wanted)


def _is_island(before: Piece, island: Piece, after: Piece) -> bool:
    """Whether the piece between two changes, of which one takes away and one adds, is no longer than both."""
    changes = (before, after)
    if island.kind is not Kind.SAME or any(change.kind is Kind.SAME for change in changes):
        return False
    size = len(island.wanted)
    return (
        any(change.given for change in changes)
        and any(change.wanted for change in changes)
        and all(size <= max(len(change.given), len(change.wanted)) for change in changes)
        and " " not in island.wanted
    )
