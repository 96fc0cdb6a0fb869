"""Tables: CSV, TSV, Quizlet's and Anki's exports."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.deck.exchange.columns import FIELDS, doubts, field_of
from quizapp.deck.exchange.delimited import propose, read
from quizapp.deck.exchange.delimited_rows import DELIMITERS
from quizapp.deck.exchange.delimited_write import write
from quizapp.deck.exchange.draft import Draft, ExchangeError
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


def taken(text: str) -> Draft:
    """The draft of a text that is clear."""
    proposal = propose(text)
    assert proposal.unclear == ()
    draft = read(text, proposal.delimiter, proposal.header, proposal.columns)
    deck_of(draft)
    return draft


def losses(text: str) -> list[str]:
    return [str(loss) for loss in taken(text).losses]


class TestPropose:
    @pytest.mark.parametrize(
        ("text", "delimiter", "header", "columns"),
        [
            ("a,b\nc,d\n", ",", False, ("front", "back")),
            ("a;b\nc;d\n", ";", False, ("front", "back")),
            ("a|b\nc|d\n", "|", False, ("front", "back")),
            ("Hi, you\tSalut, toi\nBye, you\tAdieu, toi\n", "\t", False, ("front", "back")),
            ("Term,Definition\na;b,c;d\n", ",", True, ("front", "back")),
            ("question,answer,x,Notes\n", ",", True, ("front", "back", "", "why")),
            ("Question,Option A,option_b,Answer\n", ",", True, ("front", "choice", "choice", "back")),
            ("front,back\na\nb,c,d\ne,f,g,h\n", ",", True, ("front", "back")),
            ("cloze,tags\n", ",", True, ("cloze", "tags")),
        ],
    )
    def test_what_is_clear(self, text: str, delimiter: str, header: bool, columns: tuple[str, ...]) -> None:
        proposal = propose(text)
        assert proposal.sure
        assert (proposal.delimiter, proposal.header, proposal.columns) == (delimiter, header, columns)

    @pytest.mark.parametrize(
        ("text", "unclear"),
        [
            ("", "it has no two columns"),
            ("one\ntwo", "it has no two columns"),
            ("a, b\nc\nd\n", "it has no two columns"),
            ("a,b;c\nd,e;f\n", "columns could be split at comma or semicolon"),
            ("a,b,c\nd,e,f\n", "what its 3 columns are"),
            ("term,tags\n", "no column is the back"),
            ("tags,notes\n", "no column is the front"),
            ("term,word,back\n", "there are two columns for front"),
        ],
    )
    def test_what_is_not_is_said(self, text: str, unclear: str) -> None:
        assert propose(text).unclear == (unclear,)

    def test_a_delimiter_that_is_known_is_taken(self) -> None:
        assert propose("a,b;c\nd,e;f\n", ";").columns == ("front", "back")
        assert propose("one\ntwo", "\t").unclear == ("no column is the front",)

    @pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
    def test_a_spreadsheets_own_line_names_the_delimiter(self, line: str) -> None:
        text = f"{line}\nfront;back\na,b;c\n"
        assert propose(text).columns == ("front", "back")
        draft = taken(text)
        assert (draft.entries, draft.losses) == (({"front": "a,b", "back": "c"},), ())
        assert draft.places == ("line 3",)

    def test_one_that_can_t_be_is_passed_over(self) -> None:
        assert taken("sep=x\nfront;back\na;c\n").entries == ({"front": "a", "back": "c"},)

    def test_any_signs_can_be_the_delimiter_if_somebody_says_so(self) -> None:
        text = "a - b\nc - d - e\n"
        assert propose(text, " - ").columns == ("front", "back")
        draft = read(text, " - ", False, ("front", "back", "why"))
        assert draft.entries == ({"front": "a", "back": "b"}, {"front": "c", "back": "d", "why": "e"})
        assert read('"a - b" - c', " - ", False, ("front", "back")).entries == (
            {"front": "a - b", "back": "c"},
        )

    def test_the_first_rows_are_shown(self) -> None:
        assert propose("front,back\na,b\nc,d").rows == (("a", "b"), ("c", "d"))


class TestRead:
    def test_cells_in_quotes_hold_line_breaks_and_delimiters(self) -> None:
        draft = taken('front,back\n"a\nb","c, ""d"""\r\n\n e , f \n')
        assert draft.entries == ({"front": "a\nb", "back": 'c, "d"'}, {"front": "e", "back": "f"})
        assert draft.places == ("line 2", "line 5")

    def test_white_space_at_the_ends_of_texts_is_counted(self) -> None:
        draft = taken("front,back,variants,tags\na, b,x | y, t\n c ,\td\u2003,,\ne,f,,\n,  ,,\n")
        assert [(table["front"], table["back"]) for table in draft.entries] == [
            *zip("ace", "bdf", strict=True)
        ]
        assert [str(loss) for loss in draft.losses] == ["3 texts lost the white space at their ends"]
        assert losses("front,back\na,b \n") == ["1 text lost the white space at its ends"]
        assert losses("front,back\na,b\n") == []

    @pytest.mark.parametrize("cell", ["a ", "&nbsp;a", "a&nbsp;", "a&#160;", "\u00a0a"])
    def test_so_is_that_of_html(self, cell: str) -> None:
        draft = taken(f"#separator:tab\n#html:true\n{cell}\tb\nc&amp;\t&lt;d;\n")
        assert draft.entries == ({"front": "a", "back": "b"}, {"front": "c&", "back": "<d;"})
        assert [str(loss) for loss in draft.losses] == ["1 text lost the white space at its ends"]

    def test_quotation_marks_that_do_not_pair_are_text(self) -> None:
        draft = taken('"Hi" he said\ta\n5" wide\tb\n"c\td\n')
        assert [table["front"] for table in draft.entries] == ['"Hi" he said', '5" wide', '"c']
        assert [str(loss) for loss in draft.losses] == [
            "its quotation marks do not pair, and were taken as part of the text"
        ]

    def test_rows_of_another_width_are_named(self) -> None:
        assert losses("front,back,why\na,b\nc,d,e,f\ng\nh,i,j,\n") == [
            "line 2: it has 2 cells instead of 3; the others are empty",
            'line 3: it has 4 cells instead of 3; "f" was left out',
            "line 4: it has 1 cell instead of 3; the others are empty",
            "line 4: left out: the flip card has no back",
        ]

    def test_a_column_without_a_field_is_named(self) -> None:
        assert losses("front,back,Level\na,b,1\n") == ['line 1: the column "Level" was left out']

    def test_a_column_without_a_name_that_is_left_out_is_named(self) -> None:
        draft = read("a,b,c,d\ne,f,,g\n", ",", False, ("front", "back", "", ""))
        assert [str(loss) for loss in draft.losses] == ["columns 3 and 4 were left out"]

    def test_a_line_without_a_tab_goes_on_in_the_cell_above(self) -> None:
        draft = taken("front\tback\na\tb\nmore\n\nand more\nc\td\n")
        assert draft.entries == ({"front": "a", "back": "b\nmore\nand more"}, {"front": "c", "back": "d"})
        assert [str(loss) for loss in draft.losses] == [
            "lines 3 and 5: without a tab; taken as part of the cell above"
        ]
        assert propose("a\tb\nprose\nprose\n").unclear == ("it has no two columns",)

    def test_columns_that_make_no_card_are_refused(self) -> None:
        with pytest.raises(ExchangeError, match="no column is the back"):
            read("a,b", ",", False, ("front", "tags"))
        with pytest.raises(ExchangeError, match="not at"):
            read("a,b", "x", False, ("front", "back"))

    def test_the_kind_follows_from_the_cells(self) -> None:
        text = "question,answer,wrong,accept\na,b,,\nc,d,e|f\\|g,\nh,i,,j|k\n"
        assert taken(text).entries == (
            {"front": "a", "back": "b"},
            {"question": "c", "answer": "d", "wrong": ["e", "f|g"]},
            {"question": "h", "answer": "i", "accept": ["j", "k"]},
        )

    def test_a_kind_that_is_said_counts(self) -> None:
        draft = taken("kind,front,back\ntyped,a,b\nfoo,c,d\n")
        assert draft.entries == ({"question": "a", "answer": "b"},)
        assert "line 3: left out" in str(draft.losses[0])

    @pytest.mark.parametrize("answer", ["y", "B", "b)", "2"])
    def test_an_answer_may_be_one_of_the_choices_or_its_letter_or_number(self, answer: str) -> None:
        draft = taken(f"question,choice 1,choice 2,choice 3,answer\nq,x,y,z,{answer}\n")
        assert draft.entries == ({"question": "q", "answer": "y", "wrong": ["x", "z"]},)

    def test_answers_of_statements_are_the_choices(self) -> None:
        draft = taken("statement,answer\na,BPO\nb,KPO\nc,BPO\nd,true\n")
        assert draft.head == {"choices": ["BPO", "KPO"]}
        assert [table["answer"] for table in draft.entries] == ["BPO", "KPO", "BPO", True]

    def test_too_many_answers_of_statements_are_named(self) -> None:
        rows = "".join(f"s{number},a{number}\n" for number in range(10))
        assert "9 choices at most" in losses(f"statement,answer\n{rows}")[0]

    @pytest.mark.parametrize("cell", ["a|b c", "a; b c", '"a, b c"'])
    def test_tags(self, cell: str) -> None:
        assert taken(f"front,back,tags\nx,y,{cell}\n").entries[0]["tags"] == ["a", "b c"]

    def test_yes_and_no(self) -> None:
        draft = taken("front,back,reverse\na,b,yes\nc,d,0\ne,f,perhaps\n")
        assert [table.get("reverse") for table in draft.entries] == [True, None, None]
        assert [str(loss) for loss in draft.losses] == [
            'line 4: "reverse" was left out: "perhaps" is neither true nor false'
        ]


