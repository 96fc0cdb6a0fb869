"""The parts of a screen: where they stand, what they say, what they do."""

from __future__ import annotations

import pytest
from textual.content import Content

from quizapp.learn.ask import Option
from quizapp.record import Grade
from quizapp.tui.widgets.answers import Answers
from quizapp.tui.widgets.bar import Bar
from quizapp.tui.widgets.card_view import Compare
from quizapp.tui.widgets.grades import Grades
from quizapp.tui.widgets.key_footer import key_name
from quizapp.tui.widgets.runs import Runs
from quizapp.tui.widgets.signs import choice
from tests.tui.desk import COMPARE, INTERVALS, MARKUP, NINE, THREE, TWO, colour, desk, lines, variable

SIZES = [(40, 15), (80, 24), (160, 50)]


class TestPlaces:
    @pytest.mark.parametrize(
        ("size", "column", "rows"),
        [
            ((40, 15), (1, 38), [0, 1, 2, 5, 6, 12, 13, 14]),
            ((80, 24), (5, 70), [1, 2, 3, 8, 9, 17, 21, 23]),
            ((160, 50), (45, 70), [8, 9, 10, 18, 19, 30, 34, 49]),
        ],
    )
    async def test_each_part_stands_on_its_row(
        self, size: tuple[int, int], column: tuple[int, int], rows: list[int]
    ) -> None:
        async with desk(size) as (screen, pilot):
            screen.place.ask(THREE)
            await pilot.pause()
            found = screen.regions()
            parts = ["Header", "Bar", "Front", "Rule", "Back", "Answers", "Grades", "KeyFooter"]
            assert [found[part].y for part in parts] == rows
            assert {(found[part].x, found[part].width) for part in parts if part != "Rule"} == {column}
            assert [found[part].height for part in ("Front", "Rule", "Back", "Answers")] == {
                15: [3, 1, 5, 1],
                24: [5, 1, 7, 3],
                50: [8, 1, 9, 3],
            }[size[1]]

    @pytest.mark.parametrize("size", [*SIZES, (60, 20), (200, 34)])
    async def test_nothing_moves_with_the_answer(self, size: tuple[int, int]) -> None:
        async with desk(size) as (screen, pilot):
            for options in (TWO, THREE, NINE[:4], NINE):
                screen.card.show_front("Providers need an advanced education.")
                screen.place.ask(options)
                await pilot.pause()
                before = screen.regions()
                assert all(screen.region.contains_region(region) for region in before.values())
                screen.feedback()
                screen.place.judged(0, 1)
                screen.grades.offer(INTERVALS, Grade.AGAIN)
                await pilot.pause()
                assert screen.regions() == before
                screen.place.grade(INTERVALS, Grade.GOOD)
                await pilot.pause()
                assert screen.regions() | {"Answers": before["Answers"]} == before

    @pytest.mark.parametrize("size", SIZES[:2])
    async def test_a_long_list_shortens_the_card_only(self, size: tuple[int, int]) -> None:
        async with desk(size) as (screen, pilot):
            screen.place.ask(THREE)
            await pilot.pause()
            few, card = screen.regions(), screen.card.size.height
            screen.place.ask(NINE[:5])
            await pilot.pause()
            many = screen.regions()
            assert (many["Place"].bottom, many["Grades"]) == (few["Place"].bottom, few["Grades"])
            assert card - screen.card.size.height == many["Place"].height - few["Place"].height > 0


class TestHeader:
    async def test_title_part_note_and_clock(self) -> None:
        async with desk() as (screen, pilot):
            header = screen.header
            header.part, header.note, header.clock = "Sprint", "11 right", "0:42"
            await pilot.pause()
            running = lines(header)[0]
            assert running.startswith("BPO or KPO?  Sprint  ")
            assert running.endswith("11 right     0:42")
            header.still = True
            await pilot.pause()
            assert lines(header)[0] == running.replace("     0:42", "   ‖ 0:42")
            assert colour(header, "0:42") == variable(header, "text-muted")

    async def test_a_mark_stands_before_the_note(self) -> None:
        async with desk() as (screen, pilot):
            screen.header.mark = "⚑ Flagged"
            await pilot.pause()
            assert lines(screen.header)[0].endswith("  ⚑ Flagged   7 of 17")
            assert colour(screen.header, "Flagged") == variable(screen.header, "foreground")
            screen.header.note = ""
            await pilot.pause()
            assert lines(screen.header)[0].endswith("  ⚑ Flagged")

    async def test_a_title_without_room_is_cut(self) -> None:
        async with desk((40, 15)) as (screen, pilot):
            screen.header.heading = "BPO and KPO: terms and contrasts"
            screen.header.part = "Sprint"
            await pilot.pause()
            assert lines(screen.header) == ["BPO and KPO: terms and contr…  7 of 17"]


