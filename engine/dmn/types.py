"""What a `typeRef` says about a value: its type, the values it may have, and how a value is made to fit (DMN 1.5 clause
10.3.2.9.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from .. import feel
from ..sentences import Sentence, Words, sentence

_BUILT_IN: Final[Mapping[str, str]] = {
    "Any": "",
    "string": "string",
    "number": "number",
    "integer": "number",
    "long": "number",
    "double": "number",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "date and time": "date and time",
    "dateTime": "date and time",
    "days and time duration": "days and time duration",
    "dayTimeDuration": "days and time duration",
    "years and months duration": "years and months duration",
    "yearMonthDuration": "years and months duration",
    "context": "context",
    "function": "function",
    "list": "list",
    "null": "null",
}
_NAMED: Final[Mapping[str, str]] = {"": "Any", "null": "Null"}


@dataclass(frozen=True, slots=True)
class ItemType:
    """A type a model may refer to.

    `kind` is a FEEL type's name, empty for any. `item` is what a list holds, `members` what a context has, `parameters`
    and `result` what a function takes and gives. `allowed` are tests that the value must all pass.
    """

    kind: str = ""
    item: ItemType | None = None
    members: tuple[tuple[str, ItemType], ...] = ()
    result: ItemType | None = None
    parameters: tuple[tuple[str, ItemType], ...] = ()
    allowed: tuple[feel.UnaryTests, ...] = ()

    @property
    def label(self) -> Words:
        """The type for people: `list of number`."""
        if self.item is not None:
            return sentence("list of {item}", item=self.item.label)
        return self.kind or sentence("anything")

    @property
    def _is_plain(self) -> bool:
        """Whether the kind is all there is to the type, as it is of most columns."""
        return not self.allowed and self.item is None and not self.members and self.result is None

    @property
    def given(self) -> ItemType:
        """What a function gives that is declared so: many declare only that, instead of a function type."""
        return (self.result or ANY) if self.kind == "function" else self

    def narrowed(self, allowed: feel.UnaryTests | None) -> ItemType:
        """The same type with one more test."""
        return self if allowed is None else replace(self, allowed=(*self.allowed, allowed))

    def listed(self) -> ItemType:
        """A list of this type."""
        return ItemType("list", item=self)

    def misfit(self, value: feel.Value, frame: feel.Frame) -> Sentence | None:
        """Why the value is not of the type, or None when it is; null always is: what nobody has answered.

        Raises FeelError when an allowed value cannot be tested.
        """
        if value is None or self == ANY:
            return None
        frame.run.spend()
        if self.kind and feel.type_of(value) != self.kind:
            return feel.other_type(feel.type_of(value), self.label)
        for what in self._parts(value, frame):
            if what:
                return what
        if not all(test.passes(feel.subject(value, frame)) for test in self.allowed):
            return sentence("the value is not among those allowed")
        return None

    def _parts(self, value: feel.Value, frame: feel.Frame) -> list[Sentence | None]:
        if isinstance(value, list) and self.item is not None:
            return [self.item.misfit(item, frame) for item in value]
        if isinstance(value, dict):
            return [
                feel.in_member(what, name) if (what := type_.misfit(value.get(name), frame)) else None
                for name, type_ in self.members
            ]
        if isinstance(value, feel.Function) and self.result is not None:
            return [feel.function_obstacle(value, self.structure())]
        return []

    def fit(self, value: feel.Value, frame: feel.Frame) -> tuple[feel.Value, Sentence | None]:
        """The value made to fit, and None; or the value and why it does not fit.

        A list of one is its item where no list is declared, a single value a list of one where a list is, a date the
        first moment of its day in UTC where a date and time is. Raises FeelError as `misfit` does.
        """
        if self._is_plain and (not self.kind or value is None or feel.type_of(value) == self.kind):
            return value, None
        obstacle = self.misfit(value, frame)
        if not obstacle:
            return value, None
        for other in feel.conversions(value, self.kind):
            if not self.misfit(other, frame):
                return other, None
        return value, obstacle

    def mismatch(self, parameters: tuple[str, ...], types: tuple[ItemType, ...]) -> Sentence | None:
        """Why a function with these parameters is not of this function type; None when it is, or this is no such type."""
        if self.kind != "function" or self.result is None:
            return None
        made = feel.Function(parameters, lambda run, arguments: None, types=tuple(one.structure() for one in types))
        return feel.function_obstacle(made, self.structure())

    def structure(self) -> feel.TypeName:
        """The type as FEEL knows it after `instance of`: what a value is made of, not which values are allowed."""
        if self.item is not None:
            return feel.TypeName("list", (self.item.structure(),))
        if self.members:
            names, types = zip(*self.members, strict=True)
            return feel.TypeName("context", tuple(one.structure() for one in types), names)
        if self.result is not None:
            return feel.TypeName("function", (*(one.structure() for _, one in self.parameters), self.result.structure()))
        return feel.TypeName(_NAMED.get(self.kind, self.kind))

    def from_json(self, value: object) -> feel.Value:
        """Plain JSON as a value of this type: text becomes a date, a time or a duration where one is declared.

        What does not fit is left as it is, for `fit` to tell.
        """
        if isinstance(value, str) and self.kind in _WRITTEN:
            read = _WRITTEN[self.kind](value)
            return value if read is None else read
        if isinstance(value, list) and self.item is not None:
            return [self.item.from_json(item) for item in value]
        if isinstance(value, dict):
            members = dict(self.members)
            return {key: members.get(key, ANY).from_json(member) for key, member in value.items()}
        return feel.from_json(value)


ANY: Final = ItemType()
_WRITTEN: Final[Mapping[str, Callable[[str], feel.Value]]] = {
    "date": feel.parse_date,
    "time": feel.parse_time,
    "date and time": feel.parse_date_and_time,
    "days and time duration": feel.parse_duration,
    "years and months duration": feel.parse_duration,
}


def built_in(reference: str) -> ItemType | None:
    """The built-in type with that name, written with or without the prefix `feel:`; None when there is none.

    Capital letters matter: `Context` may be a type that somebody forgot to define.
    """
    kind = _BUILT_IN.get(reference.removeprefix("feel:").strip())
    return None if kind is None else ItemType(kind)


def nearest_type(reference: str, types: Iterable[str]) -> str:
    """The name of a type nearest to one that is not there; nothing when none of the `types` or built-in ones is near."""
    return feel.nearest_name(reference, {*types, *_BUILT_IN})
