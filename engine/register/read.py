"""A register's folder to a `Register`, or everything that is wrong with the folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from .. import feel
from ..finding import Finding, Severity
from ..form import Texts, check_ui, read_texts
from ..schema import Field, Schema, fields_of, read_schema
from ..sentences import in_both, sentence
from ..source import is_list, is_object, read_json, read_yaml, with_plain_numbers
from .register import LANGUAGES, Register

_LISTS: Final = ("name", "list", "search", "read", "write", "identity", "masked", "unmasked")
_FLAGS: Final = ("published", "auditors")
_MEMBERS: Final = frozenset({"title", "key", "filter", "protected", *_FLAGS, *_LISTS})


def read_register(key: str, files: Mapping[str, bytes]) -> tuple[Register | None, list[Finding]]:
    """The register in a folder, and all findings; no register when one of them is an error.

    `files` are `register.yaml`, `schema.json`, `texts.sv.json`, `texts.en.json`, and if wanted `ui.json`, `entries.yaml`.
    Findings name files as `registers/<key>/…`.
    """
    folder = f"registers/{key}"
    findings = [
        Finding(
            "file-missing",
            sentence("{folder}/{file} is missing.", folder=folder, file=file),
            sentence("Add it."),
            file=f"{folder}/{file}",
        )
        for file in ("register.yaml", "schema.json", *(f"texts.{language}.json" for language in LANGUAGES))
        if file not in files
    ]
    if findings:
        return None, findings
    declared, findings = read_yaml(files["register.yaml"], name=f"{folder}/register.yaml")
    value, found = read_json(files["schema.json"], name=f"{folder}/schema.json")
    schema, found = (None, found) if found else read_schema(value, name=f"{folder}/schema.json")
    findings += found
    if schema is None or findings:
        return None, findings
    if not is_object(declared):
        file = f"{folder}/register.yaml"
        return None, [
            Finding(
                "register-shape",
                sentence("{file} has no members.", file=file),
                sentence("Write title, key, list, read …"),
                file=file,
            )
        ]
    fields = fields_of(schema.definition)
    findings += _check_schema(schema.definition, f"{folder}/schema.json")
    findings += _check_declaration(declared, fields, schema.definition, f"{folder}/register.yaml")
    texts = {}
    for language in LANGUAGES:
        texts[language], found = _texts(files[f"texts.{language}.json"], fields, f"{folder}/texts.{language}.json")
        findings += found
    ui, found = _ui(files.get("ui.json", b"{}"), f"{folder}/ui.json")
    findings += found
    findings += check_ui(ui, schema.definition, file=f"{folder}/ui.json")
    if any(finding.is_error for finding in findings):
        return None, findings
    register = _register(key, declared, schema, ui=ui, texts=texts)
    entries, found = _entries(files.get("entries.yaml", b""), register, f"{folder}/entries.yaml")
    findings += found
    if any(finding.is_error for finding in findings):
        return None, findings
    return _register(key, declared, schema, ui=ui, texts=texts, entries=entries), findings


def _register(
    key: str,
    declared: dict[str, object],
    schema: Schema,
    *,
    ui: dict[str, object],
    texts: Mapping[str, Texts],
    entries: Mapping[str, dict[str, object]] | None = None,
) -> Register:
    title = declared["title"]
    return Register(
        key=key,
        title={language: str(title[language]) for language in LANGUAGES} if is_object(title) else {},
        key_field=str(declared["key"]),
        schema=schema.definition,
        ui=ui,
        texts=texts,
        fields=fields_of(schema.definition),
        name_fields=tuple(_words(declared.get("name"))),
        list_fields=tuple(_words(declared.get("list"))),
        search_fields=tuple(_words(declared.get("search"))),
        read_groups=frozenset(_words(declared.get("read"))),
        write_groups=frozenset(_words(declared.get("write"))),
        published=declared.get("published") is True,
        for_auditors=declared.get("auditors") is True,
        filter=_expression(declared.get("filter")),
        identity_fields=frozenset(_words(declared.get("identity"))),
        protected=_expression(declared.get("protected")),
        masked_fields=frozenset(_words(declared.get("masked"))),
        unmasked_groups=frozenset(_words(declared.get("unmasked"))),
        entries=entries or {},
        checked=schema,
    )


def _check_schema(definition: dict[str, object], file: str) -> Iterator[Finding]:
    if definition.get("type") != "object" or definition.get("additionalProperties") is not False:
        remedy = sentence('Write "type": "object" and "additionalProperties": false at the top.')
        yield Finding(
            "register-open", sentence("{file} accepts fields that it does not declare.", file=file), remedy, file=file
        )


def _check_declaration(
    declared: dict[str, object], fields: Mapping[str, Field], schema: dict[str, object], file: str
) -> Iterator[Finding]:
    for name in sorted(set(declared) - _MEMBERS):
        remedy = sentence("Use {members}.", members=", ".join(sorted(_MEMBERS)))
        yield Finding(
            "register-member",
            sentence("{file}: {name} means nothing here.", file=file, name=repr(name)),
            remedy,
            file=file,
            element=name,
        )
    title = declared.get("title")
    if not is_object(title) or not all(isinstance(title.get(language), str) for language in LANGUAGES):
        yield Finding(
            "register-title",
            sentence("{file} lacks a title in Swedish and English.", file=file),
            sentence("Write title: {{sv: …, en: …}}."),
            file=file,
        )
    key = declared.get("key")
    required = schema.get("required")
    if not isinstance(key, str) or key not in fields or fields[key].kind != "string":
        yield Finding(
            "register-key",
            sentence("{file}: the key is no text field of the schema.", file=file),
            sentence("Write key: <field>."),
            file=file,
        )
    elif not is_list(required) or key not in required:
        remedy = sentence('Add {key} to "required" in schema.json.', key=repr(key))
        yield Finding(
            "register-key",
            sentence("{file}: the key {key} may be missing in an entry.", file=file, key=key),
            remedy,
            file=file,
            element=key,
        )
    for member in _LISTS:
        value = declared.get(member, [])
        if not is_list(value) or not all(isinstance(word, str) for word in value):
            remedy = sentence("Write {member}: [a, b].", member=member)
            yield Finding(
                "register-member",
                sentence("{file}: {member} is not a list of names.", file=file, member=member),
                remedy,
                file=file,
                element=member,
            )
        elif member in {"name", "list", "search"}:
            for word in (word for word in value if not _is_column(str(word), fields, lists=member == "list")):
                message = sentence(
                    "{file}: {member} has {word}, which is no field of the schema that it can show or search.",
                    file=file,
                    member=member,
                    word=repr(word),
                )
                yield Finding(
                    "register-field", message, sentence("Correct the name or remove it."), file=file, element=str(word)
                )
    for member in _FLAGS:
        if not isinstance(declared.get(member, False), bool):
            message = sentence("{file}: {member} is neither true nor false.", file=file, member=member)
            yield Finding("register-member", message, sentence("Write true or false."), file=file, element=member)
    if not declared.get("list"):
        yield Finding(
            "register-list",
            sentence("{file} shows no column.", file=file),
            sentence("Write list: [field, …]."),
            Severity.WARNING,
            file=file,
        )
    yield from _check_condition("register-filter", declared.get("filter"), fields, file, member="filter")
    yield from _check_identity(declared, fields, file)
    yield from _check_protection(declared, fields, file)


def _check_identity(declared: dict[str, object], fields: Mapping[str, Field], file: str) -> Iterator[Finding]:
    for word in _words(declared.get("identity")):
        if word not in fields or fields[word].kind != "string" or word == declared.get("key"):
            message = sentence(
                "{file}: {word} cannot hold identity numbers: it is no text field, or is the key, which cases carry.",
                file=file,
                word=repr(word),
            )
            yield Finding(
                "register-identity", message, sentence("Name another text field of the schema."), file=file, element=word
            )


def _check_protection(declared: dict[str, object], fields: Mapping[str, Field], file: str) -> Iterator[Finding]:
    members = ("protected", "masked", "unmasked")
    missing = [member for member in members if not declared.get(member)]
    if missing and len(missing) < len(members):
        message = sentence(
            "{file}: {members} belong together; {value} is missing.", file=file, members=", ".join(members), value=missing[0]
        )
        remedy = sentence("Write which entries are protected, which of their fields are masked, and which groups see them.")
        yield Finding("register-protection", message, remedy, file=file, element=missing[0])
    yield from _check_condition("register-protection", declared.get("protected"), fields, file, member="protected")
    for word in _words(declared.get("masked")):
        if word not in fields or "." in word or "[" in word or word == declared.get("key"):
            message = sentence(
                "{file}: {word} cannot be masked: it is no field at the top of the schema, or is the key.",
                file=file,
                word=repr(word),
            )
            yield Finding("register-protection", message, sentence("Correct the name or remove it."), file=file, element=word)


def _is_column(name: str, fields: Mapping[str, Field], *, lists: bool) -> bool:
    if name not in fields or fields[name].kind == "object":
        return False
    return fields[name].kind != "list" or (lists and not any(key.startswith(f"{name}[]") for key in fields))


def _check_condition(rule: str, condition: object, fields: Mapping[str, Field], file: str, *, member: str) -> Iterator[Finding]:
    if condition is None:
        return
    if not isinstance(condition, str):
        yield Finding(
            rule,
            sentence("{file}: {member} is not FEEL text.", file=file, member=member),
            sentence('Write {member}: "= …".', member=member),
            file=file,
        )
        return
    try:
        expression = feel.compile_expression(condition.removeprefix("=").strip())
    except feel.FeelError as error:
        yield Finding(
            rule,
            sentence("{file}: {member} is not FEEL: {error}.", file=file, member=member, error=error.told),
            sentence("Mend the expression."),
            file=file,
        )
        return
    for path in sorted(expression.paths):
        if path[0] not in fields:
            message = sentence(
                "{file}: {member} reads {value}, which is no field of the schema.",
                file=file,
                member=member,
                value=repr(path[0]),
            )
            yield Finding(rule, message, sentence("Correct the name."), file=file, element=path[0])


def _texts(source: bytes, fields: Mapping[str, Field], file: str) -> tuple[Texts, list[Finding]]:
    value, findings = read_json(source, name=file)
    return (Texts(), findings) if findings else read_texts(with_plain_numbers(value), fields, file=file)


def _ui(source: bytes, file: str) -> tuple[dict[str, object], list[Finding]]:
    value, findings = read_json(source, name=file)
    value = with_plain_numbers(value)
    if is_object(value):
        return value, findings
    return {}, findings or [
        Finding("file-shape", sentence("{file} is not a JSON object.", file=file), sentence("Mend it."), file=file)
    ]


def _entries(source: bytes, register: Register, file: str) -> tuple[dict[str, dict[str, object]], list[Finding]]:
    value, findings = read_yaml(source, name=file) if source else ([], [])
    value = with_plain_numbers(value)
    if findings:
        return {}, findings
    if not is_list(value):
        return {}, [
            Finding(
                "entries-shape",
                sentence("{file} is not a list.", file=file),
                sentence("Write one list item for each entry."),
                file=file,
            )
        ]
    entries: dict[str, dict[str, object]] = {}
    for number, entry in enumerate(value, start=1):
        for problem in register.check(entry):
            message = sentence(
                "{file}: entry {number}: {value}: {text}",
                file=file,
                number=number,
                value=problem.path or sentence("the whole"),
                text=in_both(sv=problem.text_sv, en=problem.text_en),
            )
            findings.append(Finding("entry-wrong", message, sentence("Correct the entry."), file=file, element=problem.path))
        if not is_object(entry):
            continue
        key = str(entry.get(register.key_field))
        if key in entries:
            message = sentence(
                "{file}: entry {number} has the key {key} of an earlier entry.", file=file, number=number, key=repr(key)
            )
            findings.append(Finding("entry-twice", message, sentence("Give each its own key."), file=file, element=key))
        entries[key] = entry
    return entries, findings


def _expression(value: object) -> str | None:
    return value.removeprefix("=").strip() if isinstance(value, str) else None


def _words(value: object) -> list[str]:
    return [word for word in value if isinstance(word, str)] if is_list(value) else []
