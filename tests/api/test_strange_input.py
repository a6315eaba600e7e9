"""Whatever is sent, the answer is never a fault of ours."""

from __future__ import annotations

import json

import pytest
from litestar import Litestar

from api.openapi import document
from tests.api.conftest import Browser, BrowserOf, start, task_id, write_notes

STRANGE: list[object] = [
    None,
    True,
    0,
    -1,
    1e308,
    1e-300,
    10**299,
    "",
    "å" * 5000,
    "=1/0",
    "../../etc/passwd",
    "<script>",
    "2025-02-30",
    [],
    [[]],
    {},
    {"": {"": ""}},
    {"@": "2025-01-01"},
    {"@number": "x"},
    {"a.b": 1, "a": {"b": 2}},
]
NAMES = ("submission", "values", "changes", "payload", "key", "data", "search")


def bodies(schema: dict[str, dict[str, object]], good: dict[str, object]) -> list[dict[str, object]]:
    """The good body with each member, and each member's insides, made strange in turn."""
    made = [{**good, name: value} for name in schema for value in STRANGE]
    inner = ("note", "amount", "subject", "weight", "case", "a", "a.b", ".", "", "case.id", "id", "reason")
    made += [{**good, name: {key: value}} for name in schema if name in NAMES for key in inner for value in STRANGE]
    return made


@pytest.fixture
def places(case_id: str, karin: Browser, browser_of: BrowserOf) -> dict[str, str]:
    """Something real for each path parameter: a case with an open task, one that waits for a message, an incident."""
    task = task_id(karin, "look")
    start(browser_of("sten"), unit="south", amount=0)
    write_notes(browser_of("sten"))
    return {
        "case_id": case_id,
        "task_id": task,
        "token": "t2",
        "incident_id": "nothing",
        "job_id": "nothing",
        "message_id": "nothing",
        "register_key": "topics",
        "entry_key": "housing",
        "process_key": "errand",
        "form_key": "errand",
        "file_id": "nothing",
        "draft_id": "nothing",
        "view_id": "nothing",
        "decision_id": "nothing",
        "kind": "start",
        "key": "errand",
        "revision": "1",
        "number": "1",
    }


def test_no_strange_body_is_a_fault_of_ours(app: Litestar, browser_of: BrowserOf, places: dict[str, str]) -> None:
    browser = browser_of("hedda")
    described = json.loads(document(app))
    good: dict[str, object] = {
        "process": "errand",
        "unit": "north",
        "name": "errand-arrives",
        "reason": "x",
        "to": "olle",
        "baseSequence": 1,
        "revision": 1,
        "search": {},
    }
    for path, item in described["paths"].items():
        for method, operation in item.items():
            if "requestBody" not in operation or operation["operationId"] in ("createSession", "cancelCase"):
                continue
            content = operation["requestBody"]["content"]
            if "application/json" not in content:  # a file, which tests/api/test_files.py sends
                continue
            reference = content["application/json"]["schema"]["$ref"]
            schema = described["components"]["schemas"][reference.rpartition("/")[2]]["properties"]
            usual = {name: value for name, value in good.items() if name in schema}
            for body in bodies(schema, usual):
                answer = browser.request(method, path.format(**places), json=body)
                assert answer.status_code < 500, f"{method} {path} {json.dumps(body)[:200]}"


def test_no_strange_address_or_parameter_is_a_fault_of_ours(
    app: Litestar, browser_of: BrowserOf, places: dict[str, str]
) -> None:
    browser = browser_of("hedda")
    strange = ["%2e%2e", "%00", "%ff", "%ed%a0%80", "'", "%25", "_", "x" * 99, "*", "=1", "%F0%9F%98%80", "9" * 40]
    for path, item in json.loads(document(app))["paths"].items():
        if "get" not in item:
            continue
        for value in strange:
            for parameter in item["get"].get("parameters", []):
                if parameter["in"] == "path":
                    address = path.format(**{**places, parameter["name"]: value})
                else:
                    address = f"{path.format(**places)}?{parameter['name']}={value}"
                assert browser.get(address).status_code < 500, address
