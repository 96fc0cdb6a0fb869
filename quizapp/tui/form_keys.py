"""The keys of the form, and what its help says. Letters are text, and so are the Ctrl keys that edit a line
or a text."""

from __future__ import annotations

from textual.binding import Binding, BindingType

FORM_RULES = (
    "What you save goes into the deck's own file, and every other line of it stays as it is. A card keeps "
    "its history whatever its new words. An item of a list takes a line of its own; tags stand between "
    "commas."
)

FORM_KEYS: list[BindingType] = [
    Binding("ctrl+s", "save", "Save", id="form.save", tooltip="Save the card into its deck file"),
    Binding("f2", "preview", "Preview", id="form.preview", tooltip="Show the card as it will be asked"),
    Binding(
        "f4", "next_card", "Next card", id="form.next_card", show=False, tooltip="The next card of this entry"
    ),
    # First of all, so that what is typed right after it goes into the next field.
    Binding(
        "tab",
        "move(1)",
        "Next",
        show=False,
        priority=True,
        id="form.next",
        tooltip="The next field, from any",
    ),
    Binding(
        "shift+tab",
        "move(-1)",
        "Before",
        show=False,
        priority=True,
        id="form.before",
        tooltip="The one before",
    ),
    Binding("up", "move(-1)", "Up", show=False, id="form.up", tooltip="The field above"),
    Binding("down", "move(1)", "Down", show=False, id="form.down", tooltip="The field below"),
    Binding(
        "enter",
        "move(1)",
        "Next",
        show=False,
        id="form.enter",
        tooltip="The next field; in a text of several lines, such as Why, a new line",
    ),
    Binding(
        "f3",
        "discard",
        "Discard",
        show=False,
        id="form.discard",
        tooltip="Back to what the file says; once more brings back what you typed",
    ),
    Binding("ctrl+n", "another", "New card", id="form.new", tooltip="Write another card for this deck"),
    Binding(
        "f7",
        "duplicate",
        "Duplicate",
        show=False,
        id="form.duplicate",
        tooltip="Write another card that begins with this one's text",
    ),
    Binding(
        "ctrl+r",
        "delete",
        "Delete",
        show=False,
        id="form.delete",
        tooltip="Delete the card; that can be undone",
    ),
    Binding(
        "f6",
        "suspend",
        "Suspend",
        show=False,
        id="form.suspend",
        tooltip="Suspend the card: it is asked no more",
    ),
    Binding("f1", "help", "Help", id="form.help", tooltip="What the keys do here"),
    Binding("escape", "close", "Close", id="form.close", tooltip="Leave; what you typed is kept as a draft"),
]
