"""Which cards a quiz asks, and in which order: balanced, and not to be guessed. Pure.

Two-way cards follow each other in runs of 1, 2 or 3 of a side, drawn with equal odds (DESIGN §6). Shuffling
and then rejecting long runs would not do: after it "the opposite of the last" is right 61 % of the time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableSequence, Sequence
from functools import cache, partial
from itertools import accumulate, groupby, pairwise
from random import Random

from quizapp.deck.card import Card, Flip, Statement, options
from quizapp.learn.ask import wrong_backs
from quizapp.record import Seen

Distractors = Mapping[str, Sequence[str]]
"""Wrong texts to put beside a flip card's back, by the card's key."""
NO_DISTRACTORS: Distractors = {}
"""Flip cards can't be asked."""


def in_play(card: Card, only: Sequence[str] = ()) -> tuple[str, ...]:
    """The options the card offers, () if it has none. only: the deck's choices in play, () for all.

    A card with choices of its own (True and False) offers all of them: `only` is about the deck's choices.
    """
    every = options(card)
    own = not all(text in every for text in only)
    if not only or own or not isinstance(card, Statement):
        return every
    return tuple(text for text in every if text in only)


def askable(
    cards: Iterable[Card], only: Sequence[str] = (), distractors: Distractors = NO_DISTRACTORS
) -> list[Card]:
    """The cards that a quiz can ask and judge while `only` these choices are in play (() for all).

    A flip card is one of them if it has a distractor.
    """
    return [card for card in cards if _can_be_asked(card, only, distractors)]


def _can_be_asked(card: Card, only: Sequence[str], distractors: Distractors) -> bool:
    match card:
        case Flip():
            return bool(wrong_backs(card, distractors.get(card.key, ())))
        case Statement():
            shown = in_play(card, only)
            return card.answer in shown and len(shown) > 1
        case _:
            return True


_NONE: Mapping[str, int] = {}


def order(
    cards: Iterable[Card],
    *,
    seen: Mapping[str, Seen],
    random: Random,
    only: Sequence[str] = (),
    balanced: bool = True,
    rounds: Mapping[str, int] = _NONE,
    distractors: Distractors = NO_DISTRACTORS,
    most: int | None = None,
    stretch: int | None = None,
) -> list[Card]:
    """The askable cards in the order to ask them.

    Statements that share their options are one group with equally many cards a side, those that were asked
    least recently; the other cards are a group too, and the groups are spread evenly over the whole. Sides
    without a card do not count. balanced=False: all cards, by chance (a drill must not leave out a missed
    card), in an order of sides that gives as little away as it can.

    seen: by card key. rounds: in which round of this session a card was last asked, from 1; it outweighs
    `seen`. most: so many cards at most; each group gets its share, and its sides differ by one card at most.
    stretch: of each side, and of the other cards, so many come in any order before the next so many: those
    never asked first, then those asked least recently. None for all in any order.
    """
    pool = askable(cards, only, distractors)
    if balanced:
        chance = {card.key: random.random() for card in pool}
        ranked = sorted(pool, key=lambda card: (rounds.get(card.key, 0), _last(seen, card), chance[card.key]))
        groups = _groups(ranked, only)
        mix = partial(
            _mixed,
            chance=chance,
            stretch=stretch,
            part=lambda card: (rounds.get(card.key, 0), bool(_last(seen, card))),
        )
        sizes = [_size(group) if shown else len(group) for shown, group in groups.items()]
        if most is not None and most < sum(sizes):
            sizes = _shares(sizes, most, random)
        ordered = [
            _balance(group, size, random, mix) if shown else mix(group[:size])
            for (shown, group), size in zip(groups.items(), sizes, strict=True)
        ]
        return _spread(ordered, random)
    random.shuffle(pool)
    return _drilled(pool[:most], only, random)


def most_cards(
    cards: Iterable[Card],
    only: Sequence[str] = (),
    distractors: Distractors = NO_DISTRACTORS,
    *,
    balanced: bool = True,
) -> int:
    """How many cards `order` gives at most."""
    pool = askable(cards, only, distractors)
    if not balanced:
        return len(pool)
    return sum(_size(group) if shown else len(group) for shown, group in _groups(pool, only).items())


