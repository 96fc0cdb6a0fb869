"""`quizapp import` and `quizapp export`: what comes is a deck without problems, what can't is listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.deck.read import read_deck
from tests.cli.conftest import SIDES, Run, Write

CSV = "front,back,tags\nhola,hello,greetings\nadiós,goodbye,greetings\n"
GIFT = "::Q1:: What is it for? {=Cutting costs ~Speed ~Prestige#No.}\n\nIt began in 1989. {TRUE}\n"
MARKDOWN = "Q: What is it for?\nA: Cutting costs\n\nC: BPO is about [volume].\n"
TABLE = "hola;hello\nadiós;goodbye\n"
JSON = '{"title": "T", "cards": [{"front": "a", "back": "b"}, {"front": "c"}]}'


@pytest.fixture
def here(home: Path) -> Path:
    """The current folder."""
    return Path.cwd()


@pytest.mark.parametrize(
    ("name", "text", "cards"),
    [("w.csv", CSV, 2), ("w.gift", GIFT, 2), ("w.md", MARKDOWN, 2), ("w.json", JSON, 1)],
)
def test_each_format_gives_a_deck_to_study(
    run: Run, home: Path, here: Path, name: str, text: str, cards: int
) -> None:
    (here / name).write_text(text, encoding="utf-8")
    result = run("import", name, "--to", "New words")
    assert result.exit_code == 0, result.output
    deck, problems = read_deck(home / "decks" / "New-words.toml", deck_id="d")
    assert problems == []
    assert deck is not None
    assert len(deck.cards) == cards
    assert f"{cards} card" in result.stdout
    assert "quizapp study New-words" in result.stdout


class TestImport:
    def test_a_dry_run_writes_nothing(self, run: Run, home: Path, here: Path) -> None:
        (here / "w.csv").write_text(CSV, encoding="utf-8")
        result = run("import", "w.csv", "--dry-run")
        assert result.exit_code == 0
        assert "hola" in result.stdout
        assert "Nothing was written" in result.stdout
        assert not (home / "decks" / "w.toml").exists()

    @pytest.mark.parametrize(
        ("name", "text"), [("w.csv", CSV), ("w.md", f"# Words\n{MARKDOWN}"), ("w.json", JSON)]
    )
    @pytest.mark.parametrize(
        ("to", "id_", "title"),
        [("My Words", "My-Words", "My Words"), ("spanish/My  Verbs", "spanish/My-Verbs", "My Verbs")],
    )
    def test_a_name_is_the_title(
        self, run: Run, home: Path, here: Path, name: str, text: str, to: str, id_: str, title: str
    ) -> None:
        (here / name).write_text(text, encoding="utf-8")
        result = run("import", name, "--to", to)
        assert result.exit_code == 0, result.output
        assert (home / "decks" / f"{id_}.toml").read_text("utf-8").count(f'"{title}"') == 1

    def test_a_name_that_ends_in_toml_is_the_path_of_the_file(self, run: Run, home: Path, here: Path) -> None:
        (here / "w.json").write_text(JSON, encoding="utf-8")
        (here / "out").mkdir()
        result = run("import", "w.json", "--to", "out/My quiz.toml")
        assert result.exit_code == 0, result.output
        deck, _ = read_deck(here / "out" / "My quiz.toml", deck_id="d")
        assert deck is not None
        assert deck.title == "My quiz"
        assert "quizapp study 'out/My quiz.toml'" in result.stdout
        assert not (home / "decks").exists()
        again = run("import", "w.json", "--to", "out/My quiz.toml")
        assert again.exit_code == 2
        assert "already" in again.stderr
        assert "There is no folder" in run("import", "w.json", "--to", "nowhere/x.toml").stderr

    def test_what_can_t_be_taken_over_is_listed(self, run: Run, here: Path) -> None:
        (here / "w.json").write_text(JSON, encoding="utf-8")
        result = run("import", "w.json")
        assert "1 thing not taken over:" in result.stdout
        assert "cards[1]" in result.stdout

    def test_where_nothing_is_found_a_card_is_shown(self, run: Run, here: Path) -> None:
        (here / "w.md").write_text("## Question\nWhat is it?\n", encoding="utf-8")
        result = run("import", "w.md")
        assert result.exit_code == 1
        assert "line 1: looks like a question; write Q: at the start" in result.stdout
        assert "  Q: What does the K in KPO stand for?\n  A: Knowledge\n" in result.stderr

    def test_a_deck_is_never_replaced(self, run: Run, here: Path, write: Write) -> None:
        path = write("w.toml", SIDES)
        (here / "w.csv").write_text(CSV, encoding="utf-8")
        result = run("import", "w.csv")
        assert result.exit_code == 2
        assert "Give another name with --to" in result.stderr
        assert path.read_text(encoding="utf-8") == SIDES

    def test_nor_one_that_ships(self, run: Run, here: Path) -> None:
        (here / "bpo-or-kpo.csv").write_text(CSV, encoding="utf-8")
        assert run("import", "bpo-or-kpo.csv").exit_code == 2

    def test_a_table_that_is_unclear_asks_for_its_options(self, run: Run, here: Path) -> None:
        (here / "w.csv").write_text("one\ntwo\n", encoding="utf-8")
        result = run("import", "w.csv")
        assert result.exit_code == 2
        assert "--delimiter, --header or --no-header, and --columns" in result.stderr

    def test_the_options_say_what_a_table_does_not(self, run: Run, here: Path) -> None:
        (here / "w.txt").write_text("hola;x;hello\nadiós;y;goodbye\n", encoding="utf-8")
        how = ("--from", "csv", "--delimiter", "semicolon", "--columns", "front,,back", "--no-header")
        result = run("import", "w.txt", *how)
        assert result.exit_code == 0, result.output
        assert "hola  →  hello" in result.stdout

    @pytest.mark.parametrize(
        ("args", "says"),
        [
            (("--columns", "frnot,back"), 'did you mean "front"?'),
            (("--delimiter", "o"), "none of comma, semicolon, tab and bar"),
            (("--from", "anki2"), "There is no format anki2"),
            (("--from", "json", "--header"), "are for tables"),
            (("--from", "json"), "w.csv: This is no JSON: line 1, column 1: a value is missing"),
        ],
    )
    def test_bad_options_get_one_sentence(
        self, run: Run, here: Path, args: tuple[str, ...], says: str
    ) -> None:
        (here / "w.csv").write_text(CSV, encoding="utf-8")
        result = run("import", "w.csv", *args)
        assert result.exit_code in (1, 2)
        assert says in result.stderr

    def test_how_a_table_was_read_is_said(self, run: Run, here: Path) -> None:
        (here / "w.csv").write_text(TABLE, encoding="utf-8")
        result = run("import", "w.csv", "--dry-run")
        assert result.stderr == (
            "Read as: semicolon, no heading, columns front,back (--header if the first row names them)\n"
        )
        assert "hola  →  hello" in result.stdout
        result = run("import", "w.csv", "--header", "--columns", "term,answer")
        assert result.stderr == "Read as: semicolon, a heading, columns front,back\n"
        assert "1 card: 1 flip" in result.stdout

    def test_what_else_a_card_has_is_shown(self, run: Run, here: Path) -> None:
        (here / "w.csv").write_text("front,back,why,tags\na,b,noun,c|d\n", encoding="utf-8")
        assert "\n      why: noun; tags: c, d\n" in run("import", "w.csv", "--dry-run").stdout

    def test_a_dry_run_notes_that_the_deck_is_there(self, run: Run, here: Path, write: Write) -> None:
        path = write("w.toml", SIDES)
        (here / "w.csv").write_text(CSV, encoding="utf-8")
        result = run("import", "w.csv", "--dry-run")
        assert result.exit_code == 0
        assert f'There is a deck "w" already: {path}. Give another name with --to' in result.stdout

    def test_a_text_that_may_be_two_things_is_told_by_an_option(self, run: Run, here: Path) -> None:
        (here / "w.txt").write_text("hola - hello\nadiós - goodbye\n", encoding="utf-8")
        result = run("import", "w.txt")
        assert result.exit_code == 2
        assert "say which: --from csv (or --delimiter) or --from gift" in result.stderr
        assert "hola  →  hello" in run("import", "w.txt", "--delimiter", " - ").stdout
        (here / "w.doc").write_text(TABLE, encoding="utf-8")
        assert ".txt, .apkg and .colpkg: --from FORMAT" in run("import", "w.doc").stderr

    def test_a_deck_is_no_other_programs_file(self, run: Run, write: Write) -> None:
        path = write("w.toml", SIDES)
        result = run("import", path)
        assert result.exit_code == 2
        assert "is a deck already; to study it: quizapp study" in result.stderr
        result = run("export", "w", "copy.toml")
        assert result.exit_code == 2
        assert f"A deck is such a file already: {path}" in result.stderr

    def test_a_file_may_come_through_a_pipe(self, run: Run, home: Path) -> None:
        assert run("import", "-", "--to", "piped", typed=CSV).exit_code == 0
        assert (home / "decks" / "piped.toml").exists()
        assert "give it one with --to" in run("import", "-", typed=CSV).stderr
        assert "can't be told whether this is" in run("import", "-", typed="x").stderr
        assert "no Anki" not in run("import", "-", "--from", "anki", typed="x").stderr

    def test_on_a_terminal_columns_are_asked_for_until_they_fit(
        self, run: Run, home: Path, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("quizapp.cli.importing.can_ask", lambda: True)
        (here / "w.csv").write_text("es,en,x\nhola,hello,1\n", encoding="utf-8")
        result = run("import", "w.csv", typed="y\n\n?\nfront\nfront,bakc\nfront,back,why,tags\nterm,back\n")
        assert result.exit_code == 0, result.output
        assert "Columns, such as front,back,why; ? lists them" in result.stderr
        for said in (
            "There are 3 columns. Each may be: kind, front, back",
            "deck.\nNothing between two commas leaves one out",
            "No column is the back.",
            'There is no column "bakc"; did you mean "back"?',
            "There are 3 columns, and these are 4.",
            "Read as: comma, a heading, columns front,back,",
        ):
            assert said in result.stderr
        assert "hola  →  hello" in result.stdout
        assert 'line 1: the column "x" was left out' in result.stdout

    @pytest.mark.parametrize("name", ["nowhere.csv", "."])
    def test_a_file_that_can_t_be_read_gets_one_sentence(self, run: Run, here: Path, name: str) -> None:
        result = run("import", name)
        assert result.exit_code == 2
        assert result.stderr.count("\n") <= 2

    @pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"\x00\x01\x02", b"{"])
    def test_no_bytes_show_a_traceback(self, run: Run, here: Path, data: bytes) -> None:
        for name in ("w.csv", "w.gift", "w.md", "w.json", "w.txt"):
            (here / name).write_bytes(data)
            assert run("import", name).exit_code in (1, 2)


class TestExport:
    @pytest.mark.parametrize("name", ["w.csv", "w.tsv", "w.json", "w.gift"])
    def test_what_goes_out_comes_back(
        self, run: Run, home: Path, write: Write, here: Path, name: str
    ) -> None:
        write(
            "mine.toml",
            "".join(f'[[card]]\nquestion = "q{n}"\nanswer = "a{n}"\nwrong = ["x", "y"]\n' for n in range(3)),
        )
        result = run("export", "mine", name)
        assert result.exit_code == 0, result.output
        assert run("import", name, "--to", "back").exit_code == 0
        before, _ = read_deck(home / "decks" / "mine.toml", deck_id="d")
        after, _ = read_deck(home / "decks" / "back.toml", deck_id="d")
        assert before is not None
        assert after is not None
        assert [(card.key, card.answer) for card in after.cards] == [
            (card.key, card.answer) for card in before.cards
        ]

    def test_what_a_format_can_t_hold_is_listed(self, run: Run, write: Write, here: Path) -> None:
        write("mine.toml", SIDES)
        result = run("export", "mine", "w.md")
        assert result.exit_code == 0
        assert "that markdown can't hold" in result.stderr

    @pytest.mark.parametrize("name", ["w.csv", "w.tsv", "w.gift", "w.md", "w.apkg"])
    def test_so_is_what_a_deck_says_of_its_quizzes(
        self, run: Run, write: Write, here: Path, name: str
    ) -> None:
        write("mine.toml", SIDES)
        assert "[quiz] of the deck was left out: choices" in run("export", "mine", name).stderr

    def test_json_holds_all_of_a_deck(self, run: Run, home: Path, write: Write, here: Path) -> None:
        before, _ = read_deck(write("mine.toml", SIDES), deck_id="d")
        result = run("export", "mine", "w.json")
        assert result.stderr == ""
        assert run("import", "w.json", "--to", "back").exit_code == 0
        after, _ = read_deck(home / "decks" / "back.toml", deck_id="d")
        assert before is not None
        assert after is not None
        assert (after.quiz, after.choices, after.cards) == (before.quiz, before.choices, before.cards)

    def test_a_folder_that_is_not_there_is_not_made(self, run: Run, write: Write, here: Path) -> None:
        write("mine.toml", SIDES)
        for name in ("nowhere/w.csv", "nowhere/w.apkg"):
            result = run("export", "mine", name)
            assert result.exit_code == 2
            assert 'There is no folder "nowhere" to put "w.' in result.stderr
        assert not (here / "nowhere").exists()

    def test_the_text_may_go_through_a_pipe(self, run: Run, write: Write, here: Path) -> None:
        write("mine.toml", SIDES)
        assert "Say which format: --to-format" in run("export", "mine", "-").stderr
        result = run("export", "mine", "-", "--to-format", "tsv")
        assert result.stdout.startswith("kind\tfront\tback\nstatement\tAnyone can do it.\tBPO\n")
        assert "3 cards" not in result.stdout
        assert "[quiz] of the deck" in result.stderr
        assert "package can't go through a pipe" in run("export", "mine", "-", "--to-format", "anki").stderr
        assert "--to-format csv or --to-format gift" in run("export", "mine", "w.txt").stderr
        assert list(here.iterdir()) == []

    def test_a_file_is_replaced_only_by_force(self, run: Run, write: Write, here: Path) -> None:
        write("mine.toml", SIDES)
        (here / "w.csv").write_text("mine", encoding="utf-8")
        assert run("export", "mine", "w.csv").exit_code == 2
        assert (here / "w.csv").read_text(encoding="utf-8") == "mine"
        assert run("export", "mine", "w.csv", "--force").exit_code == 0
        assert "Anyone can do it." in (here / "w.csv").read_text(encoding="utf-8")
