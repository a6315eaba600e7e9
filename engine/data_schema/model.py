"""The case data of one process: its names, their types, and which of them lists and searches may use."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from .. import feel
from ..finding import FieldProblem
from ..form import Form, Texts, Wording, problems
from ..schema import (
    Field,
    Schema,
    applicable,
    compile_schema,
    described,
    expanded,
    field_key,
    fields_of,
    kind_of,
    narrowed,
    parse_pointer,
    pointer,
    references,
    typed_members,
)
from ..source import is_object
from .members import is_closed, member_names, members, nearest, properties, properties_at_top

_OPAQUE: Final = frozenset({"date", "date-time", "time", "duration"})
"""Kinds whose members are FEEL's own (`endDate.year`), not the schema's."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A path in an expression that leads to nothing that is declared; `nearest` is what may have been meant, or empty."""

    path: Path
    nearest: str


@dataclass(frozen=True, slots=True, eq=False)
class MessageSchema:
    """The payload of a message: an object."""

    name: str
    schema: Schema

    @property
    def types(self) -> Mapping[str, feel.Type]:
        """What is known of the payload's members."""
        return described(self.schema.definition).members

    def check(self, payload: object) -> list[FieldProblem]:
        """Everything that is wrong with a payload (plain JSON)."""
        wording = Wording(fields_of(self.schema.definition), Texts(), Texts())
        return problems(self.schema.breaches(payload), payload, wording)

    def register_references(self, payload: Mapping[str, object]) -> list[tuple[str, str, str]]:
        """The register entries that a payload names, as Form.register_references gives them."""
        return [(pointer(path), register, key) for path, register, key in references(self.schema.definition, dict(payload))]

    def typed(self, payload: Mapping[str, object]) -> dict[str, feel.Value]:
        """The FEEL values of a payload that `check` accepts."""
        return typed_members(self.schema.definition, payload)


