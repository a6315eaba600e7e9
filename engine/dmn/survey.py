"""What can be known of a model's boxes before there is data: their types, from the innermost box out.

What is not known stays unknown and is never told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from .. import feel
from ..feel.examination import Examination, Scope
from ..feel.examine import RULES
from ..feel.nodes import Compiled
from ..feel.types import UNKNOWN, common
from ..sentences import Words, sentence
from . import places
from .boxes import Context, Entry, Function, Placed, Relation, Typed, core
from .constants import is_constant
from .evaluate import DecisionModel
from .known_types import both, constant_obstacle, type_of_item
from .model import Aggregation, Decision, Element, InputData, Knowledge, Output, Service, Table
from .table import types_of_outputs
from .types import ANY, ItemType

Types: TypeAlias = Mapping[str, feel.Type]
_REMEDY = sentence("Correct the expression, or the type that is declared.")


@dataclass(slots=True)
class Survey:
    """What was seen of a model, its imported models aside. `data` is what is known of input data without a type.

    `problems` are those in expressions, with the id of the decision or knowledge model; `tables` all tables, the types of
    their columns narrowed by what is known of their inputs and of what their outputs are for.
    """

    model: DecisionModel
    data: Types
    problems: list[tuple[str, feel.Problem]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    _types: dict[Element, feel.Type] = field(default_factory=dict)
    _wanted: dict[int, ItemType] = field(default_factory=dict)
    _is_own: bool = True

    def type_of(self, element: Element) -> feel.Type:
        """What others see of the element."""
        if element not in self._types:
            match element:
                case InputData():
                    self._types[element] = type_of_item(element.type)
                case Decision():
                    self._types[element] = self._decision(element)
                case Knowledge():
                    self._types[element] = _function(element, type_of_item(element.type.given))  # seen by itself
                    self._types[element] = self._knowledge(element)
                case Service(outputs=outputs):
                    given = [self.type_of(one) for one in outputs]
                    whole = feel.Type("context", members={one.name: type_ for one, type_ in zip(outputs, given, strict=True)})
                    declared = type_of_item(element.type.given)
                    result = declared if element.type.given != ANY else given[0] if len(given) == 1 else whole
                    self._types[element] = _function(element, result)
        return self._types[element]

    def _decision(self, element: Decision) -> feel.Type:
        with self._examining(element, element.label) as examination:
            seen = self._held(examination, element.logic, element.type, Scope(self._scope(element)))
        return type_of_item(element.type) if element.type != ANY else seen

    def _knowledge(self, element: Knowledge) -> feel.Type:
        with self._examining(element, element.name) as examination:
            return self._inside(examination, element.logic, Scope(self._scope(element)))

    @contextmanager
    def _examining(self, element: Decision | Knowledge, label: str) -> Iterator[Examination]:
        """An examination of the element's logic, what it finds kept when the element is the model's own."""
        before, self._is_own = self._is_own, self.model.elements.get(element.id) is element
        examination = Examination("", {**RULES, Compiled: self._compiled}, where=label)
        yield examination
        if self._is_own:
            self.problems += [(element.id, problem) for problem in examination.found]
        self._is_own = before

    def _scope(self, element: Decision | Knowledge) -> dict[str, feel.Type]:
        """What the arrows bring."""
        found: dict[str, feel.Type] = {}
        for one in element.requires:
            type_, name = self.type_of(one.element), one.names[0]
            if isinstance(one.element, InputData) and one.element.type == ANY and len(one.names) == 1:
                type_ = self.data.get(name, type_)
            if len(one.names) > 1:
                members = {**found[name].members} if name in found else {}
                type_ = feel.Type("context", members={**members, one.names[1]: type_})
            found[name] = type_
        return found

    def _compiled(self, examination: Examination, node: Compiled, scope: Scope) -> feel.Type:
        """The type of a box."""
        match node.origin:
            case feel.Expression() as inner:
                return self._inside(examination, inner, scope)
            case Placed(inner, where):
                return self._inside(examination, inner, scope, where)
            case Typed(inner, type_, where):
                seen = self._held(examination.inside("", where), inner, type_, scope)
                return type_of_item(type_) if type_.kind else seen
            case Context() as box:
                return self._context(examination, box, scope)
            case Relation(columns, rows):
                cells = [[self._inside(examination, cell, scope) for cell in row] for row in rows]
                members = {name: common(row[place] for row in cells) for place, name in enumerate(columns)}
                return feel.Type("context", members=members, is_closed=True).listed()
            case Function(parameters, body):
                result = self._inside(examination, body, scope.having(_given(parameters)))
                takes = _given(parameters)
                return feel.Type("function", parameters=tuple(takes), takes=tuple(takes.values()), result=result)
            case Table() as table:
                return self._table(examination, table, scope)
        return UNKNOWN

    def _inside(self, examination: Examination, part: feel.Expression, scope: Scope, where: Words = "") -> feel.Type:
        return examination.inside(part.text, where).type_of(part.tree, scope)

    def _held(self, examination: Examination, part: feel.Expression, wanted: ItemType, scope: Scope) -> feel.Type:
        """The type of a part whose value is made to fit `wanted`; told when it cannot."""
        table = _table_in(part)
        if table is not None:
            self._wanted[id(table)] = both(self._wanted.get(id(table), ANY), wanted)
        seen = self._inside(examination, part, scope)
        what = constant_obstacle(core(part), wanted) or feel.obstacle(seen, type_of_item(wanted))
        if what:
            examination.inside("").tell("type", 0, sentence("The value does not fit: {what}", what=what), _REMEDY)
        return seen

    def _context(self, examination: Examination, box: Context, scope: Scope) -> feel.Type:
        members: dict[str, feel.Type] = {}
        for entry in box.entries:
            if entry.expression is None:
                continue
            seen = scope.having({entry.name: feel.Type("function")}) if entry.sees_itself else scope
            members[entry.name] = self._inside(examination, entry.expression, seen)
            scope = scope.having({entry.name: members[entry.name]})
        if box.result is not None:
            return self._inside(examination, box.result, scope)
        return feel.Type("context", members=members, is_closed=True)

    def _table(self, examination: Examination, table: Table, scope: Scope) -> feel.Type:
        """What a table gives; what is wrong with its inputs, and with the cells of its rules, is noted."""
        columns, subjects = [], []
        for column in table.inputs:
            seen = self._inside(examination, column.expression, scope, places.input_(table.place, column.label))
            declared = type_of_item(column.type)
            subjects.append(declared if declared.is_known and declared.kind != seen.kind else seen)
            columns.append(replace(column, type=both(column.type, seen.declared)))
        given: list[list[feel.Type]] = [[] for _ in table.outputs]
        for rule in table.rules:
            for column, test, subject in zip(table.inputs, rule.tests, subjects, strict=True):
                if test is not None:
                    where = places.cell(table.place, rule.number, column.label)
                    examination.inside(test.text, where).type_of(test.tree, scope.having({"?": subject}))
            for place, (output, value) in enumerate(zip(table.outputs, rule.outputs, strict=True)):
                where = places.result(table.place, rule.number, output.name or place + 1)
                given[place].append(self._output(examination, value, output.type, scope, where))
        for place, output in enumerate(table.outputs):
            if output.default is not None:
                where = places.default(table.place, output.name or place + 1)
                given[place].append(self._output(examination, output.default, output.type, scope, where))
        if self._is_own:
            wanted = self._wanted.get(id(table), ANY)
            self.tables.append(replace(table, inputs=tuple(columns), outputs=_narrowed(table, wanted)))
        return _result(table, [_of(output.type, types) for output, types in zip(table.outputs, given, strict=True)])

    def _output(
        self, examination: Examination, value: feel.Expression, wanted: ItemType, scope: Scope, where: Words
    ) -> feel.Type:
        if is_constant(value.tree):  # looked at with its value, by `analyse`
            return Examination(value.text, RULES).type_of(value.tree, scope)
        return self._held(examination.inside(value.text, where), value, wanted, scope)


def survey(model: DecisionModel, data: Types) -> Survey:
    """The model's elements, all looked at."""
    found = Survey(model, data)
    for element in model.elements.values():
        found.type_of(element)
    return found


