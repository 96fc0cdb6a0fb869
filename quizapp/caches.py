"""The caches of the scores file, recomputed from its log with the values that were logged."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from quizapp.learn.schedule import Graded, replay
from quizapp.learn.score import is_fresh, run_of
from quizapp.learn.setup import Mode
from quizapp.learn.start import Start
from quizapp.record import Event, EventType, Grade, Mark, Memory, Moment, Ref, Run
from quizapp.scores.store import Caches, Follow, Store


def memory_from(
    store: Store, ref: Ref, *, without: str = "", regraded: tuple[str, Grade] | None = None
) -> Memory | None:
    """A card's memory by replay of the log. without: as it would be if this answer, or each of this session,
    were undone. regraded: an answer, and the grade that it is about to get."""
    regraded_id, regrade = regraded or ("", None)
    schedulers = store.schedulers()
    history = [
        (
            item.answer.card,
            Graded(
                regrade if regrade is not None and item.answer.id == regraded_id else item.grade,
                Moment(item.answer.at_ms, item.answer.offset_min, item.answer.day),
                item.answer.target,
                item.answer.latest,
                schedulers[item.answer.scheduler],
            ),
        )
        for item in store.history(ref, without=without)
        if item.grade is not None and item.answer.target is not None and item.answer.scheduler is not None
        if item.answer.session != without
    ]
    return replay(history)


def mark_from(store: Store, ref: Ref, *, without: str = "") -> Mark:
    """A card's mark by its events in the log. without: as it would be if this event were undone."""
    return mark_after(Mark(), store.mark_events(ref, without=without))


def mark_after(mark: Mark, events: Iterable[Event]) -> Mark:
    """A mark after events in log order; the last of each type counts."""
    for event in events:
        match event.type:
            case EventType.SUSPEND:
                mark = structs.replace(mark, suspended=bool(event.body["on"]))
            case EventType.FLAG:
                mark = structs.replace(mark, flagged=bool(event.body["on"]))
            case EventType.BURY:
                mark = structs.replace(mark, buried=event.body["until"])
    return mark


def following(store: Store, as_of: int, row: str, memories: Iterable[Ref], marks: Iterable[Ref]) -> Follow:
    """How the memories and marks of these cards follow from the log, for `Store.append`.

    row: the id of the last row that is about them: their history may be carried over meanwhile.
    """
    graded, marked = tuple(memories), tuple(marks)

    def read() -> Caches:
        return (
            {at: memory_from(store, at) for ref in graded for at in (ref, store.card_now(ref, row))},
            {at: mark_from(store, at) for ref in marked for at in (ref, store.card_now(ref, row))},
        )

    return Follow(as_of, read)


def rebuild(store: Store) -> bool:
    """Recompute every cache from the log, with the values that were logged; True if anything changed.

    Sessions in a mode that this version does not know are left as they are.
    """

    def compute() -> tuple[dict[Ref, Memory], dict[Ref, Mark], list[Run]]:
        memories = {ref: memory_from(store, ref) for ref in store.graded_cards()}
        return (
            {ref: memory for ref, memory in memories.items() if memory is not None},
            {ref: mark_from(store, ref) for ref in store.marked_cards()},
            _runs(store),
        )

    return store.replace_caches(compute)


def _runs(store: Store) -> list[Run]:
    ended = {event.subject: bool(event.body.get("finished")) for event in store.events(EventType.END)}
    known = {mode.value for mode in Mode}
    # These stay as they are, and have used up their seeds.
    others = [run for run in store.runs() if run.mode not in known]
    runs: list[Run] = []
    for event in store.events(EventType.START):
        if event.body.get("mode") in known:
            start = Start.of(event)
            runs.append(
                run_of(
                    start,
                    store.session_answers(start.session),
                    finished=ended.get(start.session, False),
                    fresh=is_fresh(start, _as_of(store, start, [*others, *runs])),
                    notes=store.notes(start.session),
                )
            )
    return runs


def _as_of(store: Store, start: Start, runs: Iterable[Run]) -> list[Run]:
    """The runs with the seed of one that starts, with the decks that they belonged to then."""
    same = [run for run in runs if run.seed == start.seed]
    decks = store.moves().until(start.session).decks if same and store.moves() else None
    if decks is None:
        return same
    return [structs.replace(run, deck=decks.now(run.deck, run.session)) for run in same]
