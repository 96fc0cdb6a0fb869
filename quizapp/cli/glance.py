"""`quizapp one` in a shell's start-up file, with nothing to ask: seen before anything else is imported.

What it takes to say so is SQLite and the place of the scores file. All else goes the way of every command.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence

from quizapp.day import local_offset, study_day
from quizapp.scores.peek import may_be_due
from quizapp.settings.places import Places, places


def nothing_to_ask(arguments: Sequence[str]) -> bool:
    """Whether `quizapp one` with these arguments has nothing to do, as far as a short look tells."""
    deck = deck_of(arguments)
    if deck is None:
        return False
    return not has_terminal() or not _may_be_due(places(os.environ), deck)


def deck_of(arguments: Sequence[str]) -> str | None:
    """The deck that plain arguments name, "" for all; None for other arguments, which click understands."""
    deck, left = "", list(arguments)
    while left:
        match left.pop(0):
            case "--quiet" | "-q":
                pass
            case "--deck" if left:
                deck = left.pop(0)
            case _:
                return None
    return deck


def has_terminal() -> bool:
    """Whether a person can be asked: both what is typed and what is said are a terminal's."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _may_be_due(found: Places, deck: str) -> bool:
    now_ms = time.time_ns() // 1_000_000
    offset = local_offset(now_ms)
    # Where an hour is set at which a day begins, it may be any as far as is known here.
    hours = (23, 0) if _names_rollover(found) else (4, 4)
    first, last = (study_day(now_ms, offset, hour) for hour in hours)
    return may_be_due(str(found.scores), now_ms, (first, last), deck)


def _names_rollover(found: Places) -> bool:
    try:
        return b"rollover" in found.config.read_bytes()
    except OSError:
        return False
