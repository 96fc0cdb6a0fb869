"""Edits of a deck file: the entry says what was wanted, and every other byte stays."""

from __future__ import annotations

from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from quizapp.deck.edit import EditError, add_entry, change_entry, remove_entry
from quizapp.deck.write import Style, entry_text, text_value

FILE = """\
# my deck
title = "x"

# Section one

# about a
[[card]]
front = "a"  # inline
back  = \"\"\"
# not a comment \"\"\"
why   = "w"

# Section two

# about b
# more
[[card]]
front = "b"
back  = "B"
# inside
tags  = ["x"]
"""


def cards(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomli.loads(text).get("card", [])
    return found


class TestRemove:
    def test_its_comments_go_with_it_and_those_of_others_stay(self) -> None:
        assert remove_entry(FILE, 0) == FILE.replace(
            FILE[FILE.index("# about a") : FILE.index("# Section two")], ""
        )

    def test_of_the_last_one_what_set_it_apart_goes_too(self) -> None:
        assert remove_entry(FILE, 1) == FILE[: FILE.index("\n# about b")]

    def test_the_only_one_leaves_the_head(self) -> None:
        assert remove_entry('title = "x"\n\n[[card]]\nfront = "a"\nback = "b"\n', 0) == 'title = "x"\n'

    def test_a_comment_line_within_a_text_above_belongs_to_that_text(self) -> None:
        text = '[[card]]\nfront = "a"\nback = """\n# one\n# two"""\n[[card]]\nfront = "c"\nback = "d"\n'
        assert cards(remove_entry(text, 1)) == [{"front": "a", "back": "# one\n# two"}]


class TestChange:
    def test_only_the_line_of_what_changed_is_written(self) -> None:
        table = {**cards(FILE)[0], "why": "another"}
        assert change_entry(FILE, 0, table) == FILE.replace('why   = "w"', 'why   = "another"')

    def test_comments_and_form_of_what_stays_stay(self) -> None:
        table = {"front": "a!", "back": "\n# not a comment ".lstrip("\n"), "why": "w"}
        edited = change_entry(FILE, 0, table)
        assert edited == FILE.replace('front = "a"  # inline', 'front = "a!"')

    def test_a_new_key_comes_last_in_the_files_style(self) -> None:
        table = {**cards(FILE)[1], "why": "since"}
        assert change_entry(FILE, 1, table) == FILE + 'why   = "since"\n'

    def test_a_key_that_is_gone_leaves_the_comment_below_it(self) -> None:
        edited = change_entry(FILE, 1, {"front": "b", "back": "B"})
        assert edited == FILE.replace('tags  = ["x"]\n', "")

    def test_an_odd_form_is_written_anew(self) -> None:
        text = '[[card]]\n"front" = "a"\nback.x = 1\n'
        edited = change_entry(text, 0, {"front": "a", "back": "b"})
        assert cards(edited) == [{"front": "a", "back": "b"}]


class TestAdd:
    def test_it_comes_last_set_apart_and_in_the_files_style(self) -> None:
        assert add_entry(FILE, {"front": "c", "back": "d"}) == FILE + '\n[[card]]\nfront = "c"\nback  = "d"\n'

    def test_or_behind_another_one(self) -> None:
        edited = add_entry(FILE, {"front": "c", "back": "d"}, 0)
        new = '\n[[card]]\nfront = "c"\nback  = "d"\n'
        at = FILE.index("\n# Section two")
        assert edited == FILE[:at] + new + FILE[at:]

    @pytest.mark.parametrize("text", ["", 'title = "x"', 'title = "x"\n', "# only a comment\n"])
    def test_a_file_without_cards_gets_its_first(self, text: str) -> None:
        edited = add_entry(text, {"front": "c", "back": "d"})
        assert edited.startswith(text)
        assert cards(edited) == [{"front": "c", "back": "d"}]

    def test_windows_line_ends_stay(self) -> None:
        text = FILE.replace("\n", "\r\n")
        edited = add_entry(text, {"front": "c", "back": "d"})
        assert edited.count("\n") == edited.count("\r\n")


class TestRefused:
    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ('card = [{front = "a", back = "b"}]\n', "do not stand under"),
            ('[[card]]\nfront = "a\n', "has problems"),
            ('card = "x"\n', "do not stand under"),
        ],
    )
    def test_a_file_that_can_t_be_edited_safely_says_so(self, text: str, says: str) -> None:
        with pytest.raises(EditError, match=says):
            add_entry(text, {"front": "c", "back": "d"})


