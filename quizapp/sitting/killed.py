"""Quizzes that were cut off: the program was killed, or the machine went down.

Such a quiz has a start and answers but no end in the log. Another quizapp may be in the middle of one, so
only a quiz is offered that this device started, and whose last answer is ten minutes old. Nothing is lost
where that is wrong, after a very long pause: of a session that ends more than once the last end counts, so
the live one's own end, when it comes, takes the place of the one written here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, structs

from quizapp.learn.start import Start
from quizapp.record import Answer
from quizapp.scores.store import Store
from quizapp.sitting.writing import Clock, end_event

if TYPE_CHECKING:
    from quizapp.learn.score import Missed

QUIET_MS = 10 * 60_000
"""How old the last answer of a quiz must be before it counts as cut off."""


class Killed(Struct, frozen=True):
    """A quiz that was cut off. answers: its rows in the log, in an exam those of changed answers too."""

    start: Start
    answers: tuple[Answer, ...]

    @property
    def answered(self) -> int:
        """How many questions got an answer, or none in time."""
        from quizapp.learn.score import counted  # few starts have one to offer

        return len(counted(self.answers))

    @property
    def missed(self) -> tuple[Missed, ...]:
        """The cards that were answered wrong."""
        from quizapp.learn.score import missed

        return missed(self.answers)


def killed_run(store: Store, clock: Clock) -> Killed | None:
    """The latest quiz of this device that was cut off with at least one answer, and not yet ended since.

    None, too, if it is one that only a later version knows how to take up.
    """
    session = store.open_run(store.device, clock().at_ms - QUIET_MS)
    event = store.start_of(session) if session is not None else None
    if session is None or event is None:
        return None
    try:
        start = Start.of(event)
        # Its deck may have another id by now.
        start = structs.replace(start, deck=store.moves().decks.now(start.deck, session))
        start.setup(start.choices)
    except ValueError:  # a mode, or a BadSetup
        return None
    return Killed(start=start, answers=tuple(store.session_answers(session)))


def end_killed(store: Store, clock: Clock, killed: Killed) -> None:
    """Log that the quiz has ended, unfinished: it was offered, and is not to be offered again."""
    store.append(
        [end_event(store, killed.start.session, clock(), finished=False, answers=len(killed.answers))]
    )
