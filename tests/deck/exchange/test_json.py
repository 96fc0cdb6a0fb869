"""Decks as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.deck.exchange.draft import Draft, ExchangeError
from quizapp.deck.exchange.json import read, write
from quizapp.deck.exchange.valid import valid
from tests.deck.exchange.drafts import (
    choices,
    clozes,
    deck_of,
    flips,
    heads,
    lines,
    texts,
    truths,
    typed,
    with_keys,
)

KEYS_OF_ALL = [
    "cards",
    "front",
    "back",
    "title",
    "quiz",
    "study",
    "choices",
    "mode",
    "exam_date",
    "retention",
]
KEYS = {
    "why": texts,
    "aspect": lines,
    "tags": st.lists(lines, min_size=1),
    "id": lines,
    "markdown": st.booleans(),
}


@given(
    with_keys(flips | choices | typed | truths | clozes, hint=texts, **{"from": texts}, **KEYS),
    heads,
)
def test_every_deck_comes_back(entries: list[dict[str, Any]], head: dict[str, Any]) -> None:
    draft = valid(Draft(tuple(entries), head))
    written, losses = write(draft)
    back = read(written)
    assert losses == draft.losses
    assert (back.entries, back.head, back.losses) == (draft.entries, draft.head, ())
    assert deck_of(back) == deck_of(draft)


def test_numbers_and_null_are_taken_as_they_are_meant() -> None:
    draft = read('[{"question": "pi", "answer": 3.10, "why": null, "id": 7}]')
    assert draft.entries == ({"question": "pi", "answer": "3.10", "id": 7},)
    assert draft.losses == ()
    assert deck_of(draft).cards[0].answer == "3.10"


def test_what_does_not_fit_is_named_by_its_path() -> None:
    draft = read(
        '{"cards": [{"front": "a", "back": "b", "x": [1]}, 3, {"front": {}}],'
        ' "quiz": {"cards": 0}, "study": 3}'
    )
    assert [str(loss) for loss in draft.losses] == [
        '"cards" of [quiz] was left out: cards is 0, not a whole number from 1 to 9999',
        '"study" of the deck was left out: study is a whole number, not a table',
        'cards[0]: "x" was left out: unknown key "x"',
        "cards[1]: left out: it is a number, not an object",
        "cards[2]: left out: front is a table, not a text",
    ]


def test_a_key_may_be_called_as_a_column_is() -> None:
    draft = read('[{"Term": "a", "definition": "b", "notes": "c"}, {"front": "d", "term": "e", "back": "f"}]')
    assert draft.entries == ({"front": "a", "back": "b", "why": "c"}, {"front": "d", "back": "f"})
    assert [str(loss) for loss in draft.losses] == ['cards[1]: "term" was left out: unknown key "term"']


def test_a_card_with_other_keys_is_told_which_there_are() -> None:
    assert [str(loss) for loss in read('[{"side1": "a", "side2": "b"}, {}]').losses] == [
        'cards[0]: left out: there is nothing to ask: "side1" and "side2" are none of statement, front, '
        "question and cloze",
        "cards[1]: left out: there is nothing to ask",
    ]


def test_a_key_that_is_there_twice_is_named() -> None:
    draft = read('{"cards": [{"front": "a", "front": "c", "back": "b"}]}')
    assert draft.entries == ({"front": "c", "back": "b"},)
    assert [str(loss) for loss in draft.losses] == [
        'the key "front" is there twice in one object; the last counts'
    ]


def test_half_characters_can_be_written_to_a_file() -> None:
    draft = read('[{"front": "\\ud800", "back": "b", "\\udfff": "x"}]')
    assert draft.entries == ({"front": "�", "back": "b"},)
    assert "".join(map(str, draft.losses)).encode()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "This is no JSON: line 1, column 1: a value is missing"),
        ('{"cards": [}', "This is no JSON: line 1, column 12: a value is missing"),
        (
            '[{"a": 1 "b"',
            "This is no JSON: line 1, column 10: a comma, or the end of what was begun, is missing",
        ),
        ("[{a: 1}]", "This is no JSON: line 1, column 3: a key in double quotes is missing"),
        ('[{"a" 1}]', "This is no JSON: line 1, column 7: a colon is missing"),
        ('["a', "This is no JSON: line 1, column 2: the text that begins here has no end"),
        ("[]]", "This is no JSON: line 1, column 3: there is more after the end"),
        ('["a\\q"]', r"This is no JSON: line 1, column 4: a backslash escapes nothing; write \\\\"),
        (
            '["a\nb"]',
            r"This is no JSON: line 1, column 4: a control character or line break in a text; write \\n",
        ),
        ("3", "This is a number, not an object with cards."),
        ("{}", 'The object has no "cards"'),
        ('{"cards": {}}', "cards is an object, not a list."),
        ("[" * 100_000, "nested too deep"),
        ("[" * 30 + "]" * 30, "nested too deep"),
        ("9" * 5000, "too many digits"),
    ],
)
def test_what_is_no_deck_is_one_sentence(text: str, message: str) -> None:
    with pytest.raises(ExchangeError, match=message.replace("(", r"\(")):
        read(text)


@given(
    st.text()
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text("ab{} ", max_size=4),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(KEYS_OF_ALL), inner),
    ).map(json.dumps)
)
def test_any_text_gives_a_deck_or_one_error(text: str) -> None:
    try:
        draft = read(text)
    except ExchangeError:
        return
    deck_of(draft)
