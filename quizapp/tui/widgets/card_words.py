"""Below a list of cards: what the selected one says, and how it stands."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from quizapp.deck.card import Card
from quizapp.deck.text import visible
from quizapp.tui.card_text import answer_in_a_line, in_a_line, prompt_in_a_line
from quizapp.tui.layout import balanced, cut

_WIDEST = 90
"""Longer lines are hard to read."""


class CardWords(Widget):
    """Prompt, answer, how the card stands, and why, in the rows there are; … where something is left out."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._card: Card | None = None
        self._standing = ""

    def say(self, card: Card | None, standing: str = "") -> None:
        """Say this of a card; nothing without one. standing: how it stands, in sentences."""
        self._card, self._standing = card, standing
        self.refresh()

    def render(self) -> Content:
        """The lines that there is room for."""
        card = self._card
        if card is None:
            return Content("")
        width, height = self.size
        why = visible(in_a_line(card, card.why))
        prompt = lines_of(visible(prompt_in_a_line(card)), width, height - 2 - bool(why))
        answer = lines_of(visible(answer_in_a_line(card, card.answer)), width, 1)
        left = height - len(prompt) - len(answer)
        standing = lines_of(self._standing, width, max(1, left - bool(why)))
        parts = [
            *(Content.assemble((line, "bold $foreground")) for line in prompt),
            *(Content.assemble((line, "$foreground")) for line in answer),
            *(Content.assemble((line, "$text-muted")) for line in lines_of(why, width, left - len(standing))),
            *(Content.assemble((line, "$text-secondary")) for line in standing),
        ]
        return Content("\n").join(parts[:height])


def lines_of(text: str, width: int, most: int) -> list[str]:
    """A text in so many lines at most, the last with … where there is more."""
    if most < 1:
        return []
    # No more of a long text is laid out than could be seen.
    seen = text[: (most + 1) * width * 2]
    lines = balanced(seen, width, _WIDEST)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), min(width, _WIDEST))]
