"""Asking start conditions."""

from __future__ import annotations

from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.definition import Bundle
from tests.api.conftest import Browser
from tests.bpmn.diagrams import conditional, end, start, user
from tests.commands.house import NOTE, NUMBER, process

PATH = "/api/v1/start-conditions"


def test_conditions_begin_cases_over_the_data_that_are_sent(karin: Browser, engine: CaseEngine) -> None:
    large = process(
        start("x", conditional("amount > 5")), user("a", form="note"), end(), "x > a > e", key="large", amount=NUMBER
    )
    engine.deploy(SYSTEM, Bundle((NOTE, large)))
    asked = {"process": "large", "unit": "north", "data": {"amount": 7}}
    answer = karin.post(PATH, json=asked)
    assert answer.status_code == 200, answer.text
    (case,) = answer.json()["items"]
    assert (case["process"], case["unit"]) == ("large", "north")
    assert karin.get(f"/api/v1/cases/{case['id']}").json()["data"] == {"amount": 7}
    assert karin.post(PATH, json={**asked, "data": {"amount": 1}}).json() == {"items": []}
    for change, code in (
        ({"data": {"amount": "x"}}, "rejected"),
        ({"data": {}}, "not-possible"),
        ({"unit": "south"}, "not-found"),
        ({"process": "unknown"}, "not-found"),
    ):
        assert karin.post(PATH, json={**asked, **change}).json()["code"] == code
