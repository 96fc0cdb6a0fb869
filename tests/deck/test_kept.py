"""Drafts in files: each is found again, and nobody's is written over or removed by somebody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from quizapp.deck.card import Kind
from quizapp.deck.form import Draft
from quizapp.deck.kept import Form, Found, Kept, find, put, take_away

FORM = Form("words", "abc", "")
KEPT = Kept(FORM, Draft(Kind.FLIP), Draft(Kind.FLIP, {"prompt": "sol"}), "Words", 1000)


def later(text: str, at_ms: int = 2000) -> Kept:
    return structs.replace(KEPT, draft=KEPT.draft.put("prompt", text), at_ms=at_ms)


def names(folder: Path) -> list[str]:
    return sorted(path.suffix for path in folder.iterdir())


@given(st.text(), st.text(), st.dictionaries(st.text(), st.text()))
def test_it_is_found_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, deck: str, title: str, texts: dict[str, str]
) -> None:
    folder = tmp_path_factory.mktemp("drafts") / "new"
    kept = Kept(Form(deck, "", "x"), Draft(Kind.CLOZE), Draft(Kind.TYPED, texts), title, 5)
    slip = put(folder, kept, None)
    assert find(folder, kept.form) == Found(kept, slip)
    assert find(folder, FORM) == Found()
    take_away(slip)
    assert not names(folder)


def test_it_is_written_over_by_its_own_writer_only(tmp_path: Path) -> None:
    mine = put(tmp_path, KEPT, None)
    other = find(tmp_path, FORM).slip
    mine = put(tmp_path, later("soles"), mine)
    assert len(names(tmp_path)) == 1
    # The other program read what was there before that.
    other = put(tmp_path, later("sola", 3000), other)
    assert other.path != mine.path
    found = find(tmp_path, FORM)
    assert found.kept == later("sola", 3000), "the newest"
    take_away(other)
    assert find(tmp_path, FORM).kept == later("soles")


def test_what_somebody_else_wrote_since_is_not_removed(tmp_path: Path) -> None:
    mine = put(tmp_path, KEPT, None)
    put(tmp_path, later("soles"), mine)
    take_away(mine)
    assert find(tmp_path, FORM).kept == later("soles")


def test_what_somebody_else_removed_is_written_again(tmp_path: Path) -> None:
    mine = put(tmp_path, KEPT, None)
    take_away(mine)
    take_away(mine)
    put(tmp_path, later("soles"), mine)
    assert find(tmp_path, FORM).kept == later("soles")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[]", b'{"form": 1}', b"[" * 100_000])
def test_damaged_ones_are_kept_beside(tmp_path: Path, data: bytes) -> None:
    for _ in range(2):
        path = put(tmp_path, KEPT, None).path
        path.write_bytes(data)
        found = find(tmp_path, FORM)
        assert found.kept is None
        (trouble,) = found.troubles
        assert "is damaged" in trouble
    assert names(tmp_path) == [".damaged", ".damaged1"]
    assert all(path.read_bytes() == data for path in tmp_path.iterdir())


def test_a_good_one_is_found_beside_a_damaged_one(tmp_path: Path) -> None:
    broken = put(tmp_path, KEPT, None)
    put(tmp_path, later("soles"), None)
    broken.path.write_bytes(b"?")
    found = find(tmp_path, FORM)
    assert found.kept == later("soles")
    assert len(found.troubles) == 1


def test_text_that_no_file_can_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnicodeError):
        put(tmp_path, later("\ud800"), None)
    assert not names(tmp_path)
