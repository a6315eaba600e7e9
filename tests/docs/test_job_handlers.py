"""The page about handlers of jobs names every handler that comes with the engine, what it needs and what it throws."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.jobs.loading import BUILT_IN

from .pages import code, rows, section

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "job-handlers.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_every_handler_has_its_part() -> None:
    assert set(re.findall(r"^## `(.+)`$", TEXT, re.MULTILINE)) == set(BUILT_IN)


@pytest.mark.parametrize("name", BUILT_IN)
def test_its_inputs_and_errors_stand_there(name: str) -> None:
    told = section(TEXT, f"## `{name}`")
    listed = rows(told)
    required = {code(cells[0])[0] for cells in listed if "required" in cells[1]}
    assert required == BUILT_IN[name].inputs
    _, heading, below = told.partition("| error | when |")
    errors = {word for cells in rows((heading + below).partition("\n\n")[0]) for word in code(cells[0])}
    assert errors == BUILT_IN[name].errors
