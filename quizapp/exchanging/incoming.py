"""A file of another program, read. Nothing is written here."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from quizapp.deck.exchange.anki import Progress, Taken
from quizapp.deck.exchange.anki_notes import Collection
from quizapp.deck.exchange.draft import ExchangeError
from quizapp.deck.exchange.formats import EITHER, FORMATS, Format, decoded
from quizapp.deck.file import bytes_of
from quizapp.problem import Problem

PACKAGE = "anki"
"""The name of the format that is no text."""
PACKAGES = (".apkg", ".colpkg")
SUFFIXES = (*PACKAGES, *(suffix for known in FORMATS for suffix in known.suffixes), EITHER)
"""How the names of files end that can be taken in."""
TABLES = ("csv", "tsv")
"""The names of the formats that are tables."""


class UnreadableError(ExchangeError):
    """The file itself can't be read: it is not there, a folder, too large. Its text says so."""


class TextSource(NamedTuple):
    """What is in a text file, and in which format."""

    text: str
    format: Format

    @property
    def delimiter(self) -> str:
        """What stands between the cells, where the format says so."""
        return "\t" if self.format.name == "tsv" else ""


class Package(NamedTuple):
    """What an Anki package holds, and the drafts that come of it."""

    collection: Collection
    taken: Taken


def is_package(file: Path, format_name: str = "") -> bool:
    """Whether a file is to be read as an Anki package. format_name: "" where nobody said it."""
    return format_name.lower() == PACKAGE or (not format_name and file.suffix.lower() in PACKAGES)


def text_in(file: Path) -> str:
    """What is in a text file. Raises UnreadableError, and ExchangeError where it is no text."""
    data = bytes_of(file, file.name, folder=("this is a folder, not a file", "name a file in it"))
    if isinstance(data, Problem):
        raise UnreadableError(str(data))
    return decoded(data, file.name)


def read_package(
    file: Path, *, to: str = "", history: bool = True, progress: Progress | None = None
) -> Package:
    """What an Anki package holds. to: the id of one deck for all of it. Raises ExchangeError, Cancelled."""
    from quizapp.anki.take import take  # only packages need SQLite

    return Package(*take(file, to=to, history=history, progress=progress))
