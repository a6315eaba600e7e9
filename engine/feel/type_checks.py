"""Whether a value is of a type (DMN 1.5 clause 10.3.2.9)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from .errors import Fault
from .exact import ExactDate, combine
from .machine import Run
from .nodes import TypeName
from .values import Function, Range, Value, type_of

_SAME = {"day time duration": "days and time duration", "year month duration": "years and months duration"}


def conforms(value: Value, wanted: TypeName, run: Run) -> bool:
    """True when the value is of the type, elements and members included. Null is of the types Null and Any only."""
    if wanted.name == "Any":
        return value is not None
    if wanted.name == "Null":
        return value is None
    if type_of(value) != _SAME.get(wanted.name, wanted.name):
        return False
    if isinstance(value, list) and wanted.arguments:
        run.spend(len(value))
        return all(_fits(item, wanted.arguments[0], run) for item in value)
    if isinstance(value, Range) and wanted.arguments:
        return all(end is None or _fits(end, wanted.arguments[0], run) for end in (value.start, value.end))
    if isinstance(value, dict):
        run.spend(len(wanted.members))
        members = zip(wanted.members, wanted.arguments, strict=True)
        return all(name in value and _fits(value[name], member, run) for name, member in members)
    if isinstance(value, Function) and wanted.arguments:
        return len(value.parameters) == len(wanted.arguments) - 1
    return True


def fitted(value: Value, wanted: TypeName, what: str, run: Run) -> Value:
    """The value made to fit the type of a parameter, which `what` names. Null always fits. Raises Fault."""
    if value is None or wanted.name == "Any" or conforms(value, wanted, run):
        return value
    for other in conversions(value, wanted.name):
        if other is not None and conforms(other, wanted, run):
            return other
    raise Fault(f"'{what}' must be {wanted.name}, not {type_of(value)}.", value)


def conversions(value: Value, kind: str) -> list[Value]:
    """What a value may stand for where a type of that kind is declared (DMN 1.5 clause 10.3.2.9.4).

    A list of one is its item, a single value a list of one, a date the first moment of its day in UTC.
    """
    found: list[Value] = []
    if isinstance(value, list) and len(value) == 1:
        found.append(value[0])
    if kind == "list" and not isinstance(value, list):
        found.append([value])
    if kind == "date and time" and isinstance(value, date | ExactDate) and not isinstance(value, datetime):
        found.append(combine(value, time(tzinfo=UTC)))
    return found


def _fits(value: Value, wanted: TypeName, run: Run) -> bool:
    return value is None or wanted.name == "Any" or conforms(value, wanted, run)
