"""An authority's own name, logo and colours: read, served, and refused where people could not read the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.contrast import contrast, too_faint
from api.settings import ApiSettings
from api.theme import DARK, LIGHT, PLAIN, read_theme
from engine.case_engine import CaseEngine
from engine.demo import Account
from engine.errors import Misconfigured

TOKENS = Path(__file__).parents[2] / "web" / "src" / "shared" / "theme" / "tokens.css"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>'
WHOLE = """
name = {sv = "Stegvis i Fiktivby", en = "Stegvis in Fiktivby"}
logo = "mark.svg"
[light]
accent = "#7a1f3d"
[dark]
accent = "#f0a6bd"
[accessibility]
authority = "Fiktivby kommun"
email = "tillganglighet@fiktivby.example"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "theme.toml").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "mark.svg").write_bytes(SVG)
    return tmp_path


@pytest.fixture
def browser(engine: CaseEngine, folder: Path, tmp_path: Path) -> Iterator[TestClient[Litestar]]:
    build = tmp_path / "dist"
    build.mkdir()
    (build / "index.html").write_text("<!doctype html>")
    with TestClient(create_app(engine, ApiSettings(theme=read_theme(folder)), web=build)) as client:
        yield client


def test_the_colours_are_those_of_the_app() -> None:
    light, dark = TOKENS.read_text(encoding="utf-8").split("@media")
    for told, colours in ((light, LIGHT), (dark, DARK)):
        assert dict(re.findall(r"--color-([a-z-]+): (#[0-9a-f]{6});", told)) == colours


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_apps_own_colours_can_be_told_apart(colours: dict[str, str]) -> None:
    assert list(too_faint(colours)) == []


def test_contrast_is_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_name_logo_and_contact_are_told_to_everybody(browser: TestClient[Litestar]) -> None:
    told = browser.get("/api/v1/installation").json()
    assert told["name"] == {"sv": "Stegvis i Fiktivby", "en": "Stegvis in Fiktivby"}
    assert told["accessibility"]["authority"] == "Fiktivby kommun"
    assert told["demoAccounts"] == []
    logo = browser.get(told["logo"])
    assert (logo.content, logo.headers["content-type"]) == (SVG, "image/svg+xml")
    assert "sandbox" in logo.headers["content-security-policy"]


def test_the_colours_come_as_a_style_sheet_that_wins_over_the_apps(browser: TestClient[Litestar]) -> None:
    sheet = browser.get("/theme.css")
    assert sheet.headers["content-type"].startswith("text/css")
    light, dark = sheet.text.splitlines()
    assert light == ":root:root { --color-accent: #7a1f3d; }".replace("{ ", "{").replace(" }", "}")
    assert dark == "@media (prefers-color-scheme: dark) { :root:root {--color-accent: #f0a6bd;} }"


def test_without_a_theme_the_style_sheet_says_nothing() -> None:
    assert read_theme(None) == PLAIN
    assert PLAIN.css == ""


def test_a_demonstration_tells_whom_one_may_be(engine: CaseEngine) -> None:
    account = Account("ada", "Ada Admin", "try-it", about={"sv": "Ser allt.", "en": "Sees everything."})
    with TestClient(create_app(engine, ApiSettings(demo_accounts=(account,)))) as client:
        (told,) = client.get("/api/v1/installation").json()["demoAccounts"]
    assert told == {
        "name": "ada",
        "fullName": "Ada Admin",
        "password": "try-it",
        "about": {"sv": "Ser allt.", "en": "Sees everything."},
    }


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("colour = 1", "'colour', which is unknown"),
        ("name = 5", "name must be text"),
        ('name = {sv = "Bara svenska"}', "with both"),
        ('name = "Två\\nrader"', "one line, at most 60 characters"),
        (f'name = "{"lång" * 20}"', "one line, at most 60 characters"),
        ("light = 3", "must be a table"),
        ('[light]\nblue = "#0000ff"', "'blue', which is unknown"),
        ('[light]\naccent = "red"', "such as #0b4f6c"),
        (
            '[light]\naccent = "#ffe08a"',
            "under [light], these have too little contrast for everybody to read (WCAG 2.2 AA): accent on paper 1.3:1",
        ),
        ('[light]\naccent = "#ffe08a"', "on-accent on accent 1.3:1 (at least 4.5:1)"),
        ('[light]\naccent-faint = "#9e9e9e"', "accent on accent-faint 3.3:1"),
        ('[dark]\nink = "#222222"', "under [dark], these have too little contrast"),
        ('logo = "../mark.svg"', "lies beside it"),
        ('logo = "mark.gif"', "lies beside it"),
        ('logo = "none.svg"', "cannot be read"),
        ('logo = "wrong.png"', "is not a whole PNG picture"),
        ('logo = "cut.png"', "is not a whole PNG picture"),
        ('logo = "unnamed.svg"', "does not begin with <svg xmlns="),
        ('logo = "unsized.svg"', "does not say its viewBox"),
        ('logo = "entity.svg"', "is not an SVG picture that can be used"),
        ('logo = "large.svg"', "is larger than 200 kB"),
        ('[accessibility]\nauthority = "Fiktivby"', "email or phone"),
        ('[accessibility]\nauthority = "Fiktivby"\nfax = "1"', "'fax', which is unknown"),
        ('[accessibility]\nauthority = "Fiktivby"\nphone = "ring oss"', "phone under [accessibility]"),
        ('[accessibility]\nauthority = "Fiktivby"\nemail = "javascript:alert(1)"', "email under [accessibility]"),
        ("name = ", "is not TOML"),
    ],
)
def test_a_theme_that_does_not_work_is_refused_with_the_reason(tmp_path: Path, toml: str, told: str) -> None:
    (tmp_path / "theme.toml").write_text(toml, encoding="utf-8")
    (tmp_path / "wrong.png").write_bytes(SVG)
    (tmp_path / "cut.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "unnamed.svg").write_bytes(SVG.replace(b' xmlns="http://www.w3.org/2000/svg"', b""))
    (tmp_path / "unsized.svg").write_bytes(SVG.replace(b' viewBox="0 0 8 8"', b""))
    (tmp_path / "large.svg").write_bytes(SVG + b" " * 200_000)
    (tmp_path / "entity.svg").write_bytes(b'<!DOCTYPE svg [<!ENTITY e "x">]>' + SVG)
    with pytest.raises(Misconfigured, match=re.escape(told)):
        read_theme(tmp_path)


def test_a_theme_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text('name = "Fiktivby"', encoding="utf-8-sig")
    assert read_theme(tmp_path).names["sv"] == "Fiktivby"


def test_a_folder_without_a_theme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="Check the setting theme"):
        read_theme(tmp_path / "nowhere")
