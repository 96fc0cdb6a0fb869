"""`quizapp import`: a deck from the file of another program."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.errors import BadInput, Failure
from quizapp.cli.output import count, example, flush, note, one_line, quoted, say
from quizapp.cli.sources import folder_option, library, own_places
from quizapp.cli.tables import TableOptions, can_ask, read_table

# Reading foreign formats takes tomli, csv and more: `--help` does without.
if TYPE_CHECKING:
    from quizapp.deck.card import Card
    from quizapp.deck.exchange.draft import Draft, Loss
    from quizapp.deck.library import Library
    from quizapp.exchanging.incoming import TextSource

_SHOWN = 3
_PIPE = "-"
_WIDEST = 76
_ELSE = "Give another name with --to, or add its new cards to a deck with --into"


@click.command(
    "import",
    epilog=example(
        "quizapp import words.csv --to Spanish",
        "quizapp import quiz.gift --dry-run",
        "quizapp import more.csv --into spanish",
        "quizapp import export.txt --from tsv --columns front,back,tags",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "name",
    metavar="NAME",
    help="What the deck is to be called, or the path of its file, in .toml; default: as FILE says.",
)
@click.option("--into", "into", metavar="DECK", help="Add its new cards to a deck that is there.")
@click.option("--dry-run", is_flag=True, help="Show what would come; write nothing.")
@click.option("--from", "format_name", metavar="FORMAT", help="csv, tsv, gift, markdown, json or anki.")
@click.option("--delimiter", help="What stands between a table's cells: comma, semicolon, tab, bar or signs.")
@click.option("--header/--no-header", default=None, help="Whether a table's first row names its columns.")
@click.option("--columns", metavar="A,B", help="What a table's columns hold, such as front,back,,tags.")
@click.option("--no-history", is_flag=True, help="Leave the reviews of an Anki package out.")
@folder_option
def command(
    file: Path,
    *,
    name: str | None,
    into: str | None,
    dry_run: bool,
    format_name: str | None,
    delimiter: str | None,
    header: bool | None,
    columns: str | None,
    no_history: bool,
) -> None:
    """Make a deck of another program's file.

    FILE is a table (CSV, TSV), Moodle's GIFT, Markdown, JSON or an Anki package; the format follows its
    suffix; - stands for what comes through a pipe. What can't be taken over is listed, with its place. The
    deck is an ordinary TOML file in your deck folder; none is ever replaced. With --into the cards that DECK
    (its id, title or path) does not have go to the end of its file, and what it has stays as it is.
    """
    from quizapp.cli.joining import chosen, join_draft, join_package
    from quizapp.cli.packages import import_package
    from quizapp.exchanging.arriving import TakenError, arriving, kinds, written
    from quizapp.exchanging.incoming import is_package

    if into is not None and name is not None:
        raise BadInput("--to makes a deck, and --into adds to one that is there; leave one of the two out")
    options = TableOptions(delimiter, header, columns)
    if is_package(file, format_name or ""):
        if options.given:
            raise BadInput("--delimiter, --header and --columns are for tables; this is an Anki package")
        if str(file) == _PIPE:
            raise BadInput("An Anki package does not come through a pipe; name its file")
        if into is not None:
            join_package(file, chosen(into), dry_run=dry_run, history=not no_history)
            return
        import_package(file, name=name, dry_run=dry_run, history=not no_history)
        return
    if no_history:
        raise BadInput("--no-history is for Anki packages; no other format has a history")
    source = _source(file, format_name or "", options)
    meant = chosen(into) if into is not None else None
    draft = _draft(file, source, options, meant.choices() if meant else ())
    if not draft.entries:
        say_losses(draft.losses)
        flush()
        note(f"A card in {source.format.name} looks like this:")
        for line in source.format.example:
            note(f"  {line}")
        raise Failure(f"There is no card in {quoted(file.name)} that can be taken over")
    if meant is not None:
        join_draft(file, draft, meant, dry_run=dry_run)
        return
    with taking():
        draft, path, id_ = _called(draft, name, file)
        new = arriving(draft, id_, path)
        there = taken_by(id_, path, library())
        if there and not dry_run:
            raise TakenError(there)
    say(f"{count(len(new.deck.cards), 'card')}: {kinds(new.deck.cards)}")
    say_cards(new.deck.cards, _SHOWN)
    say_losses(draft.losses)
    if dry_run:
        say(f"Nothing was written (--dry-run); it would go to {path}")
        if there:
            say(f"{there} {_ELSE}")
    else:
        with taking(), written([new]):
            pass
        say(f"{quoted(new.deck.title)} is in {path}")
        say(f"To study it:  quizapp study {shlex.quote(id_)}")
    flush()


@contextmanager
def taking() -> Iterator[None]:
    """What can't be read, be called so or be written ends the command with its sentence."""
    from quizapp.deck.exchange.draft import Cancelled, ExchangeError
    from quizapp.exchanging.arriving import BadNameError, TakenError
    from quizapp.exchanging.incoming import UnreadableError

    try:
        yield
    except UnreadableError as error:
        raise BadInput(str(error)) from error
    except TakenError as error:
        raise BadInput(f"{error} {_ELSE}") from error
    except BadNameError as error:
        raise BadInput(f"{error} Give another name with --to") from error
    except ExchangeError as error:
        raise Failure(str(error).rstrip(".")) from error
    except (Cancelled, KeyboardInterrupt):
        raise Failure("Cancelled; nothing was written") from None


