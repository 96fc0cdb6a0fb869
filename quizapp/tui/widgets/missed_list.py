"""The missed cards of a quiz."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from quizapp import words
from quizapp.deck.card import Card, Deck, Statement, contrasts
from quizapp.learn.figures import Mistake
from quizapp.tui.card_text import answer_in_a_line, in_a_line, prompt_in_a_line
from quizapp.tui.layout import WHY, balanced
from quizapp.tui.widgets.signs import WRONG, choice

_OPEN = "·"
_SIDE_BY_SIDE = 64
"""From so many cells on a card and its contrast stand side by side."""
_GAP = 3


class MissedList(Widget):
    """The missed cards, each with the answer given, the right one, why, and its contrast; then the cards
    that got no answer.

    Cards that are gone from the deck are only counted. waiting: cards that are still to be drilled besides.
    """

    def __init__(
        self, deck: Deck, mistakes: Sequence[Mistake], unanswered: Sequence[str], *, waiting: int = 0
    ) -> None:
        super().__init__(id="missed")
        self._deck = deck
        cards = {card.key: card for card in deck.cards}
        self._missed = [(cards[one.card], one) for one in mistakes if one.card in cards]
        self._open = [cards[key] for key in unanswered if key in cards]
        self._gone = len(mistakes) + len(unanswered) - len(self._missed) - len(self._open)
        self._waiting = waiting

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes in this width, also where it begins out of sight."""
        return self._text(width).plain.count("\n") + 1

    def render(self) -> Content:
        """The text in the width that it has."""
        return self._text(self.size.width)

    def _text(self, width: int) -> Content:
        return Content("\n").join(self._lines(max(20, width), wide=self.screen.has_class("-wide")))

    def _lines(self, width: int, *, wide: bool) -> Iterator[Content]:
        # On wide screens there is room for an empty line between cards.
        gap = [Content("")] if wide else []
        yield self._head()
        for card, mistake in self._missed:
            yield from gap
            yield from _card(card, mistake, self._deck.cards, width, wide=wide)
        if self._open:
            yield from gap
            yield Content.assemble((f"{len(self._open)} without an answer", "bold $foreground"))
        for card in self._open:
            yield from gap
            yield from _card(card, None, self._deck.cards, width, wide=wide)
        if self._gone:
            are = "is" if self._gone == 1 else "are"
            text = f"{words.count(self._gone, 'card')} {are} no longer in the deck."
            yield from (Content.assemble((line, "$text-muted")) for line in balanced(text, width, WHY))
        if self._waiting:
            text = f"{words.count(self._waiting, 'missed card')} not drilled yet."
            yield from (Content.assemble((line, "$text-muted")) for line in balanced(text, width, WHY))

    def _head(self) -> Content:
        if not self._missed:
            nothing = "No wrong answer." if self._open else "Nothing missed."
            return Content.assemble((nothing, "$text-muted"))
        sure = sum(mistake.confident for _, mistake in self._missed)
        stated = any(mistake.certainty is not None for _, mistake in self._missed)
        order = "  the sure ones first" if stated else "  the quick ones first"
        return Content.assemble(
            (f"{len(self._missed)} missed", "bold $foreground"),
            (order if 0 < sure < len(self._missed) else "", "$text-muted"),
        )


def _card(
    card: Card, mistake: Mistake | None, cards: Sequence[Card], width: int, *, wide: bool
) -> list[Content]:
    """A card, missed or without an answer, in this width."""
    contrast = next((other for other in contrasts(card, cards) if isinstance(other, Statement)), None)
    beside = contrast is not None and width >= _SIDE_BY_SIDE
    room = (width - _GAP) // 2 if beside else width
    lines = [*_asked(card, mistake, room), *_said(card, mistake, room)]
    if beside and contrast is not None:
        lines = _beside(lines, _compare(contrast, width - room - _GAP), room)
    for line in balanced(in_a_line(card, card.why), width - 2, WHY):
        lines.append(Content.assemble("  ", (line, "$foreground" if wide else "$text-muted")))
    if contrast is not None and not beside:
        lines += [Content.assemble("  ", line) for line in _compare(contrast, width - 2)]
    return lines


def _asked(card: Card, mistake: Mistake | None, width: int) -> list[Content]:
    mark = (f"{WRONG} ", "$text-error") if mistake is not None else (f"{_OPEN} ", "$text-muted")
    return [
        Content.assemble(mark if not place else ("  ", ""), (line, "$foreground"))
        for place, line in enumerate(balanced(prompt_in_a_line(card), width - 2, width - 2))
    ]


def _said(card: Card, mistake: Mistake | None, width: int) -> list[Content]:
    right = Content.assemble(("it is ", "$text-muted"), _name(card, card.answer, bold=True))
    if mistake is None:
        return [Content.assemble("  ", line) for line in right.wrap(width - 2)]
    you = Content.assemble(("you ", "$text-muted"), _name(card, mistake.given, bold=False))
    if you.cell_length + 3 + right.cell_length <= width - 2:
        return [Content.assemble("  ", you, "   ", right)]
    return [Content.assemble("  ", line) for part in (you, right) for line in part.wrap(width - 2)]


def _name(card: Card, answer: str, *, bold: bool) -> Content:
    if isinstance(card, Statement) and answer in card.choices:
        return choice(card.choices.index(answer), answer, bold=bold)
    return Content.assemble(
        (answer_in_a_line(card, answer) or "nothing", "bold $foreground" if bold else "$foreground")
    )


def _compare(contrast: Card, width: int) -> list[Content]:
    head = Content.assemble(("Compare  ", "$text-muted"), _name(contrast, contrast.answer, bold=True))
    text = [
        Content.assemble((line, "$text-muted")) for line in balanced(prompt_in_a_line(contrast), width, WHY)
    ]
    return [*head.wrap(width), *text]


def _beside(left: list[Content], right: list[Content], width: int) -> list[Content]:
    """The two next to each other; left: at most so wide."""
    rows = max(len(left), len(right))
    pairs = zip(
        [*left, *[Content("")] * (rows - len(left))],
        [*right, *[Content("")] * (rows - len(right))],
        strict=True,
    )
    return [Content.assemble(one.pad_right(width + _GAP - one.cell_length), other) for one, other in pairs]
