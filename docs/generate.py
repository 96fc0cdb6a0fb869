"""Makes docs/keys.md from the bindings, docs/settings.md from the types of the settings, docs/problems.md
from the list that the tests hold, and the JSON Schema of the deck format from the types of its tables.

Run it from a checkout with the package installed: `python docs/generate.py`.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.deck.schema import schema_text
from quizapp.deck.schema_file import schema_file
from quizapp.deck.text import visible
from quizapp.settings.catalogue import as_toml, settings_list
from quizapp.settings.read import parse_config
from quizapp.tui.keymap import EVERYWHERE, VIM, Bound, bindings, grouped, written

if TYPE_CHECKING:
    from tests.deck.problem_kinds import FileKind, HintKind, Kind

KEYS = """\
# Keys

`?` or F1 says on every screen what its keys do; this is all of them.

A question is answered by the letters that the screen shows, in either case, by the digits 1 to 9, and with
two or three choices by ← ↓ →. In a typed answer every letter, digit and sign is text. These keys belong to
the answers and can't be changed.

## Other keys

In the app: `,` on home opens the settings, whose last row leads to the keys. Enter, and then a key, gives a
binding that key; Backspace gives it its usual ones again. In `config.toml` (`quizapp paths` says where that
is) the same is a line below `[keys]`: the binding's id, and its keys with commas between them.

```toml
[keys]
"home.quiz"  = "z"          # Timed quiz on home: z, and t no more
"quiz.pause" = "escape, f12"
```

- **The keys you give replace the usual ones.** To keep one of those, name it too.
- A letter is written as it is (`z`, `Z`), and so is a sign (`?`, `.`), but for the comma: `comma`. Other
  keys have names:
  {names};
  `ctrl+x` is Ctrl and x.
- On study and quiz, and for what works everywhere, letters, digits and arrows can't be given: they belong
  to the answers. No key stands for two things in one place, and `ctrl+c` is the terminal's own.
- What can't be bound is a problem of the file, with its line (`quizapp settings` lists them); the usual
  keys work then.

## The keys of vi

`keymap = "vim"` in `config.toml`, or Set of keys on the settings screen, moves lists and long texts by vi's
keys too. Nothing changes on a question.

{vim}

## The bindings
{tables}"""

SETTINGS = """\
# Settings

`,` on home opens them, `quizapp settings` lists them; both write to `config.toml`, and so may you. Comments
in it stay. `quizapp paths` says where the file is; it need not be there.

```toml
{example}```

What is not in the file has its usual value. A deck's own `[study]` comes before that of the settings.

| setting | what it does | takes | usually |
| --- | --- | --- | --- |
{rows}

Under `[keys]` stand keys of your own; [keys.md](keys.md) has the ids. A folder in `decks` without a root
lies where the config file lies; `decks` and `rollover`, and
whatever you change by hand while the app runs, count from the next start on; all else at once.

On the command line:

```console
$ quizapp settings                          # all of them, and what is wrong in the file
$ quizapp settings study.new_per_day        # one
$ quizapp settings study.new_per_day 10     # change it
$ quizapp settings --reset theme            # its usual value again
$ quizapp settings keys.home.quiz z         # a key of your own
```

## What is wrong in the file

Nothing in it stops the program. A value that won't do is a problem with its line, column and remedy, and
the usual value counts instead:

```
{problem}
```

Home shows that there are problems, `p` shows which; `quizapp settings` lists them and exits with 1.
"""

PROBLEMS = """\
# Problems and hints

`quizapp check` lists them with their line and column, and quotes the line. All problems of a deck are told at
once. What stands here as a key, an answer or a number is that of the example; where nothing is named to do,
the words say what is wanted.

{tables}

## Hints

A deck without problems may have these. Its cards work, but are easier to guess than they look, or harder to
learn. `quizapp check --strict` lets them count. Of fewer than five statements a side nothing is said.

{hints}
"""

EXAMPLE = """\
theme = "paper"             # ctrl+t shows them all
keymap = "vim"
decks = ["~/french"]        # folders with decks, besides your own

