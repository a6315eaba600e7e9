"""If-Match on cases and tasks: what one does is done to what one has read, or not at all."""

from __future__ import annotations

import pytest

from engine.storage.memory import MemoryStore
from tests.api.conftest import Browser, BrowserOf, task_id

REASON = {"reason": "Waits"}
STALE = {"If-Match": '"99"'}
POSITION = {"path": "look", "reason": "Again"}
OPERATIONS = [
    ("POST", "/suspend", REASON),
    ("POST", "/resume", REASON),
    ("POST", "/cancel", REASON),
    ("POST", "/reopen", REASON),
    ("POST", "/assign", {"to": "olle"}),
    ("PATCH", "/data", {"changes": {"subject": "Doors"}, "reason": "Wrong"}),
    ("POST", "/positions", POSITION),
    ("POST", "/positions/t/cancel", REASON),
    ("POST", "/positions/t/move", {"to": "ask", "reason": "Wrong"}),
]


@pytest.fixture
def hedda(browser_of: BrowserOf) -> Browser:
    return browser_of("hedda")


@pytest.mark.parametrize(("method", "path", "body"), OPERATIONS)
def test_a_case_that_has_changed_since_is_left_alone(
    case_id: str, hedda: Browser, method: str, path: str, body: dict[str, object]
) -> None:
    case = hedda.get(f"/api/v1/cases/{case_id}")
    answer = hedda.request(method, f"/api/v1/cases/{case_id}{path}", json=body, headers=STALE)
    assert (answer.status_code, answer.json()["code"]) == (412, "precondition-failed")
    assert answer.headers["etag"] == case.headers["etag"]
    assert hedda.get(f"/api/v1/cases/{case_id}").json() == case.json()


def test_a_case_that_one_has_read_as_it_is_may_be_changed_and_its_etag_with_it(case_id: str, hedda: Browser) -> None:
    path = f"/api/v1/cases/{case_id}"
    for operation in ("suspend", "resume"):
        tag = hedda.get(path).headers["etag"]
        answer = hedda.post(f"{path}/{operation}", json=REASON, headers={"If-Match": tag})
        assert answer.status_code == 200
        assert answer.headers["etag"] == hedda.get(path).headers["etag"] != tag


@pytest.mark.parametrize("operation", ["claim", "release", "assign"])
def test_a_task_that_has_changed_since_is_left_alone(case_id: str, karin: Browser, operation: str) -> None:
    path = f"/api/v1/tasks/{task_id(karin, 'look')}"
    karin.post(f"{path}/claim")
    task = karin.get(path)
    body = {"to": "olle"} if operation == "assign" else None
    answer = karin.post(f"{path}/{operation}", json=body, headers=STALE)
    assert (answer.status_code, answer.headers["etag"]) == (412, task.headers["etag"])
    assert karin.get(path).json() == task.json()
    assert karin.post(f"{path}/{operation}", json=body, headers={"If-Match": task.headers["etag"]}).status_code == 200


def test_who_may_not_know_of_a_case_or_task_learns_no_revision(case_id: str, karin: Browser, browser_of: BrowserOf) -> None:
    sten, task = browser_of("sten"), task_id(karin, "look")
    for path in (f"/api/v1/cases/{case_id}/suspend", f"/api/v1/tasks/{task}/claim"):
        answer = sten.post(path, json=REASON if path.endswith("suspend") else None, headers=STALE)
        assert (answer.status_code, answer.headers.get("etag")) == (404, None)


def test_naming_a_revision_is_no_look(case_id: str, karin: Browser, store: MemoryStore) -> None:
    def looks() -> int:
        with store.read() as work:
            return len(work.access_log.of_subject(case_id))

    path, before = f"/api/v1/tasks/{task_id(karin, 'look')}/claim", looks()
    answers = [karin.post(path, headers={"If-Match": tag}).status_code for tag in ('"99"', '"0"')]
    assert answers == [412, 200]
    assert looks() == before
