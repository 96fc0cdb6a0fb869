"""The braces of a cloze: {…} is a blank; {{ and }} are plain braces, within a blank too, in pairs."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BRACE = re.compile(r"[{}]")


class ClozeError(Exception):
    """A cloze that can't be asked. remedy: what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def split_cloze(cloze: str) -> list[str]:
    """The sentence in pieces: plain, blank, plain, … blank, plain; every second piece is a blank.

    Raises ClozeError where there is no blank, an empty one, or a brace without its partner.
    """
    pieces = [""]
    plain = 0  # plain braces open within the blank, so that "}}}" closes them before it
    at = 0
    while brace := _BRACE.search(cloze, at):
        sign = brace[0]
        pieces[-1] += cloze[at : brace.start()]
        at = brace.end()
        in_blank = len(pieces) % 2 == 0
        doubled = cloze.startswith(sign, at)
        if doubled and (sign == "{" or not in_blank or plain):
            pieces[-1] += sign
            at += 1
            if in_blank:
                plain += 1 if sign == "{" else -1
        elif (sign == "}") == in_blank:
            if in_blank and not pieces[-1].strip():
                raise ClozeError("cloze has an empty blank", "write what is hidden between the braces")
            pieces.append("")
        elif sign == "{":
            raise ClozeError("cloze has a { within a blank", "write {{ for a plain brace")
        else:
            raise ClozeError("cloze has a } that closes no blank", "write }} for a plain brace")
    pieces[-1] += cloze[at:]
    if len(pieces) % 2 == 0:
        raise ClozeError(
            "cloze has a { that is never closed", "close it with }, or write {{ for a plain brace"
        )
    if len(pieces) == 1:
        raise ClozeError("cloze has no blank", "put braces around what is hidden: {word}")
    return pieces


def join_cloze(pieces: Sequence[str]) -> str:
    """The cloze whose pieces these are: plain, blank, plain, … blank, plain; what `split_cloze` takes apart.

    Raises ClozeError where it can't be written: without a blank, with an empty one, or with braces in a blank
    that do not pair or stand at its start.
    """
    doubled = [piece.replace("{", "{{").replace("}", "}}") for piece in pieces]
    cloze = "".join(f"{{{piece}}}" if place % 2 else piece for place, piece in enumerate(doubled))
    if split_cloze(cloze) != list(pieces):
        raise ClozeError("cloze has braces in a blank that can't be written", "take them out")
    return cloze