class TestBar:
    async def test_it_is_drawn_in_half_cells(self) -> None:
        async with desk() as (screen, _):
            assert lines(screen.bar) == ["━" * 24 + "╸" + "─" * 45]
            assert colour(screen.bar, "━") == variable(screen.bar, "text-secondary")

    async def test_it_is_drawn_again_only_where_half_a_cell_changes(self) -> None:
        async with desk() as (screen, pilot):
            drawn: list[float] = []
            render = screen.bar.render

            def counted() -> Content:
                drawn.append(screen.bar.fraction)
                return render()

            screen.bar.render = counted  # type: ignore[method-assign]
            for fraction in (0.5, 0.501, 0.503, 0.5072, 0.508):
                screen.bar.fraction = fraction
                await pilot.pause()
            assert drawn == [0.5, 0.5072]

    async def test_the_time_that_is_left_shows_to_its_end(self) -> None:
        bar = Bar(1.0, quiz=True)
        async with desk() as (screen, pilot):
            await screen.mount(bar)
            for fraction, cells in ((1.0, "━" * 80), (0.0001, "╸" + "─" * 79), (0.0, "─" * 80)):
                bar.fraction = fraction
                await pilot.pause()
                assert lines(bar) == [cells]
            bar.fraction = 0.5
            await pilot.pause()
            assert colour(bar, "━") == variable(bar, "text-primary")
            bar.still = True
            await pilot.pause()
            assert colour(bar, "━") == variable(bar, "text-muted")


class TestCard:
    async def test_front_and_back_read_as_in_the_picture(self) -> None:
        async with desk() as (screen, pilot):
            screen.card.show_front("Providers need an advanced education.")
            screen.feedback()
            await pilot.pause()
            assert lines(screen.card.front)[2].lstrip() == "Providers need an advanced education."
            assert [line.strip() for line in lines(screen.card.back)] == [
                "✗ Wrong. It is ● KPO.",
                "Advanced education is on the list of what makes KPO",
                "hard to provide. The article sets no such bar for BPO.",
                "",
                "Compare  ◆ BPO  Nearly anybody could offer this service.",
                "",
                "",
            ]
            assert not screen.card.compare_waits

    async def test_on_a_short_screen_compare_takes_the_place_of_why(self) -> None:
        async with desk((40, 15)) as (screen, pilot):
            screen.card.show_front("Providers need an advanced education.")
            screen.feedback()
            await pilot.pause()
            assert screen.card.compare_waits
            screen.feedback("Short.")
            assert screen.card.compare_waits  # as always on a short screen
            await pilot.pause()
            assert "Compare" not in "".join(lines(screen.card.back))
            screen.card.toggle_compare()
            await pilot.pause()
            shown = [line.strip() for line in lines(screen.card.back)]
            assert shown[:2] == ["✗ Wrong. It is ● KPO.", "Compare  ◆ BPO"]
            assert " ".join(shown[2:]).strip() == COMPARE[0].text

    async def test_a_long_front_scrolls(self) -> None:
        async with desk() as (screen, pilot):
            screen.card.show_front("\n".join(f"line {number}" for number in range(8)))
            await pilot.pause()
            front = screen.card.front
            assert [line.split() for line in lines(front)][-1] == ["line", "4", "↓"]
            assert screen.card.scroll_front(1)
            await pilot.pause()
            assert [line.split() for line in lines(front)] == [
                ["line", "3", "↑"], ["line", "4"], ["line", "5"], ["line", "6"], ["line", "7"],
            ]  # fmt: skip
            assert not screen.card.scroll_front(1)
            assert len(lines(front)[0]) == front.size.width

    async def test_a_flip_answer_stands_in_the_middle(self) -> None:
        async with desk() as (screen, pilot):
            screen.card.show_flip("Processes of business.")
            await pilot.pause()
            shown = lines(screen.card.back)
            assert [bool(line) for line in shown] == [False, False, False, True, False, False, False]
            assert shown[3].index("P") == 22

    async def test_a_pause_hides_the_card_and_keeps_it(self) -> None:
        async with desk() as (screen, pilot):
            screen.card.show_front("Question")
            screen.card.show_flip("Answer")
            screen.card.hide("Paused.")
            await pilot.pause()
            hidden = "".join(lines(screen.card.front) + lines(screen.card.back))
            assert hidden.strip() == "Paused."
            screen.card.unhide()
            await pilot.pause()
            assert "".join(lines(screen.card.front) + lines(screen.card.back)).split() == [
                "Question",
                "Answer",
            ]

    async def test_text_is_never_markup(self) -> None:
        async with desk() as (screen, pilot):
            screen.header.heading = MARKUP
            screen.card.show_front(MARKUP)
            screen.card.show_back(choice(0, MARKUP), MARKUP, [Compare(0, "KPO", MARKUP)])
            screen.place.ask([Option(MARKUP, "r"), Option("x" * 30, "x")])
            await pilot.pause()
            for widget in (screen.header, screen.card.front, screen.card.back, screen.place.answers):
                assert MARKUP in " ".join(" ".join(lines(widget)).split())
            assert " ".join(lines(screen.card.back)).count("click") == 3


