"""Errors: one shape, two languages, nothing of our insides."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from litestar import Litestar
from structlog.testing import capture_logs

from api.problem_answers import HEADERS
from api.problems import KINDS
from engine import errors
from engine.case_engine import CaseEngine
from tests.api.conftest import Browser
from tests.api.test_openapi import operations

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "api.md"
SIGN_IN = "/api/v1/session"
JSON = {"Content-Type": "application/json"}


def codes_of_the_door() -> set[str]:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.StegvisError)]
    return {kind.code for kind in kinds} - {errors.StegvisError.code}


def test_every_error_that_leaves_the_engine_is_in_the_table() -> None:
    assert codes_of_the_door() <= set(KINDS)


@pytest.mark.parametrize("code", KINDS)
def test_every_code_is_explained_in_the_reference(code: str) -> None:
    assert f"`{code}`" in REFERENCE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "title", "detail"),
    [
        ("sv", "Okänd adress", "Det finns inget på adressen."),
        ("en-GB, sv;q=0.5", "Unknown address", "Nothing lives there. See /api/v1/openapi.json."),
    ],
)
def test_a_problem_is_told_in_the_callers_language(stranger: Browser, language: str, title: str, detail: str) -> None:
    answer = stranger.get("/api/v1/nothing", headers={"Accept-Language": language})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == language[:2]
    assert answer.json() == {
        "type": "urn:stegvis:problem:unknown-address",
        "title": title,
        "status": 404,
        "detail": detail,
        "code": "unknown-address",
    }


@pytest.mark.parametrize(
    "path", ["/nothing", "/api", "/api/v1", "/api/v1/", "/api/v1/openapi.json/x", "/api/v1/cases/a/b/c", "/%00", "/å"]
)
def test_an_unknown_address_is_a_problem(stranger: Browser, path: str) -> None:
    answer = stranger.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_a_wrong_method_is_a_problem_that_says_which_there_are(stranger: Browser) -> None:
    answer = stranger.delete("/api/v1/tasks")
    assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed")
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[" * 200_000,
        b'{"name":' * 60 + b"1" + b"}" * 60,
        b'{"name": "a", "name": "b"}',
        b'{"name": "a\\u0000"}',
        b'{"name": "\\ud800"}',
        b'{"name": "\xff"}',
        b'{"name": NaN}',
        b'{"name": 1e999999999}',
        b'{"name": 1e-31}',
        b'{"name": 0.1234567890123456}',
        b'{"name": 1234567890123456}',
        b'{"name": ' + b"9" * 5000 + b"}",
        b"\x00",
    ],
)
def test_json_that_cannot_be_kept_is_refused(stranger: Browser, body: bytes) -> None:
    answer = stranger.post(SIGN_IN, content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed-json")


@pytest.mark.parametrize(
    ("body", "path", "sv", "en"),
    [
        (b"", "", "Saknas, är okänt eller har fel typ.", "Missing, unknown or of the wrong type."),
        (b"[]", "", "Ska vara ett objekt, inte en lista.", "Must be an object, not a list."),
        (b"null", "", "Ska vara ett objekt, inte null.", "Must be an object, not null."),
        (b"{}", "", "name saknas.", "name is missing."),
        (b'{"name": 1, "password": "x"}', "/name", "Ska vara text, inte ett heltal.", "Must be text, not a whole number."),
        (b'{"name": "a", "password": ["x"]}', "/password", "Ska vara text, inte en lista.", "Must be text, not a list."),
        (b'{"name": "", "password": "x"}', "/name", "Ska ha minst 1 tecken.", "Must have at least 1 character."),
        (
            b'{"name": "a", "password": "x", "20250101-TF12": 1}',
            "",
            "Har ett fält som inte finns här.",
            "Has a field that does not exist here.",
        ),
    ],
)
def test_a_body_of_the_wrong_shape_says_where(stranger: Browser, body: bytes, path: str, sv: str, en: str) -> None:
    for language, text in (("sv", sv), ("en", en)):
        answer = stranger.post(SIGN_IN, content=body, headers={**JSON, "Accept-Language": language})
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid-request")
        assert [(problem["path"], problem["text"]) for problem in answer.json()["problems"]] == [(path, text)]
        assert "TF1" not in answer.text


def test_numbers_in_a_body_are_numbers(karin: Browser, case_id: str) -> None:
    task = karin.get("/api/v1/tasks?limit=1").json()["items"][0]["task"]["id"]
    for method, path, body, field in (
        ("PUT", f"/tasks/{task}/draft", {"values": {}, "baseSequence": "1"}, "/baseSequence"),
        ("POST", f"/tasks/{task}/complete", {"submission": {}, "baseSequence": True}, "/baseSequence"),
        ("POST", "/registers/topics/search", {"text": "", "limit": "5"}, "/limit"),
        ("PUT", "/registers/topics/entries/housing", {"values": {}, "revision": "1"}, "/revision"),
    ):
        answer = karin.request(method, f"/api/v1{path}", json=body)
        assert (answer.status_code, [problem["path"] for problem in answer.json()["problems"]]) == (400, [field])


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("Idempotency-Key", "short", "Must have at least 16 characters."),
        ("If-Match", "x" * 201, "Must have at most 200 characters."),
    ],
)
def test_a_header_that_is_wrong_is_named_as_it_was_sent(karin: Browser, case_id: str, name: str, value: str, text: str) -> None:
    task = karin.get("/api/v1/tasks?limit=1").json()["items"][0]["task"]["id"]
    answer = karin.post(f"/api/v1/tasks/{task}/claim", headers={name.lower(): value, "Accept-Language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid-request")
    assert [(one["path"], one["text"]) for one in answer.json()["problems"]] == [(name, text)]
    assert value not in answer.text


def test_a_header_that_lacks_is_named(karin: Browser, case_id: str) -> None:
    answer = karin.post(f"/api/v1/cases/{case_id}/files", content=b"%PDF-1.4", headers={"Content-Type": "application/pdf"})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid-request")
    assert [(one["path"], one["keyword"]) for one in answer.json()["problems"]] == [("X-File-Name", "required")]


def test_every_header_that_operations_read_has_its_name(app: Litestar) -> None:
    described = [operation.get("parameters", []) for _, _, operation in operations(app)]
    read = {one["name"] for parameters in described for one in parameters if one["in"] == "header"}  # type: ignore[attr-defined]
    assert read == set(HEADERS.values())


def test_a_wrong_value_is_not_repeated(karin: Browser) -> None:
    answer = karin.get("/api/v1/tasks?states=20250101-TF12&limit=20250101-TF13&dueBefore=20250101-TF14")
    assert {problem["path"] for problem in answer.json()["problems"]} == {"?states", "?limit", "?dueBefore"}
    assert "TF1" not in answer.text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("limit=0", "Ska vara minst 1."),
        ("limit=201", "Ska vara högst 200."),
        ("limit=1e3", "Ska vara högst 200."),
        ("limit=many", "Ska vara ett heltal, inte text."),
        ("mine=perhaps", "Ska vara true eller false, inte text."),
        ("states=open", "Inget av de värden som finns."),
        ("dueBefore=tomorrow", "Skriv en tid med sin tidszon, som 2026-01-01T00:00:00Z."),
        ("dueBefore=2025-01-01T00:00:00", "Skriv en tid med sin tidszon, som 2026-01-01T00:00:00Z."),
        ("dueBefore=0001-01-01T00:00:00%2B14:00", "Skriv en tid med sin tidszon, som 2026-01-01T00:00:00Z."),
        ("unit=a%00b", "Ta bort tecknet NUL."),
        ("cursor=%00", "Ta bort tecknet NUL."),
        (f"unit={'x' * 300}", "Ska ha högst 200 tecken."),
        (f"cursor={'x' * 600}", "Ska ha högst 500 tecken."),
    ],
)
def test_a_wrong_parameter_is_a_problem_that_names_it(karin: Browser, query: str, text: str) -> None:
    answer = karin.get(f"/api/v1/tasks?{query}", headers={"Accept-Language": "sv"})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid-request")
    told = [(problem["path"], problem["text"]) for problem in answer.json()["problems"]]
    assert told == [(f"?{query.split('=', maxsplit=1)[0]}", text)]


def test_a_huge_body_is_refused(stranger: Browser) -> None:
    answer = stranger.post(SIGN_IN, content=b'"' + b"x" * 1_000_000 + b'"', headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


def test_a_huge_body_of_unannounced_length_is_refused(stranger: Browser) -> None:
    answer = stranger.post(SIGN_IN, content=(b"x" * 100_000 for _ in range(11)), headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
def test_a_body_that_a_foreign_form_could_send_is_refused(stranger: Browser, kind: str) -> None:
    answer = stranger.post(SIGN_IN, content=b'{"name": "a", "password": "b"}', headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported-media-type")


def test_a_case_that_was_damaged_is_told_to_who_asks_and_to_whoever_runs_the_installation(
    karin: Browser, engine: CaseEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise errors.CaseDamaged("case-1") from ValueError("20250101-TF12 is somebody's id")

    monkeypatch.setattr(engine, "verify_history", fail)
    with capture_logs() as logs:
        answer = karin.get("/api/v1/cases/case-1/history/verification", headers={"Accept-Language": "sv"})
    assert (answer.status_code, answer.json()["code"]) == (500, "case-damaged")
    assert answer.json()["title"] == "Ärendet är skadat"
    (told,) = [line for line in logs if line["event"] == "request-failed"]
    assert (told["error"], told["code"]) == ("CaseDamaged", "case-damaged")
    assert "TF12" not in f"{logs}{answer.text}"


def test_an_unforeseen_error_gives_an_id_that_is_in_the_log_and_nothing_else(
    karin: Browser, engine: CaseEngine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("20250101-TF12 is somebody's id")

    monkeypatch.setattr(engine, "case", fail)
    with capture_logs() as logs, caplog.at_level(logging.WARNING):
        answer = karin.get("/api/v1/cases/20250101-TF12")
    assert (answer.status_code, answer.json()["code"]) == (500, "unexpected")
    (told,) = [line for line in logs if line["event"] == "request-failed"]
    assert (told["request"], told["error"], told["route"]) == (answer.json()["id"], "RuntimeError", "/api/v1/cases/{case_id}")
    assert answer.headers["x-request-id"] == told["request"]
    assert "TF12" not in f"{logs}{caplog.text}{answer.text}"
    assert "RuntimeError" not in answer.text
