"""Signing in, staying signed in, and out."""

from __future__ import annotations

import hashlib
import threading
from datetime import datetime, timedelta

import pytest
from litestar.testing import TestClient

from api.app import create_app
from api.settings import ApiSettings
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.ids import UserId
from engine.ports import User
from engine.storage.memory import MemoryStore, MemoryUnitOfWork
from tests.api.conftest import PASSWORD, Browser

SIGN_IN = "/api/v1/session"
KARIN = {"name": "karin", "password": PASSWORD}


def test_signing_in_tells_who_one_is(stranger: Browser) -> None:
    answer = stranger.post(SIGN_IN, json=KARIN)
    assert answer.status_code == 201
    assert answer.json() == {
        "userId": "karin",
        "name": "Karin Lind",
        "memberships": [{"unit": "north", "groups": ["coach"], "manages": False}],
        "roles": [],
        "csrfToken": answer.json()["csrfToken"],
        "expiresAt": "2025-02-03T20:00:00Z",
    }
    assert stranger.get(SIGN_IN).json() == answer.json()


def test_the_cookie_is_closed_to_scripts_and_other_sites(stranger: Browser) -> None:
    cookie = stranger.post(SIGN_IN, json=KARIN).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Max-Age=28800" in cookie
    assert "Secure" not in cookie


def test_over_https_the_cookie_is_kept_to_this_host(engine: CaseEngine) -> None:
    with TestClient(create_app(engine, ApiSettings(secure_cookies=True)), base_url="https://testserver.local") as client:
        answer = client.post(SIGN_IN, json=KARIN)
        assert answer.headers["set-cookie"].startswith("__Host-stegvis-session=")
        assert "; Secure" in answer.headers["set-cookie"]
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert client.get(SIGN_IN).status_code == 200


def test_only_the_digest_of_the_secret_is_stored(stranger: Browser, store: MemoryStore) -> None:
    stranger.post(SIGN_IN, json=KARIN)
    secret = stranger.cookies["stegvis-session"]
    with store.read() as work:
        assert work.people.session(secret) is None
        session = work.people.session(hashlib.sha256(secret.encode()).hexdigest())
    assert session is not None
    assert session.user_id == "karin"


def test_a_password_typed_in_decomposed_letters_is_the_same(stranger: Browser) -> None:
    decomposed = {"name": "karin", "password": "ra\u0308tt ha\u0308st batteri"}
    assert stranger.post(SIGN_IN, json=decomposed).status_code == 201


