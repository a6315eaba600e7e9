"""A decision table's element to a `Table`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .. import feel
from ..feel import nodes
from ..sentences import Words, sentence
from ..xml import Element, text_of
from . import places
from .model import Aggregation, HitPolicy, Input, Output, Rule, Table
from .reading import Reading
from .types import ANY, ItemType

MAX_CELLS: Final = 5_000


def read_table(
    el: Element, reading: Reading, names: frozenset[str], *, owner: str, title: Words, wanted: ItemType
) -> Table | None:
    """The table, or None; what is wrong is noted in `reading`, with the table's `title`, the rule's number and the cell.

    `wanted` is the type that its value is made to fit.
    """
    before = reading.errors
    policy, aggregation = _hit_policy(el, reading)
    inputs = [
        _input(column, reading, names, places.input_(title, number)) for number, column in _numbered(reading, el, "input")
    ]
    outputs = _outputs(el, reading, names, title, policy=policy, aggregation=aggregation, wanted=wanted)
    rows = reading.children(el, "rule")
    if len(rows) * (len(inputs) + len(outputs)) > MAX_CELLS:
        reading.add(
            "dmn-too-large",
            el,
            sentence("{title} has more than {most} cells", title=title, most=MAX_CELLS),
            sentence("Split the table into several decisions."),
        )
        return None
    if reading.errors > before or None in inputs:
        return None
    columns = tuple(column for column in inputs if column is not None)
    rules = [
        _rule(row, number, reading, names, title=title, inputs=columns, outputs=outputs)
        for number, row in enumerate(rows, start=1)
    ]
    if reading.errors > before:
        return None
    written = tuple(rule for rule in rules if rule is not None)
    return Table(owner, str(title), policy, aggregation, columns, tuple(outputs), written, title)


def _numbered(reading: Reading, el: Element, tag: str) -> list[tuple[int, Element]]:
    return list(enumerate(reading.children(el, tag), start=1))


def _hit_policy(el: Element, reading: Reading) -> tuple[HitPolicy, Aggregation | None]:
    named, aggregation = el.get("hitPolicy", "UNIQUE"), el.get("aggregation", "")
    if named not in set(HitPolicy):
        reading.add(
            "dmn-hit-policy",
            el,
            sentence("there is no hit policy {named}", named=named),
            sentence("Use one of {names}.", names=", ".join(HitPolicy)),
        )
        return HitPolicy.UNIQUE, None
    policy = HitPolicy(named)
    if not aggregation:
        return policy, None
    if policy is not HitPolicy.COLLECT:
        reading.add(
            "dmn-aggregation",
            el,
            sentence("only COLLECT aggregates, not {named}", named=named),
            sentence("Remove the aggregation."),
        )
    elif aggregation not in set(Aggregation):
        what = sentence("there is no aggregation {aggregation}", aggregation=aggregation)
        reading.add("dmn-aggregation", el, what, sentence("Use one of {names}.", names=", ".join(Aggregation)))
    else:
        return policy, Aggregation(aggregation)
    return policy, None


def _input(el: Element, reading: Reading, names: frozenset[str], where: Words) -> Input | None:
    inner = reading.child(el, "inputExpression")
    if inner is None:
        reading.add(
            "dmn-expression",
            el,
            sentence("{where} has no expression", where=where),
            sentence("Write what the column looks at."),
        )
        return None
    expression = reading.expression(inner, where, names)
    declared = reading.type_of(inner, el)
    values = reading.child(el, "inputValues")
    allowed = (
        reading.allowed(values, sentence("{where}, allowed values", where=where), declared, names)
        if values is not None
        else None
    )
    if expression is None:
        return None
    label = el.get("label", "").strip() or expression.text
    return Input(el.get("id", ""), label, expression, _narrowed(declared, allowed))


def _narrowed(declared: ItemType, allowed: feel.UnaryTests | None) -> ItemType:
    """A column of lists allows values item by item."""
    if declared.item is not None:
        return declared.item.narrowed(allowed).listed()
    return declared.narrowed(allowed)


def _outputs(
    el: Element,
    reading: Reading,
    names: frozenset[str],
    title: Words,
    *,
    policy: HitPolicy,
    aggregation: Aggregation | None,
    wanted: ItemType,
) -> list[Output]:
    columns = reading.children(el, "output")
    if not columns:
        reading.add("dmn-output", el, sentence("{title} has no output", title=title), sentence("Add an output column."))
    labels = [reading.name_of(column) for column in columns]
    if len(columns) > 1:
        if aggregation not in {None, Aggregation.COUNT}:
            what = sentence("{title}: {aggregation} of several outputs has no meaning", title=title, aggregation=aggregation)
            reading.add("dmn-aggregation", el, what, sentence("Give what is added up a table of its own."))
        for column, name in zip(columns, labels, strict=True):
            if not name or labels.count(name) > 1:
                reading.add(
                    "dmn-output",
                    column,
                    sentence("{title}: an output has no name of its own", title=title),
                    sentence("Name each output."),
                )
    alone = wanted if len(columns) == 1 and el.get("typeRef") else ANY
    fitted = types_of_outputs(wanted, labels, policy)
    return [_output(column, reading, names, title, policy, alone, type_) for column, type_ in zip(columns, fitted, strict=True)]


def types_of_outputs(wanted: ItemType, names: Sequence[str], policy: HitPolicy) -> list[ItemType]:
    """What the type that a table's value is made to fit says of its outputs."""
    if policy.gives_list and wanted.item is not None:
        wanted = wanted.item
    members = dict(wanted.members)
    return [wanted] if len(names) == 1 else [members.get(name, ANY) for name in names]


