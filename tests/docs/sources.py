"""What the engine's source says by itself: the rules of findings and the kinds of incidents, as they are written there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from .pages import ROOT


@cache
def _modules() -> tuple[ast.Module, ...]:
    return tuple(ast.parse(file.read_text(encoding="utf-8")) for file in sorted((ROOT / "engine").rglob("*.py")))


def _makers(node: ast.AST, inside: str = "") -> Iterator[tuple[str, int]]:
    """Functions and classes that take a `rule`, with its position among the arguments of a call."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            names = [argument.arg for argument in child.args.args]
            if "rule" in names:
                name = inside if child.name == "__init__" else child.name
                yield name, names.index("rule") - (names[0] == "self")
        yield from _makers(child, child.name if isinstance(child, ast.ClassDef) else inside)


def _calls(names: dict[str, int]) -> Iterator[tuple[ast.Call, str]]:
    """Calls of one of `names` with literal text at its position."""
    for module in _modules():
        for node in ast.walk(module):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            position = names.get(name, len(node.args))
            if len(node.args) > max(position, 1) and isinstance(value := node.args[position], ast.Constant):
                yield node, str(value.value)


def rules() -> dict[str, bool]:
    """Every rule that the engine can find broken, and whether it is a warning."""
    makers = {"Finding": 0, "Flaw": 0, **{name: at for module in _modules() for name, at in _makers(module)}}
    found: dict[str, bool] = {}
    for call, rule in _calls(makers):
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        found[rule] = any(ast.unparse(argument) == "Severity.WARNING" for argument in given)
    return found


def incident_kinds() -> set[str]:
    """Every kind of incident that an element can become."""
    return {kind for _, kind in _calls({"ElementFailed": 0})}
