"""The API's description of itself."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator

import msgspec
import pytest
from litestar import Litestar

from api.openapi import SNAPSHOT, document
from api.parts import HIGHEST
from tests.api.conftest import Browser

PUBLIC = {"createSession", "readInstallation", "readLiveness", "readReadiness"}


def operations(app: Litestar) -> Iterator[tuple[str, str, dict[str, object]]]:
    for path, item in json.loads(document(app))["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def test_the_description_is_the_snapshot(app: Litestar) -> None:
    assert SNAPSHOT.read_text(encoding="utf-8") == document(app), (
        "The API changed. When that is meant: `make openapi`, read the difference, commit it with the change."
    )


def test_the_description_is_served(app: Litestar, stranger: Browser) -> None:
    assert stranger.get("/api/v1/openapi.json").json() == json.loads(document(app))
    assert stranger.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")


def test_every_operation_and_parameter_is_described(app: Litestar) -> None:
    for path, method, operation in operations(app):
        where = f"{method} {path}"
        assert operation.get("summary"), where
        assert operation.get("description"), where
        assert operation.get("tags"), where
        for parameter in operation.get("parameters", []):  # type: ignore[attr-defined]  # plain JSON
            assert parameter.get("description"), f"{where}: {parameter['name']}"


def test_every_error_answer_is_a_problem_document(app: Litestar) -> None:
    for path, method, operation in operations(app):
        answers: dict[str, dict[str, dict[str, object]]] = operation["responses"]  # type: ignore[assignment]  # plain JSON
        for status, answer in answers.items():
            if status >= "400":
                assert set(answer["content"]) == {"application/problem+json"}, f"{method} {path} {status}"


def test_operation_ids_are_the_handlers_names(app: Litestar) -> None:
    ids = [str(operation["operationId"]) for _, _, operation in operations(app)]
    assert len(set(ids)) == len(ids)
    assert "completeTask" in ids


def test_every_operation_but_the_open_ones_needs_a_session(app: Litestar, stranger: Browser) -> None:
    for path, method, operation in operations(app):
        if operation["operationId"] in PUBLIC:
            assert operation["security"] == [{}]
            continue
        address = path.replace("{number}", "1").replace("{revision}", "1").replace("{", "").replace("}", "")
        answer = stranger.request(method, address, json={})
        assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in"), f"{method} {path}"
        assert "401" in operation["responses"], f"{method} {path}"  # type: ignore[operator]  # plain JSON


def test_every_change_needs_the_token(app: Litestar, karin: Browser) -> None:
    karin.headers["X-CSRF-Token"] = "wrong"
    for path, method, operation in operations(app):
        if method == "get" or operation["operationId"] in PUBLIC:
            continue
        answer = karin.request(method, path.replace("{number}", "1").replace("{", "").replace("}", ""), json={})
        assert answer.json()["code"] == "csrf-token-wrong", f"{method} {path}"
        assert "403" in operation["responses"], f"{method} {path}"  # type: ignore[operator]  # plain JSON


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_that_changes_is_a_get(app: Litestar, method: str) -> None:
    assert any(one == method for _, one, _ in operations(app))


def test_no_operation_takes_a_parameter_that_it_does_not_describe(app: Litestar, karin: Browser) -> None:
    for path, method, operation in operations(app):
        parameters: list[dict[str, str]] = operation.get("parameters", [])  # type: ignore[assignment]  # plain JSON
        names = [parameter["name"] for parameter in parameters if parameter["in"] == "query"]
        for wrong, meant in [("nosuch", ", ".join(sorted(names)) or "none"), *((f"{name}z", name) for name in names)]:
            answer = karin.request(method.upper(), f"{re.sub('{.*?}', '1', path)}?{wrong}=1")
            where = f"{method} {path} {wrong}"
            assert (answer.status_code, answer.json().get("code")) == (400, "invalid-request"), f"{where} {answer.text}"
            (problem,) = answer.json()["problems"]
            assert problem["path"] == f"?{wrong}", where
            assert meant in problem["text"], where


def test_a_parameter_that_nobody_knows_is_refused_beside_those_that_are_known(stranger: Browser, karin: Browser) -> None:
    answer = karin.get("/api/v1/tasks?limit=1&limt=1&x=", headers={"Accept-Language": "sv"})
    assert [problem["path"] for problem in answer.json()["problems"]] == ["?limt", "?x"]
    assert answer.json()["problems"][0]["text"] == "Det finns ingen sådan parameter. Menade du limit?"
    assert stranger.get("/api/v1/tasks?limt=1").status_code == 401
    assert stranger.get("/api/v1/openapi.json?limt=1").status_code == 400


def asked_schemas(app: Litestar) -> Iterator[tuple[str, object]]:
    """Everything that a request may hold, with where."""
    components = json.loads(document(app))["components"]["schemas"]
    for path, method, operation in operations(app):
        where = f"{method} {path}"
        for parameter in operation.get("parameters", []):  # type: ignore[attr-defined]  # plain JSON
            yield f"{where} {parameter['name']}", parameter["schema"]
        named = re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(operation.get("requestBody", {})))
        seen: set[str] = set()
        while named:
            if (name := named.pop()) not in seen:
                seen.add(name)
                yield f"{where} {name}", components[name]
                named += re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(components[name]))


def integers(schema: object, around: object = None) -> Iterator[tuple[object, object]]:
    """Each integer's highest value, or that of the choice it stands in, with what it is."""
    if isinstance(schema, dict):
        highest = schema.get("maximum", around)
        if schema.get("type") == "integer":
            yield highest, schema
        for name, inner in schema.items():
            yield from integers(inner, highest if name in ("oneOf", "anyOf") else None)
    elif isinstance(schema, list):
        for inner in schema:
            yield from integers(inner, around)


def test_every_number_that_is_sent_fits_the_store(app: Litestar) -> None:
    numbers = [(where, *number) for where, schema in asked_schemas(app) for number in integers(schema)]
    assert len(numbers) > 20
    for where, highest, number in numbers:
        assert isinstance(highest, int | float), f"{where}: an integer without a highest value: {number}"
        assert highest <= HIGHEST, where


@pytest.mark.parametrize("path", ["/api/v1/installation?kind=x", "/api/v1/openapi.json"])
def test_types_are_looked_up_in_the_event_loops_thread_alone(
    app: Litestar, stranger: Browser, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """msgspec ends the process when two threads look up one type at the same time."""
    look_up, in_loop = msgspec.inspect.type_info, []

    def note_thread(type_: object) -> msgspec.inspect.Type:
        in_loop.append(asyncio._get_running_loop() is not None)
        return look_up(type_)

    monkeypatch.setattr(msgspec.inspect, "type_info", note_thread)
    stranger.get(path)
    assert in_loop
    assert all(in_loop)
