"""Incidents over HTTP: lists, causes, and trying many again."""

from __future__ import annotations

from typing import Any

import pytest

from engine.case import Case, Incident
from engine.commands import incidents
from engine.commands.occurrence import Occurrence
from engine.errors import Misconfigured
from tests.api.conftest import Browser, BrowserOf, start, write_notes

INCIDENTS = "/api/v1/incidents"


@pytest.fixture
def hedda(browser_of: BrowserOf) -> Browser:
    """The head of the northern office."""
    return browser_of("hedda")


@pytest.fixture
def cases(content: None, karin: Browser) -> list[str]:
    """Three cases that stand still at the same step."""
    begun = []
    for _ in range(3):
        begun.append(str(start(karin, amount=0)["id"]))
        write_notes(karin)
    return begun


def listed(browser: Browser, query: str = "") -> dict[str, Any]:
    answer: dict[str, Any] = browser.get(f"{INCIDENTS}{query}").json()
    return answer


def mend(hedda: Browser, case: str) -> None:
    body = {"changes": {"amount": 5}, "reason": "typed wrong"}
    assert hedda.patch(f"/api/v1/cases/{case}/data", json=body).status_code == 200


def test_incidents_come_in_pages_and_by_what_is_asked_for(cases: list[str], hedda: Browser) -> None:
    whole = [row["incident"]["id"] for row in listed(hedda)["items"]]
    first = listed(hedda, "?limit=2")
    second = listed(hedda, f"?limit=2&cursor={first['next']}")
    assert [row["incident"]["id"] for row in (*first["items"], *second["items"])] == whole
    assert second["next"] is None
    for query in ("?process=errand&version=1", "?element=share", "?kind=expression-failed", "?unit=north"):
        assert len(listed(hedda, query)["items"]) == 3, query
    for query in ("?process=other", "?element=x", "?kind=no-flow", "?unit=south", "?openedBefore=2020-01-01T00:00:00Z"):
        assert listed(hedda, query)["items"] == [], query
    assert hedda.get(f"{INCIDENTS}?version=1").json()["code"] == "rejected"
    assert hedda.get(f"{INCIDENTS}?cursor=x").json()["code"] == "rejected"
    assert listed(hedda, "?state=resolved")["items"] == []


def test_what_stands_still_for_one_cause_is_one_group(cases: list[str], hedda: Browser, karin: Browser) -> None:
    (group,) = hedda.get("/api/v1/incident-groups").json()["items"]
    assert (group["count"], group["operated"], group["element"], group["name"]) == (3, 3, "share", "Share the cost")
    assert (group["toBeSeen"], group["attempts"]) == (False, 3)
    assert group["text"]["sv"].startswith("Ett villkor eller en beräkning")
    assert group["message"] == group["told"]["en"]
    assert group["told"]["en"].startswith("Share the cost: The script failed: ")
    assert group["told"]["sv"].startswith("Share the cost: Skriptet misslyckades: ")
    assert [row["incident"]["told"] for row in listed(hedda)["items"]] == [group["told"]] * 3
    (hers,) = karin.get("/api/v1/incident-groups").json()["items"]
    assert (hers["count"], hers["operated"]) == (3, 0)


def test_many_are_tried_again_by_what_they_have_in_common(cases: list[str], hedda: Browser) -> None:
    (group,) = hedda.get("/api/v1/incident-groups").json()["items"]
    mend(hedda, cases[0])
    chosen = {name: group[name] for name in ("process", "element", "kind", "message")}
    body = {"chosen": chosen, "reason": "mended", "limit": 2}
    first = hedda.post(f"{INCIDENTS}/retry", json=body).json()
    assert [one["outcome"] for one in first["items"]] == ["resolved", "failed-again"]
    assert (first["left"], first["items"][1]["incident"]["attempts"], first["items"][1]["why"]) == (1, 2, None)
    rest = hedda.post(f"{INCIDENTS}/retry", json={**body, "cursor": first["next"]}).json()
    assert ([one["outcome"] for one in rest["items"]], rest["next"], rest["left"]) == (["failed-again"], None, 0)
    (solved,) = listed(hedda, "?state=resolved")["items"]
    assert solved["incident"]["resolvedAt"] is not None
    assert solved["case"]["id"] == cases[0]


