"""Evaluating a decision table by its hit policy, with an account of why (DMN 1.5 clause 8.2.11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Final, TypeVar

from .. import feel
from ..sentences import Sentence, Words, sentence
from .errors import DecisionError, InputNotAllowed, SeveralRulesMatch
from .explanation import MatchedRule, TableExplanation
from .model import Aggregation, HitPolicy, Rule, Table

_T = TypeVar("_T")


class Refusal(feel.EvaluationError):
    """A table or a type refuses. `error` is what the decision fails with, `rules` the numbers of the rules it is about."""

    def __init__(
        self,
        said: Words,
        advice: Words = "",
        *,
        error: type[DecisionError] = DecisionError,
        rules: tuple[int, ...] = (),
        values: tuple[feel.Value, ...] = (),
    ) -> None:
        super().__init__(said, advice, values=values)
        self.error = error
        self.rules = rules


def evaluate_table(table: Table, frame: feel.Frame) -> feel.Value:
    """The table's value on the names of the frame; the account goes to the run's trace. Raises FeelError."""
    values = tuple(_input(table, place, frame) for place in range(len(table.inputs)))
    matched, refusals = _match(table, values, frame)
    hits = [_hit(table, rule, frame) for rule in matched]
    value = _value(table, hits, frame)
    for one in (*values, value):
        if type(one) is list or type(one) is dict:
            feel.check_size(one, frame.run)
    frame.run.trace.append(TableExplanation(table, values, tuple(hits), tuple(refusals), value, _reads(table, frame)))
    return value


def _reads(table: Table, frame: feel.Frame) -> tuple[tuple[str, feel.Value], ...]:
    """What the cells read beside their own columns, by name; null where nothing is there. Functions are left out."""
    found = [(".".join(path), _seen(path, frame)) for path in table.reads]
    return tuple((name, value) for name, value in found if not isinstance(value, feel.Function))


def _seen(path: tuple[str, ...], frame: feel.Frame) -> feel.Value:
    scope: feel.Frame | None = frame
    while scope is not None and path[0] not in scope.names:
        scope = scope.parent
    value = None if scope is None else scope.names[path[0]]
    for member in path[1:]:
        value = value.get(member) if isinstance(value, dict) else None
    return value


def _input(table: Table, place: int, frame: feel.Frame) -> feel.Value:
    column = table.inputs[place]
    try:
        value, obstacle = column.type.fit(column.expression.evaluate_in(frame), frame)
    except feel.FeelError as error:
        raise _told(_input_place(table, place), error) from error
    if obstacle:
        said = sentence("{where}: {problem}", where=_input_place(table, place), problem=obstacle)
        raise Refusal(said, sentence("Correct the data or the table."), error=InputNotAllowed)
    return value


def _input_place(table: Table, place: int) -> Sentence:
    return sentence("{table}, input {column}", table=table.title, column=repr(table.inputs[place].label))


def _match(table: Table, values: tuple[feel.Value, ...], frame: feel.Frame) -> tuple[list[Rule], list[tuple[Rule, int]]]:
    subjects = [feel.subject(value, frame) for value in values]
    matched: list[Rule] = []
    refusals: list[tuple[Rule, int]] = []
    frame.run.spend(len(table.rules))
    for rule in table.rules:
        place = _refusing(table, rule, subjects)
        if place >= 0:
            refusals.append((rule, place))
            continue
        matched.append(rule)
        if table.hit_policy is HitPolicy.FIRST:
            break
    if table.hit_policy is HitPolicy.UNIQUE and len(matched) > 1:
        numbers = tuple(rule.number for rule in matched)
        said = sentence(
            "{table} allows one hit (UNIQUE), but rules {rules} all match", table=table.title, rules=_listed(numbers)
        )
        raise Refusal(said, sentence("Make them exclusive."), error=SeveralRulesMatch, rules=numbers)
    return matched, refusals


def _refusing(table: Table, rule: Rule, subjects: list[feel.Frame]) -> int:
    """The place of the first cell that refuses, or -1."""
    place = -1
    try:
        for test in rule.tests:
            place += 1
            if test is not None and not test.passes(subjects[place]):
                return place
    except feel.FeelError as error:
        column = repr(table.inputs[place].label)
        where = sentence("{table}, rule {rule}, cell {column}", table=table.title, rule=rule.number, column=column)
        raise _told(where, error, rule.number) from error
    return -1


def _hit(table: Table, rule: Rule, frame: feel.Frame) -> MatchedRule:
    outputs: dict[str, feel.Value] = {}
    for column, expression in zip(table.outputs, rule.outputs, strict=True):
        name = column.name or table.title
        where = sentence("{table}, rule {rule}, output {name}", table=table.title, rule=rule.number, name=repr(name))
        value, obstacle = _tell(where, partial(_fitted, column.type.fit, expression, frame), rule.number)
        if obstacle:
            said = sentence("{where}: {problem}", where=where, problem=obstacle)
            raise Refusal(said, sentence("Correct it."), rules=(rule.number,))
        outputs[name] = value
    return MatchedRule(rule.id, rule.number, outputs, rule.note)


def _fitted(
    fit: Callable[[feel.Value, feel.Frame], tuple[feel.Value, Sentence | None]], expression: feel.Expression, frame: feel.Frame
) -> tuple[feel.Value, Sentence | None]:
    return fit(expression.evaluate_in(frame), frame)


def _value(table: Table, hits: list[MatchedRule], frame: feel.Frame) -> feel.Value:
    if not hits and any(column.default for column in table.outputs):
        return _default(table, frame)
    if table.hit_policy.ranks_outputs:
        hits = _ranked(table, hits, frame)
    values = [_composed(table, hit.outputs) for hit in hits]
    if table.aggregation is not None:
        return _AGGREGATE[table.aggregation](table, values, frame)
    if table.hit_policy.gives_list:
        return values
    if table.hit_policy is HitPolicy.ANY:
        _check_agreement(table, hits, values, frame)
    return values[0] if values else None


def _composed(table: Table, outputs: Mapping[str, feel.Value]) -> feel.Value:
    return dict(outputs) if len(table.outputs) > 1 else next(iter(outputs.values()))


def _default(table: Table, frame: feel.Frame) -> feel.Value:
    outputs: dict[str, feel.Value] = {}
    for column in table.outputs:
        name = column.name or table.title
        where = sentence("{table}, default of output {name}", table=table.title, name=repr(name))
        if column.default is None:
            outputs[name] = None
            continue
        value, obstacle = _tell(where, partial(_fitted, column.type.fit, column.default, frame))
        if obstacle:
            raise Refusal(sentence("{where}: {problem}", where=where, problem=obstacle), sentence("Correct it."))
        outputs[name] = value
    return _composed(table, outputs)


def _ranked(table: Table, hits: list[MatchedRule], frame: feel.Frame) -> list[MatchedRule]:
    """The hits by the order of their outputs' allowed values, the first column first."""
    orders = [ranking(column.ranked, frame) for column in table.outputs]
    return sorted(
        hits, key=lambda hit: [rank(order, value, frame) for order, value in zip(orders, hit.outputs.values(), strict=True)]
    )


