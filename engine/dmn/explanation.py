"""Why a decision came out as it did: what an auditor reads years later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .. import feel
from ..canonical import is_safe_number
from .model import Rule, Table


@dataclass(frozen=True, slots=True)
class InputValue:
    """What a column of conditions saw."""

    label: str
    expression: str
    value: feel.Value


@dataclass(frozen=True, slots=True)
class MatchedRule:
    """A rule that matched, and what it gave, by the outputs' names (the decision's own name for a single output)."""

    id: str
    number: int
    outputs: Mapping[str, feel.Value]
    note: str = ""


@dataclass(frozen=True, slots=True)
class RefusedRule:
    """A rule that did not match, and the first cell that refused."""

    id: str
    number: int
    label: str
    test: str


@dataclass(frozen=True, slots=True)
class TableExplanation:
    """One table. `refusals` are the rules that did not match, each with the place of the column that refused it."""

    table: Table
    values: tuple[feel.Value, ...]
    matched: tuple[MatchedRule, ...]
    refusals: tuple[tuple[Rule, int], ...]
    value: feel.Value

    @property
    def decision(self) -> str:
        """The id of the decision or knowledge model that the table stands in."""
        return self.table.owner

    @property
    def inputs(self) -> tuple[InputValue, ...]:
        """What each column of conditions saw."""
        columns = zip(self.table.inputs, self.values, strict=True)
        return tuple(InputValue(column.label, column.expression.text, value) for column, value in columns)

    @property
    def refused(self) -> tuple[RefusedRule, ...]:
        """The rules that did not match, and the first cell of each that refused."""
        return tuple(
            RefusedRule(rule.id, rule.number, self.table.inputs[place].label, test.text)
            for rule, place in self.refusals
            if (test := rule.tests[place]) is not None
        )

    @property
    def untried(self) -> tuple[int, ...]:
        """The numbers of the rules after a FIRST table's hit."""
        return tuple(range(len(self.matched) + len(self.refusals) + 1, len(self.table.rules) + 1))

    def to_json(self) -> dict[str, object]:
        """JSON with the members decision, name, hitPolicy, inputs, matched, refused, untried, value."""
        return {
            "decision": self.decision,
            "name": self.table.title,
            "hitPolicy": self.table.hit_policy.value,
            "inputs": [
                {"label": seen.label, "expression": seen.expression, "value": _shown(seen.value)} for seen in self.inputs
            ],
            "matched": [
                {
                    "id": rule.id,
                    "rule": rule.number,
                    "outputs": {name: _shown(value) for name, value in rule.outputs.items()},
                    "note": rule.note,
                }
                for rule in self.matched
            ],
            "refused": [{"id": rule.id, "rule": rule.number, "input": rule.label, "test": rule.test} for rule in self.refused],
            "untried": list(self.untried),
            "value": _shown(self.value),
        }


@dataclass(frozen=True, slots=True)
class DecisionValue:
    """A decision that was taken on the way, and what it gave."""

    decision: str
    label: str
    value: feel.Value

    def to_json(self) -> dict[str, object]:
        """JSON with the members decision, name, value."""
        return {"decision": self.decision, "name": self.label, "value": _shown(self.value)}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every table that was evaluated and every decision taken, those required first and the one asked for last."""

    tables: tuple[TableExplanation, ...]
    decisions: tuple[DecisionValue, ...] = ()

    def to_json(self) -> dict[str, object]:
        """`{"tables": […], "decisions": […]}`, see `TableExplanation.to_json` and `DecisionValue.to_json`.

        Numbers are `Decimal`, those of more than fifteen digits their text; temporal values are ISO 8601 text.
        """
        return {
            "tables": [table.to_json() for table in self.tables],
            "decisions": [decision.to_json() for decision in self.decisions],
        }


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """A decision's value, why it is that, and what on the way became null because it had no value (none when strict)."""

    value: feel.Value
    explanation: Explanation
    diagnoses: tuple[feel.EvaluationError, ...] = ()

    def to_json(self) -> dict[str, object]:
        """JSON with the members value, diagnoses (texts) and explanation, see `Explanation.to_json`."""
        return {
            "value": _shown(self.value),
            "diagnoses": [str(one) for one in self.diagnoses],
            "explanation": self.explanation.to_json(),
        }


def _shown(value: feel.Value) -> object:
    match value:
        case Decimal():
            return value if is_safe_number(value) else str(value)
        case list():
            return [_shown(item) for item in value]
        case dict():
            return {key: _shown(item) for key, item in value.items()}
        case feel.Function():
            return feel.format_value(value)
        case _:
            return feel.to_json(value)
