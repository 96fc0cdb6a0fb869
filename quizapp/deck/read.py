"""A deck file → a Deck and all its problems, each with its place. Bad input never raises."""

from __future__ import annotations

import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from quizapp.deck.card import Card, Deck
from quizapp.deck.entry import Reader
from quizapp.deck.faults import SINGLE_BRACKETS, Fault, Faults
from quizapp.deck.head import Head, read_head
from quizapp.deck.tables import as_text, is_text, noun_of, quoted
from quizapp.deck.text import visible
from quizapp.problem import Problem

if TYPE_CHECKING:
    from quizapp.deck.scan import Layout

LIMIT = 64 * 2**20
"""The most bytes a deck file may have."""


def read_deck(path: Path, *, deck_id: str, shown_as: str | None = None) -> tuple[Deck | None, list[Problem]]:
    """The deck in a file, and all that is wrong with it in the order of the file.

    The deck is None only where nothing can be read: no file, not readable, too large, or not UTF-8. Cards
    that can't be asked are left out of it. shown_as: how problems name the file; default: the path.
    """
    shown = visible(str(path)) if shown_as is None else shown_as
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return None, [_unreadable(shown, "this is a folder, not a deck", "give folders with --decks")]
        # Opening a pipe or a device could wait for ever.
        if not stat.S_ISREG(status.st_mode):
            return None, [_unreadable(shown, "this is not a file")]
        if status.st_size > LIMIT:
            return None, [_too_large(shown)]
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except FileNotFoundError:
        return None, [_unreadable(shown, "there is no such file")]
    except PermissionError:
        return None, [_unreadable(shown, "the file may not be read", "change its permissions")]
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return None, [_unreadable(shown, f"the file can't be read ({reason})")]
    return parse_deck(data, path=path, deck_id=deck_id, shown_as=shown)


def parse_deck(data: bytes, *, path: Path, deck_id: str, shown_as: str) -> tuple[Deck | None, list[Problem]]:
    """The deck in the bytes of a file; as `read_deck`, but touches no disk."""
    if len(data) > LIMIT:
        return None, [_too_large(shown_as)]
    try:
        # Not utf-8-sig, whose errors do not say whether they count from behind the mark.
        data = data.removeprefix(BOM_UTF8)
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(data, error.start, shown_as)]
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
    reader = Reader(faults, head.choices)
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


def _not_utf8(data: bytes, at: int, shown: str) -> Problem:
    line = data.count(b"\n", 0, at) + 1
    before = data[data.rfind(b"\n", 0, at) + 1 : at]
    column = len(before.decode("utf-8", "replace")) + 1
    utf16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    message = "the file is UTF-16, not UTF-8" if utf16 else f"the file is not UTF-8 (byte 0x{data[at]:02X})"
    return Problem(shown, line, column, None, message, "save it as UTF-8")


def _too_large(shown: str) -> Problem:
    return _unreadable(shown, f"the file is larger than {LIMIT // 2**20} MiB", "split it into several decks")


def _unreadable(shown: str, message: str, remedy: str = "") -> Problem:
    return Problem(shown, 0, 0, None, message, remedy)
