"""Choosing over HTTP: what a case and a task offer, beginning one of it, and ending it."""

from __future__ import annotations

import pytest

from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.definition import Bundle
from tests.api.conftest import Browser, BrowserOf, task_id
from tests.bpmn.diagrams import ad_hoc, end, manual, start
from tests.commands.house import process

INSIDE = (manual("talk", nameEn="A talk"), manual("register", groups="reception"))
SUPPORT = process(start(), ad_hoc("box", *INSIDE), end(), "s > box > e")


@pytest.fixture
def box(engine: CaseEngine, karin: Browser) -> str:
    """The id of the task of an ad-hoc sub-process that goes on in a case at the northern office."""
    engine.deploy(SYSTEM, Bundle((SUPPORT,)))
    assert karin.post("/api/v1/cases", json={"process": "p", "unit": "north"}).status_code == 201
    return task_id(karin, "box")


def test_a_case_and_its_task_show_what_may_be_begun(karin: Browser, box: str) -> None:
    task = karin.get(f"/api/v1/tasks/{box}").json()
    case = karin.get(f"/api/v1/cases/{task['task']['caseId']}").json()
    assert case["choices"] == [task["choice"]]
    assert task["choice"] == {
        "taskId": box,
        "path": "box",
        "element": "box",
        "name": "Box",
        "nameEn": "Box",
        "endsByHand": True,
        "activities": [
            {
                "path": "talk",
                "element": "talk",
                "name": "talk",
                "nameEn": "A talk",
                "kind": "manualTask",
                "groups": ["coach"],
                "begun": 0,
                "isPossible": True,
            },
            {
                "path": "register",
                "element": "register",
                "name": "register",
                "nameEn": "register",
                "kind": "manualTask",
                "groups": ["coach", "reception"],
                "begun": 0,
                "isPossible": True,
            },
        ],
    }


def test_an_ordinary_task_offers_nothing(karin: Browser, box: str) -> None:
    opened = karin.post(f"/api/v1/tasks/{box}/begin", json={"element": "talk"}).json()["opened"]
    assert [task["element"] for task in opened] == ["talk"]
    assert karin.get(f"/api/v1/tasks/{opened[0]['id']}").json()["choice"] is None
    answer = karin.post(f"/api/v1/tasks/{opened[0]['id']}/begin", json={"element": "talk"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not-possible")


def test_a_request_sent_twice_begins_one_activity(karin: Browser, box: str) -> None:
    tag = karin.get(f"/api/v1/tasks/{box}").headers["ETag"]
    first, second = (
        karin.post(f"/api/v1/tasks/{box}/begin", json={"element": "talk"}, headers={"If-Match": tag}) for _ in range(2)
    )
    assert (first.status_code, second.status_code, second.json()["code"]) == (200, 412, "precondition-failed")
    assert second.headers["ETag"] == first.headers["ETag"] != tag
    assert [one["begun"] for one in karin.get(f"/api/v1/tasks/{box}").json()["choice"]["activities"]] == [1, 0]


def test_completing_the_task_ends_it(karin: Browser, box: str) -> None:
    answer = karin.post(f"/api/v1/tasks/{box}/complete", json={"submission": {}})
    assert (answer.status_code, answer.json()["state"]) == (200, "completed")
    answer = karin.post(f"/api/v1/tasks/{box}/begin", json={"element": "talk"}, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (409, "task-already-completed")


def test_reception_begins_its_own_task_only_and_other_units_nothing(browser_of: BrowserOf, box: str) -> None:
    rut = browser_of("rut")
    assert rut.post(f"/api/v1/tasks/{box}/begin", json={"element": "register"}).status_code == 200
    assert rut.post(f"/api/v1/tasks/{box}/begin", json={"element": "talk"}).status_code == 403
    assert browser_of("sten").post(f"/api/v1/tasks/{box}/begin", json={"element": "talk"}).status_code == 404


def test_a_wish_for_nothing_is_refused(karin: Browser, box: str) -> None:
    assert karin.post(f"/api/v1/tasks/{box}/begin", json={}).status_code == 400
    answer = karin.post(f"/api/v1/tasks/{box}/begin", json={"element": "elsewhere"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not-possible")
