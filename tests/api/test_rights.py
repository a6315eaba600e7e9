"""Who sees what, and who does what."""

from __future__ import annotations

import pytest

from engine.case_engine import CaseEngine
from engine.ids import CaseId
from engine.wait import OutgoingMessage
from tests.api.conftest import Browser, BrowserOf, task_id
from tests.builders import NOON

READS = (
    "cases/{case}",
    "cases/{case}/history",
    "cases/{case}/history/verification",
    "cases/{case}/export.json",
    "cases/{case}/export.csv",
    "tasks/{task}",
)
WORK: dict[str, tuple[str, object]] = {
    "tasks/{task}/claim": ("POST", None),
    "tasks/{task}/begin": ("POST", {"element": "look"}),
    "tasks/{task}/complete": ("POST", {"submission": {"note": "x"}}),
    "tasks/{task}/draft": ("PUT", {"values": {}, "baseSequence": 0}),
    "tasks/{task}/release": ("POST", None),
    "tasks/{task}/undo": ("POST", {"reason": "x"}),
    "tasks/{task}/assign": ("POST", {"to": "olle"}),
    "outgoing-messages/letter/handed-over": ("POST", None),
    "cases/{case}/messages": ("POST", {"name": "client-withdraws", "payload": {"reason": "x"}}),
}
OPERATIONS: dict[str, tuple[str, object]] = {
    "cases/{case}/suspend": ("POST", {"reason": "x"}),
    "cases/{case}/resume": ("POST", {"reason": "x"}),
    "cases/{case}/cancel": ("POST", {"reason": "x"}),
    "cases/{case}/reopen": ("POST", {"reason": "x"}),
    "cases/{case}/positions": ("POST", {"path": "look", "reason": "x"}),
    "cases/{case}/positions/t2/move": ("POST", {"to": "look", "reason": "x"}),
    "cases/{case}/positions/t2/cancel": ("POST", {"reason": "x"}),
    "cases/{case}/data": ("PATCH", {"changes": {"amount": 1}, "reason": "x"}),
}


@pytest.fixture
def look(case_id: str, karin: Browser, engine: CaseEngine) -> str:
    """The task to look into it, of a case that has sent a letter."""
    with engine.store.write() as work:
        work.outgoing.add(OutgoingMessage("letter", CaseId(case_id), "The bank", "letter", {}, {}, NOON))
        work.commit()
    return task_id(karin, "look")


def address(path: str, case_id: str, look: str) -> str:
    return "/api/v1/" + path.format(case=case_id, task=look)


@pytest.mark.parametrize("who", ["sten", "dag"])
def test_another_units_case_does_not_exist(browser_of: BrowserOf, case_id: str, look: str, who: str) -> None:
    browser = browser_of(who)
    for path in READS:
        answer = browser.get(address(path, case_id, look))
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found"), path
    for path, (method, body) in {**WORK, **OPERATIONS}.items():
        answer = browser.request(method, address(path, case_id, look), json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found"), path
    assert browser.get("/api/v1/cases").json()["items"] == []
    assert browser.get("/api/v1/cases?unit=north").json()["items"] == []
    assert browser.get("/api/v1/tasks").json()["items"] == []
    assert browser.get("/api/v1/outgoing-messages").json()["items"] == []


def test_an_auditor_reads_everything_and_changes_nothing(browser_of: BrowserOf, case_id: str, look: str) -> None:
    auditor = browser_of("audun")
    for path in READS:
        assert auditor.get(address(path, case_id, look)).status_code == 200, path
    for path, (method, body) in {**WORK, **OPERATIONS}.items():
        answer = auditor.request(method, address(path, case_id, look), json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed"), path
    assert [case["id"] for case in auditor.get("/api/v1/cases").json()["items"]] == [case_id]


def test_a_coach_does_not_operate_cases(karin: Browser, case_id: str, look: str) -> None:
    for path, (method, body) in OPERATIONS.items():
        answer = karin.request(method, address(path, case_id, look), json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed"), path


def test_reception_sees_the_case_but_does_not_do_the_coachs_task(browser_of: BrowserOf, case_id: str, look: str) -> None:
    reception = browser_of("rut")
    assert reception.get(f"/api/v1/cases/{case_id}").status_code == 200
    answer = reception.post(f"/api/v1/tasks/{look}/claim", headers={"Accept-Language": "sv"})
    assert answer.status_code == 403
    assert answer.json()["title"] == "Inte tillåtet"
    assert reception.get("/api/v1/tasks").json()["items"] == []


def test_an_administrator_operates_a_case_without_reading_it(browser_of: BrowserOf, case_id: str) -> None:
    administrator = browser_of("admira")
    assert administrator.get(f"/api/v1/cases/{case_id}").status_code == 404
    assert administrator.post(f"/api/v1/cases/{case_id}/suspend", json={"reason": "x"}).status_code == 200


def test_looks_at_personal_data_are_on_record(karin: Browser, case_id: str, look: str, engine: CaseEngine) -> None:
    for path in READS:
        karin.get(address(path, case_id, look))
    with engine.store.read() as work:
        looks = {(access.actor, access.what) for access in work.access_log.of_subject(case_id)}
    assert looks == {
        ("karin", "case"),
        ("karin", "history"),
        ("karin", "verification"),
        ("karin", "export"),
        ("karin", "task-form"),
    }
