"""The values of FEEL, as Python objects.

Numbers are Decimal, dates and times those of the standard library (a date and time may be naive or aware) or, where these
cannot hold them, our own of `exact`, lists and contexts plain lists and dicts. An int or a float is not a value: convert
JSON with `from_json` first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow, Underflow
from types import NoneType
from typing import TYPE_CHECKING, TypeAlias, Union

from ..sentences import Sentence, sentence
from .durations import DaysTimeDuration, YearsMonthsDuration
from .exact import ExactDate, ExactDateTime, ExactTime

if TYPE_CHECKING:
    from .machine import Run
    from .nodes import TypeName

NUMBERS = Context(prec=34, Emax=6144, Emin=-6143, traps=[InvalidOperation, DivisionByZero, Overflow, Underflow])


@dataclass(frozen=True, slots=True)
class Range:
    """All values between two ends. An end that is None is open towards infinity.

    `operator` is `=` or `!=` for what `(= 5)` and `(!= 5)` make: one value, all but one. Both ends are that value.
    """

    start: Value
    end: Value
    start_included: bool = True
    end_included: bool = True
    operator: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function as a value. `invoke` is given the running evaluation and one argument for each parameter.

    `types` are those of its parameters (None: any, and none at all where they are not known), `result` what it gives (None:
    not known).
    """

    parameters: tuple[str, ...]
    invoke: Callable[[Run, Sequence[Value]], Value]
    name: str = ""
    types: tuple[TypeName | None, ...] = ()
    result: TypeName | None = None


Value: TypeAlias = Union[
    bool, Decimal, str, date, time, datetime, ExactDate, ExactTime, ExactDateTime, DaysTimeDuration, YearsMonthsDuration,
    Range, Function, "list[Value]", "dict[str, Value]", None,
]  # fmt: skip

_SCALARS = (
    bool, Decimal, str, date, time, datetime, ExactDate, ExactTime, ExactDateTime, DaysTimeDuration, YearsMonthsDuration,
    Range, Function,
)  # fmt: skip

_TYPE_NAMES: dict[type, str] = {
    NoneType: "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    datetime: "date and time",
    date: "date",
    time: "time",
    ExactDateTime: "date and time",
    ExactDate: "date",
    ExactTime: "time",
    DaysTimeDuration: "days and time duration",
    YearsMonthsDuration: "years and months duration",
    Range: "range",
    Function: "function",
    list: "list",
    dict: "context",
}


def type_of(value: object) -> str:
    """The FEEL name of a value's type (`number`, `date and time`, `null` …); for what is no value, its Python type."""
    found = _TYPE_NAMES.get(type(value))
    if found is not None:
        return found
    for kind, name in _TYPE_NAMES.items():
        if isinstance(value, kind):
            return name
    return f"Python {type(value).__name__}"


def needs_boolean(who: str, value: Value) -> tuple[Sentence, Sentence]:
    """What a word of the language says that is given something else than true, false or null: what is wrong, what to do."""
    said = sentence("'{who}' needs boolean, not {kind}", who=who, kind=type_of(value))
    return said, sentence("Compare it with something.")


def from_json(value: object) -> Value:
    """Plain JSON as FEEL values: integers and floats become decimals, everything else stays what it is."""
    if isinstance(value, dict):
        return {str(key): from_json(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [from_json(member) for member in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return NUMBERS.create_decimal(value)
    if isinstance(value, float):
        return NUMBERS.create_decimal(repr(value))
    if value is None or isinstance(value, _SCALARS):
        return value
    raise TypeError(f"{type(value).__name__} is not a JSON or FEEL type.")
