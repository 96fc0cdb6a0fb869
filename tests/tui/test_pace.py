"""The times of the screens follow the settings."""

from __future__ import annotations

from msgspec import structs

from quizapp.settings.values import QuizSettings, Settings
from quizapp.tui.pace import Pace, pace_of


def test_the_usual_times() -> None:
    assert pace_of(Settings()) == Pace(dead=0.25, right=0.4, wrong=1.5, ready=1.5, sprint=4.0)


def test_twice_the_time_holds_for_what_goes_on_by_itself() -> None:
    quiz = QuizSettings(twice_the_time=True, sprint_seconds=3)
    assert pace_of(structs.replace(Settings(), quiz=quiz)) == Pace(0.25, 0.8, 1.5, 3.0, 6.0)
