"""What a `typeRef` says about a value: its FEEL type, and the values it may have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .. import feel

_BUILT_IN: Final[Mapping[str, str]] = {
    "any": "",
    "string": "string",
    "number": "number",
    "integer": "number",
    "long": "number",
    "double": "number",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "date and time": "date and time",
    "datetime": "date and time",
    "days and time duration": "days and time duration",
    "daytimeduration": "days and time duration",
    "years and months duration": "years and months duration",
    "yearmonthduration": "years and months duration",
    "context": "context",
    "list": "list",
}


@dataclass(frozen=True, slots=True)
class ItemType:
    """A type a model may refer to. `kind` is a FEEL type's name, empty for any; `allowed` are the values it may have."""

    kind: str
    is_collection: bool = False
    allowed: feel.UnaryTests | None = None

    def accepts_kind(self, value: feel.Value) -> bool:
        """Whether the value is of the type; null always is: a field that nobody has answered."""
        if value is None:
            return True
        if self.is_collection:
            return isinstance(value, list) and all(item is None or _is(item, self.kind) for item in value)
        return _is(value, self.kind)

    def allows(self, value: feel.Value, environment: feel.Environment) -> bool:
        """Whether the value is among the allowed ones; each item of a collection must be. Null always is."""
        if self.allowed is None or value is None:
            return True
        items = value if self.is_collection and isinstance(value, list) else [value]
        return all(self.allowed.matches(item, {}, environment) for item in items if item is not None)

    @property
    def label(self) -> str:
        """The type for people: `list of number`."""
        return f"list of {self.kind or 'anything'}" if self.is_collection else self.kind or "anything"


ANY: Final = ItemType("")


def built_in(reference: str) -> ItemType | None:
    """The built-in type with that name, written with or without the prefix `feel:`; None when there is none."""
    kind = _BUILT_IN.get(reference.removeprefix("feel:").strip().lower())
    return None if kind is None else ItemType(kind)


def _is(value: feel.Value, kind: str) -> bool:
    return not kind or feel.type_of(value) == kind