def _groups(cards: Iterable[Card], only: Sequence[str]) -> dict[tuple[str, ...], list[Card]]:
    """Statements by the options that they share, and all other cards under ()."""
    groups: dict[tuple[str, ...], list[Card]] = {}
    for card in cards:
        groups.setdefault(_group(card, only), []).append(card)
    return groups


def _group(card: Card, only: Sequence[str]) -> tuple[str, ...]:
    return in_play(card, only) if isinstance(card, Statement) else ()


def _size(cards: Iterable[Card]) -> int:
    """How many of these statements make equally many a side."""
    sides = Counter(card.answer for card in cards)
    return min(sides.values()) * len(sides)


def _shares(sizes: Sequence[int], most: int, random: Random) -> list[int]:
    """`most` divided in proportion to the sizes, rounded by chance, so that the smallest group, too,
    has its turn now and then."""
    start = random.random()
    whole = sum(sizes)
    ends = [int(start + most * upto / whole) for upto in accumulate(sizes)]
    ends[-1] = most  # the sum of all is no matter of chance, nor of rounding
    return [end - before for before, end in pairwise([0, *ends])]


def _last(seen: Mapping[str, Seen], card: Card) -> str:
    known = seen.get(card.key)
    return known.last if known else ""


def _mixed(
    ranked: Sequence[Card],
    *,
    chance: Mapping[str, float],
    stretch: int | None,
    part: Callable[[Card], tuple[int, bool]],
) -> list[Card]:
    """The cards by chance, stretch by stretch; no stretch goes on from one part of the ranks to the next.

    By rank alone every quiz would give a side's cards in the order of the one before, once all were asked.
    """
    if stretch is None:
        return sorted(ranked, key=lambda card: chance[card.key])
    mixed: list[Card] = []
    for _, alike in groupby(ranked, key=part):
        cards = list(alike)
        for start in range(0, len(cards), stretch):
            mixed += sorted(cards[start : start + stretch], key=lambda card: chance[card.key])
    return mixed


def _drilled(shuffled: Sequence[Card], only: Sequence[str], random: Random) -> list[Card]:
    """All of the cards; each group keeps its places, and two-way cards change theirs among themselves."""
    groups = _groups(shuffled, only).items()
    turns = {shown: iter(_two_sided(group, random) if shown else group) for shown, group in groups}
    return [next(turns[_group(card, only)]) for card in shuffled]


def _two_sided(cards: list[Card], random: Random) -> list[Card]:
    """All of these statements, in an order that gives no answer away if they are of two sides.

    In a plain shuffle of two and two "the opposite of the last" is right 67 % of the time. What one side has
    more of comes in between by chance.
    """
    sides = _sides(cards)
    if len(sides) != 2:
        return cards
    each = min(map(len, sides))
    fuller = int(len(sides[1]) > each)
    extra = set(random.sample(range(len(cards)), len(cards) - 2 * each))
    even = two_way(each, random)
    turns = [iter(side) for side in sides]
    return [next(turns[fuller if place in extra else next(even)]) for place in range(len(cards))]


def _sides(cards: Iterable[Card]) -> list[list[Card]]:
    """The cards of each answer, the answers in the order of the alphabet."""
    sides: dict[str, list[Card]] = {}
    for card in cards:
        sides.setdefault(card.answer, []).append(card)
    return [sides[answer] for answer in sorted(sides)]


