"""`quizapp optimize`: FSRS's parameters fitted to one's own log."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.errors import BadInput, Failure
from quizapp.cli.output import count, example, flush, quoted, say, say_table
from quizapp.cli.sources import clock, folder_option, library_and_deck, own_places

if TYPE_CHECKING:
    from quizapp.learn.fit import Fit, Review
    from quizapp.scores.log import Log

_MISSING = (
    "quizapp optimize needs fsrs-rs-python, which is not installed. Install it with quizapp: "
    "pip install 'quizapp[optimize]'"
)


@click.command("optimize", epilog=example("quizapp optimize --dry-run", "quizapp optimize bpo-or-kpo"))
@click.argument("deck", required=False)
@click.option("--dry-run", is_flag=True, help="Show what a fit would gain; change nothing.")
@click.option("--undo", is_flag=True, help="Schedule as before the last fit.")
@folder_option
def command(deck: str | None, *, dry_run: bool, undo: bool) -> None:
    """Fit the scheduler to your own memory, from 400 reviews on.

    With DECK, to the reviews of that deck and for it alone; else to all reviews, for every deck without a fit
    of its own. One in five reviews, the latest, is held out: the fitted parameters are kept only if they
    foretell these better than the ones in use. They hold from the next answer on; what is due stays due.
    """
    if dry_run and undo:
        raise BadInput("--dry-run and --undo do not go together")
    scores, subject, of = own_places().scores, "", ""
    if deck is not None:
        found = library_and_deck(deck)[1]
        subject, of = found.id, f" of {quoted(found.title)}"
    if undo:
        _undo(scores, subject, of)
        return
    try:
        result = _fitted(scores, subject)
    except KeyboardInterrupt:
        raise Failure("Cancelled; nothing was changed") from None
    _report(result, of)
    if not result.better:
        say("Not better: the parameters stay as they are.")
    elif dry_run:
        say("Better; nothing was kept (--dry-run).")
    else:
        _keep(scores, subject, result)
        say(f"Better, and kept from the next answer on. To undo it: quizapp optimize{_named(deck)} --undo")
    flush()


def _fitted(scores: Path, subject: str) -> Fit:
    from quizapp.learn.fit import TooFew, fit
    from quizapp.learn.schedule import default_scheduler
    from quizapp.scores.store import open_log

    with closing(open_log(scores)) as log:
        read = _histories(log, subject)
        try:
            return fit(read, log.parameters(subject) or default_scheduler().parameters)
        except TooFew as few:
            raise Failure(f"{few}; see quizapp log. Nothing was changed") from few
        except ImportError as error:
            raise Failure(_MISSING) from error


def _histories(log: Log, subject: str) -> list[list[Review]]:
    """The reviews of each card, with a bar on a terminal's stderr while they are read."""
    from quizapp.sitting.fitting import histories

    refs = [ref for ref in log.graded_cards() if not subject or ref.deck == subject]
    hidden = not sys.stderr.isatty()
    with click.progressbar(
        histories(log, refs), length=len(refs), label="Reading", file=sys.stderr, hidden=hidden
    ) as bar:
        return list(bar)


def _report(result: Fit, of: str) -> None:
    say(
        f"{count(result.reviews, 'review')} of {count(result.cards, 'card')}{of}; "
        f"the last {result.held_out:,} on a later day were held out."
    )
    before, after = result.before, result.after
    rows = [
        ("log loss", f"{before.log_loss:.4f}", f"{after.log_loss:.4f}"),
        ("RMSE (bins)", f"{before.rmse:.4f}", f"{after.rmse:.4f}"),
    ]
    say_table(("HELD OUT", "IN USE", "FITTED"), rows, right=(1, 2))


def _keep(scores: Path, subject: str, result: Fit) -> None:
    from quizapp.cli.scores_file import open_scores
    from quizapp.sitting.fitting import keep_parameters

    now = clock()
    with closing(open_scores(scores, now)) as store:
        keep_parameters(store, now, subject, result.parameters)


def _undo(scores: Path, subject: str, of: str) -> None:
    from quizapp.cli.scores_file import open_scores
    from quizapp.sitting.fitting import take_back_parameters

    now = clock()
    with closing(open_scores(scores, now)) as store:
        if not take_back_parameters(store, now, subject):
            raise Failure(f"There is no fit{of} to undo")
    say("Undone: the parameters of before hold from the next answer on.")
    flush()


def _named(deck: str | None) -> str:
    return f" {deck}" if deck is not None else ""
