"""Messages from outside."""

from __future__ import annotations

from tests.api.conftest import Browser, BrowserOf, write_notes

MESSAGES = "/api/v1/messages"


def test_a_message_starts_a_case(content: None, karin: Browser) -> None:
    sent = {"name": "errand-arrives", "payload": {"subject": "Keys", "amount": 8}, "unit": "north"}
    receipt = karin.post(MESSAGES, json=sent).json()
    assert receipt["isPending"] is False
    assert karin.get(f"/api/v1/cases/{receipt['started']}").json()["data"] == {"subject": "Keys", "amount": 8}


def test_a_message_finds_the_case_that_waits_for_its_key(case_id: str, karin: Browser) -> None:
    write_notes(karin)
    sent = {"name": "client-withdraws", "key": {"case": case_id}, "payload": {"reason": "moved"}, "id": "letter-0001"}
    receipt = karin.post(MESSAGES, json=sent).json()
    assert receipt == {"id": "letter-0001", "caseIds": [case_id], "started": None, "isPending": False}
    assert karin.get(f"/api/v1/cases/{case_id}").json()["case"]["status"] == "completed"


def test_a_message_that_nobody_waits_for_is_kept(case_id: str, karin: Browser) -> None:
    sent = {"name": "client-withdraws", "key": {"case": case_id}, "payload": {"reason": "moved"}}
    receipt = karin.post(MESSAGES, json=sent).json()
    assert receipt["isPending"] is True
    assert receipt["caseIds"] == []


def test_a_message_of_the_wrong_shape_is_refused(content: None, karin: Browser) -> None:
    sent = {"name": "errand-arrives", "payload": {"subject": 7}, "unit": "north"}
    answer = karin.post(MESSAGES, json=sent)
    assert (answer.status_code, answer.json()["code"]) == (422, "rejected")
    assert {problem["path"] for problem in answer.json()["problems"]} == {"/payload/subject", "/payload/amount"}
    assert karin.post(MESSAGES, json={"name": ""}).json()["code"] == "invalid-request"
    assert karin.post(MESSAGES, json={"name": "errand-arrives", "id": "x"}).json()["code"] == "invalid-request"


def test_a_message_cannot_start_a_case_in_another_unit(content: None, karin: Browser) -> None:
    sent = {"name": "errand-arrives", "payload": {"subject": "Keys", "amount": 8}, "unit": "south"}
    assert karin.post(MESSAGES, json=sent).status_code == 404


def test_a_message_that_its_receiver_would_not_take_in_is_refused_before_it_is_kept(case_id: str, karin: Browser) -> None:
    sent = {"name": "client-withdraws", "key": {"case": case_id}, "payload": {"reason": 7}, "id": "letter-0001"}
    for path in (MESSAGES, MESSAGES, f"/api/v1/cases/{case_id}/messages"):
        body = sent if path == MESSAGES else {"name": sent["name"], "payload": sent["payload"]}
        if path != MESSAGES:
            write_notes(karin)
        answer = karin.post(path, json=body)
        assert (answer.status_code, [problem["path"] for problem in answer.json()["problems"]]) == (422, ["/payload/reason"])
    good = {**sent, "payload": {"reason": "moved"}}
    assert karin.post(MESSAGES, json=good).json()["caseIds"] == [case_id]


def test_an_id_is_its_senders_own(case_id: str, karin: Browser, browser_of: BrowserOf) -> None:
    sten = browser_of("sten")
    write_notes(karin)
    sent = {"name": "client-withdraws", "key": {"case": case_id}, "payload": {"reason": "moved"}, "id": "letter-0001"}
    assert karin.post(MESSAGES, json=sent).json()["caseIds"] == [case_id]
    assert karin.post(MESSAGES, json=sent).json()["caseIds"] == [case_id]
    assert sten.post(MESSAGES, json=sent).json() == {"id": "letter-0001", "caseIds": [], "started": None, "isPending": True}
    answer = karin.post(MESSAGES, json={**sent, "payload": {"reason": "ill"}})
    assert (answer.status_code, [problem["path"] for problem in answer.json()["problems"]]) == (422, ["/id"])
