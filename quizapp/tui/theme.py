"""The two themes, and what Textual's other themes lack. The only place with colours as numbers."""

from __future__ import annotations

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

LAMP = "lamp"
"""Name of the dark theme."""
PAPER = "paper"
"""Name of the light theme."""
LAMP_16 = "lamp-16"
"""Name of the dark theme for terminals of 16 colours."""
PAPER_16 = "paper-16"
"""Name of the light theme for terminals of 16 colours."""

_DEFAULT = "ansi_default"
_FAINT = "ansi_bright_black"


def lamp() -> Theme:
    """The dark theme: a lamp on a desk at night. Bluer greys would turn black in 256 colours."""
    return Theme(
        name=LAMP,
        dark=True,
        background="#16171C",
        surface="#1E2027",
        panel="#2B2E37",
        foreground="#ECE6DA",
        primary="#F2B85B",
        accent="#F2B85B",
        secondary="#B9C0D4",
        success="#A8E6B4",
        error="#F28882",
        warning="#E8A37A",
        variables={
            **_texts(
                muted="#ADAAA0",
                primary="#F2B85B",
                secondary="#B9C0D4",
                success="#A8E6B4",
                error="#F28882",
                warning="#E8A37A",
            ),
            "right-bg": "#1D3329",
            "wrong-bg": "#402528",
            "ink": "#1A1408",
            "rule": "#414551",
            "track": "#3B3F4A",
            "choice-1": "#6FB7EE",
            "choice-2": "#D9DE8C",
            "choice-3": "#F0C4EA",
        },
    )


def paper() -> Theme:
    """The light theme: paper by day."""
    return Theme(
        name=PAPER,
        dark=False,
        background="#F5F0E4",
        surface="#FEFBF4",
        panel="#E9E1D0",
        foreground="#2B2721",
        primary="#8A4B00",
        accent="#8A4B00",
        secondary="#4A5268",
        success="#0B5B34",
        error="#B5261E",
        warning="#98401A",
        variables={
            **_texts(
                muted="#625B4D",
                primary="#8A4B00",
                secondary="#4A5268",
                success="#0B5B34",
                error="#B5261E",
                warning="#98401A",
            ),
            "right-bg": "#D9EBD9",
            "wrong-bg": "#F6DDD8",
            "ink": "#FFF9EC",
            "rule": "#CFC5B0",
            "track": "#D9CFBB",
            "choice-1": "#0B5C94",
            "choice-2": "#5C5F00",
            "choice-3": "#7A1F6E",
        },
    )


def _texts(*, muted: str, primary: str, **others: str) -> dict[str, str]:
    """The `text-*` variables, which Textual would otherwise mix from the colours; accent is primary."""
    texts = {"muted": muted, "primary": primary, "accent": primary, **others}
    return {"muted": muted, **{f"text-{name}": colour for name, colour in texts.items()}}


def lamp_16() -> Theme:
    """The dark theme in the terminal's own sixteen colours."""
    return _sixteen(LAMP_16, dark=True)


def paper_16() -> Theme:
    """The light theme in the terminal's own sixteen colours."""
    return _sixteen(PAPER_16, dark=False)


def _sixteen(name: str, *, dark: bool) -> Theme:
    """Every ground is the terminal's own; right is green, wrong red, keys yellow."""
    black, white = ("ansi_black", "ansi_white") if dark else ("ansi_white", "ansi_black")
    return Theme(
        name=name,
        ansi=True,
        dark=dark,
        background=_DEFAULT,
        surface=_DEFAULT,
        panel=_DEFAULT,
        boost=_DEFAULT,
        foreground=_DEFAULT,
        primary="ansi_yellow",
        accent="ansi_yellow",
        secondary=_DEFAULT,
        success="ansi_green",
        error="ansi_red",
        warning="ansi_magenta",
        variables={
            **_texts(
                muted=_DEFAULT,
                primary="ansi_yellow",
                secondary=_DEFAULT,
                success="ansi_green",
                error="ansi_red",
                warning="ansi_magenta",
            ),
            "ansi-background": black,
            "ansi-foreground": white,
            "right-bg": _DEFAULT,
            "wrong-bg": _DEFAULT,
            "ink": "ansi_black",
            "rule": "ansi_bright_black",
            "track": "ansi_bright_black",
            "choice-1": "ansi_blue",
            "choice-2": "ansi_cyan",
            "choice-3": "ansi_magenta",
        },
    )


def theme_names() -> tuple[str, ...]:
    """The names of all themes that may be chosen, ours first. Those for 16 colours follow from the others."""
    return (LAMP, PAPER, *sorted(BUILTIN_THEMES.keys() - {LAMP, PAPER}))


def theme_defaults(theme: Theme) -> dict[str, str]:
    """Our own variables for a theme that lacks them, from its colours: `App.get_theme_variable_defaults`."""
    if theme.variables.keys() >= lamp().variables.keys():
        return {}  # it has them all
    colours = {**theme.to_color_system().generate(), **theme.variables}
    faint = {"muted": colours["text-muted"], "rule": _FAINT, "track": _FAINT, "ink": "ansi_black"}
    if not theme.ansi:
        # Styles in a Content drop the percentage of a variable, so these are mixed here.
        ground, text = Color.parse(colours["background"]), Color.parse(colours["foreground"])
        shares = {"muted": 0.7, "rule": 0.2, "track": 0.15}
        faint = {name: ground.blend(text, share, 1).hex for name, share in shares.items()}
        faint["ink"] = Color.parse(colours["primary"]).get_contrast_text(1).hex
    return {
        **faint,
        "right-bg": colours["surface"],
        "wrong-bg": colours["surface"],
        "choice-1": colours["text-primary"],
        "choice-2": colours["text-warning"],
        "choice-3": colours["text-secondary"],
    }


def theme_changes(theme: Theme) -> dict[str, str]:
    """What to lay over a theme's own variables in `App.get_css_variables`.

    Textual's `text-muted` is a share of an automatic colour, which a Content draws as full text.
    """
    if theme.ansi or "text-muted" in theme.variables:
        return {}
    return {"text-muted": theme_defaults(theme)["muted"]}