def _balance(
    cards: list[Card], size: int, random: Random, mix: Callable[[Sequence[Card]], list[Card]]
) -> list[Card]:
    """So many cards, equally many of each answer but for an odd one, in an order that gives no answer away.

    mix: puts the first ones of an answer, which are taken, in their order.
    """
    sides = _sides(cards)
    if len(sides) == 2:
        # Of an odd number the last card is left out: what comes before it can be told no better for that.
        places = list(two_way((size + 1) // 2, random))[:size]
    else:
        # With three and more a plain shuffle is safe: "same as last" is right (n − 1)/(kn − 1) of the time,
        # which is less than 1/k.
        each, rest = divmod(size, len(sides))
        places = [place for place in range(len(sides)) for _ in range(each)]
        places += random.sample(range(len(sides)), rest)
        random.shuffle(places)
    counts = Counter(places)
    turns = [iter(mix(side[: counts[place]])) for place, side in enumerate(sides)]
    return [next(turns[place]) for place in places]


def _spread(groups: list[list[Card]], random: Random) -> list[Card]:
    """The groups woven into one; each keeps its order, with one card to each of its equal stretches."""
    if len(groups) == 1:
        return groups[0]
    placed = [((n + random.random()) / len(group), card) for group in groups for n, card in enumerate(group)]
    placed.sort(key=lambda pair: pair[0])
    return [card for _, card in placed]


def start_elsewhere(sequence: MutableSequence[Card], avoid: Sequence[str]) -> None:
    """Exchange the first card if its key is to be avoided; if not all can be, the first of them counts most.

    It changes places with a card of the same answer if there is one: the sequence of sides stays as drawn.
    """
    if not sequence or sequence[0].key not in avoid:
        return
    free = [place for place, card in enumerate(sequence) if card.key not in avoid]
    if free:
        answer = sequence[0].answer
        place = next((place for place in free if sequence[place].answer == answer), free[0])
        sequence[0], sequence[place] = sequence[place], sequence[0]
    else:
        start_elsewhere(sequence, avoid[:-1])


# The sequence of sides. Think of an endless row of runs, each 1, 2 or 3 long with odds of a third, and of a
# window laid on it at random, so that its first and its last run may be cut. In such a window "same as last"
# is right exactly half of the time. (Whole runs alone would be worse: three cards a side make them long, and
# "same" is right 63 % of the time.) We draw from the windows that hold equally many of both sides: by dynamic
# programming, card by card, each step with its odds given that the rest can still come out even.

_STAY = (0.0, 2 / 3, 1 / 2, 0.0)  # odds that a run goes on, by how long it is already
_AGE = (0.0, 1 / 2, 1 / 3, 1 / 6)  # odds of how far into its run the window's first card is
# Balance is kept in blocks of at most this many a side, so that 100,000 cards need no table of 50,000 by
# 50,000. Runs go on over the joins: none is longer than 3.
_BLOCK = 32


@cache
def _windows() -> list[list[list[float]]]:
    """[age][mine][other] → the odds that the next mine + other cards hold `mine` of the side just drawn and
    `other` of the other side, when its run is `age` long."""
    odds = [[[0.0] * (_BLOCK + 1) for _ in range(_BLOCK + 1)] for _ in range(4)]
    for total in range(2 * _BLOCK + 1):
        for mine in range(max(0, total - _BLOCK), min(total, _BLOCK) + 1):
            other = total - mine
            for age in (1, 2, 3):
                stay = _STAY[age] * odds[age + 1][mine - 1][other] if mine and age < 3 else 0.0
                turn = (1 - _STAY[age]) * odds[1][other - 1][mine] if other else 0.0
                odds[age][mine][other] = stay + turn if total else 1.0
    return odds


def two_way(each: int, random: Random) -> Iterator[int]:
    """A sequence of 0 and 1, `each` of both, in which neither "same" nor "opposite" pays."""
    odds = _windows()
    blocks = -(-each // _BLOCK)
    side = random.randrange(2)
    age = 0
    for block in range(blocks):
        size = each * (block + 1) // blocks - each * block // blocks
        left = [size, size]
        if age == 0:  # the very first card
            left[side] -= 1
            weights = [_AGE[start] * odds[start][left[side]][left[1 - side]] for start in (1, 2, 3)]
            age = random.choices((1, 2, 3), weights)[0]
            yield side
        while left[0] or left[1]:
            mine, other = left[side], left[1 - side]
            stay = _STAY[age] * odds[age + 1][mine - 1][other] if mine and age < 3 else 0.0
            if random.random() * odds[age][mine][other] < stay:
                age += 1
            else:
                side, age = 1 - side, 1
            left[side] -= 1
            yield side
