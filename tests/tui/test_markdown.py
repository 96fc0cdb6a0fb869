"""Markdown on cards: what is read, how it is laid out, and that nothing of it is a command."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import structs
from textual.content import Content

from quizapp.deck.card import Card, Cloze
from quizapp.deck.text import visible
from quizapp.learn.ask import Question, pose
from quizapp.learn.quiz import Mode, QuizSetup
from quizapp.tui.card_text import Marked, options_of, prompt_in_a_line, prompt_of, unmarked
from quizapp.tui.layout import STATEMENT
from quizapp.tui.markdown.code import lit
from quizapp.tui.markdown.lay import centred, left
from quizapp.tui.markdown.read import Code
from quizapp.tui.opening import Quiz, Study
from tests.builders import deck, flip, typed
from tests.tui.app import SIZES, playing

CODE = "```python\nfor one in range(3):  # count\n    print(one, 'x')\n```"
LIST = "- first\n- **second** one\n  1. inner\n  2. other"
TABLE = "| kind | size |\n|:--|--:|\n| list | 10 |\n| a tuple of two | 2 |"


def lines(source: str, width: int = 40, height: int = 40) -> list[str]:
    """The text's lines at the left."""
    return [line.plain.rstrip() for line in left(Marked(source), "$foreground", 40)(width, height)]


def middle(source: str, width: int = 40, height: int = 40) -> list[Content]:
    return centred(Marked(source), "$foreground", STATEMENT, bold=True)(width, height)


def styles(shown: list[Content], text: str) -> set[str]:
    """How the text is drawn, wherever it stands."""
    found = set()
    for line in shown:
        start = line.plain.find(text)
        if start >= 0:
            found |= {str(span.style) for span in line.spans if span.start <= start < span.end}
    assert found, f"{text!r} is not there, or has no style"
    return found


class TestReading:
    def test_emphasis_is_bold_and_code_has_a_ground(self) -> None:
        shown = left(Marked("a *b* __c__ `d` e"), "$foreground", 40)(40, 9)
        assert [line.plain for line in shown] == ["a b c d e"]
        assert styles(shown, "b") == styles(shown, "c") == {"bold $foreground"}
        assert styles(shown, "d") == {"$foreground on $panel"}
        assert styles(shown, "a") == {"$foreground"}

    def test_a_question_is_bold_unless_a_part_of_it_is(self) -> None:
        assert styles(middle("What is it?"), "What") == {"bold $foreground"}
        emphasised = middle("What is **it**?")
        assert styles(emphasised, "What") == {"$foreground"}
        assert styles(emphasised, "it") == {"bold $foreground"}

    def test_lists_hang_below_their_signs(self) -> None:
        assert lines(LIST) == ["• first", "• second one", "  1. inner", "  2. other"]
        assert lines("8. a\n9. b\n10. c long enough to wrap", 12) == [
            "8.  a",
            "9.  b",
            "10. c long",
            "    enough",
            "    to wrap",
        ]

    def test_blocks_stand_apart_where_there_is_room(self) -> None:
        assert lines("one\n\ntwo\n\n# three") == ["one", "", "two", "", "three"]
        assert lines("one\n\ntwo\n\n# three", height=4) == ["one", "two", "three"]

    def test_a_line_break_is_one_only_if_it_is_asked_for(self) -> None:
        assert lines("one\ntwo\\\nthree  \nfour") == ["one two", "three", "four"]

    def test_a_quote_and_a_line_across(self) -> None:
        assert lines("> said\n> so\n\n---", 10) == ["│ said so", "", "─" * 10]

    def test_tables_have_columns_as_their_author_says(self) -> None:
        assert lines(TABLE) == [
            "kind            size",
            "──────────────  ────",
            "list              10",
            "a tuple of two     2",
        ]
        assert lines("|a|\n|:-:|\n|bcd|") == [" a", "───", "bcd"]

    def test_a_narrow_table_wraps_its_cells_and_a_narrower_one_stands_row_by_row(self) -> None:
        assert lines(TABLE, 15) == [
            "kind       size",
            "─────────  ────",
            "list         10",
            "a tuple       2",
            "of two",
        ]
        assert lines(TABLE, 11) == ["kind  list", "size  10", "", "kind  a", "tuple", "of two", "size  2"]

    def test_code_keeps_its_lines_and_goes_on_after_a_sign(self) -> None:
        assert lines(CODE) == [" for one in range(3):  # count", "     print(one, 'x')"]
        assert lines("```\nalpha beta gamma\n```", 14) == [" alpha beta", " ↳ gamma"]
        assert lines(f"```\n{'x' * 20}\n```", 14) == [f" {'x' * 12}", f" ↳ {'x' * 8}"]
        assert lines("```\n漢字漢字漢字\n```", 10) == [" 漢字漢字", " ↳ 漢字"]

    def test_code_in_a_known_language_is_lit(self) -> None:
        shown = lit(Code("for x in 'ab':  # why", "python"))
        assert styles([shown], "for") == {"bold"}
        assert styles([shown], "'ab'") == {"$text-secondary"}
        assert styles([shown], "# why") == {"$text-muted"}
        assert not lit(Code("for x", "no-such-language")).spans
        assert not lit(Code("for x", "")).spans

    @pytest.mark.parametrize("language", ["python", "PYTHON", "c", "sql", "bash", "diff", "text", "json"])
    def test_highlighting_changes_no_character(self, language: str) -> None:
        for text in ("\n\n  a\n\n", "'unclosed", "\tx", "a\n\n", "{", "漢 \u2421"):
            assert lit(Code(text, language)).plain == text.expandtabs(4)


