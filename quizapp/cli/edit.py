"""`quizapp edit`: a deck in the person's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click

from quizapp.cli.errors import BadInput, Failure
from quizapp.cli.files import deck_file
from quizapp.cli.output import count, example, flush, note, quoted, say
from quizapp.cli.screen import has_terminal
from quizapp.cli.sources import folder_option, shown

_VARIABLES = ("VISUAL", "EDITOR")
_USUAL = ("notepad",) if sys.platform == "win32" else ("editor", "nano", "vi")
"""Editors that are taken where no variable names one. Debian's `editor` is what the person chose there."""


@click.command("edit", epilog=example("quizapp edit spanish", "EDITOR='code --wait' quizapp edit spanish"))
@click.argument("deck")
@folder_option
@click.pass_context
def command(ctx: click.Context, deck: str) -> None:
    """Open a deck in your editor, and check it afterwards.

    The editor is what VISUAL or EDITOR names, else nano or vi. DECK is a deck's id or title, or the path of a
    deck file. A deck that ships with quizapp is copied to your deck folder first: the copy takes its place
    and keeps its history. The exit code is 1 if the deck has problems.
    """
    file = deck_file(deck)
    editor = _editor(file.write)
    if file.is_shipped:
        data = file.data()
        file.put(data, data, "Nothing was copied")
        note(f"This deck ships with quizapp. Your copy takes its place: {file.write}")
    _open([*editor, str(file.write)])
    _check(ctx, file.write)


def _editor(path: Path) -> list[str]:
    """The command of the editor, in its parts. Raises BadInput where none is named, nor one found."""
    name = next((name for name in _VARIABLES if os.environ.get(name, "").strip()), None)
    if name is None and has_terminal():
        there = next((program for program in _USUAL if shutil.which(program)), None)
        if there is not None:
            return [there]
    if name is None:
        raise BadInput(
            f"No editor is set to open {path} with; name yours, such as: export EDITOR=nano, then try again"
        )
    try:
        # On Windows a backslash is a part of a path.
        parts = shlex.split(os.environ[name], posix=os.name != "nt")
    except ValueError as error:
        raise BadInput(f"{name} has a quote that is not closed: {os.environ[name]}") from error
    if not parts:
        raise BadInput(f"{name} names no program; set it to your editor, such as: export {name}=nano")
    return parts


def _open(line: list[str]) -> None:
    """Open the editor and wait for its end. Raises Failure where it could not do its work."""
    try:
        ended = subprocess.run(line, check=False)  # noqa: S603 - the person's own editor
    except FileNotFoundError as error:
        raise BadInput(f"There is no program {quoted(line[0])}; set EDITOR to your editor") from error
    except OSError as error:
        raise Failure(f"{quoted(line[0])} can't be run ({error.strerror or error})") from error
    if ended.returncode:
        note(f"{line[0]} ended with {ended.returncode}")


def _check(ctx: click.Context, path: Path) -> None:
    """Say what the deck has, or what is wrong in it."""
    from quizapp.deck.read import read_deck

    deck, problems = read_deck(path, deck_id=path.stem, shown_as=shown(path))
    for problem in problems:
        say(str(problem))
    flush()
    if deck is not None:
        found = count(len(problems), "problem") if problems else "no problems"
        note(f"{quoted(deck.title)}: {count(len(deck.cards), 'card')}, {found}")
    ctx.exit(1 if problems else 0)
