"""How a typed answer differs from a right one."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.learn.difference import Kind, difference, nearest, signed
from quizapp.learn.same import fold, tokens, units

# Letters that fold together, marks, joiners, flags, digits and all that is forgiven.
texts = st.text(st.sampled_from("aAbß漢e\u0301\u0308\u200d👩💻🏽🇫🇷 \t\n.,-−'’\"1é()")) | st.text()


def shown(given: str, wanted: str) -> str:
    return "".join(map(signed, difference(given, wanted)))


@pytest.mark.parametrize(
    ("given", "wanted", "marked"),
    [
        ("efficency", "efficiency", "effic[+i]ency"),
        ("knowlledge", "knowledge", "knowl[−l]edge"),
        ("definately", "definitely", "defin[a→i]tely"),
        ("efficeincy", "efficiency", "effic[ei→ie]ncy"),
        ("acomodation", "accommodation", "ac[+c]o[+m]modation"),
        ("the quick brown fox", "The quick red fox", "The quick [brown→red] fox"),
        ("knowledgeprocess", "knowledge process", "knowledge[+␣]process"),
        ("very cheap", "cheap", "[−very ]cheap"),
        ("covid18", "covid19", "covid1[8→9]"),
        ("", "abc", "[+abc]"),
        ("北京大", "北京", "北京[−大]"),
        # A base is never parted from its marks.
        ("cafe", "cafe\u0301s", "caf[e→e\u0301s]"),
        ("किताब", "कुताब", "[कि→कु]ताब"),
        ("👩‍💻 x", "👩🏽 x", "[👩‍💻→👩🏽] x"),
    ],
)
def test_what_differs_has_a_sign(given: str, wanted: str, marked: str) -> None:
    assert shown(given, wanted) == marked


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("dont stop", "“Don't stop!”"),
        ("one two", "one, two"),
        ("well known", "well-known"),
        ("Strasse", "Straße"),
        ("e\u0301tude", "Étude"),
        ("  a   b ", "a b"),
        ("…", "."),
        ("", ""),
    ],
)
def test_what_is_forgiven_is_no_difference(given: str, wanted: str) -> None:
    assert {piece.kind for piece in difference(given, wanted)} <= {Kind.SAME} or fold(given) == ""


def test_the_right_text_is_what_is_shown_where_they_agree() -> None:
    assert shown("dont stopp it", "Don't stop it.") == "Don't stop[−p] it."


@given(texts, texts)
@example("ß", "ß\u0301")
@example("straß", "straß\u0301e")
@example("ß", "ś")
@example("'", "")
@example(" a", "a ")
@example("ᄀ", "\u1161")
def test_the_pieces_rebuild_both_texts(given: str, wanted: str) -> None:
    pieces = difference(given, wanted)
    assert "".join(piece.given for piece in pieces) == given
    assert "".join(piece.wanted for piece in pieces) == wanted
    for piece in pieces:
        assert (
            piece.kind is Kind.SAME
            or (bool(piece.given), bool(piece.wanted))
            == {
                Kind.MISSING: (False, True),
                Kind.EXTRA: (True, False),
                Kind.INSTEAD: (True, True),
            }[piece.kind]
        )
        assert signed(piece)


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(piece.kind is Kind.SAME for piece in difference(text, text))


@given(texts, texts)
def test_two_changes_never_stand_side_by_side(given: str, wanted: str) -> None:
    kinds = [piece.kind for piece in difference(given, wanted)]
    assert all(Kind.SAME in pair for pair in pairwise(kinds))


@given(texts)
def test_tokens_and_units_are_the_text(text: str) -> None:
    assert "".join(units(text)) == text
    assert "".join(token.text for token in tokens(text)) == text
    assert all(token.key for token in tokens(text)) or len(tokens(text)) == 1


@given(st.text(st.sampled_from("aé漢e\u0301\u0308\u200d ")))
def test_no_unit_begins_with_a_mark(text: str) -> None:
    for unit, before in zip(units(text)[1:], units(text), strict=False):
        assert unicodedata.category(unit[0])[0] != "M" or before.isspace()


def test_the_nearest_is_the_one_that_shares_most() -> None:
    assert nearest("knowlege proces", ["knowledge", "knowledge process"]) == "knowledge process"
    assert nearest("kpo", ["BPO", "KPO"]) == "KPO"
    assert nearest("kqo", ["KPO", "KTO"]) == "KPO", "the first of equals"
    assert nearest("Rome", ["Paris", "London"]) == ""
    assert nearest("", ["Paris"]) == ""
