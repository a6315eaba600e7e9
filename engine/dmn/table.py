"""A decision table's element to a `Table`."""

from __future__ import annotations

from typing import Final

from .. import feel
from ..xml import Element, text_of
from .model import HitPolicy, Input, Output, Rule, Table
from .reading import Reading
from .types import ANY, ItemType

MAX_CELLS: Final = 5_000


def read_table(el: Element, reading: Reading, *, title: str) -> Table | None:
    """The table, or None; what is wrong is noted in `reading`, with the table's `title`, the rule's number and the cell."""
    policy, sums = _hit_policy(el, reading)
    before = len(reading.findings)
    inputs = [_input(column, reading, f"{title}, input {number}") for number, column in _numbered(reading, el, "input")]
    outputs = _outputs(el, reading, title, policy=policy, sums=sums)
    rows = reading.children(el, "rule")
    if len(rows) * (len(inputs) + len(outputs)) > MAX_CELLS:
        reading.add("dmn-too-large", el, f"{title} has more than {MAX_CELLS} cells", "Split the table into several decisions.")
        return None
    if policy is None or len(reading.findings) > before or None in inputs:
        return None
    columns = tuple(column for column in inputs if column is not None)
    rules = [
        _rule(row, number, reading, title=title, inputs=columns, outputs=outputs) for number, row in enumerate(rows, start=1)
    ]
    if len(reading.findings) > before:
        return None
    return Table(policy, sums, columns, tuple(outputs), tuple(rule for rule in rules if rule is not None))


def _numbered(reading: Reading, el: Element, tag: str) -> list[tuple[int, Element]]:
    return list(enumerate(reading.children(el, tag), start=1))


def _hit_policy(el: Element, reading: Reading) -> tuple[HitPolicy | None, bool]:
    named = el.get("hitPolicy", "UNIQUE")
    aggregation = el.get("aggregation", "")
    if named not in set(HitPolicy):
        reading.refuse(el, f"the hit policy {named} is not executed here", "Use UNIQUE, FIRST or COLLECT.")
        return None, False
    policy = HitPolicy(named)
    if aggregation and policy is not HitPolicy.COLLECT:
        reading.add("dmn-aggregation", el, f"only COLLECT adds up, not {named}", "Remove the aggregation.")
    elif aggregation not in {"", "SUM"}:
        reading.refuse(el, f"the aggregation {aggregation} is not executed here", "Use SUM, or collect and count in FEEL.")
    return policy, aggregation == "SUM"


def _input(el: Element, reading: Reading, where: str) -> Input | None:
    inner = reading.child(el, "inputExpression")
    if inner is None:
        reading.add("dmn-expression", el, f"{where} has no expression", "Write what the column looks at.")
        return None
    expression = reading.expression(inner, where)
    declared = reading.type_of(inner, el)
    values = reading.child(el, "inputValues")
    allowed = reading.unary_tests(values, f"{where}, allowed values") if values is not None else None
    if expression is None:
        return None
    label = el.get("label", "").strip() or expression.text
    return Input(el.get("id", ""), label, expression, _narrowed(declared, allowed))


def _narrowed(declared: ItemType, allowed: feel.UnaryTests | None) -> ItemType:
    return declared if allowed is None else ItemType(declared.kind, declared.is_collection, allowed)


def _outputs(el: Element, reading: Reading, title: str, *, policy: HitPolicy | None, sums: bool) -> list[Output]:
    columns = reading.children(el, "output")
    if not columns:
        reading.add("dmn-output", el, f"{title} has no output", "Add an output column.")
    names = [column.get("name", "").strip() for column in columns]
    if len(columns) > 1:
        if sums:
            reading.refuse(el, "a sum of several outputs is not executed here", "Give the sum a table of its own.")
        for column, name in zip(columns, names, strict=True):
            if not name or names.count(name) > 1:
                reading.add("dmn-output", column, f"{title}: an output has no name of its own", "Name each output.")
    return [_output(column, reading, title, policy) for column in columns]


def _output(el: Element, reading: Reading, title: str, policy: HitPolicy | None) -> Output:
    name = el.get("name", "").strip()
    where = f"{title}, output {name or 1}"
    declared = reading.type_of(el, el) if el.get("typeRef") else ANY
    values = reading.child(el, "outputValues")
    allowed = reading.unary_tests(values, f"{where}, allowed values") if values is not None else declared.allowed
    default = reading.child(el, "defaultOutputEntry")
    if default is not None and not reading.text(default):
        default = None
    if default is not None and policy is HitPolicy.COLLECT:
        reading.refuse(default, f"{where}: a default of a COLLECT table is not executed here", "Remove the default.")
    compiled = reading.expression(default, f"{where}, default") if default is not None else None
    return Output(el.get("id", ""), name, declared, compiled, allowed)


def _rule(
    el: Element, number: int, reading: Reading, *, title: str, inputs: tuple[Input, ...], outputs: list[Output]
) -> Rule | None:
    entries = reading.children(el, "inputEntry")
    results = reading.children(el, "outputEntry")
    if len(entries) != len(inputs) or len(results) != len(outputs):
        what = f"{title}, rule {number} has {len(entries)}+{len(results)} cells for {len(inputs)}+{len(outputs)} columns"
        reading.add("dmn-rule", el, what, "Give each column a cell.")
        return None
    tests = tuple(
        reading.unary_tests(entry, f"{title}, rule {number}, cell {column.label!r}")
        for entry, column in zip(entries, inputs, strict=True)
    )
    values = [
        reading.expression(entry, f"{title}, rule {number}, output {column.name or position}")
        for position, (entry, column) in enumerate(zip(results, outputs, strict=True), start=1)
    ]
    written = tuple(value for value in values if value is not None)
    notes = [text_of(note) for note in (reading.child(el, "description"), *reading.children(el, "annotationEntry"))]
    return Rule(el.get("id", ""), number, tests, written, " · ".join(note for note in notes if note))
