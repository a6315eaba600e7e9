"""Every example of the reference is true, and every built-in function has one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from engine import feel
from engine.feel import BUILTIN_NAMES, FeelError, format_value, from_json

from .tables import evaluate, shown

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "feel.md"
TEXT = REFERENCE.read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def examples(language: str) -> list[tuple[str, str]]:
    lines = [line for block in blocks(language) for line in block.splitlines()]
    return [(expression.strip(), value) for expression, _, value in (line.rpartition(" => ") for line in lines)]


SCOPE: dict[str, object] = json.loads(blocks("json")[0])


@pytest.mark.parametrize(("text", "value"), examples("feel"))
def test_example(text: str, value: str) -> None:
    assert shown(text, SCOPE) == value


@pytest.mark.parametrize(("text", "message"), examples("feel-errors"))
def test_error(text: str, message: str) -> None:
    with pytest.raises(FeelError) as caught:
        evaluate(text, SCOPE)
    assert caught.value.message == message


@pytest.mark.parametrize(("text", "told"), examples("feel-check"))
def test_static_help(text: str, told: str) -> None:
    types = feel.examine(format_value(from_json(SCOPE))).type.members
    (problem,) = feel.check(text, types=types)
    assert f"{problem.message} {problem.remedy}" == told


def test_every_builtin_has_its_entry_and_an_example() -> None:
    listed = set(re.findall(r"`([a-z][a-z ]*)`", TEXT))
    shown_in = " ".join(text for text, _ in examples("feel"))
    assert listed >= BUILTIN_NAMES
    assert {name for name in BUILTIN_NAMES if f"{name}(" not in shown_in} == set()
