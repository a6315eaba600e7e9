"""Plain JSON as stored text, exactly: canonical, and able to hold numbers that canonical JSON refuses.

A number of more than fifteen digits becomes `{"@number": "…"}`, a name that begins with `@` gets one more.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from ..canonical import Json, dumps, is_safe_number, loads


def write_json(value: Json | Mapping[str, Json]) -> str:
    """The text that `read_json` reads back as the same value."""
    return dumps(_tagged(cast("Json", dict(value) if isinstance(value, Mapping) else value)))


def read_json(text: str) -> Json:
    """The value that `write_json` wrote."""
    return _untagged(loads(text))


def _tagged(value: Json) -> Json:
    match value:
        case Decimal() if not is_safe_number(value):
            return {"@number": str(value)}
        case list():
            return [_tagged(item) for item in value]
        case dict():
            return {("@" + name if name.startswith("@") else name): _tagged(item) for name, item in value.items()}
        case _:
            return value


def _untagged(value: Json) -> Json:
    match value:
        case list():
            return [_untagged(item) for item in value]
        case {"@number": str(text), **rest} if not rest:
            return Decimal(text)
        case dict():
            return {name.removeprefix("@"): _untagged(item) for name, item in value.items()}
        case _:
            return value
