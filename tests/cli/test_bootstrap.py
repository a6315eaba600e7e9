"""The wiring: where things are when nobody says, and what stands in the way of starting."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from engine import bootstrap
from engine.content import checkout_root, default_content, places
from engine.errors import Misconfigured
from engine.settings import Settings

ROOT = Path(__file__).parents[2]


def test_in_a_checkout_the_data_and_the_content_lie_in_it() -> None:
    assert checkout_root() == ROOT
    assert default_content() == ROOT
    assert bootstrap.database_address(Settings()) == str(ROOT / "var" / "stegvis.db")


def test_an_installed_program_keeps_data_with_the_user_and_brings_its_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "engine" / "_content"
    (shipped / "processes").mkdir(parents=True)
    monkeypatch.setattr(places, "_ENGINE", tmp_path / "engine")
    monkeypatch.setattr(places, "SHIPPED", shipped)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")

    assert checkout_root() is None
    assert default_content() == shipped
    assert bootstrap.database_address(Settings()) == str(tmp_path / ".local" / "share" / "stegvis" / "stegvis.db")


def test_an_installation_without_content_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_ENGINE", tmp_path / "engine")
    monkeypatch.setattr(places, "SHIPPED", tmp_path / "engine" / "_content")
    with pytest.raises(Misconfigured, match="Install it again"):
        default_content()


def test_a_database_that_is_named_is_used_as_it_is() -> None:
    assert bootstrap.database_address(Settings(database="postgresql://db/stegvis")) == "postgresql://db/stegvis"


def test_a_free_port_is_no_problem() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    bootstrap.require_free_port("127.0.0.1", port)


@pytest.mark.parametrize(("host", "says"), [("192.0.2.1", "Cannot listen on 192.0.2.1"), ("no such host", "Cannot listen")])
def test_an_address_of_another_machine_is_refused(host: str, says: str) -> None:
    with pytest.raises(Misconfigured, match=says):
        bootstrap.require_free_port(host, 8080)