class TestAnswers:
    async def test_short_ones_stand_side_by_side(self) -> None:
        async with desk() as (screen, pilot):
            screen.place.ask([*TWO, Option("Both", "")])
            await pilot.pause()
            answers = screen.place.answers
            assert lines(answers)[1].split() == ["b", "◆", "BPO", "k", "●", "KPO", "3", "■", "Both"]
            assert colour(answers, "●") == variable(answers, "choice-2")
            assert colour(answers, "BPO", ground=True) == variable(answers, "panel")
            screen.place.judged(0, 1)
            await pilot.pause()
            assert lines(answers)[1].split() == ["✗", "BPO", "✓", "KPO", "■", "Both"]
            for text, style, ground in (
                ("BPO", "text-error", "wrong-bg"),
                ("KPO", "text-success", "right-bg"),
            ):
                assert colour(answers, text) == variable(answers, style)
                assert colour(answers, text, ground=True) == variable(answers, ground)
            assert colour(answers, "Both") == variable(answers, "text-muted")

    @pytest.mark.parametrize("options", [NINE[:4], [Option("Nineteen characters", "n"), Option("KPO", "k")]])
    async def test_more_or_longer_ones_are_a_list(self, options: list[Option]) -> None:
        async with desk() as (screen, pilot):
            screen.place.ask(options)
            await pilot.pause()
            assert [line.split(maxsplit=2)[2] for line in lines(screen.place.answers)] == [
                o.text for o in options
            ]

    async def test_a_list_without_room_has_two_columns(self) -> None:
        async with desk((40, 15)) as (screen, pilot):
            screen.place.ask(NINE)
            await pilot.pause()
            assert lines(screen.place.answers)[0].split() == [
                "a",
                "◆",
                "Choice",
                "0",
                "f",
                "★",
                "Choice",
                "5",
            ]
            assert screen.place.size.height == 5
            await pilot.click(Answers, offset=(25, 3))
            assert [message.place for message in screen.said if isinstance(message, Answers.Chosen)] == [8]

    async def test_a_click_chooses(self) -> None:
        async with desk() as (screen, pilot):
            screen.place.ask(THREE)
            await pilot.pause()
            for x in (3, 23, 25, 69):
                await pilot.click(Answers, offset=(x, 0))
            assert [message.place for message in screen.said if isinstance(message, Answers.Chosen)] == [
                0,
                1,
                2,
            ]


class TestGrades:
    @pytest.mark.parametrize(
        ("size", "row"),
        [
            ((80, 24), "  ▸ 1 Again 10m      2 Hard 1d         3 Good 3d        4 Easy 8d"),
            ((40, 15), "▸1 Again   2 Hard   3 Good    4 Easy"),
        ],
    )
    async def test_the_row_is_that_of_the_picture(self, size: tuple[int, int], row: str) -> None:
        async with desk(size) as (screen, pilot):
            screen.grades.offer(INTERVALS, Grade.AGAIN)
            await pilot.pause()
            assert lines(screen.grades) == [row]
            assert colour(screen.grades, "Again") == variable(screen.grades, "ink")
            assert colour(screen.grades, "Again", ground=True) == variable(screen.grades, "primary")

    async def test_boxes_stand_in_the_place_of_the_answers(self) -> None:
        async with desk() as (screen, pilot):
            screen.place.ask(THREE)
            screen.place.grade(INTERVALS, Grade.GOOD)
            await pilot.pause()
            boxes = screen.place.grades
            assert boxes.region == screen.place.region
            assert lines(boxes)[1].split("  ")[-1].strip() == "4 Easy 8d"
            await pilot.click(screen.grades, offset=(3, 0))  # nothing is offered there
            for x in (0, 17, 40, 69):
                await pilot.click(boxes, offset=(x, 2))
            assert [m.grade for m in screen.said if isinstance(m, Grades.Graded)] == [
                Grade.AGAIN, Grade.GOOD, Grade.EASY,
            ]  # fmt: skip

    async def test_fewer_are_as_wide_as_four_and_stand_in_the_middle(self) -> None:
        async with desk() as (screen, pilot):
            screen.place.ask(THREE)
            two = {Grade.GOOD: "", Grade.AGAIN: ""}
            screen.grades.offer(two, Grade.GOOD)
            screen.place.grade({**two, Grade.HARD: "1d"}, Grade.GOOD)
            await pilot.pause()
            assert lines(screen.grades) == [" " * 17 + "     1 Again          ▸ 3 Good"]
            assert lines(screen.place.grades)[1].split() == [
                "1",
                "Again",
                "2",
                "Hard",
                "1d",
                "▸",
                "3",
                "Good",
            ]
            for x in (0, 16, 18, 40, 53, 69):
                await pilot.click(screen.grades, offset=(x, 0))
            assert [m.grade for m in screen.said if isinstance(m, Grades.Graded)] == [Grade.AGAIN, Grade.GOOD]

    @pytest.mark.parametrize("size", SIZES)
    async def test_a_line_stands_in_their_place(self, size: tuple[int, int]) -> None:
        async with desk(size) as (screen, pilot):
            before = screen.regions()
            screen.grades.clear(f"Undone: {MARKUP} " + "and so on " * 9)
            await pilot.pause()
            (line,) = lines(screen.grades)
            assert line.startswith("Undone: [red] [/foo]")
            assert line.endswith("…")
            assert screen.regions() == before
            await pilot.click(screen.grades, offset=(5, 0))
            assert not screen.said
            screen.grades.offer(INTERVALS, Grade.GOOD)
            await pilot.pause()
            assert "Taken" not in lines(screen.grades)[0]
            screen.grades.clear()
            await pilot.pause()
            assert lines(screen.grades) == [""]


