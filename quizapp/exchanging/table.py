"""How a table is to be read: what it seems to be, and what a person says otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, structs

from quizapp.deck.exchange.columns import FIELDS, doubts
from quizapp.deck.exchange.delimited import Proposal, propose, read
from quizapp.deck.exchange.delimited_rows import DELIMITERS
from quizapp.deck.exchange.draft import Draft

_SIGNS = tuple(DELIMITERS)
_USUAL = ("", "front", "back", "tags", "why")
_MEANINGS = (*_USUAL, *(field for field in FIELDS if field not in _USUAL))
"""What a column can hold, the likeliest first."""


class Table(Struct, frozen=True):
    """A table and how it is read now. header: whether its first row names the columns. columns: a field each,
    "" for one that is left out."""

    text: str
    proposal: Proposal
    header: bool
    columns: tuple[str, ...]

    @property
    def delimiter(self) -> str:
        """What stands between the cells; "" where that is not known."""
        return self.proposal.delimiter

    @property
    def unclear(self) -> str:
        """What must be said before it can be read, in words; "" if nothing must."""
        return "; ".join(doubts(self.columns) if self.delimiter else self.proposal.unclear)

    def name_of(self, column: int) -> str:
        """What the table calls a column, from 0; else its number."""
        names = self._rows[0] if self.header and self._rows else ()
        name = names[column].strip() if column < len(names) else ""
        return f"“{name}”" if name else f"Column {column + 1}"

    def sample(self, column: int) -> str:
        """What stands in a column's first cell; "" if nothing does."""
        rows = self._rows[self.header :]
        return rows[0][column] if rows and column < len(rows[0]) else ""

    @property
    def _rows(self) -> tuple[tuple[str, ...], ...]:
        """The first rows, with the one that may name the columns."""
        names = self.proposal.names
        return (names, *self.proposal.rows) if names else self.proposal.rows

    def with_delimiter(self, steps: int) -> Table:
        """The table read with the delimiter so many places on; its columns are proposed anew."""
        place = _SIGNS.index(self.delimiter) if self.delimiter else -1 if steps > 0 else 0
        return table_of(self.text, _SIGNS[(place + steps) % len(_SIGNS)])

    def with_header(self) -> Table:
        """The table with its first row as the names of the columns, or as a card if that it was."""
        return structs.replace(self, header=not self.header)

    def with_column(self, column: int, steps: int) -> Table:
        """The table with the meaning of a column so many places on."""
        place = _MEANINGS.index(self.columns[column])
        meant = _MEANINGS[(place + steps) % len(_MEANINGS)]
        columns = [meant if number == column else known for number, known in enumerate(self.columns)]
        return structs.replace(self, columns=tuple(columns))

    def draft(self, choices: Sequence[str] = ()) -> Draft:
        """The cards. choices: what its statements choose from, where that is known. Raises ExchangeError;
        for a table with nothing unclear only where a cell is beyond all measure."""
        return read(self.text, self.delimiter, self.header, self.columns, choices)


def table_of(text: str, delimiter: str = "") -> Table:
    """A table as it seems to be. delimiter: where it is known. Raises ExchangeError for a cell beyond all
    measure."""
    proposal = propose(text, delimiter)
    return Table(text, proposal, proposal.header, proposal.columns)
