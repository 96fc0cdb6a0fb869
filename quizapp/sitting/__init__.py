"""Ties a session to the scores file: start, answer, regrade, undo, end.

Every answer is on disk when the call that gave it returns. If the scores file is busy, the call raises
ScoresBusyError with the session already moved on and the rows kept: `retry` writes them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from quizapp.sitting.killed import Killed, end_killed, killed_run
from quizapp.sitting.missed import clear_missed
from quizapp.sitting.studying import STUDY, StudySitting, pool_of, study
from quizapp.sitting.writing import Clock, Sitting, wall_clock

if TYPE_CHECKING:
    from quizapp.sitting.ended import Ended, ended_killed
    from quizapp.sitting.quizzing import QuizSitting, quiz

__all__ = [
    "STUDY",
    "Clock",
    "Ended",
    "Killed",
    "QuizSitting",
    "Sitting",
    "StudySitting",
    "clear_missed",
    "end_killed",
    "ended_killed",
    "killed_run",
    "pool_of",
    "quiz",
    "study",
    "wall_clock",
]

# Home takes no quiz: what only a quiz needs, such as learn/quiz, learn/exam and learn/figures, is imported at
# its first use. That saves 1 ms of the start.
_LATER = {"Ended": "ended", "ended_killed": "ended", "QuizSitting": "quizzing", "quiz": "quizzing"}


def __getattr__(name: str) -> object:
    """A name of a module that is imported now."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
