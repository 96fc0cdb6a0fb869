"""New decks, before and while they are written: what they are called, and all of them or none."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import takewhile
from pathlib import Path

from msgspec import Struct, structs

from quizapp.deck.card import Card, Deck, kind_of
from quizapp.deck.exchange.draft import Draft, ExchangeError, toml_of
from quizapp.deck.fresh import file_id
from quizapp.deck.library import SUFFIX, Library
from quizapp.deck.read import parse_deck
from quizapp.deck.replace import FileChanged, replace_file
from quizapp.deck.tables import quoted
from quizapp.deck.text import collapse, visible


class TakenError(ExchangeError):
    """There is a deck of that id; its text says where."""


class BadNameError(ExchangeError):
    """No file can be called so."""


class Arriving(Struct, frozen=True):
    """A deck that is to be written. text: of its file. deck: what is read of that."""

    id: str
    path: Path
    text: str
    deck: Deck

    @property
    def digest(self) -> str:
        """What the file's bytes are known by."""
        return digest_of(self.text.encode("utf-8"))


def digest_of(data: bytes) -> str:
    """SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


# ---- names


def id_of(name: str) -> str:
    """The id of a deck that is called so. Raises BadNameError where no file can be called so."""
    try:
        return file_id(name)
    except ValueError as error:
        raise BadNameError(f"{quoted(name)} can't be the name of a deck.") from error


def path_of(id_: str, folder: Path) -> Path:
    """Where the deck of this id lies in a folder of decks."""
    return folder.joinpath(*f"{id_}{SUFFIX}".split("/"))


def place(id_: str, library: Library, folder: Path) -> Path:
    """Where a new deck of this id goes in a person's folder. Raises TakenError where there is one."""
    there = library.taken(id_)
    path = path_of(id_, folder)
    if there is not None or os.path.lexists(path):
        known, file = there or (id_, path)
        raise TakenError(f"There is a deck {quoted(known)} already: {file}.")
    return path


def free_id(id_: str, library: Library, folder: Path, taken: Collection[str] = ()) -> str:
    """The id itself, or with the first number behind it that no deck has. taken: ids that are given away."""
    free, number = id_, 2
    while free in taken or library.taken(free) is not None or os.path.lexists(path_of(free, folder)):
        free, number = f"{id_}-{number}", number + 1
    return free


def title_of(name: str) -> str:
    """The title of a deck that is called so: the part behind the last slash, on one line and safe to show."""
    whole = "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in name)
    return visible(collapse(whole.replace("\\", "/").rpartition("/")[2]))


def titled(draft: Draft, name: str) -> Draft:
    """The draft called so, whatever its file is called."""
    return structs.replace(draft, head={"title": "", **draft.head} | {"title": title_of(name)})


# ---- writing


def arriving(draft: Draft, id_: str, path: Path) -> Arriving:
    """A draft as the deck that comes of it. Raises ExchangeError if that has a problem, which no format
    should leave."""
    text = toml_of(draft)
    deck, problems = parse_deck(text.encode("utf-8"), path=path, deck_id=id_, shown_as=path.name)
    if deck is None or problems:
        raise ExchangeError(f"This can't be made a deck: {problems[0]}. Nothing was written.")
    return Arriving(id_, path, text, deck)


@contextmanager
def written(decks: Sequence[Arriving]) -> Iterator[None]:
    """Write new decks, all or none: what is raised in the block takes them away again. Raises TakenError and
    ExchangeError."""
    with to_be_written(decks) as write:
        write()
        yield


@contextmanager
def to_be_written(decks: Sequence[Arriving]) -> Iterator[Callable[[], None]]:
    """As `written`, but when what it gives is called."""
    done: list[tuple[Arriving, list[Path]]] = []

    def write() -> None:
        for one in decks:
            # Before it is written: Ctrl+C may come at any time.
            done.append((one, _not_there(one.path)))
            _write(one)

    try:
        yield write
    except BaseException:
        # What was raised goes on.
        for one, made in reversed(done):
            _take_away(one, made)
        raise


def _not_there(path: Path) -> list[Path]:
    """The file, if there is none yet, and those of its folders that are not there, the innermost first."""
    return list(takewhile(lambda place: not os.path.lexists(place), (path, *path.parents)))


def _take_away(one: Arriving, made: Sequence[Path]) -> None:
    """Remove what was made for a deck."""
    with suppress(OSError):
        if made and is_unchanged(one.path, one.digest):
            one.path.unlink()
        for folder in made[1:]:
            folder.rmdir()


def _write(one: Arriving) -> None:
    try:
        replace_file(one.path, None, one.text.encode("utf-8"))
    except FileChanged as error:
        raise TakenError(f"There is a deck {quoted(one.id)} already: {one.path}.") from error
    except OSError as error:
        raise ExchangeError(f"{one.path} can't be written ({error.strerror or error}).") from error


def is_unchanged(path: Path, digest: str) -> bool:
    """Whether a file still holds, to the byte, what it was written with."""
    try:
        return digest_of(path.read_bytes()) == digest
    except OSError:
        return False


def remove_unchanged(path: Path, digest: str, folder: Path) -> bool:
    """Remove a file that still holds what it was written with, and the folders that are empty then; whether
    it is gone. folder: of decks, which stays, as does all that is not in it."""
    if ".." in path.parts or not path.is_relative_to(folder):
        return False
    if not is_unchanged(path, digest):
        return not os.path.lexists(path)
    try:
        path.unlink()
    except OSError:
        return False
    with suppress(OSError, ValueError):
        for number, _ in enumerate(path.parent.relative_to(folder).parts):
            path.parents[number].rmdir()
    return True


# ---- what is said of them


def kinds(cards: Iterable[Card]) -> str:
    """How many cards of which kinds: `12 flip, 3 cloze`."""
    found = Counter(kind_of(card).value for card in cards)
    return ", ".join(f"{number:,} {kind}" for kind, number in found.items())
