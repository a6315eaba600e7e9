"""Whether the inputs and cells of decision tables can be evaluated on the types that are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from .. import feel
from ..finding import Finding
from .evaluate import DecisionModel
from .model import Decision, InputData, Knowledge, Requirement, Rule, Service, Table
from .problems import finding_of
from .types import ANY, ItemType

Types = Mapping[str, feel.Type]


def check_types(model: DecisionModel, data: Types, *, file: str) -> list[Finding]:
    """Findings about the tables of a model. `data` is what is known of input data whose type the model does not say."""
    found: list[Finding] = []
    for element in model.elements.values():
        if isinstance(element, Decision | Knowledge):
            scope = {name: type_ for one in element.requires for name, type_ in _seen(one, data)}
            if isinstance(element, Knowledge):
                scope.update(dict.fromkeys(element.parameters, feel.Type()))
            for table in element.tables:
                found += [replace(one, file=file, element=element.id) for one in _Check(model, scope).table(table)]
    return list(dict.fromkeys(found))


def type_of_item(item: ItemType) -> feel.Type:
    """What a declared type says of a value."""
    return feel.type_named(item.structure())


def _seen(required: Requirement, data: Types) -> Iterator[tuple[str, feel.Type]]:
    """The name that a requirement gives a value, and its type; nothing is known of what lies in an imported model."""
    element, name = required.element, required.names[0]
    if len(required.names) > 1:
        yield name, feel.Type()
    elif isinstance(element, Knowledge | Service):
        yield name, feel.Type("function", parameters=element.parameters)
    elif isinstance(element, InputData) and element.type == ANY:
        yield name, data.get(name, feel.Type())
    else:
        yield name, type_of_item(element.type)


class _Check:
    """One element's tables, on the names that it sees."""

    def __init__(self, model: DecisionModel, scope: Types) -> None:
        self._scope = scope
        self._declared = {name: type_.structure() for name, type_ in model.library.types.items()}
        self._names = model.library.members

    def table(self, table: Table) -> Iterator[Finding]:
        """What is wrong with its inputs, and with the cells of its rules."""
        if not self._sees_all(table):
            return  # it stands inside a box that has names of its own
        subjects = []
        for column in table.inputs:
            seen = self._examine(column.expression.text)
            yield from _findings(seen.problems, f"{table.title}, input {column.label!r}")
            declared = type_of_item(column.type)
            subjects.append(declared if declared.is_known and declared.kind != seen.type.kind else seen.type)
        for rule in table.rules:
            yield from self._rule(table, rule, subjects)

    def _rule(self, table: Table, rule: Rule, subjects: list[feel.Type]) -> Iterator[Finding]:
        for column, test, subject in zip(table.inputs, rule.tests, subjects, strict=True):
            if test is not None:
                problems = feel.check_tests(test.text, self._names, subject=subject, types=self._scope, declared=self._declared)
                yield from _findings(problems, f"{table.title}, rule {rule.number}, cell {column.label!r}")
        for position, (output, value) in enumerate(zip(table.outputs, rule.outputs, strict=True), start=1):
            if not value.paths:
                continue  # a constant is looked at with its value, by `analyse`
            seen = self._examine(value.text, _fitting(output.type))
            yield from _findings(seen.problems, f"{table.title}, rule {rule.number}, output {output.name or position}")

    def _examine(self, text: str, expected: tuple[str, ...] = ()) -> feel.Findings:
        return feel.examine(text, self._names, types=self._scope, declared=self._declared, expected=expected)

    def _sees_all(self, table: Table) -> bool:
        paths = {path for column in table.inputs for path in column.expression.paths}
        for rule in table.rules:
            paths.update(path for part in (*rule.tests, *rule.outputs) if part is not None for path in part.paths)
        return all(path[0] in self._scope for path in paths)


def _fitting(type_: ItemType) -> tuple[str, ...]:
    """The kinds of value that can be made to fit a type; none for any."""
    kind = type_of_item(type_).kind
    if kind in ("", "list"):
        return ()
    return (kind, "list", "date") if kind == "date and time" else (kind, "list")


def _findings(problems: Iterable[feel.Problem], where: str) -> Iterator[Finding]:
    return (found for problem in problems if (found := finding_of(problem, where)) is not None)
