"""The list of a deck's cards: what a filter lets through, the orders, and what is said in few cells."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from quizapp.browse.cells import due_cell, lapses_cell, memory_cell, standing
from quizapp.browse.orders import Order, in_order
from quizapp.browse.query import FIELDS, KINDS, STATES, matching, parse
from quizapp.browse.rows import Row, Rows, folded, rows_of, with_mark
from quizapp.deck.card import Card, UsualStudy
from quizapp.learn.schedule import plan_for
from quizapp.record import DAY_MS, Mark, Memory, Ref, State
from quizapp.scores.store import open_store
from tests.builders import FakeClock, deck, flip, statement, typed

NOW = FakeClock()()
PLAN = plan_for(deck().study, UsualStudy(), NOW.day)


def memory(*, due: str = "2026-01-01", stability: float = 10.0, lapses: int = 0) -> Memory:
    """A card's in review, last graded three days ago."""
    last = NOW.at_ms - 3 * DAY_MS
    return Memory(State.REVIEW, None, stability, 5.0, last, "2025-12-29", None, due, 3, lapses)


def step(minutes: int) -> Memory:
    """A card's in learning steps, asked again in so many minutes."""
    due = NOW.at_ms + minutes * 60_000
    return Memory(State.LEARNING, 0, 0.2, 5.0, NOW.at_ms, NOW.day, due, None, 1)


def row(card: Card, remembered: Memory | None = None, **mark: object) -> Row:
    """A row as `rows_of` makes it."""
    made = deck(card)
    set_ = structs.replace(Mark(), **mark)
    return Row(card, remembered, set_, folded(_texts(made.cards[0])))


def _texts(card: Card) -> str:
    parts = (card.prompt, card.answer, card.why, card.hint, card.aspect, card.source)
    return "\0".join((*parts, *card.variants, *card.tags))


PAY = structs.replace(
    statement("They pay little for it.", "BPO", aspect="pay", why="So the article says."), tags=("Money",)
)
LAW = structs.replace(statement("It takes lawyers.", "KPO", aspect="law and order"), tags=("verb", "money 2"))
DOG = flip("el perro", "the dog")
TIE = typed("Ratio 3:1 of std::vector in http://x", "None of Both")
ALL = (PAY, LAW, DOG, TIE)


def found(query: str, rows: list[Row] | None = None) -> list[str]:
    """The prompts of what a query lets through."""
    of = [row(card) for card in ALL] if rows is None else rows
    return [one.card.prompt.split()[0] for one in matching(of, parse(query), None, NOW)]


# ---- what is typed


@pytest.mark.parametrize(
    ("query", "prompts"),
    [
        ("", ["They", "It", "el", "Ratio"]),
        ("   ", ["They", "It", "el", "Ratio"]),
        ("PAY", ["They"]),
        ("it pay", ["They"]),
        ("pay it", ["They"]),
        ('"little for"', ["They"]),
        ('"for little"', []),
        ('"little fo', ["They"]),
        ("article", ["They"]),
        ("-pay", ["It", "el", "Ratio"]),
        ("-pay -perro", ["It", "Ratio"]),
        ('-"takes lawyers"', ["They", "el", "Ratio"]),
        ("-", ["They", "It", "el", "Ratio"]),
        ("tag:money", ["They", "It"]),
        ('tag:"money 2"', ["It"]),
        ("-tag:money", ["el", "Ratio"]),
        ("TAG:Verb", ["It"]),
        ("tag:", ["They", "It", "el", "Ratio"]),
        ("aspect:law", ["It"]),
        ("aspect:pay", ["They"]),
        ("answer:kpo", ["It"]),
        ("-answer:p", ["el", "Ratio"]),
        ("kind:flip", ["el"]),
        ("kind:statement -aspect:pay", ["It"]),
        ("3:1", ["Ratio"]),
        ("std::vector", ["Ratio"]),
        ("http://x", ["Ratio"]),
        ("lawyers law", ["It"]),
        ("nothing-like-it", []),
    ],
)
def test_a_query_lets_through(query: str, prompts: list[str]) -> None:
    assert found(query) == prompts
    assert parse(query).trouble == ()


