"""What the resources share: how an operation gets the engine, and the descriptions of parameters met more than once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final

from litestar.datastructures import ResponseHeader
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, PathParameter, QueryParameter, SkipValidation

from engine.case_engine import CaseEngine
from engine.finding import FieldProblem

from .problems import Problem
from .type_texts import WITHOUT_ZONE

MAX_LIMIT = 200
# The highest version, revision and number of an event that somebody may name. The next one still fits the store's integers.
HIGHEST = 2**31 - 2
QUESTION_PROBLEMS = ("not-signed-in", "csrf-token-wrong", "foreign-origin")
CHANGE_PROBLEMS = (*QUESTION_PROBLEMS, "idempotency-key-reused", "answer-not-kept")
BODY_PROBLEMS = ("malformed-json", "body-too-large", "unsupported-media-type")

Engine = NamedDependency[SkipValidation[CaseEngine]]

Content = NamedDependency[SkipValidation[bytes]]
"""A body that is a file; see `writes.CONTENT`."""

Limit = Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT, description="How many at most.")]
Cursor = Annotated[
    str | None, QueryParameter(max_length=500, description="The `next` of the page before. Leave out for the first page.")
]
IfMatch = Annotated[
    str | None,
    HeaderParameter(
        name="If-Match",
        max_length=200,
        description='The ETag that was read, in quotes (`"7"`). When it is no longer current: 412, and nothing is done.',
    ),
]
DraftMatch = Annotated[
    str | None,
    HeaderParameter(
        name="If-Match",
        max_length=200,
        description='The `revision` of the draft that one has seen, in quotes, or `"none"`. When there is another by now: 412, '
        "and that one stays. Without it whatever there is is replaced.",
    ),
]
SHORTEST_KEY: Final = 16
LONGEST_KEY: Final = 100
RequestKey = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        schema_extra={"min_length": SHORTEST_KEY, "max_length": LONGEST_KEY + 2},  # `writes` measures it without its quotes
        description="A random text of one's own for this change: 16 to 100 characters, beside the quotes that may stand around "
        "it. Sent again within a day with the same body it changes nothing more and gets the same answer, with "
        "`Idempotency-Replayed: true`: for when none came. With anything else it is `idempotency-key-reused`.",
    ),
]
CaseId = Annotated[str, PathParameter(max_length=100, description="The id of the case.")]
Token = Annotated[str, PathParameter(max_length=40, description="The token of the position, from the case.")]
TaskId = Annotated[str, PathParameter(max_length=100, description="The id of the task.")]
IncidentId = Annotated[str, PathParameter(max_length=100, description="The id of the incident.")]
ProcessKey = Annotated[str, PathParameter(max_length=200, description="The key of the process definition (`client-pathway`).")]
FormKey = Annotated[str, PathParameter(max_length=200, description="The key of the form (`register-contact`).")]
VersionNumber = Annotated[int, PathParameter(ge=1, le=HIGHEST, description="The version's number, from 1.")]
RegisterKey = Annotated[str, PathParameter(max_length=200, description="The key of the register (`organisations`).")]
EntryKey = Annotated[str, PathParameter(max_length=200, description="The key of the entry.")]

ETAG_HEADER = ResponseHeader(
    name="ETag", description="The revision read, in quotes; send it back as If-Match.", documentation_only=True
)


def utc(moment: datetime, *, parameter: str) -> datetime:
    """The same instant in UTC.

    Raises:
        Problem: `invalid-request`, for one without an offset or outside the calendar's years; it names the query parameter.
    """
    problem = Problem("invalid-request", problems=[FieldProblem(f"?{parameter}", "type", *WITHOUT_ZONE)])
    if moment.tzinfo is None:
        raise problem
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise problem from error
