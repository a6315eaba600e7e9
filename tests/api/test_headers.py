"""Headers that go with every answer, and preconditions."""

from __future__ import annotations

import pytest

from api.headers import require_match
from api.problems import Problem
from tests.api.conftest import Browser


@pytest.mark.parametrize("path", ["/", "/api/v1/tasks", "/api/v1/openapi.json", "/nothing", "/api/v1/health/live"])
def test_every_answer_protects_its_reader(stranger: Browser, path: str) -> None:
    headers = stranger.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


def test_personal_data_is_not_kept_by_caches(karin: Browser) -> None:
    assert karin.get("/api/v1/session").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("if_match", [None, "*", '"7"', '"6", "7"'])
def test_the_current_revision_passes(if_match: str | None) -> None:
    require_match(if_match, 7)


@pytest.mark.parametrize("if_match", ["", "7", '"6"', 'W/"7"', '"77"'])
def test_another_revision_fails_the_precondition(if_match: str) -> None:
    with pytest.raises(Problem, match="precondition-failed"):
        require_match(if_match, 7)
