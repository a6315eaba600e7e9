"""Answers of the API made smaller on their way out, but for those that a stranger could measure a secret by.

Whoever sees how long compressed answers are, and can make a browser ask with words of their choosing, can guess what else
the answer holds (BREACH). So an answer is left as it is where another site made the browser ask, and where the operation
says `opt={UNCOMPRESSED: True}`, because a token lies in it.
"""

from __future__ import annotations

import gzip
from typing import Final

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPResponseStartEvent, Message, Receive, Scope, Send

UNCOMPRESSED: Final = "uncompressed"
_WORTH_IT: Final = ("application/json", "application/problem+json", "application/xml", "text/csv")
_SMALLEST_BYTES: Final = 1024
_LEVEL: Final = 5


class CompressAnswers(ASGIMiddleware):
    """Compresses whole answers of text with gzip for those who take it. Streams and files go as they are."""

    exclude_opt_key = UNCOMPRESSED

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        asked = Headers.from_scope(scope)
        if asked.get("sec-fetch-site") in ("cross-site", "same-site") or not _takes_gzip(asked.get("accept-encoding", "")):
            await next_app(scope, receive, send)
            return
        begun: HTTPResponseStartEvent | None = None

        async def send_smaller(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start" and _is_worth_it(MutableScopeHeaders(message)):
                begun = message
                return
            if begun is not None and message["type"] == "http.response.body":
                start, begun = begun, None
                if not message.get("more_body"):
                    message["body"] = _compressed(start, message["body"])
                await send(start)
            await send(message)

        await next_app(scope, receive, send_smaller)


def takes(accept_encoding: str) -> set[str]:
    """The names of the encodings that a caller takes, by its Accept-Encoding."""
    choices = (choice.replace(" ", "").lower().partition(";") for choice in accept_encoding.split(","))
    return {name for name, _, weight in choices if weight.rstrip("0.") != "q="}


def _takes_gzip(accept_encoding: str) -> bool:
    return "gzip" in takes(accept_encoding)


def _is_worth_it(headers: MutableScopeHeaders) -> bool:
    media_type = headers.get("content-type", "").partition(";")[0]
    return media_type in _WORTH_IT and "content-encoding" not in headers


def _compressed(start: HTTPResponseStartEvent, body: bytes) -> bytes:
    """The body as it is sent; the headers that go before it are told."""
    headers = MutableScopeHeaders(start)
    headers.extend_header_value("vary", "Accept-Encoding")
    if len(body) < _SMALLEST_BYTES:
        return body
    smaller = gzip.compress(body, _LEVEL, mtime=0)
    headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(smaller))
    return smaller
