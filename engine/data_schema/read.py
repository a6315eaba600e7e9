"""Reading a `data.schema.json`, and the form in which a version of a process keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from .. import feel
from ..canonical import Json
from ..data_texts import TEXTS, text_problems, texts_of_data
from ..finding import Finding, Severity
from ..form import Form
from ..package_files import DATA_SCHEMA
from ..schema import (
    compile_schema,
    expanded,
    inlined,
    kind_of,
    read_schema,
)
from ..sentences import sentence
from ..source import is_object, read_json
from .members import nearest, properties
from .model import DataSchema, MessageSchema

MESSAGE_PREFIX: Final = "message:"


def read_data_schema(source: bytes, forms: Mapping[str, Form]) -> tuple[DataSchema | None, list[Finding]]:
    """The data schema in a `data.schema.json`, with `x-form` resolved against `forms`; findings name that file.

    No data schema when a finding is an error. Empty `source` is a process without such a file: nothing declared.
    """
    file = DATA_SCHEMA
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
    findings += [finding for name, inner in properties(document).items() for finding in _check_name(name, inner, forms, file)]
    if findings:
        return None, findings
    declared = {name: _with_form(inner, forms) for name, inner in properties(document).items()}
    document = {**document, "properties": declared}
    own = document.pop(TEXTS, {})
    findings = list(text_problems(own, document, file))
    if any(finding.severity is Severity.ERROR for finding in findings):
        return None, findings
    texts = texts_of_data(own, {name: form for name in declared if (form := forms.get(str(declared[name].get("x-form"))))})
    return DataSchema({**document, **({TEXTS: texts} if texts else {})}, _messages(schema.definition)), findings


def stored_data_schema(schema: DataSchema) -> Json:
    """The schema as JSON that `restore_data_schema` reads: kept with the process version that was deployed with it."""
    messages = {name: message.schema.definition for name, message in schema.messages.items()}
    return cast("Json", {"document": schema.document, "messages": messages})


def restore_data_schema(stored: Json) -> DataSchema:
    """The schema that `stored_data_schema` wrote."""
    parts = cast("dict[str, dict[str, dict[str, object]]]", stored)
    messages = {name: MessageSchema(name, compile_schema(definition)) for name, definition in parts["messages"].items()}
    return DataSchema(cast("dict[str, object]", parts["document"]), messages)


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
        near = nearest(str(key), forms)
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
