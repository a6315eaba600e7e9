"""Saved views of the task list."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Browser, BrowserOf

VIEWS = "/api/v1/saved-views"
LATE = {"name": " Mina  försenade i Söder ", "search": {"show": "mine", "due": "overdue", "unit": "south"}}


def save(browser: Browser, body: dict[str, Any]) -> dict[str, Any]:
    answer = browser.post(VIEWS, json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def listed(browser: Browser) -> list[dict[str, Any]]:
    return list(browser.get(VIEWS).json()["items"])


def test_a_view_is_found_again_renamed_and_forgotten(karin: Browser) -> None:
    view = save(karin, LATE)
    assert view == {"id": view["id"], "name": "Mina försenade i Söder", "search": LATE["search"], "isStart": False}
    other = save(karin, {"name": "Alla", "search": {}})
    assert listed(karin) == [other, view]
    renamed = karin.patch(f"{VIEWS}/{view['id']}", json={"name": "A"}).json()
    assert renamed == {**view, "name": "A"}
    searched = karin.patch(f"{VIEWS}/{view['id']}", json={"search": {"show": "free"}}).json()
    assert searched == {**view, "name": "A", "search": {"show": "free"}}
    assert karin.delete(f"{VIEWS}/{view['id']}").status_code == 204
    assert listed(karin) == [other]


def test_one_view_at_most_is_the_start(karin: Browser, browser_of: BrowserOf) -> None:
    olle = browser_of("olle")
    theirs = save(olle, {**LATE, "isStart": True})
    first = save(karin, {**LATE, "isStart": True})
    second = save(karin, {"name": "Alla", "search": {}, "isStart": True})
    assert listed(karin) == [second, {**first, "isStart": False}]
    karin.patch(f"{VIEWS}/{first['id']}", json={"isStart": True})
    assert listed(karin) == [{**second, "isStart": False}, first]
    karin.patch(f"{VIEWS}/{first['id']}", json={"isStart": False})
    assert [view["isStart"] for view in listed(karin)] == [False, False]
    assert listed(olle) == [theirs]


def test_nobody_sees_changes_or_forgets_another_ones_view(karin: Browser, browser_of: BrowserOf) -> None:
    view = save(karin, LATE)
    olle = browser_of("olle")
    assert listed(olle) == []
    assert olle.patch(f"{VIEWS}/{view['id']}", json={"name": "Min"}).json()["code"] == "not-found"
    assert olle.delete(f"{VIEWS}/{view['id']}").json()["code"] == "not-found"
    save(olle, LATE)
    assert listed(karin) == [view]


def test_a_name_is_ones_own_only_once_and_says_something(karin: Browser) -> None:
    view = save(karin, LATE)
    assert karin.post(VIEWS, json={**LATE, "name": view["name"]}).json()["code"] == "conflict"
    other = save(karin, {"name": "Alla", "search": {}})
    assert karin.patch(f"{VIEWS}/{other['id']}", json={"name": view["name"]}).json()["code"] == "conflict"
    for name in (" ", "x" * 81):
        assert karin.post(VIEWS, json={**LATE, "name": name}).status_code == 400
    refused = karin.post(VIEWS, json={**LATE, "name": "19121212-1212"})
    assert (refused.status_code, refused.json()["problems"][0]["path"]) == (422, "/name")


@pytest.mark.parametrize("search", [{"show": 1}, {"x" * 51: ""}, {"show": "x" * 201}, {str(n): "" for n in range(21)}, []])
def test_a_search_is_texts_by_name(karin: Browser, search: object) -> None:
    assert karin.post(VIEWS, json={"name": "Alla", "search": search}).status_code == 400


def test_nobody_keeps_views_without_end(karin: Browser) -> None:
    for number in range(50):
        save(karin, {"name": f"Nummer {number}", "search": {}})
    assert karin.post(VIEWS, json={"name": "En till", "search": {}}).json()["code"] == "not-possible"
