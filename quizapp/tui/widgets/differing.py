"""How a typed answer differs from the right one, drawn: each change has a sign as well as a colour."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from quizapp.learn.difference import Kind, Piece, difference, signed
from quizapp.learn.judge import Judgement

_STYLES = {
    Kind.SAME: "$foreground",
    Kind.MISSING: "bold $text-success on $right-bg",
    Kind.EXTRA: "bold $text-error on $wrong-bg",
}


def differing(judgement: Judgement) -> Content:
    """`effic[+i]ency`: the right answer with what is missing, too much or in another's place; empty where
    nothing is to be compared."""
    if not judgement.near:
        return Content("")
    pieces = difference(judgement.given, judgement.near)
    if all(piece.kind is Kind.SAME for piece in pieces):
        return Content("")
    return Content.assemble(*(part for piece in pieces for part in _drawn(piece)))


def _drawn(piece: Piece) -> Iterator[tuple[str, str]]:
    text = signed(piece)
    if piece.kind is not Kind.INSTEAD:
        yield text, _STYLES[piece.kind]
        return
    wrong, arrow, right = text.partition("→")
    yield wrong, _STYLES[Kind.EXTRA]
    yield arrow + right, _STYLES[Kind.MISSING]
