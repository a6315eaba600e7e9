"""Answers made smaller: for those who take it, and never where their length could tell a stranger a secret."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.api.conftest import Browser

LARGE = "/api/v1/registers"
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def lots(content: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.compression._SMALLEST_BYTES", 100)


def test_a_large_answer_is_compressed_and_says_so(lots: None, karin: Browser) -> None:
    plain = karin.get(LARGE, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    answer = karin.get(LARGE, headers=GZIP)
    assert answer.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["vary"]
    assert int(answer.headers["content-length"]) < len(plain.content)
    assert len(gzip.compress(plain.content, 5, mtime=0)) == int(answer.headers["content-length"])
    assert answer.json() == plain.json()


def test_a_small_answer_is_not(content: None, karin: Browser) -> None:
    answer = karin.get("/api/v1/health/live", headers=GZIP)
    assert "content-encoding" not in answer.headers
    assert answer.status_code == 200


@pytest.mark.parametrize("refused", ["gzip;q=0", "br", "identity"])
def test_it_is_sent_as_it_is_to_those_who_do_not_take_gzip(lots: None, karin: Browser, refused: str) -> None:
    assert "content-encoding" not in karin.get(LARGE, headers={"Accept-Encoding": refused}).headers


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_measure_an_answer_that_it_had_asked_for(lots: None, karin: Browser, site: str) -> None:
    answer = karin.get(LARGE, headers={**GZIP, "Sec-Fetch-Site": site})
    assert (answer.status_code, "content-encoding" in answer.headers) == (200, False)
    assert "content-encoding" in karin.get(LARGE, headers={**GZIP, "Sec-Fetch-Site": "same-origin"}).headers


def test_the_answer_with_the_token_is_never_compressed(lots: None, karin: Browser, stranger: Browser) -> None:
    answer = karin.get("/api/v1/session", headers=GZIP)
    assert len(answer.content) > 100
    assert ("csrfToken" in answer.json(), "content-encoding" in answer.headers) == (True, False)
    who = {"name": "karin", "password": "rätt häst batteri"}
    signed_in = stranger.request("POST", "/api/v1/session", json=who, headers=GZIP)
    assert ("csrfToken" in signed_in.json(), "content-encoding" in signed_in.headers) == (True, False)


def test_a_refusal_is_compressed_like_any_answer_and_keeps_what_it_varies_by(lots: None, karin: Browser) -> None:
    answer = karin.post("/api/v1/registers/topics/names", json={"keys": ["x"] * 201})
    assert answer.status_code == 400
    vary = {name.strip() for name in answer.headers["vary"].split(",")}
    assert {"Accept-Language", "Accept-Encoding"} <= vary
    assert json.loads(answer.content)["code"] == "invalid-request"
