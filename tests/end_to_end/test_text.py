"""Text that looks like markup, carries escapes or is of other scripts, on the screen and in the bytes."""

from __future__ import annotations

import json
import re

from tests.end_to_end.decks import ONE
from tests.end_to_end.home import Home, SideBySide

ESCAPE = "␛]0;x␇"
"""What the escape sequence for a window's title looks like when it is shown and not obeyed."""

# In TOML's double quotes \u001b is a real ESC. The texts are short enough for one line each.
HOSTILE = r"""
title = "[red]T[/foo] \u001b]0;x\u0007"
choices = ["[b]Y[/b]", "\u001b]0;x\u0007N"]
keys = ["y", "n"]

[[card]]
statement = "[red] [/foo] list[int] [@click=app.quit]x[/] \u001b]0;x\u0007"
answer = "[b]Y[/b]"
why = "[bold]why[/] \u001b]0;x\u0007 \u202Eend $text [/]"

[[card]]
statement = "漢字テスト ＡＢ 👩‍💻 🇫🇷 café e\u0301 end"
answer = "\u001b]0;x\u0007N"

[[card]]
statement = "שלום עולם \u2067مرحبا\u2069 [/b] end"
answer = "[b]Y[/b]"

[[card]]
question = "Typed [red]?"
answer = "[/foo]"

[[card]]
front = "Flip \u001b]0;x\u0007?"
back = "[@click=app.quit]back[/]"
"[bad]" = "\u001b]0;x\u0007"
"""
TITLE = f"[red]T[/foo] {ESCAPE}"
MARKUP = f"[red] [/foo] list[int] [@click=app.quit]x[/] {ESCAPE}"
WIDE = "漢字テスト ＡＢ 👩‍💻 🇫🇷 café e\u0301 end"
BIDI = "שלום עולם �مرحبا� [/b] end"


def unharmed(raw: bytes) -> bool:
    """Whether no text of a deck reached the terminal as a command."""
    return (
        b"\x1b]0;x" not in raw
        and b"\x9d" not in re.sub(rb"[\xc2-\xf4][\x80-\xbf]+", b"", raw)
        and not any(mark in raw.decode(errors="replace") for mark in "\u202e\u2067\u2069\x9b")
    )


def test_hostile_text_shows_as_it_is_written(side_by_side: SideBySide) -> None:
    side_by_side(hostile_text_studied, hostile_text_quizzed)


def hostile_text_studied(home: Home) -> None:
    """On home, problems, questions, feedback, help and summary, and in the commands."""
    home.deck("hostile", HOSTILE)
    terminal = home.start()
    # Home: the title in the list, the card in the preview, the problems by their file's name.
    terminal.wait_for("Today")
    terminal.select_row(TITLE)
    terminal.wait_for(MARKUP)
    terminal.wait_for("hostile.toml")
    terminal.press("p")
    problems = terminal.wait_for("Problems 7 problems")
    assert "escape" in problems
    terminal.press("end")
    for _ in range(3):
        terminal.press("pagedown")
    terminal.wait_for('unknown key "[bad]"')
    terminal.press("escape")
    terminal.wait_for("Today")

    # The menu names the deck too.
    terminal.press("ctrl+p")
    terminal.wait_for("Search for commands")
    terminal.write("study:")
    terminal.wait_for(f"Study: {TITLE}")
    terminal.press("escape")
    terminal.wait_for("Today")

    # Question, feedback and help; Easy, so that no card comes twice.
    terminal.press("enter")
    shown = terminal.wait_for("1 of")
    assert MARKUP in shown
    assert TITLE in shown
    assert f"y ◆ [b]Y[/b] n ● {ESCAPE}N" in shown
    shown = terminal.press_for("n", "✗ Wrong. It is ◆ [b]Y[/b].")
    assert f"[bold]why[/] {ESCAPE} �end $text [/]" in shown
    assert f"✓ [b]Y[/b] ✗ {ESCAPE}N" in shown
    terminal.press("?")
    terminal.wait_for("Esc closes")
    terminal.press("escape")
    terminal.wait_for("✗ Wrong.")
    terminal.press_for("4", WIDE)
    assert f"✗ Wrong. It is ● {ESCAPE}N." in terminal.press_for("y", "✗ Wrong.")
    terminal.press_for("4", BIDI)
    terminal.press_for("y", "✓ Right")
    terminal.press_for("4", "Typed [red]?")
    terminal.type_answer("[/foo]")
    terminal.press("enter")
    assert "[/foo]" in terminal.wait_for("✓ Right")
    terminal.press_for("4", f"Flip {ESCAPE}?")
    terminal.press_for("space", "[@click=app.quit]back[/]")
    terminal.press_for("4", "5 cards studied.")
    assert TITLE in terminal.flat
    terminal.press("escape")
    terminal.wait_for("Today")
    terminal.press("q")
    assert terminal.wait_exit() == 0
    assert unharmed(bytes(terminal.raw))
    # Nor do the commands obey it, for people or for programs.
    listed, checked, logged = home.run("decks"), home.run("check", code=1), home.run("log")
    for done in (listed, checked, logged, home.run("decks", "--json"), home.run("log", "--json")):
        assert unharmed((done.stdout + done.stderr).encode())
    assert TITLE in listed.stdout
    assert 'unknown key "[bad]"' in checked.stdout
    assert "list[int] [@click=app.quit]" in logged.stdout
    assert f"{ESCAPE}N" in logged.stdout


