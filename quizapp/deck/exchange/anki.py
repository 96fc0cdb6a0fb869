"""An Anki collection → drafts of decks. Pure: quizapp.anki reads and writes the files."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct, field

from quizapp.deck.exchange.anki_entry import Fields, Made, Reading, entries_of
from quizapp.deck.exchange.anki_notes import OWN, AnkiCard, AnkiNote, Collection, NoteType
from quizapp.deck.exchange.anki_sides import is_empty, named_in
from quizapp.deck.exchange.draft import Cancelled, Draft, Loss
from quizapp.deck.exchange.ends import has_loose_ends, lost_ends
from quizapp.deck.exchange.html_text import text_of
from quizapp.deck.exchange.valid import clean
from quizapp.deck.tables import quoted
from quizapp.deck.text import collapse
from quizapp.deck.write import Value

T = TypeVar("T")
Progress = Callable[[int, int], bool]
"""Told how many of how many notes are done; False calls the rest off."""

_PROMPTS = ("front", "cloze", "question", "statement")
_EVERY = 200
_NOT_IN_NAMES = re.compile(r"[^\w]+")
_NOT_FOR_FILES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
_TRUTH = {"True": True, "False": False}
_SHOWN = 40


class Taken(Struct, frozen=True):
    """What comes of a collection. drafts: by deck id. origins: for each entry of a draft, the Anki card that
    each card of it comes from, in their order, None for a card that Anki did not have."""

    drafts: dict[str, Draft]
    origins: dict[str, tuple[tuple[AnkiCard | None, ...], ...]]


class _Deck(Struct):
    """A deck while it is put together. loose: how many texts lost white space at their ends. unshown: by
    note type and field (0-based), how many notes have something in it that none of its cards shows."""

    name: str
    about: str = ""
    made: list[Made] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    prompts: set[tuple[str, str]] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    places: list[str] = field(default_factory=list)
    loose: int = 0
    unshown: Counter[tuple[int, int]] = field(default_factory=Counter)


def drafts_of(
    collection: Collection,
    *,
    to: str = "",
    mapping: Mapping[str, Fields] | None = None,
    progress: Progress | None = None,
) -> Taken:
    """A draft for each Anki deck that has cards, `A::B` as `a/b`; with `to`, one draft of that id for all.

    mapping: which fields become what, by the name of the note type; else its templates say it. Raises
    Cancelled.
    """
    decks: dict[str, _Deck] = {}
    names = _ids(collection, to)
    mapped = mapping or {}
    unshown = {
        id_: () if type_.name in mapped else _unshown(type_) for id_, type_ in collection.types.items()
    }
    if to:
        decks[to] = _together(collection, to)
    for note in counted(collection.notes, progress):
        deck, made = _take(note, collection, decks, names, mapped, tagged=bool(to))
        if made:
            deck.loose += sum(map(has_loose_ends, note.fields))
            for place in unshown[note.type]:
                if place < len(note.fields) and not is_empty(note.fields[place]):
                    deck.unshown[note.type, place] += 1
    finished = {id_: _finished(deck, collection.types) for id_, deck in sorted(decks.items())}
    return Taken(
        {id_: draft for id_, (draft, _) in finished.items()},
        {id_: tuple(one.cards for one in made) for id_, (_, made) in finished.items()},
    )


def counted(items: Sequence[T], progress: Progress | None) -> Iterator[T]:
    """Them, while how many are done is told now and then, and in the end. Raises Cancelled."""
    for number, item in enumerate(items):
        if progress is not None and number % _EVERY == 0 and not progress(number, len(items)):
            raise Cancelled
        yield item
    if progress is not None and not progress(len(items), len(items)):
        raise Cancelled


def _together(collection: Collection, to: str) -> _Deck:
    """The deck for all. What is said of a deck is said of this one only if no other has notes."""
    homes = {note.cards[0].deck for note in collection.notes if note.cards}
    said = [collection.decks[home] for home in sorted(homes) if home in collection.decks]
    if len(said) == 1:
        return _Deck(to, said[0].about)
    losses = [
        Loss("", f"what is said of the deck {quoted(deck.name)} was left out")
        for deck in said
        if text_of(deck.about)[0]
    ]
    return _Deck(to, losses=losses)


def _take(
    note: AnkiNote,
    collection: Collection,
    decks: dict[str, _Deck],
    names: Mapping[int, str],
    mapping: Mapping[str, Fields],
    *,
    tagged: bool,
) -> tuple[_Deck, list[Made]]:
    """Take a note over into its deck; that, and what was made of the note."""
    type_ = collection.types.get(note.type)
    home = note.cards[0].deck if note.cards else 1
    known = collection.decks.get(home)
    name = known.name if known else "Default"
    id_ = names.get(home, "Default")
    deck = decks.get(id_)
    if deck is None:
        deck = decks[id_] = _Deck(name, known.about if known else "")
    reading = Reading(media={}, lost=[])
    made: list[Made] = []
    if type_ is None:
        reading.lost.append("its note type is not in the file; left out")
    elif not note.cards:
        reading.lost.append("it has no card; left out")
    else:
        made = entries_of(note, type_, mapping.get(type_.name), reading)
    if len({card.deck for card in note.cards}) > 1 and made and not tagged:
        reading.lost.append(f"its cards stood in several decks; all are in {name}")
    if reading.media:
        reading.lost.append(f"without {', '.join(reading.media)}")
    for one in made:
        _clean(one.table)
        if tagged and len(set(names)) > 1:
            _tag(one.table, _within(name, [deck.name for deck in collection.decks.values()]))
        _make_distinct(one.table, note, deck)
    deck.made += made
    deck.places += [f"nid:{note.id}"] * len(made)
    if reading.lost:
        what = _said(note)
        deck.losses += [Loss(f"nid:{note.id}", f"{lost}{what}") for lost in reading.lost]
    return deck, made


def _unshown(type_: NoteType) -> tuple[int, ...]:
    """The fields (0-based) of a note type that none of its templates names; quizapp reads all of its own."""
    if type_.name.startswith(OWN):
        return ()
    shown = frozenset[str]().union(
        *(named_in(side) for one in type_.templates for side in (one.front, one.back))
    )
    return tuple(place for place, name in enumerate(type_.fields) if name not in shown)


def _clean(table: dict[str, Value]) -> None:
    """Take out what a deck may not hold: marks of writing direction, and what reads like a command of TeX."""
    for key, item in table.items():
        if isinstance(item, list) or (isinstance(item, str) and not item.isprintable()):
            table[key], _ = clean(item)


def _said(note: AnkiNote) -> str:
    """The note's first words, to know it by."""
    text = " ".join(text_of(note.fields[0][:2000] if note.fields else "")[0].split())
    if not text:
        return ""
    return f" (“{text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + '…'}”)"


