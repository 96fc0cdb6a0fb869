"""The documentation says what is so."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType

import pytest

from quizapp.cli.group import COMMANDS, cli
from quizapp.settings.catalogue import settings_list
from quizapp.settings.read import parse_config
from quizapp.tui.keymap import bindings, faulty_keys

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """docs/generate.py."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The code blocks of a page in this language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)


def command_lines(text: str) -> list[list[str]]:
    """What follows `quizapp` on each line of a page's console blocks."""
    found = [
        shlex.split(line.removeprefix("$ "), comments=True)
        for block in blocks(text, "console")
        for line in block.splitlines()
        if line.startswith("$ ")
    ]
    return [line[1:] for line in found if line[0] == "quizapp"]


class TestGenerated:
    """`python docs/generate.py` makes them anew; tests/deck/test_schema.py holds the schema."""

    def test_the_keys_are_those_of_the_program(self, generate: ModuleType) -> None:
        assert page("keys.md") == generate.keys_page()

    def test_the_settings_are_those_of_the_program(self, generate: ModuleType) -> None:
        assert page("settings.md") == generate.settings_page()

    def test_the_problems_are_those_that_the_tests_hold(self, generate: ModuleType) -> None:
        assert page("problems.md") == generate.problems_page()

    def test_every_binding_and_every_setting_is_there(self) -> None:
        for id_ in bindings():
            assert page("keys.md").count(f"| `{id_}` |") in (1, 2), "once, or with the keys of vi too"
        for setting in settings_list():
            assert page("settings.md").count(f"| `{setting.key}` |") == 1

    @pytest.mark.parametrize("name", ["settings.md", "keys.md"])
    def test_the_example_has_no_problems(self, name: str) -> None:
        (example,) = blocks(page(name), "toml")
        config = parse_config(example, Path("config.toml"), "config.toml")
        assert config.problems == ()
        assert config.settings.keys
        assert faulty_keys(config.settings) == {}

    @pytest.mark.parametrize("name", ["settings.md", "keys.md", "problems.md"])
    def test_their_lines_are_not_too_long(self, name: str) -> None:
        assert [line for line in page(name).splitlines() if len(line) > 120 and line[0] != "|"] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_every_command(name: str) -> None:
    assert f"quizapp {name}" in README


@pytest.mark.parametrize(
    "args", [*command_lines(README), *command_lines(page("settings.md"))], ids=lambda args: " ".join(args)
)
def test_every_command_line_can_be_given(args: list[str]) -> None:
    """Making its context reads the arguments and runs nothing; it raises for what does not exist."""
    with cli.make_context("quizapp", list(args)) as context:
        name, command, rest = cli.resolve_command(context, [*context._protected_args, *context.args])
        assert name in COMMANDS
        assert command is not None
        command.make_context(name, rest, parent=context)


def test_the_console_blocks_are_found() -> None:
    assert len(command_lines(README)) >= 7


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "docs/decks.md", "docs/keys.md", "docs/settings.md"]
)
def test_every_link_to_a_file_leads_to_one(name: str) -> None:
    path = ROOT / name
    for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).is_file(), target