def ranking(ranked: feel.Expression | None, frame: feel.Frame) -> list[feel.Value]:
    """An output's allowed values, the most important one first; empty when it has none. Raises FeelError."""
    value = ranked.evaluate_in(frame) if ranked is not None else None
    return value if isinstance(value, list) else []


def rank(order: list[feel.Value], value: feel.Value, frame: feel.Frame) -> int:
    """The place of a value among those, from 0; after the last one when it is not among them."""
    return next((place for place, other in enumerate(order) if feel.same(value, other, frame.run)), len(order))


def _check_agreement(table: Table, hits: list[MatchedRule], values: list[feel.Value], frame: feel.Frame) -> None:
    if all(feel.same(values[0], other, frame.run) for other in values[1:]):
        return
    numbers = tuple(hit.number for hit in hits)
    said = sentence(
        "{table} lets rules agree (ANY), but rules {rules} match with different results",
        table=table.title,
        rules=_listed(numbers),
    )
    raise Refusal(said, sentence("Correct one of them."), error=SeveralRulesMatch, rules=numbers)


def _sum(table: Table, values: list[feel.Value], frame: feel.Frame) -> feel.Value:
    if not values:
        return None
    if all(isinstance(value, feel.DaysTimeDuration | feel.YearsMonthsDuration) for value in values) or all(
        isinstance(value, Decimal) for value in values
    ):
        return _reckoned(table, partial(_total, values, frame.run))
    other = next(feel.type_of(value) for value in values if not isinstance(value, Decimal))
    said = sentence("{table} adds up numbers, but a rule gave {other}", table=table.title, other=other)
    raise Refusal(said, sentence("Correct the rule's output."))


def _least(table: Table, values: list[feel.Value], frame: feel.Frame, sign: int = 1) -> feel.Value:
    if not values:
        return None
    best = values[0]
    for value in values[1:]:
        if _reckoned(table, partial(feel.order, value, best, frame.run)) * sign < 0:
            best = value
    return best


def _total(values: list[feel.Value], run: feel.Run) -> feel.Value:
    total = values[0]
    for value in values[1:]:
        total = feel.calculate("+", total, value, run)
    return total


def _reckoned(table: Table, action: Callable[[], _T]) -> _T:
    try:
        return action()
    except feel.Excess:
        raise
    except feel.Fault as fault:
        said = sentence("{table} cannot aggregate its hits: {fault}", table=table.title, fault=fault.said)
        raise Refusal(said, fault.advice) from fault


_AGGREGATE: Final[Mapping[Aggregation, Callable[[Table, list[feel.Value], feel.Frame], feel.Value]]] = {
    Aggregation.SUM: _sum,
    Aggregation.MIN: _least,
    Aggregation.MAX: partial(_least, sign=-1),
    Aggregation.COUNT: lambda table, values, frame: Decimal(len(values)),
}


def _tell(
    where: Sentence, action: Callable[[], tuple[feel.Value, Sentence | None]], *rules: int
) -> tuple[feel.Value, Sentence | None]:
    try:
        return action()
    except feel.FeelError as error:
        raise _told(where, error, *rules) from error


def _told(where: Sentence, error: feel.FeelError, *rules: int) -> feel.FeelError:
    """The error with the place in the table; exceeding the budget stays what it is."""
    if isinstance(error, feel.BudgetExceeded | Refusal):
        return error
    said = sentence("{where}: {problem}", where=where, problem=error.told)
    return Refusal(said, rules=rules, values=getattr(error, "values", ()))


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))
