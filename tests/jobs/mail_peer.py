"""A mail server to send to: a real one, on loopback."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass(frozen=True)
class Taken:
    mail_from: str
    rcpt_tos: list[str]
    content: bytes


@dataclass
class MailPeer:
    """`taken` are the messages that it took. `refusals` are its replies to words that it refuses."""

    refusals: Mapping[str, str]
    unknown: Collection[str]
    taken: list[Taken] = field(default_factory=list)
    was_encrypted: list[bool] = field(default_factory=list)
    port: int = 0

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if "MAIL" in self.refusals:
            return self.refusals["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if "RCPT" in self.refusals or address in self.unknown:
            return self.refusals.get("RCPT", "550 5.1.1 nobody here")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if "DATA" in self.refusals:
            return self.refusals["DATA"]
        assert isinstance(envelope.content, bytes)
        self.taken.append(Taken(envelope.mail_from or "", list(envelope.rcpt_tos), envelope.content))
        self.was_encrypted.append(session.ssl is not None)
        return "250 OK"


@contextmanager
def mail_peer(
    tls: ssl.SSLContext | None,
    *,
    at_once: bool = False,
    user: str = "stegvis",
    password: str = "",
    mechanism: str = "PLAIN",
    refusals: Mapping[str, str] | None = None,
    unknown: Collection[str] = (),
) -> Iterator[MailPeer]:
    """A server of mail that is there as long as the block; with `at_once` it speaks TLS from the first word.

    With a password, whoever sends has to sign in by the mechanism, `PLAIN` or `LOGIN`.
    """
    peer = MailPeer(refusals or {}, unknown)

    def authenticate(server: SMTP, session: Session, envelope: Envelope, way: str, given: object) -> AuthResult:
        assert isinstance(given, LoginPassword)
        return AuthResult(success=given == LoginPassword(user.encode(), password.encode()), handled=False)

    def conversation() -> SMTP:
        return SMTP(
            peer,
            tls_context=None if at_once else tls,
            require_starttls=tls is not None and not at_once,
            authenticator=authenticate if password else None,
            auth_required=bool(password),
            auth_exclude_mechanism={"LOGIN", "PLAIN"} - {mechanism},
            loop=loop,
        )

    loop = asyncio.new_event_loop()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = loop.run_until_complete(loop.create_server(conversation, sock=listener, ssl=tls if at_once else None))
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        peer.port = listener.getsockname()[1]
        try:
            yield peer
        finally:
            asyncio.run_coroutine_threadsafe(_end(server), loop).result(10)
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()


async def _end(server: asyncio.AbstractServer) -> None:
    """Take no more, and let the conversations end that are under way."""
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    if others:
        _, open_ones = await asyncio.wait(others, timeout=5)
        for task in open_ones:
            task.cancel()
    await asyncio.sleep(0)
