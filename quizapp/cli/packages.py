"""Anki's packages, taken in as decks with their history."""

from __future__ import annotations

import shlex
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.cli.errors import BadInput, Failure
from quizapp.cli.importing import say_cards, say_losses, taken_by, taking
from quizapp.cli.output import count, flush, note, progress_bar, say
from quizapp.cli.sources import clock, library, own_config, own_places

if TYPE_CHECKING:
    from quizapp.exchanging.arriving import Arriving
    from quizapp.exchanging.incoming import Package

_SHOWN = 3
_FEW = 4
"""So many decks are named one by one."""


def import_package(file: Path, *, name: str | None, dry_run: bool, history: bool) -> None:
    """Make decks of an Anki package, with its history. Raises Failure and BadInput; then nothing is left."""
    from quizapp.cli.new import is_path
    from quizapp.exchanging.arriving import TakenError, arriving, id_of, kinds, path_of, titled, written
    from quizapp.exchanging.incoming import read_package

    if name and is_path(name):
        raise BadInput("The decks of a package go into your deck folder, with their history; leave out .toml")
    with taking():
        to = id_of(name) if name else ""
        with progress_bar("Reading") as progress:
            package = read_package(file, to=to, history=history, progress=progress)
    drafts = package.taken.drafts
    found = {id_: draft for id_, draft in drafts.items() if draft.entries}
    losses = [loss for draft in drafts.values() for loss in draft.losses]
    if not found:
        say_losses(losses)
        raise Failure(f"There is no card in {file.name} that can be taken over")
    with taking():
        decks = [
            arriving(titled(draft, name) if name else draft, id_, path_of(id_, own_places().decks))
            for id_, draft in found.items()
        ]
        known = library()
        there = [said for one in decks if (said := taken_by(one.id, one.path, known))]
        if there and not dry_run:
            raise TakenError(there[0])
    for one in decks:
        say(f"{one.id}  {count(len(one.deck.cards), 'card')}: {kinds(one.deck.cards)}")
        if dry_run:
            say(f"  {one.path}")
            say_cards(one.deck.cards, _SHOWN if len(decks) <= _FEW else 1)
    say_losses(losses)
    if dry_run:
        _say_foreseen(package, decks, there)
        flush()
        return
    if history:
        _write_with_history(package, decks, file.name)
    else:
        with taking(), written(decks):
            pass
    say(f"{count(len(decks), 'deck')} written to {own_places().decks}")
    named = " ".join(shlex.quote(one.id) for one in decks) if len(decks) <= _FEW else ""
    say(f"To study {'it' if len(decks) == 1 else 'them'}:  {f'quizapp study {named}'.rstrip()}")
    flush()


def _say_foreseen(package: Package, decks: list[Arriving], there: list[str]) -> None:
    """What a dry run has to say beside the decks. there: sentences that say which decks there are already."""
    from quizapp.exchanging.history import foreseen

    came = foreseen(package, decks)
    if came.brought.answers or came.notes:
        reviews, cards = count(came.brought.answers, "review"), count(came.brought.cards, "card")
        say(f"With them would come {reviews} of {cards}")
        for line in came.notes:
            note(line)
    say("Nothing was written (--dry-run)")
    for line in there:
        say(line)
    if there:
        one = "; then all come into one deck" if len(decks) > 1 else ""
        say(f"Give another name with --to, or add the new cards to a deck with --into{one}")


def _write_with_history(package: Package, decks: list[Arriving], source: str) -> None:
    """The decks, and the reviews of the package into the log."""
    from quizapp.cli.scores_file import open_scores
    from quizapp.exchanging.arriving import to_be_written
    from quizapp.exchanging.history import bring

    hour, now = own_config().settings.study.rollover, clock()
    hidden = not package.collection.reviews
    with (
        closing(open_scores(own_places().scores, now)) as store,
        taking(),
        progress_bar("History", hidden=hidden) as progress,
        # The innermost: nothing slow comes between the last row of the log and keeping the decks.
        to_be_written(decks) as write,
    ):
        came = bring(
            store, now, package, decks, source=source, rollover_hour=hour, write=write, progress=progress
        )
    if came.brought.session or came.notes:
        say(came.headline)
    for line in came.notes:
        note(line)
    if came.brought.session:
        say("To undo it:   quizapp imports undo")
