"""Malformed and wild requests over HTTP: refused or obeyed, never an error of ours, and the server goes on."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from .installation import UNIT, Person, install, person, serving

REQUESTS = 400

WILD: tuple[object, ...] = (
    None,
    True,
    -1,
    0.1,
    1e300,
    2**40,
    2**70,
    10**299,
    "",
    " ",
    "x" * 5_000,
    "\u202e\ufffe𝕏'\"; DROP TABLE case_instance; --",
    "../../../etc/hostname",
    "= 1/0",
    "0000-99-99",
    "9999-12-31T23:59:59+14:00",
    [],
    [[[[[[[[[[]]]]]]]]]],
    [None] * 1_000,
    {},
    {"": ""},
    {"__proto__": {"a.b": 1}},
    {"seen": {"$ref": "#"}},
    {f"name-{n}": n for n in range(300)},
)
RAW: tuple[bytes, ...] = (
    b"",
    b"{",
    b"\xff\xfe{\x00}\x00",
    b"\x00",
    b'{"a": 1, "a": 2}',
    b'{"seen": "\\u0000"}',
    b'{"seen": "\\ud800"}',
    b'{"seen": NaN}',
    b'{"seen": 1e999999999}',
    b'{"seen": ' + b"9" * 5_000 + b"}",
    b"[" * 100_000,
    b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    b"<?xml version='1.0'?><!DOCTYPE a><a/>",
    b"a=1&b=2",
    b"x" * 1_100_000,
)
KINDS = ("application/json", "application/json; charset=utf-16", "text/plain", "application/x-msgpack", "nonsense", "")


@dataclass(frozen=True, slots=True)
class Request:
    """An operation with a good body, to be spoilt."""

    method: str
    path: str
    body: dict[str, object]


@pytest.fixture(params=["sqlite", "postgresql"])
def anna(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Person, Path]]:
    """Somebody signed in to a server of her own, and the server's log."""
    url = str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))
    install(url)
    log = tmp_path / "server.log"
    with serving(url, log) as server, person("anna", server) as anna:
        yield anna, log


def operations(anna: Person) -> list[Request]:
    """Everything that takes a body, on a case and a task that exist."""
    case_id = anna.start_case("first").json()["id"]
    task_id = anna.get("/tasks").json()["items"][0]["task"]["id"]
    draft_id = anna.send("POST", "/drafts", b'{"key": "permit", "version": 1}').json()["draft"]["id"]
    entry: dict[str, object] = {"values": {"id": "p-1", "reference": "first"}}
    return [
        Request("POST", "/cases", {"process": "permit", "unit": UNIT, "data": {"reference": "x"}}),
        Request("PATCH", f"/cases/{case_id}/data", {"changes": {"entries": 2}, "reason": "wrong"}),
        Request("POST", f"/cases/{case_id}/suspend", {"reason": "holiday"}),
        Request("POST", f"/cases/{case_id}/resume", {"reason": "back"}),
        Request("POST", f"/cases/{case_id}/messages", {"name": "neighbours-answered", "payload": {}}),
        Request(
            "POST", "/messages", {"name": "neighbours-answered", "key": {"reference": "y"}, "payload": {}, "id": "12345678"}
        ),
        Request("POST", f"/tasks/{task_id}/assign", {"to": "bertil"}),
        Request("PUT", f"/tasks/{task_id}/draft", {"values": {"seen": "a"}, "baseSequence": 3}),
        Request("POST", f"/tasks/{task_id}/complete", {"submission": {"seen": "a", "metres": 1}, "baseSequence": 3}),
        Request("POST", "/registers/permits/entries", entry),
        Request("PUT", "/registers/permits/entries/p-1", {**entry, "revision": 1}),
        Request("POST", "/session", {"name": "nobody", "password": "wrong"}),
        Request("POST", "/cases/search", {"text": "first", "unit": UNIT, "process": "permit", "status": "active", "limit": 5}),
        Request("POST", f"/cases/{case_id}/notes", {"text": "called"}),
        Request("POST", "/saved-views", {"name": "late", "search": {"due": "overdue"}, "isStart": True}),
        Request("PUT", "/form-drafts/start/permit", {"values": {"reference": "x"}, "formVersion": 1}),
        Request("POST", "/registers/permits/search", {"text": "first", "limit": 5}),
        Request("POST", "/registers/permits/names", {"keys": ["p-1"]}),
        Request("POST", "/drafts", {"key": "other", "version": None, "name": "Other", "nameEn": "Other", "form": "inspection"}),
        Request("POST", f"/drafts/{draft_id}/copies", {"files": {"process.bpmn": "<a/>", "forms/a/schema.json": None}}),
        Request("POST", f"/drafts/{draft_id}/forms", {"key": "inspection", "keepOwn": True}),
    ]


