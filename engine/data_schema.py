"""What a process's case data may hold: the names, their types, and which of them lists and searches may use.

A process's `data.schema.json` declares names; the forms that its tasks bind declare more (`bind`). Expressions are checked
against the names, JSON is typed by the schemas.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Final, cast

from . import feel
from .canonical import Json
from .finding import FieldProblem, Finding
from .form import Form, Texts, Wording, problems
from .schema import (
    Field,
    Schema,
    applicable,
    compile_schema,
    described,
    element,
    expanded,
    field_key,
    fields_of,
    inlined,
    kind_of,
    member,
    narrowed,
    parse_pointer,
    pointer,
    read_schema,
    references,
    typed_members,
)
from .sentences import sentence
from .source import is_object, read_json

MESSAGE_PREFIX: Final = "message:"

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
        return tuple(_properties(self.document))

    @property
    def types(self) -> Mapping[str, feel.Type]:
        """What is known of the values of the top-level names, as checks of expressions take it."""
        return described(self.document).members

    @property
    def list_names(self) -> tuple[str, ...]:
        """The top-level scalars marked `x-list`: those that case lists and searches may use."""
        return tuple(name for name, schema in _properties(self.document).items() if schema.get("x-list") is True)

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
                unknown.append(UnknownName(path, _nearest(path[0], known)))
            elif path and path[0] in self.names and (found := self._first_unknown(path)) is not None:
                unknown.append(found)
        return unknown

    def declare(self, names: Iterable[str], lists: Iterable[str] = ()) -> DataSchema:
        """This schema with names that a diagram declares (`lists` hold several things); those it has stay as they are."""
        lists = frozenset(lists)
        drawn: dict[str, object] = {name: {"type": "array"} if name in lists else {} for name in names}
        return replace(self, document={**self.document, "properties": {**drawn, **_properties(self.document)}})

    def bind(self, form: Form, path: Path = ()) -> DataSchema:
        """This schema with what a form writes at `path` added; at the top level its fields become names.

        A name that is declared already keeps its declaration, and the form's is added as an alternative.
        """
        addition = expanded(form.schema)
        for name in reversed(path):
            addition = {"type": "object", "properties": {name: addition}}
        properties: dict[str, object] = dict(_properties(self.document))
        for name, schema in _properties_at_top(addition).items():
            properties[name] = _either(properties[name], schema) if name in properties else schema
        return replace(self, document={**self.document, "properties": properties})

    def register_references(self, data: Mapping[str, object]) -> list[tuple[str, str, str]]:
        """The register entries that case data name, as Form.register_references gives them."""
        return [(pointer(path), register, key) for path, register, key in references(self.document, dict(data))]

    def typed(self, data: Mapping[str, object]) -> dict[str, feel.Value]:
        """The FEEL values of plain JSON case data, such as start data."""
        return typed_members(self.document, data)

    def check(self, data: Mapping[str, object]) -> list[FieldProblem]:
        """Everything that is wrong with case data given from outside; undeclared names are wrong, missing ones are not."""
        schema = compile_schema({**_without_required(self.document), "additionalProperties": False})
        return problems(schema.breaches(data), data, Wording(fields_of(self.document), Texts(), Texts()))

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
            here = applicable(_members(here, self.document, name), self.document)
            if not here:
                return None
        return here

    def _first_unknown(self, path: Path) -> UnknownName | None:
        here = applicable([self.document], self.document)
        for position, name in enumerate(path):
            inner = _members(here, self.document, name)
            if not inner:
                if kind_of(here) in _OPAQUE or not _is_closed(here, self.document):
                    return None
                return UnknownName(path[: position + 1], _nearest(name, _member_names(here, self.document)))
            here = applicable(inner, self.document)
        return None


def read_data_schema(source: bytes, forms: Mapping[str, Form]) -> tuple[DataSchema | None, list[Finding]]:
    """The data schema in a `data.schema.json`, with `x-form` resolved against `forms`; findings name that file.

    No data schema when a finding is an error. Empty `source` is a process without such a file: nothing declared.
    """
    file = "data.schema.json"
    if not source:
        return DataSchema(), []
    value, findings = read_json(source, name=file)
    if findings:
        return None, findings
    schema, findings = read_schema(value, name=file)
    if schema is None:
        return None, findings
    document = expanded(schema.definition)
    if document.get("type") != "object":
        findings.append(
            Finding(
                "data-shape",
                sentence("{file} is not for an object.", file=file),
                sentence('Write "type": "object".'),
                file=file,
            )
        )
    findings += [finding for name, inner in _properties(document).items() for finding in _check_name(name, inner, forms, file)]
    if findings:
        return None, findings
    properties = {name: _with_form(inner, forms) for name, inner in _properties(document).items()}
    return DataSchema({**document, "properties": properties}, _messages(schema.definition)), []


def stored_data_schema(schema: DataSchema) -> Json:
    """The schema as JSON that `restore_data_schema` reads: kept with the process version that was deployed with it."""
    messages = {name: message.schema.definition for name, message in schema.messages.items()}
    return cast("Json", {"document": schema.document, "messages": messages})


def restore_data_schema(stored: Json) -> DataSchema:
    """The schema that `stored_data_schema` wrote."""
    parts = cast("dict[str, dict[str, dict[str, object]]]", stored)
    messages = {name: MessageSchema(name, compile_schema(definition)) for name, definition in parts["messages"].items()}
    return DataSchema(cast("dict[str, object]", parts["document"]), messages)


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


def _check_name(name: str, schema: dict[str, object], forms: Mapping[str, Form], file: str) -> list[Finding]:
    findings = []
    if name == "case":
        remedy = sentence("Give it another name.")
        findings.append(
            Finding("data-name", sentence("{file}: the name case is the engine's.", file=file), remedy, file=file, element=name)
        )
    if not name.isidentifier() or name in feel.KEYWORDS:
        remedy = sentence("Use letters, digits and _, as in endDate.")
        findings.append(
            Finding(
                "data-name",
                sentence("{file}: {name} cannot be used in FEEL.", file=file, name=repr(name)),
                remedy,
                file=file,
                element=name,
            )
        )
    key = schema.get("x-form")
    if key is not None and key not in forms:
        near = _nearest(str(key), forms)
        remedy = sentence("Did you mean {near}?", near=repr(near)) if near else sentence("Add the form, or correct its key.")
        findings.append(
            Finding(
                "data-form",
                sentence("{file}: {name} is of the unknown form {key}.", file=file, name=name, key=repr(key)),
                remedy,
                file=file,
                element=name,
            )
        )
    if schema.get("x-list") is True and kind_of([schema]) in {"object", "list", "any"}:
        message = sentence("{file}: {name} is marked x-list but is no single value.", file=file, name=name)
        findings.append(
            Finding("data-list", message, sentence("Mark a text, number, date or yes/no."), file=file, element=name)
        )
    return findings


def _with_form(schema: dict[str, object], forms: Mapping[str, Form]) -> dict[str, object]:
    key = schema.get("x-form")
    return {**expanded(forms[key].schema), **schema} if isinstance(key, str) else schema


def _messages(document: dict[str, object]) -> dict[str, MessageSchema]:
    definitions = document.get("$defs")
    found = {}
    for key, schema in definitions.items() if is_object(definitions) else ():
        if key.startswith(MESSAGE_PREFIX) and is_object(schema):
            name = key.removeprefix(MESSAGE_PREFIX)
            found[name] = MessageSchema(name, compile_schema(inlined(schema, document)))
    return found


def _properties(schema: dict[str, object]) -> dict[str, dict[str, object]]:
    properties = schema.get("properties")
    return {name: inner for name, inner in properties.items() if is_object(inner)} if is_object(properties) else {}


def _properties_at_top(schema: dict[str, object]) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for part in applicable([schema], schema):
        for name, inner in _properties(part).items():
            found[name] = {"anyOf": [found[name], inner]} if name in found else inner
    return found


def _members(here: list[dict[str, object]], root: dict[str, object], name: str) -> list[dict[str, object]]:
    """What is said about a member; a list's members are those of its items, as in FEEL."""
    found = member(here, name)
    items = element(here, None)
    return found or (_members(applicable(items, root), root, name) if items else [])


def _member_names(here: list[dict[str, object]], root: dict[str, object]) -> set[str]:
    names = {name for schema in here for name in _properties(schema)}
    items = element(here, None)
    return names | (_member_names(applicable(items, root), root) if items else set())


def _is_closed(here: list[dict[str, object]], root: dict[str, object]) -> bool:
    items = element(here, None)
    if items:
        return _is_closed(applicable(items, root), root)
    if kind_of(here) in {"string", "number", "boolean"}:
        return True
    return any(schema.get("additionalProperties") is False for schema in here)


def _nearest(name: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(name, sorted(known), n=1)), "")


def _without_required(document: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in document.items() if key != "required"}
