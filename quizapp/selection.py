"""What of the decks to study: what there is to choose from, and how a choice is called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quizapp import words
from quizapp.deck.card import Deck
from quizapp.deck.library import Library
from quizapp.pools import Only


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
