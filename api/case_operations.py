"""What may be done to a case as a whole: stopping and resuming it, ending it, mending its data, telling it something."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Response, patch, post
from litestar.params import JSONBody

from engine.case import Case
from engine.case_engine import CaseEngine
from engine.ids import CaseId as EngineCaseId

from .bodies import Because, Body, Name, Object, Reason, as_json
from .case_views import CaseView
from .headers import etag
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, ETAG_HEADER, CaseId, Engine, Token
from .people import Names
from .problems import declared

_PROBLEMS = declared(
    *CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-found", "not-allowed", "not-possible", "revision-conflict", "rejected"
)


class CaseMessage(Body, frozen=True, kw_only=True):
    """Something the case should know."""

    name: Annotated[Name, msgspec.Meta(description="One of the messages that the case offers.")]
    payload: Annotated[Object, msgspec.Meta(description="What the message carries.")] = msgspec.field(default_factory=dict)


class Correction(Body, frozen=True, kw_only=True):
    """Case data put right by hand."""

    changes: Annotated[Object, msgspec.Meta(description="Dotted path in the data to its new value.", min_length=1)]
    reason: Reason
    call: Annotated[
        str, msgspec.Meta(max_length=500, description="Path of a call activity: the data of the process that it runs now.")
    ] = ""
    position: Annotated[
        str,
        msgspec.Meta(max_length=40, description="Token of a position: data of its round of a loop, or of what it calls."),
    ] = ""


class NewPosition(Body, frozen=True, kw_only=True):
    """Where the case is to go on too."""

    path: Annotated[
        str,
        msgspec.Meta(
            min_length=1, max_length=500, description="The element's id, with the calls that lead to it: `intake.call-client`."
        ),
    ]
    reason: Reason
    inside: Annotated[
        str, msgspec.Meta(max_length=40, description="The token of the sub-process or call, if several are under way.")
    ] = ""


class MovedPosition(Body, frozen=True, kw_only=True):
    """Where a position is moved to."""

    to: Annotated[str, msgspec.Meta(min_length=1, max_length=200, description="The id of an element beside it.")]
    reason: Reason


@post(
    "/cases/{case_id:str}/suspend",
    summary="Suspend a case",
    tags=["Cases"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=_PROBLEMS,
)
def suspend_case(engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[Because]) -> Response[CaseView]:
    """Stops the case: its tasks cannot be done and its timers do not fire until it is resumed."""
    return _answer(engine, engine.suspend_case(asker, EngineCaseId(case_id), reason=data.reason))


@post(
    "/cases/{case_id:str}/resume",
    summary="Resume a case",
    tags=["Cases"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=_PROBLEMS,
)
def resume_case(engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[Because]) -> Response[CaseView]:
    """Lets a suspended case go on. Timers that came due meanwhile fire at once."""
    return _answer(engine, engine.resume_case(asker, EngineCaseId(case_id), reason=data.reason))


@post(
    "/cases/{case_id:str}/cancel",
    summary="Cancel a case",
    tags=["Cases"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=_PROBLEMS,
)
def cancel_case(engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[Because]) -> Response[CaseView]:
    """Ends the case for good, whatever it waits for. Its history stays."""
    return _answer(engine, engine.cancel_case(asker, EngineCaseId(case_id), reason=data.reason))


@post(
    "/cases/{case_id:str}/messages",
    summary="Send a message to a case",
    tags=["Cases"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=_PROBLEMS,
)
def message_case(engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[CaseMessage]) -> Response[CaseView]:
    """Tells the case something it waits for now, such as that the client moves. `GET /cases/{case_id}` lists what it offers."""
    case = engine.message_case(asker, EngineCaseId(case_id), data.name, as_json(data.payload))
    return _answer(engine, case)


@patch(
    "/cases/{case_id:str}/data",
    summary="Correct a case's data",
    tags=["Cases"],
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=_PROBLEMS,
)
def correct_data(engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[Correction]) -> Response[CaseView]:
    """Puts values of the case's data right by hand, so that an incident can be retried. Kept in the history with its reason."""
    changes = as_json(data.changes)
    case = engine.correct_data(
        asker, EngineCaseId(case_id), changes, reason=data.reason, call=data.call, position=data.position
    )
    return _answer(engine, case)


@post(
    "/cases/{case_id:str}/reopen",
    summary="Reopen a case",
    tags=["Cases"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=_PROBLEMS,
)
def reopen_case(engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[Because]) -> Response[CaseView]:
    """Lets a case that has ended go on, where its process says (`stegvis:reopenAt`)."""
    return _answer(engine, engine.reopen_case(asker, EngineCaseId(case_id), reason=data.reason))


@post(
    "/cases/{case_id:str}/positions",
    summary="Add a position",
    tags=["Cases"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=_PROBLEMS,
)
def add_position(engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[NewPosition]) -> Response[CaseView]:
    """Lets the case go on at an element too, as though a sequence flow had led there."""
    case = engine.add_position(asker, EngineCaseId(case_id), data.path, inside=data.inside or None, reason=data.reason)
    return _answer(engine, case)


@post(
    "/cases/{case_id:str}/positions/{token:str}/move",
    summary="Move a position",
    tags=["Cases"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=_PROBLEMS,
)
def move_position(
    engine: Engine, asker: Asker, case_id: CaseId, token: Token, data: JSONBody[MovedPosition]
) -> Response[CaseView]:
    """Takes the case from where it stands to another element beside it. What was begun there is withdrawn."""
    return _answer(engine, engine.move_position(asker, EngineCaseId(case_id), token, to=data.to, reason=data.reason))


@post(
    "/cases/{case_id:str}/positions/{token:str}/cancel",
    summary="Withdraw a position",
    tags=["Cases"],
    status_code=200,
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=_PROBLEMS,
)
def cancel_position(engine: Engine, asker: Asker, case_id: CaseId, token: Token, data: JSONBody[Because]) -> Response[CaseView]:
    """Withdraws what is under way there. The last position stays: a case is ended by cancelling it."""
    return _answer(engine, engine.cancel_position(asker, EngineCaseId(case_id), token, reason=data.reason))


HANDLERS = [
    suspend_case,
    resume_case,
    cancel_case,
    message_case,
    correct_data,
    reopen_case,
    add_position,
    move_position,
    cancel_position,
]


def _answer(engine: CaseEngine, case: Case) -> Response[CaseView]:
    names = Names.of(engine.store, [case.started_by, case.responsible])
    return Response(CaseView.of(case, names), headers=etag(case.revision))
