"""Scenarios played from the studio: how each went, step by step, and what they have been through, on the diagrams."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..actor import Actor
from ..case_engine import CaseEngine
from ..definition import Bundle, Package, PackageDraft
from ..package_files import DIAGRAM
from ..scenario import Part, Report, ScenarioRunner, read_diagram, read_scenarios
from ..sentences import Sentence, in_both, sentence

LONGEST_SECONDS: Final = 60.0
"""How long the scenarios of one package may take together, in real time."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a package's scenarios went. `diagrams` are those of the processes that count, as text, by process; `parts` what is
    drawn in each, in the order of the file.
    """

    key: str
    report: Report
    diagrams: Mapping[str, str]
    parts: Mapping[str, tuple[Part, ...]]

    def names(self, process: str) -> dict[str, Sentence]:
        """What elements are called, by their ids; of two processes' elements with one id that of `process`.

        A flow without a name is called by its ends.
        """
        ordered = sorted(self.parts, key=lambda key: key == process)
        parts = [part for key in ordered for part in self.parts[key]]
        names = {part.id: in_both(sv=part.name or part.id, en=part.name_en or part.name or part.id) for part in parts}
        for part in parts:
            ends = part.name.split(" → ")
            if part.kind == "sequenceFlow" and len(ends) == 2 and all(end in names for end in ends):
                names[part.id] = sentence("{source} → {target}", source=names[ends[0]], target=names[ends[1]])
        return names


def run_draft(engine: CaseEngine, actor: Actor, draft_id: str) -> tuple[PackageDraft, Run]:
    """Play the draft's own scenarios in virtual time, with the newest version of everything around it. Nothing is stored.

    Raises:
        NotAllowed, NotFound: as commands.drafts.read.
        Rejected: the draft, or one of its scenarios, has errors.
    """
    draft, everything = engine.draft_with_all(actor, draft_id)
    return draft, _run(engine, everything, draft.package)


def run_version(engine: CaseEngine, actor: Actor, key: str, number: int) -> Run:
    """The same of a deployed version, with what it was deployed with. Raises as commands.contents.whole."""
    everything = engine.version_with_all(actor, key, number)
    package = next(package for package in everything.of_kind("process") if package.key == key)
    return _run(engine, everything, package)


def _run(engine: CaseEngine, everything: Bundle, package: Package) -> Run:
    end = time.monotonic() + LONGEST_SECONDS
    scenarios, _ = read_scenarios(Bundle((package,)))
    runner = ScenarioRunner(everything, engine.house.settings, is_over=lambda: time.monotonic() > end)
    report = runner.report(scenarios, also=[package.key])
    sources = {one.key: one.files.get(DIAGRAM, b"") for one in everything.of_kind("process")}
    shown = [one.process for one in report.coverage.processes if one.process in sources]
    parts = {key: tuple(read_diagram(sources[key], name=DIAGRAM).parts.values()) for key in shown}
    return Run(package.key, report, {key: sources[key].decode("utf-8-sig", errors="replace") for key in shown}, parts)
