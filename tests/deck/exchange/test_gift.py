"""Moodle's GIFT."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.deck.exchange.draft import Draft
from quizapp.deck.exchange.gift import read
from quizapp.deck.exchange.gift_write import write
from quizapp.deck.exchange.valid import valid
from tests.deck.exchange.drafts import (
    SIGNS,
    choices,
    clozes,
    deck_of,
    flips,
    lines,
    plainly,
    texts,
    truths,
    typed,
    with_keys,
)


def one(text: str) -> dict[str, Any]:
    """The one entry of a file that loses nothing."""
    draft = read(text)
    deck_of(draft)
    assert draft.losses == ()
    (table,) = draft.entries
    return dict(table)


def losses(text: str) -> list[str]:
    draft = read(text)
    deck_of(draft)
    return [str(loss) for loss in draft.losses]


class TestKinds:
    @pytest.mark.parametrize(
        ("text", "table"),
        [
            (
                "Who?{~Grant ~Jefferson =no one}",
                {"question": "Who?", "answer": "no one", "wrong": ["Grant", "Jefferson"]},
            ),
            (
                "Grant is {~buried =entombed ~living} in it.",
                {"question": "Grant is _____ in it.", "answer": "entombed", "wrong": ["buried", "living"]},
            ),
            ("It rises.{T}", {"statement": "It rises.", "answer": True}),
            ("It rises.{FALSE}", {"statement": "It rises.", "answer": False}),
            ("Who?{=no one =nobody}", {"question": "Who?", "answer": "no one", "accept": ["nobody"]}),
            ("Who?{Grant}", {"question": "Who?", "answer": "Grant"}),
            ("Two and two are {=four}.", {"cloze": "Two and two are {four}."}),
            (
                "Two and two are {=four =4}.",
                {"question": "Two and two are _____.", "answer": "four", "accept": ["4"]},
            ),
            ("Two and two are _____.{=four}", {"cloze": "Two and two are {four}."}),
            ("a {=\\\\*b}", {"question": "a", "answer": "*b"}),
            ("When? {#1822}", {"question": "When?", "answer": "1822"}),
            ("When? {#1822:0}", {"question": "When?", "answer": "1822"}),
        ],
    )
    def test_each_becomes_what_it_is(self, text: str, table: dict[str, Any]) -> None:
        assert one(text) == table

    def test_pairs_are_flip_cards_of_one_aspect(self) -> None:
        text = "Match the\ncapitals. {\n =Canada -> Ottawa\n =Italy->Rome\n}"
        assert read(text).entries == (
            {"front": "Canada", "back": "Ottawa", "aspect": "Match the\ncapitals."},
            {"front": "Italy", "back": "Rome", "aspect": "Match the\ncapitals."},
        )

    def test_several_answers_that_are_right_together_are_a_flip_card(self) -> None:
        draft = read("Who two?{~%-50%No one ~%50%Grant ~%50%His wife}")
        assert draft.entries == ({"front": "Who two?", "back": "Grant\nHis wife"},)
        assert len(draft.losses) == 1

    @pytest.mark.parametrize(
        ("text", "loss"),
        [
            ("Why?{}", "an essay question was left out"),
            ("Read this.", "text without an answer was left out"),
            ("a { b", "left out: its braces do not pair"),
            ("a } {b", "left out: its braces do not pair"),
            ("a {=b} c {=d}", "left out: it has more than one"),
            ("a {~b ~c}", "left out: none of its answers is right"),
            ("a {=%50%b}", "left out: none of its answers is right"),
            ("a {~b#no ~%50%c =d}", 'the answer "c" was left out: it is right too, or in part'),
            ("a {~b#no =d}", "what is said after wrong answers was left out"),
            ("a {T#no#yes}", "what is said after a wrong answer was left out"),
            ("a {=b =%75%c}", 'the answer "c" was left out: it is right in part only'),
            ("pi {#3.14:0.05}", "Moodle takes a number within 0.05 of 3.14; here it is exact"),
            ("pi {#3.1..3.2}", "any number from 3.1 to 3.2 is right in Moodle; here 3.15 is"),
            ("a {=b->c =->d}", '"d" was left out: it belongs to nothing'),
            ("a {=b* =c}", "a * in an answer stands for any text in Moodle"),
            ('[html]<img src="x.png">a{=b}', 'the picture or sound "x.png" does not come along'),
        ],
    )
    def test_what_a_card_can_not_say_is_named_with_its_line(self, text: str, loss: str) -> None:
        assert [found.startswith(f"line 3: {loss}") for found in losses(f"\n// note\n{text}\n")].count(
            True
        ) == 1


class TestTexts:
    def test_escapes(self) -> None:
        assert one(r"Which \{a\}\: \\n{= \= 2 + 3 ~ \= \#\~ \n 4}") == {
            "question": "Which {a}: \\n",
            "answer": "= 2 + 3",
            "wrong": ["= #~ \n 4"],
        }

    def test_what_is_said_after_the_right_answer_is_the_why(self) -> None:
        assert one("a{~b =c#yes####all}")["why"] == "yes\nall"
        assert one("a{F#because}")["why"] == "because"
        assert one("a{=c####all}")["why"] == "all"

    def test_names_and_comments_are_no_part_of_it(self) -> None:
        text = (
            "// c\n::Na\\:me::What\n  // {=x}\nis it?{=b}\n\n//\n// [tag:t]\n// question: 7  name: Q7\nd{=e}"
        )
        assert [table["question"] for table in read(text).entries] == ["What\nis it?", "d"]
        assert losses(text) == ["lines 1 and 3: a comment was left out"]

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("::Na\\:me::What?{=b}", "Na:me"),
            ("::Q 1\n  of 2:: What?{=b}", "Q 1 of 2"),
            ("::Q1::[html]<p>What?</p>{T}", "Q1"),
            ("::::What?{=b}", None),
            (":: ::What?{=b}", None),
        ],
    )
    def test_a_name_is_where_the_card_is_from(self, text: str, name: str | None) -> None:
        assert one(text).get("from") == name

    def test_all_cards_of_a_question_have_its_name(self) -> None:
        assert [table["from"] for table in read("::Q1::Match{=b->c =d->e}").entries] == ["Q1", "Q1"]

    def test_ids_and_tags_are_in_comments(self) -> None:
        table = one("// question: 1 [id:x\\]1]\n// [tag:a b] [tag:c]\na{=b}")
        assert (table["id"], table["tags"]) == ("x]1", ["a b", "c"])

    def test_formats(self) -> None:
        assert one("[html]<p>x<sup>2</sup></p>{=<b>a</b>}") == {"question": "x²", "answer": "a"}
        assert one("a<br>b &amp; c{=d}")["question"] == "a\nb & c"
        assert one("[plain]a<br>b{=&amp;}") == {"question": "a<br>b", "answer": "&amp;"}
        assert one("List<int> [x]{=d}")["question"] == "List<int> [x]"
        draft = read("[markdown]**a**{=b}\n\n[markdown]*c*{=d}")
        assert draft.head == {"markdown": True}
        assert [table["question"] for table in draft.entries] == ["**a**", "*c*"]

    def test_one_markdown_question_among_others_says_so(self) -> None:
        assert read("[markdown]*a*{=b}\n\nc{=d}").entries[0]["markdown"] is True


class TestCategories:
    def test_one_that_all_share_is_the_title(self) -> None:
        draft = read(
            "$CATEGORY: $course$/top/Geo\n\na{=b}\n\n$CATEGORY: $course$/top/Geo/Capi//tals/X\nc{=d}"
        )
        assert draft.head == {"title": "Geo"}
        assert [table.get("aspect") for table in draft.entries] == [None, "Capi/tals / X"]

    def test_else_they_are_aspects(self) -> None:
        draft = read("$CATEGORY: A\n\na{=b}\n\n$CATEGORY: B\n\nc{=d}\n\n$CATEGORY:\n\ne{=f}")
        assert draft.head == {}
        assert [table.get("aspect") for table in draft.entries] == ["A", "B", None]

    def test_pairs_have_what_they_share_as_a_hint_then(self) -> None:
        draft = read("$CATEGORY: A\n\nx{=a}\n\n$CATEGORY: B\n\nMatch{=b->c =d->e}")
        assert draft.entries[1] == {"front": "b", "back": "c", "hint": "Match", "aspect": "B"}


class TestWrite:
    def test_questions(self) -> None:
        draft = Draft(
            (
                {"question": "q: 1", "answer": "a", "wrong": ["b"], "why": "w", "aspect": "x/y"},
                {"statement": "s", "answer": "A", "id": "i", "tags": ["t"], "from": "p. 4: b"},
                {"cloze": "a {b} c {d}"},
            ),
            {"title": "T", "choices": ["A", "B"]},
        )
        text, found = write(draft)
        assert text == (
            "$CATEGORY: $course$/top/T\n\n$CATEGORY: $course$/top/T/x//y\n\n"
            "q\\: 1{\n\t=a\n\t~b####w\n}\n\n"
            "$CATEGORY: $course$/top/T\n\n"
            "// [id:i] [tag:t]\n::p. 4\\: b::s{\n\t=A\n\t~B\n}\n\n"
            "a {=b} c d\n\n"
            "a b c _____{=d}\n"
        )
        assert [str(loss) for loss in found] == [
            '"choices" of the deck was left out',
            "card 2: became a multiple choice",
            "card 3: became a question a blank",
        ]

    def test_what_it_can_not_hold_is_named(self) -> None:
        draft = Draft(
            (
                {"front": "f", "back": "g", "reverse": True, "hint": "h"},
                {"question": "q", "answer": "a -> b"},
                {"question": "r", "answer": "a", "variants": ["v"], "from": "p"},
                {"cloze": "{a -> b} and {c}"},
            ),
            {"about": "x", "study": {"new_per_day": 9}},
        )
        assert [str(loss) for loss in write(draft)[1]] == [
            '"about" of the deck was left out',
            "[study] of the deck was left out: new_per_day",
            "card 1: became a short answer, which is typed",
            "card 1: asked one way only",
            'card 1: "hint" was left out',
            "card 2: left out: Moodle takes an answer with -> for a matching question",
            'card 3: "variants" was left out',
            "card 4: a blank was left out: Moodle takes an answer with -> for a matching question",
            "card 4: became a question a blank",
        ]

    @pytest.mark.parametrize(
        "text", ["// x", "[html] x", "%5% x", "$CATEGORY: x", "::x:: y", "x < y <b>", "x\n\ny"]
    )
    def test_no_text_is_taken_for_something_else(self, text: str) -> None:
        draft = Draft(({"question": text, "answer": text, "why": text},))
        assert read(write(draft)[0]).entries == draft.entries

    @given(
        with_keys(
            choices | typed | truths,
            why=texts,
            aspect=lines,
            markdown=st.booleans(),
            id=lines,
            tags=st.lists(lines, min_size=1, max_size=2, unique=True),
            **{"from": lines},
        ),
        lines,
    )
    def test_what_it_can_hold_comes_back(self, tables: list[dict[str, Any]], title: str) -> None:
        # An arrow makes pairs of typed answers, and a gap a cloze.
        held = [table for table in tables if "wrong" in table or not re.search("->|____", str(table))]
        draft = valid(Draft(tuple(held), {"title": title, "markdown": True}))
        text, found = write(draft)
        back = read(text)
        assert found == draft.losses
        assert plainly(back) == plainly(draft)
        assert back.losses == ()
        if held:
            assert back.head["title"] == title

    @given(with_keys(clozes, why=texts))
    def test_clozes_come_back(self, tables: list[dict[str, Any]]) -> None:
        held = [table for table in tables if "->" not in table["cloze"]]
        draft = valid(Draft(tuple(held)))
        keys = [card.key for card in deck_of(draft).cards]
        assert [card.key for card in deck_of(read(write(draft)[0])).cards] == keys

    @given(with_keys(flips | clozes | choices, hint=texts))
    def test_whatever_is_written_can_be_read(self, tables: list[dict[str, Any]]) -> None:
        text, _ = write(Draft(tuple(tables)))
        assert all("left out: it is" in str(loss) for loss in read(text).losses)


@given(
    st.text(SIGNS)
    | st.text()
    | st.lists(st.sampled_from([*"{}=~#%\\\n", "->", "::", "[html]", "//", "a"])).map("".join)
)
def test_any_text_gives_a_deck(text: str) -> None:
    deck_of(read(text))
