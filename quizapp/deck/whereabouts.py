"""What has become of a deck file that the library does not have."""

from __future__ import annotations

import os
import unicodedata
from enum import Enum
from pathlib import Path

from quizapp.deck.library import Library, absolute


class Whereabouts(Enum):
    """What has become of a deck that the library does not have. THERE: its file is where it was. GONE: its
    folder is there, and its file is not."""

    THERE = "there"
    GONE = "gone"
    UNKNOWN = "unknown"


def whereabouts(file: str, library: Library) -> Whereabouts:
    """What has become of a deck's file. file: its absolute path, "" if it is not known.

    It is gone only if this run looked for decks where it was, found others there, and its folder can be read
    and is not empty: a disk that is not mounted leaves an empty folder, or none.
    """
    if not file:
        return Whereabouts.UNKNOWN
    path = Path(file)
    try:
        if os.path.lexists(path) and _is_listed(path):
            return Whereabouts.UNKNOWN if _is_in(path, library) else Whereabouts.THERE
        base = next((folder for folder in library.folders if path.is_relative_to(folder)), None)
        if base is None or not any(absolute(one).is_relative_to(base) for one in _files(library)):
            return Whereabouts.UNKNOWN
        folder = next(folder for folder in path.parents if os.path.lexists(folder))
        # Of a link that leads nowhere, and of a folder that may not be read, nothing can be said.
        return Whereabouts.GONE if any(folder.iterdir()) else Whereabouts.UNKNOWN
    except (OSError, ValueError):
        return Whereabouts.UNKNOWN


def _is_listed(path: Path) -> bool:
    """Whether its folder has just this name: where case is ignored, another one is found for it too."""
    name = unicodedata.normalize("NFC", path.name)
    return any(unicodedata.normalize("NFC", one.name) == name for one in path.parent.iterdir())


def _is_in(path: Path, library: Library) -> bool:
    """Whether the library has this file, under another id then: where other folders were looked in."""
    real = os.path.realpath(path)
    return any(os.path.realpath(one) == real for one in _files(library))


def _files(library: Library) -> list[Path]:
    return [*(deck.path for deck in library.decks.values()), *library.unread.values()]
