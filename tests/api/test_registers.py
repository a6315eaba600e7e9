"""Registers and their entries."""

from __future__ import annotations

import pytest

from engine.case_engine import CaseEngine
from engine.ports import RegisterEntry
from tests.api.conftest import Browser, BrowserOf

TOPICS = "/api/v1/registers/topics/entries"


@pytest.fixture(autouse=True)
def entries(content: None, engine: CaseEngine) -> None:
    with engine.store.write() as work:
        for key in ("housing", "studies"):
            if work.registers.get("topics", key) is None:
                work.registers.add(RegisterEntry("topics", key, {"id": key, "name": key.capitalize()}))
        work.commit()


@pytest.fixture
def hedda(browser_of: BrowserOf) -> Browser:
    """Somebody who may write the register."""
    return browser_of("hedda")


def test_registers_are_listed_with_their_declaration(karin: Browser) -> None:
    (topics,) = karin.get("/api/v1/registers").json()["items"]
    assert topics["key"] == "topics"
    assert topics["title"] == {"sv": "Ämnen", "en": "Topics"}
    assert topics["keyField"] == "id"
    assert topics["listFields"] == ["id", "name"]
    assert topics["nameFields"] == ["name"]
    assert topics["searchFields"] == ["name"]
    assert topics["schema"]["required"] == ["id", "name"]
    assert topics["texts"]["en"]["fields"]["name"]["label"] == "Name"


def test_a_register_says_who_may_write_in_it(karin: Browser, hedda: Browser) -> None:
    told = [who.get("/api/v1/registers").json()["items"][0]["mayWrite"] for who in (karin, hedda)]
    assert told == [False, True]


def test_an_entry_that_is_asked_for_twice_is_added_once(hedda: Browser) -> None:
    body, headers = {"values": {"id": "loans", "name": "Loans"}}, {"Idempotency-Key": "0123456789abcdef"}
    first, again = (hedda.post(TOPICS, json=body, headers=headers).json() for _ in range(2))
    assert first == again
    names = [entry["name"] for entry in hedda.get(TOPICS).json()["items"]]
    assert names.count("Loans") == 1
    other = hedda.post(TOPICS, json={"values": {"id": "debts", "name": "Debts"}}, headers=headers).json()
    assert other["code"] == "idempotency-key-reused"


def test_a_new_entry_has_a_draft_until_it_is_added(karin: Browser, hedda: Browser) -> None:
    address = "/api/v1/form-drafts/entry/topics"
    assert hedda.put(address, json={"values": {"name": "Lo"}}).status_code == 200
    assert hedda.get(address).json()["draft"]["values"] == {"name": "Lo"}
    assert karin.put(address, json={"values": {}}).json()["code"] == "not-allowed"
    assert hedda.put("/api/v1/form-drafts/entry/nothing", json={"values": {}}).json()["code"] == "not-found"
    hedda.post(TOPICS, json={"values": {"id": "loans", "name": "Loans"}})
    assert hedda.get(address).json()["draft"] is None


def test_entries_are_listed_and_searched(karin: Browser) -> None:
    def found(text: str, limit: int = 50) -> list[str]:
        answer = karin.post("/api/v1/registers/topics/search", json={"text": text, "limit": limit})
        assert answer.status_code == 200
        return [entry["key"] for entry in answer.json()["items"]]

    assert [entry["key"] for entry in karin.get(TOPICS).json()["items"]] == ["housing", "studies"]
    assert [entry["key"] for entry in karin.get(f"{TOPICS}?limit=1").json()["items"]] == ["housing"]
    assert found("HOUS") == ["housing"]
    assert found("%") == []
    assert found("", limit=1) == ["housing"]


def test_what_many_entries_are_called_is_read_at_once_and_put_on_record(
    karin: Browser, browser_of: BrowserOf, engine: CaseEngine
) -> None:
    address, keys = "/api/v1/registers/topics/names", {"keys": ["studies", "nothing", "housing", "studies"]}
    entries = karin.post(address, json=keys).json()["items"]
    assert [(entry["key"], entry["values"]["name"]) for entry in entries] == [("housing", "Housing"), ("studies", "Studies")]
    with engine.store.read() as work:
        (look,) = work.access_log.of_subject("topics/housing")
    assert (look.actor, look.what) == ("karin", "register-search")
    assert browser_of("rut").post(address, json=keys).json()["code"] == "not-found"
    assert karin.post("/api/v1/registers/nothing/names", json=keys).json()["code"] == "not-found"
    assert karin.post(address, json={"keys": ["x"] * 201}).status_code == 400


def test_one_entry_is_read_with_its_revision(karin: Browser) -> None:
    answer = karin.get(f"{TOPICS}/housing")
    assert answer.headers["etag"] == '"1"'
    assert answer.json() == {
        "register": "topics",
        "key": "housing",
        "name": "Housing",
        "values": {"id": "housing", "name": "Housing"},
        "revision": 1,
        "isProtected": False,
        "withheld": [],
    }
    assert karin.get(f"{TOPICS}/nothing").status_code == 404


def test_an_entry_is_added_and_changed(hedda: Browser) -> None:
    added = hedda.post(TOPICS, json={"values": {"id": "work", "name": "Work"}})
    assert (added.status_code, added.json()["key"]) == (201, "work")
    again = hedda.post(TOPICS, json={"values": {"id": "work", "name": "Work"}})
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    changed = hedda.put(f"{TOPICS}/work", json={"values": {"id": "work", "name": "Jobs"}, "revision": 1})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    late = hedda.put(f"{TOPICS}/work", json={"values": {"id": "work", "name": "Late"}, "revision": 1})
    assert (late.status_code, late.json()["code"]) == (409, "revision-conflict")


def test_an_entry_that_breaks_the_schema_is_refused(hedda: Browser) -> None:
    answer = hedda.post(TOPICS, json={"values": {"id": "WORK", "name": ""}})
    assert (answer.status_code, answer.json()["code"]) == (422, "rejected")
    assert {problem["path"] for problem in answer.json()["problems"]} == {"/id", "/name"}


def test_reading_and_writing_go_by_group(karin: Browser, browser_of: BrowserOf) -> None:
    body = {"values": {"id": "work", "name": "Work"}}
    assert karin.post(TOPICS, json=body).json()["code"] == "not-allowed"
    assert karin.put(f"{TOPICS}/housing", json={**body, "revision": 1}).json()["code"] == "not-allowed"
    reception = browser_of("rut")
    assert reception.get("/api/v1/registers").json()["items"] == []
    for answer in (reception.get(TOPICS), reception.get(f"{TOPICS}/housing"), reception.post(TOPICS, json=body)):
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_a_look_at_an_entry_is_on_record(karin: Browser, engine: CaseEngine) -> None:
    karin.get(f"{TOPICS}/housing")
    with engine.store.read() as work:
        (access,) = work.access_log.of_subject("topics/housing")
    assert access.actor == "karin"


def test_the_key_of_an_entry_does_not_change(hedda: Browser) -> None:
    values = {"id": "studies", "name": "Homes"}
    answer = hedda.put(f"{TOPICS}/housing", json={"values": values, "revision": 1})
    assert (answer.status_code, [problem["path"] for problem in answer.json()["problems"]]) == (422, ["/id"])
    assert hedda.get(f"{TOPICS}/housing").json()["values"]["name"] == "Housing"
    assert hedda.put(f"{TOPICS}/housing", json={"values": {**values, "id": "housing"}, "revision": 1}).status_code == 200
