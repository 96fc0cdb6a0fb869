"""Writing an `.apkg` that every Anki opens: schema 11 in a zip archive, with the cards' memories."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from quizapp.anki.schema import TABLES, conf, deck_config, decks, model
from quizapp.deck.exchange.anki import Progress, counted
from quizapp.deck.exchange.anki_export import Outgoing
from quizapp.deck.exchange.anki_notes import AnkiDeck, Sent, own_types
from quizapp.deck.exchange.draft import ExchangeError
from quizapp.deck.exchange.html_text import text_of
from quizapp.deck.replace import FileChanged, replace_file
from quizapp.record import Mark, Memory, Moment, State

_FIRST_TYPE = 1_700_000_000_001
"""Ids of quizapp's note types, the same in every package, so that Anki has each once."""
_FACTOR = 2500
_DECAY = 0.154
"""Of FSRS-6's forgetting curve, as Anki rounds it."""


class _Due(NamedTuple):
    """How a card stands in Anki's terms."""

    type: int
    queue: int
    due: int
    interval: int
    factor: int
    reps: int
    lapses: int
    left: int
    data: str


def write_package(
    path: Path,
    outgoing: Outgoing,
    now: Moment,
    *,
    memories: Mapping[str, Memory] | None = None,
    marks: Mapping[str, Mark] | None = None,
    reviews: Iterable[Sent] = (),
    retention: float = 0.9,
    before: bytes | None = None,
    progress: Progress | None = None,
) -> None:
    """Write a deck as a package, whole or not at all. Raises ExchangeError, Cancelled.

    memories, marks: by the cards' keys. reviews: for Anki's review log. retention: that of the deck. before:
    what the file held, None if there was none. progress: told how many notes are done.
    """
    if not path.parent.is_dir():
        # Else it would be made.
        raise ExchangeError(f"{path} can't be written (there is no folder {path.parent}).")
    try:
        with tempfile.TemporaryDirectory(prefix="quizapp-") as folder:
            file, packed = Path(folder, "collection.anki2"), Path(folder, "packed")
            with closing(sqlite3.connect(file, isolation_level=None)) as db:
                _fill(db, outgoing, now, memories or {}, marks or {}, list(reviews), retention, progress)
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write(file, "collection.anki2")
                archive.writestr("media", "{}")
            replace_file(path, before, packed.read_bytes())
    except FileChanged as error:
        raise ExchangeError(f"{path} was changed meanwhile; nothing was written.") from error
    except OSError as error:
        raise ExchangeError(f"{path} can't be written ({error.strerror or error}).") from error
    except sqlite3.Error as error:
        # Its collection is a temporary file first, for which there is no room.
        raise ExchangeError(
            f"{path} can't be written: in {tempfile.gettempdir()} no Anki collection can be made ({error})."
        ) from error


