"""Handlers that service tasks may name: those that are installed, for designers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import job_handlers
from engine.handlers import BUILT_IN
from engine.job_handlers import JobHandler
from engine.jobs.loading import load_handlers
from tests.api.conftest import BrowserOf

HANDLERS = "/api/v1/service-handlers"
FIELDS = Path(__file__).parents[2] / "web" / "src" / "design" / "properties" / "fields.ts"


@pytest.fixture
def installed() -> Iterator[None]:
    """A handler that a package has brought."""
    load_handlers()
    job_handlers.register(
        "example.stamp",
        JobHandler(lambda inputs, desk: None, errors=frozenset({"no-ink"}), inputs=frozenset({"text", "colour"})),
    )
    yield
    job_handlers.withdraw("example.stamp")


@pytest.mark.usefixtures("content", "installed")
def test_designers_are_told_every_handler_that_is_installed(browser_of: BrowserOf) -> None:
    items = browser_of("dag").get(HANDLERS).json()["items"]
    found = {one["name"]: one for one in items}
    assert [one["name"] for one in items] == sorted(found)
    assert {name for name, one in found.items() if not one["isJob"]} == set(BUILT_IN)
    assert found["register.update"]["errors"] == ["bad-entry", "no-entry"]
    assert found["http.request"]["inputs"] == ["url"]
    stamp = {"name": "example.stamp", "isJob": True, "inputs": ["colour", "text"], "errors": ["no-ink"]}
    assert found["example.stamp"] == stamp


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(("who", "status"), [("karin", 403), ("audun", 403), ("admira", 200)])
def test_only_who_draws_processes_is_told(browser_of: BrowserOf, who: str, status: int) -> None:
    assert browser_of(who).get(HANDLERS).status_code == status


def test_the_studio_knows_which_of_them_work_within_the_step() -> None:
    found = re.search(r"WITHIN_THE_STEP = \[(.*?)\]", FIELDS.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert set(re.findall(r"'([^']+)'", found[1])) == set(BUILT_IN)
