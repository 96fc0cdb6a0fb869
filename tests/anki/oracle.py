"""The real Anki, by its own library from PyPI: makes packages, takes them in, and says what is in it."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

try:
    from anki.collection import (
        Collection,
        ExportAnkiPackageOptions,
        ImportAnkiPackageOptions,
        ImportAnkiPackageRequest,
    )
    from anki.decks import DeckId
    from anki.notes import Note
except ImportError:
    pytest.skip(
        "the real Anki, an oracle of these tests, has no wheel for this machine", allow_module_level=True
    )

if TYPE_CHECKING:
    from anki.cards import CardId  # Anki's own modules can't be imported in any order

DAY_MS = 86_400_000


class AnkiCardRow(NamedTuple):
    """A card as Anki has it. front, back: as it renders them, HTML."""

    note_type: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ord: int
    deck: str
    type: int
    queue: int
    due: int
    interval: int
    factor: int
    reps: int
    lapses: int
    flags: int
    data: dict[str, Any]


class Oracle:
    """A collection of Anki in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "collection.anki2"

    def __enter__(self) -> Oracle:
        self.col = Collection(str(self.path))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.col.close()

    def add(
        self, note_type: str, fields: Sequence[str], *, deck: str = "Default", tags: Sequence[str] = ()
    ) -> Note:
        """Add a note."""
        model = self.col.models.by_name(note_type)
        if model is None:
            raise LookupError(note_type)
        note = self.col.new_note(model)
        note.fields = list(fields)
        note.tags = list(tags)
        self.col.add_note(note, DeckId(self.col.decks.id(deck) or 1))
        return note

    def review_all(self, times: int, *, seed: int = 1, at_noon: bool = False) -> None:
        """Give every card this many reviews in the past, days apart, and a schedule that goes with them."""
        chance = random.Random(seed)
        rows: list[tuple[int, ...]] = []
        used: set[int] = set()
        noon = time.time_ns() // 1_000_000 // DAY_MS * DAY_MS + DAY_MS // 2
        for card in self.card_ids():
            at = noon - 400 * DAY_MS + chance.randrange(30) * DAY_MS
            for number in range(times):
                # A review's time is its id; at noon all clocks agree on the day.
                id_ = at + (0 if at_noon else chance.randrange(DAY_MS // 3))
                while id_ in used:
                    id_ += 1
                used.add(id_)
                ease = chance.choice((1, 2, 3, 3, 3, 4)) if number else 3
                type_ = 0 if number == 0 else 1
                rows.append((id_, card, -1, ease, 10, 5, 2500, 4000 + number, type_))
                at += chance.randrange(2, 30) * DAY_MS
        self._db.executemany("insert into revlog values (?,?,?,?,?,?,?,?,?)", rows)
        self._db.execute("update cards set type=2, queue=2, due=10, ivl=10, factor=2500, reps=?", times)

    def log_review(self, card: int, at_ms: int, *, ease: int, type_: int = 1, factor: int = 2500) -> None:
        """Put one row into the review log."""
        self._db.execute(
            "insert into revlog values (?,?,-1,?,10,5,?,4000,?)", at_ms, card, ease, factor, type_
        )

    def forget_log(self, card: int) -> None:
        """Take a card's reviews out of the log; its schedule stays."""
        self._db.execute("delete from revlog where cid = ?", card)

    def card_ids(self) -> list[CardId]:
        """The ids of all cards, by note and template."""
        return list(self._db.list("select id from cards order by nid, ord"))

    def fsrs_states(self) -> dict[str, tuple[float, float]]:
        """By the first field: the stability and difficulty that Anki's FSRS computes from the review log."""
        found = {}
        for id_ in self.card_ids():
            state = self.col.compute_memory_state(id_)
            if state.stability is not None and state.difficulty is not None:
                found[self.col.get_card(id_).note().fields[0]] = (state.stability, state.difficulty)
        return found

    @property
    def _db(self) -> Any:
        return self.col.db

    def export(self, path: Path, *, legacy: bool = False, history: bool = True) -> Path:
        """Write an `.apkg` of everything."""
        options = ExportAnkiPackageOptions(
            with_scheduling=history, with_deck_configs=True, with_media=True, legacy=legacy
        )
        self.col.export_anki_package(out_path=str(path), options=options, limit=None)
        return path

    def export_collection(self, path: Path, *, legacy: bool = False) -> Path:
        """Write a `.colpkg`; the collection is open again afterwards."""
        self.col.export_collection_package(out_path=str(path), include_media=True, legacy=legacy)
        self.col = Collection(str(self.path))
        return path

    def take(self, path: Path, *, history: bool = True) -> None:
        """Import an `.apkg`; notes that are there already are updated."""
        options = ImportAnkiPackageOptions(
            merge_notetypes=True, with_scheduling=history, with_deck_configs=False
        )
        self.col.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options))

    def cards(self) -> list[AnkiCardRow]:
        """All cards, by note and template."""
        rows = []
        for id_ in self.card_ids():
            card = self.col.get_card(id_)
            note = card.note()
            data = self._db.scalar("select data from cards where id = ?", id_)
            rows.append(
                AnkiCardRow(
                    str(card.note_type()["name"]),
                    tuple(note.fields),
                    tuple(note.tags),
                    card.ord,
                    self.col.decks.name(card.did),
                    int(card.type),
                    int(card.queue),
                    card.due,
                    card.ivl,
                    card.factor,
                    card.reps,
                    card.lapses,
                    card.flags,
                    json.loads(data) if data else {},
                )
            )
        return rows

    def sides(self) -> list[tuple[str, str]]:
        """Both sides of all cards as Anki renders them."""
        cards = map(self.col.get_card, self.card_ids())
        return [(card.question(), card.answer()) for card in cards]

    def problems(self) -> str:
        """What Anki's own check of the collection has mended; "" if there was nothing."""
        report, _ = self.col.fix_integrity()
        lines = [line for line in report.splitlines() if "rebuilt and optimized" not in line]
        return "\n".join(lines)

    def reviews(self) -> list[tuple[int, ...]]:
        """Of each review: its time in ms, ease, interval, the one before, the ms it took, and its type."""
        found = self._db.all("select id, ease, ivl, lastIvl, time, type from revlog order by id")
        return [tuple(row) for row in found]

    @property
    def today(self) -> int:
        """Days since the collection was made: what the due dates of reviews count in."""
        return int(self.col.sched.today)
