"""`quizapp scores`: the best and the last quizzes of decks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import click

from quizapp import modes, words
from quizapp.cli.objects import conditions_object, run_object
from quizapp.cli.output import example, flush, note, one_line, pad, say, say_exactly, say_json, width
from quizapp.cli.sources import folder_option, library, library_and_deck, own_places
from quizapp.highscores import HighScores, Score, high_scores
from quizapp.scores.store import open_log


@click.command("scores", epilog=example("quizapp scores", "quizapp scores bpo-or-kpo --json"))
@click.argument("deck", required=False)
@click.option("--json", "as_json", is_flag=True, help="Write a JSON array; docs/scores.md lists the fields.")
@folder_option
def command(deck: str | None, *, as_json: bool) -> None:
    """List the best and the last quizzes.

    DECK is a deck's id (`quizapp decks` lists them) or the path of a deck file; without it, all decks are
    listed. Quizzes with the same mode, length and choices are compared; older cards are those that a deck had
    before it was changed.
    """
    with closing(open_log(own_places().scores)) as log:
        runs = log.runs()
        if deck is None:
            decks = library().decks
        elif any(run.deck == deck for run in runs):
            # A deck that is gone still has its scores.
            decks = library().decks
            runs = [run for run in runs if run.deck == deck]
        else:
            found, chosen = library_and_deck(deck)
            decks = found.decks
            runs = [run for run in runs if run.deck == chosen.id]
    listed = high_scores(runs, decks)

    if as_json:
        say_json(
            {
                "title": one.title,
                **conditions_object(one.last[0].run),
                "quizzes": one.count,
                "best": _objects(one.best),
                "last": _objects(one.last),
            }
            for one in listed
        )
    else:
        _list(listed)
    flush()
    if not listed:
        note("There are no quizzes yet. To take one: quizapp quiz DECK")


def _list(listed: Sequence[HighScores]) -> None:
    """Each deck's quizzes of one kind under a line that says which: all on one line would not fit."""
    tables = [list(_rows(one)) for one in listed]
    widths = [max((width(row[place]) for rows in tables for row in rows), default=0) for place in range(5)]
    for one, rows in zip(listed, tables, strict=True):
        say(f"{one_line(one.deck, 40)}: {one_line(_kind(one), 200)}")
        for row in rows:
            say_exactly("  " + "  ".join(pad(cell, widths[place]) for place, cell in enumerate(row)).rstrip())


def _kind(one: HighScores) -> str:
    return f"{one.kind}; {', '.join(one.choices)}" if one.choices else one.kind


def _rows(one: HighScores) -> Iterator[tuple[str, ...]]:
    for name, scores in (("best", one.best), ("last", one.last)):
        for score in scores:
            run = score.run
            notes = (["older cards"] if score.older else []) + ([] if run.finished else ["ended early"])
            yield (
                name,
                modes.score_of(run),
                f"{run.right} of {run.asked}",
                f"{words.local(run.at_ms, run.offset_min):%Y-%m-%d %H:%M}",
                ", ".join(notes),
            )


def _objects(scores: tuple[Score, ...]) -> list[dict[str, Any]]:
    return [{**run_object(score.run), "older_cards": score.older} for score in scores]
