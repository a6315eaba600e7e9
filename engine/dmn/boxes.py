"""Boxed expressions that FEEL has no notation for, as parts of a FEEL tree (DMN 1.5 clause 10.2.1).

The others are trees of FEEL's own nodes: a boxed conditional is `if`, a boxed iterator `for`, `some` or `every`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from .. import feel
from ..feel.nodes import Compiled
from ..sentences import Sentence, Words, sentence
from .errors import DecisionError
from .model import Path, Table
from .table_run import Refusal, evaluate_table
from .types import ANY, ItemType


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a boxed context, or a parameter of a function: its name and type.

    `expression` is None for a parameter. `sees_itself` is true of a function, which may call itself.
    """

    name: str
    type: ItemType
    expression: feel.Expression | None = None
    sees_itself: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """An expression, and where it stands: as a box's `origin`, like the classes that follow and `Table`."""

    expression: feel.Expression
    where: Words


@dataclass(frozen=True, slots=True)
class Typed:
    """An expression whose value is made to fit a type."""

    expression: feel.Expression
    type: ItemType
    where: Words


@dataclass(frozen=True, slots=True)
class Context:
    """A boxed context; `result` is its last entry, when that has no name."""

    entries: tuple[Entry, ...]
    result: feel.Expression | None


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[feel.Expression, ...], ...]


@dataclass(frozen=True, slots=True)
class Function:
    """A function definition."""

    parameters: tuple[Entry, ...]
    body: feel.Expression


def placed(expression: feel.Expression, where: Words, *, strict: bool) -> feel.Expression:
    """The same expression, whose errors say in which box they arose. Where they are null instead, it is left alone."""
    if not strict:
        return expression
    evaluate = expression.evaluate_in

    def telling(frame: feel.Frame) -> feel.Value:
        try:
            return evaluate(frame)
        except (Refusal, feel.BudgetExceeded):
            raise
        except feel.FeelError as error:
            raise Refusal(sentence("{where}: {problem}", where=where, problem=error.told)) from error

    origin = Placed(expression, where)
    node = Compiled(telling, expression.paths, expression.filter_paths, expression.weight, origin=origin)
    return feel.compile_tree(node, expression.text)


def typed(expression: feel.Expression, type_: ItemType, where: Words) -> Compiled:
    """The expression's value made to fit a type, or refused."""
    node = expression.as_node()
    if type_ == ANY:
        return node

    def evaluate(frame: feel.Frame) -> feel.Value:
        return fitted(type_, expression.evaluate_in(frame), where, frame)

    return _compiled(evaluate, [expression], Typed(expression, type_, where))


def fitted(
    type_: ItemType, value: feel.Value, where: Words, frame: feel.Frame, *, error: type[DecisionError] = DecisionError
) -> feel.Value:
    """The value made to fit. Raises Refusal, for a decision to fail with `error`."""
    try:
        value, obstacle = type_.fit(value, frame)
    except (Refusal, feel.BudgetExceeded):
        raise
    except feel.FeelError as why:
        raise Refusal(sentence("{where}, allowed values: {problem}", where=where, problem=why.told), error=error) from why
    if obstacle:
        said = sentence("{where}: {problem}", where=where, problem=obstacle)
        raise Refusal(said, sentence("Correct the value or the type."), error=error)
    return value


def context(entries: Sequence[Entry], result: feel.Expression | None) -> Compiled:
    """Entries see those before them; a function sees itself. With a `result` that is the value, else the context is."""
    steps = [(one.name, one.expression, one.sees_itself) for one in entries if one.expression is not None]

    def evaluate(frame: feel.Frame) -> feel.Value:
        values: dict[str, feel.Value] = {}
        inner = feel.Frame(values, frame, frame.run)
        for name, expression, _ in steps:
            values[name] = expression.evaluate_in(inner)
        return result.evaluate_in(inner) if result is not None else values

    paths: set[Path] = set()
    filter_paths: set[Path] = set()
    bound: set[str] = set()
    for name, expression, sees_itself in [*steps, *([("", result, False)] if result is not None else [])]:
        known = bound | {name} if sees_itself else bound
        paths.update(path for path in expression.paths if path[0] not in known)
        filter_paths.update(path for path in expression.filter_paths if path[0] not in known)
        bound.add(name)
    weight = sum(expression.weight for _, expression, _ in steps) + (result.weight if result is not None else 1)
    origin = Context(tuple(entries), result)
    return Compiled(evaluate, frozenset(paths), frozenset(filter_paths), weight, origin=origin)


def relation(columns: Sequence[str], rows: Sequence[Sequence[feel.Expression]]) -> Compiled:
    """A list of contexts."""

    def evaluate(frame: feel.Frame) -> feel.Value:
        frame.run.items(len(rows))
        return [{name: cell.evaluate_in(frame) for name, cell in zip(columns, row, strict=True)} for row in rows]

    return _compiled(evaluate, [cell for row in rows for cell in row], Relation(tuple(columns), tuple(map(tuple, rows))))


def table(logic: Table) -> Compiled:
    """A decision table."""
    parts: list[feel.Expression | feel.UnaryTests] = [column.expression for column in logic.inputs]
    for column in logic.outputs:
        parts.extend(part for part in (column.default, column.ranked) if part is not None)
    for rule in logic.rules:
        parts.extend(test for test in rule.tests if test is not None)
        parts.extend(rule.outputs)
    return _compiled(lambda frame: evaluate_table(logic, frame), parts, logic)


def function(parameters: Sequence[Entry], body: feel.Expression, where: Words, result: ItemType = ANY) -> Compiled:
    """A function value whose body sees its parameters and the names around it. `result` is what it is declared to give."""
    names = tuple(one.name for one in parameters)
    types = tuple(one.type.structure() for one in parameters)
    gives = None if result == ANY else result.structure()

    def evaluate(frame: feel.Frame) -> feel.Value:
        def invoke(run: feel.Run, arguments: Sequence[feel.Value]) -> feel.Value:
            run.spend(1 + body.weight // 8)
            outer = feel.Frame(frame.names, frame.parent, run)
            values = {
                one.name: fitted(one.type, value, _parameter(where, one.name), outer)
                for one, value in zip(parameters, arguments, strict=True)
            }
            return body.evaluate_in(feel.Frame(values, outer, run))

        return feel.Function(names, invoke, types=types, result=gives)

    own = set(names)
    return Compiled(
        evaluate,
        frozenset(path for path in body.paths if path[0] not in own),
        frozenset(path for path in body.filter_paths if path[0] not in own),
        body.weight,
        origin=Function(tuple(parameters), body),
    )


def _parameter(where: Words, name: str) -> Sentence:
    return sentence("{where}, parameter {name}", where=where, name=repr(name))


def core(part: feel.Expression) -> feel.Expression:
    """The expression inside what only says where it stands."""
    while isinstance(part.tree, Compiled) and isinstance(part.tree.origin, Placed | feel.Expression):
        origin = part.tree.origin
        part = origin.expression if isinstance(origin, Placed) else origin
    return part


def _compiled(evaluate: object, parts: Sequence[feel.Expression | feel.UnaryTests], origin: object) -> Compiled:
    paths = frozenset(path for part in parts for path in part.paths)
    filter_paths = frozenset(path for part in parts for path in part.filter_paths)
    weight = sum(part.weight if isinstance(part, feel.Expression) else 1 for part in parts)
    return Compiled(cast("feel.Closure", evaluate), paths, filter_paths, weight, origin=origin)