def test_doing_it_twice_does_no_harm(cases: list[str], hedda: Browser) -> None:
    mend(hedda, cases[0])
    ids = [row["incident"]["id"] for row in listed(hedda)["items"] if row["case"]["id"] == cases[0]]
    body = {"ids": ids, "reason": "mended"}
    key = {"Idempotency-Key": "0123456789abcdef"}
    first = hedda.post(f"{INCIDENTS}/retry", json=body, headers=key).json()
    assert [one["outcome"] for one in first["items"]] == ["resolved"]
    (again,) = hedda.post(f"{INCIDENTS}/retry", json=body, headers=key).json()["items"]
    assert again["outcome"] == "refused"
    assert again["why"]["sv"] == f"Hindret {ids[0]} är redan undanröjt."
    assert again["case"]["id"] == cases[0]


def test_each_case_keeps_the_reason(cases: list[str], hedda: Browser) -> None:
    hedda.post(f"{INCIDENTS}/retry", json={"chosen": {}, "reason": "The printer is back"})
    for case in cases:
        events = hedda.get(f"/api/v1/cases/{case}/history").json()["items"]
        assert any(event["text"]["en"].endswith("Reason: The printer is back.") for event in events)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"reason": "r"}, 422),
        ({"reason": "r", "ids": ["x"], "chosen": {}}, 422),
        ({"chosen": {}}, 400),
        ({"chosen": {}, "reason": "  "}, 400),
        ({"reason": "r", "ids": []}, 400),
        ({"reason": "r", "ids": ["x"] * 201}, 400),
        ({"reason": "r", "chosen": {"state": "resolved"}}, 400),
        ({"reason": "r", "chosen": {"version": 1}}, 422),
        ({"reason": "r", "chosen": {}, "cursor": "x"}, 422),
    ],
)
def test_what_says_nothing_clear_is_refused(cases: list[str], hedda: Browser, body: dict[str, object], status: int) -> None:
    assert hedda.post(f"{INCIDENTS}/retry", json=body).status_code == status
    assert [row["incident"]["attempts"] for row in listed(hedda)["items"]] == [1, 1, 1]


def test_only_who_operates_cases_tries_again(cases: list[str], browser_of: BrowserOf, karin: Browser) -> None:
    for name in ("karin", "audun"):
        answer = browser_of(name).post(f"{INCIDENTS}/retry", json={"chosen": {}, "reason": "r"})
        assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")
    id_ = listed(karin)["items"][0]["incident"]["id"]
    (unknown,) = browser_of("sten").post(f"{INCIDENTS}/retry", json={"ids": [id_], "reason": "r"}).json()["items"]
    assert (unknown["outcome"], unknown["case"], unknown["incident"]) == ("refused", None, None)


def test_what_was_done_stays_done_when_a_later_one_breaks_off(
    cases: list[str], hedda: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    mend(hedda, cases[0])
    ids = [row["incident"]["id"] for row in listed(hedda)["items"]]
    retry = incidents.retry

    def breaks(at: Occurrence, id_: str, *, reason: str | None = None) -> tuple[Incident, Case]:
        if id_ == ids[1]:
            raise Misconfigured("The disk is full.")
        return retry(at, id_, reason=reason)

    monkeypatch.setattr(incidents, "retry", breaks)
    body = {"chosen": {}, "reason": "mended"}
    answer = hedda.post(f"{INCIDENTS}/retry", json=body, headers={"Idempotency-Key": "0123456789abcdef"})
    assert answer.status_code == 503
    assert [row["incident"]["id"] for row in listed(hedda)["items"]] == ids[1:]
