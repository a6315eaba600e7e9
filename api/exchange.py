"""Packages as zip files: out of versions and drafts, and in as drafts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.di import Provide
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType

from engine.actor import Actor
from engine.archive import MOST_BYTES
from engine.case_engine import CaseEngine
from engine.studio import Imported, export_draft, export_version, import_zip

from .bodies import JsonRequest, View
from .draft_views import PackageDraftView
from .drafts import DraftId
from .files import MOST_EVER, read_body
from .headers import etag, require_match
from .identity import Asker
from .parts import CHANGE_PROBLEMS, ETAG_HEADER, Content, Engine, IfMatch, ProcessKey, VersionNumber
from .people import Names
from .problems import declared
from .writes import CONTENT, post

ZIP = "application/zip"
_TAKEN = (*CHANGE_PROBLEMS, "not-allowed", "not-found", "not-possible", "conflict", "revision-conflict", "rejected")
_IMPORT_PROBLEMS = declared(*_TAKEN, "precondition-failed", "file-too-large", "unsupported-media-type")
_ZIP_ANSWER = {200: ResponseSpec(bytes, description="The zip file.", media_type=ZIP, generate_examples=False)}


class ImportedFormView(View, frozen=True, kw_only=True):
    """A form that came with a package."""

    key: str
    state: Annotated[
        str,
        msgspec.Meta(
            description="`same` as the form that is deployed; `other` than it, or `missing` there: then it is in the draft."
        ),
    ]


class ImportedView(View, frozen=True, kw_only=True):
    """What came of a zip file."""

    draft: PackageDraftView
    files: Annotated[list[str], msgspec.Meta(description="The draft's files, by path within the package.")]
    left_out: Annotated[list[str], msgspec.Meta(description="Files in the zip that belong to no package.")]
    forms: list[ImportedFormView]

    @classmethod
    def of(cls, imported: Imported, names: Names) -> ImportedView:
        return cls(
            draft=PackageDraftView.of(imported.draft, names),
            files=list(imported.draft.files),
            left_out=list(imported.left_out),
            forms=[ImportedFormView(key=key, state=state.value) for key, state in imported.forms.items()],
        )


@dataclass
class _Upload(Operation):
    """The body is the zip file itself."""

    def __post_init__(self) -> None:
        content = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
        self.request_body = RequestBody(content={ZIP: OpenAPIMediaType(schema=content)}, required=True)


async def _read_zip(request: JsonRequest) -> bytes:
    return await read_body(request, ZIP, MOST_BYTES)


@get(
    "/definitions/{process_key:str}/versions/{number:int}/zip",
    summary="A version as a zip file",
    tags=["Definitions"],
    sync_to_thread=True,
    media_type=ZIP,
    responses={**_ZIP_ANSWER, **declared("not-signed-in", "not-allowed", "not-found", "not-possible")},
)
def download_version(engine: Engine, asker: Asker, process_key: ProcessKey, number: VersionNumber) -> Response[bytes]:
    """The package's files and its forms, as they were deployed, in `processes/` and `forms/`. The same bytes each time.

    For designers and administrators.
    """
    return _zip(export_version(engine, asker, process_key, number), f"{process_key}-{number}")


@get(
    "/drafts/{draft_id:str}/zip",
    summary="A draft as a zip file",
    tags=["Drafts"],
    sync_to_thread=True,
    media_type=ZIP,
    responses={**_ZIP_ANSWER, **declared("not-signed-in", "not-allowed", "not-found")},
)
def download_draft(engine: Engine, asker: Asker, draft_id: DraftId) -> Response[bytes]:
    """The draft's files as they were last saved, and the forms that it names as they are deployed."""
    draft, content = export_draft(engine, asker, draft_id)
    return _zip(content, f"{draft.key}-draft-{draft.revision}")


@post(
    "/drafts/import",
    summary="Take a zip file in as a draft",
    tags=["Drafts"],
    request_max_body_size=MOST_EVER,
    operation_class=_Upload,
    dependencies={CONTENT: Provide(_read_zip)},
    response_headers=[ETAG_HEADER],
    responses=_IMPORT_PROBLEMS,
)
def import_draft(engine: Engine, asker: Asker, content: Content) -> Response[ImportedView]:
    """Makes a draft of the one process that the zip holds, right or wrong, and touches nothing that is live.

    A zip that cannot be taken is refused with findings, and so is one of a process that has a draft already (`conflict`):
    take it in as the next save of that draft instead.
    """
    return _import(engine, asker, content)


@post(
    "/drafts/{draft_id:str}/import",
    summary="Take a zip file in as the next save of a draft",
    tags=["Drafts"],
    status_code=200,
    request_max_body_size=MOST_EVER,
    operation_class=_Upload,
    dependencies={CONTENT: Provide(_read_zip)},
    response_headers=[ETAG_HEADER],
    responses=_IMPORT_PROBLEMS,
)
def import_into_draft(
    engine: Engine, asker: Asker, draft_id: DraftId, content: Content, if_match: IfMatch = None
) -> Response[ImportedView]:
    """Makes the zip's files the draft's. What the draft held stays in its history. Send `If-Match`."""
    draft = engine.draft(asker, draft_id)
    require_match(if_match, draft.revision)
    return _import(engine, asker, content, into=draft.id, revision=draft.revision)


HANDLERS = [download_version, download_draft, import_draft, import_into_draft]


def _import(
    engine: CaseEngine, asker: Actor, content: bytes, *, into: str | None = None, revision: int = 0
) -> Response[ImportedView]:
    imported = import_zip(engine, asker, content, into=into, revision=revision)
    names = Names.of(engine.store, [imported.draft.created_by, imported.draft.saved_by])
    headers = etag(imported.draft.revision)
    return Response(ImportedView.of(imported, names), status_code=201 if into is None else 200, headers=headers)


def _zip(content: bytes, name: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"', "Cache-Control": "private, no-store"}
    return Response(content, media_type=ZIP, headers=headers)
