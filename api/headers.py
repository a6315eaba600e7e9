"""The headers that go with every answer, and the ones that say which version of a thing is meant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from engine.errors import RevisionConflict

from .problems import Problem
from .settings import ApiSettings

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_UNLESS_SAID = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": ("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"),
}
_A_YEAR = "max-age=31536000"


class SecurityHeaders:
    """Adds the headers when an answer begins: errors and unknown addresses included."""

    def __init__(self, settings: ApiSettings) -> None:
        self._always = {**_ALWAYS, "Strict-Transport-Security": _A_YEAR} if settings.secure_cookies else _ALWAYS

    async def __call__(self, message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        headers = MutableScopeHeaders.from_message(message)
        for name, value in self._always.items():
            headers[name] = value
        for name, value in _UNLESS_SAID.items():
            headers.setdefault(name, value)


def etag(revision: int | str) -> dict[str, str]:
    """The ETag header of something that is at `revision`."""
    return {"ETag": f'"{revision}"'}


def require_match(if_match: str | None, revision: int) -> None:
    """Let only a caller pass who has read this very revision, or did not ask (RFC 9110 §13.1.1).

    Raises:
        Problem: `precondition-failed`.
    """
    if if_match is None or if_match.strip() == "*":
        return
    if f'"{revision}"' not in (tag.strip() for tag in if_match.split(",")):
        raise Problem("precondition-failed", headers=etag(revision))


NO_DRAFT = "none"
"""The revision that stands for a draft that is not there."""


def seen_draft(if_match: str | None) -> str | None:
    """The revision of the draft that the caller has seen, empty for none; None where they do not say."""
    if if_match is None or if_match.strip() == "*":
        return None
    tag = if_match.strip().strip('"')
    return "" if tag == NO_DRAFT else tag or NO_DRAFT


@contextmanager
def unless_changed() -> Iterator[None]:
    """Turns a draft that has been saved meanwhile into `precondition-failed`."""
    try:
        yield
    except RevisionConflict as error:
        raise Problem("precondition-failed") from error
