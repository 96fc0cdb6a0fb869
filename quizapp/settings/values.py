"""What can be set: the names, types, limits and defaults of all settings, as `config.toml` has them.

A description is one line for people; the settings screen, `quizapp settings` and docs/settings.md show it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from quizapp.deck.card import UsualStudy


def _set(description: str, expected: str, **limits: Any) -> Meta:
    """What a setting does, and how a problem names what was expected."""
    return Meta(description=description, extra={"expected": expected}, **limits)


_TRUTH = "true or false"
_COUNT = "a whole number from 0 to 9999"
_SECONDS = "a number of seconds from 0 to 60"


class StudySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[study]`. A deck's own `[study]` comes before these."""

    new_per_day: Annotated[int, _set("New cards a day, for each deck", _COUNT, ge=0, le=9999)] = 20
    reviews_per_day: Annotated[int, _set("Reviews a day, for each deck", _COUNT, ge=0, le=9999)] = 200
    retention: Annotated[
        float,
        _set(
            "Wanted chance to remember a card when it falls due",
            "a number from 0.5 to 0.99",
            ge=0.5,
            le=0.99,
        ),
    ] = 0.9
    rollover: Annotated[
        int, _set("Hour at which a new study day begins", "a whole hour from 0 to 23", ge=0, le=23)
    ] = 4
    minutes_per_day: Annotated[
        int,
        _set("Minutes a day, for all decks; 0 for no limit", "a whole number from 0 to 240", ge=0, le=240),
    ] = 0


class QuizSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[quiz]`."""

    clock: Annotated[bool, _set("Show the clock in a timed quiz", _TRUTH)] = True
    ready_seconds: Annotated[
        float, _set("Seconds that a quiz says Ready before it begins", _SECONDS, ge=0, le=60)
    ] = 1.5
    right_seconds: Annotated[
        float, _set("Seconds that a right answer stays against the clock", _SECONDS, ge=0, le=60)
    ] = 0.4
    wrong_seconds: Annotated[
        float, _set("Seconds that a wrong answer stays at least", _SECONDS, ge=0, le=60)
    ] = 1.5
    sprint_seconds: Annotated[
        float,
        _set("Seconds a sprint shows a wrong answer; 0 waits for a key", _SECONDS, ge=0, le=60),
    ] = 4.0
    twice_the_time: Annotated[bool, _set("Twice the time for each card, and for an exam", _TRUTH)] = False
    counts_for_study: Annotated[bool, _set("A quiz also counts for study, where a card is due", _TRUTH)] = (
        False
    )


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All settings. keys: bindings by their id, each with its keys, separated by commas."""

    theme: Annotated[str, _set("Theme: lamp (dark), paper (light), or another", "a theme's name")] = "lamp"
    reduced_motion: Annotated[bool, _set("Less motion: the clock's bar moves once a second", _TRUTH)] = False
    dead_seconds: Annotated[
        float,
        _set(
            "Seconds that keys are dead after a card is shown",
            "a number of seconds from 0 to 2",
            ge=0,
            le=2,
        ),
    ] = 0.25
    decks: Annotated[
        tuple[str, ...], _set("More folders with decks", "a list of folders such as ['~/notes']")
    ] = ()
    keymap: Annotated[
        Literal["default", "vim"], _set("Set of keys; vim also moves lists by j and k", "default or vim")
    ] = "default"
    study: StudySettings = StudySettings()
    quiz: QuizSettings = QuizSettings()
    keys: Mapping[str, str] = field(default_factory=dict)


def usual_study(settings: Settings) -> UsualStudy:
    """What holds for decks that set no limits of their own."""
    study = settings.study
    return UsualStudy(study.new_per_day, study.reviews_per_day, study.retention, study.minutes_per_day)


def usual_pace(settings: Settings) -> float:
    """What the time of a card or of an exam is multiplied by, unless told otherwise."""
    return 2.0 if settings.quiz.twice_the_time else 1.0


def counting_quiz(settings: Settings) -> UsualStudy | None:
    """What is usual in study, if a quiz is to count for it too; else None."""
    return usual_study(settings) if settings.quiz.counts_for_study else None
