"""`quizapp quiz`: right in a quiz."""

from __future__ import annotations

import click

from quizapp.cli.front import inline_option, json_option, open_front, plain_option
from quizapp.cli.output import example
from quizapp.cli.sources import folder_option, library_and_deck, own_config, without_cards

MODES = ("practice", "sprint", "exam", "countdown", "survival")
"""As `Mode` has them: the help does without reading a deck."""


@click.command(
    "quiz",
    epilog=example(
        "quizapp quiz bpo-or-kpo --seconds 120",
        "quizapp quiz bpo-or-kpo --mode exam --cards 10 --certainty",
        "quizapp quiz bpo-or-kpo --mode survival --choices BPO,KPO,Both",
    ),
)
@click.argument("deck")
@click.option(
    "--mode",
    type=click.Choice(MODES, case_sensitive=False),
    metavar="MODE",
    help="One of those above.",
)
@click.option("--seconds", type=int, metavar="N", help="Length of a sprint, or of a whole exam.")
@click.option("--cards", type=int, metavar="N", help="How many cards practice, an exam or a countdown has.")
@click.option("--choices", metavar="A,B", help="Ask only about these of the deck's choices.")
@json_option
@click.option("--certainty", is_flag=True, help="Say in an exam how sure each answer is; it earns no best.")
@click.option(
    "--twice-the-time/--usual-time",
    "twice",
    default=None,
    help="Twice the time for each card, or for an exam; else as your settings say.",
)
@click.option(
    "--seed",
    type=int,
    metavar="N",
    help="Ask in the same order each time; the same number earns a best only once.",
)
@plain_option
@inline_option
@folder_option
def command(
    deck: str,
    mode: str | None,
    seconds: int | None,
    cards: int | None,
    choices: str | None,
    certainty: bool,
    twice: bool | None,
    seed: int | None,
) -> None:
    """Take a quiz on a deck.

    DECK is a deck's id (`quizapp decks` lists them) or the path of a deck file. What no option says is as the
    deck's own [quiz] says, else a sprint of 60 seconds: never as you had it last, so that a command always
    means the same.

    \b
    Modes:
      practice    no clock; missed cards return until they were right once
      sprint      as many as you can in 60 seconds
      exam        one clock for all cards, and no word on any until the end
      countdown   each card has its own time
      survival    three lives, and ever less time
    """
    from quizapp.cli.setup import Wanted, setup_of
    from quizapp.settings.values import usual_pace
    from quizapp.tui.opening import Quiz

    wanted = Wanted(mode, seconds, cards, choices, certainty, twice, seed)
    wanted.check()
    library, chosen = library_and_deck(deck)
    if not chosen.cards:
        raise without_cards(library, chosen, deck, "to ask")
    open_front(library, Quiz(chosen, setup_of(chosen, wanted, usual_pace(own_config().settings))))
