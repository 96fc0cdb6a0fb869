"""How a table is to be read: what options say, what it says itself, and on a terminal what a person says."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from quizapp.cli.errors import BadInput
from quizapp.cli.output import note, one_line, quoted
from quizapp.cli.sources import sentence

# Reading foreign formats takes tomli, csv and more: `--help` does without.
if TYPE_CHECKING:
    from quizapp.deck.exchange.delimited import Proposal
    from quizapp.deck.exchange.draft import Draft

_SHOWN = 3
_SIGNS = {"tab": "\t", "comma": ",", "semicolon": ";", "bar": "|"}
_EXAMPLE = "such as front,back,why"


class TableOptions(NamedTuple):
    """What the options for tables say; None where one is not given."""

    delimiter: str | None
    header: bool | None
    columns: str | None

    @property
    def given(self) -> bool:
        """Whether there is any."""
        return any(option is not None for option in self)


def read_table(
    text: str, usual: str, options: TableOptions, *, asks: bool, choices: Sequence[str] = ()
) -> Draft:
    """The cards of a table, and a line on stderr that says how it was read. Raises BadInput where that is not
    clear, and ExchangeError.

    usual: what stands between the cells of such files, "" for anything. asks: whether somebody can be asked.
    choices: what its statements choose from, where that is known.
    """
    from quizapp.deck.exchange.delimited import propose, read

    proposal = propose(text, _sign(options.delimiter) if options.delimiter is not None else usual)
    listed = _columns(options.columns, "--columns: ") if options.columns is not None else None
    if not (proposal.sure or listed is not None) and not asks:
        raise BadInput(
            f"It is not clear how to read this table: {'; '.join(proposal.unclear)}. "
            "Say it with --delimiter, --header or --no-header, and --columns"
        )
    if not proposal.delimiter:
        if not asks:
            raise BadInput("What stands between the cells can't be told; name it with --delimiter")
        proposal = propose(text, _ask_delimiter(proposal))
    header = proposal.header if options.header is None else options.header
    if asks and listed is None:
        _show(proposal)
        if options.header is None and not header:
            header = click.confirm("Does the first row name the columns?", default=False, err=True)
        listed = _ask_columns(proposal)
    columns = listed or proposal.columns
    columns += ("",) * (len(proposal.columns) - len(columns))
    note(_read_as(proposal.delimiter, columns, header=header, said=options.header is not None or asks))
    return read(text, proposal.delimiter, header, columns, choices)


def _sign(named: str) -> str:
    """The delimiter that an option names, or is. Raises BadInput."""
    from quizapp.deck.exchange.delimited_rows import can_be_apart

    sign = _SIGNS.get(named.strip().lower(), named)
    if not can_be_apart(sign):
        raise BadInput(
            f"--delimiter {quoted(named)} is none of comma, semicolon, tab and bar, and no other sign, such "
            'as " - "'
        )
    return sign


def _read_as(sign: str, columns: Sequence[str], *, header: bool, said: bool) -> str:
    """In one line how a table is read. said: whether somebody said if it has a heading."""
    line = f"Read as: {_name_of(sign)}, {'a' if header else 'no'} heading, columns {','.join(columns)}"
    return line if header or said else f"{line} (--header if the first row names them)"


def _name_of(sign: str) -> str:
    return next((name for name, known in _SIGNS.items() if known == sign), quoted(sign))


def _columns(said: str, label: str = "") -> tuple[str, ...]:
    """The columns that a person names, by any name that a heading may have. Raises BadInput. label: what
    stands before what is wrong."""
    from quizapp.deck.exchange.columns import FIELDS, NAMES, field_of
    from quizapp.problem import did_you_mean

    listed: list[str] = []
    for part in said.split(","):
        name = part.strip()
        field = field_of(name)
        if name and not field:
            hint = did_you_mean(name.lower()[:80], NAMES) or f"there are {', '.join(FIELDS)}"
            raise BadInput(f"{label}there is no column {quoted(name)}; {hint}")
        listed.append(field)
    return tuple(listed)


# ---- asking


def can_ask() -> bool:
    """Whether somebody sits at the terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask_delimiter(proposal: Proposal) -> str:
    names = [name for name, sign in _SIGNS.items() if not proposal.options or sign in proposal.options]
    return _SIGNS[click.prompt("What stands between the cells?", type=click.Choice(names), err=True)]


def _show(proposal: Proposal) -> None:
    heading = "the first row names the columns" if proposal.header else "no heading is known"
    note(f"What stands between the cells: {_name_of(proposal.delimiter)}; {heading}.")
    for row in proposal.rows[:_SHOWN]:
        note("  " + " | ".join(one_line(cell, 30) for cell in row))


def _ask_columns(proposal: Proposal) -> tuple[str, ...]:
    """The columns as a person has them, beginning with those that the table seems to have."""
    from quizapp.deck.exchange.columns import FIELDS, doubts

    width = len(proposal.columns)
    seems = None if doubts(proposal.columns) else ",".join(proposal.columns)
    while True:
        said = click.prompt(f"Columns, {_EXAMPLE}; ? lists them", default=seems, err=True)
        if said.strip() == "?":
            note(f"There are {width} columns. Each may be: {', '.join(FIELDS)}.")
            note("Nothing between two commas leaves one out: front,,back")
            continue
        try:
            listed = _columns(said)
        except BadInput as error:
            note(sentence(error.format_message()))
            continue
        found = doubts(listed)
        if len(listed) > width:
            found.append(f"there are {width} columns, and these are {len(listed)}")
        if not found:
            return listed
        note(f"{sentence('; '.join(found))}.")
