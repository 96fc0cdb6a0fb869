"""`quizapp study`: right in a study session."""

from __future__ import annotations

import click

from quizapp.cli.errors import BadInput
from quizapp.cli.front import inline_option, open_front, plain_option
from quizapp.cli.output import example, quoted
from quizapp.cli.sources import folder_option, library_and_deck


@click.command("study", epilog=example("quizapp study bpo-or-kpo", "quizapp study ~/notes/verbs.toml"))
@click.argument("deck")
@plain_option
@inline_option
@folder_option
def command(deck: str) -> None:
    """Study a deck.

    DECK is a deck's id (`quizapp decks` lists them) or the path of a deck file. Due cards come first, mixed
    with new ones; every answer is kept.
    """
    from quizapp.tui.opening import Study

    library, chosen = library_and_deck(deck)
    if not chosen.cards:
        raise BadInput(f"{quoted(chosen.title)} has no cards to study; see: quizapp check {deck}")
    open_front(library, Study(chosen))
