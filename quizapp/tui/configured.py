"""The settings with what only the screens know: whether a theme is there, and whether keys can be bound."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from quizapp.problem import did_you_mean
from quizapp.settings.catalogue import with_value
from quizapp.settings.read import Config
from quizapp.tui.theme import LAMP, theme_names


def checked(config: Config) -> Config:
    """The settings without a theme that is not there and keys that can't be bound; each is a problem."""
    settings, problems = config.settings, list(config.problems)
    if settings.theme not in theme_names():
        message = f'there is no theme "{settings.theme[:40]}"'
        remedy = did_you_mean(settings.theme[:80], theme_names()) or f"{LAMP} and paper are ours"
        problems.append(config.problem(("theme",), message, remedy))
        settings = structs.replace(settings, theme=LAMP)
    if settings.keys:
        from quizapp.tui.keymap import faulty_keys  # it imports every screen: only where keys are set

        faults = faulty_keys(settings)
        problems += [config.problem(("keys", id_), *fault) for id_, fault in faults.items()]
        kept = {id_: keys for id_, keys in settings.keys.items() if id_ not in faults}
        settings = structs.replace(settings, keys=kept)
    problems.sort(key=lambda problem: (problem.line, problem.column))
    return structs.replace(config, settings=settings, problems=tuple(problems))


def refusal(config: Config, key: str, value: Any) -> str:
    """Why a setting can't have a value: there is no such theme, or a key is taken. "" if it can."""
    before = {problem.message for problem in checked(config).problems}
    changed = Config(config.path, config.shown, with_value(config.settings, key, value))
    for problem in checked(changed).problems:
        if problem.message not in before:
            text = f"{problem.message}; {problem.remedy}" if problem.remedy else problem.message
            return f"{text[:1].upper()}{text[1:]}"
    return ""
