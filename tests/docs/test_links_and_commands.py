"""Links lead somewhere, commands exist as they are written, codes of errors are told."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from engine import errors
from engine.cli import cli

from .pages import PAGES, ROOT, code, page, rows

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCED = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"(?:^|[`$(&]|&& |STEGVIS_\w+=\S+ )\s*(stegvis (?:-|[a-z])[^`\n|]*)", re.MULTILINE)


def anchors(file: Path) -> set[str]:
    """What headings of a page can be linked by, as GitHub makes it."""
    headings = re.findall(r"^#+ (.*)$", FENCED.sub("", file.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_links(file: Path) -> Iterator[str]:
    for link in LINK.findall(FENCED.sub("", file.read_text(encoding="utf-8"))):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        target = (file.parent / path).resolve() if path else file
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield link


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file_and_a_heading(file: Path) -> None:
    assert list(dead_links(file)) == []


def test_every_page_is_in_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / link.partition("#")[0]).resolve() for link in LINK.findall(index.read_text(encoding="utf-8"))}
    assert {file for file in PAGES if index.parent in file.parents} - linked - {index} == set()


def written_commands() -> list[str]:
    found = [match.strip() for file in PAGES for match in COMMAND.findall(file.read_text(encoding="utf-8"))]
    return sorted({re.sub(r"\s+(#|&&).*", "", line) for line in found})


def named(line: str) -> tuple[click.Command, list[str]]:
    """The command that a line names, and the options on it."""
    context = click.Context(cli)
    command: click.Command = cli
    words = shlex.split(line)[1:]
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        assert found is not None, f"{line!r}: there is no command {words[0]!r}"
        command, words = found, words[1:]
    return command, [word.partition("=")[0] for word in words if word.startswith("--")]


@pytest.mark.parametrize("line", written_commands())
def test_every_command_line_exists_with_its_options(line: str) -> None:
    command, options = named(line)
    known = {name for parameter in command.params for name in parameter.opts} | {"--help"}
    assert set(options) <= known
    if not options:
        assert not isinstance(command, click.Group), f"{line!r} names no command"


def commands(group: click.Group, name: str) -> Iterator[str]:
    context = click.Context(group)
    for inner in group.list_commands(context):
        command = group.get_command(context, inner)
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {inner}")
        else:
            yield f"{name} {inner}"


def test_every_command_has_its_row() -> None:
    told = [code(cells[0])[0] for cells in rows(page("reference/cli.md"))]
    missing = [name for name in commands(cli, "stegvis") if not any(f"{row} ".startswith(f"{name} ") for row in told)]
    assert missing == []


def test_every_code_of_an_error_is_in_the_reference_of_the_api() -> None:
    told = {name for cells in rows(page("reference/api.md")) for name in code(cells[0])}
    classes = [found for found in vars(errors).values() if isinstance(found, type) and issubclass(found, errors.StegvisError)]
    assert {found.code for found in classes} - {errors.StegvisError.code} - told == set()
