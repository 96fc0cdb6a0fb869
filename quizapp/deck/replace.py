"""Writing a file that a person may have open too: whole or not at all, and never over what they changed."""

from __future__ import annotations

import contextlib
import os
import tempfile
from codecs import BOM_UTF8
from collections.abc import Callable
from pathlib import Path

from quizapp.deck.edit import EditError


class FileChanged(Exception):  # noqa: N818 - it is what happened, in the words of a person
    """The file is not what it was when it was read; for a new one, there is one now. Nothing was written."""


class ReadOnlyFileError(OSError):
    """The file may not be written, though its folder may. Nothing was written."""


def replace_file(path: Path, before: bytes | None, after: bytes) -> None:
    """Put other bytes into a file in one step. before: what it held when it was read, None if there was none.

    A link stays one, and the file keeps its permissions. Its folder is made if there is none. Raises
    FileChanged, ReadOnlyFileError or another OSError, and then the file is as it was.
    """
    real = Path(os.path.realpath(path))  # a link, as people keep with their dotfiles, stays one
    if before is not None and not os.access(real, os.W_OK) and os.path.exists(real):  # noqa: PTH110 - never raises
        # Replacing it would work where its folder may be written, and is not what its owner asked for.
        raise ReadOnlyFileError(f"{path} may not be written")
    real.parent.mkdir(parents=True, exist_ok=True)
    number, draft = tempfile.mkstemp(dir=real.parent, prefix=".quizapp.")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        now = _held(real)
        if now != before:
            raise FileChanged(str(path))
        Path(draft).chmod((real.stat().st_mode if now is not None else 0o644) & 0o7777)
        if now is None and _linked(draft, real):
            return
        os.replace(draft, real)  # noqa: PTH105 - one atomic step, also where the target exists
    finally:
        with contextlib.suppress(OSError):
            # It was moved, or its folder is gone: there is nothing left to tidy.
            os.unlink(draft)  # noqa: PTH108 - as mkstemp gave it


def _held(real: Path) -> bytes | None:
    """What is in a file now; None if there is none."""
    try:
        return real.read_bytes()
    except FileNotFoundError:
        return None


def _linked(draft: str, real: Path) -> bool:
    """Whether the draft has the new file's name now: that replaces nothing, even what came this instant."""
    try:
        os.link(draft, real)
    except FileExistsError as error:
        raise FileChanged(str(real)) from error
    except OSError:
        # Some file systems know no such links.
        return False
    return True


def edited(data: bytes, edit: Callable[[str], str]) -> bytes:
    """The bytes of a file with its text edited; a mark at its start (BOM) and its line ends stay.

    Raises EditError where they are no UTF-8, or would be none then, or where the edit does.
    """
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    try:
        text = data.removeprefix(mark).decode("utf-8")
    except UnicodeDecodeError as error:
        raise EditError("The file is not UTF-8; save it as UTF-8 first.") from error
    try:
        return mark + edit(text).encode("utf-8")
    except UnicodeEncodeError as error:
        raise EditError("What was given is not UTF-8.") from error
