"""`config.toml` → Settings and all its problems, each with its place. A bad value never stops anything."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import tomli
from msgspec import Struct, structs

from quizapp.deck.file import bytes_of, text_of
from quizapp.deck.tables import Misfit, noun_of, quoted, take
from quizapp.deck.text import visible
from quizapp.problem import Problem, did_you_mean
from quizapp.settings.values import QuizSettings, Settings, StudySettings

if TYPE_CHECKING:
    from quizapp.deck.scan import Layout, Place

_TABLES: dict[str, type[Struct]] = {"study": StudySettings, "quiz": QuizSettings}


class Config(Struct, frozen=True):
    """What a config file says. settings: with the usual value wherever the file's was bad. problems: in the
    order of the file. shown: how problems name the file. text: what was read."""

    path: Path
    shown: str
    settings: Settings = Settings()
    problems: tuple[Problem, ...] = ()
    text: str = ""

    def problem(self, key: Sequence[str], message: str, remedy: str = "") -> Problem:
        """A problem with the value of a key, such as ("theme",) or ("keys", "home.quiz"), at its place."""
        where = _layout(self.text)
        line, column = _place(where, tuple(key))
        return Problem(self.shown, line, column, None, message, remedy)


class _Fault(NamedTuple):
    """Something wrong at a key. place: where it is known already."""

    path: tuple[str, ...]
    message: str
    remedy: str
    place: Place | None = None


def read_config(path: Path, shown: str | None = None) -> Config:
    """The settings in a file; those that it does not give, or gives badly, have their usual values.

    A file that is not there is an empty one. A deck folder that is not there is a problem, too. shown: how
    problems name the file; default: its path.
    """
    shown = visible(str(path)) if shown is None else shown
    if not _is_there(path):
        return Config(path, shown)
    data = bytes_of(path, shown, folder=("this is a folder, not a file", "take it away"))
    text = data if isinstance(data, Problem) else text_of(data, shown)
    if isinstance(text, Problem):
        return Config(path, shown, problems=(text,))
    return _with_missing_folders(parse_config(text, path, shown))


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True  # reading it will tell why it can't be read
    return True


def deck_folders(config: Config) -> list[Path]:
    """The deck folders that are set and there; one without a root lies where the config file lies."""
    return [folder for name in config.settings.decks if (folder := _folder(config.path, name)) is not None]


def _folder(config: Path, name: str) -> Path | None:
    try:
        folder = config.parent / Path(name).expanduser()
    except RuntimeError:
        return None  # there is no such user
    # Unlike Path.is_dir, os.path.isdir never raises for odd names.
    return folder if name.strip() and os.path.isdir(folder) else None  # noqa: PTH112 - as above


def _with_missing_folders(config: Config) -> Config:
    missing = [name for name in config.settings.decks if _folder(config.path, name) is None]
    problems = [
        config.problem(("decks",), f"the folder {quoted(name)} does not exist", "make it, or take it out")
        for name in missing
    ]
    found = sorted((*config.problems, *problems), key=lambda problem: (problem.line, problem.column))
    return structs.replace(config, problems=tuple(found))


def parse_config(text: str, path: Path, shown: str) -> Config:
    """The settings in a file's text; as `read_config`, but touches no disk."""
    faults: list[_Fault] = []
    where: Layout | None = None
    try:
        top: dict[str, Any] = tomli.loads(text)
    except (ValueError, RecursionError):
        from quizapp.deck.recover import recover  # with the scanner 5 to 10 ms, for broken files only

        found = recover(text)
        top, where = found.head, found.layout
        faults += [_Fault((), b.message, b.remedy, b.place) for b in found.broken]
    settings = _settings(top, faults)
    if not faults:
        return Config(path, shown, settings, text=text)
    where = where or _layout(text)
    problems = [
        Problem(shown, *(fault.place or _place(where, fault.path)), None, fault.message, fault.remedy)
        for fault in faults
    ]
    problems.sort(key=lambda problem: (problem.line, problem.column))
    return Config(path, shown, settings, tuple(problems), text)


def _layout(text: str) -> Layout:
    from quizapp.deck.scan import layout  # 4 to 8 ms for its patterns; a good file needs no places

    return layout(text)


def _place(where: Layout, key: tuple[str, ...]) -> Place:
    """The place of a key, whether its parts were written with dots, in quotes, or in tables of their own."""
    whole = ".".join(key)
    for path, place in where.keys.items():
        if ".".join(path) == whole:
            return place
    return where.of(None, key)


def _settings(top: Mapping[str, Any], faults: list[_Fault]) -> Settings:
    tables = {name: value for name, value in top.items() if name in (*_TABLES, "keys")}
    rest = {name: value for name, value in top.items() if name not in tables}
    settings, misfits = take(rest, Settings)
    faults += [_fault((), misfit, rest) for misfit in misfits]
    for name, value in tables.items():
        if not isinstance(value, dict):
            message = f"{name} is {noun_of(value)}, not a table"
            faults.append(_Fault((name,), message, f"write [{name}] and its keys below"))
        elif name == "keys":
            settings = structs.replace(settings, keys=_keys(value, faults))
        else:
            table, misfits = take(value, _TABLES[name])
            faults += [_fault((name,), misfit, value) for misfit in misfits]
            settings = structs.replace(settings, **{name: table})
    return settings


def _fault(table: tuple[str, ...], misfit: Misfit, values: Mapping[str, Any]) -> _Fault:
    """What does not fit, in words; a name that is none of a few is told the nearest."""
    from quizapp.settings.catalogue import settings_list  # 0.3 ms, for faulty settings only

    settings, path = settings_list(), (*table, misfit.key)
    value, key = values.get(misfit.key), ".".join(path)
    for setting in settings:
        if setting.key == key and setting.kind == "choice" and isinstance(value, str):
            message = f"{misfit.key} is {quoted(value)}, not {setting.expected}"
            return _Fault(path, message, did_you_mean(value[:80], setting.options))
    known = [setting.key for setting in settings]
    if misfit.message.startswith("unknown") and not misfit.remedy:
        elsewhere = [name for name in known if name.rpartition(".")[2] == misfit.key]
        if elsewhere:
            where = elsewhere[0].rpartition(".")[0]
            remedy = f"it stands under [{where}]" if where else "it stands above the first [table]"
            return _Fault(path, misfit.message, remedy)
    return _Fault(path, misfit.message, misfit.remedy)


def _keys(table: Mapping[str, Any], faults: list[_Fault], prefix: str = "") -> dict[str, str]:
    """The keys by id. An id's dots make tables of it, unless it is quoted: both are taken."""
    found: dict[str, str] = {}
    for name, value in table.items():
        id_ = f"{prefix}{name}"
        if isinstance(value, dict):
            found |= _keys(value, faults, f"{id_}.")
        elif isinstance(value, str):
            found[id_] = value
        else:
            message = f"{visible(id_)} is {noun_of(value)}, not a text"
            faults.append(_Fault(("keys", id_), message, "write its keys in quotes, commas between them"))
    return found
