"""The settings with what only the screens know: whether a theme is there, and whether keys can be bound."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from quizapp.deck.text import visible
from quizapp.problem import did_you_mean
from quizapp.settings.read import Config
from quizapp.settings.values import Settings
from quizapp.tui.theme import LAMP, PAPER, theme_names


def checked(config: Config) -> Config:
    """The settings without a theme that is not there and keys that can't be bound; each is a problem."""
    settings, problems = config.settings, list(config.problems)
    if no_theme := _no_theme(settings.theme):
        problems.append(config.problem(("theme",), *no_theme))
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
    """Why a setting can't have a value, None for its usual one; "" if it can.

    There is no such theme, a key is taken, or a binding would lose the person's own key.
    """
    settings, text = config.settings, ""
    if key == "theme" and value is not None:
        text = "; ".join(_no_theme(value))
    elif key.startswith("keys."):
        from quizapp.tui.keymap import refused_keys  # imported late: as above

        text = refused_keys(settings, key.removeprefix("keys."), value)
    elif key == "keymap" and settings.keys:
        from quizapp.settings.catalogue import with_value
        from quizapp.tui.keymap import lost_keys  # imported late: as above

        usual = Settings().keymap if value is None else value
        text = lost_keys(settings, with_value(settings, key, usual))
    return f"{text[:1].upper()}{text[1:]}"


def _no_theme(name: str) -> tuple[str, ...]:
    """What to say, and the remedy, if there is no theme of this name."""
    if name in theme_names():
        return ()
    return f'there is no theme "{visible(name[:40])}"', (
        did_you_mean(name[:80], theme_names()) or f"{LAMP} and {PAPER} are ours"
    )
