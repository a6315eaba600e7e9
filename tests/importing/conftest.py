"""Imports of fixtures that were drawn for these tests, as the three tools would write them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.cli import cli
from engine.importing import Imported, ImportedProcess, Item, Kind, import_diagram

HERE = Path(__file__).parent

Stegvis = Callable[..., Result]

CAMUNDA_7 = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
CAMUNDA_8 = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
SPIFF = 'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'


@pytest.fixture
def stegvis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stegvis:
    """Run a command in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    env = {"STEGVIS_DATABASE": str(tmp_path / "stegvis.db"), "COLUMNS": "200"}
    return lambda *arguments: CliRunner().invoke(cli, list(arguments), env=env)


def diagram(inside: str, space: str = CAMUNDA_7, *, beside: str = "", on_process: str = "") -> bytes:
    """A file with one process `p`: a plain start `s` that leads to the node `n` in `inside`."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" {space} targetNamespace="t">
  <process id="p" isExecutable="true" {on_process}>
    <startEvent id="s" /><sequenceFlow id="f" sourceRef="s" targetRef="n" />
    {inside}
  </process>{beside}
</definitions>""".encode()


def imported(source: bytes, **more: bytes) -> ImportedProcess:
    """The only process of an import; `more` are files beside it, with `_` for the dot."""
    found: Imported = import_diagram(
        source, file="x.bpmn", beside={name.replace("_", "."): text for name, text in more.items()}
    )
    assert not found.findings
    (process,) = found.processes
    return process


def written(process: ImportedProcess) -> str:
    """The diagram as it is now."""
    return process.files["process.bpmn"].decode()


def refused(process: ImportedProcess) -> list[str]:
    """What was not taken over, as it was written there."""
    return [item.source for item in process.report.of(Kind.REFUSED)]


def left_out(process: ImportedProcess) -> list[str]:
    return [item.source for item in process.report.of(Kind.LEFT_OUT)]


def translated(process: ImportedProcess) -> dict[str, str]:
    """Expressions as they were, and their FEEL."""
    return {item.source: item.target for item in process.report.of(Kind.TRANSLATED)}


def items(process: ImportedProcess) -> list[Item]:
    return process.report.items


def rules(result: Result) -> list[str]:
    """The rules of the errors that `check --json` tells."""
    return sorted({one["rule"] for one in json.loads(result.stdout) if one["severity"] == "error"})
