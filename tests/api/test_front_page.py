"""The page at `/`."""

from __future__ import annotations

import re

from tests.api.conftest import Browser


def test_it_says_what_this_is_in_both_languages(stranger: Browser) -> None:
    answer = stranger.get("/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert 'lang="sv"' in answer.text
    assert 'lang="en"' in answer.text
    assert "/api/v1/openapi.json" in answer.text
    assert "X-CSRF-Token" in answer.text


def test_it_loads_nothing_from_elsewhere(stranger: Browser) -> None:
    answer = stranger.get("/")
    assert not re.search(r"<script|src=|https?://|style=", answer.text)
    assert re.search(r"style-src 'sha256-[A-Za-z0-9+/=]+'", answer.headers["content-security-policy"])


def test_its_links_lead_somewhere(stranger: Browser) -> None:
    for address in set(re.findall(r'href="([^"]+)"', stranger.get("/").text)):
        assert stranger.get(address).status_code == 200