def test_unknown_name_and_wrong_password_get_the_same_answer(stranger: Browser) -> None:
    wrong = stranger.post(SIGN_IN, json={"name": "karin", "password": "fel"})
    unknown = stranger.post(SIGN_IN, json={"name": "nobody", "password": "fel"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert wrong.json()["code"] == "sign-in-refused"
    assert "set-cookie" not in wrong.headers


@pytest.mark.parametrize(
    "account",
    [
        User(UserId("shut"), "shut", "Shut Lind", "", frozenset()),
        User(UserId("gone"), "gone", "Gone Lind", "not a hash", frozenset()),
    ],
)
def test_an_account_without_a_usable_password_cannot_sign_in(stranger: Browser, store: MemoryStore, account: User) -> None:
    with store.write() as work:
        work.people.put_user(account)
        work.commit()
    for password in ("x", PASSWORD, account.password_hash or "y"):
        assert stranger.post(SIGN_IN, json={"name": account.name, "password": password}).status_code == 401


def test_a_closed_account_is_out_at_once(karin: Browser, stranger: Browser, store: MemoryStore) -> None:
    with store.write() as work:
        user = work.people.user(UserId("karin"))
        assert user is not None
        work.people.put_user(User(user.id, user.name, user.full_name, user.password_hash, is_active=False))
        work.commit()
    assert karin.get(SIGN_IN).status_code == 401
    assert stranger.post(SIGN_IN, json=KARIN).status_code == 401


def test_a_session_ends_after_eight_hours(karin: Browser, clock: FixedClock) -> None:
    clock.move_to(clock.now() + timedelta(hours=8) - timedelta(seconds=1))
    assert karin.get(SIGN_IN).status_code == 200
    clock.move_to(clock.now() + timedelta(seconds=1))
    assert karin.get(SIGN_IN).status_code == 401


def test_signing_out_ends_the_session_on_the_server(karin: Browser) -> None:
    secret = karin.cookies["stegvis-session"]
    answer = karin.delete(SIGN_IN)
    assert answer.status_code == 204
    assert "Max-Age=0" in answer.headers["set-cookie"]
    karin.cookies["stegvis-session"] = secret
    assert karin.get(SIGN_IN).status_code == 401


@pytest.mark.parametrize("secret", ["", "x", "x" * 5000, "å", "'; drop table session"])
def test_a_made_up_secret_signs_nobody_in(stranger: Browser, secret: str) -> None:
    answer = stranger.get(SIGN_IN, headers={"Cookie": f"stegvis-session={secret}".encode()})
    assert answer.status_code == 401
    assert answer.json()["code"] == "not-signed-in"


@pytest.mark.parametrize("token", ["", "wrong", "å" * 10])
def test_a_change_without_the_right_token_is_refused(karin: Browser, token: str) -> None:
    answer = karin.delete(SIGN_IN, headers={"X-CSRF-Token": token.encode()})
    assert answer.status_code == 403
    assert answer.json()["code"] == "csrf-token-wrong"
    assert karin.get(SIGN_IN).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://testserver.local.evil.example", "ftp://testserver.local"]
)
def test_a_change_from_another_site_is_refused(karin: Browser, origin: str) -> None:
    assert karin.delete(SIGN_IN, headers={"Origin": origin}).json()["code"] == "foreign-origin"
    assert karin.post(SIGN_IN, json=KARIN, headers={"Origin": origin}).json()["code"] == "foreign-origin"


def test_a_change_from_our_own_pages_passes(karin: Browser) -> None:
    assert karin.delete(SIGN_IN, headers={"Origin": "http://testserver.local"}).status_code == 204


def test_behind_a_proxy_the_public_address_is_ours() -> None:
    settings = ApiSettings(public_url="https://stegvis.example.se")
    assert settings.is_own_origin("https://stegvis.example.se", "backend:8080")
    assert not settings.is_own_origin("http://stegvis.example.se", "backend:8080")
    assert not settings.is_own_origin("http://backend:8080", "backend:8080")


def test_repeated_failures_are_slowed_down_for_known_and_unknown_names(stranger: Browser, clock: FixedClock) -> None:
    for name in ("karin", "nobody"):
        wrong = {"name": name, "password": "fel"}
        assert [stranger.post(SIGN_IN, json=wrong).status_code for _ in range(5)] == [401] * 5
        refused = stranger.post(SIGN_IN, json={"name": name, "password": PASSWORD})
        assert refused.status_code == 429
        assert refused.json()["code"] == "too-many-attempts"
        assert int(refused.headers["retry-after"]) == 3
    assert stranger.post(SIGN_IN, json={"name": "olle", "password": PASSWORD}).status_code == 201
    clock.move_to(clock.now() + timedelta(seconds=3))
    assert stranger.post(SIGN_IN, json=KARIN).status_code == 201
    assert stranger.post(SIGN_IN, json={"name": "karin", "password": "fel"}).status_code == 401


@pytest.mark.parametrize("is_far", [False, True])
def test_a_database_that_is_waited_for_keeps_no_other_request_waiting_while_a_session_is_read(
    karin: Browser, clock: FixedClock, store: MemoryStore, monkeypatch: pytest.MonkeyPatch, *, is_far: bool
) -> None:
    serving, reading = [], []
    now, read = clock.now, store.read

    def tell_time() -> datetime:  # which the request asks for itself
        serving.append(threading.get_ident())
        return now()

    def begin_to_read() -> MemoryUnitOfWork:
        reading.append(threading.get_ident())
        return read()

    monkeypatch.setattr(MemoryStore, "is_far", is_far)
    monkeypatch.setattr(clock, "now", tell_time)
    monkeypatch.setattr(store, "read", begin_to_read)
    assert karin.get(SIGN_IN).status_code == 200
    assert (set(serving) != set(reading)) is is_far
