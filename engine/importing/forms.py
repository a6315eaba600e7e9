"""Forms of other tools as ours: `formData` of Camunda 7, form-js of Camunda 8, JSON Schema of SpiffArena."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final, cast

from ..bpmn.foreign import quoted as told
from ..canonical import Json
from ..source import read_json
from ..xml import Element
from .desk import WantedForm, inner
from .report import Report

Shape = dict[str, Json]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_SEVEN: Final[Mapping[str, Shape]] = {
    "string": {"type": "string"},
    "long": {"type": "integer"},
    "double": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "enum": {"type": "string"},
}
_EIGHT: Final[Mapping[str, Shape]] = {
    "textfield": {"type": "string"},
    "textarea": {"type": "string"},
    "number": {"type": "number"},
    "checkbox": {"type": "boolean"},
    "radio": {"type": "string"},
    "select": {"type": "string"},
    "checklist": {"type": "array"},
    "taglist": {"type": "array"},
}
_MOMENTS: Final = {"date": "date", "time": "time", "datetime": "date-time"}
_SHOWN_ONLY: Final = frozenset({"text", "html", "image", "spacer", "separator", "button"})
_LIMITS: Final = {
    "minlength": "minLength", "maxlength": "maxLength", "min": "minimum", "max": "maximum",
    "minLength": "minLength", "maxLength": "maxLength",
}  # fmt: skip


@dataclass(slots=True)
class _Field:
    """A field of a form: its name, label, schema, and the labels of its answers where it has a choice."""

    name: str
    label: str
    shape: Shape
    is_required: bool = False
    options: dict[str, str] = field(default_factory=dict)


def make_form(wanted: WantedForm, beside: Mapping[str, bytes], report: Report) -> dict[str, bytes] | None:
    """The files of the form, or None when nothing says which fields it has; what could not be converted is told."""
    match wanted.made_of, wanted.source:
        case "form-data", source:
            return _files(wanted, list(_form_data(cast("Element", source), wanted, report)))
        case "form-js", str() as text:
            return _form_js(text.encode(), wanted, report)
    source_file = _beside(wanted.file, beside)
    if source_file is None:
        report.refused(wanted.element, wanted.file or wanted.key, "form-missing", hint=f"forms/{wanted.key}/")
        return None
    return (_json_schema if wanted.made_of == "json-schema" else _form_js)(source_file, wanted, report)


def _beside(reference: str, beside: Mapping[str, bytes]) -> bytes | None:
    """The file that a reference names, or the form among the files that has it as its id."""
    name = PurePosixPath(reference.rpartition(":")[2]).name
    if name in beside:
        return beside[name]
    for file, source in beside.items():
        value = read_json(source, name=file)[0] if file.endswith(".form") else None
        if isinstance(value, dict) and value.get("id") == name:
            return source
    return None


def _form_data(data: Element, wanted: WantedForm, report: Report) -> Iterator[_Field]:
    for one in inner(data, "formField"):
        name, kind = one.get("id", ""), one.get("type", "")
        constraints = {rule.get("name", ""): rule.get("config", "") for holder in inner(one, "validation") for rule in holder}
        if not name.isidentifier() or kind not in _SEVEN or set(constraints) - {*_LIMITS, "required"}:
            report.refused(wanted.element, told(one), "form-field")
            continue
        shape: Shape = {**_SEVEN[kind], **_limits(constraints)}
        options = {value.get("id", ""): value.get("name", "") for value in inner(one, "value")}
        if kind == "enum":
            shape["enum"] = list(options)
        if "required" in constraints and kind == "string":
            shape.setdefault("minLength", 1)
        yield _Field(name, one.get("label", ""), shape, "required" in constraints, options if kind == "enum" else {})


def _limits(constraints: Mapping[str, object]) -> Shape:
    found: Shape = {}
    for name, limit in constraints.items():
        try:
            if name in _LIMITS:
                found[_LIMITS[name]] = int(str(limit))
        except ValueError:
            continue
    return found


def _form_js(source: bytes, wanted: WantedForm, report: Report) -> dict[str, bytes] | None:
    value, findings = read_json(source, name=wanted.file or wanted.key)
    components = value.get("components") if isinstance(value, dict) else None
    if findings or not isinstance(components, list):
        report.refused(wanted.element, wanted.file or wanted.key, "form-missing", hint=f"forms/{wanted.key}/")
        return None
    return _files(wanted, list(_components(components, wanted, report, 0)))


def _components(components: list[Json], wanted: WantedForm, report: Report, depth: int) -> Iterator[_Field]:
    for one in components:
        if not isinstance(one, dict) or one.get("type") in _SHOWN_ONLY:
            continue
        inside = one.get("components")
        if one.get("type") == "group" and not one.get("path") and isinstance(inside, list) and depth < len(_LIMITS):
            yield from _components(inside, wanted, report, depth + 1)
            continue
        made = _component(one)
        if made is None:
            report.refused(wanted.element, f"{one.get('type')} {one.get('key') or one.get('label') or ''}", "form-field")
        else:
            yield made


def _component(one: Mapping[str, Json]) -> _Field | None:
    name, kind = str(one.get("key", "")), str(one.get("type", ""))
    rules = one.get("validate") if isinstance(one.get("validate"), dict) else {}
    assert isinstance(rules, dict)
    moment = _MOMENTS.get(str(one.get("subtype", "date"))) if kind == "datetime" else None
    is_plain = name.isidentifier() and not {"conditional", "disabled", "readonly", "valuesKey", "valuesExpression"} & {*one}
    if not is_plain or (kind not in _EIGHT and moment is None) or "pattern" in rules:
        return None
    shape: Shape = {"type": "string", "format": moment} if moment else {**_EIGHT[kind], **_limits(rules)}
    options = _options(one.get("values"))
    if kind in ("radio", "select", "checklist", "taglist"):
        if not options:
            return None
        choice: Shape = {"type": "string", "enum": list(options)}
        shape = {"type": "array", "uniqueItems": True, "items": choice} if shape["type"] == "array" else choice
    is_required = rules.get("required") is True
    if is_required and kind == "checkbox":
        shape["const"] = True
    if is_required and kind in ("textfield", "textarea"):
        shape.setdefault("minLength", 1)
    return _Field(name, str(one.get("label", "")), shape, is_required, options)


def _options(values: Json) -> dict[str, str]:
    rows = values if isinstance(values, list) else []
    return {str(row.get("value", "")): str(row.get("label", "")) for row in rows if isinstance(row, dict)}


def _json_schema(source: bytes, wanted: WantedForm, report: Report) -> dict[str, bytes] | None:
    value, findings = read_json(source, name=wanted.file)
    properties = value.get("properties") if isinstance(value, dict) else None
    if findings or not isinstance(value, dict) or not isinstance(properties, dict):
        report.refused(wanted.element, wanted.file, "form-missing", hint=f"forms/{wanted.key}/")
        return None
    required = value.get("required")
    names = required if isinstance(required, list) else []
    fields = [
        _Field(name, _text(shape, "title"), _untitled(shape), name in names, _enum_labels(shape))
        for name, shape in properties.items()
        if isinstance(shape, dict)
    ]
    return _files(wanted, fields, title=_text(value, "title"))


def _untitled(shape: Mapping[str, Json]) -> Shape:
    return {key: value for key, value in shape.items() if key not in ("title", "enumNames")}


def _enum_labels(shape: Mapping[str, Json]) -> dict[str, str]:
    answers, names = shape.get("enum"), shape.get("enumNames")
    if not isinstance(answers, list):
        return {}
    labels = names if isinstance(names, list) and len(names) == len(answers) else answers
    return {str(answer): str(label) for answer, label in zip(answers, labels, strict=True)}


def _text(value: Mapping[str, Json], key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) else ""


def _files(wanted: WantedForm, fields: list[_Field], *, title: str = "") -> dict[str, bytes]:
    """Schema and texts. The texts are as they were, in both languages; a person translates them."""
    schema: Shape = {
        "$schema": _DIALECT,
        "$id": f"form:{wanted.key}",
        "type": "object",
        "additionalProperties": False,
        "required": [one.name for one in fields if one.is_required],
        "properties": {one.name: cast("Json", one.shape) for one in fields},
    }
    labels: Shape = {}
    for one in fields:
        label: Shape = {"label": one.label or one.name}
        if one.options:
            label["options"] = {answer: text or answer for answer, text in one.options.items()}
        labels[one.name] = label
    texts: Shape = {"title": " ".join((title or wanted.title or wanted.key).split()), "fields": labels}
    return {"schema.json": _json(schema), "texts.sv.json": _json(texts), "texts.en.json": _json(texts)}


def _json(value: Json) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
