"""Which keys do what: all bindings by their ids, the sets of keys to choose from, and a person's own.

The bindings are those of the screens and widgets themselves; nothing is listed twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from msgspec import Struct, structs
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import KEY_NAME_REPLACEMENTS, KEY_TO_UNICODE_NAME, REPLACED_KEYS, Keys, key_to_character

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
_QUESTIONS = ("study", "quiz", "exam")
_MODIFIERS = ("ctrl", "shift", "alt", "super")
_SHARED = {
    "card": "questions",
    "typed": "questions",
    "quiz": "quiz and exam",
    "list": "lists",
    "line": "typed lines",
    "scroll": "long texts",
}
_ARROWS = ("left", "right", "up", "down")

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
    from quizapp.tui.browse import BrowseScreen
    from quizapp.tui.card import CardScreen
    from quizapp.tui.carry import CarryScreen
    from quizapp.tui.catch_up import CatchUpScreen
    from quizapp.tui.choose import ChooseScreen
    from quizapp.tui.conflict import ConflictScreen
    from quizapp.tui.deck import DeckScreen
    from quizapp.tui.exam import ExamScreen
    from quizapp.tui.exporting import ExportScreen
    from quizapp.tui.form import FormScreen
    from quizapp.tui.help import HelpScreen
    from quizapp.tui.home import HomeScreen
    from quizapp.tui.import_preview import PreviewScreen
    from quizapp.tui.importing import ImportScreen
    from quizapp.tui.keys import KeysScreen
    from quizapp.tui.new_deck import NewDeckScreen
    from quizapp.tui.problems import ProblemsScreen
    from quizapp.tui.quiz import QuizScreen
    from quizapp.tui.results import ResultsScreen
    from quizapp.tui.scores import ScoresScreen
    from quizapp.tui.settings import SettingsScreen
    from quizapp.tui.setup import SetupScreen
    from quizapp.tui.study import StudyScreen
    from quizapp.tui.themes import ThemeScreen
    from quizapp.tui.widgets.card_list import CardList
    from quizapp.tui.widgets.deck_list import DeckList
    from quizapp.tui.widgets.fields import Pick
    from quizapp.tui.widgets.filter_line import FilterLine
    from quizapp.tui.widgets.line import Line
    from quizapp.tui.widgets.older_list import OlderList
    from quizapp.tui.widgets.setting_list import SettingList
    from quizapp.tui.widgets.typed import Typed
    from quizapp.tui.widgets.words import Value

    return {
        "home": (HomeScreen, DeckList),
        "study": (StudyScreen, Typed),
        "quiz": (QuizScreen, Typed),
        "exam": (ExamScreen, Typed),
        "new quiz": (SetupScreen, SettingList),
        "choose": (ChooseScreen, SettingList),
        "catch up": (CatchUpScreen, SettingList),
        "results": (ResultsScreen,),
        "deck": (DeckScreen, SettingList),
        "cards": (BrowseScreen, CardList, FilterLine),
        "card": (CardScreen,),
        "card form": (FormScreen, Pick),
        "changed file": (ConflictScreen,),
        "new deck": (NewDeckScreen, SettingList, Line),
        "import": (ImportScreen, Line),
        "import preview": (PreviewScreen, SettingList, Line),
        "export": (ExportScreen, SettingList, Line),
        "scores": (ScoresScreen,),
        "problems": (ProblemsScreen,),
        "older cards": (CarryScreen, OlderList),
        "settings": (SettingsScreen, SettingList, Value),
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
            for binding in own_bindings(node):
                id_ = binding.id or ""
                known = found.get(id_)
                names = tuple(dict.fromkeys((*(known.screens if known else ()), screen)))
                keys = known.keys if known else binding.key
                found[id_] = Bound(id_, keys, binding.tooltip or binding.description, names)
    return found


def own_bindings(node: type[DOMNode]) -> Iterator[Binding]:
    """The bindings with an id of a class and those it is made from; Textual's own have none that we know."""
    for base in reversed(node.__mro__):
        if (issubclass(base, DOMNode) and base.__module__.startswith("quizapp.")) or base is node:
            for binding in base.__dict__.get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.id:
                    yield binding


def group_of(bound: Bound) -> str:
    """Where a binding works, as a heading: a screen, or what several of them have."""
    if EVERYWHERE in bound.screens:
        return EVERYWHERE
    if len(bound.screens) == 1:
        return bound.screens[0]
    return _SHARED.get(bound.id.partition(".")[0], EVERYWHERE)


def grouped() -> dict[str, list[Bound]]:
    """All bindings by where they work, those that work on several screens last."""
    groups: dict[str, list[Bound]] = {name: [] for name in (*screens(), *_SHARED.values())}
    groups[EVERYWHERE] = groups.pop(EVERYWHERE)
    for bound in bindings().values():
        groups[group_of(bound)].append(bound)
    return {name: found for name, found in groups.items() if found}


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
            return "the key ctrl+c is the terminal's own", "choose another"
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
        if name not in usual and (len(name) == 1 or name in _ARROWS):
            message = f"the key {written(name)} belongs to the answers there"
            return message, "choose one that is no letter, digit or arrow"
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
                does = f"{bound.does[:1].lower()}{bound.does[1:]}"
                found[id_] = (f"the key {written(key)} is taken by {other} ({does})", "choose another")
                break
    return found


def _meet(one: Bound, other: Bound) -> bool:
    """Whether the two can be there at once."""
    anywhere = EVERYWHERE in (*one.screens, *other.screens)
    return anywhere or bool(set(one.screens) & set(other.screens))


def refused_keys(settings: Settings, id_: str, keys: str | None) -> str:
    """Why a binding can't have these keys, or its usual ones again for None; "" if it can."""
    others = {other: own for other, own in settings.keys.items() if other != id_}
    if keys is None:
        return lost_keys(settings, structs.replace(settings, keys=others))
    faults = faulty_keys(structs.replace(settings, keys={**others, id_: keys}))
    return "; ".join(faults.get(id_, ()))


def lost_keys(before: Settings, after: Settings) -> str:
    """Which of somebody's own keys a change would take away, since others have them then; "" if none."""
    faults, known = faulty_keys(after), faulty_keys(before)
    for id_ in faults.keys() - known.keys():
        return f"then {faults[id_][0]}; give {id_} another first"
    return ""


def written(keys: str) -> str:
    """Keys as a person writes them into config.toml: `?` and not question_mark."""
    return ", ".join(_written(key) for key in keys.split(","))


def _written(key: str) -> str:
    sign = key_to_character(REPLACED_KEYS.get(key, key))
    return sign if sign and sign.isprintable() and sign not in " ," and _name(sign) == key else key


def _names(keys: str) -> list[str]:
    """The keys' names as Textual has them: `?` is question_mark."""
    if keys.strip() == ",":
        return ["comma"]
    return [_name(key.strip()) for key in keys.split(",")] if keys.strip() else []


def _name(key: str) -> str:
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)
