"""What the tests of foreign formats share: strategies for entries, and decks made of drafts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from quizapp.deck.card import Deck
from quizapp.deck.exchange.draft import Draft, toml_of
from quizapp.deck.read import parse_deck
from quizapp.deck.tables import MODES

SIGNS = "abÄ中 \n\\~=#{}:[]%/<>&;$*_-+|\"',!()`.19QAC"
"""What at least one format takes for more than a letter."""

texts = st.text(SIGNS, min_size=1, max_size=14).map(str.strip).filter(bool)
lines = texts.map(lambda text: " ".join(text.split()))


def deck_of(draft: Draft) -> Deck:
    """The deck that a draft's file holds; the file has no problems."""
    deck, problems = parse_deck(toml_of(draft).encode(), path=Path("d.toml"), deck_id="d", shown_as="d")
    assert problems == []
    assert deck is not None
    return deck


def different(most: int) -> st.SearchStrategy[list[str]]:
    """Two texts or more that differ in more than white space."""
    return st.lists(texts, min_size=2, max_size=most, unique_by=lambda text: " ".join(text.split()))


flips: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries({"front": texts, "back": texts})
choices = st.builds(
    lambda prompt, answers: {"question": prompt, "answer": answers[0], "wrong": answers[1:]},
    texts,
    different(5),
)
typed = st.builds(
    lambda prompt, answers: (
        {"question": prompt, "answer": answers[0]} | ({"accept": answers[1:]} if answers[1:] else {})
    ),
    texts,
    st.lists(texts, min_size=1, max_size=3, unique=True),
)
truths: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"statement": texts, "answer": st.booleans()}
)
# Plain, blank, plain; braces are doubled, and a blank begins with a letter.
clozes = st.builds(
    lambda before, blank, after: {
        "cloze": f"{_braced(before)}{{a{_braced(blank, paired=False)}}}{_braced(after)}"
    },
    texts | st.just(""),
    texts,
    texts | st.just(""),
).map(lambda table: {"cloze": table["cloze"].strip()})


def _braced(text: str, *, paired: bool = True) -> str:
    if not paired:
        text = text.replace("{", "").replace("}", "")
    return text.replace("{", "{{").replace("}", "}}")


heads: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "title": lines,
        "about": texts,
        "source": texts,
        "choices": st.just(["BPO", "KPO", "Both"]),
        "markdown": st.booleans(),
        "quiz": st.fixed_dictionaries(
            {"mode": st.sampled_from(MODES)},
            optional={"seconds": st.integers(1, 3600), "distractors": st.booleans()},
        ),
        "study": st.fixed_dictionaries(
            {"retention": st.floats(0.5, 0.99)},
            optional={
                "exam_date": st.dates(),
                "new_per_day": st.integers(0, 9999),
                "minutes_per_day": st.integers(0, 240),
                "steps": st.sampled_from([[], ["1m", "10m"]]),
            },
        ),
    },
)
"""Whole heads: every key but the letters of choices, and its tables."""


def with_keys(
    entries: st.SearchStrategy[dict[str, Any]], **optional: st.SearchStrategy[Any]
) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Entries, some with other keys."""
    more: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries({}, optional=optional)
    return st.lists(st.builds(lambda entry, keys: {**entry, **keys}, entries, more), max_size=4)


def plainly(draft: Draft) -> list[dict[str, Any]]:
    """The entries with `markdown` on each, as the head has it."""
    usual = draft.head.get("markdown", False)
    return [{"markdown": usual, **table} for table in draft.entries]
