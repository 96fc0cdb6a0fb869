"""The keys of the list of a deck's cards."""

from __future__ import annotations

from textual.binding import Binding, BindingType

BROWSE_KEYS: list[BindingType] = [
    Binding("space", "card", "Whole card", id="browse.card", tooltip="Show all of the selected card"),
    Binding(
        "slash",
        "filter",
        "Filter",
        key_display="/",
        id="browse.filter",
        tooltip="Type what cards to show",
    ),
    Binding("s", "sort(1)", "Sort", id="browse.sort", tooltip="Sort by the next column, or as in the deck"),
    Binding("S", "turn", "Turn", show=False, id="browse.turn", tooltip="The last first"),
    Binding(
        "f4",
        "flag",
        "Flag",
        show=False,
        id="browse.flag",
        tooltip="Flag the card, or take its flag away",
    ),
    Binding(
        "f6",
        "suspend",
        "Suspend",
        show=False,
        id="browse.suspend",
        tooltip="Suspend the card: it is asked no more; or bring it back",
    ),
    Binding(
        "f8",
        "bury",
        "Bury",
        show=False,
        id="browse.bury",
        tooltip="Bury the card: it is asked no more today; or bring it back",
    ),
    Binding(
        "u,backspace",
        "undo",
        "Undo",
        show=False,
        id="browse.undo",
        tooltip="Take back what was done last on this screen",
    ),
    Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
    Binding("escape", "back", "Back", id="browse.back", tooltip="Show all cards again; then back"),
]
