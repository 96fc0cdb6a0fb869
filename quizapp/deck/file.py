"""A file that a person wrote, as text. What can't be read is a problem, never an exception."""

from __future__ import annotations

import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from quizapp.problem import Problem

LIMIT = 64 * 2**20
"""The most bytes a file may have."""


def bytes_of(path: Path, shown: str, *, folder: tuple[str, str]) -> bytes | Problem:
    """What is in a file. shown: how a problem names it. folder: what to say, and the remedy, if it is one."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return _unreadable(shown, *folder)
        # Opening a pipe or a device could wait for ever.
        if not stat.S_ISREG(status.st_mode):
            return _unreadable(shown, "this is not a file")
        if status.st_size > LIMIT:
            return too_large(shown)
        with path.open("rb") as file:
            return file.read(LIMIT + 1)
    except FileNotFoundError:
        return _unreadable(shown, "there is no such file")
    except PermissionError:
        return _unreadable(shown, "the file may not be read", "change its permissions")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return _unreadable(shown, f"the file can't be read ({reason})")


def text_of(data: bytes, shown: str) -> str | Problem:
    """The text of a file's bytes: UTF-8, with or without its mark, each line ended by LF."""
    if utf16_of(data):
        # Letters of English would pass for UTF-8, each with a control character beside it.
        return Problem(shown, 1, 1, None, "the file is UTF-16, not UTF-8", "save it as UTF-8")
    try:
        # Not utf-8-sig, whose errors do not say whether they count from behind the mark.
        data = data.removeprefix(BOM_UTF8)
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start, shown)


def utf16_of(data: bytes) -> str:
    """The codec of a file's bytes if they are UTF-16, "" if not: it begins with its mark, or every second
    byte of most characters is zero."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" not in data:
        return ""
    zeros = data[::2].count(0), data[1::2].count(0)
    few, many = sorted(zeros)
    if many * 4 < len(data) or few * 20 > many:
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def too_large(shown: str) -> Problem:
    """The problem of a file with more bytes than the limit."""
    return _unreadable(shown, f"the file is larger than {LIMIT // 2**20} MiB", "split it into several")


def _not_utf8(data: bytes, at: int, shown: str) -> Problem:
    line = data.count(b"\n", 0, at) + 1
    before = data[data.rfind(b"\n", 0, at) + 1 : at]
    column = len(before.decode("utf-8", "replace")) + 1
    message = f"the file is not UTF-8 (byte 0x{data[at]:02X})"
    return Problem(shown, line, column, None, message, "save it as UTF-8")


def _unreadable(shown: str, message: str, remedy: str = "") -> Problem:
    return Problem(shown, 0, 0, None, message, remedy)
