"""The file of a deck that is to be changed, and a copy of its own where the deck ships with the program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizapp.cli.errors import BadInput, Failure
from quizapp.cli.sources import is_deck_path, library, library_with, own_places, sentence, shown

if TYPE_CHECKING:
    from quizapp.deck.library import Library


class DeckFile(NamedTuple):
    """A deck's file. read: where it is. write: where it is to be; another place if it ships."""

    id: str
    read: Path
    write: Path

    @property
    def is_shipped(self) -> bool:
        """Whether it ships, so that a change makes it the person's own."""
        return self.read != self.write

    def data(self) -> bytes:
        """What is in it. Raises Failure where it can't be read."""
        from quizapp.deck.file import bytes_of
        from quizapp.problem import Problem

        found = bytes_of(self.read, shown(self.read), folder=("this is a folder, not a deck", ""))
        if isinstance(found, Problem):
            raise Failure(str(found))
        return found

    def put(self, before: bytes, after: bytes, kept: str) -> None:
        """Write it, where it is to be. before: what was read. Raises Failure, and then nothing was written.

        kept: what is said then.
        """
        from quizapp.deck.replace import FileChanged, ReadOnlyFileError, replace_file

        name = shown(self.write)
        try:
            replace_file(self.write, None if self.is_shipped else before, after)
        except FileChanged as error:
            what = "is there already" if self.is_shipped else "was changed meanwhile"
            raise Failure(f"{name} {what}. {kept}; try again") from error
        except ReadOnlyFileError as error:
            raise Failure(f"{name} may not be written. {kept}; change its permissions") from error
        except OSError as error:
            raise Failure(f"{name} can't be written ({error.strerror or error}). {kept}") from error


def deck_file(name: str) -> DeckFile:
    """The file of the deck that an argument names, by id, title or path; it may have problems.

    A file that is named by its path is meant itself, even where it ships. Raises BadInput.
    """
    from quizapp.deck.library import UnknownDeck, find_deck

    if name.lower().endswith(".toml"):
        return _at(Path(name))
    found = library()
    if name in found.unread:
        return _meant(name, found.unread[name])
    try:
        deck = find_deck(found, name)
    except UnknownDeck as unknown:
        if is_deck_path(name):
            return _at(Path(name))
        said = sentence(str(unknown))
        new = " To make one: quizapp new" if said.endswith("?") else "; to make one: quizapp new"
        raise BadInput(f"{said}{new}") from unknown
    return _meant(deck.id, deck.path)


def _meant(id_: str, path: Path) -> DeckFile:
    from quizapp.deck.library import shipped_folder

    if not path.is_relative_to(shipped_folder()):
        return DeckFile(id_, path, path)
    return DeckFile(id_, path, own_places().decks.joinpath(*f"{id_}.toml".split("/")))


def _at(path: Path) -> DeckFile:
    return DeckFile(_id_of(library_with([path]), path), path, path)


def _id_of(found: Library, path: Path) -> str:
    import os

    real = os.path.realpath(path)
    files = {deck.id: deck.path for deck in found.decks.values()} | found.unread
    return next((id_ for id_, other in files.items() if os.path.realpath(other) == real), path.stem)
