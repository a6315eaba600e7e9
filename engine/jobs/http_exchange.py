"""One question to another system by HTTP and its answer, read within limits. Follows no redirect, decides nothing."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult

from ..connections import HttpSettings, Origin
from ..handlers import HandlerFailed
from ..job_handlers import TemporaryFailure
from ..sentences import sentence
from ..source import MAX_BYTES
from .addresses import Allowance, connect, encrypt

MOST_BYTES: Final = MAX_BYTES
"""How large an answer may be."""

_PIECE: Final = 65_536


@dataclass(frozen=True, slots=True)
class Question:
    """`parts` are those of the address; `origin` is where it leads."""

    method: str
    origin: Origin
    parts: SplitResult
    headers: Mapping[str, str]
    body: bytes | None = None

    @property
    def target(self) -> str:
        path = self.parts.path or "/"
        return f"{path}?{self.parts.query}" if self.parts.query else path


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` by name in small letters; the last of several with one name."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(question: Question, settings: HttpSettings, allowance: Allowance) -> Answer:
    """Send the question and read the answer.

    The environment's proxies are not used. The answer is asked for and taken only as it is, never compressed.

    Raises:
        HandlerFailed: the host may not be reached, is not who it should be, or answers what is not taken.
        TemporaryFailure: it cannot be reached or does not answer rightly now.
    """
    origin = question.origin
    connection = connect(
        origin.host, origin.port, private=settings.private_networks, setting="http_private_networks", allowance=allowance
    )
    if origin.scheme == "https":
        connection = encrypt(connection, origin.host, allowance=allowance)
    with connection, allowance.watch(connection, str(origin)):
        try:
            return _exchange(question, connection)
        except (OSError, http.client.HTTPException) as error:
            said = sentence("The exchange with {origin} broke off ({error}).", origin=origin, error=type(error).__name__)
            raise TemporaryFailure(said) from error


def _exchange(question: Question, connection: socket.socket) -> Answer:
    client = http.client.HTTPConnection(question.origin.host, question.origin.port)
    client.sock = connection
    client.putrequest(question.method, question.target, skip_host=True, skip_accept_encoding=True)
    client.putheader("Host", str(question.origin).partition("://")[2])
    for name, value in question.headers.items():
        client.putheader(name, value.encode("utf-8"))
    for name, value in _framing(question).items():
        client.putheader(name, value)
    client.endheaders(question.body)
    response = client.getresponse()
    with response:
        return Answer(
            response.status, {name.lower(): value for name, value in response.getheaders()}, _body(response, question)
        )


def _framing(question: Question) -> dict[str, str]:
    always = {"Accept-Encoding": "identity", "Connection": "close", "User-Agent": "Stegvis"}
    if question.body is None:
        return always if question.method in ("GET", "HEAD", "DELETE") else {**always, "Content-Length": "0"}
    return {**always, "Content-Length": str(len(question.body))}


def _body(response: http.client.HTTPResponse, question: Question) -> bytes:
    if response.getheader("Content-Encoding", "identity").strip().lower() not in ("identity", ""):
        said = sentence(
            "{origin} sends its answer compressed although it was asked not to. Have that changed.", origin=question.origin
        )
        raise HandlerFailed(said)
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > MOST_BYTES:
            said = sentence(
                "The answer of {origin} is larger than {number} kB. Ask for less of it.",
                origin=question.origin,
                number=MOST_BYTES // 1000,
            )
            raise HandlerFailed(said)
    if response.length:
        raise http.client.IncompleteRead(b"")
    return b"".join(pieces)
