"""Definitions are shared and never changed, and what is stored of a case means the same in every process of the system."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.bpmn.diagrams import ad_hoc, end, handler, loop, manual, message, process, signal, start, sub, throw
from tests.bpmn.driver import Driver, spec_digest

ROOT = Path(__file__).parents[2]
KINDS = "task timer message signal rounds sub-process call race compensation choice".split()  # noqa: SIM905
"""What the cases wait for that a fresh process goes on with (`tests/bpmn/waiting_cases.py`)."""


def fresh(what: str, database: Path) -> dict[str, object]:
    """What a process of its own prints that begins the cases, or goes on with them, in a database."""
    command = [sys.executable, "-W", "error", "-m", "tests.bpmn.waiting_cases", what, str(database)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_a_case_that_one_process_stored_is_continued_by_a_fresh_one_whatever_it_waits_for(tmp_path: Path) -> None:
    begun = fresh("begin", tmp_path / "cases.db")
    assert begun == dict.fromkeys(KINDS, "active")
    first = fresh("continue", tmp_path / "cases.db")
    assert first == {kind: ["after"] for kind in KINDS}
    assert fresh("end", tmp_path / "cases.db") == dict.fromkeys(KINDS, "completed")


def test_what_begins_beside_the_flows_changes_no_specification() -> None:
    beside = handler("h", message(), manual("hu"), end("he"), "h-s > hu > he", interrupting=False)
    rounds = sub("r", start("rs"), manual("ru"), end("re"), "rs > ru > re", loop=loop("list"))
    parts = (start(), ad_hoc("c", manual("u")), rounds, throw("t", signal()), beside, end(), "s > c > r > t > e")
    drawn = process(*parts)
    before = spec_digest(drawn)
    case = Driver(drawn).start(list=[1, 2]).trigger("h-s").trigger("h-s").begin("c", "u")
    assert spec_digest(drawn) == before
    assert case.paths == ["c", "hu", "hu", "u"]
