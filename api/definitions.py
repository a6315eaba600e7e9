"""Process definitions: what is deployed, its versions, and the diagrams."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import PathParameter

from engine.definition import ProcessVersion

from .bodies import View
from .identity import Asker
from .parts import Engine, ProcessKey
from .people import Names, PersonView
from .problems import declared

_A_DAY = "private, max-age=86400, immutable"
VersionNumber = Annotated[int, PathParameter(ge=1, le=1_000_000, description="The version's number, from 1.")]


class DefinitionView(View, frozen=True, kw_only=True):
    """One deployed version of a process definition."""

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

    @classmethod
    def of(cls, version: ProcessVersion, names: Names) -> DefinitionView:
        return cls(
            key=version.key,
            version=version.version,
            name=version.name,
            name_en=version.name_en or version.name,
            deployed_at=version.deployed_at,
            deployed_by=names.somebody(version.deployed_by),
            is_startable=version.is_startable,
            start_groups=sorted(version.start_groups),
            start_form=version.start_form,
            start_messages=sorted(version.start_messages),
            forms=sorted(version.forms),
            calls=sorted(version.calls),
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
    names = Names.of(engine.store, [version.deployed_by for version in versions])
    return DefinitionList(items=[DefinitionView.of(version, names) for version in versions])


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
    names = Names.of(engine.store, [version.deployed_by for version in versions])
    return DefinitionList(items=[DefinitionView.of(version, names) for version in versions])


@get(
    "/definitions/{process_key:str}/versions/{number:int}",
    summary="One version of a process definition",
    tags=["Definitions"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found"),
)
def read_version(engine: Engine, asker: Asker, process_key: ProcessKey, number: VersionNumber) -> DefinitionView:
    """One version, with what it needs and how its cases start."""
    version = engine.process(asker, process_key, number)
    return DefinitionView.of(version, Names.of(engine.store, [version.deployed_by]))


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


HANDLERS = [list_definitions, list_versions, read_version, read_diagram]
