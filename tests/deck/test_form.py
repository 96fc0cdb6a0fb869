"""An entry in the fields of a form: what was not touched stays, what was typed is what comes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.deck.card import Deck, Kind
from quizapp.deck.form import BREAK, YES, Draft, draft_of, fields_of, kind_of_table, table_of
from quizapp.deck.read import parse_deck
from quizapp.deck.trying import around, read_top, try_entry
from quizapp.deck.write import entry_text

DECK = Deck(id="d", path=Path("d.toml"), title="D", choices=("BPO", "KPO"), keys=("b", "k"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
VALUES = st.one_of(
    TEXTS, st.booleans(), st.integers(), st.floats(allow_nan=False), st.lists(TEXTS, max_size=3)
)
KEYS = sorted({field.key for kind in Kind for field in fields_of(kind)} | {"markdown", "odd"})
PROMPTS = st.sampled_from(["statement", "front", "question", "cloze"])


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    """Entries of one kind, with values that a person may have written."""
    prompt = draw(PROMPTS)
    others = [key for key in KEYS if key not in ("statement", "front", "question", "cloze")]
    table = draw(st.dictionaries(st.sampled_from(others), VALUES, max_size=6))
    own = {field.key for field in fields_of(kind_of_table({prompt: "", **table}))}
    return {prompt: draw(TEXTS), **{k: v for k, v in table.items() if k in own or k in ("markdown", "odd")}}


@given(entries())
def test_what_was_not_touched_stays_as_it_is(table: dict[str, Any]) -> None:
    assert table_of(draft_of(table), DECK, table) == table


@given(entries(), TEXTS)
def test_another_text_changes_its_own_key_alone(table: dict[str, Any], text: str) -> None:
    changed = table_of(draft_of(table).put("why", text), DECK, table)
    assert {key: item for key, item in changed.items() if key != "why"} == {
        key: item for key, item in table.items() if key != "why"
    }


class TestWhatWasTyped:
    def test_each_kind_makes_its_own_entry(self) -> None:
        texts = {
            "prompt": "p {x}",
            "answer": "a",
            "choice": "kpo",
            "wrong": "one\n\n two ",
            "accept": "b\nc",
            "reverse": YES,
            "tags": "x, y ,",
            "aspect": " z ",
        }
        shared: dict[str, Any] = {"aspect": "z", "tags": ["x", "y"]}
        wanted: dict[Kind, dict[str, Any]] = {
            Kind.STATEMENT: {"statement": "p {x}", "answer": "KPO"},
            Kind.FLIP: {"front": "p {x}", "back": "a", "reverse": True},
            Kind.CHOICE: {"question": "p {x}", "answer": "a", "wrong": ["one", "two"]},
            Kind.TYPED: {"question": "p {x}", "answer": "a", "accept": ["b", "c"]},
            Kind.CLOZE: {"cloze": "p {x}"},
        }
        for kind, own in wanted.items():
            assert table_of(Draft(kind, texts), DECK) == {**own, **shared}

    def test_true_and_false_are_no_texts(self) -> None:
        draft = Draft(Kind.STATEMENT, {"prompt": "p", "choice": "True"})
        assert table_of(draft, DECK) == {"statement": "p", "answer": True}

    def test_a_line_break_in_an_item_has_a_sign_there(self) -> None:
        table: dict[str, Any] = {"question": "q", "answer": "a", "wrong": ["x\ny", "z"]}
        draft = draft_of(table)
        assert draft.texts["wrong"] == f"x{BREAK}y\nz"
        changed = table_of(draft.put("wrong", f"x{BREAK}y\nw"), DECK, table)
        assert changed["wrong"] == ["x\ny", "w"]

    def test_another_kind_drops_the_keys_that_it_does_not_have(self) -> None:
        table = {"question": "q", "answer": "a", "wrong": ["x"], "why": "w", "odd": "o"}
        draft = Draft(Kind.FLIP, draft_of(table).texts)
        assert table_of(draft, DECK, table) == {"front": "q", "back": "a", "why": "w", "odd": "o"}

    def test_an_emptied_field_takes_its_key_away(self) -> None:
        table = {"front": "f", "back": "b", "why": "w", "reverse": True}
        draft = draft_of(table).put("why", " \n").put("reverse", "no")
        assert table_of(draft, DECK, table) == {"front": "f", "back": "b"}


HEAD = 'choices = ["BPO", "KPO"]\n'
REFUSED: list[dict[str, Any]] = [
    {"statement": "s", "answer": "BOP"},
    {"question": "q", "answer": "a", "wrong": ["a"]},
    {"cloze": "no blank"},
    {"cloze": "a {} b"},
    {"front": "a\x1bb", "back": "b"},
    {"front": "known", "back": "other"},
    {"front": "f", "back": "b", "odd": "x"},
]


@pytest.mark.parametrize("table", REFUSED, ids=lambda table: str(sorted(table.values(), key=str)[0])[:9])
def test_what_is_wrong_is_what_the_reader_says(table: dict[str, Any]) -> None:
    """Of the entry alone as of the whole file with it; of a double, the number of the other."""
    before = f'{HEAD}[[card]]\nfront = "known"\nback = "b"\n'.encode()
    deck, _ = parse_deck(before, path=DECK.path, deck_id="d", shown_as="")
    assert deck is not None
    tried = try_entry(table, 1, around(deck, [deck], read_top(before), ()))
    whole = before + entry_text(table).encode()
    _, problems = parse_deck(whole, path=DECK.path, deck_id="d", shown_as="")
    said = {fault.message for fault in tried.faults}
    assert said == {problem.message.removesuffix(", which counts") for problem in problems}
    assert said


def test_a_good_entry_has_its_cards() -> None:
    among = around(DECK, [DECK], read_top(HEAD.encode()), ())
    tried = try_entry({"cloze": "The {Nile} and the {Rhine}"}, 0, among)
    assert not tried.faults
    assert [card.answer for card in tried.cards] == ["Nile", "Rhine"]
