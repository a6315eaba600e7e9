"""Whether a value is of a type (DMN 1.5 clause 10.3.2.9)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from ..sentences import Sentence, sentence
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
        return not function_obstacle(value, wanted)
    return True


def function_obstacle(value: Function, wanted: TypeName) -> Sentence | None:
    """Why a function is not of a function type; None when it is, as far as its types are known.

    It may take more than is asked for, but not less, and must give no more (DMN 1.5 clause 10.3.2.9.2).
    """
    *parameters, result = wanted.arguments
    if len(value.parameters) != len(parameters):
        return sentence(
            "a function of {count} parameters where {declared} are declared",
            count=len(value.parameters),
            declared=len(parameters),
        )
    for name, own, given in zip(value.parameters, value.types, parameters, strict=False):
        if own is not None and not type_conforms(given, own):
            return sentence(
                "a function that takes {own} (as `{name}`) where it is given {given}", own=own.name, name=name, given=given.name
            )
    if value.result is not None and not type_conforms(value.result, result):
        return sentence("a function that gives {own} where {declared} is declared", own=value.result.name, declared=result.name)
    return None


def type_conforms(given: TypeName, wanted: TypeName) -> bool:
    """Whether every value of one type is of the other, too (DMN 1.5 clause 10.3.2.9.2)."""
    kind = _SAME.get(wanted.name, wanted.name)
    if kind == "Any" or given.name == "Null":
        return True
    if _SAME.get(given.name, given.name) != kind:
        return False
    if kind == "function" and wanted.arguments:
        taken, asked = given.arguments[:-1], wanted.arguments[:-1]
        takes = len(taken) == len(asked) and all(map(type_conforms, asked, taken))
        return takes and bool(given.arguments) and type_conforms(given.arguments[-1], wanted.arguments[-1])
    if kind == "context":
        members = dict(zip(given.members, given.arguments, strict=True))
        return all(
            name in members and type_conforms(members[name], member)
            for name, member in zip(wanted.members, wanted.arguments, strict=True)
        )
    items = zip(given.arguments or (TypeName("Any"),), wanted.arguments, strict=False)
    return all(type_conforms(own, item) for own, item in items)


def fitted(value: Value, wanted: TypeName, what: str, run: Run) -> Value:
    """The value made to fit the type of a parameter, which `what` names. Null always fits. Raises Fault."""
    if value is None or wanted.name == "Any" or conforms(value, wanted, run):
        return value
    for other in conversions(value, wanted.name):
        if other is not None and conforms(other, wanted, run):
            return other
    raise Fault(
        sentence("'{what}' must be {name}, not {kind}", what=what, name=wanted.name, kind=type_of(value)),
        sentence("Give it a value of that type."),
        value,
    )


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
