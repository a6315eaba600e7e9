"""How two versions of a file with decisions differ: by tables, columns and rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from .. import xml
from ..sentences import Sentence, sentence
from .change import Change, How, Part, Subject, changed, how, listed, outline, pairs, said, told, unlisted

_KINDS: Final[Mapping[str, Sentence]] = {
    "decision": sentence("decision"),
    "businessKnowledgeModel": sentence("calculation for decisions"),
    "inputData": sentence("input of decisions"),
    "decisionService": sentence("decision service"),
    "itemDefinition": sentence("type"),
    "import": sentence("import"),
}


@dataclass(frozen=True, slots=True)
class _Table:
    """A decision's table as text: columns by id with what they are called, and rules by id with their cells by column."""

    columns: dict[str, str]
    results: frozenset[str]
    rules: dict[str, dict[str, str]]
    facts: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Decision:
    kind: str
    name: str
    facts: dict[str, str]
    table: _Table | None
    whole: object


def decision_part(file: str, before: bytes | None, after: bytes | None) -> Part | None:
    """The difference between two versions of a DMN file, None on a side where there is no such file; None if there is none.

    Raises:
        ValueError: a version cannot be read.
    """
    was, is_ = (None if source is None else _read(file, source) for source in (before, after))
    decisions = is_ or was or {}
    name = said(next((one.name for one in decisions.values() if one.kind == "decision"), "") or file)
    if was is None or is_ is None:
        return Part(Subject.DECISION, how(was, is_), file, name)
    if before == after:
        return None
    changes = [change for id_, old, new in pairs(was, is_) for change in _of_decision(id_, old, new)]
    if not changes and _outline(file, before) == _outline(file, after):
        return Part(Subject.DECISION, How.REWRITTEN, file, name)
    others = Change(How.CHANGED, "", sentence("file"), said(file), (unlisted(),))
    return Part(Subject.DECISION, How.CHANGED, file, name, tuple(changes) or (others,))


def _outline(file: str, source: bytes | None) -> object:
    """What a file says apart from how it is drawn."""
    root, _ = xml.read_xml(source or b"", name=file)
    return None if root is None else outline(root, without="/DMNDI/")


def _of_decision(id_: str, was: _Decision | None, is_: _Decision | None) -> Iterator[Change]:
    one = is_ or was
    assert one is not None, "one of the two is there"
    kind, name = _KINDS[one.kind], said(one.name or id_)
    if was is None or is_ is None:
        yield Change(how(was, is_), id_, kind, name)
        return
    details = [changed(_label(key), old, new) for key, old, new in pairs(was.facts, is_.facts) if old != new]
    rules: list[Change] = []
    if was.table is not None and is_.table is not None:
        details += _of_columns(was.table, is_.table)
        rules = list(_of_rules(was.table, is_.table, name))
        if not rules and list(was.table.rules) != list(is_.table.rules):
            details.append(sentence("The rules come in another order."))
    if not details and not rules and was.whole != is_.whole:
        details.append(unlisted())
    if details:
        yield Change(How.CHANGED, id_, kind, name, tuple(details))
    yield from rules


def _of_columns(was: _Table, is_: _Table) -> Iterator[Sentence]:
    for key, before, after in pairs(was.facts, is_.facts):
        if before != after:
            yield changed(_label(key), before, after)
    for _, before, after in pairs(was.columns, is_.columns):
        if before != after:
            yield changed(sentence("Column"), before, after)


