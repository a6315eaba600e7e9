"""Starting, finding, reading and operating cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.history import ChainHead
from engine.ids import CaseId
from engine.storage.memory import MemoryStore
from tests.api.conftest import Browser, BrowserOf, complete, start, task_id, write_notes
from tests.builders import some_events

CASES = "/api/v1/cases"


@pytest.fixture
def hedda(browser_of: BrowserOf) -> Browser:
    """The head of the northern office."""
    return browser_of("hedda")


def test_a_case_starts_with_its_form(content: None, karin: Browser) -> None:
    new = {"process": "errand", "unit": "north", "submission": {"subject": "Keys", "amount": 4, "topic": "housing"}}
    answer = karin.post(CASES, json=new)
    assert answer.status_code == 201
    assert answer.headers["etag"] == f'"{answer.json()["revision"]}"'
    assert answer.headers["location"] == f"{CASES}/{answer.json()['id']}"
    assert answer.json() == {
        "id": answer.json()["id"],
        "number": "2025-000001",
        "title": "Errand",
        "process": "errand",
        "unit": "north",
        "status": "active",
        "startedAt": "2025-02-03T12:00:00Z",
        "startedBy": {"id": "karin", "name": "Karin Lind"},
        "responsible": None,
        "endedAt": None,
        "revision": answer.json()["revision"],
    }


@pytest.mark.parametrize(
    ("change", "status", "code", "paths"),
    [
        ({"submission": {"subject": ""}}, 422, "rejected", {"/subject", "/amount"}),
        ({"submission": {"subject": "x", "amount": 1, "topic": "nothing"}}, 422, "rejected", {"/topic"}),
        ({"process": "nothing"}, 404, "not-found", set()),
        ({"unit": "south"}, 404, "not-found", set()),
        ({"data": {"share": 1, "reason": "x"}}, 422, "rejected", {"/data/share", "/data/reason"}),
        ({"unit": ""}, 400, "invalid-request", {"/unit"}),
        ({"unit": " \t "}, 400, "invalid-request", {"/unit"}),
        ({"submission": []}, 400, "invalid-request", {"/submission"}),
        ({"title": "x"}, 400, "invalid-request", {""}),
    ],
)
def test_a_start_that_is_not_right_says_why(
    content: None, karin: Browser, change: dict[str, object], status: int, code: str, paths: set[str]
) -> None:
    new = {"process": "errand", "unit": "north", "submission": {"subject": "Keys", "amount": 4}, **change}
    answer = karin.post(CASES, json=new)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert {problem["path"] for problem in answer.json().get("problems", [])} == paths


def test_cases_are_listed_newest_first_in_pages(content: None, karin: Browser, clock: FixedClock) -> None:
    numbers = []
    for _ in range(3):
        numbers.append(start(karin)["number"])
        clock.move_to(clock.now() + timedelta(seconds=1))
    first = karin.get(f"{CASES}?limit=2").json()
    rest = karin.get(f"{CASES}?limit=2&cursor={first['next']}").json()
    assert [case["number"] for case in first["items"] + rest["items"]] == numbers[::-1]
    assert rest["next"] is None
    assert first["about"] == [], "their data name nobody"


def test_cases_are_filtered(case_id: str, karin: Browser) -> None:
    def found(query: str) -> int:
        return len(karin.get(f"{CASES}?{query}").json()["items"])

    assert found("number=2025-000001") == 1
    assert found("number=2025-000002") == 0
    assert found("status=active&process=errand&unit=north") == 1
    assert found("status=completed") == 0
    assert found("startedFrom=2020-01-01T00:00:00Z&startedBefore=2100-01-01T00:00:00Z") == 1
    assert found("startedFrom=2100-01-01T00:00:00Z") == 0
    assert found("startedBefore=2020-01-01T00:00:00Z") == 0
    assert karin.get(f"{CASES}?status=open").json()["code"] == "invalid-request"


def test_one_case_shows_where_it_stands(case_id: str, karin: Browser, browser_of: BrowserOf) -> None:
    write_notes(karin)
    answer = karin.get(f"{CASES}/{case_id}")
    view = answer.json()
    assert answer.headers["etag"] == f'"{view["case"]["revision"]}"'
    assert view["data"] == {"subject": "Keys", "amount": 4, "note": "Found", "share": 25}
    (tell,) = [position for position in view["positions"] if position["element"] == "tell"]
    assert (tell["path"], tell["name"], tell["nameEn"]) == ("tell", "Tell the client", "Tell the client the answer")
    assert [task["element"] for task in view["tasks"]] == ["look", "ask", "tell"]
    assert view["tasks"][2]["nameEn"] == "Tell the client the answer"
    assert {(wait["kind"], wait["message"]) for wait in view["waits"]} >= {("message", "client-withdraws")}
    (message,) = view["messages"]
    assert (message["name"], message["title"]) == ("client-withdraws", "The client withdraws")
    assert message["form"]["schema"]["required"] == ["reason"]
    assert message["form"]["texts"]["sv"] == {"fields": {"reason": {"label": "Varför?"}}}
    assert message["form"]["texts"]["en"] == {}
    assert tell["ahead"] == [{"element": "told", "name": "Told", "nameEn": "Told", "kind": "endEvent", "way": "", "wayEn": ""}]
    assert view["running"] == [{"path": "", "process": "errand", "version": 1, "name": "Errand", "nameEn": "An errand"}]
    assert view["historyLength"] == len(karin.get(f"{CASES}/{case_id}/history").json()["items"])
    assert view["incidents"] == []
    assert view["members"] == []


def test_a_message_reaches_the_case(case_id: str, karin: Browser) -> None:
    write_notes(karin)
    sent = {"name": "client-withdraws", "payload": {"reason": "moved"}}
    answer = karin.post(f"{CASES}/{case_id}/messages", json=sent)
    assert (answer.status_code, answer.json()["status"]) == (200, "completed")
    assert karin.get(f"{CASES}/{case_id}").json()["data"]["reason"] == "moved"


def test_a_message_that_does_not_fit_is_refused(case_id: str, karin: Browser) -> None:
    early = karin.post(f"{CASES}/{case_id}/messages", json={"name": "client-withdraws", "payload": {"reason": "x"}})
    assert (early.status_code, early.json()["code"]) == (409, "not-possible")
    write_notes(karin)
    wrong = karin.post(f"{CASES}/{case_id}/messages", json={"name": "client-withdraws"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "rejected")
    assert [problem["path"] for problem in wrong.json()["problems"]] == ["/payload/reason"]


def test_a_suspended_case_stands_still_until_it_is_resumed(case_id: str, karin: Browser, hedda: Browser) -> None:
    because = {"reason": "wrong form"}
    look = task_id(karin, "look")
    assert hedda.post(f"{CASES}/{case_id}/suspend", json=because).json()["status"] == "suspended"
    stopped = karin.post(f"/api/v1/tasks/{look}/complete", json={"submission": {"note": "x"}})
    assert (stopped.status_code, stopped.json()["code"]) == (409, "not-possible")
    assert "suspended" in stopped.json()["detail"]
    assert hedda.post(f"{CASES}/{case_id}/resume", json=because).json()["status"] == "active"
    assert complete(karin, "look", {"note": "x"}).status_code == 200


def test_a_cancelled_case_has_ended(case_id: str, karin: Browser, hedda: Browser) -> None:
    assert hedda.post(f"{CASES}/{case_id}/cancel", json={"reason": "started twice"}).json()["status"] == "cancelled"
    assert karin.get("/api/v1/tasks").json()["items"] == []
    again = hedda.post(f"{CASES}/{case_id}/cancel", json={"reason": "started twice"})
    assert again.json()["code"] == "not-possible"


@pytest.mark.parametrize("action", ["suspend", "resume", "cancel"])
def test_operating_a_case_needs_a_reason(case_id: str, hedda: Browser, action: str) -> None:
    for body in ({}, {"reason": ""}, {"reason": "   "}, {"reason": "x" * 1001}):
        assert hedda.post(f"{CASES}/{case_id}/{action}", json=body).json()["code"] == "invalid-request"


def test_an_incident_is_mended_and_retried(content: None, karin: Browser, hedda: Browser) -> None:
    case = f"{CASES}/{start(karin, amount=0)['id']}"
    write_notes(karin)
    (row,) = hedda.get("/api/v1/incidents").json()["items"]
    assert row["case"]["number"] == "2025-000001"
    assert row["incident"]["element"] == "share"
    assert row["incident"]["state"] == "open"
    assert karin.get(case).json()["incidents"] == [row["incident"]]
    in_vain = hedda.post(f"/api/v1/incidents/{row['incident']['id']}/retry", json={"reason": "once more"})
    assert (in_vain.status_code, in_vain.json()["incident"]["state"]) == (200, "open")
    (again,) = hedda.get("/api/v1/incidents").json()["items"]
    assert again == in_vain.json()
    assert (again["incident"]["attempts"], again["incident"]["call"]) == (2, "")
    retry = f"/api/v1/incidents/{again['incident']['id']}/retry"
    mended = hedda.patch(f"{case}/data", json={"changes": {"amount": 5}, "reason": "typed wrong"})
    assert mended.status_code == 200
    assert hedda.post(retry, json={"reason": ""}).json()["code"] == "invalid-request"
    assert hedda.post(retry, json={"reason": "put right"}).json()["incident"]["state"] == "resolved"
    assert hedda.get("/api/v1/incidents").json()["items"] == []
    assert karin.get(case).json()["data"]["share"] == 20
    assert hedda.post(retry, json={"reason": "again"}).json()["code"] == "not-possible"
    told = [event["text"]["en"] for event in karin.get(f"{case}/history").json()["items"] if "incident" in event["type"]]
    assert told[1].endswith("Reason: once more.")
    assert told[2] == "The obstacle at “Share the cost” was removed. Reason: put right."


def test_a_correction_is_held_to_the_schema(case_id: str, hedda: Browser) -> None:
    blank = hedda.patch(f"{CASES}/{case_id}/data", json={"changes": {"amount": 1}, "reason": "\n"})
    assert (blank.status_code, [problem["path"] for problem in blank.json()["problems"]]) == (400, ["/reason"])
    for changes in ({"amount": "much"}, {"nobody-declared-this": 1}):
        answer = hedda.patch(f"{CASES}/{case_id}/data", json={"changes": changes, "reason": "x"})
        assert (answer.status_code, answer.json()["code"]) == (422, "rejected")
    empty = hedda.patch(f"{CASES}/{case_id}/data", json={"changes": {}, "reason": "x"})
    assert empty.json()["code"] == "invalid-request"


def test_the_history_tells_what_happened_in_both_languages(case_id: str, karin: Browser) -> None:
    complete(karin, "look", {"note": "Found"})
    events: list[dict[str, Any]] = karin.get(f"{CASES}/{case_id}/history").json()["items"]
    assert [event["sequence"] for event in events] == list(range(1, len(events) + 1))
    (done,) = [event for event in events if event["type"] == "task-completed"]
    assert done["element"] == "look"
    assert done["actor"] == {"id": "karin", "name": "Karin Lind"}
    assert "Karin Lind" in done["text"]["sv"]
    assert done["text"]["sv"] != done["text"]["en"]
    assert len(done["hash"]) == 64


def test_the_history_comes_in_pages(case_id: str, karin: Browser) -> None:
    whole = karin.get(f"{CASES}/{case_id}/history").json()
    assert whole["next"] is None
    first = karin.get(f"{CASES}/{case_id}/history?limit=2").json()
    assert first["next"] == 2
    rest = karin.get(f"{CASES}/{case_id}/history?after=2").json()
    assert first["items"] + rest["items"] == whole["items"]


def test_what_was_erased_is_told_as_erased(case_id: str, karin: Browser, engine: CaseEngine) -> None:
    engine.erase_history(SYSTEM, CaseId(case_id), [2], reason="Plan 2025:4")
    events = karin.get(f"{CASES}/{case_id}/history").json()["items"]
    assert events[1]["payload"] is None
    assert events[1]["text"]["sv"].endswith("(Uppgifterna är gallrade.)")
    assert (events[-1]["type"], events[-1]["payload"]) == ("payload-erased", {"events": [2], "reason": "Plan 2025:4"})
    assert karin.get(f"{CASES}/{case_id}/history/verification").json()["isIntact"] is True


def test_a_history_that_was_altered_is_not_told(case_id: str, karin: Browser, store: MemoryStore) -> None:
    last = karin.get(f"{CASES}/{case_id}/history").json()["items"][-1]
    _, [(event, payload)] = some_events(1, case_id=case_id, head=ChainHead(last["sequence"], last["hash"]))
    with store.write() as work:
        work.histories.append([(event, replace(payload, text="{}"))])
        work.commit()
    answer = karin.get(f"{CASES}/{case_id}/history", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (500, "history-damaged")
    assert f"event {event.sequence}: its payload was altered" in answer.json()["detail"]
    assert karin.get(f"{CASES}/{case_id}/history/verification").json() == {
        "isIntact": False,
        "brokenAt": event.sequence,
        "reason": "its payload was altered",
    }


def test_the_history_proves_itself(case_id: str, karin: Browser) -> None:
    answer = karin.get(f"{CASES}/{case_id}/history/verification").json()
    assert answer == {"isIntact": True, "brokenAt": None, "reason": ""}


def stuck(karin: Browser, hedda: Browser) -> tuple[str, str]:
    """A case that is stuck at a sum, and the address of its incident."""
    case = start(karin, amount=0)
    write_notes(karin)
    (row,) = hedda.get("/api/v1/incidents").json()["items"]
    return str(case["id"]), f"/api/v1/incidents/{row['incident']['id']}"


def test_an_incident_tells_where_it_is_what_is_known_there_and_the_ways_out(
    content: None, karin: Browser, hedda: Browser
) -> None:
    case, address = stuck(karin, hedda)
    found = hedda.get(address).json()
    assert found["case"]["id"] == case
    assert (found["name"], found["nameEn"], found["process"], found["version"]) == (
        "Share the cost",
        "Share the cost",
        "errand",
        1,
    )
    assert found["data"]["amount"] == 0
    assert found["takesOne"] is False
    (way,) = found["ways"]
    assert way == {"flow": "f8", "name": "", "nameEn": "", "to": "Tell the client", "toEn": "Tell the client the answer"}
    skipped = hedda.post(f"{address}/skip", json={"reason": "counted by hand", "flows": [way["flow"]]})
    assert skipped.json()["incident"]["state"] == "resolved"
    solved = hedda.get(address).json()
    assert (solved["incident"]["state"], solved["ways"], solved["name"]) == ("resolved", [], "Share the cost")


@pytest.mark.parametrize(
    ("name", "status", "reads"),
    [("karin", 200, True), ("audun", 200, True), ("admira", 200, False), ("sten", 404, False), ("dag", 404, False)],
)
def test_an_incident_is_for_those_who_may_read_or_operate_its_case(
    content: None, karin: Browser, hedda: Browser, browser_of: BrowserOf, name: str, status: int, reads: bool
) -> None:
    case, address = stuck(karin, hedda)
    answer = browser_of(name).get(address)
    assert answer.status_code == status
    if status == 200:
        assert (answer.json()["data"] is not None) == reads
    assert browser_of(name).get(f"{CASES}/{case}/forms").status_code == status
    assert hedda.get("/api/v1/incidents/nothing").status_code == 404


def test_a_case_tells_the_forms_that_it_has_used_and_where_their_answers_lie(case_id: str, karin: Browser) -> None:
    answer = karin.get(f"{CASES}/{case_id}/forms").json()
    used = answer["items"]
    told = [(one["call"], one["bind"], one["form"]["key"], one["version"]) for one in used]
    assert told == [("", "", "errand", 1), ("", "", "errand-note", 1)]
    assert "amount" in used[0]["form"]["texts"]["en"]["fields"]
    texts = {"sv": {"fields": {"share": {"label": "Andel"}}}, "en": {"fields": {"share": {"label": "Share"}}}}
    assert answer["data"] == [{"call": "", "texts": texts}]


def test_a_case_is_handed_over_with_a_note(case_id: str, karin: Browser, browser_of: BrowserOf) -> None:
    path = f"/api/v1/cases/{case_id}"
    assert karin.post(f"{path}/assign", json={"to": "olle"}).json()["code"] == "not-allowed"
    assert karin.post(f"{path}/assign", json={"to": "karin"}).json()["responsible"]["id"] == "karin"
    refused = karin.post(f"{path}/assign", json={"to": "olle", "note": "Gäller 19121212-1212"})
    assert (refused.status_code, refused.json()["problems"][0]["path"]) == (422, "/note")
    assert karin.post(f"{path}/assign", json={"to": "sten"}).json()["code"] == "not-allowed"
    assert karin.post(f"{path}/assign", json={"to": "nobody"}).status_code == 404
    given = karin.post(f"{path}/assign", json={"to": "olle", "note": "Ring först"})
    assert given.json()["responsible"] == {"id": "olle", "name": "Olle Lind"}
    told = {"at": "2025-02-03T12:00:00Z", "by": {"id": "karin", "name": "Karin Lind"}, "note": "Ring först"}
    assert browser_of("olle").get(path).json()["handover"] == told
    assert browser_of("sten").post(f"{path}/assign", json={"to": "sten"}).status_code == 404


def test_a_case_is_handed_over_once_however_often_it_is_asked_for(case_id: str, karin: Browser) -> None:
    path = f"/api/v1/cases/{case_id}/assign"
    assert karin.post(path, json={"to": "karin"}).status_code == 200
    key = {"Idempotency-Key": "a-key-of-sixteen-at-least"}
    first, second = (karin.post(path, json={"to": "olle", "note": "Ring först"}, headers=key) for _ in range(2))
    assert (second.status_code, second.json()) == (200, first.json())
    assert karin.post(path, json={"to": "olle", "note": "Ring först"}).json()["code"] == "not-allowed"
