"""Histories that have lost their card, and which cards they may belong to (DESIGN §5): library and log seen
together.

What is certain is carried over by itself. What only looks like it is a question, and what looks like nothing
is an orphan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from quizapp.deck.card import Card, Deck, kind_of
from quizapp.deck.library import Library, absolute
from quizapp.deck.text import collapse
from quizapp.record import CardText, Ref
from quizapp.scores.log import Log
from quizapp.scores.moves import Rekey

# With nothing lost, which is nearly always, prompts and files are not looked at: 1 ms of the start.
if TYPE_CHECKING:
    from quizapp.deck.whereabouts import Whereabouts


_FEW = 10
"""A card with more answers of its own is no longer taken for an older one."""


class Question(Struct, frozen=True):
    """Whether some old cards of a deck are these cards now. rekey: what a yes carries over.

    olds, news: in the same order; more than one only where cards of a deck may have moved together. merges:
    whether the new card has a history of its own, which the old one would become a part of.
    """

    rekey: Rekey
    olds: tuple[CardText, ...]
    news: tuple[Card, ...]
    merges: bool = False


class Carried(NamedTuple):
    """What is carried over by itself. open: whether other histories have no card, which may be asked for."""

    rekeys: list[Rekey]
    open: bool


class Orphan(Struct, frozen=True):
    """A history without a card. text: how the card read, None where that is not known."""

    ref: Ref
    text: CardText | None


def carried_over(log: Log, library: Library) -> Carried:
    """What is to be carried over by itself now: a rekey for each deck that cards left, and where they went.

    Reads no more than the keys of the cards that were ever answered, unless one of them is missing.
    """
    lost = _Lost(log, library)
    if not lost.olds:
        return Carried([], open=False)
    moved = lost.surely_moved()
    return Carried([*moved, *lost.surely_edited(moved)], open=True)


def questions(log: Log, library: Library) -> list[Question]:
    """What may be the same card, but is not certain to be; what is certain is supposed to be done."""
    lost = _Lost(log, library)
    if not lost.olds:
        return []
    found = lost.perhaps_moved()
    asked = {old.ref for question in found for old in question.olds}
    for orphan in lost.orphans():
        if orphan.text is not None and orphan.ref not in asked:
            found += lost.perhaps_edited(orphan.text)
    return found


def questions_about(log: Log, library: Library, olds: Iterable[Ref]) -> list[Question]:
    """Which cards with another text these cards may be, of those of them that are gone and have a history;
    not those that are certain to be another card now."""
    live = log.with_history(olds)
    if not live:
        return []
    lost = _Lost(log, library)
    moved = lost.surely_moved()
    sure = {old for one in (*moved, *lost.surely_edited(moved)) for old, _ in one.pairs}
    texts = log.texts(ref for ref in live if ref in lost and ref not in sure)
    return [question for text in texts.values() for question in lost.perhaps_edited(text)]


def orphans(log: Log, library: Library) -> list[Orphan]:
    """All histories without a card, by deck; not those of decks that are elsewhere or can't be read."""
    return _Lost(log, library).orphans()


def what_was_carried_over(rekeys: Sequence[Rekey]) -> str:
    """`History of 3 cards carried over: spanish → español.` Ids of decks are as they are in the log."""
    number = sum(len(one.cards) for one in rekeys)
    said = f"History of {number:,} {'card' if number == 1 else 'cards'} carried over"
    if len(rekeys) != 1:
        return f"{said}, in {len(rekeys)} decks."
    (one,) = rekeys
    return f"{said} in {one.deck}." if one.deck == one.to_deck else f"{said}: {one.deck} → {one.to_deck}."


def rekey_of(deck: str, new: Deck, cards: Mapping[str, str], *, whole: bool = False) -> Rekey:
    """What carries cards of a deck over to cards of one that is there. cards: the new key of each old one."""
    return Rekey(deck=deck, to_deck=new.id, cards=cards, whole=whole, file=str(absolute(new.path)))


