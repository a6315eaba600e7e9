"""Other systems to call: real servers on loopback."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Talk = Callable[[socket.socket, threading.Event], None]


@dataclass(frozen=True)
class Heard:
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Peer:
    """`heard` is what came, in order; `answer` makes the reply to each."""

    answer: Callable[[Heard], Reply]
    heard: list[Heard] = field(default_factory=list)
    port: int = 0

    @property
    def plain(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def secure(self) -> str:
        return f"https://localhost:{self.port}"


@contextmanager
def http_peer(answer: Callable[[Heard], Reply], tls: ssl.SSLContext | None = None) -> Iterator[Peer]:
    """A server of HTTP that is there as long as the block."""
    peer = Peer(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            heard = Heard(self.command, self.path, dict(self.headers.items()), body)
            peer.heard.append(heard)
            reply = peer.answer(heard)
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else reply.body)

        def log_message(self, *said: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            return

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    with _running(server):
        peer.port = server.server_address[1]
        yield peer


@contextmanager
def _running(server: ThreadingHTTPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def raw_peer(talk: Talk, *, greeting: bytes = b"") -> Iterator[int]:
    """A server that greets, hears, and says to each connection what `talk` has it say; gives its port.

    The event is set when the block ends.
    """
    over = threading.Event()

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                try:
                    connection.sendall(greeting)
                    connection.recv(65536)
                    talk(connection, over)
                except OSError:
                    continue

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
