"""Which decks there are: on the command line, in folders, the person's own, and those that ship.

A deck's id is its path relative to its folder, without `.toml`, joined by "/" and in NFC. Where two files
have the same id, one counts: a path on the command line, then the `--decks` folders in their order, then the
person's folder, then the shipped one. Only files that count are read.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from quizapp.deck.card import Deck, Statement
from quizapp.deck.read import read_deck
from quizapp.deck.tables import quoted
from quizapp.deck.text import collapse, visible
from quizapp.problem import Problem, did_you_mean

SUFFIX = ".toml"
_FEW = 10
_NUMBER = re.compile(r"([0-9]+)")

Report = Callable[..., None]
Read = Callable[..., tuple[Deck | None, list[Problem]]]


class Hidden(NamedTuple):
    """A file that does not count because another has its id, and that is not what a copy is made for."""

    id: str
    used: Path
    hidden: Path


class Sources(Struct, frozen=True):
    """Where decks are looked for, as `load_library` was told; folders and paths are absolute where there is a
    current folder."""

    paths: tuple[Path, ...]
    folders: tuple[Path, ...]
    user: Path
    shipped: Path
    cwd: Path | None
    home: Path | None

    @property
    def bases(self) -> tuple[Path, ...]:
        """All folders, those that count first coming first."""
        return (*self.folders, self.user, self.shipped)


class Library(Struct, frozen=True):
    """The decks by id: those of the command line, the person's own, the `--decks` folders', the shipped ones.

    unread: the files that have an id but could not be read; their cards have not vanished. partial: the decks
    with an entry that could not be read, by id. folders: those that were looked in, as absolute paths.
    sources: what it was made from, None if from no files.
    """

    decks: dict[str, Deck]
    problems: tuple[Problem, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    unread: dict[str, Path] = {}
    partial: frozenset[str] = frozenset()
    folders: tuple[Path, ...] = ()
    sources: Sources | None = None

    def taken(self, id_: str) -> tuple[str, Path] | None:
        """The deck that has such an id, with its file; None if there is none. Case does not count: many a
        disk takes names that differ in nothing else for one."""
        files = {deck.id: deck.path for deck in self.decks.values()} | self.unread
        if id_ in files:
            return id_, files[id_]
        folded = id_.casefold()
        return next(((known, path) for known, path in files.items() if known.casefold() == folded), None)


def _is_copy(path: Path, of: Path) -> bool:
    """Whether a file was made as a copy of a deck that ships, to take its place: their heads are the same."""
    try:
        head, theirs = (file.read_bytes().partition(b"[[card]]")[0].split() for file in (path, of))
    except (OSError, ValueError):
        # It is read later, and then said what is wrong.
        return False
    return bool(head) and head == theirs


def names_of(decks: Iterable[Deck]) -> dict[str, str]:
    """What each deck is called, by its id: its title; where several have the same one, with the id."""
    decks = tuple(decks)
    times = Counter(deck.title for deck in decks)
    return {deck.id: f"{deck.title} ({deck.id})" if times[deck.title] > 1 else deck.title for deck in decks}


class UnknownDeck(Exception):  # noqa: N818 - it is what happened, in the words of a person
    """No deck goes by a name, or more than one does. Its text says so and what to do."""


class _Found(NamedTuple):
    """A file and its id."""

    id: str
    path: Path


def load_library(
    *,
    paths: Sequence[Path] = (),
    folders: Sequence[Path] = (),
    user: Path,
    shipped: Path,
    cwd: Path | None = None,
    home: Path | None = None,
    read: Read | None = None,
) -> Library:
    """All decks that the program can see, and what is wrong with them. Never raises for what it finds.

    paths: single files; folders: those given by `--decks`. cwd and home: for how problems name a file;
    default: the real ones. read: reads a file; default: read_deck.
    """
    read = read or read_deck
    here, home = cwd or _directory(Path.cwd), home or _directory(Path.home)
    problems: list[Problem] = []

    def report(path: Path, message: str, remedy: str = "") -> None:
        problems.append(Problem(shown_as(path, cwd=here, home=home), 0, 0, None, message, remedy))

    sources = Sources(
        tuple(Path(here or "", path) for path in paths),
        tuple(Path(here or "", folder) for folder in folders),
        Path(here or "", user),
        Path(here or "", shipped),
        here,
        home,
    )
    bases = sources.bases
    shelves = [_decks_in(base, number < len(folders), report) for number, base in enumerate(bases)]
    singles = _singles(
        sources.paths,
        bases,
        {found.id for shelf in shelves for found in shelf},
        report,
    )

    winners: dict[str, Path] = {}
    files: set[str] = set()
    hidden: list[Hidden] = []
    kept: list[list[_Found]] = []
    for shelf in (singles, *shelves):
        kept.append([])
        fresh = [found for found in shelf if os.path.realpath(found.path) not in files]
        for found in fresh:
            files.add(os.path.realpath(found.path))
            if found.id in winners:
                if not (shelf is shelves[-1] and _is_copy(winners[found.id], found.path)):
                    hidden.append(Hidden(found.id, winners[found.id], found.path))
            else:
                winners[found.id] = found.path
                kept[-1].append(found)

    given, own, ships = kept[1 : 1 + len(folders)], kept[-2], kept[-1]
    decks: dict[str, Deck] = {}
    unread: dict[str, Path] = {}
    partial: set[str] = set()
    for shelf in (kept[0], own, *given, ships):
        of_shelf: list[Deck] = []
        for id_, path in shelf:
            deck, found_problems = read(path, deck_id=id_, shown_as=shown_as(path, cwd=here, home=home))
            problems += found_problems
            if deck is None:
                unread[id_] = path
            else:
                of_shelf.append(deck)
                if found_problems and _lacks_cards(deck, found_problems):
                    partial.add(id_)
        # Decks of statements come first: they are what "BPO or KPO?" is about, and can be quizzed.
        decks |= {deck.id: deck for deck in sorted(of_shelf, key=lambda deck: not _of_statements(deck))}
    return Library(
        decks=decks,
        problems=tuple(problems),
        hidden=tuple(hidden),
        unread=unread,
        partial=frozenset(partial),
        folders=tuple(map(absolute, bases)),
        sources=sources,
    )


def shipped_folder() -> Path:
    """Where the decks that ship are: within an installed package, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "shipped_decks"
    return installed if installed.is_dir() else package.parent / "decks"


