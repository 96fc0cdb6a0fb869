"""What a command works on: the library, a deck of it, the scores file."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quizapp.cli.errors import BadInput
from quizapp.cli.output import count, note, one_line, quoted
from quizapp.problem import did_you_mean
from quizapp.settings.places import Places, places

# Reading decks takes tomli and more: `--help` and `paths` do without.
if TYPE_CHECKING:
    from quizapp.deck.card import Deck
    from quizapp.deck.library import Library
    from quizapp.settings.read import Config
    from quizapp.sitting import Clock

_CONFIG = "quizapp.config"
_FOLDERS = "quizapp.folders"
_FOREIGN = frozenset((".apkg", ".colpkg", ".csv", ".tsv", ".tab", ".gift", ".md", ".markdown", ".json"))
"""How names of files end that `quizapp import` takes in, and no deck has."""

F = TypeVar("F", bound=Callable[..., Any])


def _remember(ctx: click.Context, _: click.Parameter, folders: tuple[Path, ...]) -> None:
    for folder in folders:
        if not os.path.isdir(folder):  # noqa: PTH112 - unlike Path.is_dir, it never raises for odd names
            what = "is a file" if os.path.isfile(folder) else "does not exist"  # noqa: PTH113 - as above
            remedy = (
                "give a deck by its path alone" if what == "is a file" else _similar(folder, folders=True)
            )
            raise BadInput(
                f"The folder {quoted(str(folder))} of --decks {what}" + (f"; {remedy}" if remedy else "")
            )
    # meta is shared by the contexts of the group and its command, so that both may name folders.
    ctx.meta.setdefault(_FOLDERS, []).extend(folders)


def folder_option(command: F) -> F:
    """The option --decks; what it names is used by `library`."""
    option = click.option(
        "--decks",
        "folders",
        metavar="DIR",
        multiple=True,
        type=click.Path(path_type=Path),
        expose_value=False,
        callback=_remember,
        help="Use the decks in DIR too; may be given several times.",
    )
    return option(command)


def named_folders() -> list[Path]:
    """The folders of all --decks options."""
    folders: list[Path] = click.get_current_context().meta.get(_FOLDERS, [])
    return folders


def own_places() -> Places:
    """Where this person's files are."""
    return places(os.environ)


def own_config() -> Config:
    """This person's settings; read once in a run."""
    meta = click.get_current_context().meta
    if _CONFIG not in meta:
        from quizapp.settings.read import read_config

        path = own_places().config
        meta[_CONFIG] = read_config(path, shown(path))
    config: Config = meta[_CONFIG]
    return config


def clock() -> Clock:
    """The clock on the wall, with study days as they are set."""
    from functools import partial

    from quizapp.sitting import wall_clock

    return partial(wall_clock, own_config().settings.study.rollover)


def library(paths: Sequence[Path] = ()) -> Library:
    """All decks that this run can see. paths: deck files from the command line."""
    from quizapp.deck.library import load_library, shipped_folder
    from quizapp.settings.read import deck_folders

    folders = [*named_folders(), *deck_folders(own_config())]
    return load_library(paths=paths, folders=folders, user=own_places().decks, shipped=shipped_folder())


def note_problems_of_settings() -> None:
    """Say on stderr that the config file has problems, if it has."""
    config = own_config()
    if config.problems:
        note(f"{count(len(config.problems), 'problem')} in {config.shown}; to see them: quizapp settings")


def is_deck_path(name: str) -> bool:
    """Whether an argument means a file, and not a deck's id or a command."""
    return name.lower().endswith(".toml") or os.path.isfile(name)  # noqa: PTH113 - as above


def library_with(paths: Sequence[Path]) -> Library:
    """The library with these files; BadInput if one of them is not there, or plainly no deck."""
    for path in paths:
        if remedy := foreign(path):
            raise BadInput(f"{quoted(str(path))} is no deck; {remedy}")
        if not os.path.exists(path):  # noqa: PTH110 - as above
            hint = _similar(path, folders=False)
            raise BadInput(f"There is no file {quoted(str(path))}" + (f"; {hint}" if hint else ""))
    return library(paths)


def foreign(path: Path) -> str:
    """What to do with a file that is another program's by its name; "" if it is not."""
    import shlex

    if path.suffix.lower() not in _FOREIGN:
        return ""
    return f"to make one of it: quizapp import {shlex.quote(one_line(str(path)))}"


def library_and_deck(name: str) -> tuple[Library, Deck]:
    """The deck that an argument names, by id, title or path, and the library that holds it."""
    found, (deck,) = library_and_decks([name])
    return found, deck


def library_and_decks(names: Sequence[str]) -> tuple[Library, tuple[Deck, ...]]:
    """The decks that arguments name, by id, title or path, each deck once; and the library of them."""
    from quizapp.deck.library import UnknownDeck, find_deck

    files = [name for name in names if name.lower().endswith(".toml")]
    found = library_with([Path(name) for name in files])
    others = [name for name in names if name not in files]
    for name in others:
        try:
            find_deck(found, name)
        except UnknownDeck as unknown:
            if not is_deck_path(name):
                raise BadInput(sentence(str(unknown)) + _hint(found, name)) from unknown
            files.append(name)
    if set(files) & set(others):
        # Files without the suffix; what they are could only be known from the library.
        found = library_with([Path(name) for name in files])
    named = [_by_path(found, Path(name)) if name in files else find_deck(found, name) for name in names]
    return found, tuple({deck.id: deck for deck in named}.values())


def without_cards(found: Library, deck: Deck, name: str, what_for: str) -> BadInput:
    """That a deck has no cards, and what to do. name: how it was called. what_for: "to study" or the like."""
    import shlex

    called = shlex.quote(one_line(name))
    if any(problem.path == shown(deck.path) for problem in found.problems):
        return BadInput(f"{quoted(deck.title)} has no cards {what_for}; see: quizapp check {called}")
    return BadInput(f"{quoted(deck.title)} has no cards yet; to add one: quizapp add {called}")


def shown(path: Path) -> str:
    """The path as problems name it."""
    from quizapp.deck.library import shown_as

    return shown_as(path, cwd=_directory(Path.cwd), home=_directory(Path.home))


def _directory(where: Callable[[], Path]) -> Path | None:
    try:
        return where()
    except (OSError, RuntimeError):
        # The current folder may be gone, and a user without an entry has no home.
        return None


def _by_path(found: Library, path: Path) -> Deck:
    real = os.path.realpath(path)
    for deck in found.decks.values():
        if os.path.realpath(deck.path) == real:
            return deck
    from quizapp.deck.read import read_deck

    _, problems = read_deck(path, deck_id="")
    raise BadInput(str(problems[0]) if problems else f"{path}: the file's name is not UTF-8; rename it")


def _hint(found: Library, name: str) -> str:
    if name in found.unread:
        return " (quizapp check)"
    if os.path.isdir(name):  # noqa: PTH112 - as above
        return "; for the decks in a folder: quizapp --decks DIR"
    return ""


def _similar(path: Path, *, folders: bool) -> str:
    """A suggestion for a file or folder that does not exist: one beside it with a similar name."""
    try:
        beside = [entry.name for entry in os.scandir(path.parent) if entry.is_dir() is folders]
    except OSError:
        return ""
    return did_you_mean(path.name[:80], beside)


def sentence(text: str) -> str:
    """The text with a capital."""
    return text[:1].upper() + text[1:]
