"""Every message says what to do, not only what is wrong: a sentence for the fault, and one for the remedy."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import engine.feel

PARTS = sorted(Path(engine.feel.__file__).parent.rglob("*.py"))
SPEAKERS = {"Fault", "Excess", "fail", "error", "refuse", "FeelSyntaxError", "EvaluationError"}


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
