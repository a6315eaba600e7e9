"""Process definitions: what is deployed, its versions, and the diagrams."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody

from engine.actor import Actor
from engine.case_engine import CaseEngine
from engine.definition import ProcessVersion, Retirement

from .bodies import Because, View
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, Engine, ProcessKey, VersionNumber
from .people import Names, PersonView
from .problems import declared
from .writes import post

_A_DAY = "private, max-age=86400, immutable"
_PROBLEMS = declared(*CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-found", "not-allowed", "not-possible", "rejected")


class RetiredView(View, frozen=True, kw_only=True):
    """That no new cases of a process begin."""

    at: datetime
    by: PersonView
    reason: str

    @classmethod
    def of(cls, retirement: Retirement, names: Names) -> RetiredView:
        return cls(at=retirement.at, by=names.somebody(retirement.by), reason=retirement.reason)


class DefinitionView(View, frozen=True, kw_only=True):
    """One deployed version of a process definition."""

    id: Annotated[str, msgspec.Meta(description="What history calls the version.")]
    key: str
    version: Annotated[int, msgspec.Meta(description="Counts from 1.")]
    name: str
    name_en: Annotated[str, msgspec.Meta(description="The name in English; `name` where the diagram gives none.")]
    deployed_at: datetime
    deployed_by: PersonView
    is_startable: Annotated[bool, msgspec.Meta(description="Whether people may start a case of it.")]
    start_groups: Annotated[list[str], msgspec.Meta(description="Who may; empty means anybody in the unit.")]
    start_form: Annotated[str | None, msgspec.Meta(description="The key of the form that starts a case.")]
    start_messages: Annotated[list[str], msgspec.Meta(description="Names of messages that start a case.")]
    forms: Annotated[list[str], msgspec.Meta(description="Keys of the forms it uses.")]
    calls: Annotated[list[str], msgspec.Meta(description="Keys of the process definitions it calls.")]
    note: Annotated[str, msgspec.Meta(description="What whoever deployed it said about it.")]
    open_cases: Annotated[
        int | None,
        msgspec.Meta(
            description="How many cases are under way on this version, or call it now; null for who is no designer, "
            "administrator or auditor."
        ),
    ]
    retired: Annotated[RetiredView | None, msgspec.Meta(description="No new cases of the process begin, since when and why.")]

    @classmethod
    def of(cls, version: ProcessVersion, names: Names, retired: Retirement | None, open_cases: int | None) -> DefinitionView:
        return cls(
            id=version.id,
            key=version.key,
            version=version.version,
            name=version.name,
            name_en=version.name_en or version.name,
            deployed_at=version.deployed_at,
            deployed_by=names.somebody(version.deployed_by),
            is_startable=version.is_startable and retired is None,
            start_groups=sorted(version.start_groups),
            start_form=version.start_form,
            start_messages=sorted(version.start_messages),
            forms=sorted(version.forms),
            calls=sorted(version.calls),
            note=version.note,
            open_cases=open_cases,
            retired=None if retired is None else RetiredView.of(retired, names),
        )


class DefinitionList(View, frozen=True, kw_only=True):
    items: list[DefinitionView]
    next: str | None = None


@get(
    "/definitions",
    summary="List process definitions",
    tags=["Definitions"],
    sync_to_thread=True,
    responses=declared("not-signed-in"),
)
def list_definitions(engine: Engine, asker: Asker) -> DefinitionList:
    """The newest version of each process definition, by key."""
    versions = engine.processes(asker)
    return DefinitionList(items=_views(engine, asker, versions))


@get(
    "/definitions/{process_key:str}/versions",
    summary="Versions of a process definition",
    tags=["Definitions"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found"),
)
def list_versions(engine: Engine, asker: Asker, process_key: ProcessKey) -> DefinitionList:
    """All versions, newest first. Running cases stay on the version they started with."""
    versions = engine.process_versions(asker, process_key)
    return DefinitionList(items=_views(engine, asker, versions))


@get(
    "/definitions/{process_key:str}/versions/{number:int}",
    summary="One version of a process definition",
    tags=["Definitions"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found"),
)
def read_version(engine: Engine, asker: Asker, process_key: ProcessKey, number: VersionNumber) -> DefinitionView:
    """One version, with what it needs and how its cases start."""
    return _views(engine, asker, [engine.process(asker, process_key, number)])[0]


@get(
    "/definitions/{process_key:str}/versions/{number:int}/diagram",
    summary="The diagram of a version",
    tags=["Definitions"],
    sync_to_thread=True,
    media_type="application/xml",
    responses={
        200: ResponseSpec(str, generate_examples=False, description="BPMN 2.0 XML.", media_type="application/xml"),
        **declared("not-signed-in", "not-found"),
    },
)
def read_diagram(engine: Engine, asker: Asker, process_key: ProcessKey, number: VersionNumber) -> Response[str]:
    """The BPMN 2.0 XML as the designer wrote it, shapes and edges included. A version never changes: it may be cached."""
    version = engine.process(asker, process_key, number)
    headers = {"Cache-Control": _A_DAY, "ETag": f'"{version.digest}"'}
    return Response(version.diagram, media_type="application/xml", headers=headers)


@post(
    "/definitions/{process_key:str}/retire",
    summary="Retire a process",
    tags=["Definitions"],
    status_code=200,
    responses=_PROBLEMS,
)
def retire_process(engine: Engine, asker: Asker, process_key: ProcessKey, data: JSONBody[Because]) -> DefinitionView:
    """No new cases of it begin, however they would: by hand, message, signal, time or another case. For designers and
    administrators.

    Its cases go on to their end, and processes that call it still may. Versions deployed later are retired too.
    """
    engine.retire_process(asker, process_key, reason=data.reason)
    return _views(engine, asker, [engine.process(asker, process_key)])[0]


@post(
    "/definitions/{process_key:str}/restore",
    summary="Take a retired process up again",
    tags=["Definitions"],
    status_code=200,
    responses=_PROBLEMS,
)
def restore_process(engine: Engine, asker: Asker, process_key: ProcessKey, data: JSONBody[Because]) -> DefinitionView:
    """Cases of it begin again, on the newest version; its start timers begin to count now. For designers and administrators."""
    engine.restore_process(asker, process_key, reason=data.reason)
    return _views(engine, asker, [engine.process(asker, process_key)])[0]


HANDLERS = [list_definitions, list_versions, read_version, read_diagram, retire_process, restore_process]


def _views(engine: CaseEngine, asker: Actor, versions: Sequence[ProcessVersion]) -> list[DefinitionView]:
    retired = engine.retired_processes(asker)
    people = [version.deployed_by for version in versions] + [one.by for one in retired.values()]
    names = Names.of(engine.store, people)
    counts = engine.open_cases_of(asker, versions)
    return [
        DefinitionView.of(version, names, retired.get(version.key), None if counts is None else counts.get(version.id, 0))
        for version in versions
    ]
