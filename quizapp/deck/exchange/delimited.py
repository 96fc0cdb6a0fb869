"""Tables as text: CSV, TSV, and what Quizlet and Anki export, read. `delimited_write` writes them.

`propose` says what a text seems to be and what is unclear about it; nothing is guessed. docs/exchange.md
says what columns can be called.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field

from quizapp.deck.exchange.anki_text import Directives, cloze_of
from quizapp.deck.exchange.columns import doubts, field_of
from quizapp.deck.exchange.delimited_rows import DELIMITERS, Row, can_be_apart, is_named, rows_of, top
from quizapp.deck.exchange.draft import Draft, ExchangeError, Loss, Table, gathered, in_order
from quizapp.deck.exchange.ends import has_loose_ends, lost_ends
from quizapp.deck.exchange.html_text import paragraphs_of
from quizapp.deck.exchange.valid import valid
from quizapp.deck.tables import quoted
from quizapp.deck.text import collapse

_NEARLY_ALL = 0.9
_MOST_CHOICES = 9
_YES = frozenset(("true", "yes", "y", "1", "x"))
_NO = frozenset(("false", "no", "n", "0", ""))
_TRUTH = {"true": True, "t": True, "false": False, "f": False}
_KINDS = ("statement", "flip", "choice", "typed", "cloze")
_TEXTS = frozenset(("front", "back", "statement", "cloze", "choice", "why", "hint", "aspect", "from", "id"))
"""Fields whose cells are a text each, of which all signs count."""
_BAR = re.compile(r"\\([\\|])|\|")


class Proposal(Struct, frozen=True):
    """What a text seems to be. delimiter: "" where none can be told. header: whether the first row names the
    columns. columns: a field each, "" for one that is left out. options: the delimiters it could be.
    unclear: what must be said before it can be read, in words. rows: the first ones, without the header.
    names: the header, () without one."""

    delimiter: str
    header: bool
    columns: tuple[str, ...]
    options: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    names: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether it can be read as proposed, without asking."""
        return not self.unclear


# ---- proposing


def propose(text: str, delimiter: str = "") -> Proposal:
    """What a text seems to be. delimiter: where it is known; else one that gives the same number of
    columns, two or more, in nearly all rows."""
    directives, lines, start = top(text)
    delimiter = delimiter or directives.delimiter
    shapes = {
        sign: _shape(lines, start, sign, directives) for sign in ([delimiter] if delimiter else DELIMITERS)
    }
    fitting = [sign for sign, (_, width, share) in shapes.items() if width > 1 and share >= _NEARLY_ALL]
    # No text happens to begin with the names of columns, and nobody types a tab in a text.
    named = [sign for sign, (rows, _, _) in shapes.items() if rows and is_named(rows[0].cells)]
    even = [sign for sign in fitting if sign == "\t" and shapes[sign][2] == 1]
    options = named[:1] or even or fitting
    if delimiter and not options:
        options = [delimiter]
    if len(options) != 1:
        could = [DELIMITERS[sign] for sign in options]
        why = f"columns could be split at {' or '.join(could)}" if could else "it has no two columns"
        return Proposal("", header=False, columns=(), options=tuple(options), unclear=(why,))
    sign = options[0]
    rows, width, _ = shapes[sign]
    return _columns(sign, rows, width, directives)


def _columns(sign: str, rows: Sequence[Row], width: int, directives: Directives) -> Proposal:
    """The proposal for a known delimiter."""
    names = directives.columns or (rows[0].cells if rows and is_named(rows[0].cells) else ())
    header = bool(names) and not directives.columns
    columns = [field_of(name) for name in names] if names else [""] * width
    special = dict(directives.special)
    for number, meant in special.items():
        if number <= len(columns):
            columns[number - 1] = meant
    free = [number for number, name in enumerate(columns, 1) if not name and number not in special]
    if not names and len(free) >= 2 and (len(free) == 2 or directives.known):
        # Two columns are front and back; and so are Anki's first two fields.
        columns[free[0] - 1], columns[free[1] - 1] = "front", "back"
    shown = tuple(tuple(row.cells) for row in rows[header : header + 5])
    unclear = doubts(columns)
    if not names and len(free) > 2 and not directives.known:
        unclear = [f"what its {len(columns)} columns are"]
    head = tuple(rows[0].cells) if header else ()
    return Proposal(sign, header, tuple(columns), (sign,), tuple(unclear), shown, head)


def _shape(
    lines: Sequence[str], start: int, sign: str, directives: Directives
) -> tuple[list[Row], int, float]:
    """The rows at this delimiter, how many cells most of them have, and what share of them has so many."""
    rows, _ = rows_of(lines, start, sign, directives)
    widths = Counter(len(row.cells) for row in rows)
    if not widths:
        return [], 0, 0.0
    width, times = widths.most_common(1)[0]
    return rows, width, times / len(rows)


