"""Searching cases over HTTP."""

from __future__ import annotations

from tests.api.conftest import Browser, BrowserOf, start

SEARCH = "/api/v1/cases/search"


def test_a_case_is_found_by_its_number_with_what_there_is_to_do(content: None, karin: Browser) -> None:
    case = start(karin)
    answer = karin.post(SEARCH, json={"text": case["number"]})
    assert answer.status_code == 200
    (found,) = answer.json()["items"]
    assert found["case"]["id"] == case["id"]
    assert found["about"] is None
    assert sorted(task["element"] for task in found["tasks"]) == ["ask", "look"]
    assert answer.json()["next"] is None


def test_found_cases_come_in_pages_and_can_be_narrowed(content: None, karin: Browser) -> None:
    cases = [start(karin)["id"] for _ in range(3)]
    first = karin.post(SEARCH, json={"text": "2025", "limit": 2}).json()
    last = karin.post(SEARCH, json={"text": "2025", "limit": 2, "cursor": first["next"]}).json()
    assert sorted(one["case"]["id"] for one in [*first["items"], *last["items"]]) == sorted(cases)
    for narrow in ({"process": "another"}, {"unit": "south"}, {"status": "completed"}):
        assert karin.post(SEARCH, json={"text": "2025", **narrow}).json()["items"] == []


def test_another_offices_cases_are_not_there(content: None, karin: Browser, browser_of: BrowserOf) -> None:
    case = start(karin)
    assert browser_of("sten").post(SEARCH, json={"text": case["number"]}).json()["items"] == []


def test_a_search_for_nothing_says_what_to_write(content: None, karin: Browser) -> None:
    answer = karin.post(SEARCH, json={"text": "%%"}, headers={"Accept-Language": "sv"})
    assert (answer.status_code, answer.json()["code"]) == (422, "rejected")
    assert answer.json()["problems"][0]["text"] == "Skriv ett namn eller ett ärendenummer."
    assert karin.post(SEARCH, json={"text": "x", "cursor": "nonsense"}).status_code == 422


def test_a_search_is_no_address(content: None, karin: Browser) -> None:
    assert karin.get(f"{SEARCH}?text=rut").status_code == 405


def test_a_case_is_found_by_who_worked_on_it_and_by_its_version(content: None, karin: Browser, browser_of: BrowserOf) -> None:
    case = start(karin)["id"]
    auditor = browser_of("audun")

    def found(**asked: object) -> list[str]:
        return [one["case"]["id"] for one in auditor.post(SEARCH, json=asked).json()["items"]]

    process = auditor.get("/api/v1/cases").json()["items"][0]["process"]
    assert found(worker="karin") == found(worker="karin", process=process, version=1) == [case]
    assert found(worker="sten") == found(responsible="karin") == found(about={"register": "people", "key": "p-1"}) == []
    assert found(process=process, version=9) == []
    assert auditor.get(f"/api/v1/cases?process={process}&version=1").json()["items"][0]["id"] == case
    assert auditor.post(SEARCH, json={"version": 1}).json()["problems"][0]["path"] == "/process"
    assert auditor.post(SEARCH, json={}).status_code == 422
    assert browser_of("sten").post(SEARCH, json={"worker": "karin"}).json()["items"] == []
