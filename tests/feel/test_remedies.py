"""Every message says what to do, not only what is wrong: a sentence for the fault, and one for the remedy."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import engine.feel

PARTS = sorted(Path(engine.feel.__file__).parent.rglob("*.py"))
SPEAKERS = {"Fault", "Excess", "error", "EvaluationError"}
REFUSERS = {"fail", "refuse", "FeelSyntaxError"}


def _written(node: ast.expr) -> str | None:
    """A message with `¤` for what is filled in; None for what is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "¤" for part in node.values)  # type: ignore[misc]
    return None


def _messages(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in SPEAKERS and (message := _written(node.args[0])) is not None:
                yield node.lineno, message


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.stem)
def test_a_message_of_the_language_has_a_remedy(path: Path) -> None:
    silent = [
        (line, text) for line, text in _messages(path) if not re.search(r"[.;,](?: .*[.?]$| ?¤$)|: ¤(?: ¤)?$", text, re.DOTALL)
    ]
    assert silent == []


def _sentences(path: Path) -> Iterator[tuple[int, str, str]]:
    """What refusals of a text say, and what they advise, where both are written there or just before."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        named = {
            target.id: one.value
            for one in ast.walk(function)
            if isinstance(one, ast.Assign)
            for target in one.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and len(node.args) > 1:
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                parts = [named.get(one.id, one) if isinstance(one, ast.Name) else one for one in node.args[:2]]
                texts = [_written(one.args[0]) for one in parts if isinstance(one, ast.Call) and one.args]
                if name in REFUSERS and len(texts) == 2 and None not in texts:
                    yield node.lineno, texts[0] or "", texts[1] or ""


def test_refusals_of_a_text_say_what_is_wrong_and_what_to_do() -> None:
    found = [(path.stem, *one) for path in PARTS for one in _sentences(path)]
    assert len(found) > 25
    wrong = [one for one in found if one[2].endswith(".") or not one[3].endswith((".", "?"))]
    assert wrong == []
