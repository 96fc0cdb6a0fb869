"""The colours can be read, and every theme has all of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

import quizapp.tui
from quizapp.learn.ask import Option
from quizapp.tui.theme import lamp, lamp_16, paper, paper_16, theme_changes, theme_defaults
from tests.tui.desk import colour, desk, variable

TUI = Path(quizapp.tui.__file__).parent
OURS = [lamp(), paper()]
TEXTS = [
    "foreground",
    "text-muted",
    "text-primary",
    "text-secondary",
    "text-success",
    "text-error",
    "text-warning",
    "choice-1",
    "choice-2",
    "choice-3",
]
PAIRS = [
    *((text, ground) for text in TEXTS for ground in ("background", "surface", "panel")),
    ("foreground", "right-bg"),
    ("foreground", "wrong-bg"),
    ("text-success", "right-bg"),
    ("text-error", "wrong-bg"),
    ("ink", "primary"),
]


def colours(theme: Theme) -> dict[str, str]:
    """What a variable is in the app."""
    generated = theme.to_color_system().generate()
    return {**theme_defaults(theme), **generated, **theme.variables, **theme_changes(theme)}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG defines it."""

    def luminance(colour: str) -> float:
        parts = [part / 255 for part in Color.parse(colour).rgb]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


class TestContrast:
    def test_black_on_white_is_twenty_one(self) -> None:
        assert contrast("#000000", "#FFFFFF") == pytest.approx(21)

    def test_there_are_thirty_five_pairs(self) -> None:
        assert len(PAIRS) == 35

    @pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
    @pytest.mark.parametrize(("text", "ground"), PAIRS)
    def test_each_pair_can_be_read(self, theme: Theme, text: str, ground: str) -> None:
        found = colours(theme)
        assert contrast(found[text], found[ground]) >= 4.5

    @pytest.mark.parametrize(("theme", "lowest"), [(lamp(), 5.57), (paper(), 4.95)], ids=["lamp", "paper"])
    def test_the_lowest_is_error_on_panel(self, theme: Theme, lowest: float) -> None:
        found = colours(theme)
        ratios = {pair: contrast(found[pair[0]], found[pair[1]]) for pair in PAIRS}
        assert min(ratios, key=ratios.__getitem__) == ("text-error", "panel")
        assert min(ratios.values()) == pytest.approx(lowest, abs=0.005)

    def test_the_dark_greys_stay_grey_in_256_colours(self) -> None:
        found = colours(lamp())
        assert all(Color.parse(found[name]).hsl.s < 0.15 for name in ("background", "surface", "panel"))


class TestVariables:
    @pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
    def test_text_variables_are_the_colours_themselves(self, theme: Theme) -> None:
        found = colours(theme)
        for name in ("primary", "secondary", "success", "error", "warning", "accent"):
            assert found[f"text-{name}"] == getattr(theme, name)
        assert found["text-muted"] == found["muted"]

    @pytest.mark.parametrize(
        "theme", [*OURS, lamp_16(), paper_16(), *BUILTIN_THEMES.values()], ids=lambda theme: theme.name
    )
    def test_every_theme_has_all_that_is_used(self, theme: Theme) -> None:
        found = colours(theme)
        sources = [*TUI.glob("*.tcss"), *(TUI / "widgets").glob("*.py")]
        used = {name for source in sources for name in re.findall(r"\$([a-z][a-z0-9-]*)", source.read_text())}
        used = used - {"choice-"} | {f"choice-{place}" for place in (1, 2, 3)}
        assert used
        assert used <= found.keys()
        for name in used:
            Color.parse(found[name].removesuffix(" 50%"))

    @pytest.mark.parametrize("theme", [lamp_16(), paper_16()], ids=lambda theme: theme.name)
    def test_sixteen_colours_are_the_terminals_own(self, theme: Theme) -> None:
        own = [theme.primary, theme.background, theme.surface, theme.panel, theme.success, theme.error]
        assert all((colour or "").startswith("ansi_") for colour in [*own, *theme.variables.values()])
        assert {"ansi-background", "ansi-foreground"} <= theme.variables.keys()

    @pytest.mark.parametrize("source", sorted(TUI.rglob("*.tcss")), ids=lambda path: path.name)
    def test_the_stylesheet_has_no_colours_of_its_own(self, source: Path) -> None:
        assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(", source.read_text())

    @pytest.mark.parametrize(
        "source", sorted(TUI.rglob("*.*css")) + sorted(TUI.rglob("*.py")), ids=lambda p: p.name
    )
    def test_text_has_the_text_variables(self, source: Path) -> None:
        text = re.sub(r"on \$\w+", "", source.read_text())
        assert not re.findall(r"(?<![-\w])color: \$(?:primary|error|success|warning)\b", text)
        assert not re.findall(r'"(?:bold )?\$(?:primary|error|success|warning|accent)\b', text)


async def test_another_theme_recolours_what_is_drawn() -> None:
    async with desk() as (screen, pilot):
        screen.place.ask([Option("BPO", "b")])
        for theme in ("paper", "nord", "textual-light"):
            screen.app.theme = theme
            await pilot.pause()
            assert colour(screen.place.answers, "◆") == variable(screen, "choice-1")
