"""The keys of an exam, beside those of any quiz with a clock."""

from __future__ import annotations

from textual.binding import Binding, BindingType

EXAM_KEYS: list[BindingType] = [
    # Not in the footer: there is no room for it beside the exam's own.
    Binding("f2", "clock", "Hide clock", show=False, id="quiz.clock", tooltip="Hide the clock, or show it"),
    Binding("f9", "submit", "Hand in", id="exam.submit", tooltip="Name the open cards; again: hand all in"),
    Binding("tab", "next", "Next", id="exam.next", tooltip="The next card"),
    Binding("shift+tab", "previous", "Previous", show=False, id="exam.previous", tooltip="The card before"),
    Binding("f4", "flag", "Flag", id="exam.flag", tooltip="Flag the card to come back to, or no more"),
    Binding(
        "up",
        "sure(1)",
        "Surer",
        show=False,
        id="exam.surer",
        tooltip="Surer of the answer",
    ),
    Binding(
        "down",
        "sure(-1)",
        "Less sure",
        show=False,
        id="exam.unsurer",
        tooltip="Less sure of it",
    ),
]
