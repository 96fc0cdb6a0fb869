"""The decks that ship are content, and content breaks too: these tests hold the editor's rules.

That every fact is the article's and every wording our own is checked by a reader, not here. That the keys
which quizapp-keys names are the program's is checked in tests/tui/test_deck_of_keys.py.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from statistics import mean

import pytest

from quizapp.deck.card import Card, Choice, Deck, Flip, Kind, Statement, contrasts, kind_of
from quizapp.deck.library import load_library
from quizapp.deck.read import read_deck

DECKS = Path(__file__).parents[2] / "decks"
STATEMENTS, TERMS, KEYS = "bpo-or-kpo", "bpo-kpo-terms", "quizapp-keys"
SIDES = frozenset({"BPO", "KPO"})
PLACES = frozenset({"Home", "Question"})

# Words that the article itself ties to one side: meaning, not accident, so they may stand on that side alone.
TIED_BY_THE_ARTICLE = {
    "basic": "BPO",
    "advanced": "KPO",
    "judgment": "KPO",
}


def load(deck_id: str) -> Deck:
    path = DECKS / f"{deck_id}.toml"
    deck, problems = read_deck(path, deck_id=deck_id, shown_as=f"decks/{deck_id}.toml")
    assert problems == []
    assert deck is not None
    return deck


@pytest.fixture(scope="module")
def statements() -> Deck:
    return load(STATEMENTS)


@pytest.fixture(scope="module")
def terms() -> Deck:
    return load(TERMS)


@pytest.fixture(scope="module")
def keys() -> Deck:
    return load(KEYS)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def families(text: str) -> set[str]:
    """The words of a text, singular and plural (or need and needs) as one."""
    return {
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in words(text)
    }


def by_answer(deck: Deck) -> dict[str, list[Card]]:
    cards: dict[str, list[Card]] = defaultdict(list)
    for card in deck.cards:
        cards[card.answer].append(card)
    return cards


def one_sided(deck: Deck, choices: frozenset[str], least: int) -> dict[str, str]:
    """The words in at least so many statements of these choices, all of one choice: word → choice."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for card in deck.cards:
        if card.answer in choices:
            for word in families(card.prompt):
                counts[word][card.answer] += 1
    return {
        word: next(iter(count))
        for word, count in counts.items()
        if count.total() >= least and len(count) == 1
    }


class TestStatements:
    def test_the_head_is_as_the_design_says(self, statements: Deck) -> None:
        assert statements.title == "BPO or KPO?"
        assert statements.choices == ("BPO", "KPO", "Both")
        assert statements.keys == ("b", "k", "o")
        assert statements.quiz.choices == ("BPO", "KPO")
        assert all(isinstance(card, Statement) for card in statements.cards)

    def test_each_choice_has_its_number_of_cards(self, statements: Deck) -> None:
        counts = {choice: len(cards) for choice, cards in by_answer(statements).items()}
        assert counts == {"BPO": 14, "KPO": 16, "Both": 13}

    def test_each_side_of_each_contrast_is_there(self, statements: Deck) -> None:
        sides: dict[str, set[str]] = defaultdict(set)
        for card in statements.cards:
            assert card.aspect, card.prompt
            sides[card.aspect].add(card.answer)
        assert {aspect for aspect, found in sides.items() if found & SIDES and found != SIDES} == set()
        assert len([found for found in sides.values() if found == SIDES]) == 7

    def test_no_statement_contains_a_choice(self, statements: Deck) -> None:
        named = {choice.casefold() for choice in statements.choices}
        told = [text for card in statements.cards for text in (card.prompt, *card.variants)]
        assert [text for text in told if named & set(words(text))] == []

    def test_length_does_not_give_the_answer_away(self, statements: Deck) -> None:
        means = {
            choice: mean(len(card.prompt) for card in cards)
            for choice, cards in by_answer(statements).items()
        }
        for one, other in combinations(means, 2):
            assert max(means[one], means[other]) / min(means[one], means[other]) < 1.1, means

    def test_no_frequent_word_gives_the_answer_away(self, statements: Deck) -> None:
        for choices in (SIDES, SIDES | {"Both"}):
            found = one_sided(statements, choices, least=4)
            assert {w: side for w, side in found.items() if TIED_BY_THE_ARTICLE.get(w) != side} == {}

    def test_between_two_sides_three_times_is_too_often(self, statements: Deck) -> None:
        assert one_sided(statements, SIDES, least=3) == TIED_BY_THE_ARTICLE

    def test_no_opening_word_gives_the_answer_away(self, statements: Deck) -> None:
        openings: dict[str, Counter[str]] = defaultdict(Counter)
        for card in statements.cards:
            openings[words(card.prompt)[0]][card.answer] += 1
        assert {word for word, count in openings.items() if count.total() >= 3 and len(count) == 1} == set()

    def test_statements_are_short_sentences(self, statements: Deck) -> None:
        for card in statements.cards:
            assert 5 <= len(words(card.prompt)) <= 14, card.prompt
            assert card.prompt.endswith("."), card.prompt

    def test_every_card_says_why_and_where_from(self, statements: Deck) -> None:
        for card in statements.cards:
            assert 0 < len(card.why) <= 130, card.prompt
            assert card.source, card.prompt


