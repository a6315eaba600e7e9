"""One way to write JSON as bytes, so that equal values have equal digests.

Keys sorted, no white space, UTF-8, no escapes but the required ones. Numbers are `int` or `Decimal`, never `float`:
what went in comes out. A number of more than fifteen significant digits is refused here, because other readers of
JSON would round it: write it as a string.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import TypeAlias, cast

Json: TypeAlias = "bool | int | Decimal | str | list[Json] | dict[str, Json] | None"

_SAFE_DIGITS = 15


def dumps(value: Json) -> str:
    """Canonical JSON text of `value`.

    Raises:
        TypeError: a float or another type that JSON has no exact form for.
        ValueError: a number that does not survive a round trip through a double.
    """
    parts: list[str] = []
    _write(value, parts)
    return "".join(parts)


def loads(text: str | bytes) -> Json:
    """Read JSON with every fraction as `Decimal`; NaN and Infinity are refused (ValueError)."""
    return cast("Json", json.loads(text, parse_float=Decimal, parse_constant=_refuse))


def digest(value: Json) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(dumps(value).encode()).hexdigest()


def is_safe_number(number: Decimal) -> bool:
    """Whether a double keeps the number: at most fifteen significant digits and a modest exponent."""
    _, digits, exponent = number.as_tuple()
    return isinstance(exponent, int) and len(digits) <= _SAFE_DIGITS and -30 <= exponent <= 30


def _refuse(name: str) -> Json:
    raise ValueError(f"{name} is not a JSON number")


def _write(value: Json, parts: list[str]) -> None:
    match value:
        case None | bool():
            parts.append({None: "null", True: "true", False: "false"}[value])
        case str():
            parts.append(json.dumps(value, ensure_ascii=False))
        case int():
            parts.append(str(value))
        case Decimal():
            parts.append(_number(value))
        case list():
            parts.append("[")
            for index, item in enumerate(value):
                if index:
                    parts.append(",")
                _write(item, parts)
            parts.append("]")
        case dict():
            parts.append("{")
            for index, key in enumerate(sorted(value)):
                parts.append(("," if index else "") + json.dumps(key, ensure_ascii=False) + ":")
                _write(value[key], parts)
            parts.append("}")
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical JSON form")


def _number(number: Decimal) -> str:
    if not is_safe_number(number):
        raise ValueError("a number of more than 15 digits is written as a string")
    if number == number.to_integral_value():
        return str(int(number))
    return format(number.normalize(), "f")
