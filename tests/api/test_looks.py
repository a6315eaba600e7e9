"""Who has looked at a case, as auditors are told."""

from __future__ import annotations

from .conftest import Browser, BrowserOf, start

CASES = "/api/v1/cases"


def test_auditors_are_told_who_looked_at_what_the_latest_first(content: None, karin: Browser, browser_of: BrowserOf) -> None:
    id_ = start(karin)["id"]
    karin.get(f"{CASES}/{id_}")
    auditor = browser_of("audun")
    auditor.get(f"{CASES}/{id_}/history")
    looks = auditor.get(f"{CASES}/{id_}/looks").json()
    assert [(one["who"]["name"], one["what"]) for one in looks["items"]] == [("Audun Lind", "history"), ("Karin Lind", "case")]
    assert looks["next"] is None
    assert auditor.get(f"{CASES}/{id_}/looks").json()["items"][0]["what"] == "looks", "this look is on record too"


def test_looks_come_in_pages(content: None, karin: Browser, browser_of: BrowserOf) -> None:
    id_ = start(karin)["id"]
    for _ in range(3):
        karin.get(f"{CASES}/{id_}")
    auditor = browser_of("audun")
    first = auditor.get(f"{CASES}/{id_}/looks?limit=2").json()
    last = auditor.get(f"{CASES}/{id_}/looks?limit=2&before={first['next']}").json()
    assert [len(first["items"]), [one["what"] for one in last["items"]], last["next"]] == [2, ["case"], None]


def test_nobody_else_is_told(content: None, karin: Browser, browser_of: BrowserOf) -> None:
    id_ = start(karin)["id"]
    assert karin.get(f"{CASES}/{id_}/looks").json()["code"] == "not-allowed"
    assert browser_of("sten").get(f"{CASES}/{id_}/looks").status_code == 404
    assert browser_of("admira").get(f"{CASES}/{id_}/looks").status_code == 404
