"""What would come of a file: decks with their cards, what can't be taken over, and what is not clear yet."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, structs

from quizapp.deck.card import Card
from quizapp.deck.exchange.anki import Progress, drafts_of
from quizapp.deck.exchange.anki_past import History, history_of
from quizapp.deck.exchange.draft import Draft, ExchangeError, Loss
from quizapp.deck.exchange.formats import FORMATS, format_named, format_of
from quizapp.deck.library import Library
from quizapp.deck.text import collapse
from quizapp.exchanging.arriving import Arriving, arriving, free_id, id_of, path_of, title_of, titled
from quizapp.exchanging.history import renamed
from quizapp.exchanging.incoming import PACKAGE, TABLES, Package, is_package, read_package, text_in
from quizapp.exchanging.joining import Joining, Target, joining, past_of
from quizapp.exchanging.table import Table, table_of
from quizapp.words import count

_NAMES = tuple(known.name for known in FORMATS)
_ONE = "deck"
"""The id of the one deck that all of a package comes into, until it has a name."""


class Coming(Struct, frozen=True):
    """What would come, as far as it is known. format: "" while that is not clear. unclear: what must be said
    before anything can be written, in words.

    drafts: by the ids that they would have if those are free. decks: the same, read back, to be looked at.
    table, package: what it was read from; text: of what is no package. together: whether a package's decks
    become one. past: a package's reviews.

    target: the deck that is there and that all of it goes into, None for new ones. choices: what statements
    choose from there. joining: what would come to it, as its file is now.
    """

    file: Path
    format: str
    text: str = ""
    unclear: str = ""
    drafts: dict[str, Draft] = {}
    decks: tuple[Arriving, ...] = ()
    losses: tuple[Loss, ...] = ()
    table: Table | None = None
    package: Package | None = None
    together: bool = False
    past: History | None = None
    target: Target | None = None
    choices: tuple[str, ...] = ()
    joining: Joining | None = None

    @property
    def come(self) -> tuple[Card, ...]:
        """The cards that would come."""
        if self.joining is not None:
            return self.joining.joined.cards
        return tuple(card for one in self.decks for card in one.deck.cards)

    @property
    def cards(self) -> int:
        """How many cards would come."""
        if self.joining is not None:
            return len(self.joining.joined.cards)
        return sum(len(one.deck.cards) for one in self.decks)

    def package_for(self, id_: str) -> Package | None:
        """The package as that of this one deck; None if it is none."""
        return renamed(self.package, {_ONE: id_}) if self.package is not None else None

    @property
    def name(self) -> str:
        """What the deck is called, if it is one."""
        stem = title_of(self.file.stem)
        if len(self.decks) != 1 or self.together:
            return stem
        return collapse(str(self.drafts[self.decks[0].id].head.get("title") or stem))


def look_into(file: Path, progress: Progress) -> Coming:
    """What would come of a file, as it says itself. Raises ExchangeError, Cancelled; nothing is written."""
    if is_package(file):
        return _of_package(Coming(file, PACKAGE), read_package(file, progress=progress))
    text = text_in(file)
    try:
        named = format_of(file, text).name
    except ExchangeError as error:
        # Which format a text has can be said; what else is wrong was raised above.
        return Coming(file, "", text, str(error))
    return as_format(Coming(file, named, text), named)


def as_format(coming: Coming, named: str) -> Coming:
    """The file read as this format. It may be none of it: then that is what is unclear."""
    bare = structs.replace(_bare(coming), format=named)
    try:
        if named in TABLES:
            return as_table(bare, table_of(coming.text, "\t" if named == "tsv" else ""))
        return _of_text(bare, format_named(named).read(coming.text, choices=bare.choices))
    except ExchangeError as error:
        return structs.replace(bare, unclear=str(error))


def stepped_format(coming: Coming, steps: int) -> str:
    """The name of the text format so many places on."""
    place = _NAMES.index(coming.format) if coming.format else -1 if steps > 0 else 0
    return _NAMES[(place + steps) % len(_NAMES)]


def as_table(coming: Coming, table: Table) -> Coming:
    """The file read as a table like this."""
    bare = structs.replace(_bare(coming), table=table)
    if table.unclear:
        return structs.replace(bare, unclear=f"It is not clear how to read this table: {table.unclear}.")
    try:
        return _of_text(bare, table.draft(bare.choices))
    except ExchangeError as error:
        return structs.replace(bare, unclear=str(error))


def as_one(coming: Coming, *, together: bool, progress: Progress) -> Coming:
    """A package's decks as one, tagged by the deck they were in; or each by itself. Raises Cancelled."""
    if coming.package is None:
        return coming
    collection = coming.package.collection
    taken = drafts_of(collection, to=_ONE if together else "", progress=progress)
    return _of_package(structs.replace(_bare(coming), together=together), Package(collection, taken))


