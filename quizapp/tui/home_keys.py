"""The keys of the home screen."""

from __future__ import annotations

from textual.binding import Binding, BindingType

HOME_KEYS: list[BindingType] = [
    Binding("enter", "study", "Study", id="home.study", tooltip="Study what is selected"),
    Binding("t", "quiz", "Timed quiz", id="home.quiz", tooltip="A timed quiz on the selected deck"),
    Binding("r", "practice", "Practice", show=False, id="home.practice", tooltip="A quiz without a clock"),
    Binding(
        "s",
        "set_up",
        "Set up",
        show=False,
        id="home.setup",
        tooltip="Set a quiz up: mode, length, choices",
    ),
    Binding("slash", "find", "Find", key_display="/", id="home.find", tooltip="Find a deck by its title"),
    # Textual binds the palette with priority, so that only a binding with priority can show it here.
    Binding(
        "ctrl+p",
        "app.command_palette",
        "Menu",
        id="menu",
        priority=True,
        tooltip="Every command and deck",
    ),
    Binding(
        "p",
        "problems",
        "Problems",
        show=False,
        id="home.problems",
        tooltip="What is wrong in decks or settings",
    ),
    Binding(
        "m",
        "older",
        "Older cards",
        show=False,
        id="home.older",
        tooltip="Which cards may be older ones, and what was carried over",
    ),
    Binding("e", "killed", "Cut off", show=False, id="home.killed", tooltip="Show the quiz that was cut off"),
    Binding("h", "scores", "Scores", show=False, id="home.scores", tooltip="The best and the last quizzes"),
    Binding(
        "o",
        "choose",
        "Only some",
        show=False,
        id="home.choose",
        tooltip="Study only some: decks, a tag, an aspect",
    ),
    Binding(
        "c",
        "catch_up",
        "Catch up",
        show=False,
        id="home.catch",
        tooltip="Spread what waits over some days",
    ),
    Binding(
        "u,backspace",
        "undo",
        "Undo",
        show=False,
        id="home.undo",
        tooltip="Take back the last answer, of any session",
    ),
    Binding("i", "page", "Figures", show=False, id="home.page", tooltip="How the selected deck stands"),
    Binding("b,l", "browse", "Cards", show=False, id="home.browse", tooltip="The cards of the selected deck"),
    Binding("n", "new_deck", "New deck", show=False, id="home.new", tooltip="Make a deck, and write cards"),
    Binding("f", "import", "Import", show=False, id="home.import", tooltip="Import a deck from a file"),
    Binding(
        "x",
        "export",
        "Export",
        show=False,
        id="home.export",
        tooltip="Write the selected deck for another program",
    ),
    Binding("question_mark,f1", "help", "Help", id="help", tooltip="What the keys do here"),
    Binding(
        "comma",
        "app.settings",
        "Settings",
        show=False,
        id="home.settings",
        tooltip="See and change settings",
    ),
    Binding("q", "app.quit", "Quit", show=False, id="home.quit", tooltip="Quit"),
    Binding("escape", "unfind", "All decks", id="home.all", tooltip="Show all decks again"),
]
