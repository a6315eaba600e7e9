from __future__ import annotations

import pytest

from tests.api.conftest import Browser, BrowserOf, write_notes

START = "/api/v1/form-drafts/start/errand"
KEY = {"Idempotency-Key": "a-key-of-sixteen-at-least"}


@pytest.fixture
def olle(browser_of: BrowserOf) -> Browser:
    """Another coach at the northern office."""
    return browser_of("olle")


def begin(browser: Browser, subject: str = "A", headers: dict[str, str] | None = None) -> str:
    body = {"process": "errand", "unit": "north", "submission": {"subject": subject, "amount": 1}}
    answer = browser.post("/api/v1/cases", json=body, headers=headers)
    assert answer.status_code in (201, 422), answer.text
    return str(answer.json()["id" if answer.status_code == 201 else "code"])


def test_a_draft_of_a_start_form_is_ones_own_until_the_case_is_begun(content: None, karin: Browser, olle: Browser) -> None:
    assert karin.get(START).json() == {"draft": None}
    typed = {"subject": "", "unknown": [1, 2.5, None]}
    saved = karin.put(START, json={"values": typed, "formVersion": 3})
    assert saved.status_code == 200
    assert (saved.json()["values"], saved.json()["formVersion"]) == (typed, 3)
    assert karin.get(START).json() == {"draft": saved.json()}
    assert olle.get(START).json() == {"draft": None}
    begin(karin)
    assert karin.get(START).json() == {"draft": None}


def test_a_draft_saved_on_another_machine_is_not_replaced(content: None, karin: Browser) -> None:
    first = karin.put(START, json={"values": {"subject": "a"}}, headers={"If-Match": '"none"'})
    for tag in ('"none"', '"x"', '""'):
        answer = karin.put(START, json={"values": {}}, headers={"If-Match": tag})
        assert (answer.status_code, answer.json()["code"]) == (412, "precondition-failed")
    revision = first.json()["revision"]
    second = karin.put(START, json={"values": {"subject": "b"}}, headers={"If-Match": f'"{revision}"'})
    assert karin.get(START).json() == {"draft": second.json()}
    assert karin.put(START, json={"values": {}}, headers={"If-Match": "*"}).status_code == 200
    assert karin.delete(START).status_code == 204
    assert karin.get(START).json() == {"draft": None}


def test_a_draft_of_a_message_names_its_case_and_the_message(case_id: str, karin: Browser) -> None:
    write_notes(karin)
    address = f"/api/v1/form-drafts/message/{case_id}"
    saved = karin.put(f"{address}?message=client-withdraws", json={"values": {"a": 1}})
    assert saved.status_code == 200
    assert karin.get(f"{address}?message=client-withdraws").json() == {"draft": saved.json()}
    assert karin.put(f"{address}?message=other", json={"values": {}}).json()["code"] == "not-possible"
    for wrong in (address, f"{START}?message=client-withdraws"):
        assert karin.get(wrong).json()["code"] == "invalid-request"


def test_others_cases_and_processes_keep_no_drafts(case_id: str, browser_of: BrowserOf) -> None:
    write_notes(browser_of("karin"))
    message = f"/api/v1/form-drafts/message/{case_id}?message=client-withdraws"
    for name, address, code in (
        ("sten", message, "not-found"),
        ("dag", START, "not-allowed"),
        ("karin", "/api/v1/form-drafts/start/unknown", "not-found"),
    ):
        assert browser_of(name).put(address, json={"values": {}}).json()["code"] == code


def test_a_case_is_begun_once_however_often_it_is_asked_for(content: None, karin: Browser, olle: Browser) -> None:
    first = begin(karin, headers=KEY)
    assert begin(karin, headers=KEY) == first
    assert begin(karin, "B", headers=KEY) == "idempotency-key-reused"
    assert begin(olle, headers=KEY) != first
    assert begin(karin) != first


@pytest.mark.parametrize("key", ["short", "x" * 101])
def test_a_key_has_a_length(content: None, karin: Browser, key: str) -> None:
    body = {"process": "errand", "unit": "north", "submission": {"subject": "A", "amount": 1}}
    answer = karin.post("/api/v1/cases", json=body, headers={"Idempotency-Key": key})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid-request")
