"""Live updates: a stream of server-sent events that tells which cases have changed, so that a page can read them anew."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import HeaderParameter, SkipValidation
from litestar.response import Stream

from engine.commands.sessions import renew

from .identity import Me
from .live import Listener, Live
from .live import Renew as RenewSession
from .parts import Engine
from .problems import declared

EVENT_STREAM = "text/event-stream"
RETRY_MILLISECONDS = 3_000
_HIGHEST = 2**63

LiveUpdates = NamedDependency[SkipValidation[Live]]


@get(
    "/events",
    summary="Live updates",
    tags=["Tasks"],
    media_type=EVENT_STREAM,
    responses={
        200: ResponseSpec(str, description="Server-sent events.", media_type=EVENT_STREAM, generate_examples=False),
        **declared("not-signed-in", "too-many-streams"),
    },
)
async def read_events(
    engine: Engine,
    live: LiveUpdates,
    me: Me,
    last_event_id: Annotated[
        str | None,
        HeaderParameter(name="Last-Event-ID", max_length=20, description="The last `id` seen: what was missed is told."),
    ] = None,
) -> Stream:
    """A stream of server-sent events that says which cases one may see have changed, never what has changed in them.

    `changes`: `{"items": [{"caseId": …, "aspects": ["case", "tasks"]}]}`; `tasks` means that lists of tasks may be others.
    `ready` comes first: what is read after it misses nothing. `reset`: too much has happened, read everything anew.
    `signed-out`: the session has ended, and so does the stream. A change may be told twice.
    """
    listener = live.join(me)
    messages = _written(live, listener, lambda: renew(engine.store, me.session, now=engine.clock.now()), _place(last_event_id))
    return Stream(messages, media_type=EVENT_STREAM, headers={"X-Accel-Buffering": "no"})


HANDLERS = [read_events]


def _place(last_event_id: str | None) -> int | None:
    """The place that an id stands for; one that is none of ours is too far off for anything to be made up for."""
    if not last_event_id:
        return None
    is_number = last_event_id.isascii() and last_event_id.isdecimal() and int(last_event_id) < _HIGHEST
    return int(last_event_id) if is_number else -2


async def _written(live: Live, listener: Listener, renew_session: RenewSession, place: int | None) -> AsyncIterator[bytes]:
    """The stream as it is sent."""
    yield f"retry: {RETRY_MILLISECONDS}\n\n".encode()
    async with aclosing(live.stream(listener, renew_session, place)) as events:
        async for name, id_, told in events:
            if not name:
                yield b":\n\n"
                continue
            items = [{"caseId": case, "aspects": sorted(aspects)} for case, aspects in told.items()]
            data = json.dumps({"items": items} if items else {})
            yield f"id: {id_}\nevent: {name}\ndata: {data}\n\n".encode()
