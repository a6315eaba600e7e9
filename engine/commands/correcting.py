"""Mending the data of a case by hand: its own, those of a process that a call runs, and those of one round of a loop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import cast

from .. import bpmn, feel
from ..actor import Action
from ..canonical import Json
from ..case import Case
from ..case_data import CaseData, is_path
from ..data_schema import DataSchema
from ..errors import NotPossible, Rejected
from ..ids import ROOT_SCOPE, CaseId, ScopeId
from ..ports import LockedCase
from ..schema import pointer
from . import house as houses
from .free_text import given_reason
from .house import Shelf
from .occurrence import Occurrence
from .references import missing_references
from .rights import locked_case
from .stepping import require_active, take_step

COUNTED = "loopCounter"
FORMATS = {
    "date": "date",
    "date and time": "date-time",
    "time": "time",
    "days and time duration": "duration",
    "years and months duration": "duration",
}
"""The format by which a value of a FEEL type is written in JSON."""


def correct_data(
    at: Occurrence, id_: CaseId, changes: Mapping[str, Json], *, reason: str, call: str = "", position: str = ""
) -> Case:
    """Mend data, by path; the values are checked and typed by the process's data schema.

    They are the case's own; with `call`, the path of a call activity under way (`intake`), those of the process that it runs;
    with `position`, a token of the case, those that are seen there: a round of a loop has its item and its local names of
    its own, and a call that runs several times at once has data for each. A date that no schema declares there stays one.

    Raises:
        Rejected: a name is not declared, a value does not fit, or both a call and a position are named.
        NotPossible: no such call is under way, or several rounds of it are; the case does not stand at the position.
    """
    reason = given_reason(reason)
    locked = locked_case(at, id_, Action.OPERATE)
    require_active(locked.case)
    if call and position:
        raise Rejected("Name the call or the position, not both. A call's position says which of several is meant.")
    shelf = Shelf(at.house, at.unit)
    process = houses.process(at.house, at.unit, locked.case.version_id)
    scope, schema = ROOT_SCOPE, process.data_schema
    counter: feel.Value = None
    if call or position:
        found = bpmn.places(locked.state, process, shelf)
        place = _position(locked, found, position) if position else _call(locked, found, call)
        call, scope = place.path, place.called_scope or place.scope
        process = shelf.process(place.called_version_id or place.version_id)
        schema = _with_names_of_round(process.data_schema, locked.data, scope)
        counter = locked.data.view(place.scope).get(COUNTED)
    if COUNTED in changes and COUNTED not in schema.names:
        raise Rejected(f"`{COUNTED}` is counted by the engine. Correct the other data of the round.")
    writes: dict[str, feel.Value] = {}
    for path, value in changes.items():
        writes |= _corrected(at, schema, locked.data, scope, path, value)
    command = bpmn.CorrectData(writes, scope, call, reason, int(counter) if isinstance(counter, Decimal) else None)
    return take_step(at, locked, locked.case, command)


def _call(locked: LockedCase, found: list[bpmn.Place], call: str) -> bpmn.Place:
    running = [place for place in found if place.path == call and place.called_scope is not None]
    if len(running) > 1:
        tokens = ", ".join(place.token for place in running)
        raise NotPossible(f"`{call}` is under way {len(running)} times at once. Name the position that is meant: {tokens}.")
    if not running:
        raise NotPossible(f"No call `{call}` is under way in case {locked.case.number}. See where the case stands.")
    return running[0]


def _position(locked: LockedCase, found: list[bpmn.Place], token: str) -> bpmn.Place:
    for place in found:
        if place.token == token:
            return place
    raise NotPossible(f"Case {locked.case.number} does not stand at the position {token}. See where the case stands.")


def _with_names_of_round(schema: DataSchema, data: CaseData, scope: ScopeId) -> DataSchema:
    """The schema with the names that the rounds and sub-processes around declare for themselves; each keeps its type."""
    *layers, _ = data.visible_from(scope)
    names = {name for room in layers for name in room.declared} - {*schema.names, COUNTED}
    kept = {name: _like(data.read(scope, name)) for name in names}
    properties = cast("dict[str, object]", schema.document.get("properties", {}))
    return replace(schema, document={**schema.document, "properties": {**kept, **properties}})


def _like(value: feel.Value) -> dict[str, object]:
    """A schema that keeps dates, times and durations what they are; else anything goes, as a wrong type is what is mended."""
    match value:
        case dict():
            return {"type": "object", "properties": {name: _like(inner) for name, inner in value.items()}}
        case list():
            return {"type": "array", "items": _like(value[0]) if value else {}}
        case _:
            format_ = FORMATS.get(feel.type_of(value))
            return {"type": ["string", "null"], "format": format_} if format_ else {}


def _corrected(
    at: Occurrence, schema: DataSchema, data: CaseData, scope: ScopeId, path: str, value: Json
) -> dict[str, feel.Value]:
    """The write that a correction means; what was wrong beside it before is not held against it."""
    if not is_path(path):
        raise Rejected(f"`{path}` is no path of names. Name a field, with dots between the names: contact.channel.")
    name, *way = path.split(".")
    before = cast("Json", feel.to_json(data.read(scope, name)))
    problems = schema.check_correction({name: _put(before, way, value, path)})
    known = schema.check_correction({name: before}) if before is not None else []
    named = {name: _put(before, way, value, path)}
    problems += missing_references(at, schema.register_references(cast("dict[str, object]", named)))
    own = pointer(tuple(path.split(".")))
    new = [problem for problem in problems if problem.path == own or problem not in known]
    if new:
        raise Rejected("The data do not fit the process. Correct the fields named.", problems=new)
    typed = schema.typed({name: _put(before, way, value, path)})[name]
    for member in way:
        typed = typed.get(member) if isinstance(typed, dict) else None
    return {path: typed}


def _put(holder: Json, way: list[str], value: Json, path: str) -> Json:
    if not way:
        return value
    if not isinstance(holder, dict | None):
        raise Rejected(f"`{path}` leads through something that has no members. Correct the whole of it.")
    return {**(holder or {}), way[0]: _put((holder or {}).get(way[0]), way[1:], value, path)}
