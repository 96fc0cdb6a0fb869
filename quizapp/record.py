"""The plain values of the log: what happened, and what FSRS remembers of it.

Everything here is frozen. Times are milliseconds since 1970-01-01 UTC unless a name says otherwise; a study
day is an ISO date string. Nothing here reads a clock.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Any, NamedTuple

from msgspec import Struct

from quizapp.day import study_day as study_day

FEWEST = 10
"""A quiz with fewer answers is never a best."""
READING_MS = 3_000
"""What reading the feedback takes; the log holds answer times only."""
LEECH_LAPSES = 8
"""A card that was forgotten so often is a leech."""
DAY_MS = 86_400_000


class Outcome(StrEnum):
    """What became of a question."""

    RIGHT = "right"
    WRONG = "wrong"
    TIMEOUT = "timeout"
    SKIPPED = "skipped"


class Grade(IntEnum):
    """How well a card was remembered, as FSRS counts."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class How(StrEnum):
    """How an answer was given."""

    CHOSEN = "chosen"
    TYPED = "typed"
    REVEALED = "revealed"


class State(IntEnum):
    """FSRS's state of a card, as FSRS counts."""

    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


class EventType(StrEnum):
    """Rows of the log that are not answers."""

    START = "start"
    END = "end"
    UNDO = "undo"
    REGRADE = "regrade"
    REKEY = "rekey"
    APART = "apart"
    SUSPEND = "suspend"
    BURY = "bury"
    FLAG = "flag"
    CERTAINTY = "certainty"
    LIMIT = "limit"
    CLEAR = "clear"
    CAP = "cap"
    PARAMETERS = "parameters"


class Ref(NamedTuple):
    """Which card a memory belongs to: the deck's id and the card's key."""

    deck: str
    card: str


class Moment(Struct, frozen=True):
    """A point in time as the log keeps it.

    at_ms: milliseconds since the epoch, UTC. offset_min: the local zone's offset from UTC in minutes, east
    positive. day: the study day.
    """

    at_ms: int
    offset_min: int
    day: str


class Memory(Struct, frozen=True):
    """FSRS's state of one card.

    step: index of the learning step, None in review. stability: days. difficulty: 1 to 10. last_ms and
    last_day: when it was last graded. Exactly one of due_ms (a learning step) and due_day (a study day) is
    set. grades: how many scheduled grades led here; it seeds the fuzz. lapses: how often the card was graded
    Again after it had been learnt.
    """

    state: State
    step: int | None
    stability: float
    difficulty: float
    last_ms: int
    last_day: str
    due_ms: int | None
    due_day: str | None
    grades: int
    lapses: int = 0

    @property
    def is_leech(self) -> bool:
        """Whether it is forgotten again and again."""
        return self.lapses >= LEECH_LAPSES

    def is_ahead(self, now: Moment) -> bool:
        """Whether it was graded more than a day from now: by a clock that ran ahead and was set right since.

        When it falls due says nothing then: the card would be hidden for as long as the clock was wrong.
        """
        return self.last_ms > now.at_ms + DAY_MS

    def is_due(self, now: Moment) -> bool:
        """Whether the card should be asked now."""
        if self.is_ahead(now):
            return True
        if self.due_ms is not None:
            return self.due_ms <= now.at_ms
        return self.due_day is not None and self.due_day <= now.day


class Mark(Struct, frozen=True):
    """What a person has set for a card: a cache of the log's suspend, bury and flag events.

    buried: the study day until which it is not asked (exclusive), or None.
    """

    suspended: bool = False
    buried: str | None = None
    flagged: bool = False

    def hides(self, day: str) -> bool:
        """Whether the card is not to be studied on this study day."""
        return self.suspended or (self.buried is not None and day < self.buried)


class Cap(Struct, frozen=True):
    """How a backlog is caught up with: so many reviews a day, up to a study day (exclusive)."""

    per_day: int
    until: str


class Scheduler(Struct, frozen=True):
    """What a grade was scheduled with. id: a hash of the rest, so that equal schedulers are one row.

    learning and relearning: steps in seconds. maximum_interval: days.
    """

    id: str
    parameters: tuple[float, ...]
    learning: tuple[int, ...]
    relearning: tuple[int, ...]
    maximum_interval: int


class Answer(Struct, frozen=True):
    """One row of the log (DESIGN §6).

    position: 0-based place in its session. k: number of choices shown, None unless chosen. variant: 0 for the
    card's own wording, n for its n-th variant. grade: None if it moved nothing. target: the retention it was
    scheduled for. latest: the last study day it may fall due (exam), or None. ms: how long the question was
    in sight before its answer, or before it was revealed.
    """

    id: str
    device: str
    at_ms: int
    offset_min: int
    day: str
    deck: str
    card: str
    session: str
    position: int
    kind: str
    how: How
    k: int | None
    variant: int
    given: str
    outcome: Outcome
    grade: Grade | None
    target: float | None
    latest: str | None
    scheduler: str | None
    hinted: bool
    repeat: bool
    scored: bool
    ms: int

    @property
    def ref(self) -> Ref:
        """The card that was answered."""
        return Ref(self.deck, self.card)


class Event(Struct, frozen=True):
    """Any other row of the log. subject: what it is about (an id of an answer, a session or a deck; a card).

    A session may end more than once, where its summary's last answer was undone: the last end counts.
    """

    id: str
    device: str
    at_ms: int
    offset_min: int
    day: str
    type: EventType
    subject: str
    body: dict[str, Any]


class Note(Struct, frozen=True):
    """What events of the log add to a quiz's answer.

    limit_ms: how long its card could be in sight, None where a card has no time of its own. certainty: how
    sure it was said to be, 1 to 3; None where that was not asked.
    """

    limit_ms: int | None = None
    certainty: int | None = None


class CardText(Struct, frozen=True):
    """How a card read when it was first answered, so that its history can be named and matched later."""

    deck: str
    card: str
    kind: str
    prompt: str
    answer: str

    @property
    def ref(self) -> Ref:
        """Which card it was."""
        return Ref(self.deck, self.card)


class Run(Struct, frozen=True):
    """One quiz as its results keep it: a cache, recomputed from its start, its answers and its end.

    content: the content hash of the cards asked from. seconds: of a sprint or an exam (before its pace), else
    None. score: in the mode's own unit. asked and right count scored answers. fresh: no earlier run of the
    deck had its seed. cards: how many were to be asked, None for all. certainty: whether each answer
    was asked how sure it was. pace: what the time of a card or an exam was multiplied by.
    """

    session: str
    deck: str
    content: str
    mode: str
    choices: tuple[str, ...]
    seconds: int | None
    seed: int
    at_ms: int
    offset_min: int
    day: str
    finished: bool
    drill: bool
    asked: int
    right: int
    score: float
    fresh: bool
    cards: int | None = None
    certainty: bool = False
    pace: float = 1.0

    @property
    def eligible(self) -> bool:
        """Whether it may be a best: finished, at least ten answers, more than half right, a fresh seed.

        An exam with certainties is no best: it is another exam.
        """
        enough = self.asked >= FEWEST and 2 * self.right > self.asked
        return self.finished and not self.drill and not self.certainty and enough and self.fresh


class Undoable(NamedTuple):
    """The last row of the log that can be undone. id: of the answer or event. type: None for an answer."""

    id: str
    ref: Ref
    type: EventType | None


class Seen(NamedTuple):
    """How often a card was answered, and the id of its last answer ("" if never); ids order by time."""

    times: int
    last: str
