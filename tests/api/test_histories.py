"""Long histories: chosen and in pages, their outline, and what it takes to walk them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.commands import telling
from engine.ids import CaseId

from .conftest import Browser, BrowserOf, start, write_notes

CASES = "/api/v1/cases"


@pytest.fixture
def history(content: None, karin: Browser, clock: FixedClock) -> str:
    """The address of the history of a case with two notes and an incident."""
    id_ = start(karin, amount=0)["id"]
    clock.move_to(clock.now() + timedelta(hours=1))
    write_notes(karin)
    return f"{CASES}/{id_}/history"


def test_events_are_chosen_by_what_they_are_about_by_whom_and_where(history: str, karin: Browser) -> None:
    everything = karin.get(history).json()["items"]
    for query, chosen in (
        ("sort=incidents", [one for one in everything if one["type"] == "incident-opened"]),
        ("sort=people", [one for one in everything if one["sort"] == "people"]),
        ("element=look", [one for one in everything if one["element"] == "look"]),
        ("actor=karin", [one for one in everything if one["actor"]["id"] == "karin"]),
        ("story=true", [one for one in everything if not one["isDetail"]]),
        ("story=true&sort=people&element=ask", [one for one in everything if one["type"] == "task-completed"][1:]),
        ("actor=nobody", []),
    ):
        assert karin.get(f"{history}?{query}").json() == {"items": chosen, "next": None}, query
    assert karin.get(f"{history}?sort=weather").status_code == 400


def test_chosen_events_come_in_pages(history: str, karin: Browser) -> None:
    everything = karin.get(f"{history}?sort=data").json()["items"]
    found, after = [], 0
    while after is not None:
        page = karin.get(f"{history}?sort=data&limit=1&after={after}").json()
        found += page["items"]
        after = page["next"]
    assert found == everything


def test_a_page_ends_after_so_many_events_though_few_fit(history: str, karin: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "MOST_LOOKED_AT", 3)
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    first = karin.get(f"{history}?sort=incidents&limit=3").json()
    assert first == {"items": [], "next": 3}
    found, after = [], 0
    while after is not None:
        page = karin.get(f"{history}?sort=incidents&limit=3&after={after}").json()
        found += page["items"]
        after = page["next"]
    assert [one["type"] for one in found] == ["incident-opened"]


def test_a_completed_task_tells_what_it_wrote(history: str, karin: Browser) -> None:
    told = {one["type"]: one for one in karin.get(f"{history}?element=look").json()["items"]}
    (change,) = [one for one in told["task-completed"]["written"] if one["path"] == "note"]
    assert change["after"] == "Found"
    assert told["task-completed"]["written"] == told["data-changed"]["payload"]["changes"]
    assert told["task-created"]["written"] == []
    (alone,) = karin.get(f"{history}?after={told['task-completed']['sequence'] - 1}&limit=1").json()["items"]
    assert alone == told["task-completed"]


def test_an_outline_tells_what_there_is(history: str, karin: Browser) -> None:
    outline = karin.get(f"{history}/outline").json()
    assert outline["length"] == len(karin.get(history).json()["items"])
    assert {one["id"] for one in outline["people"]} == {"karin"}
    assert {"element": "look", "name": "Look into it", "nameEn": "Look into it"} in outline["elements"]
    (ran,) = outline["ran"]
    assert (ran["path"], ran["process"], ran["since"]) == ("", "errand", 1)


def test_a_history_that_is_erased_still_tells_which_diagram_ran(history: str, karin: Browser, engine: CaseEngine) -> None:
    before = karin.get(f"{history}/outline").json()
    assert before["erased"] == 0
    case_id = history.removeprefix(f"{CASES}/").removesuffix("/history")
    engine.erase_history(SYSTEM, CaseId(case_id), [*range(1, before["length"] + 1)], reason="Plan 2025:4")
    after = karin.get(f"{history}/outline").json()
    assert (after["erased"], after["ran"]) == (before["length"], before["ran"])
    (start_event,) = karin.get(f"{history}/walk?limit=1").json()["items"]
    assert start_event["payload"] == {"process": "errand", "version": before["ran"][0]["version"]}
    assert {one["element"]: one["name"] for one in after["elements"]}["look"] == "Look into it"
    (task,) = karin.get(f"{history}/walk?after=5&limit=1").json()["items"]
    assert task["payload"] == {"name": "Look into it", "nameEn": "Look into it"}


def test_a_walk_has_every_event_and_no_more_of_each_than_it_takes(history: str, karin: Browser) -> None:
    events = karin.get(history).json()["items"]
    walk = karin.get(f"{history}/walk?limit=4").json()
    assert walk["next"] == 4
    rest = karin.get(f"{history}/walk?after=4").json()
    assert rest["next"] is None
    walked = walk["items"] + rest["items"]
    assert [one["sequence"] for one in walked] == [one["sequence"] for one in events]
    assert set(walked[0]) == {"sequence", "type", "at", "element", "payload"}
    assert walked[0]["payload"]["version"]
    assert [one["payload"]["changes"] for one in walked if one["type"] == "data-changed"] == [
        one["payload"]["changes"] for one in events if one["type"] == "data-changed"
    ]


def test_a_history_is_for_those_who_may_read_the_case(history: str, browser_of: BrowserOf, stranger: Browser) -> None:
    for what in ("outline", "walk"):
        assert stranger.get(f"{history}/{what}").status_code == 401
        assert browser_of("sten").get(f"{history}/{what}").status_code == 404


def test_data_and_erased_steps_are_told_by_what_they_are_called(
    history: str, karin: Browser, browser_of: BrowserOf, engine: CaseEngine
) -> None:
    case_id = history.removeprefix(f"{CASES}/").removesuffix("/history")
    correction = {"changes": {"share": 2}, "reason": "Counted by hand"}
    assert browser_of("hedda").patch(f"{CASES}/{case_id}/data", json=correction).status_code == 200
    engine.erase_history(SYSTEM, CaseId(case_id), [6], reason="Plan 2025:4")
    told = {one["sequence"]: one["text"] for one in karin.get(history).json()["items"]}
    assert told[2] == {
        "sv": "Uppgifter skrevs: “Vad gäller det?”, “Belopp”.",
        "en": "Data were written: “What is it about?”, “Amount”.",
    }
    assert told[6] == {
        "sv": "Uppgiften “Look into it” skapades. (Uppgifterna är gallrade.)",
        "en": "The task “Look into it” was created. (The details have been erased.)",
    }
    assert told[15]["sv"].endswith(" rättade uppgifterna: “Andel”: inget → 2. Skäl: Counted by hand.")
    assert told[15]["en"].endswith(" corrected the data: “Share”: nothing → 2. Reason: Counted by hand.")
