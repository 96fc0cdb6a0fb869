"""Where headers and keys stand."""

from __future__ import annotations

import time

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.deck.scan import Place, layout, scan

RUNS = settings(max_examples=60, deadline=None)


def marks(text: str) -> list[tuple[str, int, int]]:
    """What the scanner finds: (name, line, column), headers in brackets."""
    return [
        (f"[{'.'.join(mark.path)}]" if mark.header else ".".join(mark.path), *mark.place)
        for mark in scan(text)
    ]


class TestScan:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", []),
            ("# a = 1\n\n  a = 1 # [[card]]\n", [("a", 3, 3)]),
            ("[[card]]\nfront='x'", [("[card]", 1, 1), ("front", 2, 1)]),
            ('  [[ "card" ]]  # c\n\t"front" = 1', [("[card]", 1, 3), ("front", 2, 2)]),
            ("[['card']]\n'a b' = 1", [("[card]", 1, 1), ("a b", 2, 1)]),
            ("['c.d'.\"e\"]\na . b = 1", [("[c.d.e]", 1, 1), ("a.b", 2, 1)]),
            ('"\\u0061b" = 1', [("ab", 1, 1)]),
            ('a = """\n[[card]]\nb = 1\n"""\nc = 1', [("a", 1, 1), ("c", 5, 1)]),
            ("a = '''\n[[card]]\nb = '\n'''\nc = 1", [("a", 1, 1), ("c", 5, 1)]),
            ('a = """x\\"""\nb = 1\n"""""\nc = 1', [("a", 1, 1), ("c", 4, 1)]),
            ('a = ["""x"""", "["]\nb = 1', [("a", 1, 1), ("b", 2, 1)]),
            ("a = ['''x'''', '[']\nb = 1", [("a", 1, 1), ("b", 2, 1)]),
            ('a = "[[card]]" # "\nb = 1', [("a", 1, 1), ("b", 2, 1)]),
            ('a = [\n  "[", # ]\n  [["card"]],\n]\nb = 1', [("a", 1, 1), ("b", 5, 1)]),
            ("a = [\n[1]\n]\nb = 1", [("a", 1, 1), ("b", 4, 1)]),
            ("card = [\n  { front = 'x',\n    back = 'y' },\n]\nb = 1", [("card", 1, 1), ("b", 5, 1)]),
            ("a = {\n b = 1,\n c = {\n d = 2 } }\ne = 1", [("a", 1, 1), ("e", 5, 1)]),
            ('a = ""\nb = \'\'\nc = """"""\nd = 1', [("a", 1, 1), ("b", 2, 1), ("c", 3, 1), ("d", 4, 1)]),
            ("é = 1\n", []),
            (
                "a = 1\r\nb = 2\r\n[[card]]\r\nc = 'x'\r\n",
                [("a", 1, 1), ("b", 2, 1), ("[card]", 3, 1), ("c", 4, 1)],
            ),
            ('a = """\r\n[[card]]\r\n"""\r\nb = 1', [("a", 1, 1), ("b", 4, 1)]),
            ('x = "漢字😀"\n"漢" = 1\n', [("x", 1, 1), ("漢", 2, 1)]),
        ],
    )
    def test_it_finds_headers_and_keys_and_nothing_else(self, text: str, expected: list[object]) -> None:
        assert marks(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a = [1,\n[[card]]\nb = 1", [("a", 1, 1), ("[card]", 2, 1), ("b", 3, 1)]),
            ("a = {b = [\n[quiz]\nc = 1", [("a", 1, 1), ("[quiz]", 2, 1), ("c", 3, 1)]),
            (
                "[[card]\na = 1\n[card]]\nb = 1",
                [("[card]", 1, 1), ("a", 2, 1), ("[card]", 3, 1), ("b", 4, 1)],
            ),
            ("[[card\na = 1", [("[card]", 1, 1), ("a", 2, 1)]),
            ('a = "x\nb = 1', [("a", 1, 1), ("b", 2, 1)]),
            ("a = don't\nb = 1", [("a", 1, 1), ("b", 2, 1)]),
            ("a = ]\nb = 1", [("a", 1, 1), ("b", 2, 1)]),
            ('a = """\nb = 1', [("a", 1, 1)]),
            ("[card.x]\na = 1", [("[card.x]", 1, 1), ("a", 2, 1)]),
            ("[cards]\n", [("[cards]", 1, 1)]),
        ],
    )
    def test_it_finds_its_way_in_what_is_not_toml(self, text: str, expected: list[object]) -> None:
        assert marks(text) == expected

    @RUNS
    @given(st.text(st.sampled_from("ab=[]{}\"'#\\\n\r .é"), max_size=60))
    def test_it_never_fails_and_never_goes_back(self, text: str) -> None:
        starts = [mark.start for mark in scan(text)]
        assert starts == sorted(set(starts))
        layout(text)


texts = st.text(max_size=20).filter(lambda text: not any("\ud800" <= sign <= "\udfff" for sign in text))
tricky = st.sampled_from(
    ["[[card]]", "\n[[card]]\nfront = 1\n", '"""', "'''", "#", "a = 1", "\\", "]", "{", '"', "\r\n"]
)
values = st.one_of(texts, tricky, st.lists(st.one_of(texts, tricky), max_size=3))
names = st.one_of(st.sampled_from(["front", "back", "why"]), texts.filter(bool))


