"""docs/how-to/watch-an-installation.md names every event that a log tells, and everything that `stegvis doctor` looks at."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from engine.telemetry.fields import KeepFields

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "watch-an-installation.md").read_text(encoding="utf-8")
LEVELS = {"debug", "info", "warning", "error", "critical"}
REMARKS = {"error", "warning", "well", "lacking"}


def first_column(heading: str) -> set[str]:
    """The names in the first column of the table with this heading."""
    _, _, after = PAGE.partition(f"| {heading} |")
    table, _, _ = after.partition("\n\n")
    rows = [line.split("|")[1] for line in table.splitlines()[2:]]
    return {name for row in rows for name in re.findall(r"`([a-z-]+)`", row)}


def calls(*folders: str) -> Iterator[ast.Call]:
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield node


def slug(call: ast.Call) -> str:
    """The first argument, where it is a name such as `step-failed`."""
    first = call.args[0] if call.args else None
    is_text = isinstance(first, ast.Constant) and isinstance(first.value, str)
    return str(first.value) if is_text and isinstance(first, ast.Constant) else ""


def tells(call: ast.Call) -> bool:
    """Whether it tells an event: by a logger, by what chooses its level, or by `jobs.attempts.tell`."""
    of = call.func
    by_logger = isinstance(of, ast.Attribute) and of.attr in LEVELS and "log" in ast.unparse(of.value).lower()
    by_choice = isinstance(of, ast.Call) and "get_logger" in ast.unparse(of)
    return by_logger or by_choice or (isinstance(of, ast.Name) and of.id == "tell")


def test_every_event_of_the_log_is_explained_and_nothing_else_is() -> None:
    told = {slug(call) for call in calls("engine", "api") if tells(call)} - {""}
    assert len(told) > 15
    unnamed = str(KeepFields()(None, "info", {"event": "No slug"})["event"])
    assert told | {unnamed} == first_column("event")


def test_everything_that_the_doctor_looks_at_is_explained_and_nothing_else_is() -> None:
    places = ("engine/doctor", "engine/storage/sql/examining")
    told = {slug(call) for call in calls(*places) if isinstance(call.func, ast.Name) and call.func.id in REMARKS} - {""}
    assert len(told) > 20
    assert told == first_column("check")
