"""One way to write JSON as bytes, so that equal values have equal digests.

Keys sorted, no white space, UTF-8, no escapes but the required ones. Numbers are `int` or `Decimal`, never `float`:
what went in comes out. A number of more than fifteen significant digits is refused here, because other readers of
JSON would round it: write it as a string.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from json.encoder import encode_basestring as _quoted
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


def list_of_plain(*items: str | int) -> str:
    """`dumps` of a list of texts and whole numbers, several times as fast."""
    return f"[{','.join([_quoted(item) if isinstance(item, str) else str(item) for item in items])}]"


def loads(text: str | bytes) -> Json:
    """Read JSON with every fraction as `Decimal`; NaN and Infinity are refused (ValueError)."""
    if isinstance(text, str) and not text.startswith("\ufeff"):
        return cast("Json", _READER.decode(text))
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


_READER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse)


def _write(value: Json, parts: list[str]) -> None:
    """Every step writes thousands of these: the commonest kinds come first, and no call is made that can be spared."""
    if isinstance(value, str):
        parts.append(_quoted(value))
    elif value is None:
        parts.append("null")
    elif isinstance(value, dict):
        sign = "{"
        for key in sorted(value):
            item = value[key]
            if isinstance(item, str):
                parts.append(f"{sign}{_quoted(key)}:{_quoted(item)}")
            else:
                parts.append(f"{sign}{_quoted(key)}:")
                _write(item, parts)
            sign = ","
        parts.append("}" if value else "{}")
    elif isinstance(value, bool):
        parts.append("true" if value else "false")
    elif isinstance(value, int):
        parts.append(str(value))
    elif isinstance(value, list):
        sign = "["
        for item in value:
            parts.append(sign)
            _write(item, parts)
            sign = ","
        parts.append("]" if value else "[]")
    elif isinstance(value, Decimal):
        parts.append(_number(value))
    else:
        raise TypeError(f"{type(value).__name__} has no canonical JSON form")


def _number(number: Decimal) -> str:
    if not is_safe_number(number):
        raise ValueError("a number of more than 15 digits is written as a string")
    if number == number.to_integral_value():
        return str(int(number))
    return format(number.normalize(), "f")
