"""Ties a session to the scores file: start, answer, regrade, undo, end.

Every answer is on disk when the call that gave it returns. If the scores file is busy, the call raises
ScoresBusyError with the session already moved on and the rows kept: `retry` writes them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from quizapp.sitting.beginning import cram, study
from quizapp.sitting.carrying import ask_again, carry, carry_over, keep_apart, take_back
from quizapp.sitting.killed import Killed, end_killed, killed_run
from quizapp.sitting.studying import CRAM, STUDY, StudySitting
from quizapp.sitting.writing import Clock, Sitting, wall_clock

if TYPE_CHECKING:
    from quizapp.sitting.catching_up import catch_up, lift_caps
    from quizapp.sitting.ended import Ended, ended_killed
    from quizapp.sitting.marking import bring_back, bury, flag, suspend, unflag, unmark
    from quizapp.sitting.missed import clear_missed
    from quizapp.sitting.quizzing import QuizSitting, quiz
    from quizapp.sitting.undoing import undo_last

__all__ = [
    "CRAM",
    "STUDY",
    "Clock",
    "Ended",
    "Killed",
    "QuizSitting",
    "Sitting",
    "StudySitting",
    "ask_again",
    "bring_back",
    "bury",
    "carry",
    "carry_over",
    "catch_up",
    "clear_missed",
    "cram",
    "end_killed",
    "ended_killed",
    "flag",
    "keep_apart",
    "killed_run",
    "lift_caps",
    "quiz",
    "study",
    "suspend",
    "take_back",
    "undo_last",
    "unflag",
    "unmark",
    "wall_clock",
]

# Home takes no quiz: what only a quiz needs, such as learn/quiz, learn/exam and learn/figures, is imported at
# its first use. That saves 1 ms of the start. So is what only a backlog needs, or whoever
# takes something back.
_LATER = {
    "Ended": "ended",
    "ended_killed": "ended",
    "QuizSitting": "quizzing",
    "quiz": "quizzing",
    "catch_up": "catching_up",
    "lift_caps": "catching_up",
    "bring_back": "marking",
    "bury": "marking",
    "flag": "marking",
    "suspend": "marking",
    "unflag": "marking",
    "unmark": "marking",
    "clear_missed": "missed",
    "undo_last": "undoing",
}


def __getattr__(name: str) -> object:
    """A name of a module that is imported now."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
