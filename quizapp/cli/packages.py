"""Anki's packages: taken in as decks with their history, and written."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.errors import BadInput, Failure
from quizapp.cli.importing import own_target, read_back, say_losses, write_new
from quizapp.cli.output import count, flush, note, say
from quizapp.cli.sources import clock, own_config, own_places

if TYPE_CHECKING:
    from quizapp.deck.card import Deck
    from quizapp.deck.exchange.anki import Progress, Taken
    from quizapp.deck.exchange.anki_notes import Collection

SUFFIXES = (".apkg", ".colpkg")


def import_package(file: Path, *, name: str | None, dry_run: bool, history: bool) -> None:
    """Make decks of an Anki package, with its history. Raises Failure and BadInput; then nothing is left."""
    from quizapp.anki.take import take
    from quizapp.deck.exchange.draft import Cancelled, ExchangeError, toml_of

    try:
        with _bar("Reading") as progress:
            collection, taken = take(file, to=name or "", history=history, progress=progress)
    except ExchangeError as error:
        raise Failure(str(error).rstrip(".")) from error
    except (Cancelled, KeyboardInterrupt):
        raise Failure("Cancelled; nothing was written") from None
    found = {id_: draft for id_, draft in taken.drafts.items() if draft.entries}
    losses = [loss for draft in taken.drafts.values() for loss in draft.losses]
    if not found:
        say_losses(losses)
        raise Failure(f"There is no card in {file.name} that can be taken over")
    targets = {id_: own_target(id_) for id_ in found}
    texts = {id_: toml_of(draft) for id_, draft in found.items()}
    decks = {id_: read_back(text, targets[id_], id_) for id_, text in texts.items()}
    for id_, deck in decks.items():
        say(f"{id_}  {count(len(deck.cards), 'card')}")
    say_losses(losses)
    if dry_run:
        say("Nothing was written (--dry-run)")
        flush()
        return
    written: list[Path] = []
    try:
        for id_, text in texts.items():
            write_new(targets[id_], text, id_)
            written.append(targets[id_])
        if history:
            _bring(collection, taken, decks, file.name)
    except BaseException:
        # Half of a package is no package, also where Ctrl+C stopped it; what was raised goes on.
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise
    say(f"{count(len(decks), 'deck')} written to {own_places().decks}")
    flush()


def _bring(collection: Collection, taken: Taken, decks: Mapping[str, Deck], source: str) -> None:
    """The reviews of the package, into the log."""
    from quizapp.cli.scores_file import open_scores
    from quizapp.day import local_offset, study_day
    from quizapp.deck.exchange.anki_past import history_of
    from quizapp.deck.exchange.draft import Cancelled
    from quizapp.sitting.importing import bring_history

    hour = own_config().settings.study.rollover
    changed = collection.changed_ms
    past = history_of(collection, taken, decks, study_day(changed, local_offset(changed), hour))
    now = clock()
    try:
        with closing(open_scores(own_places().scores, now)) as store, _bar("History") as progress:
            brought = bring_history(
                store,
                now,
                past.cards,
                past.past,
                past.marks,
                source=source,
                rollover_hour=hour,
                progress=progress,
            )
    except (Cancelled, KeyboardInterrupt):
        raise Failure("Cancelled; nothing was written") from None
    say(f"{count(brought.answers, 'review')} of {count(brought.cards, 'card')} in the log")
    for number, what in (
        (brought.known, "brought by an earlier import already"),
        (brought.late, "moved nothing, since the log has a later answer of their card"),
        (past.manual, "set by hand, without an answer"),
        (past.strays, "of cards that were not taken over"),
    ):
        if number:
            note(f"{count(number, 'review')} {what}")
    if past.bare:
        note(f"{count(past.bare, 'card')} scheduled without a review; new here")


def export_package(deck: Deck, file: Path) -> None:
    """Write a deck as an Anki package, with what is remembered of its cards. Raises Failure."""
    from quizapp.anki.write import write_package
    from quizapp.deck.exchange.anki_export import notes_of
    from quizapp.deck.exchange.draft import ExchangeError, draft_of
    from quizapp.deck.file import bytes_of, text_of
    from quizapp.problem import Problem
    from quizapp.record import Ref
    from quizapp.scores.store import open_log
    from quizapp.settings.values import usual_study
    from quizapp.sitting.exporting import sent_reviews

    data = bytes_of(deck.path, str(deck.path), folder=("this is a folder, not a deck", ""))
    text = data if isinstance(data, Problem) else text_of(data, str(deck.path))
    if isinstance(text, Problem):
        raise Failure(str(text))
    try:
        outgoing = notes_of(draft_of(text), deck)
        with closing(open_log(own_places().scores)) as log:
            refs = [Ref(deck.id, card.key) for card in deck.cards]
            write_package(
                file,
                outgoing,
                clock()(),
                memories={ref.card: memory for ref, memory in log.memories([deck.id]).items()},
                marks={ref.card: mark for ref, mark in log.marks([deck.id]).items()},
                reviews=list(sent_reviews(log, refs)),
                retention=deck.study.over(usual_study(own_config().settings)).retention,
            )
    except ExchangeError as error:
        raise Failure(str(error).rstrip(".")) from error
    except ValueError as error:
        raise Failure(f"{deck.path} has problems; mend them first: quizapp check") from error
    say(f"{count(len(deck.cards), 'card')} in {file}")
    for loss in outgoing.losses:
        note(f"  {loss}")
    flush()


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
