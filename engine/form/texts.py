"""What a form says to people, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ..finding import Finding, Severity
from ..schema import Field
from ..sentences import Sentence, sentence
from ..source import is_list, is_object

LANGUAGES: Final = ("sv", "en")


@dataclass(frozen=True, slots=True)
class FieldTexts:
    """A field's label, the hint below it, and the text of each option."""

    label: str
    hint: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts of a form in one language. `document` is the file's JSON, for the web application."""

    title: str = ""
    fields: Mapping[str, FieldTexts] = field(default_factory=dict)
    errors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    document: dict[str, object] = field(default_factory=dict)

    def label(self, key: str) -> str:
        """The field's label; for an item of a list the list's; without one, the field's own name."""
        own = self.fields.get(key) or self.fields.get(key.removesuffix("[]"))
        return own.label if own else key.removesuffix("[]").rpartition(".")[2]


def read_texts(value: object, fields: Mapping[str, Field], *, file: str) -> tuple[Texts, list[Finding]]:
    """The texts in a file, and what they lack or have too much compared with the schema's fields."""
    if not is_object(value):
        return Texts(), [
            Finding(
                "texts-shape",
                sentence("{file} is not a JSON object.", file=file),
                sentence("Write the form's texts."),
                file=file,
            )
        ]
    findings = list(shape_problems(value, file))
    if findings:
        return Texts(), findings
    declared = value.get("fields")
    own = {key: _field_texts(entry) for key, entry in declared.items() if is_object(entry)} if is_object(declared) else {}
    errors = value.get("errors")
    texts = Texts(
        title=str(value.get("title", "")),
        fields=own,
        errors={key: _strings(entry) for key, entry in errors.items()} if is_object(errors) else {},
        document=value,
    )
    return texts, [*_missing(texts, fields, file), *_orphans(texts, fields, file)]


def _field_texts(entry: dict[str, object]) -> FieldTexts:
    return FieldTexts(str(entry.get("label", "")), str(entry.get("hint", "")), _strings(entry.get("options")))


def _strings(value: object) -> dict[str, str]:
    return {key: item for key, item in value.items() if isinstance(item, str)} if is_object(value) else {}


def shape_problems(value: dict[str, object], file: str) -> Iterator[Finding]:
    """What in a file's texts is not shaped as texts of forms are."""
    groups = ("fields", "errors")
    for key, entry in value.items():
        if key not in groups:
            if not isinstance(entry, str):
                yield _misshapen(file, key, sentence("is not text"))
            continue
        if not is_object(entry):
            yield _misshapen(file, key, sentence("is not an object with one member for each field"))
            continue
        for name, inner in entry.items():
            yield from _field_shape(file, f"{key}: {name}", inner, nested=key == "fields")


def _field_shape(file: str, where: str, value: object, *, nested: bool) -> Iterator[Finding]:
    if not is_object(value):
        yield _misshapen(file, where, sentence("is not an object"))
        return
    for key, item in value.items():
        if nested and key == "options" and is_object(item) and all(isinstance(text, str) for text in item.values()):
            continue
        if not isinstance(item, str) or (nested and key not in {"label", "hint"}):
            yield _misshapen(file, f"{where}: {key}", sentence("is not a text that forms have"))


def _misshapen(file: str, where: str, what: Sentence) -> Finding:
    remedy = sentence(
        'Write {{"title": …, "fields": {{"field": {{"label": …, "hint": …, "options": {{…}}}}}}, "errors": {{…}}}}.'
    )
    return Finding(
        "texts-shape", sentence("{file}: {where} {what}.", file=file, where=where, what=what), remedy, file=file, element=where
    )


def _missing(texts: Texts, fields: Mapping[str, Field], file: str) -> Iterator[Finding]:
    if not texts.title.strip():
        yield Finding("texts-missing", sentence("{file} has no title.", file=file), sentence('Add "title".'), file=file)
    for key, declared in fields.items():
        own = texts.fields.get(key, FieldTexts(""))
        if not own.label.strip():
            remedy = sentence('Add "{key}": {{"label": …}} under "fields".', key=key)
            yield Finding(
                "texts-missing",
                sentence("{file}: the field {key} has no label.", file=file, key=key),
                remedy,
                file=file,
                element=key,
            )
        for value in declared.options:
            if not own.options.get(value, "").strip():
                message = sentence(
                    "{file}: the answer {value} of the field {key} has no text.", file=file, value=repr(value), key=key
                )
                yield Finding(
                    "texts-missing",
                    message,
                    sentence('Add "{value}" under its "options".', value=value),
                    file=file,
                    element=key,
                )


def _orphans(texts: Texts, fields: Mapping[str, Field], file: str) -> Iterator[Finding]:
    known = set(fields) | {f"{key}[]" for key, declared in fields.items() if declared.kind == "list"}
    for key in [*texts.fields, *(key for key in texts.errors if key and key not in texts.fields)]:
        if key not in known:
            yield orphan(file, key, sentence("the field {key} is not in the schema", key=key))
    for key, own in texts.fields.items():
        allowed = {"true", "false"} | (set(fields[key].options) if key in fields else set(own.options))
        for value in own.options:
            if value not in allowed:
                yield orphan(file, key, sentence("the field {key} has no answer {value}", key=key, value=repr(value)))


def orphan(file: str, key: str, what: Sentence) -> Finding:
    """A text that nothing will ever say."""
    remedy = sentence("Remove the text, or correct its name.")
    return Finding(
        "texts-orphan",
        sentence("{file}: {what}.", file=file, what=what),
        remedy,
        severity=Severity.WARNING,
        file=file,
        element=key,
    )


def order_of(value: object) -> list[str]:
    """The names in a `ui:order`; empty when it is no list."""
    return [item for item in value if isinstance(item, str)] if is_list(value) else []
