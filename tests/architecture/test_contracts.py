"""The import contracts hold, and a violation is noticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PLANTED = {
    "engine/feel/planted.py": ("from ..case import Case\n", "Imports run one way"),
    "engine/commands/planted.py": ("import SpiffWorkflow\n", "SpiffWorkflow only in engine.bpmn"),
    "engine/dmn/planted.py": ("import lxml\n", "lxml only in engine.xml"),
    "engine/bpmn/planted.py": ("import sqlalchemy\n", "SQL only in engine.storage.sql"),
    "engine/bpmn/planted_figures.py": ("import prometheus_client\n", "Prometheus and OpenTelemetry only in engine.telemetry"),
    "engine/planted.py": ("import litestar\n", "HTTP only in api"),
    "engine/case_planted.py": ("", "Imports run one way"),
    "engine/commands/planted_api.py": ("import api\n", "The API knows the engine"),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(name="tree", scope="module")
def copied_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("tree")
    ignore = shutil.ignore_patterns("__pycache__")
    for package in ("engine", "api"):
        shutil.copytree(ROOT / package, tree / package, ignore=ignore)
    shutil.copy(ROOT / ".importlinter", tree / ".importlinter")
    return tree


def test_the_contracts_hold(tree: Path) -> None:
    done = lint_imports(tree)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", PLANTED)
def test_a_planted_violation_is_noticed(tree: Path, file: str) -> None:
    text, contract = PLANTED[file]
    planted = tree / file
    planted.write_text(text)
    try:
        done = lint_imports(tree)
    finally:
        planted.unlink()
    assert done.returncode != 0
    assert any(contract in line and "BROKEN" in line for line in done.stdout.splitlines()) or contract in done.stdout
