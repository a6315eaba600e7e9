"""The shape of an error answer (RFC 9457), and how operations declare the ones they give."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec

MEDIA_TYPE = "application/problem+json"


class FieldProblemView(msgspec.Struct, frozen=True):
    """One field of a request that is wrong. The value is never repeated."""

    path: Annotated[
        str, msgspec.Meta(description="JSON Pointer to the field; `?name` for a query parameter; a header by its name.")
    ]
    keyword: Annotated[
        str, msgspec.Meta(description="The JSON Schema keyword that failed, `conflict`, `taken`, `type` or `unknown`.")
    ]
    text: Annotated[str, msgspec.Meta(description="What is wrong, for the person.")]


class FindingView(msgspec.Struct, frozen=True):
    """One thing that is wrong in a designer's file."""

    rule: str
    severity: str
    message: str
    remedy: str
    file: str
    element: str
    name: str
    line: int | None


class ConflictView(msgspec.Struct, frozen=True):
    """One field that both you and somebody else changed."""

    path: Annotated[str, msgspec.Meta(description="JSON Pointer to the field.")]
    yours: Annotated[object, msgspec.Meta(description="What you sent.")]
    theirs: Annotated[object, msgspec.Meta(description="What is there now.")]


class ProblemDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An error, as RFC 9457 shapes it."""

    type: Annotated[str, msgspec.Meta(description="`urn:stegvis:problem:` and the code.")]
    title: Annotated[str, msgspec.Meta(description="The kind of error, in Swedish or English by Accept-Language.")]
    status: int
    detail: Annotated[str, msgspec.Meta(description="What happened and what to do.")]
    code: Annotated[str, msgspec.Meta(description="Stable; act on this one.")]
    message: Annotated[str, msgspec.Meta(description="The engine's own words (English), where `detail` is general.")] = ""
    by: Annotated[str, msgspec.Meta(description="Who was first, by display name.")] = ""
    at: Annotated[datetime | None, msgspec.Meta(description="When that was.")] = None
    id: Annotated[str, msgspec.Meta(description="What to quote when reporting an unexpected error.")] = ""
    problems: Annotated[Sequence[FieldProblemView], msgspec.Meta(description="One for each wrong field.")] = ()
    findings: Annotated[Sequence[FindingView], msgspec.Meta(description="One for each fault in a package.")] = ()
    conflicts: Annotated[Sequence[ConflictView], msgspec.Meta(description="One for each field that two people changed.")] = ()
