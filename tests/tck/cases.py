"""Test cases read from a folder: models, what they are given, and what they must answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

from engine import feel
from engine.xml import XSI, Element, local, read_xml

_NIL: Final = f"{{{XSI}}}nil"
_TRUE: Final = frozenset({"true", "1"})
_NUMBER: Final[Callable[[str], feel.Value]] = Decimal
_NUMBERS: Final = frozenset({"byte", "decimal", "double", "float", "int", "integer", "long", "short"})
_READERS: Final[Mapping[str, Callable[[str], feel.Value]]] = {
    "boolean": {"true": True, "1": True, "false": False, "0": False}.get,
    "date": feel.parse_date,
    "time": feel.parse_time,
    "dateTime": feel.parse_date_and_time,
    "duration": feel.parse_duration,
}


@dataclass(frozen=True)
class Check:
    """One result that a case asks for.

    `kind` is decision, bkm or decisionService; `name` the name of what is evaluated or called, `result` that of the result
    wanted: the same, or an output decision of a service. `problem` says why the case itself cannot be read.
    """

    case: str
    kind: str
    name: str
    result: str
    given: dict[str, feel.Value] = field(default_factory=dict)
    expected: feel.Value = None
    is_error: bool = False
    problem: str = ""


@dataclass(frozen=True)
class CaseFile:
    """The checks of one file, and the file name of the model they are about. `problem` says why the file cannot be read."""

    path: Path
    model: str = ""
    checks: tuple[Check, ...] = ()
    problem: str = ""


def read_cases(folder: Path) -> Iterator[CaseFile]:
    """The case files of one folder, in order."""
    for path in sorted(folder.glob("*.xml")):
        root, findings = read_xml(path.read_bytes(), name=path.name)
        if root is None:
            yield CaseFile(path, problem=findings[0].message)
        elif local(root) == "testCases":
            checks = tuple(_checks(root))
            problem = "" if checks else "it has no testCase"
            yield CaseFile(path, _child_text(root, "modelName"), checks, problem)


def _checks(root: Element) -> Iterator[Check]:
    for case in _children(root, "testCase"):
        results = list(_children(case, "resultNode"))
        if not results:
            yield Check(case.get("id", ""), case.get("type", "decision"), "", "", problem="it asks for no result")
        for result in results:
            yield _check(case, result)


def _check(case: Element, result: Element) -> Check:
    kind, wanted = case.get("type", "decision"), result.get("name", "")
    name = wanted if kind == "decision" else case.get("invocableName", "")
    label = f"{case.get('id', '')}/{wanted}"
    try:
        given = {node.get("name", ""): _value(node) for node in _children(case, "inputNode")}
        expected = [_value(one) for one in _children(result, "expected")]
    except ValueError as error:
        return Check(label, kind, name, wanted, problem=str(error))
    is_error = result.get("errorResult") in _TRUE
    problem = "" if is_error or len(expected) == 1 else f"it expects {len(expected)} values"
    return Check(label, kind, name, wanted, given, next(iter(expected), None), is_error, problem)


def _children(el: Element, tag: str) -> Iterator[Element]:
    return (child for child in el if local(child) == tag)


def _child_text(el: Element, tag: str) -> str:
    return next((child.text or "" for child in _children(el, tag)), "").strip()


def _value(el: Element) -> feel.Value:
    """The value in an element: a `value`, a `list` of items, or `component`s by name; null when it has none or is nil."""
    if el.get(_NIL) in _TRUE:
        return None
    components = list(_children(el, "component"))
    if components:
        return {one.get("name", ""): _value(one) for one in components}
    for child in el:
        if local(child) == "list":
            return None if child.get(_NIL) in _TRUE else [_value(item) for item in _children(child, "item")]
        if local(child) == "value":
            return _scalar(child)
    return None


def _scalar(el: Element) -> feel.Value:
    """A simple value of the type that `xsi:type` names. Raises ValueError when it is not written as that type is."""
    if el.get(_NIL) in _TRUE:
        return None
    text, kind = el.text or "", el.get(f"{{{XSI}}}type", "xsd:string").rpartition(":")[2]
    if kind in {"string", "anySimpleType"}:
        return text
    read = _NUMBER if kind in _NUMBERS else _READERS.get(kind)
    if read is None:
        raise ValueError(f"the test format has no type {kind}")
    try:
        value = read(text.strip())
    except ArithmeticError:
        value = None
    if value is None or (isinstance(value, Decimal) and not value.is_finite()):
        raise ValueError(f"{text!r} is no {kind}")
    return value
