"""The head of a deck file with its [quiz] and [study]: what holds for all cards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec import Struct

from quizapp.deck.card import QuizDefaults, StudyDefaults, letters
from quizapp.deck.entry import Choices, owner_of
from quizapp.deck.faults import Faults
from quizapp.deck.tables import (
    MODES,
    DeckTable,
    EntryTable,
    Misfit,
    QuizTable,
    StudyTable,
    as_text,
    keys_of,
    noun_of,
    quoted,
    take,
)
from quizapp.deck.text import collapse
from quizapp.problem import did_you_mean

T = TypeVar("T", QuizTable, StudyTable)

_STEP = re.compile(r"([1-9][0-9]{0,3})\s*([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_MOST_STEPS = 9


class Head(Struct, frozen=True):
    """What the head says. choices: None where there are none to use; excused: and a fault says why.

    markdown: what holds for entries that do not say it themselves.
    """

    title: str
    about: str
    source: str
    choices: Choices | None
    excused: bool
    markdown: bool
    quiz: QuizDefaults
    study: StudyDefaults


def read_head(table: Mapping[str, Any], faults: Faults) -> Head:
    """The head from the file's top table; `card` is passed over. What is wrong goes to `faults`."""
    tables = ("quiz", "study", "card")
    head, misfits = take({key: value for key, value in table.items() if key not in tables}, DeckTable)
    for misfit in misfits:
        _report_top(misfit, table[misfit.key], faults)
    bad_choices = any(misfit.key == "choices" for misfit in misfits)
    choices = None if bad_choices else _choices(head, faults)
    if "keys" in table and "choices" not in table:
        faults.add(None, "keys", "keys without choices", "add choices = …, or take keys out")
    quiz = _table("quiz", table, QuizTable, faults)
    study = _table("study", table, StudyTable, faults)
    misplaced = "choices" not in table and bool(quiz.choices)
    if misplaced:
        message = "choices stands under [quiz], but the deck itself has none"
        faults.add(None, ("quiz", "choices"), message, "move it above the first [table]")
    return Head(
        title=" ".join(faults.safe(None, "title", as_text(head.title)).split()),
        about=faults.safe(None, "about", as_text(head.about)),
        source=faults.safe(None, "source", as_text(head.source)),
        choices=choices,
        excused=misplaced or (choices is None and "choices" in table),
        markdown=head.markdown,
        quiz=QuizDefaults(
            choices=_quiz_choices(quiz, choices, faults),
            seconds=quiz.seconds,
            mode=_quiz_mode(quiz, faults),
            cards=quiz.cards,
            distractors=quiz.distractors,
        ),
        study=StudyDefaults(
            study.new_per_day,
            study.reviews_per_day,
            study.retention,
            study.exam_date,
            _steps("steps", study.steps, faults),
            _steps("relearning_steps", study.relearning_steps, faults),
            study.minutes_per_day,
        ),
    )


def _steps(key: str, texts: tuple[str | int, ...] | None, faults: Faults) -> tuple[int, ...] | None:
    """Learning steps in seconds; None, for the usual ones, where nothing is said or something is wrong."""
    if texts is None:
        return None
    steps: list[int] = []
    for text in map(as_text, texts):
        step = _STEP.fullmatch(text.strip())
        if step is None:
            message = f'{quoted(text)} in {key} is not a step such as "10m"'
            faults.add(None, ("study", key), message, "write a number with s, m, h or d behind it")
        else:
            steps.append(int(step[1]) * _SECONDS[step[2]])
    if len(texts) > _MOST_STEPS:
        message = f"{key} has {len(texts)} steps, and {_MOST_STEPS} is the most"
        faults.add(None, ("study", key), message, "take some out")
        return None
    return tuple(steps) if len(steps) == len(texts) else None


def _report_top(misfit: Misfit, value: Any, faults: Faults) -> None:
    """Note a misfit of the top table: an unknown table, a key of another table, or a wrong value."""
    key, message, remedy = misfit
    items = value if isinstance(value, list) else [value]
    if key in keys_of(DeckTable):
        pass
    elif items and all(isinstance(item, Mapping) for item in items):
        message, remedy = f"unknown table {quoted(key)}", _table_meant(key, value)
    elif key in keys_of(EntryTable):
        message, remedy = f"{quoted(key)} is a key of a card, not of the deck", "write [[card]] above it"
    elif owner := owner_of(key):
        message, remedy = f"{quoted(key)} is a key of {owner[0]}, not of the deck", owner[1]
    faults.add(None, key, message, remedy)


