"""What the preview of an import shows, row by row. Pure: a change gives another Coming."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from quizapp import words
from quizapp.deck.card import Deck
from quizapp.deck.exchange.delimited_rows import DELIMITERS
from quizapp.deck.text import visible
from quizapp.exchanging.arriving import kinds
from quizapp.exchanging.coming import Coming, as_table, shown_cards
from quizapp.exchanging.incoming import PACKAGE
from quizapp.tui.layout import cut
from quizapp.tui.paths import safe
from quizapp.tui.widgets.setting_list import Entry

_FIRST = 12
"""So many cards are shown."""
_ANSWER = 24
"""Cells that an answer takes at most beside its prompt."""
_FORMATS = {
    "csv": "a table (CSV)",
    "tsv": "a table with tabs",
    "gift": "GIFT, Moodle's",
    "markdown": "Markdown",
    "json": "JSON",
    PACKAGE: "an Anki package",
}
INTO, NAME, FORMAT, DELIMITER, HEADER, COLUMN, TOGETHER, HISTORY = (
    "into", "name", "format", "delimiter", "header", "column", "together", "history",
)  # fmt: skip
SHOWN = "shown"
"""The key of rows in which nothing can be changed."""


class Row(NamedTuple):
    """A row. key: what a change of it changes. about: what there is to say of it. place: of a column."""

    key: str
    entry: Entry
    about: str
    head: str = ""
    place: int = 0

    @property
    def changes(self) -> bool:
        """Whether its value can be changed."""
        return self.key != SHOWN


def rows_of(
    coming: Coming, name: str, ids: Mapping[str, str], into: Deck | None, *, history: bool
) -> list[Row]:
    """All rows. name: of the deck, if it is a new one. ids: as new decks would get them. into: the deck that
    is there and that it goes into. history: whether reviews are to come."""
    return [
        *_naming(coming, name, ids),
        *_going(coming, into),
        *_reading(coming),
        *_package(coming, history=history),
        *_decks(coming, ids),
        *_cards(coming),
        *_losses(coming),
    ]


def _row(key: str, name: str, value: str, about: str, group: str = "", *, place: int = 0) -> Row:
    # What is typed, asked or written elsewhere may hold anything.
    return Row(key, Entry(visible(name), visible(value), changed=key != SHOWN, group=group), about, "", place)


def _going(coming: Coming, into: Deck | None) -> list[Row]:
    target = coming.target
    if into is None or target is None:
        about = "A new deck, or what one does not have yet; ← and → go through all."
        return [_row(INTO, "Goes into", "new decks" if len(coming.decks) > 1 else "a new deck", about)]
    about = f"New cards go to the end of {safe(target.write.name)}; what it has stays."
    if target.is_shipped:
        about = "It ships with quizapp: your copy takes its place. What it has stays."
    rows = [_row(INTO, "Goes into", into.title, about)]
    if coming.joining is not None and (there := coming.joining.joined.there):
        about = "They are in the deck already, and stay as they are."
        rows.append(_row(SHOWN, "There already", words.count(there, "card"), about))
    return rows


def _naming(coming: Coming, name: str, ids: Mapping[str, str]) -> list[Row]:
    if len(coming.decks) > 1 or coming.target is not None:
        return []
    id_ = next(iter(ids.values()), "")
    about = "What the deck is to be called."
    if id_ and id_ != name:
        about = f"What the deck is to be called; its file will be {safe(id_)}.toml."
    return [_row(NAME, "Name", name, about)]


def _reading(coming: Coming) -> list[Row]:
    rows: list[Row] = []
    about = "Which format the file is in; its name says so, if it says anything."
    if coming.package is None:
        rows.append(_row(FORMAT, "Read as", _FORMATS.get(coming.format, "say which"), about))
    table = coming.table
    if table is None:
        return rows
    split = DELIMITERS.get(table.delimiter, "say which")
    about = "What stands between the cells of a row."
    rows.append(_row(DELIMITER, "Between the cells", split, about, "Table"))
    if table.delimiter:
        first = "names the columns" if table.header else "is a card"
        about = "Whether the first row says what the columns hold, or is a card already."
        rows.append(_row(HEADER, "The first row", first, about, "Table"))
    for place, meant in enumerate(table.columns):
        sample = safe(" ".join(table.sample(place).split()))
        about = (
            f"What the column holds. In its first card: “{sample}”." if sample else "What the column holds."
        )
        value = f"{meant}" if meant else "left out"
        rows.append(_row(COLUMN, safe(table.name_of(place)), value, about, "Columns", place=place))
    return rows


def _package(coming: Coming, *, history: bool) -> list[Row]:
    rows: list[Row] = []
    package, past = coming.package, coming.past
    if package is None or past is None:
        return rows
    if coming.target is None and (len(coming.decks) > 1 or coming.together):
        value = "all in one" if coming.together else f"{len(coming.decks)}, as in Anki"
        about = "In one deck each card is tagged by the deck that it was in."
        rows.append(_row(TOGETHER, "Decks", value, about))
    if number := len(past.past):
        about = "Each review comes with its own time, and study goes on where Anki stopped."
        if coming.target is not None:
            about = f"{about} Cards that are there already get theirs too."
        rows.append(_row(HISTORY, "Reviews", f"{number:,} come" if history else "left out", about))
    return rows


def _decks(coming: Coming, ids: Mapping[str, str]) -> list[Row]:
    if len(coming.decks) < 2 or coming.target is not None:
        return []
    rows: list[Row] = []
    for one in coming.decks:
        id_ = ids.get(one.id, one.id)
        about = f"{kinds(one.deck.cards)}; in {safe(id_)}.toml."
        if id_ != one.id:
            about += " There is a deck of its own name already."
        number = words.count(len(one.deck.cards), "card")
        rows.append(_row(SHOWN, one.deck.title, number, about, words.count(len(coming.decks), "deck")))
    return rows


def _cards(coming: Coming) -> list[Row]:
    if not coming.decks:
        return []
    found = shown_cards(coming, _FIRST)
    every = words.count(coming.cards, "card" if coming.joining is None else "new card")
    group = f"{every}: {kinds(coming.come)}" if len(coming.decks) == 1 else every
    if coming.cards > len(found):
        group = f"{group}; the first {len(found)}"
    rows = []
    for prompt, answer in found:
        entry = Entry(_line(prompt), cut(_line(answer), _ANSWER), group=group)
        rows.append(Row(SHOWN, entry, _line(answer), _line(prompt)))
    return rows


def _losses(coming: Coming) -> list[Row]:
    group = f"{words.count(len(coming.losses), 'thing')} not taken over"
    return [
        Row(
            SHOWN,
            Entry(_line(loss.what), _line(loss.place), group=group),
            _line(loss.what),
            _line(loss.place),
        )
        for loss in coming.losses
    ]


def _line(text: str) -> str:
    return safe(" ".join(text.split()))


def table_stepped(coming: Coming, row: Row, steps: int) -> Coming:
    """The file read with the next value of a row of its table, or the one before."""
    table = coming.table
    if table is None:
        return coming
    match row.key:
        case "delimiter":
            return as_table(coming, table.with_delimiter(steps))
        case "header":
            return as_table(coming, table.with_header())
        case "column":
            return as_table(coming, table.with_column(row.place, steps))
    return coming
