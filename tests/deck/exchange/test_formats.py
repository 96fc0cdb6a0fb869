"""Which formats there are, and files as text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quizapp.deck.exchange.columns import FIELDS
from quizapp.deck.exchange.draft import Draft, ExchangeError
from quizapp.deck.exchange.formats import FORMATS, Format, decoded, format_named, format_of, read_table
from tests.deck.exchange.drafts import deck_of


@pytest.mark.parametrize(
    ("name", "known"),
    [("a.csv", "csv"), ("a.TSV", "tsv"), ("a.md", "markdown"), ("a.gift", "gift"), ("b/a.json", "json")],
)
def test_the_suffix_tells(name: str, known: str) -> None:
    assert format_of(Path(name)).name == known


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("a\tb\nc\td\n", "csv"),
        ("#separator:tab\na\t{{c1::b}}\n", "csv"),
        ("a {b}\t\\{=c\n", "csv"),
        ("// q\nWho?{=no one ~Grant}\n", "gift"),
        ("Sun.{\n  TRUE#yes}\n", "gift"),
    ],
)
def test_what_is_in_a_txt_file_tells(text: str, known: str) -> None:
    assert format_of(Path("a.txt"), text).name == known


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.doc", "", "The format of a.doc can't be told by its end; known are .csv, .tsv"),
        ("a", "", "The format of a can't be told"),
        ("a.txt", "just text", "It can't be told whether a.txt is a table or GIFT; say which."),
        ("a.txt", "a\tb{=c}\n", "It can't be told whether a.txt is a table or GIFT; say which."),
    ],
)
def test_what_can_not_be_told_is_said(name: str, text: str, message: str) -> None:
    with pytest.raises(ExchangeError) as raised:
        format_of(Path(name), text)
    assert str(raised.value).startswith(message)


def test_a_name_that_there_is_not_is_refused() -> None:
    with pytest.raises(
        ExchangeError, match=r"There is no format xls; there are csv, tsv, gift, markdown, json\."
    ):
        format_named("xls")


def test_a_table_that_is_not_clear_is_refused() -> None:
    with pytest.raises(
        ExchangeError, match=r"It is not clear how to read this table: it has no two columns\."
    ):
        read_table("one\ntwo")


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_each_reads_what_it_writes(known: Format) -> None:
    draft = Draft(({"cloze": "a {b}"}, {"cloze": "c {d}"}))
    text, losses = known.write(draft)
    assert losses == ()
    assert known.read(text).entries == draft.entries
    assert len(deck_of(known.read(text)).cards) == 2


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_the_example_of_each_is_a_card(known: Format) -> None:
    draft = known.read("\n".join(known.example))
    assert (len(draft.entries), draft.losses) == (1, ())


PAGE = (Path(__file__).parents[3] / "docs" / "exchange.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "cards"), [("json", 9), ("gift", 2), ("markdown", 4)])
def test_the_examples_of_the_docs_lose_nothing(name: str, cards: int) -> None:
    (example,) = re.findall(rf"^```{name}\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)
    draft = format_named(name).read(example)
    assert draft.losses == ()
    assert draft.head["title"] == "Outsourcing"
    assert len(deck_of(draft).cards) == cards


def test_the_docs_name_every_suffix_and_every_column() -> None:
    assert [suffix for known in FORMATS for suffix in known.suffixes[:1] if f"`{suffix}`" not in PAGE] == []
    assert [
        field for field in FIELDS if not re.search(rf"^\|[^|]*`{field}[ 1]*`", PAGE, flags=re.MULTILINE)
    ] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["a,ü\r\n", "front,back\nžlutý kůň,日本\n"])
def test_files_as_text(encoding: str, text: str) -> None:
    assert decoded(text.encode(encoding), "f").replace("\r\n", "\n") == text.replace("\r\n", "\n")


def test_a_zero_byte_makes_no_utf_16_of_a_text() -> None:
    assert decoded(b"ab\0cd,e\n\0\n", "f") == "ab\0cd,e\n\0\n"
    assert decoded(b"\0\0\0\0,a", "f") == "\0\0\0\0,a"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "f.csv is empty."),
        (b"\xef\xbb\xbf \n", "f.csv is empty."),
        (b"a\n\xff", "f.csv:2:1: the file is not UTF-8 (byte 0xFF); save it as UTF-8."),
        (b"\xff\xfea", "f.csv looks like UTF-16, and is damaged or incomplete; save it as UTF-8."),
        (b"a\0,\0b", "f.csv looks like UTF-16, and is damaged or incomplete; save it as UTF-8."),
    ],
)
def test_what_is_no_text_is_one_sentence(data: bytes, message: str) -> None:
    with pytest.raises(ExchangeError) as raised:
        decoded(data, "f.csv")
    assert str(raised.value) == message
