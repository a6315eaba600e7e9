"""Files of a case: uploaded as they are, and given back as something to save, never as a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import quote, unquote

import msgspec
from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.params import HeaderParameter, PathParameter

from engine.ids import CaseId as EngineCaseId
from engine.ports import StoredFile

from .bodies import JsonRequest, View
from .identity import Asker
from .parts import CHANGE_PROBLEMS, CaseId, Engine
from .people import Names, PersonView
from .problems import Problem, declared

BYTES = "application/octet-stream"
_MOST_EVER = 100_000_000 + 1_000


class FileView(View, frozen=True, kw_only=True):
    """A file of a case."""

    id: str
    name: str
    media_type: str
    size: Annotated[int, msgspec.Meta(description="In bytes.")]
    sha256: Annotated[str, msgspec.Meta(description="SHA-256 of the content, in hexadecimal.")]
    added_at: datetime
    added_by: PersonView

    @classmethod
    def of(cls, file: StoredFile, names: Names) -> FileView:
        return cls(
            id=file.id,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            added_at=file.added_at,
            added_by=names.somebody(file.added_by),
        )


class FileList(View, frozen=True, kw_only=True):
    items: list[FileView]
    next: str | None = None
    most_bytes: Annotated[int, msgspec.Meta(description="How large a file may be.")]
    endings: Annotated[list[str], msgspec.Meta(description="How the names of files that are taken end.")]


@dataclass
class _Upload(Operation):
    """The body is the file itself."""

    def __post_init__(self) -> None:
        content = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
        self.request_body = RequestBody(content={BYTES: OpenAPIMediaType(schema=content)}, required=True)


@get(
    "/cases/{case_id:str}/files",
    summary="Files of a case",
    tags=["Cases"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found"),
)
def list_files(engine: Engine, asker: Asker, case_id: CaseId) -> FileList:
    """The case's files, oldest first, and what may be added. The look is logged."""
    found = engine.case_files(asker, EngineCaseId(case_id))
    names = Names.of(engine.store, [file.added_by for file in found])
    limits = engine.house.settings
    return FileList(
        items=[FileView.of(file, names) for file in found], most_bytes=limits.most_file_bytes, endings=[*limits.file_types]
    )


@post(
    "/cases/{case_id:str}/files",
    summary="Add a file",
    tags=["Cases"],
    request_max_body_size=_MOST_EVER,
    operation_class=_Upload,
    responses=declared(
        *CHANGE_PROBLEMS,
        "not-found",
        "not-allowed",
        "revision-conflict",
        "rejected",
        "file-too-large",
        "unsupported-media-type",
        "misconfigured",
    ),
)
async def add_file(
    request: JsonRequest,
    engine: Engine,
    asker: Asker,
    case_id: CaseId,
    file_name: Annotated[
        str,
        HeaderParameter(name="X-File-Name", max_length=2_000, description="The file's name, percent-encoded UTF-8."),
    ],
) -> FileView:
    """Adds the file that the body is, also to a case that has ended. It is taken when its size and kind are and its content is
    what its name says. Its name stands in no address.
    """
    if request.content_type[0] != BYTES:
        raise Problem("unsupported-media-type")
    content = await _read(request, engine.house.settings.most_file_bytes)
    try:
        name = unquote(file_name, errors="strict")
    except UnicodeDecodeError as error:
        raise Problem("invalid-request") from error
    file = await sync_to_thread(engine.add_file, asker, EngineCaseId(case_id), name, content)
    return FileView.of(file, await sync_to_thread(Names.of, engine.store, [file.added_by]))


@get(
    "/cases/{case_id:str}/files/{file_id:str}",
    summary="Download a file",
    tags=["Cases"],
    sync_to_thread=True,
    media_type=BYTES,
    responses={
        200: ResponseSpec(bytes, description="The file.", media_type=BYTES, generate_examples=False),
        **declared("not-signed-in", "not-found", "file-damaged", "misconfigured"),
    },
)
def read_file(
    engine: Engine,
    asker: Asker,
    case_id: CaseId,
    file_id: Annotated[str, PathParameter(max_length=100, description="The id of the file.")],
) -> Response[bytes]:
    """The file, byte for byte, to be saved: browsers neither show it as a page nor guess what it is. The look is logged."""
    file, content = engine.case_file(asker, EngineCaseId(case_id), file_id)
    disposition = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    return Response(content, media_type=file.media_type, headers={"Content-Disposition": disposition})


HANDLERS = [list_files, add_file, read_file]


async def _read(request: JsonRequest, most: int) -> bytes:
    """The body; what is larger is not read to its end."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > most:
            raise Problem("file-too-large", headers={"Connection": "close"})
    return bytes(content)