def _output(
    el: Element, reading: Reading, names: frozenset[str], title: Words, policy: HitPolicy, alone: ItemType, wanted: ItemType
) -> Output:
    name = reading.name_of(el)
    where = places.output(title, name or 1)
    declared = reading.type_of(el, el) if el.get("typeRef") else alone if not policy.gives_list else ANY
    values = reading.child(el, "outputValues")
    allowed = (
        reading.allowed(values, sentence("{where}, allowed values", where=where), declared, names)
        if values is not None
        else None
    )
    type_ = _narrowed(declared, allowed)
    ranked = (_ranked(type_, reading) or _ranked(wanted, reading)) if policy.ranks_outputs else None
    default = reading.child(el, "defaultOutputEntry")
    if default is not None and not reading.text(default):
        default = None
    compiled = reading.expression(default, sentence("{where}, default", where=where), names) if default is not None else None
    return Output(el.get("id", ""), name, type_, compiled, ranked, " ".join(el.get("label", "").split()))


def _ranked(type_: ItemType, reading: Reading) -> feel.Expression | None:
    """The list of the values that a type allows, as far as it names them; None when it names none."""
    for tests in reversed(type_.allowed):
        named = tuple(one for one in tests.tree.tests if not isinstance(one, nodes.Test) and not nodes.mentions(one, "?"))
        if named and not tests.tree.negated:
            return feel.compile_tree(nodes.ListLiteral(named, 0), tests.text, strict=reading.strict)
    return None


def _rule(
    el: Element,
    number: int,
    reading: Reading,
    names: frozenset[str],
    *,
    title: Words,
    inputs: tuple[Input, ...],
    outputs: list[Output],
) -> Rule | None:
    entries = reading.children(el, "inputEntry")
    results = reading.children(el, "outputEntry")
    if len(entries) != len(inputs) or len(results) != len(outputs):
        what = sentence(
            "{rule} has {cells} cells for {columns} columns",
            rule=places.rule(title, number),
            cells=f"{len(entries)}+{len(results)}",
            columns=f"{len(inputs)}+{len(outputs)}",
        )
        reading.add("dmn-rule", el, what, sentence("Give each column a cell."))
        return None
    tests = tuple(
        reading.unary_tests(entry, places.cell(title, number, column.label), names)
        for entry, column in zip(entries, inputs, strict=True)
    )
    values = [
        reading.expression(entry, places.result(title, number, column.name or position), names)
        for position, (entry, column) in enumerate(zip(results, outputs, strict=True), start=1)
    ]
    written = tuple(value for value in values if value is not None)
    notes = [text_of(note) for note in (reading.child(el, "description"), *reading.children(el, "annotationEntry"))]
    return Rule(el.get("id", ""), number, tests, written, " · ".join(note for note in notes if note))
