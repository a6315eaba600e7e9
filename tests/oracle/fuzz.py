"""Ten thousand random walks: `python -m tests.oracle.fuzz --walks 10000 --seed 1`. A walk that differs is shrunk and kept."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random

from tests.oracle import coverage
from tests.oracle.drawing import write_bpmn
from tests.oracle.generate import any_diagram
from tests.oracle.shrink import shrink
from tests.oracle.subject import deploy, findings_of
from tests.oracle.walk import Walk, random_walk

WALKS_OF_ONE = 2
"""Walks through each diagram."""
CHUNK = 50
DIFFERENCES = 5
"""So many walks that differ are shrunk and shown; the run ends with them."""


@dataclass
class Tally:
    """What some walks came to."""

    walks: int = 0
    diagrams: int = 0
    steps: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    pairs: coverage.Pairs = field(default_factory=Counter)
    different: list[Walk] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.walks += other.walks
        self.diagrams += other.diagrams
        self.steps += other.steps
        self.ended += other.ended
        self.refused += other.refused
        self.pairs += other.pairs
        self.different += other.different


def walk_seeds(first: int, *, count: int = CHUNK, until: float = float("inf")) -> Tally:
    """The walks of `count` diagrams, drawn from the seeds `first` and following; none begins after `until` (epoch seconds)."""
    tally = Tally()
    for seed in range(first, first + count):
        if time.time() > until:
            break
        random = Random(seed)
        diagram = any_diagram(random)
        findings = findings_of(diagram)
        if findings:
            tally.refused.update({finding.rule for finding in findings})
            continue
        tally.diagrams += 1
        deployed = deploy(diagram)
        for _ in range(WALKS_OF_ONE):
            walk = random_walk(diagram, deployed, random)
            tally.walks += 1
            tally.steps += len(walk.actions)
            tally.ended[walk.ended] += 1
            tally.pairs.update(walk.pairs)
            if walk.difference:
                tally.different.append(walk)
    return tally


def fuzz(walks: int, seed: int, *, jobs: int, seconds: float) -> Tally:
    """So many walks, in several processes; fewer when the time is up or several differ."""
    tally, until = Tally(), time.time() + seconds
    first = seed * 1_000_000
    with ProcessPoolExecutor(jobs) as pool:
        chunks = iter(range(first, first + 100 * walks, CHUNK))
        running = [pool.submit(partial(walk_seeds, until=until), chunk) for chunk in islice(chunks, 2 * jobs)]
        while running:
            tally.add(running.pop(0).result())
            if tally.walks < walks and time.time() < until and len(tally.different) < DIFFERENCES:
                running += [pool.submit(partial(walk_seeds, until=until), chunk) for chunk in islice(chunks, 1)]
    return tally


def show(tally: Tally) -> list[str]:
    """What a run tells."""
    ends = ", ".join(f"{count} {how}" for how, count in sorted(tally.ended.items()))
    refused = ", ".join(f"{count} {rule}" for rule, count in sorted(tally.refused.items())) or "none"
    return [
        f"{tally.walks} walks through {tally.diagrams} diagrams, {tally.steps} steps; {ends}",
        f"diagrams refused by the check: {refused}",
        *coverage.report(tally.pairs),
        f"walks on which oracle and engine differ: {len(tally.different)}",
    ]


def keep(walk: Walk, folder: Path) -> list[str]:
    """Write a shrunk walk as a regression case and as BPMN; what to print of it."""
    small = shrink(walk)
    name = f"difference-{abs(hash(json.dumps(small.diagram, sort_keys=True))) % 10**8}"
    folder.mkdir(parents=True, exist_ok=True)
    case = {"why": small.difference, "diagram": small.diagram, "variables": small.variables, "actions": small.actions}
    (folder / f"{name}.json").write_text(json.dumps(case, indent=1) + "\n")
    drawn = [write_bpmn(part).decode() for part in (small.diagram, *small.diagram["called"].values())]
    return [f"--- {folder / name}.json", small.difference, *drawn, f"begins with {small.variables}", *map(str, small.actions)]


def main(arguments: list[str]) -> int:
    """Exit 0 when oracle and engine agree, 1 when they do not, 2 when the time was up before all walks were taken."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.fuzz", description=__doc__)
    parser.add_argument("--walks", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seconds", type=float, default=1_800)
    parser.add_argument("--keep", type=Path, default=Path("var/fuzz"), help="folder for walks that differ")
    said = parser.parse_args(arguments)
    begun = time.monotonic()
    tally = fuzz(said.walks, said.seed, jobs=said.jobs, seconds=said.seconds)
    lines = [f"seed {said.seed}, {time.monotonic() - begun:.0f} s in {said.jobs} processes", *show(tally)]
    for walk in tally.different[:DIFFERENCES]:
        lines += keep(walk, said.keep)
    print("\n".join(lines))
    if tally.different:
        return 1
    return 0 if tally.walks >= said.walks else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
