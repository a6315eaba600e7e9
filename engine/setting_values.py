"""What settings are written as: text, numbers, true or false, lists. Each raises ValueError with what it should be."""

from __future__ import annotations

from collections.abc import Callable


def text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("it must be text")
    return value


def number(least: int, most: int) -> Callable[[object], int]:
    def parse(value: object) -> int:
        written = str(value).strip()
        if isinstance(value, bool) or not written.isdecimal() or not least <= int(written) <= most:
            raise ValueError(f"it must be a whole number from {least} to {most}")
        return int(written)

    return parse


def truth(value: object) -> bool:
    written = str(value).strip().lower()
    if written not in ("true", "false"):
        raise ValueError("it must be true or false")
    return written == "true"


def entries(value: object) -> tuple[str, ...]:
    """The texts of a list, or those between the commas of a text, without the empty ones."""
    given = value if isinstance(value, list) else text(value).split(",")
    return tuple(entry for one in given if (entry := text(one).strip()))
