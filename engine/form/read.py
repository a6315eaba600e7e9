"""A form's folder to a `Form`, or everything that is wrong with the folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from ..finding import Finding, Severity
from ..schema import Field, Schema, compile_schema, fields_of, read_schema
from ..sentences import in_both, sentence
from ..source import is_list, is_object, read_json, with_plain_numbers
from .form import Form
from .texts import LANGUAGES, Texts, read_texts
from .ui import check_ui

_EXAMPLES: Final = "examples"
_INVALID: Final = "examples/invalid"


def restore_form(key: str, files: Mapping[str, bytes]) -> Form | None:
    """A form that was deployed: what younger rules say against it does not count. None when its files are damaged."""
    folder = _Folder(f"forms/{key}", files)
    value, _ = folder.read("schema.json")
    if not is_object(value):
        return None
    try:
        return _form(key, folder, compile_schema(value))[0]
    except ValueError:
        return None


def read_form(key: str, files: Mapping[str, bytes]) -> tuple[Form | None, list[Finding]]:
    """The form in a folder, and all findings; no form when one of them is an error.

    `files` are the folder's files by their path in it: `schema.json`, `ui.json`, `texts.sv.json`, `texts.en.json`,
    `examples/<name>.json`, `examples/invalid/<name>.json`. Findings name files as `forms/<key>/…`.
    """
    folder = _Folder(f"forms/{key}", files)
    schema, findings = _read_schema(key, folder)
    if schema is None:
        return None, findings
    form, found = _form(key, folder, schema)
    findings += [*found, *_wrong_examples(form, folder), *_right_examples(form, folder), *_strange_files(folder)]
    return (None if any(finding.is_error for finding in findings) else form), findings


def _form(key: str, folder: _Folder, schema: Schema) -> tuple[Form, list[Finding]]:
    """The form with this schema, and what is wrong with its other files."""
    fields = fields_of(schema.definition)
    ui, findings = folder.object("ui.json", default={})
    findings += check_ui(ui, schema.definition, file=folder.name("ui.json"))
    texts = {}
    for language in LANGUAGES:
        texts[language], found = _texts(folder, f"texts.{language}.json", fields)
        findings += found
    examples, found = _examples(folder)
    return Form(key, schema.definition, ui, texts, examples, fields, schema), [*findings, *found]


class _Folder:
    def __init__(self, path: str, files: Mapping[str, bytes]) -> None:
        self._path = path
        self.files = files

    def name(self, file: str) -> str:
        return f"{self._path}/{file}"

    def read(self, file: str) -> tuple[object, list[Finding]]:
        if file not in self.files:
            return None, [
                Finding(
                    "file-missing",
                    sentence("{name} is missing.", name=self.name(file)),
                    sentence("Add it."),
                    file=self.name(file),
                )
            ]
        value, findings = read_json(self.files[file], name=self.name(file))
        return with_plain_numbers(value), findings

    def object(self, file: str, default: dict[str, object]) -> tuple[dict[str, object], list[Finding]]:
        if file not in self.files:
            return default, []
        value, findings = self.read(file)
        if is_object(value):
            return value, findings
        problem = Finding(
            "file-shape",
            sentence("{name} is not a JSON object.", name=self.name(file)),
            sentence("Mend it."),
            file=self.name(file),
        )
        return default, findings or [problem]

    def inside(self, folder: str) -> list[str]:
        paths = (PurePosixPath(file) for file in sorted(self.files))
        return [str(path) for path in paths if str(path.parent) == folder and path.suffix == ".json"]


def _read_schema(key: str, folder: _Folder) -> tuple[Schema | None, list[Finding]]:
    file = folder.name("schema.json")
    value, findings = folder.read("schema.json")
    if findings:
        return None, findings
    schema, findings = read_schema(value, name=file)
    if schema is None:
        return None, findings
    definition = schema.definition
    if definition.get("$id") != f"form:{key}":
        findings.append(
            Finding(
                "form-id",
                sentence("{file} is not marked as this form.", file=file),
                sentence('Write "$id": "form:{key}".', key=key),
                file=file,
            )
        )
    if definition.get("type") != "object" or definition.get("additionalProperties") is not False:
        remedy = sentence('Write "type": "object" and "additionalProperties": false at the top.')
        findings.append(
            Finding("form-open", sentence("{file} accepts fields that it does not declare.", file=file), remedy, file=file)
        )
    return schema, findings


def _texts(folder: _Folder, file: str, fields: Mapping[str, Field]) -> tuple[Texts, list[Finding]]:
    value, findings = folder.read(file)
    return (Texts(), findings) if findings else read_texts(value, fields, file=folder.name(file))


def _examples(folder: _Folder) -> tuple[dict[str, dict[str, object]], list[Finding]]:
    examples: dict[str, dict[str, object]] = {}
    findings: list[Finding] = []
    for file in folder.inside(_EXAMPLES):
        examples[PurePosixPath(file).stem], found = folder.object(file, default={})
        findings += found
    if not examples:
        where = folder.name(_EXAMPLES)
        remedy = sentence("Add examples/<name>.json with a submission that is right.")
        findings.append(
            Finding("form-examples", sentence("{where} has no example.", where=where), remedy, Severity.WARNING, file=where)
        )
    return examples, findings


def _right_examples(form: Form, folder: _Folder) -> Iterator[Finding]:
    for name, example in form.examples.items():
        file = folder.name(f"{_EXAMPLES}/{name}.json")
        for problem in form.check(example):
            message = sentence(
                "{file} is not a right submission: {value}: {text}",
                file=file,
                value=problem.path or sentence("the whole"),
                text=in_both(sv=problem.text_sv, en=problem.text_en),
            )
            yield Finding(
                "example-wrong", message, sentence("Correct the example or the schema."), file=file, element=problem.path
            )


def _wrong_examples(form: Form, folder: _Folder) -> Iterator[Finding]:
    for path in folder.inside(_INVALID):
        file = folder.name(path)
        value, findings = folder.read(path)
        yield from findings
        if findings:
            continue
        paths = value.get("paths") if is_object(value) else None
        if not (is_object(value) and is_list(paths) and paths and isinstance(value.get("why"), str) and "submission" in value):
            remedy = sentence('Write {{"why": "…", "paths": ["/field"], "submission": {{…}}}}.')
            yield Finding(
                "example-shape", sentence("{file} is not an example of a wrong submission.", file=file), remedy, file=file
            )
            continue
        expected = {str(path) for path in paths}
        found = {problem.path for problem in form.check(value["submission"])}
        if expected != found:
            message = sentence(
                "{file} is wrong at {listed}, not at {listed2}.", file=file, listed=_listed(found), listed2=_listed(expected)
            )
            yield Finding("example-wrong", message, sentence("Correct the example, its paths or the schema."), file=file)


def _listed(paths: set[str]) -> str:
    return ", ".join(path or "the top" for path in sorted(paths)) or "no field"


def _strange_files(folder: _Folder) -> Iterator[Finding]:
    expected = {"schema.json", "ui.json", "README.md", *(f"texts.{language}.json" for language in LANGUAGES)}
    expected |= {*folder.inside(_EXAMPLES), *folder.inside(_INVALID)}
    for file in sorted(set(folder.files) - expected):
        message = sentence("{name} is no part of a form.", name=folder.name(file))
        yield Finding(
            "file-strange", message, sentence("Move it or correct its name."), Severity.WARNING, file=folder.name(file)
        )
