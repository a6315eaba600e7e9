"""What was measured, as a table, a plot and JSON, with the machine and the date."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.crew import Round, percentile, ratio

BASES = {"W1": "floor", "W1 over HTTP": "bare endpoint", "W2": "naive", "W6": "floor"}
"""What the others of a workload are compared with."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One subject's rounds of one workload."""

    workload: str
    database: str
    clients: int
    subject: str
    rounds: Sequence[Round]


@dataclass(frozen=True, slots=True)
class Figures:
    """Single figures of one workload, by name."""

    workload: str
    database: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Results:
    """A whole run. `missing` says why what is not there is not."""

    cells: Sequence[Cell]
    figures: Sequence[Figures]
    missing: Mapping[str, str]

    def find(self, workload: str, database: str, clients: int, subject: str) -> Cell | None:
        """The cell, if it was measured."""
        key = (workload, database, clients, subject)
        return next((one for one in self.cells if (one.workload, one.database, one.clients, one.subject) == key), None)

    def times(self, cell: Cell, base: str) -> float | None:
        """How many times as fast as `base` of the same rounds."""
        found = self.find(cell.workload, cell.database, cell.clients, base)
        return None if found is None else ratio(cell.rounds, found.rounds)


def machine() -> dict[str, Any]:
    """What the run was on; nothing that tells whose it is."""
    model = platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    if (info := Path("/proc/cpuinfo")).exists():
        names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    load = round(os.getloadavg()[0], 1)
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "memoryGiB": round(memory),
        "python": platform.python_version(),
        "loadAtTheEnd": load,
    }


def document(results: Results) -> dict[str, Any]:
    """The run as JSON. Seconds become milliseconds."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "cells": [_cell(results, cell) for cell in results.cells],
        "figures": [
            {
                "workload": one.workload,
                "database": one.database,
                "values": {key: round(value, 3) for key, value in one.values.items()},
            }
            for one in results.figures
        ],
        "missing": dict(results.missing),
    }


def _cell(results: Results, cell: Cell) -> dict[str, Any]:
    seconds = [one for played in cell.rounds for one in played.seconds]
    rates = [played.rate for played in cell.rounds]
    others = {one.subject for one in results.cells if (one.workload, one.database) == (cell.workload, cell.database)}
    times = {base: results.times(cell, base) for base in sorted(others - {cell.subject})}
    return {
        "workload": cell.workload,
        "database": cell.database,
        "clients": cell.clients,
        "subject": cell.subject,
        "perSecond": round(statistics.median(rates), 1),
        "perSecondOfRounds": [round(rate, 1) for rate in rates],
        "p50Ms": round(1e3 * percentile(seconds, 0.5), 2),
        "p99Ms": round(1e3 * percentile(seconds, 0.99), 2),
        "clientCpuMs": round(1e3 * statistics.median(played.cpu for played in cell.rounds), 2),
        "times": {base: round(value, 3) for base, value in times.items() if value is not None},
    }


def table(told: Mapping[str, Any]) -> str:
    """The run as Markdown."""
    on = told["machine"]
    lines = [
        f"Measured {told['date'][:10]} on {on['cores']} cores ({on['processor']}), {on['memoryGiB']} GiB.",
        f"Python {on['python']}; load of the machine at the end {on['loadAtTheEnd']}.",
        "",
        "| workload | database | clients | subject | a second (median) | p50 ms | p99 ms | client CPU ms | times as fast as |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for cell in told["cells"]:
        times = ", ".join(f"{base} {value:.2f}" for base, value in cell["times"].items())
        lines.append(
            f"| {cell['workload']} | {cell['database']} | {cell['clients']} | {cell['subject']} | {cell['perSecond']:.0f} | "
            f"{cell['p50Ms']:.2f} | {cell['p99Ms']:.1f} | {cell['clientCpuMs']:.2f} | {times} |"
        )
    lines += ["", "| workload | database | figure | |", "|---|---|---|---|"]
    for one in told["figures"]:
        lines += [f"| {one['workload']} | {one['database']} | {name} | {value:.3f} |" for name, value in one["values"].items()]
    lines += ["", *(f"Not measured: {what}: {why}" for what, why in told["missing"].items())]
    return "\n".join(lines).rstrip() + "\n"


def plot(told: Mapping[str, Any]) -> str:
    """Bars: each subject's rate against what it is compared with, by workload, database and number of clients, as SVG."""
    bars = [
        (
            f"{cell['workload']}, {cell['database']}, {cell['clients']}: {cell['subject']}",
            cell["times"][BASES[cell["workload"]]],
        )
        for cell in told["cells"]
        if BASES[cell["workload"]] in cell["times"]
    ]
    widest = max((value for _, value in bars), default=1.0)
    height = 24 * len(bars) + 60
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 {height}" font-family="sans-serif" font-size="13">',
        "<title>Times as fast as the floor (W1, W6), the bare endpoint (HTTP), naive SpiffWorkflow (W2)</title>",
        f'<rect width="900" height="{height}" fill="#fff"/>',
    ]
    for number, (name, value) in enumerate(bars):
        y = 30 + 24 * number
        width = 420 * value / max(widest, 1.0)
        parts.append(f'<text x="370" y="{y + 13}" text-anchor="end">{name}</text>')
        parts.append(f'<rect x="380" y="{y}" width="{width:.1f}" height="17" fill="#2a6f97"/>')
        parts.append(f'<text x="{385 + width:.1f}" y="{y + 13}">{value:.2f}</text>')
    one = 380 + 420 / max(widest, 1.0)
    parts.append(f'<line x1="{one:.1f}" x2="{one:.1f}" y1="20" y2="{height - 25}" stroke="#b02a30" stroke-dasharray="4"/>')
    parts.append(f'<text x="{one:.1f}" y="{height - 8}" text-anchor="middle">1</text></svg>')
    return "\n".join(parts) + "\n"


def write(results: Results, folder: Path) -> str:
    """Write `DATE.json`, and `latest.md` and `latest.svg` of it; gives the table."""
    told = document(results)
    folder.mkdir(parents=True, exist_ok=True)
    name = told["date"][:16].replace(":", "")
    (folder / f"{name}.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    (folder / "latest.md").write_text(table(told))
    (folder / "latest.svg").write_text(plot(told))
    return table(told)
