"""The scores file's shape: numbered steps that are only ever added to.

`PRAGMA user_version` holds how many steps a file has been through. Tables are not STRICT, since a system's
SQLite may be 3.34: each column checks its own type instead.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

APPLICATION_ID = 0x51755A61
"""'QuZa': marks a file as a scores file."""


def _first(db: sqlite3.Connection) -> None:
    text = "TEXT NOT NULL CHECK (typeof({0}) = 'text')"
    whole = "INTEGER NOT NULL CHECK (typeof({0}) = 'integer')"
    flag = "INTEGER NOT NULL CHECK ({0} IN (0, 1) AND typeof({0}) = 'integer')"
    number = "REAL NOT NULL CHECK (typeof({0}) = 'real')"

    def table(name: str, columns: dict[str, str], key: str) -> str:
        rows = ", ".join(f"{column} {kind.format(column)}" for column, kind in columns.items())
        return f"CREATE TABLE {name} ({rows}, PRIMARY KEY ({key})) WITHOUT ROWID"

    def maybe(kind: str, type_: str) -> str:
        return f"{kind} CHECK (typeof({{0}}) IN ('{type_}', 'null'))"

    when = {"id": text, "device": text, "at_ms": whole, "offset_min": whole, "day": text}
    outcomes = "TEXT NOT NULL CHECK ({0} IN ('right', 'wrong', 'timeout', 'skipped'))"
    statements = [
        # The log. Triggers below hold that its rows are never changed or deleted.
        table(
            "answer",
            when
            | {
                "deck": text,
                "card": text,
                "session": text,
                "position": whole,
                "kind": text,
                "how": "TEXT NOT NULL CHECK ({0} IN ('chosen', 'typed', 'revealed'))",
                "k": maybe("INTEGER", "integer"),
                "variant": whole,
                "given": text,
                "outcome": outcomes,
                "grade": "INTEGER CHECK ({0} IS NULL OR {0} IN (1, 2, 3, 4))",
                "target": maybe("REAL", "real"),
                "latest": maybe("TEXT", "text"),
                "scheduler": maybe("TEXT", "text"),
                "hinted": flag,
                "repeat": flag,
                "scored": flag,
                "ms": whole,
            },
            "id",
        ),
        table("event", when | {"type": text, "subject": text, "body": text}, "id"),
        table(
            "scheduler",
            {"id": text, "parameters": text, "steps": text, "maximum_interval": whole},
            "id",
        ),
        table(
            "card_text",
            {"deck": text, "card": text, "kind": text, "prompt": text, "answer": text},
            "deck, card",
        ),
        # Caches: recomputed from the log at any time.
        table(
            "memory",
            {
                "deck": text,
                "card": text,
                "state": "INTEGER NOT NULL CHECK ({0} IN (1, 2, 3))",
                "step": maybe("INTEGER", "integer"),
                "stability": number,
                "difficulty": number,
                "last_ms": whole,
                "last_day": text,
                "due_ms": maybe("INTEGER", "integer"),
                "due_day": f"{maybe('TEXT', 'text')} CHECK (({{0}} IS NULL) <> (due_ms IS NULL))",
                "grades": whole,
            },
            "deck, card",
        ),
        table(
            "run",
            {
                "session": text,
                "deck": text,
                "content": text,
                "mode": text,
                "choices": text,
                "seconds": maybe("INTEGER", "integer"),
                "seed": whole,
                "at_ms": whole,
                "offset_min": whole,
                "day": text,
                "finished": flag,
                "drill": flag,
                "asked": whole,
                "right": whole,
                "score": number,
                "fresh": flag,
            },
            "session",
        ),
        "CREATE INDEX answer_card ON answer (deck, card, id)",
        "CREATE INDEX answer_deck ON answer (deck, id)",
        "CREATE INDEX answer_day ON answer (day)",
        "CREATE INDEX answer_session ON answer (session, id)",
        "CREATE INDEX answer_device ON answer (device, id)",
        "CREATE INDEX event_device ON event (device, id)",
        "CREATE INDEX event_subject ON event (subject, type, id)",
        "CREATE INDEX run_deck ON run (deck, mode, session)",
    ]
    for log in ("answer", "event", "scheduler", "card_text"):
        statements += [
            f"CREATE TRIGGER {log}_no_{verb.lower()} BEFORE {verb} ON {log} "
            f"BEGIN SELECT RAISE(ABORT, 'the log only grows'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    for statement in statements:
        db.execute(statement)


def _quiz_modes(db: sqlite3.Connection) -> None:
    """Runs know how many cards were asked for, whether certainties were, and the pace. Unfinished ones, which
    are few, are found without a look at all others."""
    for column in (
        "cards INTEGER CHECK (typeof(cards) IN ('integer', 'null'))",
        "certainty INTEGER NOT NULL DEFAULT 0 CHECK (certainty IN (0, 1) AND typeof(certainty) = 'integer')",
        "pace REAL NOT NULL DEFAULT 1.0 CHECK (typeof(pace) = 'real')",
    ):
        db.execute(f"ALTER TABLE run ADD COLUMN {column}")
    db.execute("CREATE INDEX run_unfinished ON run (session) WHERE finished = 0")


def _marks(db: sqlite3.Connection) -> None:
    """Cards can be suspended, buried and flagged, and memories count lapses: −1 until they are recomputed.
    What is due, and events of one type, are found without a look at all others."""
    for statement in (
        "CREATE TABLE mark (deck TEXT NOT NULL CHECK (typeof(deck) = 'text'), "
        "card TEXT NOT NULL CHECK (typeof(card) = 'text'), "
        "suspended INTEGER NOT NULL CHECK (suspended IN (0, 1) AND typeof(suspended) = 'integer'), "
        "buried TEXT CHECK (typeof(buried) IN ('text', 'null')), "
        "flagged INTEGER NOT NULL CHECK (flagged IN (0, 1) AND typeof(flagged) = 'integer'), "
        "PRIMARY KEY (deck, card)) WITHOUT ROWID",
        "ALTER TABLE memory ADD COLUMN lapses INTEGER NOT NULL DEFAULT -1 CHECK (typeof(lapses) = 'integer')",
        "CREATE INDEX memory_stale ON memory (deck) WHERE lapses < 0",
        "CREATE INDEX memory_due_day ON memory (due_day) WHERE due_day IS NOT NULL",
        "CREATE INDEX memory_due_ms ON memory (due_ms) WHERE due_ms IS NOT NULL",
        "CREATE INDEX event_type ON event (type, id)",
    ):
        db.execute(statement)


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first, _quiz_modes, _marks)
VERSION = len(STEPS)


def migrate(db: sqlite3.Connection) -> None:
    """Bring the file to VERSION, in one transaction; a file at VERSION is not written to.

    The version is read again inside the transaction: two programs may open a new file at the same time.
    """
    if _version(db) == VERSION:
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        for step in STEPS[_version(db) :]:
            step(db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        # Also where Ctrl+C came: all steps or none. What was raised goes on.
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _version(db: sqlite3.Connection) -> int:
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    return version
