"""`quizapp check`: all problems of decks, each with its place and remedy, and hints for better ones."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import click
import msgspec
from msgspec import Struct, field

from quizapp.cli.excerpt import excerpt, lines_of
from quizapp.cli.output import count, example, flush, note, say, say_exactly, say_json
from quizapp.cli.sources import folder_option, foreign, is_deck_path, library, shown
from quizapp.deck.card import Deck
from quizapp.deck.hints import Hint, find_hints, place_hints
from quizapp.deck.library import Library, UnknownDeck, find_deck, load_library
from quizapp.deck.read import read_deck
from quizapp.deck.scan import layout
from quizapp.deck.text import visible
from quizapp.problem import Problem

_NARROWEST, _WIDEST = 40, 120


class _Checked(Struct):
    """What was read. decks: each by how problems name its file. files: all files, by the same."""

    decks: list[tuple[str, Deck]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)


@click.command("check", epilog=example("quizapp check", "quizapp check spanish my-deck.toml ~/french"))
@click.argument("names", metavar="[DECK]...", nargs=-1)
@click.option("--strict", is_flag=True, help="Let hints count as problems do.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON array, an object a problem or hint.")
@folder_option
@click.pass_context
def command(ctx: click.Context, names: tuple[str, ...], *, strict: bool, as_json: bool) -> None:
    """List the problems of decks, each with its place and remedy.

    DECK is a deck's id or title, or the path of a deck file or a folder; without it, all decks are checked.
    Decks without problems get hints: what gives answers away, and the like. The exit code is 1 if there is
    any problem; with --strict, or hint.
    """
    checked = _check(names) if names else _of_library(library())
    problems, hints = checked.problems, _hints(checked)
    if as_json:
        say_json(
            msgspec.structs.asdict(one) | {"kind": "hint" if isinstance(one, Hint) else "problem"}
            for one in (*problems, *hints)
        )
    else:
        _say_all([*problems, *hints], checked.files)
    flush()
    cards = sum(len(deck.cards) for _, deck in checked.decks)
    found = count(len(problems), "problem") if problems else "no problems"
    found += f", {count(len(hints), 'hint')}" if hints else ""
    note(f"{count(len(checked.decks), 'deck')}, {count(cards, 'card')}: {found}")
    ctx.exit(1 if problems or (strict and hints) else 0)


def _say_all(problems: Sequence[Problem], files: dict[str, Path]) -> None:
    """Each problem, with the line that it is about below it."""
    cells = min(max(shutil.get_terminal_size((_WIDEST, 0)).columns, _NARROWEST), _WIDEST)
    lines: Callable[[Path], list[str]] = cache(lines_of)
    for problem in problems:
        say(str(problem))
        if problem.line and problem.path in files:
            for line in excerpt(lines(files[problem.path]), problem.line, problem.column, cells):
                say_exactly(line)


def _hints(checked: _Checked) -> list[Problem]:
    """The hints of the decks that have no problem."""
    faulty = {problem.path for problem in checked.problems}
    sound = [(name, deck) for name, deck in checked.decks if name not in faulty]
    found = find_hints([deck for _, deck in sound], [name for name, _ in sound])
    hints: list[Problem] = []
    for (name, deck), faults in zip(sound, found, strict=True):
        if faults:
            hints += place_hints(faults, layout("\n".join(lines_of(deck.path))), name)
    return hints


def _of_library(found: Library) -> _Checked:
    decks = [(shown(deck.path), deck) for deck in found.decks.values()]
    files = {name: deck.path for name, deck in decks} | {shown(path): path for path in found.unread.values()}
    return _Checked(decks, list(found.problems), files)


def _check(names: Sequence[str]) -> _Checked:
    checked = _Checked()
    named: Library | None = None
    for name in names:
        if os.path.isdir(name):  # noqa: PTH112 - unlike Path.is_dir, it never raises for odd names
            # The one folder stands for the person's own and the shipped one too: no others are wanted.
            found = _of_library(load_library(folders=[Path(name)], user=Path(name), shipped=Path(name)))
            checked.decks += found.decks
            checked.problems += found.problems
            checked.files |= found.files
        elif is_deck_path(name):
            _add(checked, Path(name), visible(name))
        else:
            named = named or library()
            try:
                path = named.unread[name] if name in named.unread else find_deck(named, name).path
            except UnknownDeck as unknown:
                checked.problems.append(Problem(visible(name), 0, 0, None, str(unknown)))
            else:
                _add(checked, path, shown(path))
    return checked


def _add(checked: _Checked, path: Path, name: str) -> None:
    """Read one more file. name: how problems call it."""
    if remedy := foreign(path):
        checked.problems.append(Problem(name, 0, 0, None, "this is no deck", remedy))
        return
    deck, problems = read_deck(path, deck_id=path.stem, shown_as=name)
    checked.decks += [(name, deck)] if deck else []
    checked.problems += problems
    checked.files[name] = path