@dataclass(frozen=True, slots=True, eq=False)
class DataSchema:
    """The case data of one process. `document` is a JSON Schema without references to anything outside itself."""

    document: dict[str, object] = field(default_factory=lambda: {"type": "object", "properties": {}})
    messages: Mapping[str, MessageSchema] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The top-level names, in the order they were declared."""
        return tuple(properties(self.document))

    @property
    def types(self) -> Mapping[str, feel.Type]:
        """What is known of the values of the top-level names, as checks of expressions take it."""
        return described(self.document).members

    @property
    def list_names(self) -> tuple[str, ...]:
        """The top-level scalars marked `x-list`: those that case lists and searches may use."""
        return tuple(name for name, schema in properties(self.document).items() if schema.get("x-list") is True)

    @property
    def searched_names(self) -> tuple[str, ...]:
        """Those of `list_names` that are no codes: what is written in them is what people look for."""
        return tuple(name for name in self.list_names if not any("enum" in here for here in self._at((name,)) or ()))

    @property
    def entry_names(self) -> Mapping[str, str]:
        """The top-level names that hold the key of a register's entry, in the order they were declared: name to register."""
        found: dict[str, str] = {}
        for name in self.names:
            registers = [here["x-register"] for here in self._at((name,)) or () if isinstance(here.get("x-register"), str)]
            if registers:
                found[name] = str(registers[0])
        return found

    def type_of_path(self, path: Path) -> str | None:
        """The kind of value at a path: `date`, `date-time`, `time`, `duration`, `string`, `number`, `boolean`, `list`,
        `object`, or `any` when it is not said. None when nothing of that name is declared. A list's members are its items'.
        """
        here = self._at(path)
        return None if here is None else kind_of(here)

    def message_schema(self, name: str) -> MessageSchema | None:
        """The payload's schema of a message (`$defs["message:<name>"]`), or None when any payload will do."""
        return self.messages.get(name)

    def check_names(self, paths: Iterable[Path], *, also: Iterable[str] = ()) -> list[UnknownName]:
        """Those of `paths` (as `Expression.paths` gives them) that lead to nothing declared; `also` are names in scope too."""
        known = {*self.names, *also}
        unknown = []
        for path in sorted(set(paths)):
            if path and path[0] not in known:
                unknown.append(UnknownName(path, nearest(path[0], known)))
            elif path and path[0] in self.names and (found := self._first_unknown(path)) is not None:
                unknown.append(found)
        return unknown

    def declare(self, names: Iterable[str], lists: Iterable[str] = ()) -> DataSchema:
        """This schema with names that a diagram declares (`lists` hold several things); those it has stay as they are."""
        lists = frozenset(lists)
        drawn: dict[str, object] = {name: {"type": "array"} if name in lists else {} for name in names}
        return replace(self, document={**self.document, "properties": {**drawn, **properties(self.document)}})

    def bind(self, form: Form, path: Path = ()) -> DataSchema:
        """This schema with what a form writes at `path` added; at the top level its fields become names.

        A name that is declared already keeps its declaration, and the form's is added as an alternative.
        """
        addition = expanded(form.schema)
        for name in reversed(path):
            addition = {"type": "object", "properties": {name: addition}}
        declared: dict[str, object] = dict(properties(self.document))
        for name, schema in properties_at_top(addition).items():
            declared[name] = _either(declared[name], schema) if name in declared else schema
        return replace(self, document={**self.document, "properties": declared})

    def register_references(self, data: Mapping[str, object]) -> list[tuple[str, str, str]]:
        """The register entries that case data name, as Form.register_references gives them."""
        return [(pointer(path), register, key) for path, register, key in references(self.document, dict(data))]

    def typed(self, data: Mapping[str, object]) -> dict[str, feel.Value]:
        """The FEEL values of plain JSON case data, such as start data; what is a FEEL value already stays one."""
        return typed_members(self.document, data)

    def check(self, data: Mapping[str, object]) -> list[FieldProblem]:
        """Everything that is wrong with case data given from outside; undeclared names are wrong, missing ones are not."""
        schema, wording = given_from_outside(self)
        return problems(schema.breaches(data), data, wording)

    def check_correction(self, data: Mapping[str, object]) -> list[FieldProblem]:
        """The same for what somebody corrects by hand: where every form that writes a name restricts it, so is the correction.

        A list of answers is told.
        """
        document = narrowed(_without_required(self.document))
        schema = compile_schema({**document, "additionalProperties": False})
        fields = fields_of(document)
        found = problems(schema.breaches(data), data, Wording(fields, Texts(), Texts()))
        return [_with_answers(problem, fields) for problem in found]

    def _at(self, path: Path) -> list[dict[str, object]] | None:
        here = applicable([self.document], self.document)
        for name in path:
            here = applicable(members(here, self.document, name), self.document)
            if not here:
                return None
        return here

    def _first_unknown(self, path: Path) -> UnknownName | None:
        here = applicable([self.document], self.document)
        for position, name in enumerate(path):
            inner = members(here, self.document, name)
            if not inner:
                if kind_of(here) in _OPAQUE or not is_closed(here, self.document):
                    return None
                return UnknownName(path[: position + 1], nearest(name, member_names(here, self.document)))
            here = applicable(inner, self.document)
        return None


def _with_answers(problem: FieldProblem, fields: Mapping[str, Field]) -> FieldProblem:
    path = [int(part) if part.isdecimal() else part for part in parse_pointer(problem.path)]
    declared = fields.get(field_key(tuple(path)))
    if problem.keyword != "enum" or declared is None or not declared.options:
        return problem
    answers = ", ".join(declared.options)
    sv, en = (f"{text.removesuffix('.')}: {answers}." for text in (problem.text_sv, problem.text_en))
    return replace(problem, text_sv=sv, text_en=en)


def _either(declared: object, added: dict[str, object]) -> dict[str, object]:
    """Both declarations as alternatives; that lists may use the name stays true."""
    listed = {"x-list": True} if is_object(declared) and declared.get("x-list") is True else {}
    return {"anyOf": [declared, added], **listed}


@functools.lru_cache(maxsize=512)
def given_from_outside(schema: DataSchema) -> tuple[Schema, Wording]:
    """What data from outside are checked with: made once, at the first case that a process begins."""
    closed = compile_schema({**_without_required(schema.document), "additionalProperties": False})
    return closed, Wording(fields_of(schema.document), Texts(), Texts())


def _without_required(document: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in document.items() if key != "required"}
