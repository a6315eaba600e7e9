"""The handler `http.request` against real servers."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import threading
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from engine import feel
from engine.connections import HttpSettings, credentials, hosts, networks
from engine.handlers import HandlerFailed
from engine.job_handlers import TemporaryFailure
from engine.jobs.http_exchange import MOST_BYTES
from engine.jobs.http_request import run
from engine.settings import EngineSettings

from .desks import KEY, a_desk
from .http_peers import Heard, Peer, Reply, http_peer, raw_peer

LOOPBACK = networks(["127.0.0.0/8", "::1"])


def settings(*origins: str, **more: object) -> EngineSettings:
    http = HttpSettings(hosts=hosts(list(origins)), private_networks=LOOPBACK)
    return EngineSettings(http=replace(http, **more))  # type: ignore[arg-type]  # fields by their names


def echo(heard: Heard) -> Reply:
    return Reply(200, {"Content-Type": "application/json"}, b'{"ok": true}')


def call(peer: Peer, **inputs: feel.Value) -> feel.Value:
    return run({"url": f"{peer.plain}/persons", **inputs}, a_desk(settings(peer.plain)))


def test_a_json_answer_is_a_feel_value() -> None:
    reply = Reply(
        201,
        {"Content-Type": "application/json; charset=utf-8", "Location": "/persons/7"},
        '{"n": 1.10, "namn": "Åsa"}'.encode(),
    )
    with http_peer(lambda heard: reply) as peer:
        result = call(peer, method="post", body={"born": feel.parse_date("1990-02-03"), "no": Decimal(3)})

    assert result == {
        "status": Decimal(201),
        "headers": {"contentType": "application/json; charset=utf-8", "location": "/persons/7"},
        "body": {"n": Decimal("1.10"), "namn": "Åsa"},
    }
    (heard,) = peer.heard
    assert (heard.method, heard.target) == ("POST", "/persons")
    assert json.loads(heard.body) == {"born": "1990-02-03", "no": 3}
    assert heard.headers["Content-Type"] == "application/json"


def test_every_call_carries_the_key_of_its_job_and_asks_for_no_compression() -> None:
    with http_peer(echo) as peer:
        call(peer)
        call(peer, method="DELETE")

    assert [heard.headers["Idempotency-Key"] for heard in peer.heard] == [KEY, KEY]
    assert peer.heard[0].headers["Accept-Encoding"] == "identity"
    assert peer.heard[0].headers["Host"] == f"localhost:{peer.port}"


def test_parts_of_the_path_and_the_query_are_written_as_they_are() -> None:
    with http_peer(echo) as peer:
        call(peer, path=["1/2", "åäö?"], query={"q": "a&b=c", "n": Decimal(2), "tags": ["x", "y"], "none": None, "yes": True})

    assert peer.heard[0].target == "/persons/1%2F2/%C3%A5%C3%A4%C3%B6%3F?q=a%26b%3Dc&n=2&tags=x&tags=y&yes=true"


def test_text_is_sent_and_taken_as_text() -> None:
    with http_peer(
        lambda heard: Reply(200, {"Content-Type": "text/plain; charset=iso-8859-1"}, "hå".encode("latin-1"))
    ) as peer:
        result = call(peer, method="PUT", body="hej då", headers={"Accept": "text/plain"})

    assert isinstance(result, dict)
    assert result["body"] == "hå"
    assert peer.heard[0].body == "hej då".encode()
    assert peer.heard[0].headers["Content-Type"] == "text/plain; charset=utf-8"
    assert peer.heard[0].headers["Accept"] == "text/plain"


@pytest.mark.parametrize("charset", ["utf-8", "undefined", "punycode", "idna", "no-such"])
def test_text_that_is_not_written_as_it_says_is_told(charset: str) -> None:
    reply = Reply(200, {"Content-Type": f"text/plain; charset={charset}"}, b"xn--\xff")
    with http_peer(lambda heard: reply) as peer, pytest.raises(HandlerFailed, match="not written as it says") as told:
        call(peer)
    assert not isinstance(told.value, TemporaryFailure)


@pytest.mark.parametrize("kind", ["image/png", ""])
def test_a_body_of_another_kind_is_null(kind: str) -> None:
    with http_peer(lambda heard: Reply(200, {"Content-Type": kind}, b"\x89PNG")) as peer:
        result = call(peer)
    assert isinstance(result, dict)
    assert result["body"] is None


def test_a_server_is_called_by_https_and_has_to_prove_who_it_is(trusted: ssl.SSLContext) -> None:
    with http_peer(echo, trusted) as peer:
        result = run({"url": f"{peer.secure}/x"}, a_desk(settings(peer.secure)))
    assert isinstance(result, dict)
    assert result["body"] == {"ok": True}


def test_a_certificate_for_another_host_is_refused(for_another_host: ssl.SSLContext) -> None:
    with (
        http_peer(echo, for_another_host) as peer,
        pytest.raises(HandlerFailed, match="certificate that is not trusted") as told,
    ):
        run({"url": f"{peer.secure}/x"}, a_desk(settings(peer.secure)))
    assert not isinstance(told.value, TemporaryFailure)
    assert peer.heard == []


def test_a_certificate_of_an_unknown_issuer_is_refused(trusted: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with http_peer(echo, trusted) as peer, pytest.raises(HandlerFailed, match="certificate that is not trusted"):
        run({"url": f"{peer.secure}/x"}, a_desk(settings(peer.secure)))


def test_a_fresh_installation_calls_nobody() -> None:
    with http_peer(echo) as peer, pytest.raises(HandlerFailed, match="name it in the setting http_hosts"):
        run({"url": f"{peer.plain}/x"}, a_desk(EngineSettings()))
    assert peer.heard == []


@pytest.mark.parametrize(
    "url",
    ["http://localhost:{port}/", "https://other.example/", "https://localhost/", "https://localhost:{port}.other.example/"],
)
def test_only_what_is_named_is_called_with_its_port_and_encryption(url: str) -> None:
    with http_peer(echo) as peer, pytest.raises(HandlerFailed):
        run({"url": url.format(port=peer.port)}, a_desk(settings(peer.secure)))
    assert peer.heard == []


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "[::]"]
)
def test_an_address_that_is_not_public_is_reached_only_where_that_is_set(host: str) -> None:
    with http_peer(echo) as peer:
        origin = f"http://{host}:{peer.port}"
        closed = settings(origin, private_networks=())
        with pytest.raises(HandlerFailed, match="http_private_networks") as told:
            run({"url": origin}, a_desk(closed))
    assert not isinstance(told.value, TemporaryFailure)
    assert peer.heard == []


def test_the_address_that_was_weighed_is_the_one_that_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    look_up = socket.getaddrinfo

    def another_each_time(host: str, port: int, **more: object) -> object:
        asked.append(host)
        return look_up("127.0.0.1" if len(asked) == 1 else "127.0.0.2", port, type=socket.SOCK_STREAM)

    with http_peer(echo) as peer:
        origin = f"http://turning.example:{peer.port}"
        monkeypatch.setattr(socket, "getaddrinfo", another_each_time)
        run({"url": origin}, a_desk(settings(origin, private_networks=networks("127.0.0.1"))))
    assert asked == ["turning.example"]
    assert len(peer.heard) == 1


@pytest.mark.parametrize("path", ["", "/a", "/persons/197001011234?ssn=197001011234"])
@pytest.mark.parametrize(("status", "code"), [(404, "http-404"), (418, "http-error"), (206, "http-error"), (304, "http-error")])
def test_an_answer_that_was_not_expected_is_an_error_of_the_process(status: int, code: str, path: str) -> None:
    with http_peer(lambda heard: Reply(status)) as peer, pytest.raises(HandlerFailed, match=f"status {status}") as told:
        run({"url": peer.plain + path, "expect": [Decimal(200)]}, a_desk(settings(peer.plain)))
    assert told.value.error == code
    assert not isinstance(told.value, TemporaryFailure)
    assert "19700101" not in told.value.message


def test_a_status_that_is_expected_is_a_result() -> None:
    with http_peer(lambda heard: Reply(404)) as peer:
        assert call(peer, expect=[Decimal(200), Decimal(404)]) == {"status": Decimal(404), "headers": {}, "body": None}


@pytest.mark.parametrize(
    ("status", "said", "after"),
    [
        (500, None, None),
        (503, "120", timedelta(minutes=2)),
        (429, "Mon, 02 Mar 2026 09:10:00 GMT", timedelta(minutes=10)),
        (429, "Mon, 02 Mar 2026 08:00:00 GMT", timedelta()),
        (429, "999999999999999999999", timedelta(days=1)),
        (429, "soon", None),
        (408, None, None),
    ],
)
def test_what_may_go_well_later_is_tried_again(status: int, said: str | None, after: timedelta | None) -> None:
    reply = Reply(status, {"Retry-After": said} if said else {})
    with http_peer(lambda heard: reply) as peer, pytest.raises(TemporaryFailure) as told:
        call(peer)
    assert told.value.retry_after == after


def test_a_server_that_is_not_there_may_come_back() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(TemporaryFailure, match="cannot be reached now"):
        run({"url": f"http://localhost:{port}/secret"}, a_desk(settings(f"http://localhost:{port}")))


def test_a_redirect_on_the_same_server_is_followed() -> None:
    def answer(heard: Heard) -> Reply:
        return echo(heard) if heard.target == "/new" else Reply(303 if heard.method == "POST" else 301, {"Location": "/new"})

    with http_peer(answer) as peer:
        call(peer)
        call(peer, method="POST", body={"a": "b"})
    assert [(heard.method, heard.target) for heard in peer.heard] == [
        ("GET", "/persons"), ("GET", "/new"), ("POST", "/persons"), ("GET", "/new"),
    ]  # fmt: skip


@pytest.mark.parametrize("status", [301, 302, 307])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_redirect_to_another_server_is_not_followed(status: int, scheme: str) -> None:
    with http_peer(echo) as other:
        reply = Reply(status, {"Location": f"{scheme}://localhost:{other.port}/steal"})
        with (
            http_peer(lambda heard: reply) as peer,
            pytest.raises(HandlerFailed, match="another server, which is not followed"),
        ):
            run({"url": peer.plain}, a_desk(settings(peer.plain, other.plain)))
    assert other.heard == []


def test_a_server_that_sends_in_circles_is_given_up() -> None:
    with http_peer(lambda heard: Reply(307, {"Location": "/again"})) as peer, pytest.raises(HandlerFailed, match="more than 3"):
        call(peer)
    assert len(peer.heard) == 4


def test_a_change_is_not_repeated_elsewhere_by_a_vague_redirect() -> None:
    with (
        http_peer(lambda heard: Reply(302, {"Location": "/new"})) as peer,
        pytest.raises(HandlerFailed, match="without saying"),
    ):
        call(peer, method="POST", body="x")
    assert len(peer.heard) == 1


def test_an_answer_that_is_too_large_is_not_read_to_its_end() -> None:
    sent = 0

    def talk(connection: socket.socket, over: threading.Event) -> None:
        nonlocal sent
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while not over.is_set() and sent < 100 * MOST_BYTES:
            sent += connection.send(b"x" * 65536)

    with raw_peer(talk) as port, pytest.raises(HandlerFailed, match="larger than 1000 kB"):
        run({"url": f"http://localhost:{port}"}, a_desk(settings(f"http://localhost:{port}")))
    assert sent < 20 * MOST_BYTES


def test_a_compressed_answer_is_not_unpacked() -> None:
    bomb = Reply(200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, gzip.compress(b"0" * 10_000_000))
    with http_peer(lambda heard: bomb) as peer, pytest.raises(HandlerFailed, match="compressed"):
        call(peer)


@pytest.mark.parametrize("line", [b"HTTP/1.1 200 OK\r\nX-A: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n", b""])
def test_a_server_that_answers_drop_by_drop_is_left_when_the_time_is_up(line: bytes) -> None:
    def talk(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(line)
        while not over.wait(0.02):
            connection.sendall(b"x" if line else b"")

    with raw_peer(talk) as port, pytest.raises(TemporaryFailure, match="in the time that the service task has"):
        run({"url": f"http://localhost:{port}"}, a_desk(settings(f"http://localhost:{port}"), seconds=0.4))


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe",
        b"SSH-2.0-x\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"",
    ],
)
def test_half_an_answer_is_none(said: bytes) -> None:
    def talk(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(said)

    with raw_peer(talk) as port, pytest.raises(TemporaryFailure, match="broke off"):
        run({"url": f"http://localhost:{port}"}, a_desk(settings(f"http://localhost:{port}")))


@pytest.mark.parametrize("body", [b"{", b'{"a": 1, "a": 2}', b"1e999999999", b"\xff", b"[" * 100_000])
def test_json_that_is_none_is_refused(body: bytes) -> None:
    reply = Reply(200, {"Content-Type": "application/problem+json"}, body)
    with http_peer(lambda heard: reply) as peer, pytest.raises(HandlerFailed, match="calls its answer JSON"):
        call(peer)


@pytest.mark.parametrize(
    ("inputs", "says"),
    [
        ({"method": "TRACE"}, "`method`"),
        ({"url": None}, "`url` is missing"),
        ({"url": "ftp://localhost/"}, "does not begin with https://"),
        ({"url": "https://anna:secret@localhost/"}, "user or password"),
        ({"url": "https://localhost\\@other.example/"}, "backslash"),
        ({"url": "https://localhost:99999/"}, "host or port"),
        ({"path": [".."]}, "for a part of its path"),
        ({"url": "{plain}/a/%2e%2E/b"}, "for a part of its path"),
        ({"headers": {"Authorization": "Bearer x"}}, "input `credential`"),
        ({"headers": {"Idempotency-Key": "x"}}, "not set so"),
        ({"headers": {"X-A": "b\r\nX-C: d"}}, "no header can have"),
        ({"headers": {"X A": "b"}}, "no header can have"),
        ({"headers": "X-A: b"}, "`headers` is not a context"),
        ({"query": {"a": {"b": "c"}}}, "`query`"),
        ({"expect": [Decimal(99)]}, "`expect`"),
        ({"expect": []}, "`expect`"),
        ({"body": [Decimal("1234567890123456789")]}, "more than 15 digits"),
        ({"credential": "none"}, "http_credentials"),
    ],
)
def test_inputs_that_do_not_fit_are_refused_without_a_call(inputs: dict[str, feel.Value], says: str) -> None:
    with http_peer(echo) as peer:
        given = {name: value.format(plain=peer.plain) if isinstance(value, str) else value for name, value in inputs.items()}
        with pytest.raises(HandlerFailed, match=says) as told:
            call(peer, **given)
    assert not isinstance(told.value, TemporaryFailure)
    assert peer.heard == []


def test_a_secret_goes_to_its_own_server_only_and_is_never_told(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("Bearer abc123\n", encoding="utf-8")
    with http_peer(echo) as peer, http_peer(echo) as other:
        ours = settings(
            peer.plain, other.plain, credentials=credentials({"population": {"host": peer.plain, "file": str(file)}})
        )
        run({"url": peer.plain, "credential": "population"}, a_desk(ours))
        assert peer.heard[0].headers["Authorization"] == "Bearer abc123"
        with pytest.raises(HandlerFailed, match=r"population is for http://localhost:\d+ only"):
            run({"url": other.plain, "credential": "population"}, a_desk(ours))
        file.write_text("Bearer\nabc123", encoding="utf-8")
        with pytest.raises(HandlerFailed, match="population") as told:
            run({"url": peer.plain, "credential": "population"}, a_desk(ours))
        file.unlink()
        with pytest.raises(HandlerFailed, match="cannot be read"):
            run({"url": peer.plain, "credential": "population"}, a_desk(ours))
    assert other.heard == []
    assert "abc123" not in told.value.message


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with http_peer(echo) as peer, http_peer(echo) as proxy:
        monkeypatch.setenv("http_proxy", proxy.plain)
        call(peer)
    assert (len(peer.heard), len(proxy.heard)) == (1, 0)