def hostile_text_quizzed(home: Home) -> None:
    """In a quiz, its results, and what is copied of them."""
    home.deck("hostile", HOSTILE)
    terminal = home.start("quiz", "hostile", "--mode", "practice")
    assert f"y [b]Y[/b], n {ESCAPE}N" in terminal.wait_for("no clock.")
    terminal.press_for("x", lambda shown: "Ready" not in shown and "1 of" in shown)
    # Any answer: typed or by key.
    if "Typed [red]?" in terminal.flat:
        terminal.type_answer("[/x]")
        terminal.press("enter")
        terminal.wait_for("✗ Wrong. It is [/foo]")
    else:
        terminal.press_for("n" if WIDE not in terminal.flat else "y", "✗ Wrong. It is")
    terminal.press("escape")
    terminal.wait_for("Paused")
    terminal.press("escape")
    shown = terminal.wait_for(lambda shown: "1 missed" in shown and TITLE in shown)
    assert any(text in shown for text in (MARKUP, WIDE, BIDI, "Typed [red]?"))
    terminal.press_for("c", "Copied")
    assert unharmed(bytes(terminal.raw))


def test_texts_and_decks_of_odd_sizes(side_by_side: SideBySide) -> None:
    side_by_side(
        long_text_and_control_characters_typed,
        the_cursor_stands_where_an_input_method_opens,
        a_deck_of_no_cards_and_one_of_a_single_card,
    )


def long_text_and_control_characters_typed(home: Home) -> None:
    """A statement of more than 5,000 characters, and control characters in an answer."""
    words = " ".join(f"word{number:04}" for number in range(1, 556))
    text = f"{words} THE END"
    assert len(text) > 5000
    home.deck(
        "long",
        f'title="Long"\nchoices=["A","B"]\n[[card]]\nstatement = "{text}"\nanswer = "A"\n'
        '[[card]]\nquestion = "What now?"\nanswer = "ab"\n',
    )
    terminal = home.start("study", "long")
    shown = terminal.wait_for("word0001")
    assert "↓" in shown
    assert "◆ A" in shown
    # All of it can be reached, and the answer keys work wherever one is.
    seen: set[str] = set()
    for _ in range(150):
        seen |= set(re.findall(r"word\d{4}", terminal.flat))
        if "THE END" in terminal.flat:
            break
        before = terminal.text
        terminal.press("pagedown")
        terminal.wait_for(lambda _: terminal.text != before)  # noqa: B023 - asked before the next turn
    assert len(seen) == 555
    assert "↓" not in terminal.flat
    terminal.press_for("a", "✓ Right")
    terminal.press_for("4", "What now?")

    # Pasted control characters become visible, and reach the log as they are seen.
    terminal.type_answer("a")
    terminal.write("\x1b[200~\x07\x9b31m\u202eb漢\x1b[201~")
    terminal.wait_for("a␇�31m�b漢")
    terminal.press("enter")
    terminal.wait_for("✗ Wrong. It is ab.")
    assert unharmed(bytes(terminal.raw))
    assert home.log()[1]["given"] == "a␇�31m�b漢"


def the_cursor_stands_where_an_input_method_opens(home: Home) -> None:
    """In the typed line, behind characters of two cells and of none: there terminals show what is typed."""
    home.deck("wide", '[[card]]\nquestion = "Capital?"\nanswer = "東京"\n')
    terminal = home.start("study", "wide")
    terminal.wait_for("Type the answer")

    def place() -> tuple[int, int]:
        cursor = terminal.screen.cursor
        return cursor.x, cursor.y

    def at_end() -> bool:
        column, line = place()
        cells = terminal.screen.buffer[line]
        return cells[column - 1].data == "z" and not cells[column].data.strip()

    (row,) = [at for at, line in enumerate(terminal.rows) if "Type the answer" in line]
    start = terminal.rows[row].index("Type the answer")
    terminal.wait_for(lambda _: place() == (start, row))
    terminal.type_answer("東")
    terminal.wait_for(lambda shown: "東" in shown and place() == (start + 2, row))
    terminal.write("e\u0301京")
    terminal.wait_for(lambda shown: "京" in shown and place() == (start + 5, row))
    terminal.press("left")
    terminal.wait_for(lambda _: place() == (start + 3, row))
    terminal.press("home")
    terminal.wait_for(lambda _: place() == (start, row))
    # A long text scrolls, and the cursor stays behind its end.
    terminal.press("end")
    terminal.wait_for(lambda _: place() == (start + 5, row))
    terminal.write("漢" * 60 + "z")
    terminal.wait_for(lambda _: at_end())


def a_deck_of_no_cards_and_one_of_a_single_card(home: Home) -> None:
    """Decks with little to ask."""
    home.deck("empty", 'title = "Empty deck"\n')
    home.deck("one", ONE)
    terminal = home.start()
    terminal.wait_for(lambda shown: "Empty deck 0 due 0 new" in shown and "Just one 0 due 1 new" in shown)
    terminal.select_row("Empty deck")
    terminal.press("enter")
    terminal.wait_for("Nothing to study here.")
    terminal.press("escape")
    terminal.wait_for("Today")
    terminal.press("t")
    # There is nothing to quiz either, and the screen says so.
    terminal.wait_for("nothing here")
    assert "Today" in terminal.flat
    terminal.select_row("Just one")
    terminal.press("enter")
    terminal.wait_for("Is this all?")
    # Again: the only card comes back at once.
    terminal.press_for("space", "Yes.")
    terminal.press_for("1", lambda shown: "Is this all?" in shown and "Yes." not in shown)
    terminal.press_for("space", "Yes.")
    terminal.press_for("4", "1 card studied.")
    terminal.press("escape")
    terminal.wait_for("Just one 0 due 0 new")
    assert [row["grade"] for row in home.log()] == [1, 4]
    found = json.loads(home.run("check", "--json", code=0).stdout)
    assert [(one["kind"], one["message"]) for one in found] == [("hint", "the deck has no cards yet")]
