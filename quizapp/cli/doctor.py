"""`quizapp doctor`: whether the scores file is sound, and its caches made anew."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import click

from quizapp.cli.errors import Failure
from quizapp.cli.output import count, example, flush, note, say
from quizapp.cli.sources import own_places
from quizapp.scores.health import Health, health
from quizapp.scores.store import open_log


@click.command("doctor", epilog=example("quizapp doctor", "quizapp doctor --rebuild"))
@click.option("--rebuild", is_flag=True, help="Compute memories and quiz results anew from the log.")
def command(*, rebuild: bool) -> None:
    """Check the scores file; with --rebuild, compute anew what follows from its log.

    The log itself, your answers, is never changed. The exit code is 1 if the file is damaged.
    """
    scores = own_places().scores
    if not os.path.exists(scores):  # noqa: PTH110 - unlike Path.exists, it never raises
        note(f"There is no scores file yet; the first answer makes it: {scores}")
        return
    with closing(open_log(scores)) as log:
        found = health(log)
    _report(scores, found)
    if found.faults:
        raise Failure(f"{scores} is damaged. Keep a copy of it before you do anything else")
    if rebuild:
        _rebuild(scores)
    flush()


def _report(scores: Path, found: Health) -> None:
    kept = "write-ahead log" if found.journal == "wal" else f"{found.journal} journal"
    say(f"file       {scores} ({count(found.size, 'byte')}, {kept})")
    say(f"format     {found.version}, SQLite {found.sqlite}")
    say(f"answers    {found.answers:,}" + (f", {found.undone:,} of them undone" if found.undone else ""))
    say(f"events     {found.events:,}")
    say(f"memories   {found.memories:,}")
    say(f"quizzes    {found.runs:,}")
    say(f"integrity  {'sound' if not found.faults else count(len(found.faults), 'fault')}")
    for fault in found.faults:
        say(f"  {fault}")
    flush()


def _rebuild(scores: Path) -> None:
    from quizapp.caches import rebuild
    from quizapp.scores.store import open_store
    from quizapp.sitting import wall_clock

    with closing(open_store(scores, now_ms=lambda: wall_clock().at_ms)) as store:
        changed = rebuild(store)
    say(f"rebuilt    {'memories or quizzes were wrong, and are right now' if changed else 'nothing changed'}")
