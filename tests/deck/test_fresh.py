"""New decks have no problems, whatever they are called, and go where they should."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizapp.deck.card import Kind, kind_of
from quizapp.deck.edit import add_entry
from quizapp.deck.fresh import choices_in, example_of, file_id, new_deck, without_example
from quizapp.deck.library import deck_id
from quizapp.deck.read import parse_deck, read_deck

ODD = ("a\"b'c", "back\\slash", "{x}", "[[card]]", "#", "é", "日本", "=", "🙂")


class TestNewDeck:
    @pytest.mark.parametrize("kind", Kind)
    def test_it_has_no_problems_and_one_entry_of_its_kind(self, tmp_path: Path, kind: Kind) -> None:
        path = tmp_path / "spanish.toml"
        path.write_text(new_deck("Spanish", "spanish", kind), encoding="utf-8")
        deck, problems = read_deck(path, deck_id="spanish")
        assert problems == []
        assert deck is not None
        assert deck.title == "Spanish"
        assert [kind_of(card) for card in deck.cards] == [kind]

    def test_odd_choices_stay_what_they_are(self) -> None:
        text = new_deck("x", "x", Kind.STATEMENT, ODD)
        deck, problems = parse_deck(text.encode(), path=Path("x"), deck_id="x", shown_as="x")
        assert problems == []
        assert deck is not None
        assert deck.choices == ODD

    @given(st.text(st.characters(exclude_categories=["C"]), min_size=1))
    def test_any_title_is_read_back(self, title: str) -> None:
        assume(title == title.strip() and title.isprintable())
        text = new_deck(title, "x", Kind.FLIP)
        deck, problems = parse_deck(text.encode(), path=Path("x"), deck_id="x", shown_as="x")
        assert deck is not None
        assert (deck.title, problems) == (title, [])


class TestFileId:
    @pytest.mark.parametrize(
        ("name", "id_"),
        [
            ("Spanish", "Spanish"),
            ("Spanish verbs", "Spanish-verbs"),
            ("  BPO or KPO?  ", "BPO-or-KPO"),
            ("langs/Spanish verbs", "langs/Spanish-verbs"),
            ("langs\\Spanish", "langs/Spanish"),
            ("日本語 漢字", "日本語-漢字"),
            ("e\u0301", "é"),
            (".hidden", "hidden"),
            ("-rf", "rf"),
            ("nul", "nul-deck"),
            ("a: b * c", "a-b-c"),
            ("v1.2", "v1.2"),
        ],
    )
    def test_it_is_safe_everywhere(self, name: str, id_: str) -> None:
        assert file_id(name) == id_

    @pytest.mark.parametrize("name", ["", " ", "..", "../x", "x/../y", "/etc/passwd", "?", "a//b", "a/"])
    def test_what_leads_elsewhere_or_nowhere_is_refused(self, name: str) -> None:
        with pytest.raises(ValueError, match="is empty"):
            file_id(name)

    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
    def test_no_name_leads_out_of_the_folder(self, name: str) -> None:
        try:
            id_ = file_id(name)
        except ValueError:
            return
        for path in (PurePosixPath(id_ + ".toml"), PureWindowsPath(id_ + ".toml")):
            assert not path.is_absolute()
            assert not path.drive
            assert ".." not in path.parts
            assert not any(part.startswith(".") for part in path.parts)
            assert all(len(part.encode()) < 200 for part in path.parts)
        # The library finds it under the same id.
        assert deck_id(Path("/d", f"{id_}.toml"), Path("/d")) == id_


class TestExample:
    @pytest.mark.parametrize("kind", Kind)
    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    def test_it_is_taken_out_of_a_new_deck(self, kind: Kind, newline: str) -> None:
        text = new_deck("x", "x", kind).replace("\n", newline)
        left = without_example(text)
        assert "[[card]]" not in left.replace("write [[card]]", "")
        assert "An example" not in left
        assert text.startswith(left.rstrip())

    def test_with_odd_choices_too(self) -> None:
        assert "An example" not in without_example(new_deck("x", "x", Kind.STATEMENT, ODD))

    def test_it_stays_once_somebody_wrote_in_it(self) -> None:
        text = new_deck("x", "x", Kind.FLIP).replace("What you are asked", "la casa")
        assert without_example(text) == text

    def test_and_where_it_is_no_example_any_more(self) -> None:
        text = add_entry('title = "x"\n', example_of(Kind.FLIP))
        assert without_example(text) == text

    def test_a_broken_file_is_left_alone(self) -> None:
        text = new_deck("x", "x", Kind.FLIP) + "front = \n"
        assert without_example(text) == text


def test_choices_are_set_apart_by_commas() -> None:
    assert choices_in("BPO, KPO ,,Both  ways") == ("BPO", "KPO", "Both ways")
