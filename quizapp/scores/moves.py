"""Where the history of a card is now: what `rekey` events came to. Pure.

A rekey says that what some cards of a deck had until then belongs to other cards from then on. What an old
card is given afterwards is its own again, so that a card may leave and come back, and cycles end where the
log ends. A rekey that was undone moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec import Struct, structs

from quizapp.record import Ref

LAST = "~"
"""After every id: these are hex digits and dashes."""

Place = TypeVar("Place", Ref, str)


class Rekey(Struct, frozen=True, kw_only=True):
    """Cards of a deck whose history was carried over.

    cards: the new key of each old one, all at once. whole: whether the deck's quizzes and what was set for it
    go along. by_person: whether somebody asked for it. file: where the new deck's file was then, as the
    device that wrote it knew it. undone: the id of the event that took it back, "" without one.
    """

    id: str = ""
    device: str = ""
    deck: str
    to_deck: str
    cards: Mapping[str, str]
    whole: bool = False
    by_person: bool = False
    file: str = ""
    undone: str = ""

    @classmethod
    def of(cls, id_: str, device: str, body: Mapping[str, Any], undone: str) -> Rekey:
        """What an event says."""
        return cls(
            id=id_,
            device=device,
            deck=body["deck"],
            to_deck=body["to_deck"],
            cards=body["cards"],
            whole=bool(body.get("whole")),
            by_person=body.get("by") == "person",
            file=body.get("file", ""),
            undone=undone,
        )

    def body(self) -> dict[str, object]:
        """The body of its event."""
        return {
            "deck": self.deck,
            "to_deck": self.to_deck,
            "cards": dict(self.cards),
            "whole": self.whole,
            "by": "person" if self.by_person else "itself",
            "file": self.file,
        }

    @property
    def pairs(self) -> list[tuple[Ref, Ref]]:
        """Each old card with its new one."""
        return [(Ref(self.deck, old), Ref(self.to_deck, new)) for old, new in self.cards.items()]


class Piece(NamedTuple, Generic[Place]):
    """What was logged of a card (or a deck) with ids between these two, neither included."""

    of: Place
    after: str
    before: str


class Ways(Generic[Place]):
    """Where each of some places leads: cards, or whole decks."""

    def __init__(self, steps: Iterable[tuple[str, Iterable[tuple[Place, Place]]]]) -> None:
        """steps: in log order, an id and what leads where from then back."""
        # The last step is looked at first: then it is known where each earlier one ends.
        self._exits: dict[Place, list[tuple[str, Place]]] = {}
        for id_, pairs in reversed(list(steps)):
            ends = [(old, self._exits[new][-1][1] if new in self._exits else new) for old, new in pairs]
            for old, end in ends:
                self._exits.setdefault(old, []).append((id_, end))
        self._pieces: dict[Place, list[Piece[Place]]] = {}
        for place, exits in self._exits.items():
            exits.reverse()
            after = ""
            for id_, end in exits:
                self._pieces.setdefault(end, []).append(Piece(place, after, id_))
                after = id_
            self._pieces.setdefault(place, []).append(Piece(place, after, LAST))

    def now(self, place: Place, id_: str) -> Place:
        """Where what was logged there under an id belongs."""
        for exit_, end in self._exits.get(place, ()):
            if id_ < exit_:
                return end
        return place

    def pieces(self, place: Place) -> list[Piece[Place]]:
        """All that belongs there."""
        found = list(self._pieces.get(place, ()))
        if place not in self._exits:
            found.append(Piece(place, "", LAST))
        return found

    def ends(self, place: Place) -> list[Place]:
        """Everywhere that something logged there may belong."""
        found = [end for _, end in self._exits.get(place, ())]
        found.append(place)
        return found

    def exits(self, place: Place) -> list[str]:
        """The ids of the steps that led away from it, in log order."""
        return [id_ for id_, _ in self._exits.get(place, ())]

    @property
    def left(self) -> list[Place]:
        """Those that something left."""
        return list(self._exits)

    @property
    def places(self) -> list[Place]:
        """Those that something left or came to."""
        return list(self._pieces)


class Moves:
    """All rekeys of a log, in its order."""

    def __init__(self, rekeys: Iterable[Rekey] = ()) -> None:
        self.rekeys = tuple(rekeys)
        live = [one for one in self.rekeys if not one.undone]
        self.cards = Ways[Ref]((one.id, one.pairs) for one in live)
        self.decks = Ways[str]((one.id, [(one.deck, one.to_deck)]) for one in live if one.whole)
        self._sources: dict[str, dict[str, None]] = {}
        for place in self.cards.places:
            for piece in self.cards.pieces(place):
                self._sources.setdefault(place.deck, {})[piece.of.deck] = None

    def __bool__(self) -> bool:
        """Whether anything was moved."""
        return bool(self._sources)

    def touches(self, deck: str) -> bool:
        """Whether a card left the deck or came to it."""
        return deck in self._sources

    def sources(self, deck: str) -> list[str]:
        """The decks that hold what belongs to the deck's cards, itself among them."""
        return list(dict.fromkeys((deck, *self._sources.get(deck, ()))))

    def until(self, id_: str) -> Moves:
        """Those that the log held before it got this id."""
        return Moves(
            structs.replace(one, undone=one.undone if one.undone < id_ else "")
            for one in self.rekeys
            if one.id < id_
        )
