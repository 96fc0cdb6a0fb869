"""What of the decks to study: what there is to choose from, and how a choice is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct, structs

from quizapp import words
from quizapp.deck.card import Card, Deck, UsualStudy
from quizapp.deck.library import Library
from quizapp.deck.tables import quoted
from quizapp.deck.text import collapse
from quizapp.learn.queue import Pool, Waiting, waiting
from quizapp.pools import Only, pool_of
from quizapp.problem import did_you_mean
from quizapp.record import Moment
from quizapp.scores.log import Log

_MOST = 20
"""So many tags or aspects are listed at most."""


class UnknownPart(Exception):  # noqa: N818 - nothing went wrong: it is a name that no card has
    """No card has this tag or aspect; its text says which there are."""


class Part(Struct, frozen=True):
    """A part of some decks. due, new: cards that today's limits leave. cards: how many it has at all."""

    only: Only
    due: int
    new: int
    cards: int


def parts_of(log: Log, decks: Sequence[Deck], now: Moment, usual: UsualStudy) -> list[Part]:
    """Everything, the flagged cards, the leeches, and each tag and aspect of these decks."""
    pools = [pool_of(log, deck, now, usual) for deck in decks]
    parts = [_part(pools, only, now) for only in (Only(), Only(flagged=True), Only(leeches=True))]
    # There may be many of these: what waits is looked for once, and counted by name.
    found = [(pool, waiting(pool, now)) for pool in pools]
    counts = _counts(found, lambda card: {tag.casefold() for tag in card.tags})
    parts += [Part(Only(tag=tag), *counts[tag.casefold()]) for tag in tags_of(decks)]
    counts = _counts(found, lambda card: {card.aspect.casefold()})
    parts += [Part(Only(aspect=aspect), *counts[aspect.casefold()]) for aspect in aspects_of(decks)]
    return parts


def _part(pools: Iterable[Pool], only: Only, now: Moment) -> Part:
    due = new = cards = 0
    for pool in pools:
        part = structs.replace(pool, only=only.keys(pool.deck, pool.marks, pool.memories))
        found = waiting(part, now)
        due += len(found.steps) + min(len(found.reviews), found.reviews_left)
        new += min(len(found.new), found.new_left)
        cards += len(part.cards)
    return Part(only, due, new, cards)


def _counts(
    found: Iterable[tuple[Pool, Waiting]], names: Callable[[Card], set[str]]
) -> dict[str, tuple[int, int, int]]:
    """How many cards of each name are due and new, and how many there are."""
    due: Counter[str] = Counter()
    new: Counter[str] = Counter()
    cards: Counter[str] = Counter()
    for pool, one in found:
        due += _by_name(one.steps, names)
        for total, some, left in ((due, one.reviews, one.reviews_left), (new, one.new, one.new_left)):
            total.update({name: min(count, left) for name, count in _by_name(some, names).items()})
        cards += _by_name(pool.cards, names)
    return {name: (due[name], new[name], count) for name, count in cards.items()}


def _by_name(cards: Iterable[Card], names: Callable[[Card], set[str]]) -> Counter[str]:
    return Counter(name for card in cards for name in names(card))


def tags_of(decks: Iterable[Deck]) -> list[str]:
    """The tags of their cards, each once whatever its case, in alphabetical order."""
    return _each_once(tag for deck in decks for card in deck.cards for tag in card.tags)


def aspects_of(decks: Iterable[Deck]) -> list[str]:
    """The aspects of their cards, as for tags."""
    return _each_once(card.aspect for deck in decks for card in deck.cards if card.aspect)


def _each_once(names: Iterable[str]) -> list[str]:
    by_fold: dict[str, str] = {}
    for name in names:
        by_fold.setdefault(name.casefold(), name)
    return [by_fold[fold] for fold in sorted(by_fold)]


def tag_named(decks: Sequence[Deck], name: str) -> str:
    """The tag as the decks write it; case and white space do not count. Raises UnknownPart."""
    return _named("a tag", name, tags_of(decks))


def aspect_named(decks: Sequence[Deck], name: str) -> str:
    """The aspect as the decks write it. Raises UnknownPart."""
    return _named("an aspect", name, aspects_of(decks))


def _named(a_what: str, name: str, known: Sequence[str]) -> str:
    sought = collapse(name).casefold()
    for one in known:
        if collapse(one).casefold() == sought:
            return one
    if not known:
        raise UnknownPart(f"No card here has {a_what}")
    what = a_what.partition(" ")[2]
    hint = did_you_mean(name[:80], known)
    listed = ", ".join(known[:_MOST]) + (f" and {len(known) - _MOST} more" if len(known) > _MOST else "")
    are = "the only one is" if len(known) == 1 else f"the {what}s are"
    raise UnknownPart(f"There is no {what} {quoted(name)} here{'; ' + hint if hint else ''} ({are} {listed})")


def title_of(decks: Sequence[Deck], library: Library, only: Only | None = None) -> str:
    """What studying these is called: `Today` for everything, `Spanish`, `2 decks`, `Spanish, tag verbs`."""
    only = only or Only()
    parts = []
    if len(decks) == 1:
        parts.append(decks[0].title)
    elif len(decks) < len(library.decks):
        parts.append(words.count(len(decks), "deck"))
    parts += [f"tag {only.tag}"] if only.tag else []
    parts += [f"aspect {only.aspect}"] if only.aspect else []
    parts += ["flagged cards"] if only.flagged else []
    parts += ["leeches"] if only.leeches else []
    title = ", ".join(parts) or "Today"
    return title[:1].upper() + title[1:]
