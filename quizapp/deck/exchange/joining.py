"""A draft's cards into a deck that is there: those that it does not have, at the end of its file.

What the deck has stays as it is, to the byte. What a draft says otherwise of a card that is there is a loss.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from quizapp.deck.adding import BadCards, add_cards
from quizapp.deck.card import Card, Deck
from quizapp.deck.cloze import split_cloze
from quizapp.deck.edit import EditError, Source, remove_entries
from quizapp.deck.entry import OWN, Reader
from quizapp.deck.exchange.draft import LEFT_OUT, Draft, ExchangeError, Loss, Table, gathered, in_order
from quizapp.deck.exchange.valid import valid
from quizapp.deck.faults import Faults
from quizapp.deck.file import text_of
from quizapp.deck.fresh import without_example
from quizapp.deck.head import Head, read_head
from quizapp.deck.read import parse_deck
from quizapp.deck.replace import edited
from quizapp.deck.tables import as_text, is_text, quoted
from quizapp.deck.text import collapse
from quizapp.problem import Problem

_DIGITS = 16
"""So many hex digits tell whether an entry is still as it was written."""


class Joined(Struct, frozen=True):
    """A deck's file with the cards of a draft. data: its bytes. deck: what is read from them. cards: the new
    ones. written: by the key of each new entry's first card, what it is known by. there: how many of the
    draft's cards the deck had already. taken: the keys of those and of the new ones, if they say the same.
    losses: what does not come, and of the draft itself."""

    data: bytes
    deck: Deck
    cards: tuple[Card, ...]
    written: dict[str, str]
    there: int
    taken: frozenset[str]
    losses: tuple[Loss, ...]


class _There(NamedTuple):
    """What the deck has. plain: its cards by the keys that they would have without an id."""

    tables: Sequence[Mapping[str, Any]]
    by_key: dict[str, Card]
    plain: dict[str, list[Card]]


def head_of(data: bytes, path: Path) -> Head:
    """What the head of a deck's file says. Raises ExchangeError where its cards can't be told apart."""
    return read_head(_source(data, path).top, Faults())


def join(draft: Draft, data: bytes, *, path: Path, deck_id: str) -> Joined:
    """The bytes of a deck's file with the cards of a draft that it does not have, in its own style. The
    example of a new deck makes room. Raises ExchangeError where nothing can be added to it."""
    try:
        base = edited(data, without_example)
    except EditError as error:
        raise ExchangeError(f"{path.name}: {error}") from error
    source = _source(base, path)
    head = read_head(source.top, Faults())
    deck, problems = parse_deck(base, path=path, deck_id=deck_id, shown_as=path.name)
    if deck is None:
        raise ExchangeError(f"Nothing can be added to this deck: {problems[0]}.")
    there = _there(deck, source)
    fitting = valid(_fitted(draft, head))
    reader = Reader(Faults(), head.choices, head.markdown)
    new: list[Table] = []
    keys: list[str] = []
    taken: set[str] = set()
    found: list[tuple[str, str]] = []
    known = 0
    for place, table in fitting.placed():
        cards = reader.cards(dict(table), 0)
        same = [there_is for card in cards if (there_is := _same(card, there)) is not None]
        if not same:
            new.append(table)
            keys.append(cards[0].key)
            taken.update(card.key for card in cards)
            continue
        said = list(_differences(table, cards, same, there.tables[same[0].entry]))
        found += ((place, what) for what in said)
        if not any(what.startswith(LEFT_OUT) for what in said):
            known += len(cards)
            taken.update(card.key for card in cards)
    losses = in_order([*_lost_head(draft, head, deck), *fitting.losses, *gathered(found)])
    if not new:
        return Joined(data, deck, (), {}, known, frozenset(taken), losses)
    try:
        added = add_cards(data, new, path=path, deck_id=deck_id)
    except EditError as error:
        raise ExchangeError(f"{path.name}: {error}") from error
    except BadCards as bad:
        raise ExchangeError(f"This can't be added to the deck: {bad.problems[0][1]}.") from bad
    written = {key: digest_of(table) for key, table in zip(keys, new, strict=True)}
    return Joined(added.data, added.deck, added.cards, written, known, frozenset(taken), losses)


# ---- the file


def _source(data: bytes, path: Path) -> Source:
    text = text_of(data, path.name)
    if isinstance(text, Problem):
        raise ExchangeError(f"{text}.")
    try:
        return Source.of(text)
    except EditError as error:
        raise ExchangeError(f"{path.name}: {error}") from error


def digest_of(table: Mapping[str, Any]) -> str:
    """What an entry is known by, whatever the order of its keys and its form."""
    plain = {key: list(item) if isinstance(item, list | tuple) else item for key, item in table.items()}
    said = msgspec.json.encode(plain, order="sorted", enc_hook=str)
    return hashlib.sha256(said).hexdigest()[:_DIGITS]


class Parted(NamedTuple):
    """A deck's file without what an import added. gone: how many entries went. kept: how many stay, since
    they were changed."""

    data: bytes
    gone: int
    kept: int


def part(data: bytes, written: Mapping[str, str], *, path: Path, deck_id: str) -> Parted:
    """The bytes of a deck's file without the entries that an import added and nobody has changed since.
    written: as of Joined. Raises ExchangeError where the file can't be edited."""
    deck, problems = parse_deck(data, path=path, deck_id=deck_id, shown_as=path.name)
    if deck is None:
        raise ExchangeError(f"Nothing can be taken out of this deck: {problems[0]}.")
    tables = _source(data, path).tables
    places = {card.key: card.entry for card in deck.cards}
    found = {places[key]: known for key, known in written.items() if key in places}
    gone = {place for place, known in found.items() if digest_of(tables[place]) == known}
    if not gone:
        return Parted(data, 0, len(found))
    try:
        return Parted(
            edited(data, lambda text: remove_entries(text, gone)), len(gone), len(found) - len(gone)
        )
    except EditError as error:
        raise ExchangeError(f"{path.name}: {error}") from error


