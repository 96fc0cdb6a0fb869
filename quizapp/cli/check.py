"""`quizapp check`: all problems of decks, each with its place and remedy."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from quizapp.cli.output import count, example, flush, note, say, say_json
from quizapp.cli.sources import folder_option, library
from quizapp.deck.card import Deck
from quizapp.deck.library import load_library
from quizapp.deck.read import read_deck
from quizapp.problem import Problem


@click.command("check", epilog=example("quizapp check", "quizapp check my-deck.toml ~/french"))
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write a JSON array, an object a problem.")
@folder_option
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], *, as_json: bool) -> None:
    """List the problems of decks, each with its place and remedy.

    PATH is a deck file or a folder; without it, all decks are checked. The exit code is 1 if there is any
    problem.
    """
    decks, problems = _check(paths) if paths else _check_all()
    if as_json:
        say_json(msgspec.structs.asdict(problem) for problem in problems)
    else:
        for problem in problems:
            say(str(problem))
    flush()
    cards = sum(len(deck.cards) for deck in decks)
    found = count(len(problems), "problem") if problems else "no problems"
    note(f"{count(len(decks), 'deck')}, {count(cards, 'card')}: {found}")
    ctx.exit(1 if problems else 0)


def _check_all() -> tuple[list[Deck], list[Problem]]:
    found = library()
    return list(found.decks.values()), list(found.problems)


def _check(paths: Sequence[Path]) -> tuple[list[Deck], list[Problem]]:
    decks: list[Deck] = []
    problems: list[Problem] = []
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - unlike Path.is_dir, it never raises for odd names
            # The one folder stands for the person's own and the shipped one too: no others are wanted.
            found = load_library(folders=[path], user=path, shipped=path)
            decks += found.decks.values()
            problems += found.problems
        else:
            deck, of_file = read_deck(path, deck_id=path.stem)
            decks += [deck] if deck else []
            problems += of_file
    return decks, problems
