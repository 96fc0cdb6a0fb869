"""A deck as the file of another program."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct, structs

from quizapp.deck.card import Deck
from quizapp.deck.exchange.anki import Progress, counted
from quizapp.deck.exchange.anki_export import Outgoing, notes_of
from quizapp.deck.exchange.draft import LEFT_OUT, Draft, ExchangeError, Loss, draft_of
from quizapp.deck.exchange.formats import FORMATS, format_named
from quizapp.deck.exchange.valid import valid
from quizapp.deck.file import bytes_of, text_of
from quizapp.deck.replace import FileChanged, replace_file
from quizapp.deck.tables import quoted
from quizapp.exchanging.incoming import PACKAGE, PACKAGES
from quizapp.problem import Problem
from quizapp.record import Moment, Ref
from quizapp.scores.log import Log
from quizapp.sitting.exporting import sent_reviews

SUFFIXES = {PACKAGE: PACKAGES[0], **{known.name: known.suffixes[0] for known in FORMATS}}
"""How the files of each format end that a deck can be written in."""


class ThereError(ExchangeError):
    """There is a file already, which is replaced only if somebody says so."""


class Parcel(Struct, frozen=True):
    """A deck made ready to be written. cards: how many go into it. losses: what the format can't hold. text:
    of the file; notes: of a package, in its place."""

    format: str
    cards: int
    losses: tuple[Loss, ...]
    text: str = ""
    notes: Outgoing | None = None


def parcel(deck: Deck, format_name: str) -> Parcel:
    """The deck in a format. Raises ExchangeError."""
    draft = _draft(deck)
    if format_name == PACKAGE:
        notes = notes_of(draft, deck)
        # It names the cards with a problem and the deck's keys itself, but no key that no card has.
        keys = (loss for loss in valid(draft).losses if loss.place and not loss.what.startswith(LEFT_OUT))
        return Parcel(PACKAGE, len(deck.cards), (*keys, *notes.losses), notes=notes)
    draft = valid(draft)
    # What is wrong with the deck itself is named once, whatever the format looks at.
    text, losses = format_named(format_name).write(structs.replace(draft, losses=()))
    gone = sum(loss.what.startswith(LEFT_OUT) for loss in losses)
    return Parcel(format_name, len(draft.entries) - gone, (*draft.losses, *losses), text)


def _draft(deck: Deck) -> Draft:
    data = bytes_of(deck.path, str(deck.path), folder=("this is a folder, not a deck", ""))
    text = data if isinstance(data, Problem) else text_of(data, str(deck.path))
    if isinstance(text, Problem):
        raise ExchangeError(f"{text}.")
    try:
        return draft_of(text)
    except ValueError as error:
        raise ExchangeError(f"{deck.path} has problems; mend them first: quizapp check {deck.id}.") from error


def held(file: Path, *, replace: bool) -> bytes | None:
    """What is in a file that a deck is to be written to; None where there is none. Raises ThereError
    unless it may be replaced, and ExchangeError where it can't."""
    if not os.path.exists(file.parent):  # noqa: PTH110 - unlike Path.exists, it never raises for odd names
        raise ExchangeError(f"There is no folder {quoted(str(file.parent))} to put {quoted(file.name)} in.")
    try:
        found = file.read_bytes()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _unwritable(file, error) from error
    if not replace:
        raise ThereError(f"There is a file {file} already.")
    return found


def write(file: Path, made: Parcel, before: bytes | None) -> None:
    """Write a deck's text. before: what the file held. Raises ExchangeError; then it is as it was."""
    try:
        replace_file(file, before, made.text.encode("utf-8"))
    except FileChanged as error:
        raise ExchangeError(f"{file} was changed meanwhile; nothing was written.") from error
    except OSError as error:
        raise _unwritable(file, error) from error


def write_package(
    file: Path,
    notes: Outgoing,
    before: bytes | None,
    deck: Deck,
    log: Log,
    now: Moment,
    retention: float,
    progress: Progress | None = None,
) -> None:
    """Write a deck's package, with what is remembered of its cards. before: what the file held. retention:
    what the cards are studied for. progress: told how many cards and notes are done.

    Raises ExchangeError, ScoresError and Cancelled; then the file is as it was.
    """
    from quizapp.anki.write import write_package  # only packages need SQLite

    refs = [Ref(deck.id, card.key) for card in deck.cards]
    of = len(refs) + len(notes.notes)

    def tell(done: int) -> bool:
        return progress is None or progress(done, of)

    write_package(
        file,
        notes,
        now,
        memories={ref.card: memory for ref, memory in log.memories([deck.id]).items()},
        marks={ref.card: mark for ref, mark in log.marks([deck.id]).items()},
        reviews=list(sent_reviews(log, counted(refs, lambda done, _: tell(done)))),
        retention=retention,
        before=before,
        progress=lambda done, _: tell(len(refs) + done),
    )


def _unwritable(file: Path, error: OSError | ValueError) -> ExchangeError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return ExchangeError(f"{file} can't be written ({reason}).")
