"""What a deck can hold of a draft: what can't be asked becomes a loss, and a small fault costs no card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from quizapp.deck.card import Card
from quizapp.deck.entry import MOST_CHOICES, OWN, Choices, Reader
from quizapp.deck.exchange.draft import Draft, Head, Loss, Table, in_order
from quizapp.deck.faults import Fault, Faults
from quizapp.deck.head import read_head
from quizapp.deck.tables import DeckTable, EntryTable, as_text, is_text, keys_of, quoted
from quizapp.deck.text import collapse, visible

_SHOWN = 3
"""So many keys that a card can't have are named."""
_NEEDED = (*OWN, "answer", "back", "wrong")
"""An entry with a fault in one of these can't be kept by leaving that key out."""


def valid(draft: Draft) -> Draft:
    """The draft without anything that a deck would have a problem with; what went is among its losses.

    Control characters, empty texts and keys that do not fit are taken out of their entry; an entry that then
    can't be asked, or is the same card as an earlier one, is left out.
    """
    head, losses = _valid_head(draft.head)
    read = read_head(head, Faults())
    checker = _Checker(read.choices, read.markdown)
    kept: list[Table] = []
    places: list[str] = []
    for place, table in draft.placed():
        entry = checker.checked(place, table)
        if entry is not None:
            kept.append(entry)
            places.append(place)
    found = in_order([*losses, *draft.losses, *checker.losses])
    return Draft(entries=tuple(kept), head=head, losses=found, places=tuple(places))


def entry_of(table: Table) -> EntryTable:
    """The keys of a valid entry, each text as text; the answer of a statement may be true or false."""
    return EntryTable(**{("source" if key == "from" else key): _texts(item) for key, item in table.items()})


def _texts(item: Any) -> Any:
    match item:
        case bool() | str():
            return item
        case int():
            return as_text(item)
        case _:
            return tuple(map(as_text, item))


def _valid_head(head: Head) -> tuple[dict[str, Any], list[Loss]]:
    losses: list[Loss] = []
    kept: dict[str, Any] = {}
    for key, item in head.items():
        if key == "card":
            losses.append(Loss("", f"{key} was left out"))
            continue
        cleaned, dirty = clean(item)
        if dirty:
            losses.append(Loss("", f"control characters were taken out of {quoted(key)}"))
        if cleaned not in ("", [], {}) or key not in keys_of(DeckTable):
            kept[key] = cleaned
    while True:
        faults = Faults()
        read_head(kept, faults)
        bad = {fault.path: fault.message for fault in faults.found if fault.path}
        if not bad:
            return kept, losses
        for path, message in bad.items():
            losses.append(Loss("", f"{_take_out(kept, path)} was left out: {message}"))


def _take_out(head: dict[str, Any], path: tuple[str, ...]) -> str:
    """Take a key out of a head, or out of one of its tables; what it is called."""
    name, *inner = path
    table = head.get(name)
    if inner and isinstance(table, Mapping):
        head[name] = {key: item for key, item in table.items() if key != inner[0]}
        if not head[name]:
            del head[name]
        return f"{quoted(inner[0])} of [{name}]"
    head.pop(name, None)
    return f"{quoted(name)} of the deck"


