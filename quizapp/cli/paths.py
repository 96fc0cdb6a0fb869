"""`quizapp paths`: where the files are."""

from __future__ import annotations

import os

import click

from quizapp.cli.output import example, flush, say_table
from quizapp.cli.sources import folder_option, named_folders, own_places
from quizapp.settings.places import HOME_VARIABLE


@click.command("paths", epilog=example("quizapp paths", f"{HOME_VARIABLE}=~/quiz quizapp paths"))
@folder_option
def command() -> None:
    """Show where decks, scores and settings are kept, and whether these files exist.

    Drafts are what was typed into forms of cards and not saved. With the variable QUIZAPP_HOME all is in that
    folder.
    """
    from quizapp.deck.library import shipped_folder

    places = own_places()
    named = [("decks of --decks", folder) for folder in named_folders()]
    rows = [
        *named,
        ("decks", places.decks),
        ("shipped decks", shipped_folder()),
        ("scores", places.scores),
        ("settings", places.config),
        ("drafts", places.drafts),
    ]
    say_table(
        ("WHAT", "THERE", "PATH"),
        [(what, "yes" if os.path.exists(path) else "no", str(path)) for what, path in rows],  # noqa: PTH110 - never raises
    )
    flush()
