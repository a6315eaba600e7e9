"""How the other files of two packages differ: the names of the case data, scenarios, and what is told as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from ..canonical import Json, dumps
from ..sentences import Sentence, sentence
from ..source import is_list, is_object, read_json, read_yaml
from .change import Change, How, Part, Subject, changed, how, pairs, said

_INSIDE: Final = ("properties", "items")


def data_part(file: str, before: bytes | None, after: bytes | None) -> Part | None:
    """The difference between two data schemas: names that are declared, by path. Raises ValueError when one cannot be read."""
    if before == after:
        return None
    was, is_ = ({} if source is None else dict(_names(_json(file, source), "")) for source in (before, after))
    kind, name = sentence("case data"), sentence("The names of the case data")
    changes = tuple(
        Change(how(old, new), path, kind, said(path), (changed(sentence("Declared"), old, new),) if old and new else ())
        for path, old, new in pairs(was, is_)
        if old != new
    )
    what = How.CHANGED if before is not None and after is not None else how(before, after)
    return Part(Subject.DATA, what if changes or what is not How.CHANGED else How.REWRITTEN, file, name, changes)


def scenario_part(file: str, before: bytes | None, after: bytes | None) -> Part | None:
    """That a scenario is new, gone or otherwise."""
    if before == after:
        return None
    values = [None if source is None else read_yaml(source, name=file)[0] for source in (before, after)]
    titles = (value.get("title") for value in reversed(values) if is_object(value))
    title = next((str(title) for title in titles if title), file)
    what = how(before, after)
    if what is How.CHANGED and values[0] is not None and values[0] == values[1]:
        what = How.REWRITTEN
    details = tuple(_of_scenario(values)) if what is How.CHANGED else ()
    changes = (Change(How.CHANGED, "", sentence("scenario"), said(title), details),) if details else ()
    return Part(Subject.SCENARIO, what, file, said(title), changes)


def file_part(file: str, before: bytes | None, after: bytes | None) -> Part | None:
    """The same of any other file."""
    return None if before == after else Part(Subject.FILE, how(before, after), file, said(file))


def _of_scenario(values: list[object]) -> Iterator[Sentence]:
    was, is_ = (value if is_object(value) else {} for value in values)
    labels = {
        "title": sentence("Title"),
        "start": sentence("How it begins"),
        "steps": sentence("Steps"),
        "ends": sentence("How it ends"),
    }
    for key, before, after in pairs(was, is_):
        if before != after:
            label = labels.get(key) or sentence("{name}", name=key)
            yield changed(label, *(None if one is None else _short(one) for one in (before, after)))


def _short(value: object) -> str:
    if is_list(value):
        return str(len(value))
    return value if isinstance(value, str) else _dumped(value)


def _json(file: str, source: bytes) -> object:
    value, findings = read_json(source, name=file)
    if findings:
        raise ValueError("; ".join(map(str, findings)))
    return value


def _names(schema: object, path: str) -> Iterator[tuple[str, str]]:
    """Every name that a schema declares, with what it says of it apart from what is inside."""
    if not is_object(schema):
        return
    if path:
        yield path, _dumped({word: value for word, value in schema.items() if word not in _INSIDE})
    properties = schema.get("properties")
    for name, inner in (properties if is_object(properties) else {}).items():
        yield from _names(inner, f"{path}.{name}" if path else name)
    if "items" in schema:
        yield from _names(schema["items"], f"{path}[]")
    if not path:
        rest = {word: value for word, value in schema.items() if word not in (*_INSIDE, "$schema")}
        yield from ((f"{word}:", _dumped(value)) for word, value in rest.items() if word != "type")


def _dumped(value: object) -> str:
    return dumps(cast("Json", value))
