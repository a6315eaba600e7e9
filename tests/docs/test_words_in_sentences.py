"""What sentences are made of: names and texts of files, or sentences themselves, never English that Swedish would repeat."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[2] / "engine"
ENGLISH = re.compile(r"[a-z]{2,} |\s[a-z]{2,}|^(?:none|nothing|and|or|in|out)$")
"""Words with a space, and single words that are no names of anything."""
NAMES = {"input data", "date and time", "in", "context put", "get value", "start position"}
"""Names of types, functions and parameters, and of an element of DMN."""


def is_sentence(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sentence"


def literals(node: ast.AST) -> Iterator[str]:
    """The texts written in code that may become the value."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts) | ast.BoolOp(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from literals(part)
        case ast.FormattedValue(value=inner) | ast.GeneratorExp(elt=inner) | ast.ListComp(elt=inner):
            yield from literals(inner)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            yield from literals(one)
            yield from literals(other)
        case ast.Call(func=ast.Attribute(value=between, attr="join"), args=[of]):
            yield from literals(between)
            yield from literals(of)


def assigned(function: ast.FunctionDef) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
    return found


def english(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """English that a sentence takes as a value: written there, held by a variable, or passed to the function around it."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    taken: dict[str, list[str]] = {}
    for function in functions:
        held = assigned(function)
        for call in (node for node in ast.walk(function) if is_sentence(node)):
            assert isinstance(call, ast.Call)
            for value in (keyword.value for keyword in call.keywords):
                own = held.get(value.id, []) if isinstance(value, ast.Name) else []
                yield from ((call.lineno, text) for one in (value, *own) for text in literals(one) if ENGLISH.search(text))
                if isinstance(value, ast.Name):
                    taken.setdefault(function.name, []).append(value.id)
    parameters = {function.name: [one.arg for one in function.args.args if one.arg != "self"] for function in functions}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = (
            call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""
        )
        given = [*zip(parameters.get(name, ()), call.args, strict=False), *((one.arg, one.value) for one in call.keywords)]
        for parameter, value in given:
            if name in taken and parameter in taken[name] and not is_sentence(call):
                yield from ((call.lineno, text) for text in literals(value) if ENGLISH.search(text))


@pytest.mark.parametrize("path", sorted(ENGINE.rglob("*.py")), ids=lambda path: str(path.relative_to(ENGINE)))
def test_no_english_reaches_a_swedish_sentence_as_a_value(path: Path) -> None:
    found = [(line, text) for line, text in english(ast.parse(path.read_text())) if text not in NAMES]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        'def f(): sentence("{a}", a="the timer")',
        'def f(x): sentence("{a}", a=x or "none")',
        'def f(x):\n b = f"step {x}"\n sentence("{a}", a=b)',
        'def f(what): sentence("{a}", a=what)\ndef g(): f("is not text")',
        'def f(x): sentence("{a}", a=" and ".join(x))',
    ],
)
def test_the_walk_finds_such_words(code: str) -> None:
    assert list(english(ast.parse(code)))


def test_a_sentence_or_a_name_as_a_value_is_right() -> None:
    code = 'def f(x): sentence("{a} {b}", a=sentence("the timer"), b=x.get("errorCode", ""))'
    assert list(english(ast.parse(code))) == []
