"""All of one card, over the list that it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from quizapp.deck.card import Card, Choice, Deck, Statement, Typed, kind_of
from quizapp.deck.text import visible
from quizapp.tui.card_text import answer_in_a_line, in_a_line, prompt_in_a_line
from quizapp.tui.fit import fit
from quizapp.tui.layout import balanced
from quizapp.tui.widgets.key_footer import key_of
from quizapp.tui.widgets.scroll import SCROLL

_NAME = 10
"""Cells of the names on the left."""
_NARROW = 60
_MOST = 5_000
"""Characters of a text that are shown: laying out very long ones takes seconds."""


class CardScreen(ModalScreen[None]):
    """What an author has written of a card, and how it stands."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", "Close", id="whole.close", tooltip="Close the card"),
        *SCROLL,
    ]

    def __init__(self, deck: Deck, card: Card, standing: str) -> None:
        """standing: how it stands, in sentences."""
        super().__init__()
        self._deck = deck
        self._card = card
        self._standing = standing

    def compose(self) -> ComposeResult:
        """The texts, which scroll where they are too long."""
        fit(self)
        with VerticalScroll(id="whole-card") as box:
            siblings = [card for card in self._deck.cards if card.entry == self._card.entry]
            place = next(place for place, card in enumerate(siblings, 1) if card.key == self._card.key)
            of = f", {place} of {len(siblings)} of its entry" if len(siblings) > 1 else ""
            box.border_title = f"{kind_of(self._card).value.capitalize()}{of}"
            yield Static(self._text(), markup=False)

    def on_mount(self) -> None:
        """Say whether there is more below, now and whenever that changes."""
        self.watch(self.query_one("#whole-card"), "scroll_y", self._say_more, init=False)
        self.call_after_refresh(self._say_more)

    def on_resize(self) -> None:
        """Lay the texts out in the new width."""
        for text in self.query(Static):
            text.update(self._text())
        self.call_after_refresh(self._say_more)

    def _say_more(self) -> None:
        if self.query("#whole-card"):
            box = self.query_one("#whole-card")
            close = f"{key_of(self, 'whole.close')} closes"
            below = box.scroll_offset.y < box.max_scroll_y
            box.border_subtitle = f"↓ more   {close}" if below else close

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one("#whole-card").scroll_relative(y=lines, animate=False)

    def _text(self) -> Content:
        width = self.app.size.width
        room = min(70, width) - (4 if width < _NARROW else 6)
        lines: list[Content] = []
        for name, text, style in self._parts():
            seen = text if len(text) <= _MOST else f"{text[:_MOST]}…"
            shown = balanced(visible(seen), room - _NAME, room)
            for place, line in enumerate(shown):
                head = "" if place else name
                lines.append(Content.assemble((head.ljust(_NAME), "$text-muted"), (line, style)))
        return Content("\n").join(lines)

    def _parts(self) -> Iterator[tuple[str, str, str]]:
        """Name, text and style of each part; a text that is "" has no lines."""
        card = self._card
        yield "Card", prompt_in_a_line(card), "bold $foreground"
        yield "Answer", answer_in_a_line(card, card.answer), "bold $foreground"
        match card:
            case Statement():
                yield "Choices", ", ".join(card.choices), "$foreground"
            case Choice():
                yield "Wrong", "\n".join(card.wrong), "$foreground"
            case Typed():
                yield "Accepted", "\n".join(card.accept), "$foreground"
            case _:
                pass
        yield "Why", in_a_line(card, card.why), "$foreground"
        yield "Hint", in_a_line(card, card.hint), "$foreground"
        yield "Wordings", "\n".join(in_a_line(card, one) for one in card.variants), "$foreground"
        yield "Aspect", card.aspect, "$foreground"
        yield "Tags", ", ".join(card.tags), "$foreground"
        yield "From", card.source, "$foreground"
        yield "Now", self._standing, "$text-secondary"
        yield "Place", f"Entry {card.entry + 1:,} of {self._deck.path.name}", "$text-muted"
