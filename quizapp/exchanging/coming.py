"""What would come of a file: decks with their cards, what can't be taken over, and what is not clear yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, structs

from quizapp.deck.exchange.anki import Progress, drafts_of
from quizapp.deck.exchange.anki_past import History, history_of
from quizapp.deck.exchange.draft import Draft, ExchangeError, Loss
from quizapp.deck.exchange.formats import FORMATS, format_named, format_of
from quizapp.deck.library import Library
from quizapp.deck.text import collapse
from quizapp.exchanging.arriving import Arriving, arriving, free_id, id_of, path_of, title_of, titled
from quizapp.exchanging.history import renamed
from quizapp.exchanging.incoming import PACKAGE, TABLES, Package, is_package, read_package, text_in
from quizapp.exchanging.table import Table, table_of

_NAMES = tuple(known.name for known in FORMATS)
_ONE = "deck"
"""The id of the one deck that all of a package comes into, until it has a name."""


class Coming(Struct, frozen=True):
    """What would come, as far as it is known. format: "" while that is not clear. unclear: what must be said
    before anything can be written, in words.

    drafts: by the ids that they would have if those are free. decks: the same, read back, to be looked at.
    table, package: what it was read from; text: of what is no package. together: whether a package's decks
    become one. past: a package's reviews.
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

    @property
    def cards(self) -> int:
        """How many cards would come."""
        return sum(len(one.deck.cards) for one in self.decks)

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
        return _of_package(file, read_package(file, progress=progress), together=False)
    text = text_in(file)
    try:
        named = format_of(file, text).name
    except ExchangeError as error:
        # Which format a text has can be said; what else is wrong was raised above.
        return Coming(file, "", text, str(error))
    return as_format(Coming(file, named, text), named)


def as_format(coming: Coming, named: str) -> Coming:
    """The file read as this format. It may be none of it: then that is what is unclear."""
    bare = Coming(coming.file, named, coming.text)
    try:
        if named in TABLES:
            return as_table(bare, table_of(coming.text, "\t" if named == "tsv" else ""))
        return _of_text(bare, format_named(named).read(coming.text))
    except ExchangeError as error:
        return structs.replace(bare, unclear=str(error))


def stepped_format(coming: Coming, steps: int) -> str:
    """The name of the text format so many places on."""
    place = _NAMES.index(coming.format) if coming.format else -1 if steps > 0 else 0
    return _NAMES[(place + steps) % len(_NAMES)]


def as_table(coming: Coming, table: Table) -> Coming:
    """The file read as a table like this."""
    bare = Coming(coming.file, coming.format, coming.text, table=table)
    if table.unclear:
        return structs.replace(bare, unclear=f"It is not clear how to read this table: {table.unclear}.")
    try:
        return _of_text(bare, table.draft())
    except ExchangeError as error:
        return structs.replace(bare, unclear=str(error))


def as_one(coming: Coming, *, together: bool, progress: Progress) -> Coming:
    """A package's decks as one, tagged by the deck they were in; or each by itself. Raises Cancelled."""
    if coming.package is None:
        return coming
    collection = coming.package.collection
    taken = drafts_of(collection, to=_ONE if together else "", progress=progress)
    return _of_package(coming.file, Package(collection, taken), together=together)


def _of_text(coming: Coming, draft: Draft) -> Coming:
    if not draft.entries:
        unclear = f"There is no card in {coming.file.name} that can be taken over."
        return structs.replace(coming, losses=draft.losses, unclear=unclear)
    id_ = _ONE
    made = arriving(draft, id_, Path(f"{id_}.toml"))
    return structs.replace(coming, drafts={id_: draft}, decks=(made,), losses=draft.losses)


def _of_package(file: Path, package: Package, *, together: bool) -> Coming:
    found = {id_: draft for id_, draft in package.taken.drafts.items() if draft.entries}
    losses = tuple(loss for draft in package.taken.drafts.values() for loss in draft.losses)
    decks = tuple(arriving(draft, id_, Path(f"{id_}.toml")) for id_, draft in found.items())
    # Which day the reviews were buried on does not matter for how many there are.
    past = history_of(package.collection, package.taken, {one.id: one.deck for one in decks}, "1970-01-01")
    unclear = "" if found else f"There is no card in {file.name} that can be taken over."
    return Coming(
        file,
        PACKAGE,
        unclear=unclear,
        drafts=found,
        decks=decks,
        losses=losses,
        package=package,
        together=together,
        past=past,
    )


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


def shown_cards(decks: Sequence[Arriving], most: int) -> list[tuple[str, str]]:
    """The first cards as prompt and answer."""
    cards = (card for one in decks for card in one.deck.cards)
    return [(card.prompt, card.answer) for card, _ in zip(cards, range(most), strict=False)]
