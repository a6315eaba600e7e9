"""Inputs that a handler cannot use are told when the process is checked, as far as they stand in the diagram."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from engine.connections import HttpCredential, HttpSettings, Origin
from engine.definition import Bundle
from engine.finding import Finding
from engine.job_handlers import withdraw
from engine.jobs.loading import BUILT_IN, load_handlers
from engine.settings import EngineSettings
from tests.bpmn.diagrams import end, service, start
from tests.commands.house import House, process

API = Origin("https", "api.example.se", 443)
SETTINGS = EngineSettings(
    http=HttpSettings((API,), credentials=(HttpCredential("orders", API, variable="ORDERS", secret="s"),))
)
CALL = {"url": '"https://api.example.se/"'}
MAIL = {"to": '"kim@example.se"', "subject": '"Hej"', "text": '"Välkommen."'}
DOCUMENT = {"template": "who", "data": "{}"}


@pytest.fixture(autouse=True)
def built_in_handlers() -> Iterator[None]:
    load_handlers()
    yield
    for name in BUILT_IN:
        withdraw(name)


def findings(handler: str, inputs: Mapping[str, str]) -> list[Finding]:
    diagram = process(start(), service("c", handler, dict(inputs)), end(), "s > c > e", who={"type": "string"})
    found = House(settings=SETTINGS).engine.check(Bundle((diagram,)))
    return [one for one in found if one.element == "c" and one.rule != "never-written"]


WRONG = [
    ("http.request", CALL | {"method": '"FETCH"'}, "method"),
    ("http.request", CALL | {"method": "1"}, "method"),
    ("http.request", {"url": "null"}, "url"),
    ("http.request", CALL | {"path": "[1]"}, "path"),
    ("http.request", CALL | {"query": '"a=1"'}, "query"),
    ("http.request", CALL | {"headers": '{Authorization: "Bearer hemligt"}'}, "headers"),
    ("http.request", CALL | {"headers": "{X: 1}"}, "headers"),
    ("http.request", CALL | {"body": "12345678901234567890"}, "body"),
    ("http.request", CALL | {"expect": '"ok"'}, "expect"),
    ("http.request", CALL | {"expect": "[200, 999]"}, "expect"),
    ("http.request", CALL | {"credential": "7"}, "credential"),
    ("mail.send", MAIL | {"to": "7"}, "to"),
    ("mail.send", MAIL | {"cc": "{}"}, "cc"),
    ("mail.send", MAIL | {"subject": '"Hej\\nBcc: alla@example.se"'}, "subject"),
    ("mail.send", MAIL | {"text": '""'}, "text"),
    ("mail.send", MAIL | {"attachments": "[7]"}, "attachments"),
    ("document.create", DOCUMENT | {"data": '"x"'}, "data"),
    ("document.create", DOCUMENT | {"name": "7"}, "name"),
]
RIGHT = [
    ("http.request", CALL),
    (
        "http.request",
        CALL | {"method": '"put"', "path": '["a", "b"]', "query": "{n: [1, 2]}", "headers": '{Accept: "text/csv"}'},
    ),
    ("http.request", CALL | {"body": "{a: 1}", "expect": "[200, 404]", "credential": '"orders"'}),
    ("http.request", CALL | {"method": "who", "headers": "{Authorization: who}", "expect": "number(who)", "credential": "who"}),
    ("http.request", CALL | {"body": "{date: date, all: [number]}", "method": "date"}),
    (
        "http.request",
        CALL | {"expect": 'if count(sum) > 3 then [200] else ["x"]', "method": 'if string(number) = "1" then "" else 1'},
    ),
    ("http.request", CALL | {"method": "null", "query": "null", "headers": "null", "expect": "null", "credential": "null"}),
    ("mail.send", MAIL | {"cc": "[]", "attachments": "null"}),
    ("document.create", DOCUMENT | {"name": "null"}),
]


@pytest.mark.parametrize(("handler", "inputs", "name"), WRONG)
def test_a_constant_that_would_fail_each_time_is_refused(handler: str, inputs: Mapping[str, str], name: str) -> None:
    (finding,) = findings(handler, inputs)
    assert (finding.rule, finding.is_error) == ("bad-input", True)
    assert f"`{name}`" in finding.remedy
    assert "hemligt" not in finding.message


@pytest.mark.parametrize(("handler", "inputs"), RIGHT)
def test_what_can_be_used_and_what_the_case_chooses_is_left(handler: str, inputs: Mapping[str, str]) -> None:
    assert findings(handler, inputs) == []


@pytest.mark.parametrize(
    ("handler", "inputs"),
    [("http.request", CALL), ("mail.send", MAIL), ("document.create", DOCUMENT)],
    ids=lambda it: str(it)[:8],
)
def test_a_misspelt_input_is_refused_with_those_that_there_are(handler: str, inputs: Mapping[str, str]) -> None:
    (finding,) = findings(handler, {**inputs, "atachments": "who"})
    assert (finding.rule, finding.is_error) == ("unknown-input", True)
    assert all(name in finding.remedy for name in inputs)


def test_a_credential_that_the_installation_has_not_is_told() -> None:
    (finding,) = findings("http.request", CALL | {"credential": '"order"'})
    assert (finding.rule, finding.is_error) == ("no-credential", False)
    assert "http_credentials" in finding.remedy
