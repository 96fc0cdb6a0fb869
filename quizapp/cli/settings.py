"""`quizapp settings`: what is set, and setting it."""

from __future__ import annotations

from typing import Any

import click

from quizapp.cli.errors import BadInput, Failure
from quizapp.cli.output import as_json as json_of
from quizapp.cli.output import example, flush, note, pad, quoted, say_exactly, width
from quizapp.cli.sources import own_config
from quizapp.problem import did_you_mean
from quizapp.settings.catalogue import (
    BadValueError,
    Setting,
    as_toml,
    parse,
    settings_list,
    value_of,
)
from quizapp.settings.read import Config, read_config
from quizapp.settings.write import ConfigError, write_setting

_KEYS = "keys."
_OURS = ("lamp", "paper")
"""The themes that are there in any case, as quizapp.tui.theme names them."""


@click.command(
    "settings",
    epilog=example(
        "quizapp settings                        all of them",
        "quizapp settings study.new_per_day 10",
        "quizapp settings --reset theme          its usual value again",
    ),
)
@click.argument("key", required=False)
@click.argument("value", required=False)
@click.option("--reset", is_flag=True, help="Give KEY its usual value again.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object, a value a key.")
@click.pass_context
def command(ctx: click.Context, key: str | None, value: str | None, *, reset: bool, as_json: bool) -> None:
    """Show or change settings.

    They stand in config.toml, whose comments stay; `quizapp paths` says where that is. A binding's keys are
    set by its id: keys.home.quiz (docs/keys.md lists them). The exit code is 1 if the file has problems.
    """
    if reset and (key is None or value is not None):
        raise BadInput("--reset takes a KEY and no VALUE")
    config = own_config()
    if key is None:
        found = _checked(config)
        _show_all(found, as_json=as_json)
        for problem in found.problems:
            note(str(problem))
        ctx.exit(1 if found.problems else 0)
    setting = _named(key)
    if value is None and not reset:
        shown = _value(_checked(config), key, setting)
        say_exactly(
            json_of(_plain(shown)) if as_json else shown if isinstance(shown, str) else as_toml(shown)
        )
        flush()
        return
    _change(config, key, setting, None if reset else value)


def _show_all(config: Config, *, as_json: bool) -> None:
    values = {setting.key: value_of(config.settings, setting.key) for setting in settings_list()}
    values |= {f"{_KEYS}{id_}": keys for id_, keys in sorted(config.settings.keys.items())}
    if as_json:
        say_exactly(json_of({key: _plain(value) for key, value in values.items()}))
    else:
        about = {setting.key: setting.description for setting in settings_list()}
        names = max(map(width, values))
        texts = {key: as_toml(value) for key, value in values.items()}
        room = min(max(map(width, texts.values())), 12)
        for key, text in texts.items():
            say_exactly(
                f"{pad(key, names)}  {pad(text, room)}  {about.get(key, 'Your keys for it')}".rstrip()
            )
    flush()


def _named(key: str) -> Setting | None:
    """The setting of this name; None for a binding's keys. Raises BadInput for all else."""
    if key.startswith(_KEYS) and key != _KEYS:
        return None
    known = {setting.key: setting for setting in settings_list()}
    if key in known:
        return known[key]
    ends = [name for name in known if name.rpartition(".")[2] == key]
    hint = f'did you mean "{ends[0]}"?' if ends else did_you_mean(key[:80], known)
    raise BadInput(f"There is no setting {quoted(key)}; {hint or 'quizapp settings lists all'}")


def _value(config: Config, key: str, setting: Setting | None) -> Any:
    if setting is not None:
        return value_of(config.settings, key)
    id_ = key.removeprefix(_KEYS)
    if id_ in config.settings.keys:
        return config.settings.keys[id_]
    from quizapp.tui.keymap import bindings, written  # loads Textual: only for a binding's own keys

    known = bindings()
    if id_ not in known:
        hint = did_you_mean(id_[:80], known)
        raise BadInput(f"There is no binding {quoted(id_)}; {hint or 'docs/keys.md lists all'}")
    return written(known[id_].keys)


def _change(config: Config, key: str, setting: Setting | None, text: str | None) -> None:
    value: Any = text
    if setting is not None and text is not None:
        try:
            value = parse(setting, text)
        except BadValueError as error:
            raise BadInput(str(error)) from error
    if setting is None:
        _value(config, key, setting)  # there must be such a binding, or such keys to take out
    checks = {"theme": value not in _OURS, "keymap": bool(config.settings.keys)}
    if setting is None or checks.get(key):
        from quizapp.tui.configured import refusal  # loads Textual, 150 ms: only themes and keys need it

        if no := refusal(config, key, value):
            raise BadInput(no)
    try:
        write_setting(config.path, key, value, config.shown)
    except ConfigError as error:
        raise Failure(str(error)) from error
    note(f"{key} is as usual again." if value is None else f"{key} is now {as_toml(value)}.")
    if key == "decks":
        for problem in read_config(config.path, config.shown).problems:
            note(str(problem))


def _checked(config: Config) -> Config:
    """The settings with what only the screens know, their themes and bindings, checked too."""
    settings = config.settings
    if settings.theme in _OURS and not settings.keys:
        return config
    from quizapp.tui.configured import checked  # loads Textual: only where there is something to check

    return checked(config)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
