"""Taking a decision: required decisions first, each table by its hit policy, and an account of it all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from .. import feel
from ..feel.values import NUMBERS
from .errors import DecisionError, InputNotAllowed, SeveralRulesMatch
from .explanation import DecisionResult, Explanation, InputValue, MatchedRule, RefusedRule, TableExplanation
from .model import Decision, HitPolicy, Rule, Table

_CELL_SHARE: Final = 100
"""A cell may take this part of the budget: a table has thousands of them."""


@dataclass(frozen=True, slots=True)
class DecisionModel:
    """The decisions of one file, by id."""

    name: str
    decisions: Mapping[str, Decision]

    def evaluate(self, decision_id: str, scope: Mapping[str, feel.Value], environment: feel.Environment) -> DecisionResult:
        """Take a decision on the names in `scope`, which may be lazy: required decisions first, then its own table.

        Raises:
            KeyError: the model has no such decision.
            DecisionError: the decision has no value on this data.
        """
        decision = self.decisions[decision_id]
        results: dict[str, feel.Value] = {}
        explanations = []
        for current in (*(self.decisions[id_] for id_ in decision.requires), decision):
            explanation = _Evaluation(current, _Layered(results, scope), environment).explain()
            results[current.name] = explanation.value
            explanations.append(explanation)
        return DecisionResult(explanations[-1].value, Explanation(tuple(explanations)))


class _Layered(Mapping[str, feel.Value]):
    """The results of required decisions before the scope of the case, which may be lazy."""

    def __init__(self, results: Mapping[str, feel.Value], scope: Mapping[str, feel.Value]) -> None:
        self._results = results
        self._scope = scope

    def __getitem__(self, name: str) -> feel.Value:
        return self._results[name] if name in self._results else self._scope[name]

    def __contains__(self, name: object) -> bool:
        return name in self._results or name in self._scope

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._results), **dict.fromkeys(self._scope)})

    def __len__(self) -> int:
        return len(set(self._results) | set(self._scope))


class _Evaluation:
    """One table being evaluated on one budget."""

    def __init__(self, decision: Decision, scope: Mapping[str, feel.Value], environment: feel.Environment) -> None:
        self._decision = decision
        self._table: Table = decision.table
        self._scope = scope
        self._environment = environment
        self._cell = replace(environment, budget=max(environment.budget // _CELL_SHARE, min(environment.budget, 1_000)))
        self._run = feel.Run(environment)

    def explain(self) -> TableExplanation:
        inputs = tuple(self._input(position) for position in range(len(self._table.inputs)))
        matched, refused, untried = self._match([seen.value for seen in inputs])
        hits = [self._hit(rule) for rule in matched]
        value = self._value(hits)
        if not self._decision.type.accepts_kind(value):
            raise self._error(f"gave {feel.type_of(value)}, not {self._decision.type.label}. Correct the outputs or the type")
        return TableExplanation(
            decision=self._decision.id,
            label=self._decision.label,
            hit_policy=self._table.hit_policy.value,
            inputs=inputs,
            matched=tuple(hits),
            refused=tuple(refused),
            untried=untried,
            value=value,
        )

    def _input(self, position: int) -> InputValue:
        column = self._table.inputs[position]
        where = f"input {column.label!r}"
        value = self._evaluate(column.expression, where)
        if not column.type.accepts_kind(value):
            found = feel.type_of(value)
            raise self._not_allowed(f"{where}: {found} where {column.type.label} is declared. Correct the data or the table")
        try:
            allowed = column.type.allows(value, self._cell)
        except feel.FeelError as error:
            raise self._error(f"{where}, allowed values: {error}") from error
        if not allowed:
            raise self._not_allowed(f"{where}: the value is not among those allowed. Correct the data, or allow it")
        return InputValue(column.label, column.expression.text, value)

    def _match(self, values: list[feel.Value]) -> tuple[list[Rule], list[RefusedRule], tuple[int, ...]]:
        matched: list[Rule] = []
        refused: list[RefusedRule] = []
        for rule in self._table.rules:
            obstacle = self._refusal(rule, values)
            if obstacle is not None:
                refused.append(obstacle)
                continue
            matched.append(rule)
            if self._table.hit_policy is HitPolicy.FIRST:
                return matched, refused, tuple(range(rule.number + 1, len(self._table.rules) + 1))
        if self._table.hit_policy is HitPolicy.UNIQUE and len(matched) > 1:
            numbers = tuple(rule.number for rule in matched)
            listed = ", ".join(map(str, numbers))
            message = f"Decision {self._decision.label!r} allows one hit (UNIQUE), but rules {listed} all match."
            raise SeveralRulesMatch(f"{message} Make them exclusive.", decision=self._decision.id, rules=numbers)
        return matched, refused, ()

    def _refusal(self, rule: Rule, values: list[feel.Value]) -> RefusedRule | None:
        for column, test, value in zip(self._table.inputs, rule.tests, values, strict=True):
            if test is None:
                continue
            try:
                passes = test.matches(value, self._scope, self._cell)
            except feel.FeelError as error:
                raise self._error(f"rule {rule.number}, cell {column.label!r}: {error}", rule.number) from error
            if not passes:
                return RefusedRule(rule.id, rule.number, column.label, test.text)
        return None

    def _hit(self, rule: Rule) -> MatchedRule:
        outputs: dict[str, feel.Value] = {}
        for column, expression in zip(self._table.outputs, rule.outputs, strict=True):
            name = column.name or self._decision.name
            where = f"rule {rule.number}, output {name!r}"
            value = self._evaluate(expression, where, rule.number)
            if not column.type.accepts_kind(value):
                found = feel.type_of(value)
                raise self._error(f"{where}: {found} where {column.type.label} is declared. Correct it", rule.number)
            if value is not None and column.allowed is not None and not self._is_allowed(column.allowed, value, where):
                raise self._error(f"{where}: the value is not among the output's allowed values. Correct it", rule.number)
            outputs[name] = value
        return MatchedRule(rule.id, rule.number, outputs, rule.note)

    def _is_allowed(self, allowed: feel.UnaryTests, value: feel.Value, where: str) -> bool:
        try:
            return allowed.matches(value, {}, self._cell)
        except feel.FeelError as error:
            raise self._error(f"{where}, allowed values: {error}") from error

    def _value(self, hits: list[MatchedRule]) -> feel.Value:
        values = [self._composed(hit.outputs) for hit in hits]
        if self._table.sums:
            return self._sum(values)
        if self._table.hit_policy is HitPolicy.COLLECT:
            return values
        return values[0] if values else self._default()

    def _composed(self, outputs: Mapping[str, feel.Value]) -> feel.Value:
        return dict(outputs) if len(self._table.outputs) > 1 else next(iter(outputs.values()))

    def _default(self) -> feel.Value:
        if all(column.default is None for column in self._table.outputs):
            return None
        outputs: dict[str, feel.Value] = {}
        for column in self._table.outputs:
            name = column.name or self._decision.name
            outputs[name] = None if column.default is None else self._evaluate(column.default, f"default of output {name!r}")
        return self._composed(outputs)

    def _sum(self, values: list[feel.Value]) -> feel.Value:
        if not values:
            return None
        total = Decimal(0)
        for value in values:
            if not isinstance(value, Decimal):
                raise self._error(f"adds up numbers, but a rule gave {feel.type_of(value)}. Correct the rule's output")
            total = NUMBERS.add(total, value)
        return total

    def _evaluate(self, expression: feel.Expression, where: str, *rules: int) -> feel.Value:
        try:
            return expression.evaluate_within(self._scope, self._run)
        except feel.FeelError as error:
            raise self._error(f"{where}: {error}", *rules) from error

    def _error(self, what: str, *rules: int) -> DecisionError:
        return DecisionError(self._sentence(what), decision=self._decision.id, rules=rules)

    def _not_allowed(self, what: str) -> InputNotAllowed:
        return InputNotAllowed(self._sentence(what), decision=self._decision.id)

    def _sentence(self, what: str) -> str:
        return f"Decision {self._decision.label!r}: {what.rstrip('.')}."