def as_into(coming: Coming, target: Target | None, progress: Progress) -> Coming:
    """All of it as cards for a deck that is there, or as new decks. Raises Cancelled."""
    try:
        choices = target.choices() if target is not None else ()
    except ExchangeError as error:
        return structs.replace(coming, target=target, joining=None, unclear=str(error))
    meant = structs.replace(coming, target=target, choices=choices)
    if coming.package is not None:
        return as_one(meant, together=target is not None, progress=progress)
    if coming.table is not None:
        return as_table(meant, coming.table)
    return as_format(meant, coming.format) if coming.format else meant


def _bare(coming: Coming) -> Coming:
    """The same file, for the same deck, with nothing read of it yet."""
    return Coming(coming.file, coming.format, coming.text, target=coming.target, choices=coming.choices)


def _joined(coming: Coming) -> Coming:
    """What of it would come to the deck that it is for."""
    if coming.target is None or coming.unclear:
        return coming
    (draft,) = coming.drafts.values()
    try:
        found = joining(draft, coming.target, named=coming.package is None)
        past = past_of(found, coming.package_for(coming.target.id))
    except ExchangeError as error:
        return structs.replace(coming, unclear=str(error))
    if not (found.writes or past.past or past.marks):
        there = count(found.joined.there, "card")
        known = (
            f"{there} {'is' if found.joined.there == 1 else 'are'} there already"
            if found.joined.there
            else ""
        )
        nothing = f"Nothing of it is new: {known}." if known else "Nothing of it can be taken over."
        return structs.replace(coming, joining=found, losses=found.joined.losses, unclear=nothing)
    past_here = past if coming.package is not None else None
    return structs.replace(coming, joining=found, losses=found.joined.losses, past=past_here)


def _of_text(coming: Coming, draft: Draft) -> Coming:
    if not draft.entries:
        unclear = f"There is no card in {coming.file.name} that can be taken over."
        return structs.replace(coming, losses=draft.losses, unclear=unclear)
    id_ = _ONE
    made = arriving(draft, id_, Path(f"{id_}.toml"))
    return _joined(structs.replace(coming, drafts={id_: draft}, decks=(made,), losses=draft.losses))


def _of_package(coming: Coming, package: Package) -> Coming:
    found = {id_: draft for id_, draft in package.taken.drafts.items() if draft.entries}
    losses = tuple(loss for draft in package.taken.drafts.values() for loss in draft.losses)
    decks = tuple(arriving(draft, id_, Path(f"{id_}.toml")) for id_, draft in found.items())
    # Which day the reviews were buried on does not matter for how many there are.
    past = history_of(package.collection, package.taken, {one.id: one.deck for one in decks}, "1970-01-01")
    unclear = "" if found else f"There is no card in {coming.file.name} that can be taken over."
    read = structs.replace(
        coming, unclear=unclear, drafts=found, decks=decks, losses=losses, package=package, past=past
    )
    return _joined(read)


# ---- names


def new_ids(coming: Coming, name: str, library: Library, folder: Path) -> dict[str, str]:
    """The ids that the decks get, by those of the drafts: none that a deck has. name: of a single deck.

    Raises BadNameError.
    """
    if not coming.decks:
        return {}
    if len(coming.decks) == 1:
        (one,) = coming.decks
        own = coming.package is not None and not coming.together and name == coming.name
        return {one.id: free_id(one.id if own else id_of(name), library, folder)}
    ids: dict[str, str] = {}
    for one in coming.decks:
        ids[one.id] = free_id(one.id, library, folder, ids.values())
    return ids


def ready(coming: Coming, name: str, ids: dict[str, str], folder: Path) -> list[Arriving]:
    """The decks as they are to be written. Raises ExchangeError."""
    made: list[Arriving] = []
    for id_, draft in coming.drafts.items():
        keeps = len(coming.drafts) > 1 or (name == coming.name and draft.head.get("title"))
        named = draft if keeps and not coming.together else titled(draft, name)
        made.append(arriving(named, ids[id_], path_of(ids[id_], folder)))
    return made


def with_ids(package: Package, ids: dict[str, str]) -> Package:
    """The package with its decks called so."""
    return renamed(package, ids)


def shown_cards(coming: Coming, most: int) -> list[tuple[str, str]]:
    """The first cards as prompt and answer."""
    return [(card.prompt, card.answer) for card in coming.come[:most]]
