"""`quizapp`: the home screen. With deck files in place of a command, these are among the decks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from quizapp.cli.front import open_front, plain_option
from quizapp.cli.sources import folder_option, library_with


def open_home(paths: Sequence[Path]) -> None:
    """Open the home screen."""
    from quizapp.tui.opening import Home

    open_front(library_with(paths), Home())


@click.command("home", hidden=True)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@plain_option
@folder_option
def command(paths: tuple[Path, ...]) -> None:
    """Open the home screen with these deck files among the decks."""
    open_home(paths)