def _function(element: Knowledge | Service, result: feel.Type) -> feel.Type:
    types = element.types if isinstance(element, Knowledge) else tuple(one.type for one in element.inputs)
    return feel.Type("function", parameters=element.parameters, takes=tuple(map(type_of_item, types)), result=result)


def _given(parameters: Iterable[Entry]) -> dict[str, feel.Type]:
    return {one.name: type_of_item(one.type) for one in parameters}


def _table_in(part: feel.Expression) -> Table | None:
    """The table whose value is that of an expression, before it is made to fit a type."""
    match tree.origin if isinstance(tree := core(part).tree, Compiled) else None:
        case Table() as table:
            return table
        case Typed(inner) | Context(result=feel.Expression() as inner):
            return _table_in(inner)
    return None


def _of(declared: ItemType, given: list[feel.Type]) -> feel.Type:
    return type_of_item(declared) if declared.kind else common(given)


def _result(table: Table, outputs: list[feel.Type]) -> feel.Type:
    """The type of a table's value, from those of its outputs."""
    if table.aggregation is Aggregation.COUNT:
        return feel.Type("number")
    if len(outputs) == 1:
        one = outputs[0]
    else:
        members = {output.name: type_ for output, type_ in zip(table.outputs, outputs, strict=True)}
        one = feel.Type("context", members=members, is_closed=True)
    if table.aggregation is not None or not table.hit_policy.gives_list:
        return one
    has_default = any(output.default is not None for output in table.outputs)
    return UNKNOWN if has_default else one.listed()


def _narrowed(table: Table, wanted: ItemType) -> tuple[Output, ...]:
    """The outputs, their types narrowed by what the table's value is made to fit."""
    if table.aggregation is not None:
        return table.outputs
    types = types_of_outputs(wanted, [output.name for output in table.outputs], table.hit_policy)
    return tuple(replace(output, type=both(output.type, type_)) for output, type_ in zip(table.outputs, types, strict=True))
