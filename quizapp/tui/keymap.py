"""Which keys do what: all bindings by their ids, the sets of keys to choose from, and a person's own.

The bindings are those of the screens and widgets themselves; nothing is listed twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from msgspec import Struct
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import KEY_NAME_REPLACEMENTS, KEY_TO_UNICODE_NAME, Keys

from quizapp.problem import did_you_mean
from quizapp.settings.values import Settings

VIM = {
    "list.up": "up,k",
    "list.down": "down,j",
    "list.first": "home,g",
    "list.last": "end,G",
    "list.pageup": "pageup,ctrl+b,ctrl+u",
    "list.pagedown": "pagedown,ctrl+f,ctrl+d",
    "scroll.up": "up,k",
    "scroll.down": "down,j",
    "scroll.first": "home,g",
    "scroll.last": "end,G",
    "scroll.pageup": "pageup,ctrl+b,ctrl+u",
    "scroll.pagedown": "pagedown,space,ctrl+f,ctrl+d",
}
"""The preset `vim`: lists and texts are moved by vi's keys too. No preset binds a letter on a question."""

EVERYWHERE = "everywhere"
_QUESTIONS = ("study", "quiz")
_MODIFIERS = ("ctrl", "shift", "alt", "super")
_OURS_ALREADY = ("left", "right", "down")

Fault = tuple[str, str]
"""What is wrong with somebody's keys for a binding, and the remedy."""


class Bound(Struct, frozen=True):
    """A binding: its keys as Textual writes them, separated by commas, what it does, and on which screens."""

    id: str
    keys: str
    does: str
    screens: tuple[str, ...]


def screens() -> dict[str, tuple[type[DOMNode], ...]]:
    """Every screen by its name, with the widgets on it that have bindings of their own."""
    # Imported here: with no keys of one's own, no start needs any of them but home.
    from quizapp.tui.app import QuizApp
    from quizapp.tui.help import HelpScreen
    from quizapp.tui.home import HomeScreen
    from quizapp.tui.keys import KeysScreen
    from quizapp.tui.problems import ProblemsScreen
    from quizapp.tui.quiz import QuizScreen
    from quizapp.tui.results import ResultsScreen
    from quizapp.tui.settings import SettingsScreen
    from quizapp.tui.study import StudyScreen
    from quizapp.tui.themes import ThemeScreen
    from quizapp.tui.widgets.deck_list import DeckList
    from quizapp.tui.widgets.setting_list import SettingList
    from quizapp.tui.widgets.typed import Typed

    return {
        "home": (HomeScreen, DeckList),
        "study": (StudyScreen, Typed),
        "quiz": (QuizScreen, Typed),
        "results": (ResultsScreen,),
        "problems": (ProblemsScreen,),
        "settings": (SettingsScreen, SettingList),
        "keys": (KeysScreen, SettingList),
        "themes": (ThemeScreen, SettingList),
        "help": (HelpScreen,),
        EVERYWHERE: (QuizApp,),
    }


def bindings() -> dict[str, Bound]:
    """All bindings by their id, in the order of the screens."""
    found: dict[str, Bound] = {}
    for screen, nodes in screens().items():
        for node in nodes:
            for binding in _own(node):
                id_ = binding.id or ""
                known = found.get(id_)
                names = tuple(dict.fromkeys((*(known.screens if known else ()), screen)))
                keys = known.keys if known else binding.key
                found[id_] = Bound(id_, keys, binding.tooltip or binding.description, names)
    return found


def _own(node: type[DOMNode]) -> Iterator[Binding]:
    """The bindings with an id of a class and those it is made from; Textual's own have none that we know."""
    for base in reversed(node.__mro__):
        if (issubclass(base, DOMNode) and base.__module__.startswith("quizapp.")) or base is node:
            for binding in base.__dict__.get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.id:
                    yield binding


def keymap_of(settings: Settings) -> dict[str, str]:
    """What to hand to `App.set_keymap`; the settings' keys have no faults."""
    preset = VIM if settings.keymap == "vim" else {}
    return {**preset, **{id_: ",".join(_names(keys)) for id_, keys in settings.keys.items()}}


def faulty_keys(settings: Settings) -> dict[str, Fault]:
    """What is wrong with somebody's keys, by the binding's id."""
    known = bindings()
    faults: dict[str, Fault] = {}
    for id_, keys in settings.keys.items():
        if id_ not in known:
            hint = did_you_mean(id_[:80], known) or "docs/keys.md lists all"
            faults[id_] = (f'there is no binding "{id_[:40]}"', hint)
        elif (fault := _bad_name(keys) or _belongs_to_an_answer(known[id_], keys)) is not None:
            faults[id_] = fault
    return faults | _clashes(settings, known, faults)


def _bad_name(keys: str) -> Fault | None:
    names = _names(keys)
    if not names or "" in names:
        return "no key is given", 'name one, such as "f5", "x" or "ctrl+x"'
    for name in names:
        if name == "ctrl+c":
            return "ctrl+c is the terminal's own", "choose another"
        if not _is_key(name):
            return f'there is no key "{name[:40]}"', 'a key is written "x", "?", "f5", "ctrl+x" or "pageup"'
    return None


def _is_key(name: str) -> bool:
    *modifiers, last = name.split("+")
    if any(modifier not in _MODIFIERS for modifier in modifiers):
        return False
    if len(last) == 1 or last in {key.value for key in Keys} or last in KEY_TO_UNICODE_NAME:
        return True
    if last in KEY_NAME_REPLACEMENTS.values() or re.fullmatch(r"f([1-9]|1[0-9]|2[0-4])", last):
        return True
    try:
        unicodedata.lookup(last.replace("_", " "))
    except KeyError:
        return False
    return True


def _belongs_to_an_answer(bound: Bound, keys: str) -> Fault | None:
    """Letters, digits and arrows answer a question (DESIGN §4.9)."""
    if not any(screen in _QUESTIONS for screen in (*bound.screens,)) and EVERYWHERE not in bound.screens:
        return None
    usual = bound.keys.split(",")
    for name in _names(keys):
        if name not in usual and (len(name) == 1 or name in _OURS_ALREADY):
            return f"{name} answers a question there", "choose a key that is no letter, digit or arrow"
    return None


def _clashes(settings: Settings, known: Mapping[str, Bound], faults: Mapping[str, Fault]) -> dict[str, Fault]:
    own = {id_: keys for id_, keys in settings.keys.items() if id_ not in faults}
    preset = VIM if settings.keymap == "vim" else {}
    now = {id_: set(_names(own.get(id_) or preset.get(id_) or bound.keys)) for id_, bound in known.items()}
    usual = {id_: set(_names(bound.keys)) for id_, bound in known.items()}
    found: dict[str, Fault] = {}
    for id_ in own:
        for other, bound in known.items():
            if other == id_ or not _meet(known[id_], bound):
                continue
            shared = (now[id_] & now[other]) - (usual[id_] & usual[other])
            if shared:
                key = min(shared)
                found[id_] = (f"{key} is taken by {other} ({bound.does.lower()})", "choose another key")
                break
    return found


def _meet(one: Bound, other: Bound) -> bool:
    """Whether the two can be there at once."""
    anywhere = EVERYWHERE in (*one.screens, *other.screens)
    return anywhere or bool(set(one.screens) & set(other.screens))


def _names(keys: str) -> list[str]:
    """The keys' names as Textual has them: `?` is question_mark."""
    return [_name(key.strip()) for key in keys.split(",")] if keys.strip() else []


def _name(key: str) -> str:
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)