# ---- reading


def read(
    text: str, delimiter: str, header: bool, columns: Sequence[str], choices: Sequence[str] = ()
) -> Draft:
    """The cards of a table. columns: a field for each column, as `Proposal` has them. choices: what its
    statements choose from, where that is known; else the answers that they have.

    Raises ExchangeError where no card can be made of such columns.
    """
    if not can_be_apart(delimiter):
        raise ExchangeError(
            f"Columns are split at {' or '.join(DELIMITERS.values())}, not at {quoted(delimiter)}."
        )
    if found := doubts(columns):
        raise ExchangeError(f"No cards can be made of it: {'; '.join(found)}.")
    directives, lines, start = top(text)
    rows, quotes = rows_of(lines, start, delimiter, directives)
    reader = _Reader(tuple(columns), directives, tuple(choices))
    if not quotes and any('"' in line for line in lines):
        reader.losses.append(Loss("", "its quotation marks do not pair, and were taken as part of the text"))
    if header and rows:
        reader.name_left_out(rows[0])
    elif not directives.known:
        reader.count_left_out(rows)
    for row in rows[header:]:
        reader.take(row)
    reader.losses += [*lost_ends(reader.loose), *gathered(reader.longer)]
    return reader.draft()


class _Reader(Struct):
    """Makes entries of rows. loose: how many texts lost white space at their ends."""

    columns: tuple[str, ...]
    directives: Directives
    choices: tuple[str, ...] = ()
    entries: list[dict[str, Any]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    decks: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    longer: list[tuple[str, str]] = field(default_factory=list)
    loose: int = 0

    def name_left_out(self, names: Row) -> None:
        for name, meant in zip(names.cells, self.columns, strict=False):
            if not meant and name.strip():
                self.losses.append(Loss(f"line {names.line}", f"the column {quoted(name)} was left out"))

    def count_left_out(self, rows: Sequence[Row]) -> None:
        """Name the columns without a name that hold something, and are left out."""
        gone = [
            str(number)
            for number, meant in enumerate(self.columns, 1)
            if not meant and any(cell.strip() for row in rows for cell in row.cells[number - 1 : number])
        ]
        if gone:
            listed = (
                f"columns {', '.join(gone[:-1])} and {gone[-1]} were" if gone[1:] else f"column {gone[0]} was"
            )
            self.losses.append(Loss("", f"{listed} left out"))

    def take(self, row: Row) -> None:
        place = f"line {row.line}"
        self.longer += (
            (f"line {line}", "without a tab; taken as part of the cell above") for line in row.more
        )
        width = len(self.columns)
        cells = f"{len(row.cells)} cell{'s' * (len(row.cells) != 1)}"
        if len(row.cells) < width and not any(self.columns[len(row.cells) :]):
            pass
        elif len(row.cells) < width:
            self.losses.append(Loss(place, f"it has {cells} instead of {width}; the others are empty"))
        elif any(cell.strip() for cell in row.cells[width:]):
            extra = ", ".join(quoted(cell) for cell in row.cells[width : width + 3])
            self.losses.append(Loss(place, f"it has {cells} instead of {width}; {extra} was left out"))
        filled: dict[str, str] = {}
        several: dict[str, list[str]] = {"choice": [], "wrong": []}
        for meant, cell in zip(self.columns, row.cells, strict=False):
            text = self._text(cell, place)
            if text and meant in _TEXTS:
                self.loose += has_loose_ends(cell) if self.directives.html else text != cell
            if meant in several and text:
                several[meant] += (
                    [text] if meant == "choice" and self.columns.count(meant) > 1 else _items(text)
                )
            elif meant and text:
                filled[meant] = text
        table = self._entry(filled, several["choice"], several["wrong"], place)
        if table is not None:
            self.entries.append(table)
            self.places.append(place)
            self.decks.append(filled.get("deck", ""))

    def _text(self, cell: str, place: str) -> str:
        if not self.directives.html:
            return cell.strip()
        text, media = paragraphs_of(cell)
        for name in media:
            self.losses.append(Loss(place, f"the picture or sound {quoted(name)} does not come along"))
        return text

    def _entry(
        self, cells: dict[str, str], choices: list[str], wrong: list[str], place: str
    ) -> dict[str, Any] | None:
        """The row's entry: its kind as `kind` says, else as follows from which cells are filled."""
        kind = cells.get("kind", "").casefold()
        if kind and kind not in _KINDS:
            self.losses.append(
                Loss(place, f"left out: {quoted(kind)} is not one of the kinds {', '.join(_KINDS)}")
            )
            return None
        prompt = cells.get("front") or cells.get("statement") or cells.get("cloze") or ""
        answer = cells.get("back", "")
        if choices:
            answer = _chosen(answer, choices)
            wrong = [*wrong, *(choice for choice in choices if collapse(choice) != collapse(answer))]
        if not kind:
            filled = (
                ("statement" in cells, "statement"),
                ("cloze" in cells and "front" not in cells, "cloze"),
            )
            kind = next(
                (name for is_it, name in (*filled, (wrong, "choice"), ("accept" in cells, "typed")) if is_it),
                "flip",
            )
        if kind == "flip" and self.directives.known and (anki := cloze_of(prompt)):
            kind, prompt = "cloze", anki.cloze
            cells.setdefault("why", answer)
            if anki.hint:
                cells.setdefault("hint", anki.hint)
            self.losses += (Loss(place, what) for what in anki.lost)
        match kind:
            case "statement":
                table: dict[str, Any] = {"statement": prompt, "answer": _TRUTH.get(answer.casefold(), answer)}
            case "cloze":
                table = {"cloze": prompt}
            case "flip":
                table = {"front": prompt, "back": answer}
            case _:
                table = {"question": prompt, "answer": answer} | ({"wrong": wrong} if wrong else {})
        return {key: item for key, item in table.items() if item != ""} | self._shared(cells, place)

    def _shared(self, cells: dict[str, str], place: str) -> dict[str, Any]:
        """What any kind of card may have."""
        table: dict[str, Any] = {
            key: cells[key] for key in ("aspect", "why", "hint", "from", "id") if cells.get(key)
        }
        table |= {key: _items(cells[key]) for key in ("accept", "variants") if key in cells}
        tags = [*self.directives.tags, *self._tags(cells.get("tags", ""))]
        if tags:
            table["tags"] = list(dict.fromkeys(tags))
        for key in ("reverse", "markdown"):
            said = cells.get(key, "").casefold()
            if said in _YES:
                table[key] = True
            elif said not in _NO:
                self.losses.append(
                    Loss(place, f"{quoted(key)} was left out: {quoted(said)} is neither true nor false")
                )
        return table

    def _tags(self, cell: str) -> list[str]:
        if self.directives.known:
            return cell.split()
        sign = next((sign for sign in "|;," if sign in cell), "|")
        return _items(cell) if sign == "|" else [tag.strip() for tag in cell.split(sign) if tag.strip()]

    def draft(self) -> Draft:
        """All that was read; what only the whole tells goes into the head."""
        head: dict[str, Any] = {}
        firsts = {deck.partition("::")[0] for deck in self.decks}
        shared = len(firsts) == 1 and firsts != {""}
        if self.directives.deck or shared:
            head["title"] = self.directives.deck or firsts.pop()
        for table, deck in zip(self.entries, self.decks, strict=True):
            if aspect := " / ".join(part for part in deck.split("::")[shared:] if part):
                table.setdefault("aspect", aspect)
        self._choices(head)
        if self.entries and all(table.get("markdown") for table in self.entries):
            head["markdown"] = True
            for table in self.entries:
                del table["markdown"]
        entries: tuple[Table, ...] = tuple(self.entries)
        return valid(Draft(entries, head, in_order(self.losses), tuple(self.places)))

    def _choices(self, head: dict[str, Any]) -> None:
        """The deck's choices are the answers that its statements have, unless they are known."""
        if self.choices:
            head["choices"] = list(self.choices)
            return
        answers = [
            str(table["answer"])
            for table in self.entries
            if "statement" in table and isinstance(table.get("answer"), str)
        ]
        choices = list({collapse(answer): answer for answer in answers}.values())
        if len(choices) > _MOST_CHOICES:
            why = (
                f"a deck has {_MOST_CHOICES} choices at most, and its statements have {len(choices)} answers"
            )
            self.losses.append(Loss("", why))
        elif len(choices) > 1:
            head["choices"] = choices


def _chosen(answer: str, choices: Sequence[str]) -> str:
    """The answer among choices; it may be named by its letter or number."""
    if any(collapse(choice) == collapse(answer) for choice in choices):
        return answer
    sign = answer.strip(" .)").casefold()
    place = "abcdefghi".find(sign) if sign.isalpha() else "123456789".find(sign)
    return choices[place] if len(sign) == 1 and 0 <= place < len(choices) else answer


def _items(cell: str) -> list[str]:
    r"""The texts of a cell that bars set apart; `\|` is a bar within one, `\\` a backslash."""
    parts = [""]
    at = 0
    for found in _BAR.finditer(cell):
        parts[-1] += cell[at : found.start()] + (found[1] or "")
        at = found.end()
        if not found[1]:
            parts.append("")
    parts[-1] += cell[at:]
    return [part.strip() for part in parts if part.strip()]
