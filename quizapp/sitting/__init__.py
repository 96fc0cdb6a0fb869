"""Ties a session to the scores file: start, answer, regrade, undo, end.

Every answer is on disk when the call that gave it returns. If the scores file is busy, the call raises
ScoresBusyError with the session already moved on and the rows kept: `retry` writes them.
"""

from quizapp.sitting.carrying import ask_again, carry, carry_over, keep_apart, take_back
from quizapp.sitting.ended import Ended, ended_killed
from quizapp.sitting.killed import Killed, end_killed, killed_run
from quizapp.sitting.marking import bring_back, unflag
from quizapp.sitting.missed import clear_missed
from quizapp.sitting.quizzing import QuizSitting, quiz
from quizapp.sitting.studying import CRAM, STUDY, StudySitting, cram, study
from quizapp.sitting.undoing import undo_last
from quizapp.sitting.writing import Clock, Sitting, wall_clock

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
    "carry",
    "carry_over",
    "clear_missed",
    "cram",
    "end_killed",
    "ended_killed",
    "keep_apart",
    "killed_run",
    "quiz",
    "study",
    "take_back",
    "undo_last",
    "unflag",
    "wall_clock",
]
