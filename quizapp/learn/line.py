"""Which cards of a session are still to be asked, and which of them is next. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from quizapp.learn.schedule import AHEAD_MS
from quizapp.learn.study_views import Item
from quizapp.record import Moment, Ref


class Line:
    """Cards that are asked one after the other, and learning steps that wait for their time."""

    def __init__(self, items: Iterable[Item]) -> None:
        """items: in the order in which they are to be asked; those with a time for their step wait for it."""
        self.queue: deque[Ref] = deque()
        self.waiting: dict[Ref, int] = {}
        """When a step is due (ms)."""
        for item in items:
            if item.memory is not None and item.memory.due_ms is not None:
                self.waiting[item.ref] = item.memory.due_ms
            else:
                self.queue.append(item.ref)

    def __iter__(self) -> Iterator[Ref]:
        """All cards that are still to be asked, whenever that is."""
        yield from self.queue
        yield from self.waiting

    def soon(self, now: Moment) -> Iterator[Ref]:
        """The cards that are to be asked now or soon."""
        yield from self.queue
        yield from (ref for ref, due_ms in self.waiting.items() if due_ms <= now.at_ms + AHEAD_MS)

    def drop(self, ref: Ref) -> None:
        """Ask a card no more."""
        self.waiting.pop(ref, None)
        if ref in self.queue:
            self.queue.remove(ref)

    def move(self, to: Callable[[Ref], Ref]) -> None:
        """Know each card by another key."""
        self.queue = deque(map(to, self.queue))
        self.waiting = {to(ref): due_ms for ref, due_ms in self.waiting.items()}

    def take(self, now: Moment, last: Ref | None) -> Ref | None:
        """The next card, which is in the line no more: a learning step that is due, else the queue's, else a
        step due soon. last: the card that was just answered, which lets another go first."""
        by_time = sorted(self.waiting, key=lambda ref: self.waiting[ref])
        due = [ref for ref in by_time if self.waiting[ref] <= now.at_ms]
        soon = [ref for ref in by_time if self.waiting[ref] <= now.at_ms + AHEAD_MS]
        for waiting in (due, [] if self.queue else soon):
            ref = next((ref for ref in waiting if ref != last), None)
            if ref is None and waiting and not self.queue:
                ref = waiting[0]
            if ref is not None:
                del self.waiting[ref]
                return ref
        return self.queue.popleft() if self.queue else None
