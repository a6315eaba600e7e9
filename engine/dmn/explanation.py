"""Why a decision came out as it did: what an auditor reads years later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .. import feel
from ..canonical import is_safe_number


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
    """One table. `untried` are the numbers of the rules after a FIRST table's hit."""

    decision: str
    label: str
    hit_policy: str
    inputs: tuple[InputValue, ...]
    matched: tuple[MatchedRule, ...]
    refused: tuple[RefusedRule, ...]
    untried: tuple[int, ...]
    value: feel.Value

    def to_json(self) -> dict[str, object]:
        """JSON with the members decision, name, hitPolicy, inputs, matched, refused, untried, value."""
        return {
            "decision": self.decision,
            "name": self.label,
            "hitPolicy": self.hit_policy,
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
class Explanation:
    """Every table that was evaluated, the required ones first and the asked one last."""

    tables: tuple[TableExplanation, ...]

    def to_json(self) -> dict[str, object]:
        """`{"tables": […]}`, see `TableExplanation.to_json`.

        Numbers are `Decimal`, those of more than fifteen digits their text; temporal values are ISO 8601 text.
        """
        return {"tables": [table.to_json() for table in self.tables]}


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """A decision's value, and why it is that."""

    value: feel.Value
    explanation: Explanation


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
