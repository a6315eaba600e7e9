"""How a built-in function is declared, found and called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from types import NoneType
from typing import Final

from ..sentences import Sentence, one_of, sentence
from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import Fault
from .exact import ExactDate, ExactDateTime, ExactTime
from .limits import CHARACTERS_PER_STEP
from .machine import Run
from .values import Function, Range, Value, type_of

_TYPES: dict[str, tuple[type, ...]] = {
    "number": (Decimal,),
    "string": (str,),
    "boolean": (bool,),
    "date": (date, ExactDate),
    "time": (time, ExactTime),
    "date and time": (datetime, ExactDateTime),
    "days and time duration": (DaysTimeDuration,),
    "years and months duration": (YearsMonthsDuration,),
    "range": (Range,),
    "function": (Function,),
    "list": (list,),
    "context": (dict,),
    "null": (NoneType,),
}


_GIVE_ANOTHER: Final = sentence("Give it something else.")


@lru_cache(maxsize=512)
def _refusal(name: str, kinds: tuple[str, ...], kind: str) -> Sentence:
    return sentence("'{name}' must be {kinds}, not {kind}", name=name, kinds=one_of(kinds), kind=kind)


@dataclass(frozen=True, slots=True)
class Parameter:
    """`kinds` are the FEEL types it takes (empty: any); a `many` parameter takes all the rest as one list."""

    name: str
    kinds: tuple[str, ...]
    optional: bool
    many: bool

    def accept(self, value: Value) -> tuple[bool, Value]:
        """Whether the value fits, and the value as the function wants it (DMN 1.5 clause 10.3.2.9.4)."""
        if not self.kinds:
            return True, value
        if self._fits(value):
            return True, value
        if "list" in self.kinds and value is not None:
            return True, [value]
        if isinstance(value, list) and len(value) == 1 and self._fits(value[0]):
            return True, value[0]
        return False, value

    def refusal(self, value: Value) -> Sentence:
        """Why it does not take a value, without a full stop."""
        return _refusal(self.name, self.kinds, type_of(value))

    def _fits(self, value: Value) -> bool:
        return any(type(value) in _TYPES[kind] for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a built-in function. `body` gets the run and one argument for each parameter."""

    parameters: tuple[Parameter, ...]
    body: Callable[..., Value]

    def may_take(self, count: int, names: Sequence[str]) -> bool:
        """Whether it can be called with so many arguments, or with these named ones."""
        return self.takes_names(names) if names else self.takes(count)

    def takes(self, count: int) -> bool:
        """Whether it can be called with so many arguments by position."""
        least = sum(not parameter.optional for parameter in self.parameters)
        most = len(self.parameters)
        return least <= count and (count <= most or any(parameter.many for parameter in self.parameters))

    def takes_names(self, names: Sequence[str]) -> bool:
        """Whether it can be called with these named arguments."""
        known = {parameter.name for parameter in self.parameters}
        needed = {parameter.name for parameter in self.parameters if not parameter.optional}
        return needed <= set(names) <= known

    def names(self) -> tuple[str, ...]:
        """The names of the parameters, in order."""
        return tuple(parameter.name for parameter in self.parameters)

    def positions(self, names: Sequence[str]) -> tuple[int, ...]:
        """For each named argument the place of its parameter."""
        order = self.names()
        return tuple(order.index(name) for name in names)

    def bind(self, arguments: list[Value]) -> list[Value]:
        """The arguments as the body takes them. Raises Fault for one of the wrong type."""
        if self.parameters and self.parameters[-1].many:
            fixed = len(self.parameters) - 1
            arguments = [*arguments[:fixed], arguments[fixed:]]
        bound = []
        for parameter, value in zip(self.parameters, arguments, strict=False):
            fits, converted = parameter.accept(value)
            if not fits:
                raise Fault(parameter.refusal(value), _GIVE_ANOTHER, value)
            bound.append(converted)
        return bound


@dataclass(frozen=True, slots=True)
class Builtin:
    """A built-in function: its name and the ways to call it, the likelier first."""

    name: str
    signatures: tuple[Signature, ...]

    def call(self, run: Run, arguments: list[Value], candidates: Sequence[Signature] | None = None) -> Value:
        """Run the first signature whose parameters take the arguments. Raises Fault when none does."""
        run.spend(3 + sum(len(value) for value in arguments if type(value) is str) // CHARACTERS_PER_STEP)
        refusal: Fault | None = None
        for signature in self.signatures if candidates is None else candidates:
            try:
                bound = signature.bind(arguments)
            except Fault as fault:
                refusal = refusal or fault
                continue
            try:
                return signature.body(run, *bound)
            except (ArithmeticError, ValueError):
                said = sentence("{name}: the result is too large, or outside the years -999999999 to 999999999", name=self.name)
                raise Fault(said, sentence("Use smaller numbers.")) from None
        usage = sentence("Write {usage}.", usage=one_of(self.ways()))
        if refusal is None:
            raise Fault(sentence("{name}: wrong number of arguments", name=self.name), usage)
        remedy = sentence("Check for null first.") if refusal.values == (None,) else usage
        raise Fault(sentence("{name}: {refusal}", name=self.name, refusal=refusal.said), remedy, *refusal.values)

    def as_value(self) -> Function:
        """The function as a value, to be given to `sort` and the like."""

        def invoke(run: Run, arguments: Sequence[Value]) -> Value:
            fitting = [signature for signature in self.signatures if signature.takes(len(arguments))]
            return self.call(run, list(arguments), fitting)

        return Function(self.signatures[0].names(), invoke, self.name)

    def usage(self) -> str:
        """How to call it, for a message: `substring(string, start position, length?)`."""
        return " or ".join(self.ways())

    def ways(self) -> list[str]:
        """The ways to call it."""
        return list(dict.fromkeys(f"{self.name}({_parameters(signature)})" for signature in self.signatures))


def _parameters(signature: Signature) -> str:
    return ", ".join(
        parameter.name + ("…" if parameter.many else "?" if parameter.optional else "") for parameter in signature.parameters
    )


class Registry:
    """Functions of one subject or extension set, collected by decorator."""

    def __init__(self) -> None:
        self.signatures: dict[str, list[Signature]] = {}

    def add(self, declaration: str) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
        """Declare one signature: `substring(string: string, start position: number, length: number?)`.

        `: a|b` takes either type, no type any value; `?` after a type (or name) makes it optional, `…` takes the rest.
        Raises ValueError for a type that FEEL does not have.
        """
        name, _, rest = declaration.removesuffix(")").partition("(")
        parameters = tuple(_parameter(part) for part in rest.split(",") if part.strip())

        def register(body: Callable[..., Value]) -> Callable[..., Value]:
            self.signatures.setdefault(name, []).append(Signature(parameters, body))
            return body

        return register


def _parameter(text: str) -> Parameter:
    optional, many = text.endswith("?"), text.endswith("…")
    name, _, kinds = text.rstrip("?…").strip().partition(":")
    types = tuple(kind.strip() for kind in kinds.split("|") if kind.strip())
    if unknown := set(types) - _TYPES.keys():
        raise ValueError(f"'{name.strip()}' is declared as {min(unknown)}, which is no type. Use {', '.join(_TYPES)}.")
    return Parameter(name.strip(), types, optional, many)
