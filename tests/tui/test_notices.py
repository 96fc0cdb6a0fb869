"""What is said beside a screen: one of a kind, never more than two, and errors stay."""

from __future__ import annotations

from pathlib import Path

from textual.notifications import SeverityLevel

from quizapp.tui.notices import Kind, Notice, outdated
from tests.tui.app import playing, two_sided


def notice(text: str, kind: Kind = Kind.DONE, severity: SeverityLevel = "information") -> Notice:
    return Notice(text, severity=severity, kind=kind)


def left(*notices: Notice) -> list[str]:
    """What is in sight after these were said."""
    shown: list[Notice] = []
    for one in notices:
        gone = outdated(shown, one)
        shown = [*(old for old in shown if old not in gone), one]
    return [one.message for one in shown]


def error(text: str) -> Notice:
    return notice(text, Kind.ERROR, "error")


class TestOutdated:
    def test_a_notice_takes_the_place_of_the_last_of_its_kind(self) -> None:
        assert left(notice("Deleted."), notice("Undone.")) == ["Undone."]

    def test_one_of_another_kind_stays_beside_it(self) -> None:
        news = notice("Your copy takes its place.", Kind.NEWS)
        assert left(news, notice("Deleted."), notice("Undone.")) == [news.message, "Undone."]

    def test_of_three_kinds_the_oldest_goes(self) -> None:
        said = [notice("help", Kind.HINT), notice("news", Kind.NEWS), notice("done")]
        assert left(*said) == ["news", "done"]

    def test_an_error_stays_whatever_comes(self) -> None:
        said = [error("No."), notice("news", Kind.NEWS), notice("done"), notice("again")]
        assert left(*said) == ["No.", "again"]

    def test_another_error_stays_beside_the_first(self) -> None:
        assert left(error("No."), notice("done"), error("Not that.")) == ["No.", "Not that."]
        assert left(error("No."), error("Not that."), error("Nor that.")) == ["Not that.", "Nor that."]

    def test_what_comes_of_something_takes_the_place_of_its_being_done(self) -> None:
        doing = notice("Deleting…", Kind.DOING)
        assert left(notice("Undone."), doing, notice("Deleted.")) == ["Deleted."]
        assert left(notice("Undone."), doing) == [doing.message]
        assert left(doing, notice("news", Kind.NEWS)) == [doing.message, "news"]
        assert left(doing, error("No.")) == ["No."]

    def test_the_same_error_is_said_once(self) -> None:
        assert left(error("No."), error("No.")) == ["No."]

    def test_what_was_said_last_is_always_seen(self) -> None:
        assert left(error("No."), error("Not that."), notice("done")) == ["Not that.", "done"]


async def test_a_key_that_says_the_same_says_it_once(tmp_path: Path) -> None:
    async with playing(tmp_path, two_sided()) as player:
        await player.press("b", "b", "b", "b")
        assert [one.message for one in player.app._notifications] == ["This is for a deck: select one first."]
        await player.until(lambda: player.words.count("select one first") == 1)
