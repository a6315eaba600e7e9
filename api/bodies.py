"""JSON in and out.

Fractions are read as `Decimal` and written back as the same number, so what a person typed survives. Anything a later
step could not keep (NUL characters, lone surrogates, numbers that other readers would round, bottomless nesting) is
refused at the door.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, cast

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import ValidationException

from engine.actor import Actor
from engine.canonical import Json, is_safe_number
from engine.commands.free_text import MOST_NOTE_CHARACTERS
from engine.commands.sessions import SignedIn
from engine.sentences import Sentence

from .problems import Problem

MAX_DEPTH = 50
_MAX_DIGITS = 15
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")

Object = dict[str, object]
SEEN = r"\S"
"""What text must match that says something: one character at least that is no white space."""
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=SEEN)]

Receiver = Annotated[str, msgspec.Meta(min_length=1, max_length=100, description="The id of a user.")]
HandoverNote = Annotated[
    str,
    msgspec.Meta(
        max_length=MOST_NOTE_CHARACTERS,
        description="What the other should know. Kept in the case's history; an identity number is refused.",
    ),
]


class Body(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What a caller sends. A misspelt member is an error, never ignored."""


class View(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a caller gets."""


class InBothLanguages(View, frozen=True, kw_only=True):
    """A text in Swedish and in English."""

    sv: str
    en: str

    @classmethod
    def of(cls, said: Sentence) -> InBothLanguages:
        return cls(sv=said.text("sv"), en=said.text("en"))

    @classmethod
    def part(cls, said: Sentence) -> InBothLanguages:
        """A name or another part of a sentence."""
        return cls(sv=said.part("sv"), en=said.part("en"))


# The handlers' Request type is Litestar's own; its first two parameters are what the sign-in middleware found.
class JsonRequest(Request[Actor, SignedIn, State]):
    """A request whose JSON is read by our rules."""

    async def json(self) -> Any:  # Any: the signature is Litestar's
        kind, _ = self.content_type
        if kind != "application/json":
            raise Problem("unsupported-media-type")
        return self._of_its_type(read(await self.body()))

    def _of_its_type(self, value: Json) -> object:
        """The body as the operation declares it. The framework would take `"5"` for 5, as it must in addresses."""
        field = self.scope["route_handler"].parsed_data_field
        if field is None:
            return value
        try:
            return msgspec.convert(value, field.annotation)
        except msgspec.ValidationError as error:
            message, _, place = str(error).partition(" - at ")
            found = {
                "message": message,
                "key": place.strip("`").removeprefix("$").removeprefix(".") or "data",
                "source": "body",
            }
            raise ValidationException(extra=[found]) from error


def read(body: bytes) -> Json:
    """The JSON value in `body`.

    Raises:
        Problem: `malformed-json`, when it is none or holds something that cannot be kept.
    """
    try:
        value = json.loads(body, parse_float=_number, parse_int=_integer, parse_constant=_refuse, object_pairs_hook=_object)
    except (ValueError, RecursionError, InvalidOperation) as error:
        raise Problem("malformed-json") from error
    _require_keepable(value, MAX_DEPTH)
    return cast("Json", value)


def as_json(values: Mapping[str, object]) -> dict[str, Json]:
    """Members of a body that `read` has read, by their real type."""
    return cast("dict[str, Json]", dict(values))


def plain(value: object) -> object:
    """A value of the engine's as JSON that any reader understands.

    A number of up to fifteen digits is a JSON number, a longer one a string of its digits, because readers would round it.
    """
    match value:
        case Decimal():
            if not is_safe_number(value):
                return str(value)
            return int(value) if value == value.to_integral_value() else float(value)
        case list() | tuple():
            return [plain(item) for item in value]
        case Mapping():
            return {str(name): plain(item) for name, item in value.items()}
        case _:
            return value


def plain_object(values: Mapping[str, object]) -> Object:
    """`plain`, for an object."""
    return {name: plain(value) for name, value in values.items()}


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if not is_safe_number(number):
        raise ValueError("a number that other readers would round")
    return number


def _integer(text: str) -> int:
    if len(text.removeprefix("-")) > _MAX_DIGITS:
        raise ValueError("a number that other readers would round")
    return int(text)


def _refuse(name: str) -> Json:
    raise ValueError(f"{name} is not a JSON number")


def _object(members: list[tuple[str, object]]) -> Object:
    value = dict(members)
    if len(value) != len(members):
        raise ValueError("a member is given twice")
    return value


def _require_keepable(value: object, depth: int) -> None:
    if depth == 0:
        raise Problem("malformed-json")
    match value:
        case str():
            if _UNKEEPABLE.search(value):
                raise Problem("malformed-json")
        case list():
            for item in value:
                _require_keepable(item, depth - 1)
        case dict():
            for name, item in value.items():
                _require_keepable(name, depth)
                _require_keepable(item, depth - 1)


Reason = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=1000,
        pattern=SEEN,
        description="Why. Kept in the case's history, so no personal data; an identity number is refused.",
    ),
]


class Because(Body, frozen=True, kw_only=True):
    """The reason for what is done."""

    reason: Reason