def _fill(
    db: sqlite3.Connection,
    outgoing: Outgoing,
    now: Moment,
    memories: Mapping[str, Memory],
    marks: Mapping[str, Mark],
    reviews: list[Sent],
    retention: float,
    progress: Progress | None,
) -> None:
    # The file has no name yet: if the machine stops, nothing is lost with it.
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.executescript(TABLES)
    db.execute("BEGIN")
    seconds, deck = now.at_ms // 1000, _deck_id(outgoing.name)
    types = own_types()
    ids = {name: _FIRST_TYPE + place for place, name in enumerate(types)}
    used = {note.type for note in outgoing.notes}
    models = {str(ids[name]): model(ids[name], types[name], deck, seconds) for name in types if name in used}
    # Days are counted from the first one that anything happened on.
    first = min((memory.last_day for memory in memories.values()), default=now.day)
    of_deck = AnkiDeck(outgoing.name, outgoing.about)
    parts: tuple[object, ...] = (conf(deck), models, decks({deck: of_deck}, seconds), deck_config(), {})
    col = (1, _start_of(first, now), now.at_ms, now.at_ms, 11, 0, 0, 0, *map(_json, parts))
    db.execute(f"INSERT INTO col VALUES ({_marks(13)})", col)
    card_ids: dict[str, int] = {}
    next_id = now.at_ms
    for place, note in enumerate(counted(outgoing.notes, progress)):
        sort = text_of(note.fields[0])[0]
        checksum = int(hashlib.sha1(sort.encode(), usedforsecurity=False).hexdigest()[:8], 16)
        tags = f" {' '.join(note.tags)} " if note.tags else ""
        row = (
            now.at_ms + place,
            note.guid,
            ids[note.type],
            seconds,
            -1,
            tags,
            "\x1f".join(note.fields),
            sort,
        )
        db.execute(f"INSERT INTO notes VALUES ({_marks(11)})", (*row, checksum, 0, ""))
        for ord_, key in sorted(note.cards.items()):
            mark = marks.get(key, Mark())
            due = _due(memories.get(key), mark, place + 1, first, now, retention)
            head = (next_id, now.at_ms + place, deck, ord_, seconds, -1)
            db.execute(
                f"INSERT INTO cards VALUES ({_marks(18)})",
                (*head, *due[:8], 0, 0, int(mark.flagged), due.data),
            )
            card_ids[key] = next_id
            next_id += 1
    _put_reviews(db, reviews, card_ids)
    db.execute("COMMIT")


def _put_reviews(db: sqlite3.Connection, reviews: list[Sent], card_ids: Mapping[str, int]) -> None:
    used: set[int] = set()
    for one in sorted(reviews, key=lambda review: review.at_ms):
        if one.key not in card_ids:
            continue
        # Its time is its id.
        id_ = one.at_ms
        while id_ in used:
            id_ += 1
        used.add(id_)
        row = (id_, card_ids[one.key], -1, one.ease, one.interval, one.before, _FACTOR, one.ms, one.type)
        db.execute(f"INSERT INTO revlog VALUES ({_marks(9)})", row)


def _due(memory: Memory | None, mark: Mark, position: int, first: str, now: Moment, retention: float) -> _Due:
    hidden = -1 if mark.suspended else -3 if mark.hides(now.day) else None
    if memory is None:
        return _Due(0, 0 if hidden is None else hidden, position, 0, 0, 0, 0, 0, "{}")
    type_ = {State.LEARNING: 1, State.REVIEW: 2, State.RELEARNING: 3}[memory.state]
    interval = 0
    if memory.due_day is not None:
        due = _days(first, memory.due_day)
        interval = max(1, _days(memory.last_day, memory.due_day))
        queue = 2 if type_ == 2 else 3
    elif type_ == 2:
        due, interval, queue = _days(first, now.day), 1, 2
    else:
        due, queue = (memory.due_ms or now.at_ms) // 1000, 1
        interval = 1 if type_ == 3 else 0
    state = {"s": round(memory.stability, 4), "d": round(memory.difficulty, 3)}
    state |= {"dr": retention, "decay": _DECAY, "lrt": memory.last_ms // 1000}
    factor = 0 if type_ == 1 else _FACTOR
    left = 0 if type_ == 2 else 1001
    shown = queue if hidden is None else hidden
    return _Due(type_, shown, due, interval, factor, memory.grades, memory.lapses, left, _json(state))


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _start_of(day: str, now: Moment) -> int:
    """The second at which a study day starts, at four in the morning."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return int((midnight + timedelta(hours=4) - timedelta(minutes=now.offset_min)).timestamp())


def _deck_id(name: str) -> int:
    if name.casefold() == "default":
        # Every collection has one of that name, and no two of one name.
        return 1
    digest = int.from_bytes(hashlib.sha256(name.encode()).digest()[:6])
    return 1_500_000_000_000 + digest % 100_000_000_000


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _marks(count: int) -> str:
    return ", ".join("?" * count)
