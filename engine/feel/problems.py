"""One thing that is wrong with an expression, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol

from ..sentences import Sentence, Words, sentence
from .errors import Fault, place_of
from .nodes import Arithmetic, Literal, Node, Operand
from .temporal import parse_date, parse_temporal
from .types import Type
from .values import type_of

_MOST_VALUES: Final = 8
_WRITTEN: Final[Mapping[str, tuple[str, str]]] = {
    "date": ("2025-12-31", "date"),
    "time": ("13:45:00", "time"),
    "date and time": ("2025-12-31T13:45:00", "date and time"),
    "days and time duration": ("P14D", "duration"),
    "years and months duration": ("P1Y6M", "duration"),
}
"""How values are written, and the function that converts to them."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an expression.

    `kind` is `syntax` (it is no FEEL), `name` or `function` (there is none of that name), `arguments` (a function takes
    others), `type` (it has no value, whatever the data), `member` (it is always null) or `value` (it is never true).
    `position` is an offset from 0 in `text`, which is empty for a part that was not read from one text; `where` says where
    that stands. `said` says what is wrong, without a full stop, and `advice` what to do about it.
    """

    kind: str
    position: int
    said: Sentence
    advice: Sentence
    text: str
    where: Words = ""

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return f"{self.said.text('en')}."

    @property
    def remedy(self) -> str:
        """What to do, in English."""
        return self.advice.text("en")

    @property
    def place(self) -> Sentence:
        """Where it is, for people: `column 7`."""
        return place_of(self.position, self.text)

    def __str__(self) -> str:
        return f"{self.message} {self.remedy} ({self.place})"


class Teller(Protocol):
    """What notes problems, and knows the names that are near others."""

    def tell(self, kind: str, position: int, said: Sentence, advice: Sentence) -> None:
        """Note a problem."""
        ...

    def near(self, name: str, known: Iterable[str]) -> Sentence | None:
        """The nearest name, as a question."""
        ...


def advice(fault: Fault, types: Sequence[Type] = (), operands: Sequence[Node] = ()) -> tuple[Sentence, Sentence]:
    """What an operator's refusal says is wrong, and what to do; for a text beside a date how dates are written."""
    said = sentence("{message}", message=str(fault.said).rstrip(".")) if isinstance(fault.said, str) else fault.said
    remedy = fault.advice if isinstance(fault.advice, Sentence) else sentence("Give it something else.")
    kinds = {type_.kind for type_ in types}
    temporal = next((kind for kind in _WRITTEN if kind in kinds), "")
    if temporal and "string" in kinds:
        return said, _how_written(temporal, operands)
    written = next(filter(None, map(_date_of_numbers, operands)), "") if temporal else ""
    if written:
        return said, sentence('Write @"{literal}".', literal=written)
    if kinds == {"date", "date and time"}:
        return said, sentence("Convert with date(…).")
    if kinds == {"date", "number"} and str(fault).startswith(("'+'", "'-'")):
        return said, sentence('Count days with a duration: @"P5D".')
    return said, remedy


def _how_written(kind: str, operands: Sequence[Node]) -> Sentence:
    literal = next((one.value for one in operands if isinstance(one, Literal) and isinstance(one.value, str)), "")
    if literal and type_of(parse_temporal(literal)) == kind:
        return sentence('Write @"{literal}".', literal=literal)
    example, function = _WRITTEN[kind]
    return sentence('Write @"{example}", or {function}(…) to convert.', example=example, function=function)


def _date_of_numbers(node: Node) -> str:
    """`2025-01-31` is 2025 minus 1 minus 31; the date that was meant, if there is one."""
    match node:
        case Arithmetic(
            Literal(Decimal() as year), (Operand("-", Literal(Decimal() as month)), Operand("-", Literal(Decimal() as day)))
        ):
            text = f"{year!s:0>4}-{month!s:0>2}-{day!s:0>2}"
            return text if parse_date(text) else ""
    return ""


def never(examination: Teller, type_: Type, other: Node | None) -> None:
    """Note a literal text that is none of those that a value of the type may be."""
    if not type_.values or not isinstance(other, Literal) or not isinstance(other.value, str):
        return
    if other.value not in type_.values:
        told = sorted(type_.values)
        listed = ", ".join(f'"{value}"' for value in told[:_MOST_VALUES]) + (", …" if len(told) > _MOST_VALUES else "")
        near = examination.near(other.value, told) or sentence("It is one of {listed}.", listed=listed)
        examination.tell("value", other.position, sentence('The value is never "{value}"', value=other.value), near)
