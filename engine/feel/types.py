"""What is known of a value before there is one: a type, as checks describe it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from .durations import DaysTimeDuration, YearsMonthsDuration
from .nodes import TypeName
from .values import Function, Range, Value, type_of


@dataclass(frozen=True, slots=True)
class Type:
    """What a value is known to be, null aside: every value may be null.

    `kind` is a FEEL type's name (as `type_of` gives it), empty when it is not known. `item` is what a list or range holds,
    `members` what a context has; a closed context has no others. `values` are the texts that a string may be (empty: any),
    `parameters` the names of a function's (None: not known), `takes` their types (empty: not known), `result` what it gives.
    `declared` is the host's own account of the type, where it has one.
    """

    kind: str = ""
    item: Type | None = None
    members: Mapping[str, Type] = field(default_factory=dict)
    is_closed: bool = False
    values: frozenset[str] = frozenset()
    parameters: tuple[str, ...] | None = None
    takes: tuple[Type, ...] = ()
    result: Type | None = None
    declared: object = None

    @property
    def is_known(self) -> bool:
        return self.kind not in ("", "null")

    def listed(self) -> Type:
        """A list of it."""
        return Type("list", item=self)


UNKNOWN: Final = Type()
NUMBER: Final = Type("number")
BOOLEAN: Final = Type("boolean")

_SAMPLES: Final[Mapping[str, Value]] = {
    "null": None,
    "number": Decimal(1),
    "string": "a",
    "boolean": True,
    "date": date(2025, 2, 6),
    "time": time(9, 30),
    "date and time": datetime(2025, 2, 6, 9, 30),  # noqa: DTZ001  # a date and time of FEEL may have no zone
    "days and time duration": DaysTimeDuration(Decimal(86_400)),
    "years and months duration": YearsMonthsDuration(1),
    "context": {},
}


def sample(type_: Type) -> tuple[Value, bool]:
    """A value of the type, and whether there is one that can stand for all of them.

    Operators refuse by type: what refuses a sample refuses every value of the type.
    """
    if type_.kind in _SAMPLES:
        return _SAMPLES[type_.kind], True
    if type_.kind == "function":
        return Function(type_.parameters or (), lambda run, arguments: None), True
    if type_.kind in ("list", "range") and type_.item is not None and type_.item.is_known:
        inner, is_known = sample(type_.item)
        return ([inner] if type_.kind == "list" else Range(inner, inner)), is_known
    return None, False


def type_of_value(value: Value) -> Type:
    """What a value shows of its type."""
    match value:
        case list():
            return Type("list", item=common(type_of_value(item) for item in value))
        case Range():
            return Type("range", item=common(type_of_value(end) for end in (value.start, value.end)))
        case dict():
            return Type("context", members={key: type_of_value(member) for key, member in value.items()}, is_closed=True)
        case Function():
            return Type("function", parameters=value.parameters)
        case _:
            return Type(type_of(value))


def common(types: Iterable[Type]) -> Type:
    """What values of all these types have in common; null goes with everything."""
    found: Type | None = None
    for type_ in types:
        if type_.kind == "null":
            continue
        if type_.kind == "" or (found is not None and type_.kind != found.kind):
            return UNKNOWN
        found = type_ if found is None or found == type_ else Type(type_.kind)
    return UNKNOWN if found is None else found


def type_named(name: TypeName) -> Type:
    """The type that a name after `instance of`, or of a parameter, stands for."""
    parts = tuple(map(type_named, name.arguments))
    match name.name:
        case "list" | "range" if parts:
            return Type(name.name, item=parts[0])
        case "context":
            return Type("context", members=dict(zip(name.members, parts, strict=True)))
        case "function":
            return Type("function")
        case "Any" | "Null":
            return UNKNOWN
        case "day time duration":
            return Type("days and time duration")
        case "year month duration":
            return Type("years and months duration")
        case kind:
            return Type(kind)