def _make_distinct(table: dict[str, Value], note: AnkiNote, deck: _Deck) -> None:
    """Give an entry an id where another has the same prompt: each card has its own history."""
    if "id" not in table:
        kind = next(key for key in _PROMPTS if key in table)
        prompt = str(table[kind])
        if kind == "cloze":
            prompt = prompt.replace("{", "").replace("}", "")
        told = ("choice" if "wrong" in table else kind, collapse(prompt))
        if told not in deck.prompts:
            deck.prompts.add(told)
            return
        table["id"] = str(note.id)
    id_, number = str(table["id"]), 2
    while table["id"] in deck.ids:
        table["id"], number = f"{id_}-{number}", number + 1
    deck.ids.add(str(table["id"]))


def _tag(table: dict[str, Value], tag: str) -> None:
    tags = table.get("tags", [])
    if tag and isinstance(tags, list) and tag not in tags:
        table["tags"] = [*tags, tag]


def _within(name: str, names: Sequence[str]) -> str:
    """A deck's name without the decks that all of them lie in, as a tag."""
    parts = name.split("::")
    shared = all(other.split("::")[0] == parts[0] for other in names if other != "Default")
    return "::".join(_NOT_IN_NAMES.sub("-", part).strip("-") for part in parts[1 if shared else 0 :])


def _finished(deck: _Deck, types: Mapping[int, NoteType]) -> tuple[Draft, list[Made]]:
    title, _ = clean(deck.name.replace("::", ": "))
    head: dict[str, Value] = {"title": title if title.strip() else "Default"}
    if about := text_of(deck.about)[0]:
        head["about"], _ = clean(about)
    _settle_statements(deck, head)
    losses = (*lost_ends(deck.loose), *_lost_fields(deck, types), *deck.losses)
    return Draft(tuple(one.table for one in deck.made), head, losses, tuple(deck.places)), deck.made


def _lost_fields(deck: _Deck, types: Mapping[int, NoteType]) -> Iterator[Loss]:
    """The fields that no card shows, each with how many notes have something in it."""
    for (type_, place), number in sorted(deck.unshown.items()):
        field_, whose = quoted(types[type_].fields[place]), quoted(types[type_].name)
        notes = "1 note" if number == 1 else f"{number:,} notes"
        yield Loss("", f"the field {field_} of {whose} is on no card, and was left out ({notes})")


def _settle_statements(deck: _Deck, head: dict[str, Value]) -> None:
    """Give the deck the choices that most of its statements have; others become choice cards."""
    statements = [one.table for one in deck.made if "statement" in one.table]
    sets = Counter(tuple(map(str, _texts(table["wrong"]))) for table in statements)
    sets.pop(tuple(_TRUTH), None)
    usual = max(sets, key=lambda choices: sets[choices], default=())
    if usual:
        head["choices"] = list(usual)
    for table in statements:
        choices = tuple(_texts(table.pop("wrong")))
        answer = str(table["answer"])
        if choices == tuple(_TRUTH) and answer in _TRUTH:
            table["answer"] = _TRUTH[answer]
        elif choices != usual:
            rest = dict(table)
            table.clear()
            wrong = [choice for choice in choices if choice != answer]
            table |= {"question": rest.pop("statement"), "answer": answer, "wrong": wrong, **rest}


def _texts(given: Value) -> Sequence[str]:
    return given if isinstance(given, Sequence) and not isinstance(given, str) else ()


# ---- names


def _ids(collection: Collection, to: str) -> dict[int, str]:
    """The deck id of each Anki deck: no two the same, and each a path that stays within its folder."""
    if to:
        return dict.fromkeys(collection.decks, to)
    found: dict[int, str] = {}
    taken: set[str] = set()
    for id_, deck in sorted(collection.decks.items(), key=lambda item: item[1].name):
        name = "/".join(_file_name(part) for part in deck.name.split("::")[:8])
        free, number = name, 2
        # Many a disk takes names that differ in case alone for one.
        while free.casefold() in taken:
            free, number = f"{name}-{number}", number + 1
        taken.add(free.casefold())
        found[id_] = free
    return found


def _file_name(part: str) -> str:
    name = _NOT_IN_NAMES.sub("-", unicodedata.normalize("NFC", part)).strip("-_")[:60].strip("-_")
    return (
        f"{name}-deck" if name.casefold() in _NOT_FOR_FILES else unicodedata.normalize("NFC", name) or "deck"
    )
