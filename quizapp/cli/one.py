"""`quizapp one`: one due card at the prompt, and gone. With nothing due, `glance.py` ended it before this."""

from __future__ import annotations

import click

from quizapp.cli.glance import has_terminal
from quizapp.cli.output import example, note
from quizapp.cli.sources import folder_option
from quizapp.scores.errors import ScoresError


@click.command("one", epilog=example("quizapp one", "quizapp one --quiet --deck bpo-or-kpo"))
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but the question and the verdict.")
@click.option("--deck", metavar="DECK", default="", help="Ask from this deck alone: its id, title or path.")
@folder_option
def command(*, quiet: bool, deck: str) -> None:
    """Ask one due card at the prompt, and end.

    Reviews and learning steps are due, new cards never. With nothing due, or without a terminal, nothing is
    said. Enter alone shows the answer; Ctrl+C leaves, and nothing is kept of it. It is made for a shell's
    start-up file (docs/prompt.md): the exit code is 0 unless the command itself is wrong.
    """
    if not has_terminal():
        return
    try:
        from quizapp.cli.plain.one import ask_one

        ask_one(deck, quiet=quiet)
    except ScoresError as error:
        note(str(error))
    except KeyboardInterrupt:
        # Before the question stood there, which takes care of it itself.
        return
