"""What a case cannot keep or may not carry is an incident wherever it would come in, and nothing is half done."""

from __future__ import annotations

import pytest

from tests.bpmn.diagrams import call, end, loop, manual, process, script, service, start, user
from tests.bpmn.driver import Driver

NUMBER = '"19121212"+"-1212"'
CHILD = process(start(), user("u"), end(), "s > u > e", key="child")


def one(host: str, *more: str) -> Driver:
    return Driver(process(start(), user("first"), host, user("z"), end(), "s > first > a > z > e", *more), CHILD)


@pytest.mark.parametrize("value", ["[1..5]", "function(x) x", NUMBER, '"a\\u0000b"'])
@pytest.mark.parametrize(
    "host",
    [
        lambda value: call("a", "child", {"x": value}),
        lambda value: user("a", loop(f"[{value}]", "item")),
        lambda value: script("a", "{y: 1}", loop("[1, 2]", "item", "got", value)),
        lambda value: script("a", f"{{x: {value}}}"),
    ],
    ids=["input of a call", "item of a loop", "collected", "script"],
)
def test_it_is_an_incident_of_the_element(host: object, value: str) -> None:
    assert callable(host)
    case = one(host(value)).start().complete("first")
    assert case.incident("a").kind == "cannot-write"
    assert "1912" not in case.incident("a").message
    assert "1912" not in str(case.payloads) + str(case.data)


@pytest.mark.parametrize(
    "host",
    [
        manual("a", onBehalfOf=f"= {NUMBER}"),
        service("a", "case.message", {"name": NUMBER, "key": "{}"}),
        service("a", "case.start", {"process": NUMBER, "data": "{}"}),
    ],
)
def test_an_identity_number_is_told_nowhere(host: str) -> None:
    case = one(host).start().complete("first")
    assert case.incident("a").kind == "cannot-write"
    assert "1912" not in str(case.payloads) + str(case.effects) + case.incident("a").message
