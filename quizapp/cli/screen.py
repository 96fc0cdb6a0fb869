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
from quizapp.cli.output import as_json as json_of
from quizapp.cli.output import flush, note, say, say_exactly
from quizapp.cli.sources import clock, own_config, own_places

if TYPE_CHECKING:
    from quizapp.deck.library import Library
    from quizapp.sitting import Ended
    from quizapp.tui.opening import Opening


def has_terminal() -> bool:
    """Whether both the keys and the screen are a terminal's."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _can_draw_on_stderr() -> bool:
    """Whether Textual can draw although the output goes elsewhere: but on Windows, it draws on stderr."""
    return sys.platform != "win32" and sys.stdin.isatty() and sys.stderr.isatty()


def open_app(library: Library, opening: Opening, *, inline: bool = False, as_json: bool = False) -> None:
    """Open the app, print the result of its last quiz, and exit as it does. Raises BadInput without a
    terminal.

    as_json: whether that result is to be JSON; then the output may go elsewhere.
    """
    if not (has_terminal() or (as_json and _can_draw_on_stderr())):
        raise BadInput(
            "This needs a terminal; the input or the output is not one. --plain needs none, "
            "nor do the commands decks, scores, check, log, paths, doctor."
        )
    # What is imported and built until the first frame stays: looking through it for garbage, again and again,
    # takes 20 to 50 ms. The app turns the collector on again when the first frame is drawn.
    gc.disable()
    from quizapp.cli.scores_file import open_scores

    places, now = own_places(), clock()
    with closing(open_scores(places.scores, now)) as store:
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
        if not app.return_code:
            _print_result(app.sessions.last_quiz(), as_json=as_json)
    click.get_current_context().exit(app.return_code or 0)


def _print_result(ended: Ended | None, *, as_json: bool) -> None:
    """The last quiz, so that its result outlives the screen; nothing if there was none."""
    if ended is None:
        if as_json:
            note("No quiz was taken.")
    elif as_json:
        from quizapp.cli.objects import ended_object

        say_exactly(json_of(ended_object(ended)))
    else:
        from quizapp.share import result_card

        say(result_card(ended.deck.title, ended.run, ended.answers))
    flush()
