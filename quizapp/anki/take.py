"""An Anki package → drafts of decks, in one go."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from quizapp.anki.read import read_collection
from quizapp.deck.exchange.anki import Progress, Taken, drafts_of
from quizapp.deck.exchange.anki_entry import Fields
from quizapp.deck.exchange.anki_notes import Collection
from quizapp.garbage import no_garbage


@no_garbage()
def take(
    path: Path,
    *,
    to: str = "",
    mapping: Mapping[str, Fields] | None = None,
    history: bool = True,
    progress: Progress | None = None,
) -> tuple[Collection, Taken]:
    """What an Anki package holds, and the drafts that come of it; as `read_collection` and `drafts_of`.

    Nothing is written. Raises ExchangeError, Cancelled.
    """
    collection = read_collection(path, history=history)
    return collection, drafts_of(collection, to=to, mapping=mapping, progress=progress)