class _Lost:
    """What the library lacks of the log, and the log of the library. olds: keys by deck."""

    def __init__(self, log: Log, library: Library) -> None:
        self._log, self._library = log, library
        self._known = log.known()
        self.olds: dict[str, set[str]] = {}
        for id_, keys in self._known.items():
            deck = library.decks.get(id_)
            there = {card.key for card in deck.cards} if deck is not None else ()
            if id_ not in library.unread and (lost := keys.difference(there)):
                self.olds[id_] = lost
        self._apart = log.apart() if self.olds else set()
        self._fresh: dict[str, list[Card]] = {}
        self._where: dict[str, Whereabouts] = {}

    def __contains__(self, ref: Ref) -> bool:
        """Whether the library lacks this card."""
        return ref.card in self.olds.get(ref.deck, ())

    def _fresh_of(self, deck: Deck) -> list[Card]:
        """The deck's cards that have no history."""
        if deck.id not in self._fresh:
            known = self._known.get(deck.id, set())
            self._fresh[deck.id] = [card for card in deck.cards if card.key not in known]
        return self._fresh[deck.id]

    def _live(self, deck: str, keys: Iterable[str]) -> list[Ref]:
        """Those of these old cards that do have a history."""
        return self._log.with_history(Ref(deck, key) for key in sorted(keys))

    def _lost_of(self, refs: Sequence[Ref]) -> dict[Ref, bool]:
        """Those of these old cards that are missing, and not just out of this run's sight; whether that is
        certain. They are out of sight where the file in which they were last known is still there: it has an
        id that another file has in this run, or none."""
        from quizapp.deck.whereabouts import Whereabouts, whereabouts

        files = self._log.files_of(refs)
        found = {}
        for ref in refs:
            deck, file = self._library.decks.get(ref.deck), files.get(ref, "")
            if deck is not None and file in ("", str(absolute(deck.path))):
                found[ref] = ref.deck not in self._library.partial
                continue
            if file not in self._where:
                self._where[file] = whereabouts(file, self._library)
            if self._where[file] is not Whereabouts.THERE:
                gone = self._where[file] is Whereabouts.GONE
                found[ref] = gone and ref.deck not in self._library.partial
        return found

    def orphans(self) -> list[Orphan]:
        """All that have a history and no card."""
        live = [ref for deck in sorted(self.olds) for ref in self._live(deck, self.olds[deck])]
        refs = list(self._lost_of(live))
        texts = self._log.texts(refs)
        return [Orphan(ref, texts.get(ref)) for ref in refs]

    # ---- in another deck

    def surely_moved(self) -> list[Rekey]:
        """Cards with an equal key in another deck: their deck vanished, or they left it.

        With another answer it is a card that only asks alike, and may have been there all along, unless the
        deck has another id now.
        """
        found = []
        homes = self._homes()
        certain = self._lost_of(list(homes))
        claims = Counter(ref.card for ref in homes)
        texts = self._log.texts(homes)
        sure: dict[str, dict[str, dict[str, str]]] = {}
        for ref, decks in homes.items():
            # Of two decks that have the card now, or had it before, either may be meant.
            if len(decks) == claims[ref.card] == 1 and certain[ref]:
                sure.setdefault(ref.deck, {}).setdefault(decks[0], {})[ref.card] = ref.card
        for deck, targets in sure.items():
            for target, cards in targets.items():
                new = self._library.decks[target]
                same = _with_its_answer((texts.get(Ref(deck, key)) for key in cards), new)
                whole = len(targets) == 1 and self._is_whole(deck, target, len(same))
                if whole or same:
                    found.append(rekey_of(deck, new, cards if whole else same, whole=whole))
        return found

    def perhaps_moved(self) -> list[Question]:
        """The same where it is not certain, all cards of two decks in one question."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        homes = self._homes()
        texts = self._log.texts(homes)
        for ref, decks in homes.items():
            for target in decks:
                found.setdefault((ref.deck, target), {})[ref.card] = ref.card
        asked = []
        for (deck, target), cards in found.items():
            new = self._library.decks[target]
            news = tuple(card for card in new.cards if card.key in cards)
            # With an equal key they ask alike, whatever they answer.
            olds = tuple(texts.get(Ref(deck, card.key)) or text_of(deck, card) for card in news)
            whole = self._is_whole(deck, target, len(cards))
            asked.append(Question(rekey_of(deck, new, cards, whole=whole), olds, news))
        return asked

    def _homes(self) -> dict[Ref, list[str]]:
        """By old card with a history: the other decks that have a card of its key without one."""
        fresh = {
            deck.id: {card.key for card in self._fresh_of(deck)} for deck in self._library.decks.values()
        }
        homes: dict[Ref, list[str]] = {}
        for deck, olds in self.olds.items():
            common = {id_: olds & keys for id_, keys in fresh.items() if not olds.isdisjoint(keys)}
            if common:
                for ref in self._lost_of(self._live(deck, set().union(*common.values()))):
                    places = [
                        id_
                        for id_, keys in common.items()
                        if ref.card in keys and (ref, Ref(id_, ref.card)) not in self._apart
                    ]
                    if places:
                        homes[ref] = places
        return homes

    def _is_whole(self, deck: str, target: str, number: int) -> bool:
        """Whether a deck has another id now, to which so many of its cards go: more than half of them, and
        nothing was answered under the new one."""
        new = self._library.decks[target]
        is_new = len(self._fresh_of(new)) == len(new.cards)
        return (
            deck not in self._library.decks and is_new and 2 * number > len(self._live(deck, self.olds[deck]))
        )

    # ---- with another text

    def surely_edited(self, moved: Iterable[Rekey]) -> list[Rekey]:
        """Cards whose prompt or `id` was changed within their deck. moved: what is settled already."""
        from quizapp.deck.likeness import surely_same

        pairs = [pair for one in moved for pair in one.pairs]
        left, taken = {old for old, _ in pairs}, {new for _, new in pairs}
        found = []
        for id_ in self.olds:
            deck = self._library.decks.get(id_)
            if deck is None:
                continue
            news = [card for card in self._fresh_of(deck) if Ref(id_, card.key) not in taken]
            if not news:
                continue
            lost = self._lost_of(self._live(id_, self.olds[id_]))
            olds = self._log.texts(ref for ref in lost if ref not in left)
            same = surely_same(list(olds.values()), news)
            cards = {
                old.card: new.key
                for old, new in same
                if lost[old.ref] and not self._said_apart(old, deck, new)
            }
            if cards:
                found.append(rekey_of(id_, deck, cards))
        return found

    def perhaps_edited(self, old: CardText) -> list[Question]:
        """The cards that an old one may be, the likeliest first."""
        from quizapp.deck.likeness import perhaps_same

        decks = self._library.decks
        moves = self._log.moves()
        found: list[tuple[Deck, Card, bool]] = []
        for ref in moves.cards.ends(old.ref)[:-1]:
            # It was answered again under its old name: by a quizapp that still had the deck as it was.
            deck = decks.get(ref.deck)
            found += [(deck, card, True) for card in deck.cards if card.key == ref.card] if deck else []
        went = [one.to_deck for one in moves.rekeys if one.deck == old.deck and not one.undone]
        near = [decks[id_] for id_ in dict.fromkeys([old.deck, *went]) if id_ in decks]
        if (own := decks.get(old.deck)) is not None:
            found += [(own, card, True) for card in self._begun_after(old, own)]
        for deck in near:
            found += [(deck, card, False) for card in perhaps_same(old, self._fresh_of(deck))]
        for deck in decks.values():
            if deck not in near:
                fresh = self._fresh_of(deck)
                like = [one for one in fresh if one.answer == old.answer and kind_of(one).value == old.kind]
                found += [(deck, card, False) for card in perhaps_same(old, like)]
        return [
            Question(rekey_of(old.deck, deck, {old.card: card.key}), (old,), (card,), merges)
            for deck, card, merges in found
            if not self._said_apart(old, deck, card)
        ]

    def _begun_after(self, old: CardText, deck: Deck) -> list[Card]:
        """The deck's cards like an old one, with its kind and answer, that were first answered when that was
        answered no more, and a few times at most: whoever studies before the question is still asked."""
        from quizapp.deck.likeness import perhaps_same

        fresh = {card.key for card in self._fresh_of(deck)}
        known = [
            card
            for card in deck.cards
            if card.key not in fresh and card.answer == old.answer and kind_of(card).value == old.kind
        ]
        before = self._log.history(old.ref)
        found = []
        for card in perhaps_same(old, known) if before else ():
            after = self._log.history(Ref(deck.id, card.key))
            if 0 < len(after) <= _FEW and after[0].answer.id > before[-1].answer.id:
                found.append(card)
        return found

    def _said_apart(self, old: CardText, deck: Deck, new: Card) -> bool:
        return (old.ref, Ref(deck.id, new.key)) in self._apart


def _with_its_answer(olds: Iterable[CardText | None], deck: Deck) -> dict[str, str]:
    """The keys of old cards for which the deck has a card with the same answer, each to itself."""
    answers = {card.key: collapse(card.answer) for card in deck.cards}
    return {old.card: old.card for old in olds if old and answers.get(old.card) == collapse(old.answer)}


def text_of(deck: str, card: Card) -> CardText:
    """How a card of a deck reads, as the log keeps it."""
    return CardText(deck, card.key, kind_of(card).value, card.prompt, card.answer)
