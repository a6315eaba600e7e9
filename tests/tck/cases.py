"""Test cases read from a folder: models, what they are given, and what they must answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from engine import feel
from engine.xml import XSI, Element, local, read_xml


@dataclass(frozen=True)
class Check:
    """One result that a case asks for. `kind` is decision, bkm or decisionService; `name` the element's name."""

    case: str
    kind: str
    name: str
    given: dict[str, feel.Value]
    expected: feel.Value
    is_error: bool


@dataclass(frozen=True)
class CaseFile:
    """The checks of one file, and the file name of the model they are about."""

    path: Path
    model: str
    checks: tuple[Check, ...]


def read_cases(folder: Path) -> Iterator[CaseFile]:
    """The case files of one folder, in order."""
    for path in sorted(folder.glob("*.xml")):
        root, findings = read_xml(path.read_bytes(), name=path.name)
        if root is None:
            raise ValueError(f"{path}: {findings[0].message}")
        if local(root) == "testCases":
            yield CaseFile(path, _child_text(root, "modelName"), tuple(_checks(root)))


def _checks(root: Element) -> Iterator[Check]:
    for case in _children(root, "testCase"):
        given = {node.get("name", ""): _value(node) for node in _children(case, "inputNode")}
        kind = case.get("type", "decision")
        for result in _children(case, "resultNode"):
            name = result.get("name", "") if kind == "decision" else case.get("invocableName", "")
            expected = next(_children(result, "expected"), None)
            is_error = result.get("errorResult") == "true"
            value = None if expected is None else _value(expected)
            yield Check(f"{case.get('id', '')}/{result.get('name', '')}", kind, name, given, value, is_error)


def _children(el: Element, tag: str) -> Iterator[Element]:
    return (child for child in el if local(child) == tag)


def _child_text(el: Element, tag: str) -> str:
    return next((child.text or "" for child in _children(el, tag)), "").strip()


def _value(el: Element) -> feel.Value:
    """The value in an element: a `value`, a `list` of items, or `component`s by name; null when it has none."""
    components = list(_children(el, "component"))
    if components:
        return {one.get("name", ""): _value(one) for one in components}
    for child in el:
        if local(child) == "list":
            return [_value(item) for item in _children(child, "item")]
        if local(child) == "value":
            return _scalar(child)
    return None


def _scalar(el: Element) -> feel.Value:
    if el.get(f"{{{XSI}}}nil") == "true":
        return None
    text = el.text or ""
    match el.get(f"{{{XSI}}}type", "xsd:string").rpartition(":")[2]:
        case "string":
            return text
        case "boolean":
            return text.strip() == "true"
        case "decimal" | "double" | "integer" | "int" | "long" | "float":
            return Decimal(text.strip())
        case "date":
            return feel.parse_date(text.strip())
        case "time":
            return feel.parse_time(text.strip())
        case "dateTime":
            return feel.parse_date_and_time(text.strip())
        case "duration":
            return feel.parse_duration(text.strip())
        case other:
            raise ValueError(f"The test format has no type {other}.")
