"""A deck file → a Deck and all its problems, each with its place. Bad input never raises."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from quizapp.deck.card import Card, Deck
from quizapp.deck.entry import Reader
from quizapp.deck.faults import SINGLE_BRACKETS, Fault, Faults
from quizapp.deck.file import LIMIT, bytes_of, text_of, too_large
from quizapp.deck.head import Head, read_head
from quizapp.deck.tables import as_text, is_text, noun_of, quoted
from quizapp.deck.text import visible
from quizapp.problem import Problem

if TYPE_CHECKING:
    from quizapp.deck.scan import Layout


def read_deck(path: Path, *, deck_id: str, shown_as: str | None = None) -> tuple[Deck | None, list[Problem]]:
    """The deck in a file, and all that is wrong with it in the order of the file.

    The deck is None only where nothing can be read: no file, not readable, too large, or not UTF-8. Cards
    that can't be asked are left out of it. shown_as: how problems name the file; default: the path.
    """
    shown = visible(str(path)) if shown_as is None else shown_as
    data = bytes_of(path, shown, folder=("this is a folder, not a deck", "give folders with --decks"))
    if isinstance(data, Problem):
        return None, [data]
    return parse_deck(data, path=path, deck_id=deck_id, shown_as=shown)


def parse_deck(data: bytes, *, path: Path, deck_id: str, shown_as: str) -> tuple[Deck | None, list[Problem]]:
    """The deck in the bytes of a file; as `read_deck`, but touches no disk."""
    if len(data) > LIMIT:
        return None, [too_large(shown_as)]
    text = text_of(data, shown_as)
    if isinstance(text, Problem):
        return None, [text]
    faults = Faults()
    where: Layout | None = None
    broken_head = False
    try:
        top: dict[str, Any] = tomli.loads(text)
        entries = _entries(top, faults)
    except (ValueError, RecursionError):
        from quizapp.deck.recover import recover  # with the scanner 5 to 10 ms, for broken decks only

        found = recover(text)
        top, entries, where, broken_head = found.head, found.entries, found.layout, found.head_broken
        faults.found += [Fault(b.entry, (), b.message, b.remedy, b.place) for b in found.broken]
    head = read_head(top, faults)
    cards = _cards(entries, head, broken_head, faults)
    deck = Deck(
        id=deck_id,
        path=path,
        title=head.title or visible(path.stem),
        about=head.about,
        source=head.source,
        choices=head.choices.texts if head.choices else (),
        keys=head.choices.keys if head.choices else (),
        quiz=head.quiz,
        study=head.study,
        cards=tuple(cards),
    )
    if not faults.found:
        return deck, []
    if where is None:
        from quizapp.deck.scan import layout  # 4 to 8 ms for its patterns; a good deck needs no places

        where = layout(text)
    return deck, faults.problems(where, shown_as)


def _entries(top: dict[str, Any], faults: Faults) -> list[Any]:
    """The values of the file's `card`, one an entry."""
    found = top.get("card", [])
    if isinstance(found, dict):
        faults.add(0, (), *SINGLE_BRACKETS)
        return [found]
    if isinstance(found, list):
        return found
    faults.add(
        None, "card", f"card is {noun_of(found)}, not a list of tables", "write [[card]] and its keys below"
    )
    return []


def _cards(entries: list[Any], head: Head, broken_head: bool, faults: Faults) -> list[Card]:
    """The cards that can be asked, without those whose key an earlier one has."""
    reader = Reader(faults, head.choices, head.markdown)
    first: dict[str, int] = {}
    cards: list[Card] = []
    for number, table in enumerate(entries):
        if table is None:
            continue
        same: int | None = None
        for card in reader.cards(table, number):
            if card.key in first:
                same = first[card.key]
            else:
                first[card.key] = number
                cards.append(card)
        if same is not None:
            _report_same(table, number, same, faults)
    if reader.waiting:
        _report_waiting(reader, head, broken_head, faults)
    return cards


def _report_same(table: dict[str, Any], number: int, same: int, faults: Faults) -> None:
    """Note that an entry has the key of an earlier one."""
    if is_text(table.get("id")):
        message = f"the id {quoted(as_text(table['id']))} is that of card {same + 1}, which counts"
        faults.add(number, "id", message, "give each card an id of its own")
    else:
        kind = next(key for key in ("statement", "front", "question", "cloze") if key in table)
        message = f"the {kind} is the same as in card {same + 1}, which counts"
        faults.add(number, kind, message, "take one out, or give one an id")


def _report_waiting(reader: Reader, head: Head, broken_head: bool, faults: Faults) -> None:
    """Note once why the statement cards can't be asked."""
    count = len(reader.waiting)
    cards = "a statement card" if count == 1 else f"{count} statement cards"
    if broken_head:
        faults.add(None, (), f"{cards} can't be judged while the head can't be read", "mend the head first")
    elif not head.excused and "choices" not in reader.misplaced:
        message = f"{cards} can't be judged, for the deck has no choices"
        remedy = 'add choices = ["…", "…"] at the top of the file, or answer = true or false'
        faults.add(reader.waiting[0], (), message, remedy)