class TestTyped:
    async def test_every_printable_key_is_text(self) -> None:
        async with desk() as (screen, pilot):
            screen.place.ask_typed()
            await pilot.pause()
            await pilot.press("1", "space", "question_mark", "b")
            assert screen.place.typed.value == "1 ?b"
            assert screen.pressed == []

    async def test_keys_of_an_empty_line_belong_to_the_screen(self) -> None:
        async with desk() as (screen, pilot):
            screen.place.ask_typed()
            await pilot.pause()
            await pilot.press("a", "backspace", "enter", "backspace", "f1")
            assert screen.pressed == ["enter", "backspace", "help"]

    async def test_after_the_answer_keys_belong_to_the_screen(self) -> None:
        async with desk() as (screen, pilot):
            screen.place.ask_typed()
            await pilot.pause()
            await pilot.press("a")
            screen.place.typed.close()
            await pilot.pause()
            await pilot.press("1")
            assert (screen.place.typed.value, screen.pressed) == ("a", ["1"])

    async def test_a_control_character_becomes_a_sign(self) -> None:
        async with desk() as (screen, _):
            screen.place.typed.value = "a\x1b[31m"
            assert screen.place.typed.value == "a␛[31m"


class TestFooter:
    async def test_help_and_esc_come_last(self) -> None:
        async with desk() as (screen, _):
            shown = "Space Show answer   1–4 Grade   Bksp Undo   ? Help   Esc Leave"
            assert lines(screen.footer) == [" " * ((70 - len(shown)) // 2) + shown]

    async def test_without_room_keys_go_from_the_back(self) -> None:
        async with desk((40, 15)) as (screen, pilot):
            screen.footer.label("take", "Again, 10m")
            await pilot.pause()
            assert lines(screen.footer) == [" Space Again, 10m  ? Help  Esc Leave"]

    async def test_a_click_presses_the_key_but_not_one_of_several(self) -> None:
        async with desk() as (screen, pilot):
            row = lines(screen.footer)[0]
            for text in ("Undo", "Grade", "Help"):
                await pilot.click(screen.footer, offset=(row.index(text), 0))
            assert screen.pressed == ["backspace", "help"]

    @pytest.mark.parametrize(
        ("key", "name"),
        [
            ("space", "Space"),
            ("ctrl+p", "^p"),
            ("f2", "F2"),
            ("question_mark", "?"),
            ("slash", "/"),
            ("d", "d"),
        ],
    )
    def test_keys_have_the_names_people_know(self, key: str, name: str) -> None:
        assert key_name(key) == name


class TestRuns:
    async def test_bars_are_in_eighths_and_the_ends_are_labelled(self) -> None:
        runs = Runs([99, 8, 11, 9, 14, 13, 18, 16, 21, 19, 24])
        async with desk() as (screen, pilot):
            await screen.mount(runs)
            await pilot.pause()
            assert lines(runs) == [
                "               ▂▂    ▅▅ ▃▃ ██",
                "   ▃▃ ▁▁ ▆▆ ▅▅ ██ ██ ██ ██ ██",
                "██ ██ ██ ██ ██ ██ ██ ██ ██ ██",
                "8                          24",
            ]
            assert colour(runs, "8") == variable(runs, "text-muted")
            runs.show([-2, 0])
            await pilot.pause()
            assert lines(runs) == ["", "", "▁▁ ▁▁", "−2  0"]