def _source(file: Path, format_name: str, options: TableOptions) -> TextSource:
    """What is in the file, or comes through the pipe, and in which format. Raises BadInput and Failure."""
    from quizapp.deck.exchange.formats import (
        EITHER,
        FORMATS,
        UnknownFormatError,
        decoded,
        format_named,
        format_of,
    )
    from quizapp.exchanging.incoming import TextSource, text_in

    piped, suffix = str(file) == _PIPE, file.suffix.lower()
    if suffix == ".toml" and not format_name:
        raise BadInput(f"{file} is a deck already; to study it: quizapp study {shlex.quote(str(file))}")
    if options.given and not any(suffix in known.suffixes for known in FORMATS):
        # Nothing but a table has columns.
        format_name = format_name or "csv"
    with taking():
        text = decoded(sys.stdin.buffer.read(), "stdin") if piped else text_in(file)
        if format_name:
            return TextSource(text, format_named(format_name.lower()))
        try:
            return TextSource(text, format_of(Path(f"stdin{EITHER}") if piped else file, text))
        except UnknownFormatError as error:
            which = "--from csv (or --delimiter) or --from gift"
            if piped:
                raise BadInput(
                    f"It can't be told whether this is a table or GIFT; say which: {which}"
                ) from error
            which = which if suffix == EITHER else "--from FORMAT"
            raise BadInput(f"{str(error).rstrip('.')}: {which}") from error


def _draft(file: Path, source: TextSource, options: TableOptions, choices: Sequence[str]) -> Draft:
    """The cards of the file. choices: what statements choose from, () where that is as it says. Raises
    BadInput and Failure."""
    from quizapp.deck.exchange.draft import ExchangeError
    from quizapp.exchanging.incoming import TABLES

    name = source.format.name
    if name not in TABLES and options.given:
        raise BadInput(f"--delimiter, --header and --columns are for tables; this is read as {name}")
    try:
        if name in TABLES:
            asks = can_ask() and str(file) != _PIPE
            return read_table(source.text, source.delimiter, options, asks=asks, choices=choices)
        return source.format.read(source.text, choices=choices)
    except ExchangeError as error:
        raise Failure(f"{file.name}: {str(error).rstrip('.')}") from error


# ---- the deck


def _called(draft: Draft, name: str | None, file: Path) -> tuple[Draft, Path, str]:
    """The deck with its title, where it goes, and what commands know it by: its id, or that path. name: what
    it is to be called, or the path of its file; None: as it says itself. Raises ExchangeError and BadInput
    where no file can be called so.
    """
    from quizapp.cli.new import is_path, path_named
    from quizapp.exchanging.arriving import id_of, path_of, titled

    if name and is_path(name):
        path, _, title = path_named(name)
        return titled(draft, title), path, str(path)
    if not name and str(file) == _PIPE and "title" not in draft.head:
        raise BadInput("What comes through a pipe has no name; give it one with --to")
    id_ = id_of(name or str(draft.head.get("title") or file.stem))
    return titled(draft, name) if name else draft, path_of(id_, own_places().decks), id_


def taken_by(id_: str, path: Path, known: Library) -> str:
    """The sentence that says that there is such a deck already; "" if there is none. id_: its id, or its
    path."""
    from quizapp.exchanging.arriving import TakenError, place

    if id_ == str(path):
        return f"There is a deck {path} already." if os.path.lexists(path) else ""
    try:
        place(id_, known, own_places().decks)
    except TakenError as error:
        return str(error)
    return ""


def say_cards(cards: Sequence[Card], most: int) -> None:
    """The first cards, with what else they have."""
    for card in cards[:most]:
        say(f"  {one_line(card.prompt, 44)}  →  {one_line(card.answer, 24)}")
        if more := _more(card):
            say(f"      {one_line(more, _WIDEST - 6)}")
    if len(cards) > most:
        say(f"  and {len(cards) - most:,} more")


def _more(card: Card) -> str:
    """What a card has beside prompt and answer, so that a column with another meaning is seen."""
    from quizapp.deck.card import Choice, Typed

    others = {
        "wrong": card.wrong if isinstance(card, Choice) else (),
        "accept": card.accept if isinstance(card, Typed) else (),
        "why": (card.why,),
        "hint": (card.hint,),
        "aspect": (card.aspect,),
        "tags": card.tags,
        "from": (card.source,),
    }
    said = {key: ", ".join(filter(None, texts)) for key, texts in others.items()}
    return "; ".join(f"{key}: {one_line(text, 30)}" for key, text in said.items() if text)


def say_losses(losses: Sequence[Loss]) -> None:
    """What could not be taken over, one by one."""
    if losses:
        say(f"{count(len(losses), 'thing')} not taken over:")
        for loss in losses:
            say(f"  {loss}")
