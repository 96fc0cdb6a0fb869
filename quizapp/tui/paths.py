"""Paths as people type, paste and drop them, and what lies there to choose from."""

from __future__ import annotations

import os
import shlex
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from quizapp.deck.text import visible

_QUOTES = ("'", '"')
_MOST = 500
"""No more rows than this are listed; typing leaves fewer."""


class Found(NamedTuple):
    """A file or folder that fits what was typed. size: in bytes, 0 for a folder."""

    path: Path
    folder: bool
    size: int = 0

    @property
    def name(self) -> str:
        """Its name, safe to show; a folder's with a slash behind it."""
        return f"{safe(self.path.name)}{'/' if self.folder else ''}"


def safe(text: str) -> str:
    """A path's text on one line, safe to show: names may hold anything, even what is no text."""
    if text.isprintable():
        return text
    shown = "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return visible(shown).replace("\n", "␊").replace("\t", "␉")


def plain_path(text: str) -> str:
    """A path without what shells, terminals and file managers put around it: quotes, `file://`, and
    backslashes before spaces."""
    text = text.strip()
    if text.lower().startswith("file://"):
        parts = urlsplit(text)
        path = unquote(parts.path)
        # On Windows the drive comes behind a slash.
        return path[1:] if os.name == "nt" and path[2:3] == ":" else path
    if os.name == "nt":
        return text.strip('"')
    escaped = "\\" in text and not os.path.lexists(_expanded(text))
    if text[:1] in _QUOTES or escaped:
        try:
            words = shlex.split(text)
        except ValueError:
            # A quotation mark that is still open.
            return text.lstrip("".join(_QUOTES))
        if len(words) == 1:
            return words[0]
    return text


def path_typed(text: str) -> Path:
    """The path that is meant; relative ones from the current folder, `~` for one's own."""
    return Path(_expanded(plain_path(text)))


def _expanded(text: str) -> str:
    return os.path.expanduser(text)  # noqa: PTH111 - unlike Path.expanduser, it never raises


def split(text: str) -> tuple[str, str]:
    """What was typed of a folder, with its last slash, and the beginning of a name in it."""
    plain = plain_path(text)
    if plain in ("~", "..", "."):
        return f"{plain}/", ""
    cut = max(plain.rfind("/"), plain.rfind(os.sep)) + 1
    return plain[:cut], plain[cut:]


def listed(folder: Path, suffixes: Collection[str]) -> list[Found]:
    """The folders and files with these suffixes in a folder, files first; hidden ones too. Raises OSError."""
    found: list[Found] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                if entry.is_dir():
                    found.append(Found(Path(entry.path), folder=True))
                elif os.path.splitext(entry.name)[1].lower() in suffixes:  # noqa: PTH122 - a name, not a path
                    found.append(Found(Path(entry.path), folder=False, size=entry.stat().st_size))
            except OSError:
                # A link that leads nowhere.
                continue
    return sorted(found, key=lambda one: (one.folder, one.path.name.casefold()))


def fitting(found: Sequence[Found], start: str) -> list[Found]:
    """Those whose name begins with this, in either case; hidden ones only where a dot was typed."""
    sought = start.casefold()
    return [
        one
        for one in found
        if one.path.name.casefold().startswith(sought) and (start.startswith(".") or one.path.name[0] != ".")
    ][:_MOST]


def tilde(path: Path) -> str:
    """The path with ~ for one's own folder, safe to show."""
    home = os.path.expanduser("~")  # noqa: PTH111 - as above
    if home != "~" and path.is_relative_to(home):
        return safe(str(Path("~", path.relative_to(home))))
    return safe(str(path))


def size_shown(size: int) -> str:
    """`812 bytes`, `14 KB`, `3.2 MB`."""
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{size / 1000:.0f} KB"
    return f"{size / 1_000_000:.1f} MB"
