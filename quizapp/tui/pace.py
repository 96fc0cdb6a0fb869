"""How long keys are dead, and how long feedback stays."""

from __future__ import annotations

from msgspec import Struct

from quizapp.settings.values import Settings


class Pace(Struct, frozen=True):
    """Times of the screens, in seconds. dead: keys after a paint. right, wrong: how long feedback stays at
    least. ready: the panel before a quiz, but for the first one. sprint: after how long a sprint goes on by
    itself after a wrong answer, 0 for never."""

    dead: float
    right: float
    wrong: float
    ready: float
    sprint: float = 0.0


def pace_of(settings: Settings) -> Pace:
    """The times that were set."""
    quiz = settings.quiz
    # Who needs more time for a card needs it for its feedback too.
    more = 2 if quiz.twice_the_time else 1
    return Pace(
        settings.dead_seconds,
        quiz.right_seconds * more,
        quiz.wrong_seconds,
        quiz.ready_seconds * more,
        quiz.sprint_seconds * more,
    )