def _table_meant(key: str, value: Any) -> str:
    """Which header was meant by one that is not known; double brackets are for cards alone."""
    near = did_you_mean(key[:80], ("card", "quiz", "study"))
    name = next((name for name in ("quiz", "study") if f'"{name}"' in near), "")
    if name and not isinstance(value, list):
        return f"did you mean [{name}]?"
    return "did you mean [[card]]?" if near or isinstance(value, list) else ""


def _table(name: str, top: Mapping[str, Any], shape: type[T], faults: Faults) -> T:
    """`[quiz]` or `[study]`; what is wrong in it is noted."""
    table = top.get(name, {})
    if not isinstance(table, Mapping):
        message = f"{name} is {noun_of(table)}, not a table"
        faults.add(None, name, message, f"write [{name}] and its keys below")
        return shape()
    taken, misfits = take(table, shape)
    for key, message, remedy in misfits:
        if key not in keys_of(shape):
            if key in keys_of(EntryTable) and key not in keys_of(DeckTable):
                message, remedy = (
                    f"{quoted(key)} is a key of a card, not of [{name}]",
                    "write [[card]] above it",
                )
            elif owner := owner_of(key):
                message = f"{quoted(key)} is a key of {owner[0]}, not of [{name}]"
                remedy = owner[1].replace("[[card]]", "[table]")
        faults.add(None, (name, key), message, remedy)
    return taken


def _choices(head: DeckTable, faults: Faults) -> Choices | None:
    """The choices and their letters; None if there are none, or not enough different ones."""
    by_text: dict[str, str] = {}
    for raw in map(as_text, head.choices):
        text = collapse(raw)
        if text in by_text:
            faults.add(None, "choices", f"choices has {quoted(raw)} twice", "take one out")
        else:
            by_text[text] = faults.safe(None, "choices", raw)
    if len(by_text) < 2:
        return None
    texts = tuple(by_text.values())
    return Choices(texts, letters(texts, _letters(head, faults)), by_text)


def _letters(head: DeckTable, faults: Faults) -> tuple[str, ...]:
    """The head's `keys`, if they are usable: one letter for each choice, no two the same."""
    given = [collapse(as_text(key)) for key in head.keys]
    if not given or len({collapse(as_text(choice)) for choice in head.choices}) < len(head.choices):
        return ()
    if len(given) != len(head.choices):
        message = f"keys has {len(given)}, choices {len(head.choices)}"
        faults.add(None, "keys", message, "write one letter for each choice")
        return ()
    seen: dict[str, str] = {}
    good = True
    for key in given:
        letter = key.casefold()
        if len(letter) != 1 or not letter.isalpha():
            faults.add(None, "keys", f"the key {quoted(key)} is not a single letter", "write one letter")
            good = False
        elif letter in seen:
            same = (
                f"{quoted(seen[letter])} and {quoted(key)}"
                if seen[letter] != key
                else f"two times {quoted(key)}"
            )
            faults.add(
                None, "keys", f"keys has {same}", "give each choice a letter of its own; case does not count"
            )
            good = False
        seen.setdefault(letter, key)
    return tuple(seen) if good else ()


def _quiz_choices(quiz: QuizTable, choices: Choices | None, faults: Faults) -> tuple[str, ...]:
    """The quiz's choices as the deck writes them, without those that the deck does not have."""
    if choices is None:
        return ()
    kept: list[str] = []
    for raw in map(as_text, quiz.choices):
        text = choices.by_text.get(collapse(raw))
        where = ("quiz", "choices")
        if text is None:
            listed = ", ".join(quoted(choice)[1:-1] for choice in choices.texts)
            message = f"{quoted(raw)} is not one of the deck's choices {listed}"
            faults.add(None, where, message, did_you_mean(raw[:80], choices.texts))
        elif text in kept:
            faults.add(None, where, f"choices has {quoted(raw)} twice", "take one out")
        else:
            kept.append(text)
    if len(kept) == 1 and len(quiz.choices) == 1:
        message = f"a quiz can't ask with {quoted(kept[0])} as the only choice"
        faults.add(None, ("quiz", "choices"), message, "name two of the deck's choices, or none for all")
    # All of them is what a quiz asks anyway; fewer than two can't be asked.
    return tuple(kept) if 2 <= len(kept) < len(choices.texts) else ()


def _quiz_mode(quiz: QuizTable, faults: Faults) -> str | None:
    """The quiz's mode, if there is one of that name."""
    mode = as_text(quiz.mode)
    if not mode:
        return None
    if collapse(mode) in MODES:
        return collapse(mode)
    message = f"{quoted(mode)} is not one of the modes {', '.join(MODES)}"
    faults.add(None, ("quiz", "mode"), message, did_you_mean(mode[:80], MODES))
    return None
