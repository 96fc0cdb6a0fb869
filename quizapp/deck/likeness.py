"""Which cards of a deck are older ones with another text: what is certain enough, and what only looks so.

DESIGN §5: certain is an `id` that was added or removed; or a prompt that was changed a little, where kind and
answer stayed and nothing else comes close. All else may be asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from quizapp.deck.card import Card, Kind, card_key, kind_of
from quizapp.deck.text import collapse
from quizapp.record import CardText

ALIKE = 90.0
"""So alike (of 100) are the prompts of the same card."""
APART = 80.0
"""Less alike than that must be all others."""
PERHAPS = 75.0
"""From here on it is worth asking, if kind and answer are the same."""
_MOST = 3
_MOST_BLANKS = 20


class Same(NamedTuple):
    """An old card, and the one that it is now, or may be."""

    old: CardText
    new: Card


def surely_same(olds: Sequence[CardText], news: Sequence[Card]) -> list[Same]:
    """Which of a deck's cards without a history are those that are gone. Each is there once at most.

    olds: those that are gone. news: those that have no history.
    """
    found = _named(olds, news)
    settled = {old.card for old, _ in found} | {new.key for _, new in found}
    close = [
        (old, new)
        for old, new in _alike_but_for_the_prompt(olds, news)
        if settled.isdisjoint((old.card, new.key))
    ]
    if not close:
        return found
    # 20 to 35 ms, for those alone who have changed a prompt.
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extract

    prompts = [_folded(new.prompt) for new in news]
    gone = [_folded(old.prompt) for old in olds]
    for old, new in close:
        mine, its = _folded(old.prompt), _folded(new.prompt)
        # All others count, whatever their answer: with one that comes close it would be a guess.
        forward = extract(mine, prompts, scorer=ratio, score_cutoff=APART, limit=_MOST)
        back = extract(its, gone, scorer=ratio, score_cutoff=APART, limit=_MOST)
        forward, back = ([hit for hit in hits if hit[1] > APART] for hits in (forward, back))
        if len(forward) == len(back) == 1 and forward[0][1] >= ALIKE and prompts[forward[0][2]] == its:
            found.append(Same(old, new))
    return found


def perhaps_same(old: CardText, news: Sequence[Card]) -> list[Card]:
    """The cards without a history that an old one may be, the likeliest first; three at most.

    With another answer only the one that comes close, if no other does: of the many cards of "What is the
    capital of …?" one that was taken out is none.
    """
    if not news:
        return []
    # 20 to 35 ms, for those alone who have a history without its card.
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extract

    prompts = [_folded(new.prompt) for new in news]
    hits = extract(_folded(old.prompt), prompts, scorer=ratio, score_cutoff=PERHAPS, limit=None)
    alike = [(likeness, news[place]) for _, likeness, place in hits]
    same = [
        new
        for likeness, new in alike
        if collapse(new.answer) == collapse(old.answer)
        and (likeness >= ALIKE or kind_of(new).value == old.kind)
    ]
    close = [new for likeness, new in alike if likeness >= ALIKE]
    return same[:_MOST] or (close if len(close) == 1 else [])


def _folded(prompt: str) -> str:
    """How prompts are compared: capitals say nothing."""
    return collapse(prompt).casefold()


def _alike_but_for_the_prompt(olds: Sequence[CardText], news: Sequence[Card]) -> list[Same]:
    """The pairs with the same kind and answer whose prompts are about equally long: a quick look at many."""
    by_answer: dict[tuple[str, str], list[tuple[int, Card]]] = {}
    for new in news:
        with_length = len(_folded(new.prompt)), new
        by_answer.setdefault((kind_of(new).value, collapse(new.answer)), []).append(with_length)
    found = []
    for old in olds:
        length = len(_folded(old.prompt))
        for other, new in by_answer.get((old.kind, collapse(old.answer)), ()):
            if 200 * min(length, other) >= ALIKE * (length + other):
                found.append(Same(old, new))
    return found


def _named(olds: Sequence[CardText], news: Sequence[Card]) -> list[Same]:
    """Those that got an id, and those that lost theirs."""
    by_key = {old.card: old for old in olds}
    pairs = [Same(by_key[new.unnamed], new) for new in news if new.unnamed in by_key]
    bare: dict[tuple[str, str], list[Card]] = {}
    for new in news:
        if not new.unnamed:
            bare.setdefault((kind_of(new).value, collapse(new.prompt)), []).append(new)
    for old in olds:
        found = bare.get((old.kind, collapse(old.prompt)), ())
        pairs += [Same(old, new) for new in found if _blank(old) == _blank(new) and _had_id(old)]
    times = Counter(old.card for old, _ in pairs), Counter(new.key for _, new in pairs)
    return [pair for pair in pairs if times[0][pair.old.card] == times[1][pair.new.key] == 1]


def _blank(card: CardText | Card) -> str:
    """What is hidden, if it is a cloze: there it belongs to the question."""
    kind = card.kind if isinstance(card, CardText) else kind_of(card).value
    return collapse(card.answer) if kind == Kind.CLOZE else ""


def _had_id(old: CardText) -> bool:
    """Whether its key was not made from its text."""
    kind = Kind(old.kind)
    match kind:
        case Kind.FLIP:
            back = card_key(kind, prompt=old.answer, part="reverse")
            return old.card not in (card_key(kind, prompt=old.prompt), back)
        case Kind.CLOZE:
            sentence, blank = old.prompt.replace("[…]", old.answer), collapse(old.answer)
            numbers = range(1, _MOST_BLANKS)
            return all(old.card != card_key(kind, prompt=sentence, part=(blank, n)) for n in numbers)
        case _:
            return old.card != card_key(kind, prompt=old.prompt)