# ---- what fits


def _fitted(draft: Draft, head: Head) -> Draft:
    """The draft under the head of the deck: each entry says of itself what its own head said of all."""
    marked = draft.head.get("markdown") is True
    entries = draft.entries
    if marked is not head.markdown:
        entries = tuple({**table, "markdown": table.get("markdown", marked)} for table in entries)
    own: dict[str, Any] = {"markdown": True} if head.markdown else {}
    if head.choices:
        own["choices"] = list(head.choices.texts)
    return Draft(entries, own, draft.losses, draft.places)


def _lost_head(draft: Draft, head: Head, deck: Deck) -> Iterator[Loss]:
    """What a draft says of its deck, and this one says itself."""
    for key, item in draft.head.items():
        if key == "markdown" or (key == "title" and collapse(as_text(item)) == deck.title):
            continue
        if key == "choices":
            there = {collapse(text) for text in (head.choices.texts if head.choices else ())}
            others = [as_text(choice) for choice in item if collapse(as_text(choice)) not in there]
            if others:
                listed = ", ".join(map(quoted, others))
                yield Loss("", f"of the choices {listed} was left out: the deck has its own")
            continue
        yield Loss("", f"{quoted(key)} was left out: the head of the deck stays as it is")


# ---- what is there already


def _there(deck: Deck, source: Source) -> _There:
    plain: dict[str, list[Card]] = {}
    for card in deck.cards:
        plain.setdefault(card.unnamed or card.key, []).append(card)
    return _There(source.tables, {card.key: card for card in deck.cards}, plain)


def _same(card: Card, there: _There) -> Card | None:
    """The deck's card that this one is: of the same key, or of the same prompt if one of the two has an id
    that the other has not, unless both the id and the answer tell them apart."""
    if card.key in there.by_key:
        return there.by_key[card.key]
    alike = there.plain.get(card.unnamed or card.key, [])
    answer = collapse(card.answer)
    found = next((other for other in alike if collapse(other.answer) == answer), None)
    return found if card.unnamed or found else next(iter(alike), None)


def _differences(
    table: Table, cards: Sequence[Card], same: Sequence[Card], other: Mapping[str, Any]
) -> Iterator[str]:
    """What an entry says otherwise than the deck's own; a whole card where that is what it asks, or the
    answer."""
    kind = next(key for key in OWN if key in table)
    prompt, where = "sentence" if kind == "cloze" else kind, f"card {same[0].entry + 1} of the deck"
    if _asked(table, kind) != _asked(other, kind):
        yield f"{LEFT_OUT}its id is that of {where}, which asks {quoted(_asked(other, kind))}"
        return
    if len(same) < len(cards) and kind == "cloze":
        yield f"{LEFT_OUT}its {prompt} is that of {where}, with other blanks"
        return
    answer = next((key for key in ("answer", "back") if key in table), "")
    if answer and _plain(table[answer]) != _plain(other.get(answer)):
        said, has = (quoted(str(_plain(one))) for one in (table[answer], other.get(answer, "")))
        yield f"{LEFT_OUT}its {prompt} is that of {where}, whose answer is {has}, not {said}"
        return
    for key, item in table.items():
        if key not in (kind, answer, "id", "markdown") and _plain(item) != _plain(other.get(key)):
            has = "another" if key in other else "none"
            yield f"there already; {quoted(key)} was left out: the deck's card has {has}"


def _asked(table: Mapping[str, Any], kind: str) -> str:
    """The prompt of an entry, without the braces of a cloze."""
    text = as_text(table.get(kind, ""))
    return collapse("".join(split_cloze(text)) if kind == "cloze" and text else text)


def _plain(item: Any) -> Any:
    """A value as far as it matters for saying the same: white space, and the order of a list, do not."""
    if isinstance(item, bool):
        return str(item).lower()
    if is_text(item):
        return collapse(as_text(item))
    if isinstance(item, list | tuple):
        return sorted(collapse(as_text(one)) for one in item)
    return item
