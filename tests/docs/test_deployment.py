"""The files of docs/how-to/deployment say what the program understands: its commands, settings and addresses."""

from __future__ import annotations

import configparser
import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from engine.cli import cli
from engine.settings import SETTINGS

FOLDER = Path(__file__).parents[2] / "docs" / "how-to" / "deployment"
COMPOSE: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text())
UNITS = sorted(FOLDER.glob("*.service"))
OPENAPI = (FOLDER.parents[1] / "reference" / "openapi.json").read_text()
OURS = {name: service for name, service in COMPOSE["services"].items() if service["image"] == "stegvis"}


def unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[method-assign,assignment]  # names of units have capitals
    parser.read_string(path.read_text())
    return parser


def require_command(words: list[str]) -> None:
    """`stegvis …` that the command line knows, options included."""
    assert Path(words[0]).name == "stegvis"
    command: click.Command = cli
    context = click.Context(command)
    rest = words[1:]
    if rest[:1] == ["--config"]:
        rest = rest[2:]
    while rest:
        assert isinstance(command, click.Group), rest
        found = command.get_command(context, rest.pop(0))
        assert found is not None, words
        command = found
    assert not isinstance(command, click.Group), words


def require_settings(names: set[str]) -> None:
    ours = {name.removeprefix("STEGVIS_").lower() for name in names if name.startswith("STEGVIS_")} - {"config"}
    assert ours <= set(SETTINGS)


@pytest.mark.parametrize("name", OURS)
def test_a_service_runs_a_command_with_settings_that_there_are(name: str) -> None:
    require_command(list(OURS[name]["command"]))
    require_settings(set(OURS[name]["environment"]))
    assert OURS[name]["read_only"]
    assert OURS[name]["cap_drop"] == ["ALL"]


def test_services_wait_for_services_that_there_are_and_use_what_is_declared() -> None:
    for service in COMPOSE["services"].values():
        assert set(service.get("depends_on", {})) <= set(COMPOSE["services"])
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in COMPOSE["volumes"] or source in ("./nginx.conf", "./certificates")


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_a_command_with_settings_that_there_are(path: Path) -> None:
    service = unit(path)["Service"]
    require_command(shlex.split(service["ExecStart"]))
    require_settings(set(re.findall(r"STEGVIS_\w+", service.get("Environment", ""))))
    assert service["NoNewPrivileges"] == "yes"


def test_the_proxy_and_the_probes_ask_for_addresses_that_there_are() -> None:
    told = "".join(path.read_text() for path in FOLDER.iterdir() if path.is_file())
    addresses = set(re.findall(r"/api/v1/[a-z/-]+", told))
    assert "/api/v1/events" in addresses
    for address in addresses:
        assert f'"{address}"' in OPENAPI, address


def test_the_proxy_hands_on_to_the_services_that_answer() -> None:
    upstream = set(re.findall(r"server (\S+):8000", (FOLDER / "nginx.conf").read_text()))
    assert upstream == {name for name, service in OURS.items() if service["command"] == ["stegvis", "serve"]}
