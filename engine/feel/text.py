"""Values as text and as JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias, Union

from ..sentences import sentence
from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import EvaluationError
from .exact import DATES, MOMENTS, TIMES
from .limits import VALUE_DEPTH
from .temporal import format_date, format_date_and_time, format_time
from .values import Function, Range, Value

Json: TypeAlias = Union[bool, Decimal, str, "list[Json]", "dict[str, Json]", None]


def to_json(value: Value) -> Json:
    """Plain JSON: dates, times and durations as ISO 8601 strings, ranges as FEEL text, numbers still Decimal.

    Raises EvaluationError for a function, which JSON cannot hold.
    """
    if isinstance(value, list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(member) for key, member in value.items()}
    if value is None or isinstance(value, bool | Decimal | str):
        return value
    if isinstance(value, Function):
        raise EvaluationError(sentence("A function cannot be stored or shown"), sentence("Store what it returns."))
    return format_value(value) if isinstance(value, Range) else as_text(value)


def as_text(value: Value) -> str:
    """What `string(…)` gives: a string itself, dates in ISO 8601, everything else as FEEL writes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, MOMENTS):
        return format_date_and_time(value)
    if isinstance(value, DATES):
        return format_date(value)
    if isinstance(value, TIMES):
        return format_time(value)
    if isinstance(value, DaysTimeDuration | YearsMonthsDuration):
        return str(value)
    return format_value(value)


def format_value(value: Value, depth: int = 0) -> str:
    """The value as FEEL text that, compiled, gives the value again (functions excepted: `function(a, b)`)."""
    if depth > VALUE_DEPTH:
        raise EvaluationError(
            sentence("A value is nested deeper than {value_depth} levels", value_depth=VALUE_DEPTH),
            sentence("Make it flatter."),
        )
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return _number(value)
        case str():
            return _quoted(value)
        case list():
            return "[" + ", ".join(format_value(item, depth + 1) for item in value) + "]"
        case dict():
            return "{" + ", ".join(f"{_key(key)}: {format_value(item, depth + 1)}" for key, item in value.items()) + "}"
        case Range():
            return _range(value, depth)
        case Function():
            return f"function({', '.join(value.parameters)})"
        case _:
            return f'@"{as_text(value)}"'


def _number(value: Decimal) -> str:
    return format(value if value else abs(value), "f")


def _range(value: Range, depth: int) -> str:
    if value.operator:
        return f"({value.operator} {format_value(value.start, depth + 1)})"
    if value.start is None and value.end is not None:
        return f"({'<=' if value.end_included else '<'} {format_value(value.end, depth + 1)})"
    if value.end is None and value.start is not None:
        return f"({'>=' if value.start_included else '>'} {format_value(value.start, depth + 1)})"
    start, end = "[" if value.start_included else "(", "]" if value.end_included else ")"
    return f"{start}{format_value(value.start, depth + 1)}..{format_value(value.end, depth + 1)}{end}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def _key(key: str) -> str:
    return key if key.isidentifier() else _quoted(key)
