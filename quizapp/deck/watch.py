"""Which deck files have changed since they were read, and the library as it is then.

What is looked at is when a file was written and how large it is: only files that changed are read again.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import tomli

from quizapp.deck.card import Deck
from quizapp.deck.file import bytes_of, text_of
from quizapp.deck.library import Library, Sources, deck_files, load_library
from quizapp.deck.read import parse_deck
from quizapp.problem import Problem


class Stamp(NamedTuple):
    """What changes when a file is saved. written: in ns. number: of the file on its disk, another one where
    an editor puts a new file in the old one's place."""

    written: int
    size: int
    number: int


Signature = Mapping[Path, Stamp]
"""The stamp of each deck file, by its path as the library has it."""


def signature(sources: Sources) -> Signature:
    """The stamps of all deck files as they are now; nothing is opened."""
    paths = list(sources.paths)
    for base in sources.bases:
        if base.exists():
            paths += deck_files(base, lambda *_: None)
    found: dict[Path, Stamp] = {}
    for path in paths:
        try:
            status = os.stat(path)  # noqa: PTH116 - the same
        except (OSError, ValueError):
            # It is gone by now, or can't be looked at.
            continue
        found[path] = Stamp(status.st_mtime_ns, status.st_size, status.st_ino)
    return found


class Watch:
    """Tells when deck files have changed and are as they were at the look before.

    A save may take several steps, such as one that empties the file or puts it aside.
    """

    def __init__(self, seen: Signature) -> None:
        """seen: the files as they were read."""
        self.seen = seen
        self._last = seen

    def changed(self, now: Signature) -> bool:
        """Whether there is something to read, after another look."""
        still, self._last = now == self._last, now
        return still and now != self.seen


def read_again(library: Library, before: Signature, now: Signature) -> Library:
    """The library with the files that changed read again. before, now: the files as they were and are.

    A deck whose file can't be read any more, or is not TOML, stays as it was, with the problems of the file.
    """
    sources = library.sources
    if sources is None:
        return library
    known = {deck.path: deck for deck in library.decks.values()}
    problems: dict[str, list[Problem]] = {}
    for problem in library.problems:
        problems.setdefault(problem.path, []).append(problem)

    def read(path: Path, *, deck_id: str, shown_as: str) -> tuple[Deck | None, list[Problem]]:
        deck = known.get(path)
        if deck is None or deck.id != deck_id:
            return _read(path, deck_id, shown_as, None)
        if path in now and before.get(path) == now[path]:
            return deck, problems.get(shown_as, [])
        return _read(path, deck_id, shown_as, deck)

    return load_library(
        paths=sources.paths,
        folders=sources.folders,
        user=sources.user,
        shipped=sources.shipped,
        cwd=sources.cwd,
        home=sources.home,
        read=read,
    )


def _read(path: Path, deck_id: str, shown: str, good: Deck | None) -> tuple[Deck | None, list[Problem]]:
    """The deck in a file; the last good one if the file is broken."""
    data = bytes_of(path, shown, folder=("this is a folder, not a deck", "give folders with --decks"))
    if isinstance(data, Problem):
        return good, [data]
    deck, problems = parse_deck(data, path=path, deck_id=deck_id, shown_as=shown)
    if problems and good is not None and not _is_toml(data):
        return good, problems
    return deck or good, problems


def _is_toml(data: bytes) -> bool:
    text = text_of(data, "")
    if isinstance(text, Problem):
        return False
    try:
        tomli.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
