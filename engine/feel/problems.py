"""One thing that is wrong with an expression, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from .errors import place_of
from .nodes import Literal, Node
from .temporal import parse_temporal
from .types import Type
from .values import type_of

_MOST_VALUES: Final = 8
_WRITTEN: Final[Mapping[str, str]] = {
    "date": '@"2025-12-31", or date(…) to convert',
    "time": '@"13:45:00", or time(…) to convert',
    "date and time": '@"2025-12-31T13:45:00", or date and time(…) to convert',
    "days and time duration": '@"P14D", or duration(…) to convert',
    "years and months duration": '@"P1Y6M", or duration(…) to convert',
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an expression.

    `kind` is `syntax` (it is no FEEL), `name` or `function` (there is none of that name), `arguments` (a function takes
    others), `type` (it has no value, whatever the data), `member` (it is always null) or `value` (it is never true).
    `position` is an offset from 0 in `text`, which is empty for a part that was not read from one text; `where` says where
    that stands.
    """

    kind: str
    position: int
    message: str
    remedy: str
    text: str
    where: str = ""

    @property
    def place(self) -> str:
        """Where it is, for people: `column 7`."""
        return place_of(self.position, self.text)

    def __str__(self) -> str:
        return f"{self.message} {self.remedy} ({self.place})"


class Teller(Protocol):
    """What notes problems, and knows the names that are near others."""

    def tell(self, kind: str, position: int, message: str, remedy: str) -> None:
        """Note a problem."""
        ...

    def near(self, name: str, known: Iterable[str]) -> str:
        """The nearest name, as a question."""
        ...


def advice(refusal: str, types: Sequence[Type] = (), operands: Sequence[Node] = ()) -> tuple[str, str]:
    """What an operator's refusal says is wrong, and what to do; for a text beside a date how dates are written."""
    message, _, remedy = refusal.partition(". ")
    kinds = {type_.kind for type_ in types}
    temporal = next((kind for kind in _WRITTEN if kind in kinds), "")
    if temporal and "string" in kinds:
        literal = next((one.value for one in operands if isinstance(one, Literal) and isinstance(one.value, str)), "")
        is_right = bool(literal) and type_of(parse_temporal(literal)) == temporal
        remedy = f'Write @"{literal}".' if is_right else f"Write {_WRITTEN[temporal]}."
    elif kinds == {"date", "date and time"}:
        remedy = "Convert with date(…)."
    elif kinds == {"date", "number"} and message.startswith(("'+'", "'-'")):
        remedy = 'Count days with a duration: @"P5D".'
    return message.rstrip(".") + ".", remedy or "Give it something else."


def never(examination: Teller, type_: Type, other: Node | None) -> None:
    """Note a literal text that is none of those that a value of the type may be."""
    if not type_.values or not isinstance(other, Literal) or not isinstance(other.value, str):
        return
    if other.value not in type_.values:
        told = sorted(type_.values)
        listed = ", ".join(f'"{value}"' for value in told[:_MOST_VALUES]) + (", …" if len(told) > _MOST_VALUES else "")
        near = examination.near(other.value, told)
        examination.tell("value", other.position, f'The value is never "{other.value}".', near or f"It is one of {listed}.")
