"""`quizapp imports`: what was imported with its history or into a deck, and taking it back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizapp.cli.errors import BadInput, Failure
from quizapp.cli.output import count, example, flush, note, one_line, quoted, say, say_json, say_table
from quizapp.cli.sources import clock, own_places, shown
from quizapp.words import local

# The command's module is imported for its help too, which does without the log.
if TYPE_CHECKING:
    from quizapp.exchanging.history import Import
    from quizapp.exchanging.joining import Taken


@click.group(
    "imports", invoke_without_command=True, epilog=example("quizapp imports", "quizapp imports undo 2")
)
@click.option("--json", "as_json", is_flag=True, help="Write a JSON array, an object an import.")
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """List imports of reviews or into decks, and undo one.

    Without a command they are listed, the oldest first: those of Anki packages that came with reviews, and
    those that added cards to a deck. A new deck that came without reviews is its file, and nothing else.
    """
    if ctx.invoked_subcommand is not None:
        return
    from quizapp.exchanging.history import known_imports
    from quizapp.scores.store import open_log

    with closing(open_log(own_places().scores)) as log:
        found = known_imports(log)
    if as_json:
        say_json(_object(number, one) for number, one in enumerate(found, 1))
    elif found:
        head = ("NO", "DATE", "FILE", "DECKS", "REVIEWS", "ADDED", "")
        say_table(head, [_cells(number, one) for number, one in enumerate(found, 1)], right=(0, 4, 5))
    else:
        note("No import came with a history, or into a deck.")
    flush()


@command.command("undo", epilog=example("quizapp imports undo", "quizapp imports undo 2 --remove-decks"))
@click.argument("number", type=int, required=False)
@click.option(
    "--remove-decks/--keep-decks",
    "removes",
    default=None,
    help="Remove the files of its decks that nobody has changed, or keep them; default: ask on a terminal.",
)
def undo(number: int | None, *, removes: bool | None) -> None:
    """Undo an import: its reviews, as if they had never come, and the cards that it added to a deck.

    NUMBER is that of `quizapp imports`; default: the last one. The log keeps them, and importing the file
    again brings them back. What you answered yourself stays. Cards that were added to a deck go, but for
    those that were changed since. New decks stay, unless you say otherwise; only a file that is still as it
    was imported, to the byte, is ever removed.
    """
    from quizapp.cli.scores_file import open_scores
    from quizapp.exchanging.arriving import is_unchanged, path_of
    from quizapp.exchanging.history import known_imports, take_import_back

    now, places = clock(), own_places()
    with closing(open_scores(places.scores, now)) as store:
        chosen = _picked(known_imports(store), number)
        if chosen is None:
            note("There is no import to undo.")
            return
        files = {path_of(id_, places.decks): digest for id_, digest in chosen.files.items()}
        same = {path: digest for path, digest in files.items() if is_unchanged(path, digest)}
        taken = _taken_out(chosen)
        if removes is None:
            removes = bool(same) and _asked(list(same))
        kept = take_import_back(store, now, chosen.session, same if removes else {}, places.decks)
    say(f"Undone: {_what(chosen, taken)} from {quoted(chosen.source)}")
    if chosen.into is not None and taken is not None:
        where = shown(chosen.into.path)
        if not taken.there:
            say(f"No longer there: {where}")
        elif taken.kept:
            say(f"Kept in {where}, since changed: {_entries(taken.kept)}")
    for path in files:
        if not path.exists():
            say(f"Removed: {shown(path)}" if path in same else f"No longer there: {shown(path)}")
        elif path in same and path not in kept:
            say(f"Kept, as it was imported: {shown(path)}")
        else:
            say(f"Kept: {shown(path)}")
    flush()


def _taken_out(chosen: Import) -> Taken | None:
    """Take out what the import added to a deck that was there; None where it did not. Raises Failure."""
    from quizapp.deck.exchange.draft import ExchangeError
    from quizapp.exchanging.joining import take_out

    if chosen.into is None:
        return None
    try:
        return take_out(chosen.into)
    except ExchangeError as error:
        raise Failure(str(error).rstrip(".")) from error


def _what(chosen: Import, taken: Taken | None) -> str:
    """What was taken back, in words."""
    said = [_entries(taken.gone)] if taken is not None else []
    if chosen.reviews or not said:
        said.append(count(chosen.reviews, "review"))
    return " and ".join(said)


def _entries(number: int) -> str:
    return f"{number:,} added {'entry' if number == 1 else 'entries'}"


def _asked(same: Sequence[Path]) -> bool:
    """Whether the files that nobody has changed are to go too; they stay where nobody can be asked."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    for path in same:
        note(f"As it was imported: {shown(path)}")
    it = "it" if len(same) == 1 else "them"
    return click.confirm(f"Remove {it} too?", default=False, err=True)


def _picked(found: Sequence[Import], number: int | None) -> Import | None:
    """The import of that number; without one the last that was not taken back, None if there is none. Raises
    BadInput."""
    if number is None:
        return next((one for one in reversed(found) if not one.taken_back), None)
    if not 1 <= number <= len(found):
        raise BadInput(f"There is no import {number}; to see their numbers: quizapp imports")
    if found[number - 1].taken_back:
        raise BadInput(f"The import {number} was undone already")
    return found[number - 1]


def _cells(number: int, one: Import) -> tuple[str, ...]:
    return (
        str(number),
        f"{local(one.at_ms, one.offset_min):%Y-%m-%d %H:%M}",
        one_line(one.source, 30),
        one_line(", ".join(one.decks), 40),
        f"{one.reviews:,}",
        f"{len(one.into.written):,}" if one.into else "",
        "undone" if one.taken_back else "",
    )


def _object(number: int, one: Import) -> dict[str, Any]:
    return {
        "number": number,
        "at": local(one.at_ms, one.offset_min).isoformat(timespec="seconds"),
        "file": one.source,
        "decks": list(one.decks),
        "reviews": one.reviews,
        "added": len(one.into.written) if one.into else 0,
        "taken_back": one.taken_back,
    }