def test_a_phrase_goes_on_over_a_line_but_not_into_the_next_text(tmp_path: Path) -> None:
    made = deck(flip("one\ntwo", "three"))
    with closing(open_store(tmp_path / "scores.db", now_ms=FakeClock().now_ms)) as store:
        rows = rows_of(store, made, NOW, UsualStudy()).rows
    assert found('"one two"', list(rows)) == ["one"]
    assert found('"two three"', list(rows)) == []


def test_the_unicode_form_of_a_text_does_not_count() -> None:
    rows = [row(flip("cafe\u0301", "x"))]
    assert found("caf\u00e9", rows) == found("CAFE\u0301", rows) == ["cafe\u0301"]


@pytest.mark.parametrize(
    ("query", "prompts"),
    [
        ("is:due", ["due", "late", "step"]),
        ("is:new", ["new", "hidden"]),
        ("is:leech", ["late"]),
        ("is:flagged", ["new"]),
        ("is:suspended", ["out"]),
        ("is:buried", ["hidden"]),
        ("-is:new -is:due", ["out", "later", "soon"]),
        ("is:due is:leech", ["late"]),
    ],
)
def test_a_state_is_that_of_now(query: str, prompts: list[str]) -> None:
    rows = [
        row(flip("due", "x"), memory()),
        row(flip("late", "x"), memory(due="2025-12-20", lapses=8)),
        row(flip("step", "x"), step(-1)),
        row(flip("new", "x"), flagged=True),
        row(flip("out", "x"), memory(), suspended=True),
        row(flip("hidden", "x"), buried="2026-01-02"),
        row(flip("later", "x"), memory(due="2026-01-02")),
        row(flip("soon", "x"), step(5)),
    ]
    assert found(query, rows) == prompts


def test_a_card_that_was_buried_until_today_is_buried_no_more() -> None:
    rows = [row(flip("back", "x"), memory(), buried=NOW.day)]
    assert found("is:due", rows) == ["back"]
    assert found("is:buried", rows) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("is:foo", "There is no is:foo."),
        ("-is:foo", "There is no is:foo."),
        ("is:leach", 'There is no is:leach; did you mean "leech"?'),
        ("kind:flop", 'There is no kind:flop; did you mean "flip"?'),
        ("pay is:foo is:due", "There is no is:foo."),
    ],
)
def test_what_there_is_not_finds_nothing_and_says_what_there_is(query: str, said: str) -> None:
    asked = parse(query)
    assert asked.trouble[0] == said
    assert [len(text) for text in asked.trouble] == sorted(map(len, asked.trouble), reverse=True)
    assert found(query) == []
    there = KINDS if "kind" in query else STATES
    assert asked.known == f"There are {', '.join(there)}."


def test_a_field_that_may_be_a_slip_is_warned_of() -> None:
    assert parse("tags:x").trouble[0] == 'tags: is sought as text; did you mean "tag"?'
    assert found("tags:x pay") == []


def test_a_field_that_is_like_none_is_text_and_no_trouble() -> None:
    asked = parse("wrong:x")
    assert asked.trouble == ()
    assert asked.hint[0] == "wrong: is sought as text; there are tag: aspect: answer: kind: is:"
    assert found("http:") == ["Ratio"]
    assert parse("http:").trouble == ()


def test_an_unknown_field_is_sought_as_it_was_typed() -> None:
    rows = [row(flip("Note: this", "x")), row(flip("Note this", "x"))]
    assert len(found("Note:", rows)) == 1
    assert len(found('Note:"a b"', rows)) == 0


@pytest.mark.parametrize("typed_", ["is:", "kind:", "-kind:c"])
def test_what_is_not_whole_yet_filters_nothing_and_is_helped(typed_: str) -> None:
    assert found(typed_) == ["They", "It", "el", "Ratio"]
    assert parse(typed_).trouble == ()
    assert parse(typed_).hint[0].startswith("kind: " if "kind" in typed_ else "is: ")