def mutated(rng: random.Random, value: object) -> object:
    """The value with something in it made wild: another value, a member gone, a member more."""
    if not isinstance(value, dict) or not value or rng.random() < 0.15:
        return rng.choice(WILD)
    members = dict(value)
    name = rng.choice(sorted(members))
    match rng.randrange(5):
        case 0:
            del members[name]
        case 1:
            members[rng.choice(("extra", "", "a.b", "\u0101" * 50, name.upper()))] = rng.choice(WILD)
        case _:
            members[name] = mutated(rng, members[name])
    return members


def cut(rng: random.Random, body: bytes) -> bytes:
    """The bytes with some of them lost, doubled or changed."""
    start, end = sorted(rng.randrange(len(body) + 1) for _ in range(2))
    return rng.choice((body[:end], body[start:], body[:start] + body[end:], body[:end] + body[start:], body + b"\xc3"))


def wild(rng: random.Random, request: Request) -> tuple[bytes, str]:
    """A body and its media type, made out of a good one."""
    body = json.dumps(mutated(rng, request.body)).encode()
    match rng.randrange(10):
        case 0:
            return rng.choice(RAW), "application/json"
        case 1:
            return cut(rng, body), "application/json"
        case 2:
            return body, rng.choice(KINDS)
        case _:
            return body, "application/json"


def told(answer: httpx.Response) -> dict[str, object]:
    return dict(answer.json()) if answer.content else {}


def test_no_body_makes_the_server_fail(anna: tuple[Person, Path]) -> None:
    who, log = anna
    seed = int(os.environ.get("STEGVIS_TEST_SEED", random.SystemRandom().randrange(10**6)))
    print(f"STEGVIS_TEST_SEED={seed} gives the same requests again")
    rng = random.Random(seed)
    requests = operations(who)
    for _ in range(REQUESTS):
        request = rng.choice(requests)
        body, kind = wild(rng, request)
        answer = who.send(request.method, request.path, body, kind)
        assert answer.status_code < 500, (request, kind, body[:300], answer.text)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            assert {"code", "title", "detail", "status"} <= set(told(answer)), answer.text
    assert who.get("/health/ready").json() == {"status": "ready"}
    assert who.start_case("last").status_code == 201
    assert "error" not in log.read_text(), log.read_text()


ADDRESSES = (
    "/cases/%00",
    "/cases/%FF%FE",
    "/cases/" + "x" * 5_000,
    "/cases/..%2f..%2fetc",
    "/cases?cursor=%00",
    "/cases?cursor=AAAA",
    "/cases?cursor=" + "x" * 400,
    "/cases?limit=-1",
    "/cases?limit=9999999999999999999999",
    "/cases?limit=1e3",
    "/cases?status=nonsense",
    "/cases?number=%27%3B--",
    "/tasks?dueBefore=9999-12-31T23:59:59-14:00",
    "/tasks?dueBefore=yesterday",
    "/tasks?states=ready&states=ready&states=x",
    "/tasks?cursor=eyJ4IjoxfQ==",
    "/definitions/permit/versions/99999999999999999999",
    "/definitions/permit/versions/-1",
    "/definitions/permit/versions/1.5",
    "/forms/..%2F..%2Fpyproject.toml",
    "/registers/permits/entries?text=" + "%25" * 200,
    "/registers/permits/entries?text=%5C_%25",
    "/registers/nowhere/entries/x",
    "/nowhere",
)


def test_no_address_makes_the_server_fail(anna: tuple[Person, Path]) -> None:
    who, log = anna
    case_id = who.start_case("first").json()["id"]
    history = [f"/cases/{case_id}/history?after={after}" for after in ("-1", "99999999999999999999", "x", "")]
    statuses = {address: who.client.get(f"/api/v1{address}").status_code for address in (*ADDRESSES, *history)}
    assert [address for address, status in statuses.items() if status >= 500] == []
    assert "error" not in log.read_text(), log.read_text()
