"""What a card says, as widgets take it: plain text, or Markdown where its author wants that."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import structs

from quizapp.deck.card import Card, Cloze, Flip
from quizapp.deck.text import visible
from quizapp.learn.ask import Option, Question
from quizapp.tui.layout import cut

_NAMED = 40
"""Cells of a prompt that names its card."""
BLANK = "[…]"
"""How a blank is shown."""


class Marked(NamedTuple):
    """Markdown as it is written. blank: the character that stands for a blank; "" if there is none."""

    source: str
    blank: str = ""


Text = str | Marked


def prompt_of(question: Question) -> Text:
    """The question's text in its wording."""
    return _prompt(question.card, question.prompt)


def _prompt(card: Card, wording: str) -> Text:
    if not card.markdown:
        return wording
    if not isinstance(card, Cloze):
        return Marked(wording)
    # In brackets the blank could become a link; code would show a backslash before them.
    blank = next(sign for sign in map(chr, range(0xE000, 0xF900)) if sign not in card.before + card.after)
    return Marked(f"{card.before}{blank}{card.after}", blank)


def back_of(card: Card) -> Text:
    """The other side of a card that is revealed: only a flip card's is more than an answer in a line."""
    return Marked(card.answer) if card.markdown and isinstance(card, Flip) else card.answer


def why_of(card: Card) -> Text:
    """The reason that is shown after the answer."""
    return Marked(card.why) if card.markdown and card.why else card.why


def options_of(question: Question) -> tuple[Option, ...]:
    """The options as they are shown, each in a line: those of a flip card are other cards' backs."""
    if not isinstance(question.card, Flip):
        return question.options
    return tuple(
        structs.replace(option, text=in_a_line(question.card, option.text)) for option in question.options
    )


def prompt_in_a_line(card: Card) -> str:
    """The card's prompt without Markdown's signs."""
    return unmarked(_prompt(card, card.prompt))


def named(card: Card) -> str:
    """`“Nearly anybody could…”`: the card where a sentence is about it."""
    return f"“{cut(visible(prompt_in_a_line(card)), _NAMED)}”"


def answer_in_a_line(card: Card, answer: str) -> str:
    """An answer to the card without Markdown's signs."""
    return in_a_line(card, answer) if isinstance(card, Flip) else answer


def in_a_line(card: Card, text: str) -> str:
    """A text of the card without Markdown's signs, for where it can't be laid out."""
    return unmarked(Marked(text)) if card.markdown else text


def unmarked(text: Text) -> str:
    """The text without Markdown's signs."""
    if isinstance(text, str):
        return text
    from quizapp.tui.markdown.read import plain, read  # 25 to 60 ms, for decks that want it

    return plain(read(text))
