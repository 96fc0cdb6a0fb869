"""Opening the scores file for a session."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.cli.output import note
from quizapp.scores.store import BUSY_SECONDS, Store, open_store

if TYPE_CHECKING:
    from quizapp.sitting import Clock


def open_scores(path: Path, clock: Clock, *, busy_seconds: float = BUSY_SECONDS) -> Store:
    """The scores file, opened for writing. Raises as `open_store`.

    busy_seconds: how long a busy file is waited for.

    The caches of a file that an earlier version wrote are recomputed first, once: they lack what this one
    keeps.
    """
    store = open_store(path, now_ms=lambda: clock().at_ms, busy_seconds=busy_seconds)
    if store.stale:
        from quizapp.caches import rebuild

        note("The scores file is from an earlier quizapp; bringing it up to date.")
        try:
            rebuild(store)
        except BaseException:
            # Whoever gets no store can't close it; what was raised goes on.
            store.close()
            raise
    return store
