"""`quizapp import`: a deck from the file of another program."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
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

_MOST_BYTES = 64 * 2**20
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
    "--to", "name", metavar="NAME", help="What the deck is to be called; default: as the file says."
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
    from quizapp.cli.packages import SUFFIXES, import_package, refuse_table_options
    from quizapp.deck.exchange.draft import ExchangeError, toml_of
    from quizapp.deck.exchange.formats import decoded, format_named, format_of

    if (format_name or "").lower() == "anki" or (not format_name and file.suffix.lower() in SUFFIXES):
        refuse_table_options(delimiter, header, columns)
        import_package(file, name=name, dry_run=dry_run, history=not no_history)
        return
    if no_history:
        raise BadInput("--no-history is for Anki packages; no other format has a history")

    try:
        text = decoded(_bytes(file), file.name)
        found = format_named(format_name.lower()) if format_name else format_of(file, text)
        if found.name in ("csv", "tsv"):
            draft = _table(text, "\t" if found.name == "tsv" else "", delimiter, header, columns)
        else:
            _no_table_options(found.name, delimiter, header, columns)
            draft = found.read(text)
    except ExchangeError as error:
        raise Failure(str(error).rstrip(".")) from error
    if not draft.entries:
        say_losses(draft.losses)
        raise Failure(f"There is no card in {quoted(file.name)} that can be taken over")
    title = str(draft.head.get("title") or name or file.stem)
    path, called = _target(name or title)
    written = toml_of(draft)
    deck = read_back(written, path, path.stem)
    _say_cards(deck)
    say_losses(draft.losses)
    if dry_run:
        say(f"Nothing was written (--dry-run); it would go to {path}")
    else:
        write_new(path, written, called)
        say(f"{quoted(deck.title)} is in {path}")
        say(f"To study it:  quizapp study {called}")
    flush()


def _bytes(file: Path) -> bytes:
    from quizapp.deck.file import bytes_of
    from quizapp.problem import Problem

    found = bytes_of(file, file.name, folder=("this is a folder, not a file", "name a file in it"))
    if isinstance(found, Problem):
        raise BadInput(str(found))
    return found


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


def _target(name: str) -> tuple[Path, str]:
    """Where the deck goes, and how commands name it. Raises BadInput where no file can be called so, or a
    deck is."""
    from quizapp.deck.fresh import file_id

    try:
        id_ = file_id(name)
    except ValueError as error:
        raise BadInput(f"{quoted(name)} can't be the name of a deck; give one with --to") from error
    return own_target(id_), shlex.quote(id_)


def own_target(id_: str) -> Path:
    """Where a deck of this id goes. Raises BadInput where there is one."""
    found = library()
    there = found.decks[id_].path if id_ in found.decks else found.unread.get(id_)
    path = own_places().decks.joinpath(*f"{id_}.toml".split("/"))
    if there is not None or path.exists():
        raise BadInput(f"There is a deck {quoted(id_)} already: {there or path}. Give another name with --to")
    return path


def read_back(text: str, path: Path, id_: str) -> Deck:
    """The deck that comes of it. Raises Failure if it has a problem, which no format should leave."""
    from quizapp.deck.read import parse_deck

    deck, problems = parse_deck(text.encode("utf-8"), path=path, deck_id=id_, shown_as=path.name)
    if deck is None or problems:
        raise Failure(f"This can't be made a deck: {problems[0]}. Nothing was written")
    return deck


def write_new(path: Path, text: str, called: str) -> None:
    """Write a deck where there is none. Raises BadInput and Failure."""
    from quizapp.deck.replace import FileChanged, replace_file

    try:
        replace_file(path, None, text.encode("utf-8"))
    except FileChanged as error:
        raise BadInput(f"There is a deck {called} already. Give another name with --to") from error
    except OSError as error:
        raise Failure(f"{path} can't be written ({error.strerror or error})") from error


def _say_cards(deck: Deck) -> None:
    from collections import Counter

    from quizapp.deck.card import kind_of

    kinds = Counter(kind_of(card).value for card in deck.cards)
    parts = ", ".join(f"{number:,} {kind}" for kind, number in kinds.items())
    say(f"{count(len(deck.cards), 'card')}: {parts}")
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
