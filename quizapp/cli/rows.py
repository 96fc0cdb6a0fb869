"""Cards as lines of text: a cell for each key, with tabs between them."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from quizapp.cli.errors import BadInput
from quizapp.cli.output import count
from quizapp.deck.adding import answer_of
from quizapp.deck.card import Deck, Kind
from quizapp.deck.entry import OWN
from quizapp.deck.exchange.columns import field_of
from quizapp.deck.tables import EntryTable, keys_of

if TYPE_CHECKING:
    from quizapp.deck.write import Value

LISTS = ("wrong", "accept", "variants", "tags")
"""The keys that hold several texts: each has a cell of its own, under the same name."""
_TRUTHS = {"true": True, "false": False}
_COLUMNS = {
    Kind.STATEMENT: ("statement", "answer"),
    Kind.FLIP: ("front", "back"),
    Kind.CHOICE: ("question", "answer", "wrong"),
    Kind.TYPED: ("question", "answer"),
    Kind.CLOZE: ("cloze",),
}
_MOST_NAMED = 3
"""So many lines with a wrong number of cells are named."""


def tables_of(text: str, deck: Deck, kind: Kind) -> list[tuple[int, dict[str, Value]]]:
    """The cards in some lines, each with the number of its line (from 1). Empty lines are passed over.

    The first line may name the keys; without that, the cells are prompt and answer of the kind. Raises
    BadInput where lines have too many or too few cells.
    """
    lines = [(number, _cells(line)) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    header = _header(lines[0][1], kind) if lines else ()
    found: list[tuple[int, dict[str, Value]]] = []
    wrong: list[str] = []
    for number, cells in lines[1:] if header else lines:
        names = header or _filled(_COLUMNS[kind], len(cells))
        if len(cells) > len(names) or (not header and len(cells) < len(names)):
            wrong.append(f"line {number} has {count(len(cells), 'cell')}")
        else:
            found.append((number, table_of(zip(names, cells, strict=False), deck)))
    if wrong:
        more = f" and {len(wrong) - _MOST_NAMED} more" if len(wrong) > _MOST_NAMED else ""
        expected = (
            f"the first line names {len(header)}" if header else f"{'<tab>'.join(_COLUMNS[kind])} is expected"
        )
        into = f"quizapp import FILE --into {shlex.quote(deck.id)}"
        other = f"; for commas or semicolons: {into}" if _without_tabs(lines) else ""
        raise BadInput(f"Nothing was added: {', '.join(wrong[:_MOST_NAMED])}{more}, and {expected}{other}")
    return found


def _without_tabs(lines: Sequence[tuple[int, list[str]]]) -> bool:
    """Whether each line is one cell with a comma or a semicolon in it."""
    return all(len(cells) == 1 and ("," in cells[0] or ";" in cells[0]) for _, cells in lines)


def _cells(line: str) -> list[str]:
    cells = [cell.strip() for cell in line.split("\t")]
    while not cells[-1]:
        cells.pop()
    return cells


def _header(cells: Sequence[str], kind: Kind) -> tuple[str, ...]:
    """The keys that a line names, a prompt among them; () where it is a card. The names that columns of
    tables can have will do too, if all cells are such: `Term`, `Definition`."""
    names = tuple(cell.casefold() for cell in cells)
    if len(cells) > 1 and not set(names) & set(OWN):
        names = tuple(_meant(field_of(name), kind) for name in names)
        if len(set(names)) < len(names):
            # Two words of a language, and no heading.
            return ()
    if not set(names) <= set(keys_of(EntryTable)) or not set(names) & set(OWN):
        return ()
    twice = next((name for name in names if name not in LISTS and names.count(name) > 1), None)
    if twice is not None:
        raise BadInput(f'Nothing was added: the first line names "{twice}" twice')
    return names


def _meant(field: str, kind: Kind) -> str:
    """The key that a column of a table is for a kind of card."""
    prompt, *answer = _COLUMNS[kind][:2]
    return {"front": prompt, "back": answer[0] if answer else field}.get(field, field)


def _filled(names: tuple[str, ...], cells: int) -> tuple[str, ...]:
    """The usual keys, with the last one for all further cells if it holds several texts."""
    return names + names[-1:] * (cells - len(names)) if names[-1] in LISTS else names


def table_of(cells: Iterable[tuple[str, str]], deck: Deck) -> dict[str, Value]:
    """The entry that keys and their texts make; an empty text says nothing."""
    table: dict[str, Value] = {}
    listed: dict[str, list[str]] = {}
    for key, text in cells:
        if not text:
            continue
        if key in LISTS:
            table[key] = listed.setdefault(key, [])
            listed[key].append(text)
        elif key in ("reverse", "markdown"):
            table[key] = _TRUTHS.get(text.casefold(), text)
        else:
            table[key] = text
    answer = table.get("answer")
    if "statement" in table and isinstance(answer, str):
        table["answer"] = answer_of(deck, answer)
    return table
