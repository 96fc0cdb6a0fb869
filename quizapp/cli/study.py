"""`quizapp study`: right in a study session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from quizapp.cli.errors import BadInput
from quizapp.cli.front import inline_option, open_front, plain_option
from quizapp.cli.output import example, quoted
from quizapp.cli.sources import (
    folder_option,
    library,
    library_and_decks,
    own_places,
    shown,
    without_cards,
)

if TYPE_CHECKING:
    from quizapp.deck.card import Deck
    from quizapp.deck.library import Library
    from quizapp.pools import Only


@click.command(
    "study",
    epilog=example(
        "quizapp study",
        "quizapp study bpo-or-kpo ~/notes/verbs.toml",
        "quizapp study --tag irregular --cram",
        "quizapp study --minutes 5",
    ),
)
@click.argument("names", metavar="[DECK]...", nargs=-1)
@click.option("--tag", metavar="TAG", help="Only cards with this tag.")
@click.option("--aspect", metavar="ASPECT", help="Only cards of this aspect.")
@click.option("--flagged", is_flag=True, help="Only cards that you flagged.")
@click.option("--cram", is_flag=True, help="All of these cards, due or not; the schedule stays as it is.")
@click.option(
    "--minutes", metavar="N", type=click.IntRange(1, 240), help="End after N minutes, with what gains most."
)
@plain_option
@inline_option
@folder_option
def command(
    names: tuple[str, ...],
    *,
    tag: str | None,
    aspect: str | None,
    flagged: bool,
    cram: bool,
    minutes: int | None,
) -> None:
    """Study what is due, or cram: one deck, several, or all.

    DECK is a deck's id (`quizapp decks` lists them) or the path of a deck file; without any, everything that
    is due is studied. Due cards come first, mixed with new ones; every answer is kept.
    """
    from quizapp.tui.opening import Study

    if cram and minutes is not None:
        raise BadInput("--minutes is for study; a cram has no limit")
    found, decks = _decks(names)
    open_front(found, Study(decks, _only(decks, tag, aspect, flagged=flagged), cram, minutes))


def _decks(names: Sequence[str]) -> tuple[Library, tuple[Deck, ...]]:
    """The decks with cards among those that are named, or among all. Raises BadInput if there are none."""
    if names:
        found, named = library_and_decks(names)
    else:
        found = library()
        named = tuple(found.decks.values())
    decks = tuple(deck for deck in named if deck.cards)
    if decks:
        return found, decks
    if not named:
        raise BadInput(f"There are no decks. Put a deck file into {own_places().decks}")
    if len(named) == 1:
        raise without_cards(found, named[0], names[0] if names else named[0].id, "to study")
    if {problem.path for problem in found.problems} & {shown(deck.path) for deck in named}:
        raise BadInput("None of these decks has cards to study; see: quizapp check")
    raise BadInput("None of these decks has cards yet; to add one: quizapp add DECK")


def _only(decks: Sequence[Deck], tag: str | None, aspect: str | None, *, flagged: bool) -> Only | None:
    """Which of their cards are meant; None for all. Raises BadInput where no card is like that."""
    if tag is None and aspect is None and not flagged:
        return None
    from quizapp.pools import Only
    from quizapp.selection import UnknownPart, aspect_named, tag_named

    try:
        only = Only(
            tag=tag_named(decks, tag) if tag is not None else "",
            aspect=aspect_named(decks, aspect) if aspect is not None else "",
            flagged=flagged,
        )
    except UnknownPart as unknown:
        raise BadInput(str(unknown)) from unknown
    if not any(only.takes(card) for deck in decks for card in deck.cards):
        raise BadInput(f"No card has both the tag {quoted(only.tag)} and the aspect {quoted(only.aspect)}")
    return only
