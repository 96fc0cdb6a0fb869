"""`quizapp import --into`: the cards of another program's file into a deck that is there."""

from __future__ import annotations

import shlex
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizapp.cli.add_cards import note_copy
from quizapp.cli.errors import Failure
from quizapp.cli.files import deck_file
from quizapp.cli.importing import say_cards, say_losses, taking
from quizapp.cli.output import count, flush, note, progress_bar, quoted, say
from quizapp.cli.sources import clock, own_config, own_places, shown

if TYPE_CHECKING:
    from quizapp.cli.files import DeckFile
    from quizapp.deck.exchange.draft import Draft
    from quizapp.exchanging.history import Came
    from quizapp.exchanging.incoming import Package
    from quizapp.exchanging.joining import Joining, Target

_SHOWN = 3


class Chosen(NamedTuple):
    """The deck that cards are added to. named: as the person did."""

    named: str
    file: DeckFile
    target: Target

    def choices(self) -> tuple[str, ...]:
        """What its statements choose from. Raises Failure where nothing can be added to it."""
        with taking():
            return self.target.choices()


def chosen(name: str) -> Chosen:
    """The deck that an argument names. Raises BadInput."""
    from quizapp.exchanging.joining import Target

    file = deck_file(name)
    return Chosen(name, file, Target(file.id, file.read, file.write, shown(file.write)))


def join_package(source: Path, deck: Chosen, *, dry_run: bool, history: bool) -> None:
    """Add the cards of an Anki package to a deck, with their reviews. Raises Failure; then nothing is
    left."""
    from quizapp.exchanging.incoming import read_package

    with taking(), progress_bar("Reading") as progress:
        package = read_package(source, to=deck.target.id, history=history, progress=progress)
    (draft,) = package.taken.drafts.values()
    if not draft.entries:
        say_losses(draft.losses)
        flush()
        raise Failure(f"There is no card in {quoted(source.name)} that can be taken over")
    taken = package if history else None
    join_draft(source, draft, deck, dry_run=dry_run, package=taken, named=False)


def join_draft(
    source: Path,
    draft: Draft,
    deck: Chosen,
    *,
    dry_run: bool,
    package: Package | None = None,
    named: bool = True,
) -> None:
    """Add the cards of a draft to a deck, and the reviews of its package. Raises Failure; then nothing is
    left. named: whether the draft's title is its own."""
    from quizapp.exchanging.arriving import kinds
    from quizapp.exchanging.joining import joining, past_of

    with taking():
        found = joining(draft, deck.target, named=named)
        past = past_of(found, package)
    joined, title = found.joined, quoted(found.joined.deck.title)
    if joined.cards:
        say(f"{count(len(joined.cards), 'new card')} for {title}: {kinds(joined.cards)}")
        say_cards(joined.cards, _SHOWN)
    else:
        say(f"No new card for {title}")
    if joined.there:
        say(f"{count(joined.there, 'card')} {'is' if joined.there == 1 else 'are'} there already")
    say_losses(joined.losses)
    if dry_run:
        if past.past:
            say(f"With them would come {count(len(past.past), 'review')}")
        where = "the deck ships, and your copy would be" if deck.file.is_shipped else "the deck is"
        say(f"Nothing was written (--dry-run); {where} {deck.file.write}")
    elif joined.cards or past.past or past.marks:
        _write(source, found, package, deck)
    else:
        say("Nothing was written")
    flush()


def _write(source: Path, found: Joining, package: Package | None, deck: Chosen) -> None:
    came = _bring(source, found, package)
    if found.writes:
        note_copy(deck.file)
        cards, total = count(len(found.joined.cards), "card"), count(len(found.joined.deck.cards), "card")
        say(f"Added {cards} to {quoted(found.joined.deck.title)}, which has {total} now")
    if package is not None and (came.brought.answers or came.notes):
        say(came.headline)
        for line in came.notes:
            note(line)
    if came.brought.session:
        say("To undo it:   quizapp imports undo")
    say(f"To study it:  quizapp study {shlex.quote(deck.named)}")


def _bring(source: Path, found: Joining, package: Package | None) -> Came:
    from quizapp.cli.scores_file import open_scores
    from quizapp.exchanging.joining import bring_into

    now = clock()
    hidden = package is None or not package.collection.reviews
    with (
        closing(open_scores(own_places().scores, now)) as store,
        taking(),
        progress_bar("History", hidden=hidden) as progress,
    ):
        return bring_into(
            store,
            now,
            found,
            package,
            source=source.name,
            rollover_hour=own_config().settings.study.rollover,
            progress=progress,
        )
