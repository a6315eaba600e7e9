"""What was filled in in a case, form by form."""

from __future__ import annotations

from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.history import EventType
from engine.ids import CaseId
from tests.api.conftest import Browser, BrowserOf, complete, task_id

CASES = "/api/v1/cases"


def test_answers_come_with_the_form_and_who_gave_them(case_id: str, karin: Browser, browser_of: BrowserOf) -> None:
    complete(karin, "look", {"note": "In the drawer"})
    assert complete(browser_of("olle"), "ask", {"note": "In the drawer"}).status_code == 200
    asked, looked, begun = karin.get(f"{CASES}/{case_id}/answers").json()["items"]
    assert (begun["task"], begun["form"]["key"], begun["by"]["name"]) == (None, "errand", "Karin Lind")
    assert begun["values"] == {"subject": "Keys", "amount": 4}
    assert (looked["task"]["element"], looked["values"]) == ("look", {"note": "In the drawer"})
    # The same words change nothing in the data, and are answers all the same.
    assert (asked["task"]["element"], asked["by"]["name"]) == ("ask", "Olle Lind")
    assert asked["values"]["note"] == "In the drawer"
    assert looked["form"]["texts"]["sv"]["fields"]["note"]


def test_answers_that_were_taken_back_are_not_told(case_id: str, karin: Browser) -> None:
    look = task_id(karin, "look")
    complete(karin, "look", {"note": "Found"})
    assert karin.post(f"/api/v1/tasks/{look}/undo", json={"reason": "wrong case"}).status_code == 200
    assert [one["form"]["key"] for one in karin.get(f"{CASES}/{case_id}/answers").json()["items"]] == ["errand"]


def test_answers_that_were_erased_are_gone(case_id: str, karin: Browser, engine: CaseEngine) -> None:
    complete(karin, "look", {"note": "Found"})
    history = karin.get(f"{CASES}/{case_id}/history").json()["items"]
    written = [one["sequence"] for one in history if one["type"] == EventType.DATA_CHANGED and one["element"] == "look"]
    engine.erase_history(SYSTEM, CaseId(case_id), written, reason="asked for")
    assert [one["form"]["key"] for one in karin.get(f"{CASES}/{case_id}/answers").json()["items"]] == ["errand"]


def test_answers_of_others_cases_are_not_found(case_id: str, browser_of: BrowserOf) -> None:
    answer = browser_of("sten").get(f"{CASES}/{case_id}/answers")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_the_look_is_put_on_record(case_id: str, karin: Browser, engine: CaseEngine) -> None:
    karin.get(f"{CASES}/{case_id}/answers")
    with engine.store.read() as unit:
        assert "answers" in {look.what for look in unit.access_log.of_subject(case_id)}