def shown_as(path: Path, *, cwd: Path | None, home: Path | None) -> str:
    """The path as a person knows it: relative to cwd if inside it, else with ~ for the home, else in full.

    It is safe to show. path should be absolute.
    """
    if cwd is not None and path != cwd and path.is_relative_to(cwd):
        path = path.relative_to(cwd)
    elif home is not None and path.is_relative_to(home):
        path = Path("~", path.relative_to(home))
    # A name may hold line breaks, or bytes that are no text.
    return visible(_readable(str(path))).replace("\n", "␊").replace("\t", "␉")


def absolute(path: Path) -> Path:
    """The path from the root on, links as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve follows links


def deck_id(path: Path, base: Path) -> str:
    """The id of a file in a deck folder."""
    relative = path.relative_to(base)
    if relative.suffix.lower() == SUFFIX:
        relative = relative.with_suffix("")
    return unicodedata.normalize("NFC", "/".join(relative.parts))


def find_deck(library: Library, name: str) -> Deck:
    """The deck with this id, or the only one whose id or title it is when case is ignored.

    Raises UnknownDeck where there is none, where it could not be read, and where several fit.
    """
    id_ = unicodedata.normalize("NFC", name)
    if id_ in library.decks:
        return library.decks[id_]
    if id_ in library.unread:
        raise UnknownDeck(f"the deck {quoted(name)} can't be read; see its problems")
    folded = collapse(name).casefold()
    fits = [
        deck
        for deck in library.decks.values()
        if folded in (deck.id.casefold(), collapse(deck.title).casefold())
    ]
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise UnknownDeck(f"{quoted(name)} could be {_listed([deck.id for deck in fits])}; give the id")
    hint = did_you_mean(
        name[:80], (word for deck in library.decks.values() for word in (deck.id, deck.title))
    )
    text = f"there is no deck {quoted(name)}"
    if not library.decks:
        raise UnknownDeck(f"{text}; there are no decks")
    known = f"the decks are {_listed(list(library.decks))}" if len(library.decks) <= _FEW else ""
    if hint:
        raise UnknownDeck(f"{text}; {hint}" + (f" ({known})" if known else ""))
    raise UnknownDeck(f"{text}; {known}" if known else text)


def _lacks_cards(deck: Deck, problems: Sequence[Problem]) -> bool:
    """Whether an entry with a problem yielded no card, or the problem may have kept some from being seen."""
    entries = {card.entry + 1 for card in deck.cards}
    return any(problem.card not in entries for problem in problems)


def _of_statements(deck: Deck) -> bool:
    """Whether at least half of the deck's cards are statements, and not just a few among others."""
    statements = sum(isinstance(card, Statement) for card in deck.cards)
    return bool(statements) and 2 * statements >= len(deck.cards)


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(visible(id_) for id_ in ids)


