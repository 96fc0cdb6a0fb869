"""`quizapp export`: a deck as the file of another program."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.errors import BadInput, Failure
from quizapp.cli.output import count, example, flush, note, progress_bar, say
from quizapp.cli.sources import clock, folder_option, library_and_deck, own_config, own_places

# Writing foreign formats takes csv and more: `--help` does without.
if TYPE_CHECKING:
    from quizapp.deck.card import Deck
    from quizapp.deck.exchange.anki_export import Outgoing

_PIPE = "-"


@click.command(
    "export", epilog=example("quizapp export bpo-or-kpo bpo.gift", "quizapp export Spanish spanish.csv")
)
@click.argument("deck")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to-format", "format_name", metavar="FORMAT", help="csv, tsv, gift, markdown, json or anki.")
@click.option("--force", is_flag=True, help="Replace FILE if there is one.")
@folder_option
def command(deck: str, file: Path, *, format_name: str | None, force: bool) -> None:
    """Write a deck as another program's file.

    FILE becomes a table (CSV, TSV), Moodle's GIFT, Markdown, JSON or an Anki package; the format follows
    its suffix. - stands for a pipe. What it can't hold is listed, with its place.
    """
    from quizapp.deck.exchange.draft import ExchangeError
    from quizapp.exchanging.outgoing import held, parcel, write

    chosen = library_and_deck(deck)[1]
    piped = str(file) == _PIPE
    try:
        named = _format(file, format_name or "", chosen)
        before = None if piped else held(file, replace=force)
    except ExchangeError as error:
        remedy = "; --force replaces it" if file.exists() and not force else ""
        raise BadInput(str(error).rstrip(".") + remedy) from error
    try:
        made = parcel(chosen, named)
        if piped:
            sys.stdout.write(made.text)
        elif made.notes is not None:
            _write_package(file, made.notes, before, chosen)
        else:
            write(file, made, before)
    except ExchangeError as error:
        raise Failure(str(error).rstrip(".")) from error
    if not piped:
        say(f"{count(made.cards, 'card')} in {file}")
    flush()
    if made.losses:
        note(f"{count(len(made.losses), 'thing')} that {made.format} can't hold:")
        for loss in made.losses:
            note(f"  {loss}")


def _format(file: Path, named: str, deck: Deck) -> str:
    """The format's name. Raises BadInput and ExchangeError."""
    from quizapp.deck.exchange.formats import EITHER, UnknownFormatError, format_named, format_of
    from quizapp.exchanging.incoming import PACKAGE, PACKAGES

    piped = str(file) == _PIPE
    if piped and not named:
        raise BadInput("Say which format: --to-format csv, tsv, gift, markdown or json")
    if piped and named.lower() == PACKAGE:
        raise BadInput("An Anki package can't go through a pipe; name a file")
    if not named and file.suffix.lower() == ".toml":
        raise BadInput(f"A deck is such a file already: {deck.path}")
    if named.lower() == PACKAGE or (not named and file.suffix.lower() == PACKAGES[0]):
        return PACKAGE
    try:
        return (format_named(named.lower()) if named else format_of(file)).name
    except UnknownFormatError as error:
        which = "csv or --to-format gift" if file.suffix.lower() == EITHER else "FORMAT"
        raise BadInput(f"{str(error).rstrip('.')}: --to-format {which}") from error


def _write_package(file: Path, notes: Outgoing, before: bytes | None, deck: Deck) -> None:
    from quizapp.exchanging.outgoing import write_package
    from quizapp.scores.store import open_log
    from quizapp.settings.values import usual_study

    retention = deck.study.over(usual_study(own_config().settings)).retention
    with closing(open_log(own_places().scores)) as log, progress_bar("Writing") as progress:
        write_package(file, notes, before, deck, log, clock()(), retention, progress)
