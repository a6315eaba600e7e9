"""DMN XML to decisions. What we do not execute as the standard says is refused by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ..finding import Finding
from ..xml import DMN_VERSIONS, Element, local, namespace, read_xml, text_of
from .evaluate import DecisionModel
from .model import Decision, Path, Table
from .reading import Reading
from .requirements import requirements
from .table import read_table
from .types import ItemType, built_in

MAX_DECISIONS: Final = 200

_HARMLESS: Final = frozenset(
    {
        "DMNDI",
        "artifact",
        "association",
        "description",
        "elementCollection",
        "extensionElements",
        "group",
        "knowledgeSource",
        "organizationUnit",
        "performanceIndicator",
        "textAnnotation",
    }
)
"""Documentation: it changes no result."""
_IN_DECISION: Final = frozenset(
    """description extensionElements variable informationRequirement authorityRequirement question allowedAnswers
    supportedObjective impactedPerformanceIndicator decisionMaker decisionOwner usingProcess usingTask decisionTable""".split()  # noqa: SIM905
)


def read_decisions(source: bytes, *, name: str) -> tuple[DecisionModel | None, list[Finding]]:
    """The decisions of a DMN file and all findings; no model when one of them is an error. `name` is the file's name."""
    root, findings = read_xml(source, name=name)
    if root is None:
        return None, findings
    if local(root) != "definitions" or namespace(root) not in DMN_VERSIONS:
        versions = ", ".join(sorted(set(DMN_VERSIONS.values())))
        message = f"{name} is not DMN of a version that is read here ({versions})."
        return None, [Finding("dmn-version", message, "Save it from a DMN editor of today.", file=name, line=1)]
    reading = Reading(name, namespace(root))
    reading.check_language(root)
    _check_elements(root, reading)
    decisions = _read(root, reading)
    if reading.findings:
        return None, reading.findings
    return DecisionModel(root.get("name", name), decisions), []


def _check_elements(root: Element, reading: Reading) -> None:
    ids: set[str] = set()
    for el in root:
        tag = local(el)
        if namespace(el) == reading.namespace and tag not in _HARMLESS | {"decision", "inputData", "itemDefinition"}:
            reading.refuse(el, f"a {tag} is not executed here", "Move what it says into a decision table.")
    for el in (child for child in root if local(child) in {"decision", "inputData"}):
        id_ = el.get("id", "")
        if not id_ or id_ in ids:
            reading.add("dmn-id", el, "has no id of its own", "Give each decision and input its own id.")
        ids.add(id_)


def _read(root: Element, reading: Reading) -> dict[str, Decision]:
    elements = {el.get("id", ""): el for el in reading.children(root, "decision")}
    if not elements:
        reading.add("dmn-empty", root, "has no decision", "Draw a decision with a table.")
    if len(elements) > MAX_DECISIONS:
        reading.add("dmn-too-large", root, f"has more than {MAX_DECISIONS} decisions", "Split the file.")
        return {}
    inputs = {el.get("id", ""): _variable(el, reading) for el in reading.children(root, "inputData")}
    names = {id_: _variable(el, reading) for id_, el in elements.items()}
    _check_names(root, {**inputs, **names}, reading)
    reading.names = frozenset(_spaced({*inputs.values(), *names.values(), *_components(root, reading)}))
    reading.types = _item_types(root, reading)
    needs = requirements(elements, inputs, reading)
    tables = {id_: table for id_, el in elements.items() if (table := _logic(el, reading)) is not None}
    types = {id_: reading.type_of(reading.child(el, "variable"), el) for id_, el in elements.items()}
    if reading.findings:
        return {}
    return {
        id_: Decision(
            id=id_,
            name=names[id_],
            label=el.get("name", "") or id_,
            table=tables[id_],
            requires=needs[id_][0],
            inputs=tuple(dict.fromkeys(inputs[one] for one in needs[id_][1])),
            paths=_free_paths((id_, *needs[id_][0]), tables, names),
            type=types[id_],
        )
        for id_, el in elements.items()
    }


def _check_names(root: Element, names: Mapping[str, str], reading: Reading) -> None:
    seen: set[str] = set()
    for el in root:
        name = names.get(el.get("id", "")) if local(el) in {"decision", "inputData"} else None
        if name is not None and name in seen:
            reading.add("dmn-name", el, f"has the name {name!r} of another decision or input", "Give it a name of its own.")
        seen.update({name} if name else ())


def _free_paths(ids: tuple[str, ...], tables: Mapping[str, Table], names: Mapping[str, str]) -> frozenset[Path]:
    results = {names[id_] for id_ in ids[1:]}
    return frozenset(path for id_ in ids for path in _paths(tables[id_]) if path[0] not in results)


def _paths(table: Table) -> Iterator[Path]:
    for column in table.inputs:
        yield from column.expression.paths
    for output in table.outputs:
        yield from output.default.paths if output.default else ()
    for rule in table.rules:
        for part in (*rule.tests, *rule.outputs):
            yield from part.paths if part is not None else ()


def _logic(el: Element, reading: Reading) -> Table | None:
    for child in el:
        tag = local(child)
        if namespace(child) == reading.namespace and tag not in _IN_DECISION:
            if tag == "knowledgeRequirement":
                reading.refuse(child, "a knowledgeRequirement is not executed here", "Write the logic in the table.")
            else:
                reading.refuse(child, f"a decision by {tag} is not executed here", "Write it as a decision table.")
            return None
    tables = reading.children(el, "decisionTable")
    if len(tables) != 1:
        reading.add("dmn-logic", el, "has no decision table", "Draw its table.")
        return None
    return read_table(tables[0], reading, title=el.get("name", "") or el.get("id", ""))


def _variable(el: Element, reading: Reading) -> str:
    variable = reading.child(el, "variable")
    named = variable.get("name", "") if variable is not None else ""
    return " ".join((named or el.get("name", "") or el.get("id", "")).split())


def _components(root: Element, reading: Reading) -> Iterator[str]:
    for definition in reading.children(root, "itemDefinition"):
        for el in definition.iter():
            if local(el) == "itemComponent":
                yield " ".join(el.get("name", "").split())


def _spaced(names: set[str]) -> Iterator[str]:
    return (name for name in names if name and not name.isidentifier())


def _item_types(root: Element, reading: Reading) -> dict[str, ItemType]:
    definitions = {el.get("name", ""): el for el in reading.children(root, "itemDefinition")}
    types: dict[str, ItemType] = {}
    for _ in range(len(definitions) + 1):  # a type may refer to one that is defined later
        for name, el in definitions.items():
            found = None if name in types else _item_type(el, types, reading)
            if found is not None:
                types[name] = found
    for name in definitions.keys() - types.keys():
        reading.add("dmn-type", definitions[name], "refers to a type that is not defined", "Define it, or correct its name.")
    return types


def _item_type(el: Element, types: Mapping[str, ItemType], reading: Reading) -> ItemType | None:
    reference = reading.child(el, "typeRef")
    if reference is None:
        base: ItemType | None = ItemType("context" if reading.children(el, "itemComponent") else "")
        if reading.child(el, "functionItem") is not None:
            base = ItemType("function")
    else:
        named = text_of(reference)
        base = built_in(named) or types.get(named)
    if base is None:
        return None
    allowed = reading.child(el, "allowedValues")
    constraint = reading.unary_tests(allowed, "its allowed values") if allowed is not None else base.allowed
    return ItemType(base.kind, base.is_collection or el.get("isCollection") == "true", constraint)
