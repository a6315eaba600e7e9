"""Whether the program runs and can do its work."""

from __future__ import annotations

import pytest

from engine.errors import Misconfigured
from engine.storage.memory import MemoryStore
from tests.api.conftest import Browser


def test_a_running_program_is_live_and_ready(stranger: Browser) -> None:
    assert stranger.get("/api/v1/health/live").json() == {"status": "ok"}
    assert stranger.get("/api/v1/health/ready").json() == {"status": "ready"}


@pytest.mark.parametrize("what", ["read", "require_ready"])
def test_without_its_database_it_is_live_but_not_ready(
    stranger: Browser, store: MemoryStore, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def fail() -> None:
        raise Misconfigured("The database postgresql://10.0.0.1/secret is older than this program.")

    monkeypatch.setattr(store, what, fail)
    assert stranger.get("/api/v1/health/live").status_code == 200
    answer = stranger.get("/api/v1/health/ready")
    assert (answer.status_code, answer.json()["code"]) == (503, "misconfigured")
    assert "secret" not in answer.text