def _directory(where: Callable[[], Path]) -> Path | None:
    """What Path.cwd or Path.home says; None where there is none."""
    try:
        return where()
    except (OSError, RuntimeError):
        return None


def _decks_in(base: Path, wanted: bool, report: Report) -> list[_Found]:
    """The deck files in a folder and those below, in natural order. wanted: a missing folder is a problem."""
    if not wanted and not base.exists():
        return []
    found = [_Found(deck_id(path, base), path) for path in deck_files(base, report)]
    for _, path in (bad := [item for item in found if not _is_text(item.id)]):
        report(path, "the file's name is not UTF-8", "rename it")
    return sorted((item for item in found if item not in bad), key=lambda item: _natural(item.id))


def deck_files(base: Path, report: Report) -> Iterator[Path]:
    """The deck files in and below a folder, without hidden ones."""
    todo: deque[Path] = deque([base])
    # Real folders come before links to them, so that a new link changes no deck's id.
    links: deque[Path] = deque()
    seen: set[str] = set()
    while todo or links:
        folder = todo.popleft() if todo else links.popleft()
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        try:
            with os.scandir(folder) as listing:
                entries = [entry for entry in listing if not entry.name.startswith(".")]
        except FileNotFoundError:
            report(folder, "there is no such folder")
            continue
        except NotADirectoryError:
            report(folder, "this is a file, not a folder", "give a deck by its path alone")
            continue
        except OSError as error:
            report(folder, f"the folder can't be read ({error.strerror})")
            continue
        for entry in entries:
            if _is_folder(entry):
                (links if entry.is_symlink() else todo).append(Path(entry.path))
            elif entry.name.lower().endswith(SUFFIX):
                yield Path(entry.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _singles(paths: Sequence[Path], bases: Sequence[Path], taken: set[str], report: Report) -> list[_Found]:
    """The files given by path with their ids: those of the folder they lie in, else their stem."""
    found: list[_Found] = []
    outside = set(taken)
    for path in paths:
        if any(os.path.realpath(path) == os.path.realpath(other.path) for other in found):
            continue
        id_ = _id_within(path, bases)
        if id_ is None:
            id_ = unicodedata.normalize("NFC", path.stem)
            if id_ in outside:
                id_ += "-" + hashlib.sha256(os.fsencode(os.path.normpath(path))).hexdigest()[:6]
            outside.add(id_)
        if _is_text(id_):
            found.append(_Found(id_, path))
        else:
            report(path, "the file's name is not UTF-8", "rename it")
    return found


def _id_within(path: Path, bases: Sequence[Path]) -> str | None:
    """The id of a file in the first folder that holds it, as written or with links followed; else None."""
    real = Path(os.path.realpath(path))
    for base in bases:
        if ".." not in path.parts and path != base and path.is_relative_to(base):
            return deck_id(path, base)
        real_base = os.path.realpath(base)
        if real != Path(real_base) and real.is_relative_to(real_base):
            return deck_id(real, Path(real_base))
    return None


def _natural(id_: str) -> list[list[tuple[int, int, str]]]:
    """A sort key by which verbs2 comes before verbs10, and case counts only where all else is equal."""
    return [
        [(0, int(run), "") if run.isascii() and run.isdigit() else (1, 0, run) for run in _NUMBER.split(part)]
        for part in (*id_.casefold().split("/"), id_)
    ]


def _is_text(name: str) -> bool:
    """Whether a file's name is text, not bytes that could not be decoded."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _readable(name: str) -> str:
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in name)
