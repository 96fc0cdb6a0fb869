"""`Q:`, `A:` and `C:`."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.deck.exchange.draft import Draft
from quizapp.deck.exchange.markdown import read
from quizapp.deck.exchange.markdown_write import write
from quizapp.deck.exchange.valid import valid
from tests.deck.exchange.drafts import SIGNS, clozes, deck_of, flips, lines, with_keys


def entries(text: str) -> list[Any]:
    """The entries of a file that loses nothing."""
    draft = read(text)
    deck_of(draft)
    assert draft.losses == ()
    return list(draft.entries)


def losses(text: str) -> list[str]:
    draft = read(text)
    deck_of(draft)
    return [str(loss) for loss in draft.losses]


class TestRead:
    def test_questions_and_clozes(self) -> None:
        text = "Q: foo\nA: bar\n\nC: Foo [bar] baz [quux].\nQ: x\nA: y\n"
        assert entries(text) == [
            {"front": "foo", "back": "bar"},
            {"cloze": "Foo {bar} baz {quux}."},
            {"front": "x", "back": "y"},
        ]

    def test_texts_of_many_lines_are_markdown(self) -> None:
        draft = read("Q: List\nthem.\nA:\n\n- one\n- two\n\nC:\nBetter is [this].\n\n— [Him]\n")
        assert draft.head == {"markdown": True}
        assert draft.entries == (
            {"front": "List\nthem.", "back": "- one\n- two"},
            {"cloze": "Better is {this}.\n\n— {Him}"},
        )

    def test_a_line_across_ends_a_card_and_what_follows_is_no_part_of_it(self) -> None:
        assert losses("Q: a\nA: b\n---\nnotes\n\nmore\nC: [c]\n") == [
            "lines 4 to 6: text that is part of no card was left out"
        ]

    def test_marks_that_are_not_at_the_edge_are_text(self) -> None:
        assert entries("Q: a\n  A: x\nA: b\n Q: c") == [{"front": "a\n  A: x", "back": "b\n Q: c"}]

    def test_a_card_on_one_line(self) -> None:
        assert entries("# T\nWhat is it?:: that :: there\n") == [
            {"front": "What is it?", "back": "that :: there"}
        ]

    def test_the_title_is_in_the_front_matter(self) -> None:
        assert read('---\nname = "T"\n---\nQ: a\nA: b\n').head == {"title": "T"}
        assert read("---\ntitle: 'T'\n---\nQ: a\nA: b\n").head == {"title": "T"}

    def test_other_front_matter_is_named(self) -> None:
        assert losses("---\ntitle: T\ntags: [a]\n---\nQ: a\nA: b\n") == [
            'line 3: "tags: [a]" was left out: it is no key of a deck'
        ]
        assert losses('---\nname = "T"\nx = 1\n---\nQ: a\nA: b\n') == [
            'line 3: "x" was left out: a deck has no such key'
        ]

    def test_a_first_heading_is_the_title_and_further_ones_are_aspects(self) -> None:
        draft = read("# T\n\n## One\nQ: a\nA: b\n\n## Two\n\nQ: c\nA: d\n\n---\n\n### Three ###\nC: [e]\n")
        assert draft.head == {"title": "T"}
        assert [table["aspect"] for table in draft.entries] == ["One", "Two", "Three"]
        assert [table.get("back") for table in draft.entries] == ["b", "d", None]

    def test_a_heading_within_a_text_and_one_in_code_stay(self) -> None:
        text = "Q: a\nA: b\n\n# h\n\nc\n\nQ: d\nA:\n```\n\n# x\nQ: e\nA: f"
        assert [table["back"] for table in read(text).entries] == ["b\n\n# h\n\nc", "```\n\n# x", "f"]

    @pytest.mark.parametrize(
        ("text", "loss"),
        [
            ("A: a\n", "line 1: an answer without a question was left out"),
            ("Q: a\nA: b\nA: c\n", "line 3: an answer without a question was left out"),
            ("C: [a]\nA: c\n", "line 2: an answer without a question was left out"),
            ("\nQ: a\nQ: b\nA: c\n", "line 2: a question without an answer was left out"),
            ("Q: a\n---\n", "line 1: a question without an answer was left out"),
            ("Q: a\nA:\n", "line 1: left out: the flip card has no back"),
            ("C: a\n", "line 1: left out: it has no [blank]"),
            ("C: a [b\n", "line 1: left out: a [ is never closed"),
            ("C: a [b [c] d]\n", "line 1: left out: its square brackets do not pair"),
            ("C: a ] [b]\n", "line 1: left out: its square brackets do not pair"),
            ("C: a []\n", "line 1: left out: cloze has an empty blank"),
            ("Q: ![](x.png)\nA: b\n", 'line 1: the picture or sound "x.png" does not come along'),
        ],
    )
    def test_what_is_no_card_is_named(self, text: str, loss: str) -> None:
        assert loss in losses(text)

    @pytest.mark.parametrize(
        "line",
        [
            "- Q: c",
            "* Q: c",
            "> Q: c",
            "2. Q: c",
            "**Q:** c",
            "**Q**: c",
            "- **Q:** c",
            "_Q:_ c",
            "q: c\na: d",
        ],
    )
    def test_what_looks_like_a_question_within_a_card_is_named(self, line: str) -> None:
        said = (
            "line 4: looks like a question, and is part of the card above; write Q: at the start of the line"
        )
        assert losses(f"Q: a\nA: b\n\n{line}\n") == [said]
        assert losses(f"C: [a]\n\n\n{line}\n") == [said]

    @pytest.mark.parametrize(
        "line",
        ["q: c", "Question: c", "## Question", "### Q3", "**Question 1:** c", "Q. c", "- q: c", "Front: c"],
    )
    def test_and_outside_of_cards(self, line: str) -> None:
        said = (
            "line 2: looks like a question; write Q: at the start of its line, and A: at that of its answer"
        )
        assert said in losses(f"\n{line}\nd\n")

    def test_many_of_them_are_one_line(self) -> None:
        text = "\n".join(f"- Q: {n}\n- A: {n}" for n in range(50))
        assert losses(f"Q: a\nA: b\n{text}") == [
            "lines 3, 5, 7 and 47 more: looks like a question, and is part of the card above; write Q: at "
            "the start of the line"
        ]

    @pytest.mark.parametrize(
        "text", ["```\n- Q: c\n```", "- A: c\n- B: d", "q: x", "Questions of old", "a::b"]
    )
    def test_what_a_text_may_hold_is_not(self, text: str) -> None:
        assert losses(f"Q: a\nA: b\n{text}\n") == []

    def test_a_cloze_ends_where_a_card_on_one_line_follows_an_empty_one(self) -> None:
        assert entries("C: Foo [bar].\n\nfront::back\n\nC: [x]\nstd::y\n\n ::z\n") == [
            {"cloze": "Foo {bar}."},
            {"front": "front", "back": "back"},
            {"cloze": "{x}\nstd::y\n\n ::z"},
        ]
        assert entries("C: [a]\n\n```\n\nb::c\n```\n\nstd::[d]") == [
            {"cloze": "{a}\n\n```\n\nb::c\n```\n\nstd::{d}"}
        ]

    def test_within_an_answer_it_is_named(self) -> None:
        assert losses("Q: a\nA: b\n\nfront::back\n") == [
            "line 4: looks like a card, and is part of the text above; write --- on a line before it"
        ]

    def test_brackets_with_a_backslash_are_plain_and_braces_are_doubled(self) -> None:
        assert entries("C: x\\[0\\] = [a] {b}") == [{"cloze": "x[0] = {a} {{b}}"}]

    def test_a_picture_in_a_cloze_is_no_blank(self) -> None:
        assert read("C: [a] ![b](c.png) [d]").entries == ({"cloze": "{a} ![b](c.png) {d}"},)

    def test_line_ends_and_a_byte_order_mark(self) -> None:
        assert entries("\ufeffQ: a\r\nA: b\r\n") == [{"front": "a", "back": "b"}]


class TestWrite:
    def test_cards_and_nothing_else(self) -> None:
        draft = Draft(({"front": "a", "back": "b\nc"}, {"cloze": "the {b} of"}), {"title": "T"})
        assert write(draft) == (
            '---\nname = "T"\nmarkdown = false\n---\n\nQ: a\nA:\nb\\\nc\n\nC: the [b] of\n',
            (),
        )

    def test_what_it_can_not_hold_is_named(self) -> None:
        draft = Draft(
            (
                {"statement": "s", "answer": "x", "why": "w"},
                {"question": "q", "answer": "b", "wrong": ["c", "A"], "tags": ["t"]},
                {"question": "r", "answer": "b", "accept": ["c"], "tags": ["t"], "from": "p"},
                {"front": "f", "back": "g", "reverse": True},
                {"front": "f"},
            ),
            {"choices": ["x", "y"], "keys": ["a", "b"], "quiz": {"mode": "exam", "cards": 9}},
        )
        text, found = write(draft)
        assert "Q:\nq\n\n- A\n- b\n- c\nA: b\n" in text
        assert "Q:\ns\n\n- x\n- y\nA: x\n" in text
        assert "Q: g\nA: f\n" in text
        assert [str(loss) for loss in found] == [
            "card 5: left out: the flip card has no back",
            '"choices" of the deck was left out',
            '"keys" of the deck was left out',
            "[quiz] of the deck was left out: mode, cards",
            "cards 1 and 2: became a question with its choices listed",
            'card 1: "why" was left out',
            'cards 2 and 3: "tags" was left out',
            "card 3: became a question whose answer is not typed",
            'card 3: "accept" was left out',
            'card 3: "from" was left out',
            "card 4: became two cards, one for each way",
        ]

    def test_no_line_of_a_text_begins_or_ends_a_card(self) -> None:
        draft = Draft(({"front": "a\nQ: x\n---", "back": "b\nA: y", "markdown": True},))
        text, _ = write(draft)
        assert [line for line in text.splitlines()[3:] if line[:2] in ("Q:", "A:") or line == "---"] == [
            "Q:",
            "A:",
        ]
        assert len(read(text).entries) == 1

    @pytest.mark.parametrize(
        ("text", "same"),
        [
            ("a\n- Q: x\n\n**Q:** z", "a\n- Q: x\n\n**Q:** z"),
            ("a\n\nb::c", "a\n\n b::c"),
            ("a\n\n```\n\nb::c\n```", "a\n\n```\n\nb::c\n```"),
        ],
    )
    @pytest.mark.parametrize("key", ["front", "cloze"])
    def test_nor_looks_like_one(self, key: str, text: str, same: str) -> None:
        more = {"back": "b"} if key == "front" else {}
        end = "" if key == "front" else " {y}"
        draft = Draft(({key: f"{text}{end}", **more},), {"markdown": True})
        back = read(write(draft)[0])
        assert (back.entries, back.losses) == (({key: f"{same}{end}", **more},), ())

    @given(with_keys(flips | clozes), st.fixed_dictionaries({}, optional={"title": lines}))
    def test_plain_cards_come_back(self, tables: list[dict[str, Any]], head: dict[str, Any]) -> None:
        draft = valid(Draft(tuple(tables), head))
        text, found = write(draft)
        back = read(text)
        assert found == draft.losses
        assert (back.entries, back.head, back.losses) == (draft.entries, draft.head, ())

    @given(
        with_keys(
            st.fixed_dictionaries(
                {"front": st.just("*a* [b](c)\n\n- d"), "back": st.sampled_from(["`{x[0]}`", "c"])}
            )
            | st.sampled_from([{"cloze": "*{a}* x[0] ![p](q) {{b}} ! {c!}"}, {"cloze": "`[` {a[1]}\n\n> q"}])
        )
    )
    def test_markdown_comes_back(self, tables: list[dict[str, Any]]) -> None:
        draft = valid(Draft(tuple(tables), {"markdown": True}))
        assert read(write(draft)[0]).entries == draft.entries


@given(
    st.lists(
        st.text(SIGNS)
        | st.sampled_from(["Q: a", "A: b", "C: [c] d", "---", "# h", "```", "", "- Q: x", "q: x", "a::b"])
    ).map("\n".join)
    | st.text()
)
def test_any_text_gives_a_deck(text: str) -> None:
    deck_of(read(text))
