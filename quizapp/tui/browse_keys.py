"""The keys of the list of a deck's cards."""

from __future__ import annotations

from textual.binding import Binding, BindingType

BROWSE_KEYS: list[BindingType] = [
    Binding("enter,e,f5", "edit", "Edit", id="browse.edit", tooltip="Change the selected card"),
    Binding("a", "add", "Add", id="browse.add", tooltip="Write a new card for this deck"),
    Binding(
        "slash",
        "filter",
        "Filter",
        key_display="/",
        id="browse.filter",
        tooltip="Type what cards to show",
    ),
    Binding(
        "space", "card", "Whole card", show=False, id="browse.card", tooltip="Show all of the selected card"
    ),
    Binding(
        "c,d",
        "duplicate",
        "Duplicate",
        show=False,
        id="browse.duplicate",
        tooltip="Write a new card that begins with what the selected one says",
    ),
    Binding(
        "delete,x",
        "delete",
        "Delete",
        show=False,
        id="browse.delete",
        tooltip="Delete the selected card and its siblings; that can be undone",
    ),
    Binding(
        "s",
        "sort(1)",
        "Sort",
        show=False,
        id="browse.sort",
        tooltip="Sort by the next column, or as in the deck",
    ),
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
    # As the app's own for a change of a deck file is called: where both are there, this one is meant.
    Binding(
        "u,backspace",
        "undo_edit",
        "Undo",
        show=False,
        id="browse.undo",
        tooltip="Undo what was set or changed last",
    ),
    Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
    Binding("escape", "back", "Back", id="browse.back", tooltip="Show all cards again; then back"),
]
