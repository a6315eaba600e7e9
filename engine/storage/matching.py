"""When two values of a register's field are the same, and when a text occurs in one."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from ..canonical import Json
from ..search_words import fold
from .json_text import write_json


def searchable(value: Json) -> str:
    """What a search finds in a value: texts and numbers, also in lists; nothing in other values."""
    match value:
        case str():
            return fold(value)
        case bool() | None:
            return ""
        case int() | Decimal():
            return write_json(value)
        case list():
            return "\n".join(filter(None, map(searchable, value)))
        case _:
            return ""


def fingerprint(value: Json) -> str:
    """Equal for equal values, whatever the order of their members."""
    return hashlib.sha256(write_json(value).encode()).hexdigest()