class TestAnki:
    TEXT = (
        "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
        "x\tBasic\tA::B\t<b>q</b><br>r\t<img src=p.png>a\tt1 t2\n"
        "#comment\n"
        "y\tCloze\tA::C\t{{c1::Foo}} is {{c2::{bar}::hint}}\t\tt1\n"
        'z\tBasic\tA\t"x\n#y"\tz\t\n'
    )

    def test_its_lines_at_the_top_say_how_to_read_it(self) -> None:
        draft = taken(self.TEXT)
        assert draft.head == {"title": "A"}
        assert draft.entries == (
            {"front": "q\nr", "back": "a", "tags": ["t1", "t2"], "aspect": "B"},
            {"front": "x #y", "back": "z"},
        )
        assert draft.places == ("line 7", "line 10")
        assert 'the picture or sound "p.png" does not come along' in str(draft.losses[0])

    def test_its_clozes_are_clozes(self) -> None:
        assert taken("#separator:comma\n{{c1::Foo}} is {{c2::bar::hint}},more\n").entries == (
            {"cloze": "{Foo} is {bar}", "hint": "hint", "why": "more"},
        )

    def test_their_hints_are_kept_or_named(self) -> None:
        draft = taken(
            "#separator:tab\n{{c1::Foo::a}} is {{c2::bar::b}}\tx\n{{c1::Outer {{c2::inner}}}} too\ty\n"
        )
        assert [table.get("hint") for table in draft.entries] == [None, None]
        assert [str(loss) for loss in draft.losses] == [
            "line 2: each blank has a hint of its own, a card here one for all of them; left out: a; b",
            "line 3: a blank within a blank is none; the outer one stays",
        ]
        assert draft.entries[1]["cloze"] == "{Outer inner} too"

    def test_names_tags_and_deck(self) -> None:
        draft = taken("#separator:;\n#columns:Back;Front\n#tags:a b\n#deck:D\nx;y\n")
        assert draft.head == {"title": "D"}
        assert draft.entries == ({"front": "y", "back": "x", "tags": ["a", "b"]},)


