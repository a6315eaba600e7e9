"""Local accounts and units from the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.bootstrap import open_engine
from engine.clock import SystemClock
from engine.commands.sessions import find_session, sign_in
from engine.ports import Store
from engine.settings import Settings
from tests.cli.conftest import Stegvis

PASSWORD = "fyra gula hästar"


@pytest.fixture
def empty(stegvis: Stegvis) -> Stegvis:
    """An installation with a database and nobody in it."""
    assert stegvis("db", "upgrade").exit_code == 0
    return stegvis


@pytest.fixture
def store(env: dict[str, str], empty: Stegvis) -> Store:
    return open_engine(Settings.from_environment(env)).store


def add(stegvis: Stegvis, name: str, *more: str) -> None:
    result = stegvis("user", "add", name, *more, stdin=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output


def listed(stegvis: Stegvis) -> dict[str, Any]:
    return {one["name"]: one for one in json.loads(stegvis("user", "list", "--json").stdout)}


def test_the_first_people_of_an_installation(empty: Stegvis, store: Store) -> None:
    assert "no account yet" in empty("user", "list").output
    assert empty("unit", "add", "norr", "Centrum Norr").exit_code == 0
    assert json.loads(empty("unit", "list", "--json").stdout) == [{"id": "norr", "name": "Centrum Norr"}]
    add(empty, "karin", "--full-name", "Karin Ek", "--member", "norr:coach, reception", "--head", "norr")
    assert listed(empty)["karin"] == {
        "name": "karin",
        "fullName": "Karin Ek",
        "units": [{"unit": "norr", "groups": ["coach", "reception"], "manages": True}],
        "roles": [],
        "isActive": True,
    }
    assert "coach, reception" in empty("user", "list").output
    assert sign_in(store, "karin", PASSWORD, now=SystemClock().now()) is not None
    assert sign_in(store, "karin", "fel", now=SystemClock().now()) is None


def test_what_is_given_replaces_and_the_rest_stays(empty: Stegvis) -> None:
    for unit in ("norr", "soder"):
        empty("unit", "add", unit, unit.title())
    add(empty, "karin", "--member", "norr:coach", "--role", "auditor")
    assert empty("user", "change", "karin", "--member", "soder").exit_code == 0
    changed = listed(empty)["karin"]
    assert (changed["units"], changed["roles"]) == ([{"unit": "soder", "groups": [], "manages": False}], ["auditor"])
    assert empty("user", "change", "karin", "--no-roles", "--no-units", "--full-name", "Karin").exit_code == 0
    assert {**listed(empty)["karin"], "name": ""} == {
        "name": "", "fullName": "Karin", "units": [], "roles": [], "isActive": True,
    }  # fmt: skip


def test_a_new_password_or_a_closed_account_ends_its_sessions(empty: Stegvis, store: Store) -> None:
    add(empty, "karin")
    now = SystemClock().now()
    signed = sign_in(store, "karin", PASSWORD, now=now)
    assert signed is not None
    assert empty("user", "password", "karin", stdin="sju blå elefanter\n" * 2).exit_code == 0
    assert find_session(store, signed[1], now=now) is None
    assert sign_in(store, "karin", PASSWORD, now=now) is None
    again = sign_in(store, "karin", "sju blå elefanter", now=now)
    assert again is not None
    assert empty("user", "close", "karin").exit_code == 0
    assert find_session(store, again[1], now=now) is None
    assert empty("user", "reopen", "karin").exit_code == 0
    assert find_session(store, again[1], now=now) is None, "an old session does not come back"
    assert sign_in(store, "karin", "sju blå elefanter", now=now) is not None


def test_only_an_administrator_may_and_it_is_recorded(empty: Stegvis, store: Store) -> None:
    add(empty, "root", "--role", "administrator")
    add(empty, "karin")
    refused = empty("user", "add", "erik", "--as", "karin", stdin=f"{PASSWORD}\n{PASSWORD}\n")
    assert (refused.exit_code, "Only an administrator" in refused.output) == (1, True)
    assert empty("unit", "add", "norr", "Norr", "--as", "karin").exit_code == 1
    assert empty("user", "close", "karin", "--as", "root").exit_code == 0
    with store.read() as work:
        looks = [(one.actor, one.what) for one in work.access_log.of_subject("user:karin")]
    assert looks == [("system", "account-added"), ("root", "account-closed")]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("user", "add", "karin"), "already"),
        (("user", "add", "Karin Ek"), "small letters"),
        (("user", "add", "erik", "--member", "gone"), "unit"),
        (("user", "change", "erik"), "no user"),
        (("user", "close", "erik"), "no user"),
        (("unit", "add", "norr", "Norr"), "already"),
        (("unit", "add", "../norr", "Norr"), "small letters"),
    ],
)
def test_mistakes_are_told_and_nothing_is_stored(empty: Stegvis, arguments: tuple[str, ...], told: str) -> None:
    add(empty, "karin")
    empty("unit", "add", "norr", "Norr")
    before = listed(empty)
    result = empty(*arguments, stdin=f"{PASSWORD}\n{PASSWORD}\n")
    assert (result.exit_code, told in result.output) == (1, True), result.output
    assert listed(empty) == before


def test_a_short_password_is_refused(empty: Stegvis) -> None:
    result = empty("user", "add", "karin", stdin="kort\nkort\n")
    assert (result.exit_code, "12 characters" in result.output) == (1, True)
    assert listed(empty) == {}
