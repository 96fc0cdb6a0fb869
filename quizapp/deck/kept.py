"""Drafts on disk: what was typed into forms and is not saved, one file a draft.

Whoever writes a draft writes only over what they wrote or read last themselves. Of two programs with the same
form open, neither wipes what the other one holds: the second takes a name of its own.
"""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from quizapp.deck.form import Draft
from quizapp.deck.replace import FileChanged, replace_file

_SUFFIX, _DAMAGED = ".json", ".damaged"
_DIGITS = 16


class Form(NamedTuple):
    """Which form a draft is of. deck: the deck's id. card: the card's key, "" for a new one. origin: the key
    of the card that a new one began with."""

    deck: str
    card: str
    origin: str


class Kept(Struct, frozen=True):
    """A draft. first: what the fields held before anything was typed. title: the deck's. at_ms: when it was
    last changed."""

    form: Form
    first: Draft
    draft: Draft
    title: str
    at_ms: int


class Slip(NamedTuple):
    """A draft's file, and what it held when it was written or read last."""

    path: Path
    data: bytes


class Found(NamedTuple):
    """What there was of a form. troubles: what could not be read, and where it is now, for people."""

    kept: Kept | None = None
    slip: Slip | None = None
    troubles: tuple[str, ...] = ()


def put(folder: Path, kept: Kept, slip: Slip | None) -> Slip:
    """Write a draft; where it lies now. slip: its file until now. Raises OSError, and UnicodeError for text
    that no file can hold."""
    data = msgspec.json.encode(kept)
    if slip is not None:
        with suppress(FileChanged):
            replace_file(slip.path, slip.data, data)
            return Slip(slip.path, data)
    for number in count(1):
        path = folder / f"{_stem(kept.form)}{'' if number == 1 else f'-{number}'}{_SUFFIX}"
        with suppress(FileChanged):
            replace_file(path, None, data)
            return Slip(path, data)
    raise AssertionError("numbers do not end")


def take_away(slip: Slip) -> None:
    """Remove a draft's file, unless somebody else wrote it since. Raises OSError."""
    with suppress(FileNotFoundError):
        if slip.path.read_bytes() == slip.data:
            slip.path.unlink()


def find(folder: Path, form: Form) -> Found:
    """The newest draft of a form. What is damaged is kept beside, under another name."""
    found = Found()
    for path in sorted(folder.glob(f"{_stem(form)}*{_SUFFIX}")):
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            continue  # saved by another program this instant
        except OSError as error:
            trouble = f"A draft can't be read ({error.strerror or error}). It is kept: {path}"
            found = found._replace(troubles=(*found.troubles, trouble))
            continue
        try:
            kept = msgspec.json.decode(data, type=Kept)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            found = found._replace(troubles=(*found.troubles, _set_aside(path)))
            continue
        if kept.form == form and (found.kept is None or kept.at_ms > found.kept.at_ms):
            found = found._replace(kept=kept, slip=Slip(path, data))
    return found


def _stem(form: Form) -> str:
    """How the names of a form's files begin: no name of a deck or text of a card has a sign that no file may
    have."""
    return sha256(json.dumps(form).encode()).hexdigest()[:_DIGITS]


def _set_aside(path: Path) -> str:
    """Give a damaged file another name, and say so."""
    names = (path.with_suffix(f"{_DAMAGED}{number or ''}") for number in count())
    to = next(name for name in names if not name.exists())
    try:
        path.rename(to)
    except OSError:
        to = path
    return f"A draft of this card is damaged and can't be read. The file is kept: {to}"
