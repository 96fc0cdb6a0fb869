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

# Reading foreign formats takes tomli, csv and more: `--help` does without.
if TYPE_CHECKING:
    from quizapp.deck.card import Deck
    from quizapp.deck.exchange.delimited import Proposal
    from quizapp.deck.exchange.draft import Draft, Loss

_SHOWN = 3
_SIGNS = {"tab": "\t", "comma": ",", "semicolon": ";", "bar": "|"}


@click.command(
    "import",
    epilog=example(
        "quizapp import words.csv --to Spanish",
        "quizapp import quiz.gift --dry-run",
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
@click.option("--dry-run", is_flag=True, help="Show what would come; write nothing.")
@click.option("--from", "format_name", metavar="FORMAT", help="csv, tsv, gift, markdown, json or anki.")
@click.option("--delimiter", help="What stands between the cells of a table: comma, semicolon, tab or bar.")
@click.option("--header/--no-header", default=None, help="Whether a table's first row names its columns.")
@click.option("--columns", metavar="A,B", help="What a table's columns hold, such as front,back,,tags.")
@click.option("--no-history", is_flag=True, help="Leave the reviews of an Anki package out.")
@folder_option
def command(
    file: Path,
    *,
    name: str | None,
    dry_run: bool,
    format_name: str | None,
    delimiter: str | None,
    header: bool | None,
    columns: str | None,
    no_history: bool,
) -> None:
    """Make a deck of another program's file.

    FILE is a table (CSV, TSV), Moodle's GIFT, Markdown, JSON or an Anki package; the format follows its
    suffix. What can't be taken over is listed, with its place. The deck is an ordinary TOML file in your
    deck folder; none is ever replaced.
    """
    from quizapp.cli.packages import import_package, refuse_table_options
    from quizapp.exchanging.arriving import arriving, kinds, written
    from quizapp.exchanging.incoming import TABLES, is_package, read_text

    if is_package(file, format_name or ""):
        refuse_table_options(delimiter, header, columns)
        import_package(file, name=name, dry_run=dry_run, history=not no_history)
        return
    if no_history:
        raise BadInput("--no-history is for Anki packages; no other format has a history")

    with taking():
        source = read_text(file, format_name or "")
        if source.format.name in TABLES:
            draft = _table(source.text, source.delimiter, delimiter, header, columns)
        else:
            _no_table_options(source.format.name, delimiter, header, columns)
            draft = source.format.read(source.text)
    if not draft.entries:
        say_losses(draft.losses)
        flush()
        note(f"A card in {source.format.name} looks like this:")
        for line in source.format.example:
            note(f"  {line}")
        raise Failure(f"There is no card in {quoted(file.name)} that can be taken over")
    with taking():
        draft, path, id_ = _called(draft, name, file)
        new = arriving(draft, id_, path)
    called = shlex.quote(id_)
    say(f"{count(len(new.deck.cards), 'card')}: {kinds(new.deck)}")
    _say_cards(new.deck)
    say_losses(draft.losses)
    if dry_run:
        say(f"Nothing was written (--dry-run); it would go to {path}")
    else:
        with taking(), written([new]):
            pass
        say(f"{quoted(new.deck.title)} is in {path}")
        say(f"To study it:  quizapp study {called}")
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
    except (TakenError, BadNameError) as error:
        raise BadInput(f"{error} Give another name with --to") from error
    except ExchangeError as error:
        raise Failure(str(error).rstrip(".")) from error
    except (Cancelled, KeyboardInterrupt):
        raise Failure("Cancelled; nothing was written") from None


def _no_table_options(name: str, delimiter: str | None, header: bool | None, columns: str | None) -> None:
    if delimiter is not None or header is not None or columns is not None:
        raise BadInput(f"--delimiter, --header and --columns are for tables; this is read as {name}")


# ---- tables


def _table(text: str, delimiter: str, named: str | None, header: bool | None, columns: str | None) -> Draft:
    """A table, read as the options say, else as it says itself; on a terminal what is unclear is asked."""
    from quizapp.deck.exchange.delimited import propose, read

    if named is not None:
        delimiter = _SIGNS.get(named.lower(), named)
        if delimiter not in _SIGNS.values():
            raise BadInput(f"--delimiter {quoted(named)} is none of comma, semicolon, tab and bar")
    proposal = propose(text, delimiter)
    listed = tuple(part.strip().lower() for part in columns.split(",")) if columns is not None else None
    if listed is not None:
        _check_columns(listed)
    asks = sys.stdin.isatty() and sys.stdout.isatty()
    if not (proposal.sure or listed is not None) and not asks:
        raise BadInput(
            f"It is not clear how to read this table: {'; '.join(proposal.unclear)}. "
            "Say it with --delimiter, --header or --no-header, and --columns"
        )
    sign = proposal.delimiter or (_ask_delimiter(proposal) if asks else "")
    if not sign:
        raise BadInput("What stands between the cells can't be told; name it with --delimiter")
    if sign != proposal.delimiter:
        proposal = propose(text, sign)
    first = proposal.header if header is None else header
    if listed is None:
        listed = _confirmed(proposal, sign) if asks else proposal.columns
    return read(text, sign, first, listed)


def _check_columns(listed: tuple[str, ...]) -> None:
    from quizapp.deck.exchange.columns import FIELDS
    from quizapp.problem import did_you_mean

    for column in listed:
        if column and column not in FIELDS:
            hint = did_you_mean(column, FIELDS) or f"there are {', '.join(FIELDS)}"
            raise BadInput(f"--columns: there is no column {quoted(column)}; {hint}")


def _ask_delimiter(proposal: Proposal) -> str:
    names = [name for name, sign in _SIGNS.items() if not proposal.options or sign in proposal.options]
    return _SIGNS[click.prompt("What stands between the cells?", type=click.Choice(names), err=True)]


def _confirmed(proposal: Proposal, sign: str) -> tuple[str, ...]:
    """The columns as a person has them, beginning with those that the table seems to have."""
    name = next(name for name, known in _SIGNS.items() if known == sign)
    heading = "the first row names the columns" if proposal.header else "there is no heading"
    note(f"Cells are set apart by a {name}; {heading}.")
    for row in proposal.rows[:_SHOWN]:
        note("  " + " | ".join(one_line(cell, 30) for cell in row))
    seems = ",".join(proposal.columns)
    while True:
        said = click.prompt("Columns", default=seems, err=True)
        listed = tuple(part.strip().lower() for part in said.split(","))
        try:
            _check_columns(listed)
        except BadInput as error:
            note(error.format_message())
            continue
        return listed


# ---- the deck


def _called(draft: Draft, name: str | None, file: Path) -> tuple[Draft, Path, str]:
    """The deck with its title, where it goes, and what commands know it by: its id, or that path. name: what
    it is to be called, or the path of its file; None: as it says itself. Raises ExchangeError and BadInput
    where it can't go there.
    """
    from quizapp.cli.new import is_path, path_named
    from quizapp.exchanging.arriving import TakenError, id_of, titled

    if name and is_path(name):
        path, _, title = path_named(name)
        if os.path.lexists(path):
            raise TakenError(f"There is a deck {path} already.")
        return titled(draft, title), path, str(path)
    id_ = id_of(name or str(draft.head.get("title") or file.stem))
    return titled(draft, name) if name else draft, own_target(id_), id_


def own_target(id_: str) -> Path:
    """Where a deck of this id goes. Raises ExchangeError where there is one."""
    from quizapp.exchanging.arriving import place

    return place(id_, library(), own_places().decks)


def _say_cards(deck: Deck) -> None:
    for card in deck.cards[:_SHOWN]:
        say(f"  {one_line(card.prompt, 44)}  →  {one_line(card.answer, 24)}")
    if len(deck.cards) > _SHOWN:
        say(f"  and {len(deck.cards) - _SHOWN:,} more")


def say_losses(losses: Sequence[Loss]) -> None:
    """What could not be taken over, one by one."""
    if losses:
        say(f"{count(len(losses), 'thing')} not taken over:")
        for loss in losses:
            say(f"  {loss}")
