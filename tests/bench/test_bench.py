"""The bench at its smallest: that it runs, never how fast."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_bench_measures_every_workload_and_says_on_what(tmp_path: Path) -> None:
    sizes = ["--smallest", "--without-competitors", "--only", "SQLite"]
    command = [sys.executable, "-m", "bench.run", *sizes, "--to", str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert run.returncode == 0, run.stderr
    (written,) = tmp_path.glob("*.json")
    told = json.loads(written.read_text())
    assert told["missing"] == {}
    measured = {(cell["workload"], cell["subject"]) for cell in told["cells"]}
    assert {("W1", "floor"), ("W1", "library"), ("W1", "naive"), ("W2", "library"), ("W6", "library")} <= measured
    assert {("W1 over HTTP", "bare endpoint"), ("W1 over HTTP", "HTTP")} <= measured
    assert {figures["workload"] for figures in told["figures"]} == {"W3", "W4", "W5"}
    assert told["machine"].keys() == {"processor", "cores", "memoryGiB", "python", "loadAtTheEnd"}
    assert "| W1 | SQLite | 1 | library |" in run.stdout
    assert (tmp_path / "latest.svg").read_text().startswith("<svg")
