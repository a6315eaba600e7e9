"""How operations that change something are declared: `post`, `put`, `patch` and `delete`, each with an `Idempotency-Key`.

The function of the operation runs in a thread. With a key it runs inside one transaction of the store, which also keeps what
is answered: both are there afterwards, or neither. The same key again gets the kept answer, byte for byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial, wraps
from inspect import Parameter, signature
from typing import Any, Final, ParamSpec

import litestar
from litestar import Response
from litestar.concurrency import sync_to_thread
from litestar.handlers import HTTPRouteHandler

from engine.canonical import dumps
from engine.case_engine import CaseEngine
from engine.commands.once import once
from engine.finding import FieldProblem
from engine.ports import Answer
from engine.ports import Request as AskedBefore

from .bodies import JsonRequest
from .identity import signed_in
from .parts import LONGEST_KEY, SHORTEST_KEY, RequestKey
from .problems import Problem
from .type_texts import in_words

REPLAYED: Final = "Idempotency-Replayed"
FILE_NAME: Final = "X-File-Name"
"""Says a part of what is asked for, as the address and the body do."""
CONTENT: Final = "content"
"""The parameter with which an operation takes a body that it has read itself."""

Options = ParamSpec("Options")
Operation = Callable[..., Any]  # Any: an operation answers a view, a Response of one, or nothing
Declaration = Callable[[Operation], HTTPRouteHandler]

_ADDED: Final = (
    Parameter("request", Parameter.KEYWORD_ONLY, annotation=JsonRequest),
    Parameter("idempotency_key", Parameter.KEYWORD_ONLY, default=None, annotation=RequestKey),
)

question: Final = litestar.post
"""Declares a POST that changes nothing: what is asked is too long or too private for an address. It needs no key."""

many: Final = litestar.post
"""Declares a POST that does many things to many cases, each in a transaction of its own: one around them all would hold every
case at once. Sent again it does no harm, and so it needs no key."""


def _with_keys(declare: Callable[Options, HTTPRouteHandler]) -> Callable[Options, Declaration]:
    def declare_with_key(*args: Options.args, **options: Options.kwargs) -> Declaration:
        def decorate(operation: Operation) -> HTTPRouteHandler:
            handler = declare(*args, **options)
            return handler(_answering_once(operation, handler))

        return decorate

    return declare_with_key


post = _with_keys(litestar.post)
put = _with_keys(litestar.put)
patch = _with_keys(litestar.patch)
delete = _with_keys(litestar.delete)


def _answering_once(operation: Operation, handler: HTTPRouteHandler) -> Operation:
    """The operation with two more parameters: the request and its key."""

    @wraps(operation)
    async def answer(request: JsonRequest, engine: CaseEngine, idempotency_key: str | None = None, **given: Any) -> Any:
        do = partial(operation, engine=engine, **given)
        if idempotency_key is None:
            return await sync_to_thread(do)
        body = given[CONTENT] if CONTENT in given else await request.body()
        asked = AskedBefore(signed_in(request).actor.id, _bare(idempotency_key), _digest(request, body), engine.clock.now())
        found, is_replay = await sync_to_thread(once, engine.store, asked, lambda: _encoded(do(), handler, request))
        return _sent(found, is_replay=is_replay)

    own = signature(operation)
    parameters = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in (*own.parameters.values(), *_ADDED)]
    answer.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]  # any function may have one
    answer.__annotations__ = {**operation.__annotations__, **{one.name: one.annotation for one in _ADDED}}
    return answer


def _bare(key: str) -> str:
    """The key without the quotes that the standard's draft wants around it, and that many leave out.

    Raises:
        Problem: `invalid-request`, for one that is too short or too long without them.
    """
    bare = key[1:-1] if key.startswith('"') and key.endswith('"') else key
    if SHORTEST_KEY <= len(bare) <= LONGEST_KEY:
        return bare
    bound = f">= {SHORTEST_KEY}" if len(bare) < SHORTEST_KEY else f"<= {LONGEST_KEY}"
    problem = FieldProblem("Idempotency-Key", "type", *in_words(f"Expected `str` of length {bound}"))
    raise Problem("invalid-request", problems=[problem])


def _digest(request: JsonRequest, body: bytes) -> str:
    """SHA-256 of all that is asked for. Which revision somebody has seen (If-Match) is not part of it."""
    scope = request.scope
    query, name = scope["query_string"].decode("latin-1"), request.headers.get(FILE_NAME, "")
    return _sha256(dumps([scope["method"], scope["path"], query, name, _sha256(body)]).encode(errors="surrogatepass"))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _encoded(answered: object, handler: HTTPRouteHandler, request: JsonRequest) -> Answer:
    """What the framework would send, without the headers that it adds by itself."""
    response = answered if isinstance(answered, Response) else Response(answered)
    whole = response.to_asgi_response(None, request, status_code=handler.status_code)
    headers = {name: value for name, value in whole.headers.items() if name != "content-length"}
    return Answer(whole.status_code, headers, whole.body)


def _sent(answer: Answer, *, is_replay: bool) -> Response[bytes]:
    headers = {**answer.headers, REPLAYED: "true"} if is_replay else dict(answer.headers)
    media_type = headers.pop("content-type", None)
    return Response(answer.body, status_code=answer.status, media_type=media_type, headers=headers)
