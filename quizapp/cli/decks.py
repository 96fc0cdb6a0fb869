"""`quizapp decks`: the decks with what is due and new in each."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import Any

import click

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


@click.command("decks", epilog=example("quizapp decks", "quizapp decks --json --decks ~/french"))
@click.option("--json", "as_json", is_flag=True, help="Write a JSON array, an object a deck.")
@folder_option
def command(*, as_json: bool) -> None:
    """List the decks with what is due and new.

    Due and new are the cards that today's limits leave. Where two files have the same id, the one that is
    used is named.
    """
    found = library()
    with closing(open_log(own_places().scores)) as log:
        _list(found, log, as_json=as_json)
    flush()


def _list(found: Library, log: Log, *, as_json: bool) -> None:
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
            head = ("ID", "TITLE", "CARDS", "DUE", "NEW", "PROBLEMS", "FILE")
            say_table(head, rows, right=(2, 3, 4, 5))
        for id_, used, hidden in found.hidden:
            say(f"{one_line(id_)}: {shown(used)} is used, not {shown(hidden)}")
    if not lines:
        note(f"There are no decks. Put a deck file into {own_places().decks}")
    note_problems_of_settings()
    if found.problems:
        total = count(len(found.problems), "problem")
        note(f"{total} in {count(len(problems), 'file')}; to see them: quizapp check")


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
