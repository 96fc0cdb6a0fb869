"""The reviews that come with decks, and taking an import back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import structs

from quizapp.day import local_offset, study_day
from quizapp.deck.exchange.anki import Progress
from quizapp.deck.exchange.anki_past import history_of
from quizapp.exchanging.arriving import Arriving, remove_unchanged
from quizapp.exchanging.incoming import Package
from quizapp.record import Event, EventType
from quizapp.scores.log import Log
from quizapp.scores.store import Store
from quizapp.sitting import Clock, importing
from quizapp.words import count


class Came(NamedTuple):
    """What came of a history. manual, strays, bare: as a History has them."""

    brought: importing.Brought
    manual: int
    strays: int
    bare: int

    @property
    def headline(self) -> str:
        """`12 reviews of 4 cards in the log`."""
        return f"{count(self.brought.answers, 'review')} of {count(self.brought.cards, 'card')} in the log"

    @property
    def notes(self) -> list[str]:
        """What did not come, or moved nothing."""
        said = [
            f"{count(number, 'review')} {what}"
            for number, what in (
                (self.brought.known, "in the log already"),
                (self.brought.late, "moved nothing, since the log has a later answer of their card"),
                (self.manual, "set by hand, without an answer"),
                (self.strays, "of cards that were not taken over"),
            )
            if number
        ]
        if self.bare:
            said.append(f"{count(self.bare, 'card')} scheduled without a review; new here")
        return said


def renamed(package: Package, ids: Mapping[str, str]) -> Package:
    """The package with other ids for its decks. ids: the new ones by the old."""
    taken = package.taken
    drafts = {ids.get(id_, id_): draft for id_, draft in taken.drafts.items()}
    origins = {ids.get(id_, id_): found for id_, found in taken.origins.items()}
    return package._replace(taken=structs.replace(taken, drafts=drafts, origins=origins))


def bring(
    store: Store,
    clock: Clock,
    package: Package,
    decks: Sequence[Arriving],
    *,
    source: str,
    rollover_hour: int,
    write: Callable[[], object],
    progress: Progress | None = None,
) -> Came:
    """Write the reviews of a package into the log, and its decks. Raises ScoresError, Cancelled, and what
    `write` does.

    write: writes the decks, as late as can be: if the machine stops meanwhile, there is no deck without its
    history. source: the file's name. rollover_hour: when a study day begins.
    """
    changed = package.collection.changed_ms
    last_day = study_day(changed, local_offset(changed), rollover_hour)
    past = history_of(package.collection, package.taken, {one.id: one.deck for one in decks}, last_day)
    brought = importing.bring_history(
        store,
        clock,
        past.cards,
        past.past,
        past.marks,
        source=source,
        files={one.id: one.digest for one in decks},
        rollover_hour=rollover_hour,
        progress=progress,
        last=write,
    )
    return Came(brought, past.manual, past.strays, past.bare)


def foreseen(package: Package, decks: Sequence[Arriving]) -> Came:
    """What would come of a history if nothing of it was in the log yet."""
    # Which cards were buried, which a day tells, is not asked for.
    past = history_of(package.collection, package.taken, {one.id: one.deck for one in decks}, "1970-01-01")
    cards = {one.ref for one in past.past}
    brought = importing.Brought("", len(past.past), 0, 0, len(cards))
    return Came(brought, past.manual, past.strays, past.bare)


# ---- taking back


class Into(NamedTuple):
    """What an import wrote into a deck that was there. deck: its id. path: of its file. written: by the key
    of each new entry's first card, what the entry is known by."""

    deck: str
    path: Path
    written: Mapping[str, str]

    def body(self) -> dict[str, object]:
        """As the log has it."""
        return {"deck": self.deck, "path": str(self.path), "cards": dict(self.written)}

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Into:
        """From what the log has."""
        cards = {str(key): str(known) for key, known in body.get("cards", {}).items()}
        return cls(str(body.get("deck", "")), Path(str(body.get("path", ""))), cards)


class Import(NamedTuple):
    """An import that the log knows. session: its id. decks: their ids. files: by them, what each deck's file
    was known by when it was written. reviews: how many of it count. into: where it came into a deck that was
    there."""

    session: str
    at_ms: int
    offset_min: int
    source: str
    decks: tuple[str, ...]
    files: Mapping[str, str]
    reviews: int
    taken_back: bool
    into: Into | None = None


def known_imports(log: Log) -> list[Import]:
    """All imports that the log knows, the oldest first: those with a history, and those into a deck that was
    there."""
    undone = {event.subject for event in log.events(EventType.UNDO)}
    return [_import(log, event, taken_back=event.id in undone) for event in importing.imports(log)]


def _import(log: Log, event: Event, *, taken_back: bool) -> Import:
    body = event.body
    return Import(
        event.subject,
        event.at_ms,
        event.offset_min,
        str(body.get("source", "")),
        tuple(map(str, body.get("decks", ()))),
        {str(id_): str(digest) for id_, digest in body.get("files", {}).items()},
        len(log.session_answers(event.subject)),
        taken_back,
        Into.of(body["into"]) if body.get("into") else None,
    )


def take_import_back(
    store: Store, clock: Clock, session: str, files: Mapping[Path, str], folder: Path
) -> list[Path]:
    """Take back what an import brought: its reviews, and the files that are still as they were written. Which
    files stay. Raises ScoresError.

    session: "" where no history came. files: by their paths, what they were written with is known
    by. folder: of decks, in which they are.
    """
    if session:
        importing.take_back(store, clock, session)
    return [path for path, digest in files.items() if not remove_unchanged(path, digest, folder)]
