"""What study and quiz share: a question as lines, and what a line answers."""

from __future__ import annotations

from msgspec import Struct

from quizapp.deck.card import Card, Cloze
from quizapp.deck.text import collapse
from quizapp.learn.ask import Option, Question
from quizapp.learn.difference import Kind, difference
from quizapp.learn.judge import Chosen, Given, Judgement, Written
from quizapp.record import Outcome

_SHORT = 18
_FEW = 3
"""More options than so many, or longer ones than `_SHORT`, have a line each."""

MEANT = "An answer that is a question mark or begins with a colon has one more colon before it."
"""Said in the help where text is expected."""


def prompt_of(card: Card, wording: str) -> str:
    """The card's text in a wording. A blank is a word: screen readers pass over brackets and dots."""
    return wording.replace("[…]", "[blank]") if isinstance(card, Cloze) else wording


def option_lines(options: tuple[Option, ...]) -> list[str]:
    """`b BPO, k KPO`, or a line for each where they are many or long."""
    named = [f"{mark} {option.text}" for mark, option in zip(marks(options), options, strict=True)]
    short = all(len(option.text) <= _SHORT and "," not in option.text for option in options)
    return named if len(options) > _FEW or not short else [", ".join(named)] if named else []


def marks(options: tuple[Option, ...]) -> list[str]:
    """What to type for each option: its letter, or its place where it has none."""
    return [option.key or str(place) for place, option in enumerate(options, 1)]


class Nothing(Struct, frozen=True):
    """Enter alone."""


def given(question: Question, line: str) -> Given | Nothing | None:
    """What a line answers to the question: by mark, by text, or by place; None if by none of them.

    Of options that differ by case alone, the text must name one exactly.
    """
    if not line:
        return Nothing()
    if question.typed:
        return Written(line)
    options, folded = question.options, collapse(line).casefold()
    texts = [collapse(option.text) for option in options]
    # What is said to be typed comes first: "1" is the first option, though another one be called 1.
    for names, name in (
        ([mark.casefold() for mark in marks(options)], folded),
        (texts, collapse(line)),
        ([text.casefold() for text in texts], folded),
        ([str(place) for place in range(1, len(options) + 1)], folded),
    ):
        if names.count(name) == 1:
            return Chosen(names.index(name))
    return None


def what_answers(question: Question) -> str:
    """`Type b, k or o.`"""
    if question.typed:
        return "Type the answer."
    if not question.options:
        return ""
    *first, last = marks(question.options)
    return f"Type {', '.join(first)} or {last}." if first else f"Type {last}."


def how_to_answer(question: Question) -> str:
    """What can be typed as an answer, for the help."""
    if question.typed:
        return f"Type the answer, then Enter. {MEANT}"
    if not question.options:
        return ""
    named = ", ".join(
        f"{mark} for {option.text}"
        for mark, option in zip(marks(question.options), question.options, strict=True)
    )
    return f"Type {named}; the place from 1 to {len(question.options)}, or the whole text, will do too."


def verdict(judgement: Judgement, card: Card, *, late: bool = False) -> str:
    """`Right.`, `Wrong. It is KPO.`, `Too late. It was KPO.`, and how a typed answer differs."""
    match judgement.outcome:
        case Outcome.RIGHT:
            typo = f", with a typo: {differing(judgement)}" if judgement.typo else "."
            return f"Right{typo}{' Too late to count.' if late else ''}"
        case Outcome.TIMEOUT:
            return f"Too late. It was {named(card.answer)}"
        case _:
            apart = differing(judgement)
            return f"Wrong. It is {named(card.answer)}{f' In what you typed, {apart}' if apart else ''}"


def differing(judgement: Judgement) -> str:
    """How a typed answer differs, in words, since screen readers pass over signs: `i is missing after effic.`

    "" where nothing is to be compared.
    """
    said, before = [], ""
    for piece in difference(judgement.given, judgement.near) if judgement.near else ():
        where = f"after {before}" if before else "at the start"
        given, wanted = (text.strip() or "a space" for text in (piece.given, piece.wanted))
        match piece.kind:
            case Kind.SAME:
                pass
            case Kind.MISSING:
                said.append(f"{wanted} is missing {where}")
            case Kind.EXTRA:
                said.append(f"{given} is too much {where}")
            case Kind.INSTEAD:
                said.append(f"{given} stands for {wanted} {where}")
        # The word up to here is enough to find the place.
        before = (before + piece.wanted).strip().rpartition(" ")[2]
    return f"{'; '.join(said)}." if said else ""


def named(answer: str) -> str:
    """An answer at the end of a sentence."""
    return answer if answer.endswith((".", "!", "?", "…")) else f"{answer}."
