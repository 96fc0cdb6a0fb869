"""Just so much of protobuf's wire format as Anki's note types, templates and decks need."""

from __future__ import annotations

from collections.abc import Iterator

Value = int | bytes


class BlobError(Exception):
    """The bytes are no protobuf message."""


def fields(blob: bytes) -> Iterator[tuple[int, Value]]:
    """The fields of a message: number and value, numbers as int, texts and messages as bytes.

    Raises BlobError.
    """
    at = 0
    while at < len(blob):
        tag, at = _varint(blob, at)
        match tag & 7:
            case 0:
                number, at = _varint(blob, at)
                yield tag >> 3, number
            case 2:
                size, at = _varint(blob, at)
                yield tag >> 3, _bytes(blob, at, size)
                at += size
            case 1 | 5 as width:
                size = 8 if width == 1 else 4
                yield tag >> 3, _bytes(blob, at, size)
                at += size
            case _:
                raise BlobError("unknown wire type")


def text(blob: bytes, number: int) -> str:
    """A text of a message, "" where it is not there."""
    found = _last(blob, number)
    return found.decode("utf-8", "replace") if isinstance(found, bytes) else ""


def message(blob: bytes, number: int) -> bytes:
    """A message within a message, empty where it is not there."""
    found = _last(blob, number)
    return found if isinstance(found, bytes) else b""


def integer(blob: bytes, number: int) -> int:
    """A number of a message, 0 where it is not there."""
    found = _last(blob, number)
    return found if isinstance(found, int) else 0


def _last(blob: bytes, number: int) -> Value | None:
    return next((value for field, value in reversed(list(fields(blob))) if field == number), None)


def _bytes(blob: bytes, at: int, size: int) -> bytes:
    if at + size > len(blob):
        raise BlobError("a field reaches beyond the end")
    return blob[at : at + size]


def _varint(blob: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(10):
        if at >= len(blob):
            raise BlobError("a number reaches beyond the end")
        byte = blob[at]
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, at
    raise BlobError("a number is too long")
