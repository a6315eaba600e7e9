"""A process in numbers: what is waited for, what was passed, and for whom it is counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.clock import FixedClock
from tests.api.conftest import Browser, BrowserOf, complete, start, write_notes

STATISTICS = "/api/v1/definitions/errand/statistics"


def step(answer: dict[str, Any], path: str) -> dict[str, Any]:
    return dict(next(one for one in answer["steps"] if one["path"] == path))


def test_steps_are_counted_with_their_names_and_times(case_id: str, karin: Browser, clock: FixedClock) -> None:
    clock.move_to(clock.now() + timedelta(hours=2))
    complete(karin, "look", {"note": "seen"})
    answer = karin.get(STATISTICS).json()
    assert {name: answer[name] for name in ("cases", "openCases", "lookedAt")} == {"cases": 1, "openCases": 1, "lookedAt": 1}
    assert answer["diagrams"] == [{"path": "", "process": "errand", "version": 1, "name": "Errand", "nameEn": "An errand"}]
    assert step(answer, "look") == {
        "path": "look",
        "call": "",
        "element": "look",
        "name": "Look into it",
        "nameEn": "Look into it",
        "kind": "userTask",
        "isDrawn": True,
        "waiting": 0,
        "waitingSince": None,
        "stuck": 0,
        "passed": 1,
        "timed": 1,
        "medianSeconds": 7200,
        "p90Seconds": 7200,
    }
    asked = step(answer, "ask")
    assert (asked["waiting"], asked["waitingSince"], asked["medianSeconds"]) == (1, "2025-02-03T12:00:00Z", None)
    assert step(answer, "begin")["passed"] == 1


def test_what_only_watches_is_not_where_cases_wait(case_id: str, karin: Browser) -> None:
    write_notes(karin)
    answer = karin.get(STATISTICS).json()
    assert step(answer, "tell")["waiting"] == 1
    assert not [one for one in answer["steps"] if one["path"] == "withdrawn"]


def test_an_incident_is_counted_where_it_is(content: None, karin: Browser) -> None:
    start(karin, amount=0)
    write_notes(karin)
    assert step(karin.get(STATISTICS).json(), "share")["stuck"] == 1


@pytest.mark.parametrize(("name", "cases"), [("karin", 1), ("rut", 1), ("sten", 0), ("audun", 1), ("admira", 0), ("dag", 0)])
def test_one_counts_the_cases_that_one_may_read(case_id: str, browser_of: BrowserOf, name: str, cases: int) -> None:
    answer = browser_of(name).get(STATISTICS)
    assert (answer.status_code, answer.json()["cases"]) == (200, cases)
    assert bool(answer.json()["steps"]) == bool(cases)


@pytest.mark.parametrize(
    ("query", "cases"),
    [
        ("version=1", 1),
        ("which=open", 1),
        ("which=ended", 0),
        ("unit=south", 0),
        ("startedFrom=2025-02-03T12:00:00Z", 1),
        ("startedBefore=2025-02-03T12:00:00Z", 0),
    ],
)
def test_statistics_are_narrowed(case_id: str, karin: Browser, query: str, cases: int) -> None:
    assert karin.get(f"{STATISTICS}?{query}").json()["cases"] == cases


def test_nobody_elses_name_or_answer_is_in_it(case_id: str, karin: Browser) -> None:
    text = karin.get(STATISTICS).text
    assert not [private for private in ("Keys", "Lind", case_id, "2025-000001") if private in text]


def test_what_is_not_there_is_not_found(content: None, karin: Browser, stranger: Browser) -> None:
    assert karin.get("/api/v1/definitions/nothing/statistics").status_code == 404
    assert karin.get(f"{STATISTICS}?version=7").status_code == 404
    assert karin.get(f"{STATISTICS}?which=both").status_code == 400
    assert stranger.get(STATISTICS).status_code == 401
