"""Why a decision came out as it did: what an auditor reads years later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from .. import feel
from ..canonical import is_safe_number
from .model import Rule, Table

LONGEST_VALUE: Final = 1_000
"""Characters of one value that an explanation tells, about."""
MOST_SIZE: Final = 500_000
"""Characters of JSON that the tables of an explanation take, about."""


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
    """One table. `refusals` are the rules that did not match, each with the place of the column that refused it;
    `reads` the names that cells read beside their own column, with their values."""

    table: Table
    values: tuple[feel.Value, ...]
    matched: tuple[MatchedRule, ...]
    refusals: tuple[tuple[Rule, int], ...]
    value: feel.Value
    reads: tuple[tuple[str, feel.Value], ...] = ()

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
    def labels(self) -> Mapping[str, str]:
        """What people call the members of the result, where the table says it: label by name."""
        return {column.name: column.label for column in self.table.outputs if column.label not in ("", column.name)}

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
        """JSON with the members decision, name, hitPolicy, inputs, matched, refused, untried, value, and reads if any."""
        reads = [{"name": name, "value": _told(value)} for name, value in self.reads]
        found: dict[str, object] = {
            "decision": self.decision,
            "name": self.table.title,
            "hitPolicy": self.table.hit_policy.value,
            "inputs": [
                {"label": seen.label, "expression": seen.expression, "value": _told(seen.value)} for seen in self.inputs
            ],
            "matched": [
                {
                    "id": rule.id,
                    "rule": rule.number,
                    "outputs": {name: _told(value) for name, value in rule.outputs.items()},
                    "note": rule.note,
                }
                for rule in self.matched
            ],
            "refused": [{"id": rule.id, "rule": rule.number, "input": rule.label, "test": rule.test} for rule in self.refused],
            "untried": list(self.untried),
            "value": _told(self.value),
        }
        return {**found, "reads": reads} if reads else found


@dataclass(frozen=True, slots=True)
class DecisionValue:
    """A decision that was taken on the way, and what it gave."""

    decision: str
    label: str
    value: feel.Value

    def to_json(self) -> dict[str, object]:
        """JSON with the members decision, name, value."""
        return {"decision": self.decision, "name": self.label, "value": _told(self.value)}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every table that was evaluated and every decision taken, those required first and the one asked for last."""

    tables: tuple[TableExplanation, ...]
    decisions: tuple[DecisionValue, ...] = ()

    def to_json(self) -> dict[str, object]:
        """`{"tables": […], "decisions": […]}`, see `TableExplanation.to_json` and `DecisionValue.to_json`.

        Numbers are `Decimal`, those of more than fifteen digits their text; temporal values are ISO 8601 text.
        """
        tables, more = self.told
        found: dict[str, object] = {
            "tables": [table.to_json() for table in tables],
            "decisions": [decision.to_json() for decision in self.decisions],
        }
        return {**found, "more": more} if more else found

    @property
    def told(self) -> tuple[tuple[TableExplanation, ...], int]:
        """The last tables, as many as `MOST_SIZE` characters hold (one at least), and how many there are before them."""
        size = 0
        for place in range(len(self.tables) - 1, -1, -1):
            size += _size(self.tables[place].to_json())
            if size > MOST_SIZE and place < len(self.tables) - 1:
                return self.tables[place + 1 :], place + 1
        return self.tables, 0


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """A decision's value, why it is that, and what on the way became null because it had no value (none when strict)."""

    value: feel.Value
    explanation: Explanation
    diagnoses: tuple[feel.EvaluationError, ...] = ()

    def to_json(self) -> dict[str, object]:
        """JSON with the members value, diagnoses (texts) and explanation, see `Explanation.to_json`."""
        return {
            "value": _json(self.value),
            "diagnoses": [str(one) for one in self.diagnoses],
            "explanation": self.explanation.to_json(),
        }


def shortened(value: feel.Value) -> feel.Value:
    """The value, or as much of it as an explanation tells; what is cut ends with a mark and how long the whole was."""
    return _cut(value, [LONGEST_VALUE])


def _cut(value: feel.Value, room: list[int]) -> feel.Value:
    """As much of a value as there is room for, which it takes."""
    match value:
        case str():
            kept = max(room[0], 0)
            room[0] -= len(value) + 1
            return value if len(value) <= kept else f"{value[:kept]}… ({len(value)})"
        case list():
            items: list[feel.Value] = []
            for item in value:
                if room[0] <= 0:
                    return [*items, f"… ({len(value)})"]
                items.append(_cut(item, room))
            return items
        case dict():
            members: dict[str, feel.Value] = {}
            for name, member in value.items():
                if room[0] <= 0:
                    return {**members, "…": f"({len(value)})"}
                room[0] -= len(name)
                members[name] = _cut(member, room)
            return members
        case _:
            room[0] -= 10
            return value


def _size(told: object) -> int:
    """About how many characters of JSON this is."""
    match told:
        case str():
            return len(told) + 4
        case list():
            return 2 + sum(map(_size, told))
        case dict():
            return 2 + sum(len(key) + 4 + _size(member) for key, member in told.items())
        case _:
            return 8


def _told(value: feel.Value) -> object:
    return _json(shortened(value))


def _json(value: feel.Value) -> object:
    match value:
        case Decimal():
            return value if is_safe_number(value) else str(value)
        case list():
            return [_json(item) for item in value]
        case dict():
            return {key: _json(item) for key, item in value.items()}
        case feel.Function():
            return feel.format_value(value)
        case _:
            return feel.to_json(value)