# ---- whatever the file looks like

TEXTS = st.text(
    st.one_of(st.sampled_from("ab \"'\\#=[]{}\n\t,…é"), st.characters(exclude_categories=["Cs"])), max_size=12
).filter(lambda text: "\r" not in text)
TABLES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"front": TEXTS, "back": TEXTS},
    optional={"why": TEXTS, "tags": st.lists(TEXTS, max_size=3), "reverse": st.booleans()},
)
COMMENTS = st.lists(st.sampled_from(["# one", "  # two", "#", '# """ three'.replace('"""', '"')]), max_size=2)


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file of some entries with comments, blank lines and either kind of line end."""
    parts = [*draw(COMMENTS), *draw(st.sampled_from([[], ['title = "x"']])), ""]
    for table in draw(st.lists(TABLES, min_size=1, max_size=4)):
        parts += draw(COMMENTS)
        parts += [""] * draw(st.integers(0, 2))
        parts += draw(COMMENTS)
        style = Style(width=draw(st.sampled_from([0, 5])))
        parts.append(entry_text(table, style).rstrip("\n"))
        parts += draw(COMMENTS)
    return "\n".join(parts) + draw(st.sampled_from(["", "\n", "\n\n"]))


def apart(before: str, after: str) -> tuple[str, str]:
    """What is left of both when what they begin and end with alike is taken away."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return before[start : len(before) - end], after[start : len(after) - end]


@given(TEXTS)
def test_a_text_is_read_back_as_it_was_written(text: str) -> None:
    assert tomli.loads(f"x = {text_value(text)}")["x"] == text


@given(files(), st.data())
def test_a_removed_entry_takes_nothing_else_with_it(text: str, data: st.DataObject) -> None:
    before = cards(text)
    number = data.draw(st.integers(0, len(before) - 1))
    after = remove_entry(text, number)
    assert cards(after) == before[:number] + before[number + 1 :]
    gone, new = apart(text, after)
    assert new.strip() == ""
    assert gone.count("[[card]]") <= 1 + str(before[number]).count("[[card]]")


@given(files(), TABLES, st.data())
def test_a_changed_entry_changes_nothing_else(text: str, table: dict[str, Any], data: st.DataObject) -> None:
    before = cards(text)
    number = data.draw(st.integers(0, len(before) - 1))
    after = change_entry(text, number, table)
    assert cards(after) == [*before[:number], table, *before[number + 1 :]]
    # Changing it back gives an entry that says what it said, and the same head and others.
    again = change_entry(after, number, before[number])
    assert cards(again) == before


@given(files())
def test_an_entry_that_says_the_same_is_not_touched(text: str) -> None:
    for number, table in enumerate(cards(text)):
        assert change_entry(text, number, table) == text


@given(files(), TABLES)
def test_an_entry_that_is_added_and_removed_leaves_the_file_as_it_was(
    text: str, table: dict[str, Any]
) -> None:
    added = add_entry(text, table)
    assert added.startswith(text)
    assert cards(added) == [*cards(text), table]
    removed = remove_entry(added, len(cards(text)))
    assert removed.rstrip() == text.rstrip()


@given(files(), TABLES)
def test_windows_line_ends_change_nothing_else(text: str, table: dict[str, Any]) -> None:
    added = add_entry(text.replace("\n", "\r\n"), table)
    assert "\n" not in added.replace("\r\n", "")