def basic(text: str) -> str:
    """The text between double quotes."""
    signs = []
    for sign in text:
        if sign in '"\\' or ord(sign) < 32 or sign == "\x7f":
            signs.append(f"\\u{ord(sign):04X}")
        else:
            signs.append(sign)
    return '"' + "".join(signs) + '"'


@st.composite
def rendered(draw: st.DrawFn, value: object) -> str:
    """A value as TOML, in any way to write it."""
    if isinstance(value, list):
        items = [draw(rendered(item)) for item in value]
        gap = draw(st.sampled_from(["", " ", "\n", " # [[card]] ]\n"]))
        return "[" + "".join(f"{gap}{item}," for item in items) + gap + "]"
    assert isinstance(value, str)
    styles = [basic(value)]
    plain = all(sign.isprintable() or sign in "\n\t" for sign in value)
    if plain and "'" not in value and "\n" not in value:
        styles.append(f"'{value}'")
    if plain and "'''" not in value and not value.endswith("'"):
        styles.append(f"'''\n{value}'''")
    if plain and '"' not in value and "\\" not in value:
        styles.append(f'"""\n{value}"""')
    return draw(st.sampled_from(styles))


@st.composite
def decks(draw: st.DrawFn) -> tuple[str, list[dict[str, Place]]]:
    """A TOML file of entries, and the place of each key, entry by entry."""
    lines: list[str] = []
    places: list[dict[str, Place]] = []

    def write(text: str) -> Place:
        line = sum(part.count("\n") for part in lines) + 1
        lines.append(text + "\n")
        return Place(line, len(text) - len(text.lstrip(" \t")) + 1)

    for table in draw(st.lists(st.dictionaries(names, values, max_size=4), max_size=4)):
        for filler in draw(st.lists(st.sampled_from(["", "# [[card]]", "  # a = 1"]), max_size=2)):
            write(filler)
        indent = draw(st.sampled_from(["", "  ", "\t"]))
        header = draw(st.sampled_from(["[[card]]", "[[ card ]]", '[["card"]]', "[['card']] # x"]))
        found = {"": write(indent + header)}
        for name, value in table.items():
            bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
            key = draw(st.sampled_from([basic(name), name])) if bare else basic(name)
            comment = draw(st.sampled_from(["", " # it's", "   "]))
            found[name] = write(f"{indent}{key} = {draw(rendered(value))}{comment}")
        places.append(found)
    return "".join(lines), places


class TestAgainstTomli:
    @RUNS
    @given(decks(), st.booleans())
    def test_entries_keys_and_places_agree(
        self, deck: tuple[str, list[dict[str, Place]]], crlf: bool
    ) -> None:
        text, places = deck
        assert "\r" not in text
        written = text.replace("\n", "\r\n") if crlf else text
        tables = tomli.loads(written).get("card", [])
        found = layout(written)
        assert [set(table) for table in tables] == [set(entry.keys) for entry in found.entries]
        assert [{"": entry.place, **entry.keys} for entry in found.entries] == places

    @RUNS
    @given(decks())
    def test_the_text_of_an_entry_is_that_entry(self, deck: tuple[str, list[dict[str, Place]]]) -> None:
        text, _ = deck
        tables = tomli.loads(text).get("card", [])
        entries = layout(text).entries
        assert [tomli.loads(text[entry.start : entry.end])["card"] for entry in entries] == [
            [t] for t in tables
        ]


class TestLayout:
    def test_the_head_the_tables_and_the_entries(self) -> None:
        found = layout(
            "a = 1\n[quiz]\n seconds = 3\n[[card]]\nb = 1\n[card.c]\nd = 1\n"
            "[study]\nx.y = 2\n[[card]]\ne = 1\n"
        )
        assert found.of(None, ("a",)) == (1, 1)
        assert found.of(None, ("quiz",)) == (2, 1)
        assert found.of(None, ("quiz", "seconds")) == (3, 2)
        assert found.of(None, ("quiz", "absent")) == (2, 1)
        assert found.of(None, ("study", "x")) == (9, 1)
        assert found.of(None, ()) == (1, 1)
        assert found.of(0, ()) == (4, 1)
        assert found.of(0, ("b",)) == (5, 1)
        assert found.of(0, ("c",)) == (6, 1)
        assert found.of(0, ("absent",)) == (4, 1)
        assert found.of(1, ("e",)) == (11, 1)

    def test_entries_within_a_list_have_the_place_of_their_key(self) -> None:
        found = layout("title = 'x'\n  card = [{front = 'a'},\n {front = 'b'}]\n")
        assert found.of(1, ("front",)) == (2, 3)

    def test_a_large_deck_is_scanned_in_seconds(self) -> None:
        text = '[[card]]\nstatement = "Nearly anybody could offer this service."\nanswer = "BPO"\n' * 20_000
        start = time.perf_counter()
        found = layout(text)
        assert time.perf_counter() - start < 5
        assert len(found.entries) == 20_000
        assert found.of(19_999, ("answer",)) == (60_000, 1)
