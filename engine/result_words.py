"""What a decision's result is called: the words that a process has for the names and values that its decisions give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, cast

from .canonical import Json
from .data_schema import DataSchema
from .dmn import DecisionResult, Explanation
from .feel import Value
from .form.texts import LANGUAGES
from .schema import field_key, option
from .source import is_object

MOST_LOOKED_AT: Final = 100
"""How many items of one list are looked at for values that have words; a sentence shows fewer."""

Place = tuple[str | int, ...]


def words_of(schema: DataSchema, path: str, result: DecisionResult) -> dict[str, Json]:
    """The words for what the result holds, where it was written at `path`: by language, then by place within the result.

    `{"sv": {"action": {"label": "Åtgärd", "options": {"none": "ingen"}}}}`, without what is not said. A place is named as in
    texts of forms: empty for the result itself, `[].rule` for a member of what a list holds. The data schema's `x-texts`
    come first, then the labels of the table's outputs, which stand for both languages.
    """
    labels = _labels(result.explanation)
    held = list(_held(result.value, ()))
    found: dict[str, Json] = {}
    for language in LANGUAGES:
        texts = _fields(schema.document, language)
        words: dict[str, dict[str, Json]] = {}
        for place, value in held:
            key = field_key(place)
            entry = _entry(texts, path, key)
            label = entry.get("label") or (labels.get(str(place[-1])) if place else None)
            own = words.setdefault(key, {})
            if isinstance(label, str):
                own["label"] = label
            options = entry.get("options")
            if is_object(options) and isinstance(text := options.get(option(value)), str):
                own.setdefault("options", {})
                cast("dict[str, Json]", own["options"])[option(value)] = text
        if said := {key: one for key, one in words.items() if one}:
            found[language] = cast("Json", said)
    return found


def _labels(explanation: Explanation) -> Mapping[str, str]:
    """The labels of the decision's own table, if it is one."""
    tables, decisions = explanation.tables, explanation.decisions
    is_own = bool(tables and decisions) and tables[-1].decision == decisions[-1].decision
    return tables[-1].labels if is_own else {}


def _held(value: Value, place: Place) -> Iterator[tuple[Place, Value]]:
    yield place, value
    if isinstance(value, list):
        for item in value[:MOST_LOOKED_AT]:
            yield from _held(item, (*place, 0))
    elif isinstance(value, dict):
        for name, member in value.items():
            yield from _held(member, (*place, name))


def _fields(document: Mapping[str, object], language: str) -> dict[str, object]:
    texts = document.get("x-texts")
    own = texts.get(language) if is_object(texts) else None
    fields = own.get("fields") if is_object(own) else None
    return fields if is_object(fields) else {}


def _entry(texts: Mapping[str, object], path: str, key: str) -> dict[str, object]:
    """The texts of the field at `key` within `path`; an item's are its list's, as in forms."""
    full = f"{path}{'' if not key or key.startswith('[]') else '.'}{key}"
    entry = texts.get(full) or texts.get(full.removesuffix("[]"))
    return entry if is_object(entry) else {}
