"""Reading an Anki package. Its SQLite file is opened read-only, and only plain tables in it are read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from quizapp.anki.archive import LIMIT, unpacked
from quizapp.anki.blob import BlobError, integer, message, text
from quizapp.deck.exchange.anki_notes import (
    AnkiCard,
    AnkiDeck,
    AnkiNote,
    Collection,
    NoteType,
    Review,
    Template,
)
from quizapp.deck.exchange.draft import ExchangeError

T = TypeVar("T")

_OLDEST, _NEWEST = 11, 18
"""The schemas that are known. From 15 on note types and decks have tables of their own."""
_TABLES = ("col", "notes", "cards", "revlog")
_NEW_TABLES = ("notetypes", "fields", "templates", "decks")
_MOST_BYTES = 64 << 20
"""No field of a row has more."""
_TOGETHER = 500
"""So many rows are looked at in one go."""
_LATEST_MS = 4_102_444_800_000
"""2100-01-01: a review later than this, or before 1970, has no day."""


class _StrangeError(Exception):
    """Something in the file is not what Anki writes. Its text says what."""


def read_collection(path: Path, *, history: bool = True, limit: int = LIMIT) -> Collection:
    """What an Anki package holds, without its reviews unless `history`. Raises ExchangeError.

    limit: how many bytes it may unpack to.
    """
    with unpacked(path, limit=limit) as file:
        try:
            with closing(_connect(file)) as db:
                return _read(path, db, history=history)
        except (sqlite3.Error, _StrangeError, BlobError, msgspec.DecodeError, RecursionError) as error:
            raise ExchangeError(
                f"The Anki collection in {path} can't be read: {error}. Check it in Anki (Tools › Check "
                "Database) and export it once more. Nothing was changed."
            ) from error


def _connect(file: Path) -> sqlite3.Connection:
    db = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    try:
        # Extensions can't be loaded unless that is switched on. Views, triggers and functions that the file
        # itself brings along are not run.
        for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON", "mmap_size = 0"):
            db.execute(f"PRAGMA {pragma}")
        if hasattr(db, "setconfig"):  # Python 3.12
            for name, on in (("DEFENSIVE", True), ("ENABLE_TRIGGER", False), ("ENABLE_VIEW", False)):
                db.setconfig(getattr(sqlite3, f"SQLITE_DBCONFIG_{name}"), on)
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_BYTES)
        # Names are compared by it in Anki; indexes need it to be there.
        db.create_collation("unicase", _unicase)
        db.text_factory = _as_text
        db.set_authorizer(_allow)
    except BaseException:
        # Whoever gets no connection can't close it; what was raised goes on.
        db.close()
        raise
    return db


def _unicase(one: str, other: str) -> int:
    a, b = one.casefold(), other.casefold()
    return (a > b) - (a < b)


def _as_text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _allow(action: int, *_: object) -> int:
    """Reading, and nothing else: no function, no pragma, no attaching of other files."""
    return (
        sqlite3.SQLITE_OK if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ) else sqlite3.SQLITE_DENY
    )


def _read(path: Path, db: sqlite3.Connection, *, history: bool) -> Collection:
    tables = _plain_tables(db)
    missing = [name for name in _TABLES if name not in tables]
    if missing:
        raise _StrangeError(f"it has no table {missing[0]}")
    version, changed, models, decks = _row(
        db, "SELECT ver, mod, models, decks FROM col", (int, int, str, str)
    )
    if not _OLDEST <= version <= _NEWEST:
        raise ExchangeError(
            f"{path} has a collection of another Anki than quizapp knows (schema {version}; it knows "
            f"{_OLDEST} to {_NEWEST}). In Anki, tick “Support older Anki versions” when you export. "
            "Nothing was changed."
        )
    if "notetypes" in tables:
        if absent := [name for name in _NEW_TABLES if name not in tables]:
            raise _StrangeError(f"it has no table {absent[0]}")
        types, named = _new_types(db), _new_decks(db)
    else:
        types, named = _old_types(models), _old_decks(decks)
    cards = _cards(db)
    notes = _rows(db, "SELECT id, mid, tags, flds FROM notes ORDER BY id", (int, int, str, str))
    return Collection(
        types=types,
        decks=named,
        notes=tuple(
            AnkiNote(id_, type_, tuple(tags.split()), tuple(fields.split("\x1f")), tuple(cards.get(id_, ())))
            for id_, type_, tags, fields in notes
        ),
        reviews=tuple(_reviews(db)) if history else (),
        changed_ms=changed,
    )


def _plain_tables(db: sqlite3.Connection) -> set[str]:
    """The names of the tables that are just that: no views, and nothing that computes what it holds."""
    found: set[str] = set()
    for kind, name, sql in db.execute("SELECT type, name, sql FROM sqlite_master"):
        # A table whose columns are computed, or that another module fills, is not Anki's.
        words = str(sql).upper().split()
        if kind == "table" and words[:2] == ["CREATE", "TABLE"] and not {"GENERATED", "AS"} & set(words):
            found.add(str(name).lower())
    return found


def _cards(db: sqlite3.Connection) -> dict[int, list[AnkiCard]]:
    sql = "SELECT id, nid, ord, did, odid, queue, type, flags FROM cards ORDER BY nid, ord"
    found: dict[int, list[AnkiCard]] = {}
    for id_, note, ord_, deck, home, queue, type_, flags in _rows(db, sql, (int,) * 8):
        # odid: where a card is from that stands in a filtered deck for a while.
        found.setdefault(note, []).append(
            AnkiCard(id_, ord_, home or deck, queue == -1, queue in (-2, -3), flags & 7 > 0, type_ > 0)
        )
    return found


def _reviews(db: sqlite3.Connection) -> Iterator[Review]:
    sql = "SELECT id, cid, ease, type, factor, time FROM revlog ORDER BY id"
    reviews = map(Review._make, _rows(db, sql, (int,) * 6))
    return (review for review in reviews if 0 <= review.at_ms < _LATEST_MS)


# ---- note types and decks


def _old_types(models: str) -> dict[int, NoteType]:
    """Up to schema 14 they are JSON."""

    def one(model: Mapping[str, Any]) -> NoteType:
        templates = [
            Template(int(template["ord"]), str(template["qfmt"]), str(template["afmt"]))
            for template in model["tmpls"]
        ]
        fields = sorted(model["flds"], key=lambda field: int(field["ord"]))
        names = tuple(str(field["name"]) for field in fields)
        return NoteType(str(model["name"]), names, tuple(sorted(templates)), int(model.get("type", 0)) == 1)

    return _from_json(models, one)


def _old_decks(decks: str) -> dict[int, AnkiDeck]:
    return _from_json(decks, lambda deck: AnkiDeck(str(deck["name"]), str(deck.get("desc", ""))))


def _from_json(given: str, make: Callable[[Mapping[str, Any]], T]) -> dict[int, T]:
    found = msgspec.json.decode(given)
    try:
        return {int(id_): make(item) for id_, item in found.items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _StrangeError(f"its list of note types or decks is not as Anki writes it ({error})") from error


def _new_types(db: sqlite3.Connection) -> dict[int, NoteType]:
    fields: dict[int, list[str]] = {}
    for id_, name in _rows(db, "SELECT ntid, name FROM fields ORDER BY ntid, ord", (int, str)):
        fields.setdefault(id_, []).append(name)
    templates: dict[int, list[Template]] = {}
    sql = "SELECT ntid, ord, config FROM templates ORDER BY ntid, ord"
    for id_, ord_, config in _rows(db, sql, (int, int, bytes)):
        templates.setdefault(id_, []).append(Template(ord_, text(config, 1), text(config, 2)))
    return {
        id_: NoteType(
            name, tuple(fields.get(id_, ())), tuple(templates.get(id_, ())), integer(config, 1) == 1
        )
        for id_, name, config in _rows(db, "SELECT id, name, config FROM notetypes", (int, str, bytes))
    }


def _new_decks(db: sqlite3.Connection) -> dict[int, AnkiDeck]:
    return {
        # A normal deck is field 1 of its kind, and what is said of it field 4 there.
        id_: AnkiDeck(name.replace("\x1f", "::"), text(message(kind, 1), 4))
        for id_, name, kind in _rows(db, "SELECT id, name, kind FROM decks", (int, str, bytes))
    }


# ---- rows


def _rows(db: sqlite3.Connection, sql: str, types: tuple[type, ...]) -> Iterator[Any]:
    """Rows whose columns have these types; a column of any type may hold anything in SQLite."""
    found = db.execute(sql)
    while rows := found.fetchmany(_TOGETHER):
        for column, type_ in zip(zip(*rows, strict=True), types, strict=True):
            if others := set(map(type, column)) - {type_}:
                kinds = ", ".join(sorted(other.__name__ for other in others))
                raise _StrangeError(f"a row has other types than Anki writes: {kinds} for {sql}")
        yield from rows


def _row(db: sqlite3.Connection, sql: str, types: tuple[type, ...]) -> Any:
    for row in _rows(db, sql, types):
        return row
    raise _StrangeError("it says nothing of itself")