class TestShownAsWritten:
    """What could hide text, or be a command, is neither."""

    @pytest.mark.parametrize(
        "source",
        [
            "<b>x</b> <!-- not hidden -->",
            "<div>x</div>",
            "&lt; &#27; &#x202e;",
            "[x]: https://example.org",
            "[x][y]",
            "[red] [/foo] list[int] [@click=app.quit]x[/]",
            "2 * 3 * 4, f(*args), snake_case_name",
            "#",
            "-",
            "```nothing",
            "",
        ],
    )
    def test_it_is_seen_whole(self, source: str) -> None:
        assert " ".join(lines(source, 60)) == source

    def test_nothing_vanishes_beside_other_text(self) -> None:
        assert lines("before\n\n[x]: y 'z'\n\n[x]") == ["before", "", "[x]: y 'z'", "", "[x]"]

    def test_a_link_leads_nowhere_but_can_be_read(self) -> None:
        source = "See [the docs](https://example.org/a 'title') and <https://example.org>."
        assert lines(source, 99) == [
            "See the docs (https://example.org/a)",
            "and https://example.org.",
        ]
        for line in left(Marked(source), "$foreground", 99)(99, 9):
            assert {str(span.style) for span in line.spans} <= {"$foreground", "$text-muted"}
        assert lines("![a dog](dog.png)") == ["a dog (dog.png)"]
        assert lines("[](https://example.org)") == ["https://example.org"]
        assert lines("[x](javascript:alert(1))") == ["[x](javascript:alert(1))"]

    def test_controls_in_links_and_languages_stay_visible(self) -> None:
        for source in ("[x](<\u202ey>)", "![x](<a\x9bb>)", "```\x1b\nx\n```", "\x1b]0;x\x07"):
            assert all(visible(line) == line for line in lines(source))

    def test_a_very_long_text_is_shown_as_it_is_written(self) -> None:
        source = "*" + "a " * 11_000 + "*"
        assert lines(source)[0].startswith("*a a")
        lines("*a " * 6000)
        lines("[" * 19_000)
        lines(">" * 500 + " a")


MARKS = "*_`~#>-+|[]()!<&\\:. \n\tab1漢e\u0301👩\u200d💻\x1b\u202e"
sources = st.text(st.sampled_from(MARKS), max_size=80) | st.lists(
    st.sampled_from(
        [CODE, LIST, TABLE, "# H", "> q", "---", "[a](b)", "1. x", "\n", "a *b*", "|a|b|\n|-|-|\n"]
    ),
    max_size=5,
).map("\n\n".join)


class TestAnyText:
    @settings(max_examples=300, deadline=None)
    @given(sources, st.integers(1, 70), st.integers(0, 20))
    @example("|a|b|\n|-|-|\n|c|", 1, 0)
    @example("- ", 2, 1)
    def test_it_never_fails_nor_runs_over(self, source: str, width: int, height: int) -> None:
        for shown in (left(Marked(source), "$foreground", 64)(width, height), middle(source, width, height)):
            for line in shown:
                assert "\n" not in line.plain
                assert visible(line.plain) == line.plain
                # Signs of lists and quotes need some room; and a wide character two cells.
                assert width < 20 or line.cell_length <= width

    @settings(max_examples=200, deadline=None)
    @given(sources)
    def test_no_letter_is_lost(self, source: str) -> None:
        """But for the language of code, and the title of a link."""
        wanted = [sign for sign in source.replace("python", "") if sign in "ab漢"]
        shown = [sign for line in lines(source, 70) for sign in line if sign in "ab漢"]
        if "(" not in source and "`" not in source and "~" not in source and len(set(source)) > 1:
            assert sorted(shown) == sorted(wanted)