@pytest.mark.parametrize(
    ("typed_", "whole"), [("is:d", "is:due"), ("-IS:Susp", "-is:suspended"), ("kind:cl", "kind:cloze")]
)
def test_the_beginning_of_a_value_is_as_good_as_all_of_it(typed_: str, whole: str) -> None:
    assert parse(typed_).terms == parse(whole).terms != ()
    assert parse(typed_).hint


TYPED = st.lists(
    st.one_of(
        st.text(max_size=6),
        st.sampled_from([f"{field}:" for field in FIELDS]),
        st.sampled_from([*(f"is:{state}" for state in STATES), *(f"kind:{kind}" for kind in KINDS)]),
        st.sampled_from(['"', "-", '-"', "::", "pay", "o"]),
    ),
    max_size=5,
).map(" ".join)


@given(TYPED, TYPED)
def test_more_conditions_let_less_through(one: str, other: str) -> None:
    rows = [row(card, remembered) for card in ALL for remembered in (None, memory())]
    query = parse(one)
    both = structs.replace(query, terms=query.terms + parse(other).terms)
    fewer = matching(rows, both, None, NOW)
    assert all(any(one is more for more in matching(rows, query, None, NOW)) for one in fewer)


@given(TYPED)
def test_a_condition_and_its_opposite_part_the_cards(text: str) -> None:
    rows = [row(card, remembered) for card in ALL for remembered in (None, memory())]
    for term in parse(text).terms:
        with_, without = (
            matching(
                rows, structs.replace(parse(""), terms=(structs.replace(term, negated=negated),)), None, NOW
            )
            for negated in (False, True)
        )
        assert len(with_) + len(without) == len(rows)
        assert not {id(one) for one in with_} & {id(one) for one in without}


# ---- orders

LINE = [
    row(flip("b", "z", aspect="two"), memory(due="2026-01-05", stability=30.0, lapses=1)),
    row(typed("A", "y")),
    row(flip("d", "x", aspect="One"), memory(due="2025-12-30", stability=3.0, lapses=4)),
    row(flip("c", "y", aspect="two"), step(5)),
    row(statement("e", "BPO"), memory(due="2025-12-25"), suspended=True),
    row(flip("f", "y"), memory(due="2025-12-28"), buried="2026-01-02"),
]


@pytest.mark.parametrize(
    ("order", "prompts", "backwards"),
    [
        (Order.DECK, "bAdcef", "fecdAb"),
        (Order.DUE, "dcfbeA", "ebfcdA"),
        (Order.MEMORY, "cdefbA", "befdcA"),
        (Order.LAPSES, "dbcefA", "cefbdA"),
        (Order.PROMPT, "Abcdef", "fedcbA"),
        (Order.ANSWER, "edAcfb", "bAcfde"),
        (Order.ASPECT, "dbcAef", "bcdAef"),
        (Order.KIND, "bdcfeA", "Aebdcf"),
    ],
)
def test_an_order(order: Order, prompts: str, backwards: str) -> None:
    assert "".join(one.card.prompt for one in in_order(LINE, order, None, NOW)) == prompts
    turned = in_order(LINE, order, None, NOW, backwards=True)
    assert "".join(one.card.prompt for one in turned) == backwards


def test_an_exam_brings_what_falls_due_later_before_it() -> None:
    late = row(flip("late", "x"), memory(due="2026-03-01"))
    assert due_cell(late, None, NOW) == "59d"
    assert due_cell(late, "2026-01-11", NOW) == "10d"
    rows = [row(flip("b", "x"), memory(due="2026-02-01")), late]
    assert [one.card.prompt for one in in_order(rows, Order.DUE, "2026-01-11", NOW)] == ["b", "late"]
    assert found("is:due", [late]) == []
    assert len(matching([late], parse("is:due"), NOW.day, NOW)) == 1


