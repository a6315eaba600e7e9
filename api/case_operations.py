"""What may be done to a case as a whole: stopping and resuming it, ending it, mending its data, telling it something."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import msgspec
from litestar import Response
from litestar.params import JSONBody

from engine.case import Case
from engine.case_engine import CaseEngine
from engine.ids import CaseId as EngineCaseId
from engine.ids import UserId

from .as_seen import case_as_seen
from .bodies import Because, Body, HandoverNote, Name, Object, Reason, Receiver, as_json
from .case_views import CaseView
from .headers import etag
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, ETAG_HEADER, CaseId, Engine, IfMatch, Token
from .people import Names
from .problems import declared
from .writes import patch, post

_PROBLEMS = declared(
    *CHANGE_PROBLEMS,
    *BODY_PROBLEMS,
    "not-found",
    "not-allowed",
    "not-possible",
    "revision-conflict",
    "precondition-failed",
    "rejected",
)

_operation = partial(post, tags=["Cases"], status_code=200, response_headers=[ETAG_HEADER], responses=_PROBLEMS)


class CaseHandover(Body, frozen=True, kw_only=True):
    """Who becomes responsible."""

    to: Receiver
    note: HandoverNote = ""


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


@_operation("/cases/{case_id:str}/suspend", summary="Suspend a case")
def suspend_case(
    engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[Because], if_match: IfMatch = None
) -> Response[CaseView]:
    """Stops the case: its tasks cannot be done and its timers do not fire until it is resumed."""
    with case_as_seen(engine, asker, case_id, if_match):
        return _answer(engine, engine.suspend_case(asker, EngineCaseId(case_id), reason=data.reason))


@_operation("/cases/{case_id:str}/resume", summary="Resume a case")
def resume_case(
    engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[Because], if_match: IfMatch = None
) -> Response[CaseView]:
    """Lets a suspended case go on. Timers that came due meanwhile fire at once."""
    with case_as_seen(engine, asker, case_id, if_match):
        return _answer(engine, engine.resume_case(asker, EngineCaseId(case_id), reason=data.reason))


@_operation("/cases/{case_id:str}/cancel", summary="Cancel a case")
def cancel_case(
    engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[Because], if_match: IfMatch = None
) -> Response[CaseView]:
    """Ends the case for good, whatever it waits for. Its history stays."""
    with case_as_seen(engine, asker, case_id, if_match):
        return _answer(engine, engine.cancel_case(asker, EngineCaseId(case_id), reason=data.reason))


@_operation("/cases/{case_id:str}/assign", summary="Hand a case over")
def assign_case(
    engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[CaseHandover], if_match: IfMatch = None
) -> Response[CaseView]:
    """Makes somebody who works on it responsible for the case. Who is responsible may, and heads of the unit; a case that
    nobody is responsible for may be taken over. Open tasks that the one before held go along, or back to their groups."""
    with case_as_seen(engine, asker, case_id, if_match):
        return _answer(engine, engine.hand_over_case(asker, EngineCaseId(case_id), to=UserId(data.to), note=data.note))


@_operation("/cases/{case_id:str}/messages", summary="Send a message to a case")
def message_case(engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[CaseMessage]) -> Response[CaseView]:
    """Tells the case something it waits for now, such as that the client moves. `GET /cases/{case_id}` lists what it offers."""
    return _answer(engine, engine.message_case(asker, EngineCaseId(case_id), data.name, as_json(data.payload)))


@patch(
    "/cases/{case_id:str}/data",
    summary="Correct a case's data",
    tags=["Cases"],
    response_headers=[ETAG_HEADER],
    responses=_PROBLEMS,
)
def correct_data(
    engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[Correction], if_match: IfMatch = None
) -> Response[CaseView]:
    """Puts values of the case's data right by hand, so that an incident can be retried. Kept in the history with its reason."""
    with case_as_seen(engine, asker, case_id, if_match):
        changes = as_json(data.changes)
        case = engine.correct_data(
            asker, EngineCaseId(case_id), changes, reason=data.reason, call=data.call, position=data.position
        )
        return _answer(engine, case)


@_operation("/cases/{case_id:str}/reopen", summary="Reopen a case")
def reopen_case(
    engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[Because], if_match: IfMatch = None
) -> Response[CaseView]:
    """Lets a case that has ended go on, where its process says (`stegvis:reopenAt`)."""
    with case_as_seen(engine, asker, case_id, if_match):
        return _answer(engine, engine.reopen_case(asker, EngineCaseId(case_id), reason=data.reason))


@_operation("/cases/{case_id:str}/positions", summary="Add a position")
def add_position(
    engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[NewPosition], if_match: IfMatch = None
) -> Response[CaseView]:
    """Lets the case go on at an element too, as though a sequence flow had led there."""
    with case_as_seen(engine, asker, case_id, if_match):
        case = engine.add_position(asker, EngineCaseId(case_id), data.path, inside=data.inside or None, reason=data.reason)
        return _answer(engine, case)


@_operation("/cases/{case_id:str}/positions/{token:str}/move", summary="Move a position")
def move_position(
    engine: Engine, asker: Asker, case_id: CaseId, token: Token, data: JSONBody[MovedPosition], if_match: IfMatch = None
) -> Response[CaseView]:
    """Takes the case from where it stands to another element beside it. What was begun there is withdrawn."""
    with case_as_seen(engine, asker, case_id, if_match):
        return _answer(engine, engine.move_position(asker, EngineCaseId(case_id), token, to=data.to, reason=data.reason))


@_operation("/cases/{case_id:str}/positions/{token:str}/cancel", summary="Withdraw a position")
def cancel_position(
    engine: Engine, asker: Asker, case_id: CaseId, token: Token, data: JSONBody[Because], if_match: IfMatch = None
) -> Response[CaseView]:
    """Withdraws what is under way there. The last position stays: a case is ended by cancelling it."""
    with case_as_seen(engine, asker, case_id, if_match):
        return _answer(engine, engine.cancel_position(asker, EngineCaseId(case_id), token, reason=data.reason))


HANDLERS = [
    suspend_case,
    resume_case,
    cancel_case,
    assign_case,
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
