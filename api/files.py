"""Files of a case: uploaded as they are, and given back to be saved or looked at, never as a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import quote, unquote

import msgspec
from litestar import Response, get
from litestar.di import Provide
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.params import HeaderParameter, JSONBody, PathParameter, QueryParameter

from engine.file_types import SHOWN
from engine.finding import FieldProblem
from engine.ids import CaseId as EngineCaseId
from engine.ports import StoredFile

from .bodies import Because, JsonRequest, View
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, CaseId, Content, Engine
from .people import Names, PersonView
from .problems import Problem, declared
from .writes import CONTENT, FILE_NAME, post

BYTES = "application/octet-stream"
MOST_EVER = 100_000_000 + 1_000


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


async def _read_content(request: JsonRequest, engine: Engine) -> bytes:
    return await read_body(request, BYTES, engine.house.settings.most_file_bytes)


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
    request_max_body_size=MOST_EVER,
    operation_class=_Upload,
    dependencies={CONTENT: Provide(_read_content)},
    responses=declared(
        *CHANGE_PROBLEMS,
        "not-found",
        "not-allowed",
        "not-possible",
        "revision-conflict",
        "rejected",
        "file-too-large",
        "unsupported-media-type",
        "misconfigured",
    ),
)
def add_file(
    engine: Engine,
    asker: Asker,
    case_id: CaseId,
    file_name: Annotated[
        str,
        HeaderParameter(name=FILE_NAME, max_length=2_000, description="The file's name, percent-encoded UTF-8."),
    ],
    content: Content,
) -> FileView:
    """Adds the file that the body is, also to a case that has ended. It is taken when its size and kind are and its content is
    what its name says. Its name stands in no address.
    """
    try:
        name = unquote(file_name, errors="strict")
    except UnicodeDecodeError as error:
        sv, en = "Skriv namnet som procentkodad UTF-8.", "Write the name as percent-encoded UTF-8."
        raise Problem("invalid-request", problems=[FieldProblem(FILE_NAME, "format", sv, en)]) from error
    file = engine.add_file(asker, EngineCaseId(case_id), name, content)
    return FileView.of(file, Names.of(engine.store, [file.added_by]))


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
    inline: Annotated[
        bool, QueryParameter(description="To be looked at by itself, where it is a PDF, a picture or plain text.")
    ] = False,
) -> Response[bytes]:
    """The file, byte for byte, to be saved or looked at by itself: browsers show it in no page of ours, run nothing in it and
    do not guess what it is. The look is logged.
    """
    file, content = engine.case_file(asker, EngineCaseId(case_id), file_id)
    how = "inline" if inline and file.media_type in SHOWN else "attachment"
    disposition = f"{how}; filename*=UTF-8''{quote(file.name, safe='')}"
    return Response(content, media_type=file.media_type, headers={"Content-Disposition": disposition})


@post(
    "/cases/{case_id:str}/files/{file_id:str}/remove",
    summary="Remove a file",
    tags=["Cases"],
    status_code=204,
    responses=declared(
        *CHANGE_PROBLEMS,
        *BODY_PROBLEMS,
        "not-found",
        "not-allowed",
        "not-possible",
        "revision-conflict",
        "rejected",
        "misconfigured",
    ),
)
def remove_file(
    engine: Engine,
    asker: Asker,
    case_id: CaseId,
    file_id: Annotated[str, PathParameter(max_length=100, description="The id of the file.")],
    data: JSONBody[Because],
) -> None:
    """Removes a file that should not have been there, and erases its content for good. History keeps its name and the reason.
    It is for whoever added it, and the head of the case's unit.
    """
    engine.remove_file(asker, EngineCaseId(case_id), file_id, reason=data.reason)


HANDLERS = [list_files, add_file, read_file, remove_file]


async def read_body(request: JsonRequest, media_type: str, most: int) -> bytes:
    """The body, which is a file of this type; what is larger is not read to its end."""
    if request.content_type[0] != media_type:
        raise Problem("unsupported-media-type")
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > most:
            raise Problem("file-too-large", headers={"Connection": "close"})
    return bytes(content)
