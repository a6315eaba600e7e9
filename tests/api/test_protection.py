"""What the API keeps to itself: identity numbers where they do not belong, and protected particulars."""

from __future__ import annotations

import json
import logging

import pytest

from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.definition import Bundle
from tests.api.conftest import Browser, BrowserOf
from tests.commands.test_protected_entries import DECLARATION, people

WHO = "19121212-TF12"
CASES = "/api/v1/cases"
PEOPLE = "/api/v1/registers/people"


@pytest.fixture
def hedda(browser_of: BrowserOf) -> Browser:
    return browser_of("hedda")


@pytest.fixture
def register(engine: CaseEngine) -> None:
    """People, some of them protected; heads of unit see them and may change them."""
    declared = DECLARATION.replace("[trusted]", "[unit-head]").replace("[reception]", "[unit-head, coach]")
    engine.deploy(SYSTEM, Bundle((people(declared),)))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", "kriv inte personnummer här; välj personen i registret."),
        ("en", "o not write an identity number here; choose the person in the register."),
    ],
)
def test_a_form_with_an_identity_number_is_refused_without_repeating_it(
    content: None, karin: Browser, caplog: pytest.LogCaptureFixture, language: str, told: str
) -> None:
    new = {"process": "errand", "unit": "north", "submission": {"subject": f"Nycklar till {WHO}", "amount": 4}}
    with caplog.at_level(logging.DEBUG):
        answer = karin.post(CASES, json=new, headers={"Accept-Language": language})
    assert (answer.status_code, answer.json()["code"]) == (422, "rejected")
    (problem,) = answer.json()["problems"]
    assert (problem["path"], problem["keyword"]) == ("/subject", "identityNumber")
    assert problem["text"].endswith(told)
    assert "TF12" not in answer.text + caplog.text


@pytest.mark.parametrize("action", ["suspend", "resume", "cancel"])
def test_a_reason_with_an_identity_number_is_refused(case_id: str, hedda: Browser, action: str) -> None:
    answer = hedda.post(f"{CASES}/{case_id}/{action}", json={"reason": f"Gäller {WHO}"}, headers={"Accept-Language": "sv"})
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert (problem["path"], problem["text"]) == (
        "/reason",
        "Skäl: skriv inte personnummer här; välj personen i registret.",
    )
    assert "TF12" not in answer.text


def test_a_message_with_an_identity_number_is_refused(content: None, karin: Browser) -> None:
    answer = karin.post("/api/v1/messages", json={"name": "anything", "payload": {"about": {WHO: WHO}}})
    assert answer.status_code == 422
    assert [problem["path"] for problem in answer.json()["problems"]] == ["/payload/about"]
    assert "TF12" not in answer.text


def test_protected_particulars_are_nowhere_in_what_others_read(register: None, karin: Browser) -> None:
    answers = [
        karin.get(f"{PEOPLE}/entries"),
        karin.post(f"{PEOPLE}/search", json={"text": ""}),
        karin.post(f"{PEOPLE}/search", json={"text": "rask"}),
        karin.get(f"{PEOPLE}/entries/p-a"),
    ]
    assert [answer.status_code for answer in answers] == [200] * 4
    read = json.dumps([answer.json() for answer in answers])
    assert [secret for secret in ("Rask", "1740601", "Storgatan") if secret in read] == []
    assert answers[2].json()["items"] == []
    assert answers[3].json() == {
        "register": "people",
        "key": "p-a",
        "name": "R",
        "values": {"id": "p-a", "alias": "R", "kind": "marked"},
        "revision": 1,
        "isProtected": True,
        "withheld": ["address", "name", "phone"],
    }


def test_those_with_the_right_read_them_marked(register: None, hedda: Browser) -> None:
    entry = hedda.get(f"{PEOPLE}/entries/p-a").json()
    assert (entry["values"]["name"], entry["isProtected"], entry["withheld"]) == ("Rut Rask", True, [])


def test_a_protected_entry_is_changed_by_those_with_the_right_only(register: None, karin: Browser, hedda: Browser) -> None:
    body = {"values": {"name": "Rut Rask", "kind": "marked", "alias": "Ro"}, "revision": 1}
    refused = karin.put(f"{PEOPLE}/entries/p-a", json=body)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed")
    assert hedda.put(f"{PEOPLE}/entries/p-a", json=body).status_code == 200
