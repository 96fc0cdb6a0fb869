"""`quizapp decks`: the decks with what is due and new in each."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import closing
from typing import Any

import click

from quizapp.cli import output
from quizapp.cli.output import count, example, flush, note, one_line, say, say_json, say_table
from quizapp.cli.sources import (
    clock,
    folder_option,
    library,
    note_problems_of_settings,
    own_config,
    own_places,
    shown,
)
from quizapp.deck.library import Library
from quizapp.overview import DeckLine, deck_lines
from quizapp.scores.log import Log
from quizapp.scores.store import open_log
from quizapp.settings.values import usual_study

_HEAD = ("ID", "TITLE", "CARDS", "DUE", "NEW TODAY", "PROBLEMS", "FILE")
_FIGURES = _HEAD[2:6]
_LEAST_TITLE, _LEAST_ID = 12, 6
"""No title or id is cut to fewer cells."""


@click.command("decks", epilog=example("quizapp decks", "quizapp decks --json --decks ~/french"))
@click.option("--paths", is_flag=True, help="Show each deck's file, however wide that is.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON array, an object a deck.")
@folder_option
def command(*, paths: bool, as_json: bool) -> None:
    """List the decks with what is due and new.

    Due and new are the cards that today's limits leave. Where two files have the same id, the one that is
    used is named. On a terminal, files are shown if they fit.
    """
    found = library()
    with closing(open_log(own_places().scores)) as log:
        _list(found, log, paths=paths, as_json=as_json)
    flush()


def _list(found: Library, log: Log, *, paths: bool, as_json: bool) -> None:
    lines = deck_lines(log, found, clock()(), usual_study(own_config().settings))
    problems = Counter(problem.path for problem in found.problems)
    if as_json:
        say_json(_row(line, problems[shown(line.deck.path)], found) for line in lines)
    else:
        rows = [
            (
                one_line(line.deck.id, 40),
                one_line(line.deck.title, 40),
                *map(str, (len(line.deck.cards), line.due, line.new, problems[shown(line.deck.path)])),
                shown(line.deck.path),
            )
            for line in lines
        ]
        if rows:
            table = [_HEAD, *rows]
            cells = output.columns(sys.stdout)
            head, *rows = table if paths or cells is None else _fitting(table, cells)
            say_table(head, rows, right=[place for place, name in enumerate(head) if name in _FIGURES])
        for id_, used, hidden in found.hidden:
            say(f"{one_line(id_)}: {shown(used)} is used, not {shown(hidden)}")
    if not lines:
        note(f"There are no decks. Put a deck file into {own_places().decks}")
    note_problems_of_settings()
    if found.problems:
        total = count(len(found.problems), "problem")
        note(f"{total} in {count(len(problems), 'file')}; to see them: quizapp check")


def _fitting(table: list[tuple[str, ...]], cells: int) -> list[tuple[str, ...]]:
    """The table as a terminal of that width takes it: without files, then without problems if there are
    none, then with titles that are cut, or without them."""
    if _width(table) > cells:
        table = [row[:-1] for row in table]
    if _width(table) > cells and all(row[-1] == "0" for row in table[1:]):
        table = [row[:-1] for row in table]
    over = _width(table) - cells
    if over <= 0:
        return table
    title = _widest(table, 1) - over
    if title >= _LEAST_TITLE:
        return [(row[0], one_line(row[1], title), *row[2:]) for row in table]
    table = [(row[0], *row[2:]) for row in table]
    id_ = max(_widest(table, 0) - max(_width(table) - cells, 0), _LEAST_ID)
    return [(one_line(row[0], id_), *row[1:]) for row in table]


def _width(table: list[tuple[str, ...]]) -> int:
    """How many cells a table takes: two between two columns."""
    columns = len(table[0])
    return sum(_widest(table, place) for place in range(columns)) + 2 * (columns - 1)


def _widest(table: list[tuple[str, ...]], place: int) -> int:
    """How many cells a column takes."""
    return max(output.width(row[place]) for row in table)


def _row(line: DeckLine, problems: int, found: Library) -> dict[str, Any]:
    deck = line.deck
    return {
        "id": deck.id,
        "title": deck.title,
        "path": str(deck.path),
        "cards": len(deck.cards),
        "due": line.due,
        "new": line.new,
        "problems": problems,
        "hides": [str(hidden.hidden) for hidden in found.hidden if hidden.id == deck.id],
    }