class _Checker(Struct):
    """Checks entry by entry. choices and markdown: the head's. first: by card key, the earliest entry with
    it."""

    choices: Choices | None
    markdown: bool
    losses: list[Loss] = field(default_factory=list)
    first: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)

    def checked(self, place: str, table: Any) -> Table | None:
        """The entry as a deck may have it; None where it was left out, and then a loss says why."""
        if not isinstance(table, dict):
            return self._left_out(place, "this is no card with keys")
        mended = self._clean(place, table)
        if mended.get("wrong") == []:
            # Without wrong answers it would be typed, and nobody said that.
            return self._left_out(place, "no wrong answer is left")
        while True:
            faults, cards, waiting = self._read(mended)
            wrong = next((fault for fault in faults if _needed(fault, mended)), None)
            if wrong is not None:
                return self._left_out(place, _words(wrong, table))
            for fault in faults:
                # A key may have several faults.
                if mended.pop(fault.path[0], None) is not None:
                    self._lose(place, f"{quoted(fault.path[0])} was left out: {fault.message}")
            if faults:
                continue
            if waiting:
                return self._left_out(place, "the deck has no choices that it could be judged by")
            same = next((self.first[card.key] for card in cards if card.key in self.first), None)
            if same is None:
                self.first.update((card.key, (place, mended)) for card in cards)
                return mended
            if "id" in mended and collapse(as_text(same[1].get("id", ""))) == collapse(as_text(mended["id"])):
                del mended["id"]
                self._lose(place, f"the id was left out: it is that of {same[0]}")
                continue
            return self._left_out(place, _same(mended, *same))

    def _read(self, table: dict[str, Any]) -> tuple[list[Fault], list[Card], bool]:
        reader = Reader(Faults(), self.choices, self.markdown)
        cards = reader.cards(table, 0)
        return reader.faults.found, cards, bool(reader.waiting)

    def _clean(self, place: str, table: dict[str, Any]) -> dict[str, Any]:
        cleaned: dict[str, Any] = {}
        dirty = False
        for key, item in table.items():
            cleaned[key], changed = clean(item)
            dirty |= changed
            if key in keys_of(EntryTable) and (cleaned[key] == [] or _blank(cleaned[key])):
                del cleaned[key]
        if dirty:
            self._lose(place, "control characters were taken out")
        if isinstance(cleaned.get("wrong"), list):
            cleaned["wrong"] = self._different(place, cleaned["wrong"], cleaned.get("answer"))
        return cleaned

    def _different(self, place: str, wrong: list[Any], answer: Any) -> list[Any]:
        """The wrong answers that differ from the right one and from each other, as many as a card shows."""
        seen = {collapse(as_text(answer))} if is_text(answer) else set()
        kept: list[Any] = []
        for item in wrong:
            if not is_text(item):
                kept.append(item)
                continue
            text = collapse(as_text(item))
            if text in seen:
                self._lose(place, f"the wrong answer {quoted(as_text(item))} was left out: it is there twice")
            elif len(kept) == MOST_CHOICES - 1:
                self._lose(
                    place, f"{quoted(as_text(item))} was left out: a card has {MOST_CHOICES} answers at most"
                )
            else:
                seen.add(text)
                kept.append(item)
        return kept

    def _left_out(self, place: str, why: str) -> Table | None:
        self._lose(place, f"left out: {why}")
        return None

    def _lose(self, place: str, what: str) -> None:
        self.losses.append(Loss(place, what))


def _needed(fault: Fault, table: dict[str, Any]) -> bool:
    """Whether the entry can't be kept by leaving out the key that has the fault."""
    return not fault.path or fault.path[0] not in table or fault.path[0] in _NEEDED


def _words(fault: Fault, table: Table) -> str:
    if fault.path or fault.remedy:
        return fault.message
    other = [quoted(key) for key in table if key not in keys_of(EntryTable)][:_SHOWN]
    if not other:
        return "there is nothing to ask"
    listed = f"{', '.join(other[:-1])} and {other[-1]} are" if other[1:] else f"{other[0]} is"
    *kinds, last = OWN
    return f"there is nothing to ask: {listed} none of {', '.join(kinds)} and {last}"


def _same(table: Table, place: str, earlier: Table) -> str:
    answers = [
        {key: entry.get(key) for key in ("answer", "back", "wrong", "accept")} for entry in (table, earlier)
    ]
    if answers[0] == answers[1]:
        return f"it is the same card as in {place}"
    kind = next(key for key in OWN if key in table)
    return f"its {kind} is that of {place}, with another answer"


def _blank(item: Any) -> bool:
    return isinstance(item, str) and not item.strip()


def clean(item: Any) -> tuple[Any, bool]:
    """A value with plain line ends and without what a deck may not hold; and whether anything was taken
    out."""
    if isinstance(item, str):
        return _clean_text(item)
    if isinstance(item, list | tuple):
        pairs = [clean(part) for part in item]
        return [part for part, _ in pairs if not _blank(part)], any(dirty for _, dirty in pairs)
    if isinstance(item, Mapping):
        cleaned = {key: clean(part) for key, part in item.items()}
        return {key: part for key, (part, _) in cleaned.items()}, any(dirty for _, dirty in cleaned.values())
    return item, False


def _clean_text(given: str) -> tuple[str, bool]:
    if given.isprintable():
        return given, False
    text = given.replace("\r\n", "\n").replace("\r", "\n")
    kept = text
    if not text.replace("\n", "").replace("\t", "").isprintable():
        # Sign by sign it takes its time, and most texts have none to take out.
        kept = "".join(sign for sign in text if visible(sign) == sign and not "\ud800" <= sign <= "\udfff")
    faults = Faults()
    faults.safe(None, "text", kept)
    if faults.found:
        # A tab or a line break that reads like the rest of a TeX command; white space is no loss.
        return kept.replace("\t", " ").replace("\n", "\n "), kept != text
    return kept, kept != text