def cloze(before: str, answer: str, after: str) -> Question:
    card = Cloze(
        key="c",
        entry=0,
        prompt=f"{before}[…]{after}",
        answer=answer,
        before=before,
        after=after,
        markdown=True,
    )
    return Question(card, card.prompt, (), 0)


class TestBlanks:
    @pytest.mark.parametrize(
        ("before", "after", "shown"),
        [
            ("`", "(x)` is its length", "[…](x) is its length"),
            ("It is ", "(http://x.y)", "It is […](http://x.y)"),
            ("*the ", "* of it", "the […] of it"),
            ("\ue000 ", "", "\ue000 […]"),
        ],
    )
    def test_a_blank_is_a_blank_wherever_it_stands(self, before: str, after: str, shown: str) -> None:
        question = cloze(before, "len", after)
        text = prompt_of(question)
        assert isinstance(text, Marked)
        assert [line.plain.strip() for line in centred(text, "", 58, bold=True)(58, 5)] == [shown]
        assert unmarked(text) == prompt_in_a_line(question.card) == shown


def marked(card: Card) -> Card:
    return structs.replace(card, markdown=True)


PYTHON = deck(
    marked(
        structs.replace(flip(f"What does *this* do?\n\n{CODE}", f"It counts:\n\n{LIST}"), why="See `range`.")
    ),
    marked(structs.replace(typed("Which **keyword** ends it?", "break"), why=f"Like so:\n\n{CODE}")),
    id="python",
)


class TestOnTheScreen:
    @pytest.mark.parametrize("size", SIZES)
    async def test_nothing_moves_between_question_and_answer(
        self, tmp_path: Path, size: tuple[int, int]
    ) -> None:
        async with playing(tmp_path, PYTHON, opening=Study((PYTHON,)), size=size) as player:
            screen = player.study_screen
            regions = player.regions
            front = screen.card.front.render().plain
            assert "this" in front
            assert "*this*" not in front
            await player.press("space")
            assert screen.card.front.render().plain == front
            assert player.regions == regions
            assert "• first" in player.text
            assert "**" not in player.text
            await player.press("4")
            regions, front = player.regions, screen.card.front.render().plain
            await player.answer(right=True)
            assert (player.regions, screen.card.front.render().plain) == (regions, front)
            assert "✓ Right" in player.text

    async def test_what_does_not_fit_scrolls(self, tmp_path: Path) -> None:
        async with playing(tmp_path, PYTHON, opening=Study((PYTHON,)), size=(40, 15)) as player:
            await player.press("space")
            assert "See range." not in player.text
            assert "↓" in player.text
            await player.press("pagedown", "pagedown")
            assert "See range." in player.text

    async def test_home_shows_it_without_its_signs(self, tmp_path: Path) -> None:
        async with playing(tmp_path, PYTHON) as player:
            assert "What does this do?" in player.text
            assert "```" not in player.text

    async def test_a_quiz_and_its_results(self, tmp_path: Path) -> None:
        setup = QuizSetup(mode=Mode.PRACTICE, seed=1)
        async with playing(tmp_path, PYTHON, opening=Quiz(PYTHON, setup)) as player:
            await player.press("space")
            assert "Which keyword ends it?" in player.words
            await player.answer(right=False)
            assert "Like so:" in player.text
            assert "```" not in player.text
            await player.press("escape", "escape")
            assert "✗ Which keyword ends it?" in player.words
            assert "`" not in player.text

    def test_options_are_lines_without_signs(self) -> None:
        card = marked(flip("What is it?", "**one** `x`"))
        question = pose(card, times=0, random=Random(0), distractors=["*two*", "three"])
        assert {option.text for option in options_of(question)} == {"one x", "two", "three"}
        assert [option.key for option in options_of(question)] == [option.key for option in question.options]
        plain = pose(structs.replace(card, markdown=False), times=0, random=Random(0), distractors=["*two*"])
        assert options_of(plain) == plain.options

    async def test_without_the_key_all_is_plain(self, tmp_path: Path) -> None:
        plain = deck(typed("Is *args* `code`?", "2*3*4"), id="plain")
        async with playing(tmp_path, plain, opening=Study((plain,))) as player:
            assert "Is *args* `code`?" in player.text
