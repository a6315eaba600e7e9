"""Units and users."""

from __future__ import annotations

import pytest

from tests.api.conftest import Browser, BrowserOf


@pytest.mark.parametrize(("who", "units"), [("karin", ["north"]), ("audun", ["north", "south"]), ("dag", [])])
def test_one_sees_the_units_whose_cases_one_may_read(browser_of: BrowserOf, who: str, units: list[str]) -> None:
    assert [unit["id"] for unit in browser_of(who).get("/api/v1/units").json()["items"]] == units


def test_one_sees_colleagues_but_no_password(karin: Browser) -> None:
    answer = karin.get("/api/v1/users")
    people = {user["id"]: user for user in answer.json()["items"]}
    assert set(people) == {"karin", "olle", "rut", "hedda"}
    assert people["hedda"] == {
        "id": "hedda",
        "name": "Hedda Lind",
        "memberships": [{"unit": "north", "groups": ["coach", "unit-head"], "manages": True}],
    }
    assert "argon2" not in answer.text
    assert karin.get("/api/v1/users?unit=south").json()["items"] == []


def test_groups_are_called_what_lanes_are(case_id: str, karin: Browser) -> None:
    answer = karin.get("/api/v1/groups")
    assert answer.json() == {"items": [{"key": "coach", "name": "Coacher", "nameEn": "Coaches"}], "next": None}
    assert karin.get("/api/v1/groups").json() == answer.json()