class TestWrite:
    def test_flip_cards_are_two_columns(self) -> None:
        assert write(Draft(({"front": "=1+1", "back": "@x, y"},))) == ('front,back\n=1+1,"@x, y"\n', ())

    def test_other_kinds_are_named(self) -> None:
        draft = Draft(
            ({"front": "a", "back": "b"}, {"statement": "s", "answer": "A"}, {"cloze": "{x}"}),
            {"title": "T", "choices": ["A", "B"], "keys": ["a", "b"], "quiz": {"mode": "exam"}},
        )
        text, found = write(draft, "\t")
        assert text == "kind\tfront\tback\nflip\ta\tb\nstatement\ts\tA\ncloze\t{x}\t\n"
        assert [str(loss) for loss in found] == [
            '"title" of the deck was left out',
            '"keys" of the deck was left out',
            "[quiz] of the deck was left out: mode",
            '"choices" of the deck was left out: no statement has some of them as its answer',
        ]

    @given(
        with_keys(
            flips | choices | typed | truths | clozes,
            why=texts,
            aspect=lines,
            hint=texts,
            tags=st.lists(lines, min_size=1, unique=True),
            id=lines,
            markdown=st.booleans(),
            **{"from": texts},
        ),
        st.sampled_from([*DELIMITERS]),
    )
    def test_every_kind_comes_back(self, tables: list[dict[str, Any]], delimiter: str) -> None:
        draft = valid(Draft(tuple(tables)))
        text, found = write(draft, delimiter)
        assert found == draft.losses
        back = taken(text)
        assert plainly(back) == plainly(draft)
        assert back.losses == ()

    @given(with_keys(flips, tags=st.lists(lines, min_size=1, unique=True), reverse=st.just(True)))
    def test_flip_cards_come_back(self, tables: list[dict[str, Any]]) -> None:
        draft = valid(Draft(tuple(tables)))
        assert taken(write(draft)[0]).entries == draft.entries


def test_names_of_columns() -> None:
    assert [
        field_of(name) for name in ("Correct_Answer:", "wrong 3", "Option b", "choice9", "term 1", "o", "")
    ] == [
        "back",
        "wrong",
        "choice",
        "choice",
        "",
        "",
        "",
    ]


@given(st.text(f"{SIGNS},,;;\t\t") | st.text(), st.sampled_from(["", *DELIMITERS]))
def test_any_text_is_proposed_and_what_is_clear_gives_a_deck(text: str, delimiter: str) -> None:
    proposal = propose(text, delimiter)
    if proposal.sure:
        deck_of(read(text, proposal.delimiter, proposal.header, proposal.columns))


@given(
    st.text(f"{SIGNS},,;;\t\t") | st.sampled_from([TestAnki.TEXT]),
    st.sampled_from([*DELIMITERS]),
    st.booleans(),
    st.lists(st.sampled_from(["", *FIELDS]), unique=True).filter(lambda columns: not doubts(columns)),
)
def test_any_text_gives_a_deck_with_any_columns(
    text: str, sign: str, header: bool, columns: list[str]
) -> None:
    deck_of(read(text, sign, header, columns))