@pytest.mark.parametrize("backwards", [False, True])
@given(st.data())
def test_an_order_keeps_every_card(backwards: bool, data: st.DataObject) -> None:
    rows = data.draw(st.permutations(LINE))
    for order in Order:
        placed = in_order(rows, order, None, NOW, backwards=backwards)
        assert sorted(map(id, placed)) == sorted(map(id, rows))


def test_the_orders_follow_each_other_round_and_round() -> None:
    order = Order.DECK
    for _ in Order:
        order = order.next()
    assert order is Order.DECK
    assert Order.DECK.next(-1).next() is Order.DECK


# ---- cells


@pytest.mark.parametrize(
    ("shown", "due", "holds", "lapses"),
    [
        (row(DOG), "new", "", ""),
        (row(DOG, memory()), "due", "10d", ""),
        (row(DOG, memory(due="2025-01-01", stability=0.3, lapses=2)), "due", "<1d", "2"),
        (row(DOG, memory(due="2026-01-02", stability=100.0)), "1d", "3.3mo", ""),
        (row(DOG, memory(due="2027-06-02", stability=800.0)), "1.4y", "2.2y", ""),
        (row(DOG, step(10)), "10m", "step", ""),
        (row(DOG, step(-1)), "due", "step", ""),
        (row(DOG, memory(), suspended=True, buried="2026-01-02"), "suspended", "10d", ""),
        (row(DOG, None, buried="2026-01-02"), "buried", "", ""),
    ],
)
def test_few_cells_say_when_it_comes_and_how_long_it_holds(
    shown: Row, due: str, holds: str, lapses: str
) -> None:
    assert (due_cell(shown, None, NOW), memory_cell(shown), lapses_cell(shown)) == (due, holds, lapses)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (row(DOG), "Never studied."),
        (row(DOG, None, flagged=True, buried="2026-01-02"), "Buried until tomorrow. Flagged. Never studied."),
        (row(DOG, step(10)), "Due in 10 minutes. In learning steps."),
        (row(DOG, memory()), "Due now. Remembered for 10 days; known now: 96 %."),
        (
            row(DOG, memory(due="2026-01-04", lapses=9), suspended=True),
            "Suspended: not asked until it is brought back. Due Sunday. Remembered for 10 days; "
            "known now: 96 %. Forgotten 9 times, again and again.",
        ),
        (
            row(DOG, memory(due="2026-01-02", stability=0.4, lapses=1)),
            "Due tomorrow. Remembered for less than a day; known now: 72 %. Forgotten once.",
        ),
    ],
)
def test_a_card_is_told_in_sentences(shown: Row, said: str) -> None:
    assert standing(shown, PLAN, NOW).replace("\u00a0", " ") == said


def test_what_a_clock_that_ran_ahead_has_graded_is_due_and_not_reckoned_with() -> None:
    ahead = structs.replace(memory(due="2026-03-01"), last_ms=NOW.at_ms + 40 * DAY_MS, last_day="2026-02-10")
    shown = row(DOG, ahead)
    assert due_cell(shown, None, NOW) == "due"
    assert standing(shown, PLAN, NOW) == "Due now. Remembered for 10 days."


# ---- rows


def test_the_rows_are_those_of_deck_and_log(tmp_path: Path) -> None:
    made = deck(PAY, DOG, LAW)
    with closing(open_store(tmp_path / "scores.db", now_ms=FakeClock().now_ms)) as store:
        store.append(
            [],
            memories={Ref(made.id, DOG.key): memory(), Ref("other", PAY.key): memory()},
            marks={Ref(made.id, LAW.key): Mark(flagged=True)},
        )
        rows = rows_of(store, made, NOW, UsualStudy())
        assert [one.card for one in rows.rows] == list(made.cards)
        assert [one.memory for one in rows.rows] == [None, memory(), None]
        assert [one.mark.flagged for one in rows.rows] == [False, False, True]
        again = rows_of(store, made, NOW, UsualStudy(), rows)
        assert again.rows[0].sought is rows.rows[0].sought
    marked = with_mark(rows, DOG.key, Mark(suspended=True))
    assert isinstance(marked, Rows)
    assert [one.mark.suspended for one in marked.rows] == [False, True, False]
