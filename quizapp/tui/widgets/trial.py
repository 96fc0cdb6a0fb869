"""A card beside the form that it is written in, as it will be asked, with its answer."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from quizapp.deck.card import Card
from quizapp.learn.ask import pose
from quizapp.tui.card_text import back_of, options_of, prompt_of, why_of
from quizapp.tui.widgets.answers import Answers
from quizapp.tui.widgets.card_view import CardView


class Trial(Vertical):
    """Shows one of an entry's cards; which one can be stepped through."""

    def __init__(self) -> None:
        super().__init__(id="form-trial")
        self.card = CardView()
        self.answers = Answers()
        self._caption = Caption()
        self._cards: tuple[Card, ...] = ()
        self._place = 0
        self._key = self._prompt = ""

    def compose(self) -> ComposeResult:
        """Which card it is, the card, and what it is answered with."""
        yield self._caption
        yield self.card
        yield self.answers

    @property
    def count(self) -> int:
        """How many cards there are."""
        return len(self._cards)

    def show(self, cards: Sequence[Card], key: str, prompt: str) -> None:
        """Show these cards. key: the one that steps through them. prompt: shown while there are none."""
        self._prompt = prompt
        self._cards = tuple(cards)
        self._place = min(self._place, max(0, len(cards) - 1))
        self._key = key
        self._show()

    def step(self) -> None:
        """Show the next card."""
        if self._cards:
            self._place = (self._place + 1) % len(self._cards)
            self._show()

    def _show(self) -> None:
        if not self._cards:
            self._caption.say("As it will be asked")
            self.card.show_front(self._prompt)
            self.answers.ask(())
            return
        card = self._cards[self._place]
        # Always the same order: it must not jump with every key.
        question = pose(card, times=0, random=Random(0))  # noqa: S311 - an order, no secret
        several = f"  Card {self._place + 1} of {self.count}, {self._key} next" if self.count > 1 else ""
        self._caption.say(f"As it will be asked{several}")
        self.card.show_front(prompt_of(question))
        self.card.show_flip(back_of(card), why_of(card))
        self.answers.ask(options_of(question))


class Caption(Widget):
    """A muted line."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def say(self, text: str) -> None:
        """Say this."""
        self._text = text
        self.refresh()

    def render(self) -> Content:
        """The line."""
        return Content.assemble((self._text, "$text-muted"))