def _of_rules(was: _Table, is_: _Table, decision: Sentence) -> Iterator[Change]:
    """Rules are the same by their ids; where ids were given anew, by what they say."""
    old, new = list(was.rules.values()), list(is_.rules.values())
    numbers = {id_: number for table in (was, is_) for number, id_ in enumerate(table.rules, 1)}
    for id_, before, after in pairs(was.rules, is_.rules):
        name = sentence("Rule {number} of {decision}", number=numbers[id_], decision=decision)
        if before is None or after is None:
            cells, table = (after, is_) if after is not None else (before or {}, was)
            if cells not in (old if before is None else new):
                yield Change(how(before, after), id_, sentence("rule"), name, (_as_text(table, cells),))
        elif before != after:
            columns = {**was.columns, **is_.columns}
            cells_changed = (
                changed(said(columns.get(column, column)), cell_before, cell_after)
                for column, cell_before, cell_after in pairs(before, after)
                if cell_before != cell_after
            )
            yield Change(How.CHANGED, id_, sentence("rule"), name, tuple(cells_changed))


def _as_text(table: _Table, cells: dict[str, str]) -> Sentence:
    """A rule as a sentence; columns where any value will do are left out."""
    conditions, results = [], []
    for column, cell in cells.items():
        shown = f"{table.columns.get(column, column)}: {told(cell)}"
        if column in table.results:
            results.append(shown)
        elif cell not in ("", "-"):
            conditions.append(shown)
    given = sentence("{conditions}", conditions="; ".join(conditions)) if conditions else sentence("always")
    return sentence("{conditions} → {results}", conditions=given, results="; ".join(results))


def _label(key: str) -> Sentence:
    words = {
        "name": sentence("Name"),
        "hitPolicy": sentence("Which rules count"),
        "aggregation": sentence("What is made of them"),
        "needs": sentence("What it is given"),
        "text": sentence("Expression"),
    }
    return words.get(key) or sentence("{name}", name=key)


def _read(file: str, source: bytes) -> dict[str, _Decision]:
    root, findings = xml.read_xml(source, name=file)
    if root is None:
        raise ValueError("; ".join(map(str, findings)))
    found = [el for el in root if xml.local(el) in _KINDS]
    return {el.get("id", "") or el.get("name", str(at)): _decision(el) for at, el in enumerate(found)}


def _decision(el: xml.Element) -> _Decision:
    facts = {"name": el.get("name", "")}
    needs = [xml.text_of(one) or str(one.get("href", "")) for one in el.iter() if xml.local(one).startswith("required")]
    facts |= {"needs": listed(sorted(one.removeprefix("#") for one in needs))} if needs else {}
    own = next((child for child in el if xml.local(child) == "literalExpression"), None)
    facts |= {"text": xml.text_of(own)} if own is not None else {}
    table = next((child for child in el if xml.local(child) == "decisionTable"), None)
    return _Decision(xml.local(el), el.get("name", ""), facts, None if table is None else _table(table), outline(el))


def _table(el: xml.Element) -> _Table:
    inputs = [child for child in el if xml.local(child) == "input"]
    outputs = [child for child in el if xml.local(child) == "output"]
    notes = [child for child in el if xml.local(child) == "annotation"]
    columns = {_id(column, at): _column(column) for at, column in enumerate([*inputs, *outputs, *notes])}
    rules = [child for child in el if xml.local(child) == "rule"]
    cells = {
        str(rule.get("id", "") or f"rule {number}"): dict(zip(columns, _cells(rule), strict=False))
        for number, rule in enumerate(rules, 1)
    }
    results = frozenset(list(columns)[len(inputs) :])
    facts = {"hitPolicy": el.get("hitPolicy", "UNIQUE"), **({"aggregation": a} if (a := el.get("aggregation")) else {})}
    return _Table(columns, results, cells, facts)


def _id(column: xml.Element, at: int) -> str:
    return column.get("id", "") or f"column {at}"


def _column(column: xml.Element) -> str:
    expression = next((xml.text_of(child) for child in column if xml.local(child) == "inputExpression"), "")
    label = column.get("label", "") or column.get("name", "")
    return f"{label} ({expression})" if label and expression and label != expression else label or expression


def _cells(rule: xml.Element) -> list[str]:
    kinds = ("inputEntry", "outputEntry", "annotationEntry")
    return [" ".join(xml.text_of(child).split()) for kind in kinds for child in rule if xml.local(child) == kind]
