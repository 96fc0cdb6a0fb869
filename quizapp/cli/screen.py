"""Opening the app: the only module of the command line that imports Textual, and only when it is called."""

from __future__ import annotations

import gc
import os
import secrets
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from quizapp.cli.errors import BadInput
from quizapp.cli.sources import clock, own_config, own_places

if TYPE_CHECKING:
    from quizapp.deck.library import Library
    from quizapp.tui.opening import Opening


def has_terminal() -> bool:
    """Whether both the keys and the screen are a terminal's."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def open_app(library: Library, opening: Opening, *, inline: bool = False) -> None:
    """Open the app, and exit as it does. Raises BadInput without a terminal."""
    if not has_terminal():
        raise BadInput(
            "This needs a terminal; the input or the output is not one. --plain needs none, "
            "nor do the commands decks, check, log, paths, doctor."
        )
    # What is imported and built until the first frame stays: looking through it for garbage, again and again,
    # takes 20 to 50 ms. The app turns the collector on again when the first frame is drawn.
    gc.disable()
    from quizapp.scores.store import open_store

    places, now = own_places(), clock()
    with closing(open_store(places.scores, now_ms=lambda: now().at_ms)) as store:
        # Textual alone takes longer to import than any other command runs.
        from quizapp.tui.app import QuizApp
        from quizapp.tui.terminal import terminal_of

        app = QuizApp(
            library=library,
            store=store,
            clock=now,
            places=places,
            random=lambda: secrets.randbits(31),
            opening=opening,
            config=own_config(),
            terminal=terminal_of(os.environ),
            inline=inline,
        )
        app.run(inline=inline)
    click.get_current_context().exit(app.return_code or 0)
