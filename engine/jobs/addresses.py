"""Connections to other systems: only to addresses that may be reached, and no longer than there is time.

A host's name is looked up once, each address that it gives is weighed, and the connection is made to that very address: a name
server that answers something else the second time gains nothing.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Final

from ..connections import Network, may_reach
from ..handlers import HandlerFailed
from ..job_handlers import JobDesk, TemporaryFailure
from ..sentences import sentence

CONNECT_SECONDS: Final = 10.0
"""How long a connection to one address may take to be made."""

_SPARE: Final = 0.05
"""The part of the time that is left for telling what came of it."""


class Allowance:
    """The time that a handler has for all it does outside, from now on."""

    def __init__(self, desk: JobDesk) -> None:
        self._end = time.monotonic() + (desk.deadline - desk.now).total_seconds() * (1 - _SPARE)

    def left(self, what: str) -> float:
        """Seconds, more than none.

        Raises:
            TemporaryFailure: there are none left.
        """
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise _too_slow(what)
        return seconds

    @contextmanager
    def watch(self, connection: socket.socket, what: str) -> Iterator[None]:
        """End the connection when the time is up, even while the other side sends a little now and then."""
        over = threading.Event()

        def end() -> None:
            over.set()
            try:
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
            except OSError:
                return

        timer = threading.Timer(self.left(what), end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            if over.is_set():
                raise _too_slow(what)


def _too_slow(what: str) -> TemporaryFailure:
    said = sentence("{what} did not answer in the time that the service task has. Raise its timeout if need be.", what=what)
    return TemporaryFailure(said)


def connect(host: str, port: int, *, private: tuple[Network, ...], setting: str, allowance: Allowance) -> socket.socket:
    """A connection to the first address of the host that may be reached and answers. `setting` is what may allow others.

    Raises:
        HandlerFailed: none of its addresses may be reached.
        TemporaryFailure: it has no address now, or does not answer.
    """
    what = f"{host}:{port}"
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        said = sentence("The name {host} cannot be looked up now. Check it if this goes on.", host=host)
        raise TemporaryFailure(said) from error
    allowed = [entry for entry in found if may_reach(ip_address(str(entry[4][0]).partition("%")[0]), private)]
    if not allowed:
        said = sentence(
            "{host} is at an address that is not public. If it is meant, name its network in the setting {setting}.",
            host=host,
            setting=setting,
        )
        raise HandlerFailed(said)
    failed: OSError | None = None
    for family, kind, protocol, _, address in allowed:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(min(CONNECT_SECONDS, allowance.left(what)))
            connection.connect(address)
        except OSError as error:
            connection.close()
            failed = error
        else:
            connection.settimeout(None)  # from here on `watch` says when the time is up, and nothing else
            return connection
    raise TemporaryFailure(sentence("{what} cannot be reached now. Check that it runs if this goes on.", what=what)) from failed


def encrypt(connection: socket.socket, host: str, *, allowance: Allowance) -> ssl.SSLSocket:
    """The connection, encrypted, after the other side has proved to be the host.

    Raises:
        HandlerFailed: its certificate is not trusted here, or not for this host.
        TemporaryFailure: it cannot be done now.
    """
    context = ssl.create_default_context()
    secured = context.wrap_socket(connection, server_hostname=host, do_handshake_on_connect=False, suppress_ragged_eofs=False)
    try:
        with allowance.watch(secured, host):
            secured.do_handshake()
    except ssl.SSLCertVerificationError as error:
        secured.close()
        said = sentence(
            "{host} shows a certificate that is not trusted here ({why}). "
            "Have it renewed, or let this machine trust who issued it.",
            host=host,
            why=error.verify_message,
        )
        raise HandlerFailed(said) from error
    except OSError as error:
        secured.close()
        raise TemporaryFailure(sentence("No encrypted connection to {host} can be made now.", host=host)) from error
    return secured
