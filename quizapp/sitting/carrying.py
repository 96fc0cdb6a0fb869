"""Carrying histories over to other cards, saying that cards are not the same, and taking that back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec import structs

from quizapp.carry import Carried, Question, carried_over, text_of
from quizapp.deck.library import Library
from quizapp.record import CardText, Event, EventType, Mark, Memory, Ref
from quizapp.scores.moves import Rekey
from quizapp.scores.store import Store
from quizapp.sitting.writing import Clock, event_of, next_event


def carry_over(store: Store, clock: Clock, library: Library, *, waits: bool = True) -> Carried:
    """Carry over what is certain to be the same card (DESIGN §5); what that was. waits: whether a busy file
    is waited for. Raises ScoresError."""
    found = carried_over(store, library)
    if not found.rekeys:
        return found
    # Again in the transaction: another program may just have done the same.
    rekeys = _carry(store, clock, library, lambda: carried_over(store, library).rekeys, waits=waits)
    return Carried(rekeys, open=True)


def carry(store: Store, clock: Clock, library: Library, rekey: Rekey) -> list[Rekey]:
    """Carry over what somebody says is the same card; nothing if there is no history any more. The new cards
    may have one of their own. Raises ScoresError."""

    def draw_up() -> list[Rekey]:
        live = set(store.with_history(old for old, _ in rekey.pairs))
        cards = {old.card: new.card for old, new in rekey.pairs if old in live and old != new}
        return [structs.replace(rekey, cards=cards, by_person=True)] if cards else []

    return _carry(store, clock, library, draw_up)


def keep_apart(store: Store, clock: Clock, *questions: Question) -> tuple[str, ...]:
    """Log that the cards are not the same: that is not asked again. The events' ids. Raises ScoresError."""
    events = [
        next_event(store, EventType.APART, one.deck, _pairs(one), clock)
        for one in (question.rekey for question in questions)
    ]
    if events:
        store.append(events)
    return tuple(event.id for event in events)


def _pairs(rekey: Rekey) -> dict[str, object]:
    return {"deck": rekey.deck, "to_deck": rekey.to_deck, "cards": dict(rekey.cards)}


def ask_again(store: Store, clock: Clock, id_: str) -> None:
    """Undo what `keep_apart` logged, by its event's id. Raises ScoresError."""
    store.append([next_event(store, EventType.UNDO, id_, {}, clock)])


def take_back(store: Store, clock: Clock, id_: str) -> Rekey | None:
    """Undo a rekey, by its id: each card has what it had before, and what it was given since. None if there
    is nothing to undo. Raises ScoresError."""
    found: list[Rekey] = []
    touched: set[Ref] = set()

    def draw_up() -> tuple[Sequence[Event], Sequence[CardText]]:
        found[:] = [one for one in store.moves().rekeys if one.id == id_ and not one.undone]
        touched.update(_ends(store, (ref for one in found for pair in one.pairs for ref in pair)))
        now = clock()
        bodies = [(one.id, {"deck": one.deck, "to_deck": one.to_deck}) for one in found]
        return [event_of(store, EventType.UNDO, of, dict[str, object](body), now) for of, body in bodies], ()

    store.append_drawn(draw_up, lambda: _replayed(store, _ends(store, touched)))
    return found[0] if found else None


def _carry(
    store: Store,
    clock: Clock,
    library: Library,
    draw: Callable[[], Sequence[Rekey]],
    *,
    waits: bool = True,
) -> list[Rekey]:
    """Write rekeys that are drawn up inside the transaction, with the caches that follow from them."""
    written: list[Rekey] = []
    bare: set[Ref] = set()

    def draw_up() -> tuple[Sequence[Event], Sequence[CardText]]:
        rekeys, now = draw(), clock()
        events = [event_of(store, EventType.REKEY, one.deck, one.body(), now) for one in rekeys]
        written[:] = [structs.replace(one, id=event.id) for one, event in zip(rekeys, events, strict=True)]
        news = {new for one in rekeys for _, new in one.pairs}
        bare.update(ref for ref in news if store.is_bare(ref))
        return events, _texts(library, news)

    def follow() -> tuple[Mapping[Ref, Memory | None], Mapping[Ref, Mark]]:
        memories: dict[Ref, Memory | None] = {}
        marks: dict[Ref, Mark] = {}
        replayed: set[Ref] = set()
        for old, new in (pair for one in written for pair in one.pairs):
            if new in bare and store.is_bare(old):
                # All of it goes, and there was nothing: the caches go as they are.
                memories |= {new: store.memory(old), old: None}
                marks |= {new: store.mark(old), old: Mark()}
            else:
                replayed.update(_ends(store, (old, new)))
        more_memories, more_marks = _replayed(store, replayed)
        return memories | more_memories, marks | more_marks

    store.append_drawn(draw_up, follow, waits=waits)
    return written


def _texts(library: Library, refs: AbstractSet[Ref]) -> list[CardText]:
    """How these cards read now."""
    decks = [library.decks[id_] for id_ in sorted({ref.deck for ref in refs})]
    return [text_of(deck.id, card) for deck in decks for card in deck.cards if Ref(deck.id, card.key) in refs]


def _ends(store: Store, refs: Iterable[Ref]) -> set[Ref]:
    """These cards, and those that their histories went to."""
    cards = store.moves().cards
    return {end for ref in refs for end in cards.ends(ref)}


def _replayed(store: Store, refs: AbstractSet[Ref]) -> tuple[dict[Ref, Memory | None], dict[Ref, Mark]]:
    from quizapp.caches import mark_from, memory_from  # most starts have nothing to carry over

    return (
        {ref: memory_from(store, ref) for ref in refs},
        {ref: mark_from(store, ref) for ref in refs},
    )
