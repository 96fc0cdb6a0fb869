"""The last row of a screen: the keys that matter now."""

from __future__ import annotations

from typing import Any, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.keys import format_key
from textual.screen import Screen
from textual.widget import Widget

MOST = 5
"""So many keys are shown at most."""

_NAMES = {
    "space": "Space",
    "backspace": "Bksp",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "delete": "Del",
    "home": "Home",
    "end": "End",
}
_HELP = "help"
_LEAVE = ("leave", "pause", "back", "close", "home", "all")
"""How the ids of the bindings end that lead away from a screen."""
_NARROW = 60


def key_name(key: str) -> str:
    """A key as people know it: `Space`, `Bksp`, `^p`, `F2`, `?`."""
    *modifiers, last = key.split("+")
    name = _NAMES.get(last) or format_key(last)
    if last[:1] == "f" and last[1:].isdigit():
        name = last.upper()
    if "ctrl" in modifiers:
        name = f"^{name}"
        modifiers.remove("ctrl")
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name])


def several(display: str | None) -> bool:
    """Whether what a binding shows stands for several keys: `1–4`, `←→`."""
    return display is not None and any(sign in display for sign in "–→")


def key_of(screen: Screen[Any], binding_id: str) -> str:
    """The key that a binding of a screen has now, for a text that names it; "" if it has none now."""
    for active in screen.active_bindings.values():
        if active.binding.id == binding_id and active.enabled:
            return active.binding.key_display or key_name(active.binding.key)
    return ""


class Item(NamedTuple):
    """A key in the footer. several: it stands for several keys, so that a click can't mean one of them.
    stays: it is shown however little room there is."""

    key: str
    name: str
    label: str
    several: bool
    stays: bool

    @property
    def width(self) -> int:
        """Its width in cells."""
        return cell_len(self.name) + (1 + cell_len(self.label) if self.label else 0)


class KeyFooter(Widget):
    """The screen's bindings with `show`, in the order they are bound; help and Esc last.

    What has no room goes from the back, but the first, help and Esc stay.
    """

    ALLOW_SELECT = False

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._labels: dict[str, str] = {}
        self._several: dict[str, str] = {}

    def on_mount(self) -> None:
        """Follow the bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def on_unmount(self) -> None:
        """Follow them no more."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def label(self, binding_id: str, label: str) -> None:
        """Show this for a binding, such as `Again, 10m`, instead of its description; "" for that again."""
        if self._labels.get(binding_id, "") != label:
            self._labels[binding_id] = label
            self.refresh()

    def keys(self, binding_id: str, keys: str) -> None:
        """Show these for a binding that stands for several keys, instead of those that it names; "" for them
        again."""
        if self._several.get(binding_id, "") != keys:
            self._several[binding_id] = keys
            self.refresh()

    def render(self) -> Content:
        """The keys, in the middle."""
        parts: list[Content] = []
        at = 0
        for start, item in self._placed():
            label = Content.assemble(" ", (item.label, "$text-muted")) if item.label else Content("")
            parts.append(Content.assemble(" " * (start - at), (item.name, "bold $text-accent"), label))
            at = start + item.width
        return Content("").join(parts)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        for start, item in self._placed():
            if start <= event.x < start + item.width and not item.several:
                event.stop()
                self.app.simulate_key(item.key)

    def _bindings_changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen and screen.app.app_focus:
            self.refresh()

    def _items(self) -> list[Item]:
        """All keys that could be shown, in order: the last two are help and Esc where there are such."""
        shown: dict[str, Binding] = {}
        usual: list[str] = []  # the names in the order they are bound: keymaps put other keys at the end
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.enabled:
                name = _name(active.binding)
                if name not in usual:
                    usual += [_name(binding) for _, binding in active.node._bindings]
                shown.setdefault(name, active.binding)
        ordered = sorted(shown.values(), key=lambda binding: (_rank(binding), usual.index(_name(binding))))
        return [
            Item(
                binding.key,
                self._name_of(binding),
                self._labels.get(binding.id or "") or binding.description,
                several(binding.key_display),
                stays=bool(_rank(binding)),
            )
            for binding in ordered
        ]

    def _name_of(self, binding: Binding) -> str:
        others = self._several.get(binding.id or "", "") if several(binding.key_display) else ""
        return others or binding.key_display or key_name(binding.key)

    def _placed(self) -> list[tuple[int, Item]]:
        width = self.size.width
        gap = 2 if self.app.size.width < _NARROW else 3
        items = _fitted(self._items(), width, gap)
        start = (width - _width(items, gap)) // 2
        placed: list[tuple[int, Item]] = []
        for item in items:
            placed.append((start, item))
            start += item.width + gap
        return placed


def _rank(binding: Binding) -> int:
    name = _name(binding).rpartition(".")[2]
    return 2 if name in _LEAVE else int(name == _HELP)


def _name(binding: Binding) -> str:
    return binding.id or binding.action


def _fitted(items: list[Item], width: int, gap: int) -> list[Item]:
    """As many as may be shown and fit; labels go, from the back, before any of those that stay."""
    stay = [item for place, item in enumerate(items) if not place or item.stays]
    while len(items) > MOST or _width(items, gap) > width:
        spare = [item for item in items if item not in stay]
        if not spare:
            break
        items.remove(spare[-1])
    for place in range(len(items) - 1, -1, -1):
        if _width(items, gap) > width:
            items[place] = items[place]._replace(label="")
    while items and _width(items, gap) > width:
        items.pop()
    return items


def _width(items: list[Item], gap: int) -> int:
    return sum(item.width for item in items) + gap * (len(items) - 1)
