"""Anki's packages, taken in as decks with their history."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.errors import BadInput, Failure
from quizapp.cli.importing import own_target, say_losses, taking
from quizapp.cli.output import count, flush, note, say
from quizapp.cli.sources import clock, own_config, own_places

if TYPE_CHECKING:
    from quizapp.deck.exchange.anki import Progress
    from quizapp.exchanging.arriving import Arriving
    from quizapp.exchanging.incoming import Package


def import_package(file: Path, *, name: str | None, dry_run: bool, history: bool) -> None:
    """Make decks of an Anki package, with its history. Raises Failure and BadInput; then nothing is left."""
    from quizapp.cli.new import is_path
    from quizapp.exchanging.arriving import arriving, id_of, titled, written
    from quizapp.exchanging.incoming import read_package

    if name and is_path(name):
        raise BadInput("The decks of a package go into your deck folder, with their history; leave out .toml")
    with taking():
        to = id_of(name) if name else ""
        with _bar("Reading") as progress:
            package = read_package(file, to=to, history=history, progress=progress)
    drafts = package.taken.drafts
    found = {id_: draft for id_, draft in drafts.items() if draft.entries}
    losses = [loss for draft in drafts.values() for loss in draft.losses]
    if not found:
        say_losses(losses)
        raise Failure(f"There is no card in {file.name} that can be taken over")
    with taking():
        targets = {id_: own_target(id_) for id_ in found}
        decks = [
            arriving(titled(draft, name) if name else draft, id_, targets[id_])
            for id_, draft in found.items()
        ]
    for one in decks:
        say(f"{one.id}  {count(len(one.deck.cards), 'card')}")
    say_losses(losses)
    if dry_run:
        say("Nothing was written (--dry-run)")
        flush()
        return
    with taking(), written(decks):
        if history:
            _bring(package, decks, file.name)
    say(f"{count(len(decks), 'deck')} written to {own_places().decks}")
    flush()


def _bring(package: Package, decks: list[Arriving], source: str) -> None:
    """The reviews of the package, into the log."""
    from quizapp.cli.scores_file import open_scores
    from quizapp.exchanging.history import bring

    hour, now = own_config().settings.study.rollover, clock()
    with closing(open_scores(own_places().scores, now)) as store, _bar("History") as progress:
        came = bring(store, now, package, decks, source=source, rollover_hour=hour, progress=progress)
    say(came.headline)
    for line in came.notes:
        note(line)
    if came.brought.session:
        say("To take it back: quizapp imports undo")


@contextmanager
def _bar(label: str) -> Iterator[Progress]:
    """A bar on a terminal's stderr, moved by what is called with how much is done of how much."""
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def progress(done: int, of: int) -> bool:
            bar.length = max(1, of)
            bar.update(done - bar.pos)
            return True

        yield progress


def refuse_table_options(*options: object) -> None:
    """BadInput if an option of tables is given with a package."""
    if any(option is not None for option in options):
        raise BadInput("--delimiter, --header and --columns are for tables; this is an Anki package")