class TestTerms:
    def test_it_shows_every_kind_but_statements(self, terms: Deck) -> None:
        assert {kind_of(card) for card in terms.cards} == set(Kind) - {Kind.STATEMENT}
        assert any(isinstance(card, Flip) and card.reversed for card in terms.cards)
        assert any(card.hint for card in terms.cards)

    def test_every_card_says_what_it_is_about_and_where_from(self, terms: Deck) -> None:
        for card in terms.cards:
            assert card.aspect, card.prompt
            assert card.source, card.prompt

    def test_each_side_of_each_contrast_is_there(self, terms: Deck, statements: Deck) -> None:
        entries: dict[str, set[int]] = defaultdict(set)
        sides: dict[str, set[str]] = defaultdict(set)
        for card in terms.cards:
            entries[card.aspect].add(card.entry)
            sides[card.aspect] |= {
                side for side in SIDES if side.casefold() in words(card.prompt + " " + card.answer)
            }
        shared = {aspect for aspect, found in entries.items() if len(found) > 1}
        assert {aspect for aspect in shared if sides[aspect] != SIDES} == set()
        assert {card.aspect for card in statements.cards if card.answer in SIDES} <= shared
        assert all(contrasts(card, terms.cards) for card in terms.cards if card.aspect in shared)

    def test_backs_and_reasons_fit_the_card(self, terms: Deck) -> None:
        for card in terms.cards:
            assert len(card.answer) <= 90, card.answer
            assert len(card.why) <= 130, card.why

    def test_a_cloze_hides_single_words(self, terms: Deck) -> None:
        blanks = [card.answer for card in terms.cards if kind_of(card) is Kind.CLOZE]
        assert [blank for blank in blanks if " " in blank] == []

    def test_wrong_answers_are_about_as_long_as_the_right_one(self, terms: Deck) -> None:
        for card in terms.cards:
            if isinstance(card, Choice):
                assert len(card.wrong) == 3
                assert all(abs(len(wrong) - len(card.answer)) <= 3 for wrong in card.wrong), card.prompt


class TestKeys:
    def test_it_is_short_and_shows_every_kind(self, keys: Deck) -> None:
        assert keys.title == "The keys of quizapp"
        assert 12 <= len(keys.cards) <= 16
        assert {kind_of(card) for card in keys.cards} == set(Kind)
        assert any(isinstance(card, Flip) and card.reversed for card in keys.cards)

    def test_a_day_takes_whole_contrasts_and_leaves_most_of_today_to_the_others(self, keys: Deck) -> None:
        a_day = keys.study.new_per_day
        assert a_day is not None
        assert a_day <= 6
        assert not {card.aspect for card in keys.cards[:a_day]} & {card.aspect for card in keys.cards[a_day:]}

    def test_each_choice_has_its_number_of_cards_and_each_contrast_both(self, keys: Deck) -> None:
        sides: dict[str, list[str]] = defaultdict(list)
        for card in keys.cards:
            if isinstance(card, Statement):
                sides[card.aspect].append(card.answer)
        assert len(sides) == 3
        assert all(sorted(found) == sorted(PLACES) for found in sides.values()), sides

    def test_no_statement_contains_a_choice(self, keys: Deck) -> None:
        named = {choice.casefold() for choice in keys.choices}
        told = [card.prompt for card in keys.cards if isinstance(card, Statement)]
        assert [text for text in told if named & families(text)] == []

    def test_neither_length_nor_a_word_gives_the_answer_away(self, keys: Deck) -> None:
        lengths = {
            choice: mean(len(card.prompt) for card in cards)
            for choice, cards in by_answer(keys).items()
            if choice in PLACES
        }
        assert max(lengths.values()) / min(lengths.values()) < 1.1, lengths
        assert one_sided(keys, PLACES, least=3) == {}

    def test_wrong_answers_are_about_as_long_as_the_right_one(self, keys: Deck) -> None:
        for card in keys.cards:
            if isinstance(card, Choice):
                assert len(card.wrong) == 3
                assert all(abs(len(wrong) - len(card.answer)) <= 3 for wrong in card.wrong), card.prompt

    def test_every_card_says_why_what_about_and_where_from(self, keys: Deck) -> None:
        for card in keys.cards:
            assert 0 < len(card.why) <= 130, card.prompt
            assert card.aspect, card.prompt
            assert card.source, card.prompt


def test_the_decks_share_no_key(statements: Deck, terms: Deck, keys: Deck) -> None:
    all_keys = [card.key for deck in (statements, terms, keys) for card in deck.cards]
    assert len(all_keys) == len(set(all_keys))


def test_the_deck_of_keys_is_listed_last(tmp_path: Path) -> None:
    assert list(load_library(user=tmp_path, shipped=DECKS).decks) == [STATEMENTS, TERMS, KEYS]
