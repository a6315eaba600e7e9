"""The pages about importing: their examples are true in both languages, and the table names what is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine import importing
from engine.importing import Dialect, to_feel

from .pages import code, page, rows, section

PAGES = ("how-to/import-a-diagram.md", "how-to/importera-ett-diagram.md")


def examples(name: str) -> list[tuple[Dialect, str, str]]:
    found: list[tuple[Dialect, str, str]] = []
    for language, block in re.findall(r"^```(import|import-python)\n(.*?)^```", page(name), re.DOTALL | re.MULTILINE):
        dialect = Dialect.SPIFF if language == "import-python" else Dialect.CAMUNDA_7
        for line in block.splitlines():
            source, _, target = line.partition("=>")
            found.append((dialect, source.strip(), target.strip()))
    return found


@pytest.mark.parametrize(("dialect", "source", "target"), [one for name in PAGES for one in examples(name)])
def test_the_translations_are_as_written(dialect: Dialect, source: str, target: str) -> None:
    assert f"= {to_feel(source, dialect, {}, is_condition=True)}" == target


def test_both_languages_have_examples() -> None:
    assert all(len(examples(name)) >= 6 for name in PAGES)


def test_everything_in_the_table_is_read() -> None:
    rooms = Path(importing.__file__).parent
    tools = enumerate(("camunda7", "camunda8", "spiff"), 1)
    readers = {column: (rooms / f"{name}.py").read_text(encoding="utf-8") for column, name in tools}
    table = rows(section(page(PAGES[0]), "## What is taken over"))
    told = [(column, word) for row in table for column in readers for word in code(row[column])]
    missing = {word for column, word in told if word not in readers[column]}
    assert missing == set()
    assert len(table) > 15
