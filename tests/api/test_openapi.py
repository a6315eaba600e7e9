"""The API's description of itself."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from litestar import Litestar

from api.openapi import SNAPSHOT, document
from tests.api.conftest import Browser

PUBLIC = {"createSession", "readLiveness", "readReadiness"}


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
        address = path.replace("{number}", "1").replace("{", "").replace("}", "")
        answer = stranger.request(method, address, json={})
        assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in"), f"{method} {path}"
        assert "401" in operation["responses"], f"{method} {path}"  # type: ignore[operator]  # plain JSON


def test_every_change_needs_the_token(app: Litestar, karin: Browser) -> None:
    karin.headers["X-CSRF-Token"] = "wrong"
    for path, method, operation in operations(app):
        if method == "get" or operation["operationId"] in PUBLIC:
            continue
        answer = karin.request(method, path.replace("{", "").replace("}", ""), json={})
        assert answer.json()["code"] == "csrf-token-wrong", f"{method} {path}"
        assert "403" in operation["responses"], f"{method} {path}"  # type: ignore[operator]  # plain JSON


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_that_changes_is_a_get(app: Litestar, method: str) -> None:
    assert any(one == method for _, one, _ in operations(app))
