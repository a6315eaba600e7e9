"""The built web app, as browsers get it: compressed as they ask for, kept as long as it may be, and no other file."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.settings import ApiSettings
from engine.case_engine import CaseEngine

PAGE = b"<!doctype html><title>Stegvis</title>"
SCRIPT = b"export const step = 1;" * 100


@pytest.fixture
def build(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_bytes(PAGE)
    (folder / "favicon.svg").write_bytes(b"<svg/>")
    (folder / ".stamp").write_text("not for anybody")
    (folder / "assets" / "index-1a2b.js").write_bytes(SCRIPT)
    (folder / "assets" / "index-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT))
    (folder / "assets" / "index-1a2b.js.br").write_bytes(b"as brotli")
    (tmp_path / "secret.txt").write_text("outside")
    return folder


@pytest.fixture
def browser(engine: CaseEngine, build: Path) -> Iterator[TestClient[Litestar]]:
    with TestClient(create_app(engine, ApiSettings(), web=build)) as client:
        yield client


@pytest.mark.parametrize("address", ["/", "/sign-in", "/work", "/work/cases/c-1", "/design/packages", "/audit", "/about/x"])
def test_each_address_of_the_app_gives_its_one_page(browser: TestClient[Litestar], address: str) -> None:
    answer = browser.get(address)
    assert (answer.status_code, answer.content) == (200, PAGE)
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-cache"


def test_the_page_may_load_from_its_own_host_only_and_run_no_text(browser: TestClient[Litestar]) -> None:
    policy = browser.get("/work").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, deflate, br", "br"), ("gzip;q=0.5", "gzip"), ("br;q=0, gzip", "gzip")]
)
def test_a_file_comes_in_the_smallest_form_that_is_taken(
    browser: TestClient[Litestar], build: Path, accepted: str, encoding: str
) -> None:
    with browser.stream("GET", "/assets/index-1a2b.js", headers={"Accept-Encoding": accepted}) as answer:
        sent = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    suffix = {"br": ".br", "gzip": ".gz"}[encoding]
    assert sent == (build / "assets" / f"index-1a2b.js{suffix}").read_bytes()


def test_a_file_named_by_its_content_is_kept_for_good_and_another_is_asked_for_again(browser: TestClient[Litestar]) -> None:
    asset = browser.get("/assets/index-1a2b.js", headers={"Accept-Encoding": "identity"})
    assert asset.content == SCRIPT
    assert "immutable" in asset.headers["cache-control"]
    assert asset.headers["content-type"].startswith("text/javascript")
    icon = browser.get("/favicon.svg")
    assert icon.headers["cache-control"] == "no-cache"
    again = browser.get("/favicon.svg", headers={"If-None-Match": icon.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert icon.headers["etag"].startswith('W/"'), "the same whatever it is compressed with"


def test_somebody_who_mistypes_an_address_gets_the_page_that_says_so(browser: TestClient[Litestar]) -> None:
    answer = browser.get("/wrok", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.content) == (404, PAGE)
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("address", ["/api/v1/nope", "/assets/nope.js"])
def test_programs_and_scripts_never_get_the_page_for_another_address(browser: TestClient[Litestar], address: str) -> None:
    answer = browser.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "address",
    ["/assets/nope.js", "/nope", "/api/v1/nope", "/.stamp", "/assets/../../secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt"],
)
def test_anything_else_is_not_found(browser: TestClient[Litestar], address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("address", ["/work", "/favicon.svg", "/assets/index-1a2b.js"])
def test_who_asks_for_the_head_gets_what_a_reader_would_without_the_body(browser: TestClient[Litestar], address: str) -> None:
    asked = {"Accept-Encoding": "identity", "X-Request-ID": "0b5f3a52-5f0e-4ed1-9b6a-2f1d9a3c7e11"}
    head, whole = browser.head(address, headers=asked), browser.get(address, headers=asked)
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(whole.headers)


def test_without_a_build_a_page_says_what_is_here(engine: CaseEngine) -> None:
    with TestClient(create_app(engine, ApiSettings())) as client:
        assert "Stegvis" in client.get("/").text
        assert client.get("/work").status_code == 404
