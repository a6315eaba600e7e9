"""Putting what lists show of a case's data, what it is found by, and what it calls, where they are looked for."""

from __future__ import annotations

import functools
from typing import cast

from .. import bpmn, feel
from ..canonical import Json
from ..case_data import CaseData
from ..data_schema import DataSchema
from ..ids import ROOT_SCOPE, CaseId
from ..ports import CaseFields, LockedCase
from ..search_words import words_of
from .occurrence import Occurrence


def project(at: Occurrence, process: bpmn.LoadedProcess, now: LockedCase, *, was: LockedCase | None) -> None:
    """Write the fields of the case, and the versions that it calls, where they are others than before."""
    id_, schema = now.case.id, process.data_schema
    data, state = (was.data, was.state) if was is not None else (CaseData(), "")
    fields = fields_of(id_, schema, now.data)
    if fields != fields_of(id_, schema, data):
        at.unit.cases.put_fields(fields)
    called = bpmn.called_versions(now.state)
    if called != bpmn.called_versions(state):
        at.unit.cases.put_called(id_, called)


def fields_of(id_: CaseId, schema: DataSchema, data: CaseData) -> CaseFields:
    """What is shown of these data and found by them."""
    if ROOT_SCOPE not in data.scopes:
        return CaseFields(id_)
    listed, searched, registers = _names(schema)
    values = data.scopes[ROOT_SCOPE].values

    def plain(name: str) -> Json:
        return cast("Json", feel.to_json(values[name])) if values.get(name) is not None else None

    shown = {name: str(value) for name in listed if (value := plain(name)) is not None}
    words = frozenset().union(*(words_of(shown[name]) for name in searched if name in shown))
    entries = tuple((register, key) for name, register in registers if isinstance(key := plain(name), str))
    return CaseFields(id_, shown, words, tuple(dict.fromkeys(entries)))


@functools.lru_cache(maxsize=512)
def _names(schema: DataSchema) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    return schema.list_names, schema.searched_names, tuple(schema.entry_names.items())