[study]
new_per_day = 10            # cards a day, for each deck
retention = 0.85            # fewer reviews, more forgotten

[quiz]
clock = false               # F2 shows it
right_seconds = 0.2

[keys]
"home.quiz" = "z"           # docs/keys.md has the ids
"""
WRONG = "[study]\nretention = 85\n"
_LONGEST_SAMPLE = 48
_NAMES = ("enter", "space", "tab", "escape", "backspace", "delete", "pageup", "pagedown", "home", "end", "f2")


def keys_page() -> str:
    """docs/keys.md."""
    known = bindings()
    vim = [(_code(keys), known[id_].does, id_) for id_, keys in VIM.items()]
    tables: list[str] = []
    for group, found in grouped().items():
        rows = [(_code(bound.keys), bound.does, bound.id) for bound in found]
        tables += ["", f"### {group.capitalize()}", "", *_where(group, found), _table(rows)]
    return KEYS.format(
        names=", ".join(f"`{name}`" for name in _NAMES),
        vim=_table(vim),
        tables="\n".join(tables) + "\n",
    )


def _where(group: str, found: Sequence[Bound]) -> list[str]:
    """On which screens the bindings of a group work, where its name does not say that."""
    *names, last = dict.fromkeys(screen for bound in found for screen in bound.screens)
    said = textwrap.wrap(f"On {', '.join(names)} and {last}.", 118)
    return [*said, ""] if names and group != EVERYWHERE else []


def _code(keys: str) -> str:
    return " ".join(f"`{key}`" for key in written(keys).split(", "))


def _table(rows: Iterable[tuple[str, str, str]]) -> str:
    lines = [f"| {keys} | {does} | `{id_}` |" for keys, does, id_ in rows]
    return "\n".join(["| key | what it does | id |", "| --- | --- | --- |", *lines])


def settings_page() -> str:
    """docs/settings.md."""
    rows = [
        f"| `{one.key}` | {one.description} | {one.expected} | `{as_toml(one.default)}` |"
        for one in settings_list()
    ]
    (problem,) = parse_config(WRONG, Path("config.toml"), "config.toml").problems
    return SETTINGS.format(example=EXAMPLE, rows="\n".join(rows), problem=problem)


def problems_page() -> str:
    """docs/problems.md."""
    from tests.deck.problem_kinds import FILES, HINTS, KINDS

    tables = ["## The file\n", _said([[kind.name, *_words(kind)] for kind in FILES], "what is wrong")]
    for heading, kinds in KINDS.items():
        rows = [[kind.name, _sample(kind.text, kind.line), *_words(kind)] for kind in kinds]
        tables += [f"\n## {heading}\n", _said(rows, "what is wrong", "such as")]
    hints = _said([[kind.name, *_words(kind)] for kind in HINTS], "what could be better")
    return PROBLEMS.format(tables="\n".join(tables), hints=hints)


def _sample(text: str, line: int) -> str:
    """The line that a problem is about, as code that fits a table."""
    shown = visible(text.split("\n")[line - 1]).strip()
    return f"`{shown if len(shown) <= _LONGEST_SAMPLE else shown[: _LONGEST_SAMPLE - 1] + '…'}`"


def _words(kind: Kind | FileKind | HintKind) -> list[str]:
    """What is said of a problem, and its remedy, as Markdown."""
    return [text.replace("\\", "\\\\") for text in (kind.message, kind.remedy)]


def _said(rows: Iterable[Sequence[str]], *first: str) -> str:
    """A table of problems. first: the heads of the columns before what is said and what to do."""
    head = [*first, "what is said", "what to do"]
    lines = [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


def main() -> None:
    """Write them all."""
    folder = Path(__file__).parent
    (folder / "keys.md").write_text(keys_page(), encoding="utf-8")
    (folder / "settings.md").write_text(settings_page(), encoding="utf-8")
    (folder / "problems.md").write_text(problems_page(), encoding="utf-8")
    schema_file().write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    # The list of problems lies with the tests, which are no part of what is installed.
    sys.path.insert(0, str(Path(__file__).parent.parent))
    main()
