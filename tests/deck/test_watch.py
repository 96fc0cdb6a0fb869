"""What was saved is read again, what was not is left, and what is broken stays as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quizapp.deck import watch as module
from quizapp.deck.library import Library, load_library
from quizapp.deck.read import parse_deck
from quizapp.deck.watch import Stamp, Watch, read_again, signature

WORDS = (
    'title = "Words"\n\n[[card]]\nfront = "hola"\nback = "hello"\n\n[[card]]\nfront = "adiós"\nback = "bye"\n'
)
OTHER = '[[card]]\nfront = "x"\nback = "y"\n'


@pytest.fixture
def user(tmp_path: Path) -> Path:
    folder = tmp_path / "user"
    (folder / "sub").mkdir(parents=True)
    (folder / "words.toml").write_text(WORDS, encoding="utf-8")
    (folder / "sub" / "other.toml").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.fixture
def library(user: Path) -> Library:
    return load_library(user=user, shipped=user.parent / "none", cwd=user.parent, home=Path("/nowhere"))


def look(library: Library) -> module.Signature:
    assert library.sources is not None
    return signature(library.sources)


def after(library: Library, path: Path, text: str | bytes | None) -> Library:
    """The library once a file was saved, or taken away."""
    before = look(library)
    if text is None:
        path.unlink()
    else:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        # However coarse the disk's clock is.
        os.utime(path, ns=(before.get(path, Stamp(0, 0, 0)).written + 10**9,) * 2)
    return read_again(library, before, look(library))


def prompts(library: Library, id_: str) -> list[str]:
    return [card.prompt for card in library.decks[id_].cards]


class TestSignature:
    def test_it_has_each_deck_file_and_no_other(self, user: Path, library: Library) -> None:
        (user / ".hidden.toml").write_text(OTHER, encoding="utf-8")
        (user / "notes.txt").write_text("", encoding="utf-8")
        assert set(look(library)) == {deck.path for deck in library.decks.values()}

    def test_files_from_the_command_line_too(self, tmp_path: Path, user: Path) -> None:
        single = tmp_path / "single.toml"
        single.write_text(OTHER, encoding="utf-8")
        library = load_library(paths=[Path("single.toml")], user=user, shipped=user, cwd=tmp_path)
        assert single in look(library)

    def test_a_save_shows(self, user: Path, library: Library) -> None:
        before = look(library)
        (user / "words.toml").write_text(WORDS + "# more\n", encoding="utf-8")
        now = look(library)
        assert {path for path in now if now[path] != before[path]} == {user / "words.toml"}

    def test_a_file_in_its_place_shows_even_with_the_same_time_and_size(
        self, user: Path, library: Library
    ) -> None:
        before, path = look(library), user / "words.toml"
        new = user / "new"
        new.write_text(WORDS.replace("hola", "hala"), encoding="utf-8")
        os.utime(new, ns=(before[path].written,) * 2)
        new.replace(path)
        assert look(library) != before

    def test_a_folder_that_is_not_there_has_none(self, tmp_path: Path) -> None:
        assert look(load_library(user=tmp_path / "a", shipped=tmp_path / "b")) == {}


class TestWatch:
    A, B, C = ({Path("x"): Stamp(written, 1, 1)} for written in (1, 2, 3))

    def test_a_change_counts_at_the_second_look(self) -> None:
        watch = Watch(self.A)
        assert [watch.changed(now) for now in (self.A, self.B, self.B)] == [False, False, True]

    def test_not_while_it_still_changes(self) -> None:
        watch = Watch(self.A)
        assert [watch.changed(now) for now in (self.B, self.C, {}, self.C, self.C)] == [False] * 4 + [True]

    def test_nor_when_all_is_as_it_was(self) -> None:
        watch = Watch(self.A)
        assert [watch.changed(now) for now in ({}, self.A, self.A)] == [False] * 3


class TestReadAgain:
    def test_what_was_saved_is_read_and_the_rest_is_left(
        self, user: Path, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read: list[Path] = []
        real = parse_deck

        def parse(data: bytes, *, path: Path, deck_id: str, shown_as: str) -> object:
            read.append(path)
            return real(data, path=path, deck_id=deck_id, shown_as=shown_as)

        monkeypatch.setattr(module, "parse_deck", parse)
        now = after(library, user / "words.toml", WORDS.replace("hola", "buenas"))
        assert prompts(now, "words") == ["buenas", "adiós"]
        assert now.decks["sub/other"] is library.decks["sub/other"]
        assert read == [user / "words.toml"]

    def test_a_new_file_and_one_that_is_gone(self, user: Path, library: Library) -> None:
        more = after(library, user / "more.toml", OTHER)
        assert list(more.decks) == ["more", "sub/other", "words"]
        assert list(after(more, user / "words.toml", None).decks) == ["more", "sub/other"]

    @pytest.mark.parametrize(
        "text", [b"caf\xe9\n", WORDS + '[[card]]\nfront = "\n', WORDS[:-9], "title = \n"]
    )
    def test_a_broken_file_keeps_the_last_good_deck_and_has_problems(
        self, user: Path, library: Library, text: str | bytes
    ) -> None:
        broken = after(library, user / "words.toml", text)
        assert broken.decks["words"] is library.decks["words"]
        assert broken.problems
        assert {problem.path for problem in broken.problems} == {"user/words.toml"}
        still = after(broken, user / "sub" / "other.toml", OTHER + "# x\n")
        assert still.decks["words"] is library.decks["words"]
        assert still.problems == broken.problems
        mended = after(still, user / "words.toml", WORDS.replace("hola", "buenas"))
        assert mended.problems == ()
        assert prompts(mended, "words") == ["buenas", "adiós"]

    def test_a_card_with_a_problem_is_left_out_as_ever(self, user: Path, library: Library) -> None:
        now = after(library, user / "words.toml", WORDS.replace('back = "hello"\n', ""))
        assert prompts(now, "words") == ["adiós"]
        assert len(now.problems) == 1
        assert now.partial == {"words"}

    def test_a_file_that_was_broken_from_the_start_has_what_can_be_read(
        self, user: Path, library: Library
    ) -> None:
        assert prompts(after(library, user / "new.toml", OTHER + "[[card]]\nfront = \n"), "new") == ["x"]

    def test_another_file_of_the_same_id_takes_its_place(self, user: Path, tmp_path: Path) -> None:
        shipped = tmp_path / "shipped"
        shipped.mkdir()
        (shipped / "mine.toml").write_text(OTHER, encoding="utf-8")
        library = load_library(user=user, shipped=shipped, cwd=tmp_path)
        now = after(library, user / "mine.toml", WORDS)
        assert prompts(now, "mine") == ["hola", "adiós"]
        assert len(now.hidden) == 1

    def test_it_is_as_if_all_were_read_anew(self, user: Path, library: Library) -> None:
        now = after(library, user / "words.toml", WORDS + OTHER + OTHER)
        assert now == load_library(
            user=user, shipped=user.parent / "none", cwd=user.parent, home=Path("/nowhere")
        )
