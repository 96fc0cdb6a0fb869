"""The keys of study."""

from __future__ import annotations

from textual.binding import Binding, BindingType

STUDY_KEYS: list[BindingType] = [
    Binding(
        "space",
        "go_on",
        "Show answer",
        id="study.space",
        tooltip="Show the answer; then go on (Enter too)",
    ),
    Binding("enter", "reveal_typed", "Show answer", id="study.enter", tooltip="Show the answer"),
    Binding("1", "grade(1)", "Grade", key_display="1–4", id="study.grade", tooltip="Grade it Again"),
    Binding("2", "grade(2)", "Hard", show=False, id="study.hard", tooltip="Grade it Hard"),
    Binding("3", "grade(3)", "Good", show=False, id="study.good", tooltip="Grade it Good"),
    Binding("4", "grade(4)", "Easy", show=False, id="study.easy", tooltip="Grade it Easy"),
    Binding("f3", "hint", "Hint", id="study.hint", tooltip="Show the hint; Easy is not offered then"),
    Binding("a", "again", "Again", id="study.again", tooltip="Cram the same cards once more (Enter too)"),
    Binding("t", "quiz", "Timed quiz", id="study.quiz", tooltip="A timed quiz on this deck"),
    Binding("r", "practice", "Practice", id="study.practice", tooltip="Practice without a clock"),
    Binding("tab", "compare", "Compare", show=False, id="card.compare", tooltip="Compare with its contrast"),
    Binding(
        "f4", "flag", "Flag", show=False, id="study.flag", tooltip="Flag the card, or take its flag away"
    ),
    Binding(
        "f5",
        "edit",
        "Edit",
        show=False,
        id="study.edit",
        tooltip="Edit the card, delete it, or add others to its deck",
    ),
    Binding(
        "f6",
        "suspend",
        "Suspend",
        show=False,
        id="study.suspend",
        tooltip="Suspend the card: it is asked no more, in study and cram",
    ),
    Binding(
        "f8",
        "bury",
        "Bury",
        show=False,
        id="study.bury",
        tooltip="Bury the card: it is asked no more today",
    ),
    Binding(
        "backspace",
        "undo",
        "Undo",
        id="study.undo",
        tooltip="Undo what you did last, on earlier days too",
    ),
    Binding("escape", "leave", "Leave", id="study.leave", tooltip="Leave; every answer is kept"),
]
