"""Scenarios of deployed versions; those of drafts are run with the drafts."""

from __future__ import annotations

from engine.studio import run_version

from .identity import Asker
from .parts import QUESTION_PROBLEMS, Engine, ProcessKey, VersionNumber
from .problems import declared
from .scenario_views import ScenarioReportView
from .writes import question


@question(
    "/definitions/{process_key:str}/versions/{number:int}/scenarios",
    summary="Run the scenarios of a version",
    tags=["Definitions"],
    status_code=200,
    sync_to_thread=True,
    responses=declared(*QUESTION_PROBLEMS, "not-allowed", "not-found", "not-possible", "rejected"),
)
def run_version_scenarios(engine: Engine, asker: Asker, process_key: ProcessKey, number: VersionNumber) -> ScenarioReportView:
    """Plays the scenarios that the version came with, on the forms and processes that it was deployed with.

    In virtual time, for a minute at most; nothing is stored. For designers and administrators.
    """
    return ScenarioReportView.of(run_version(engine, asker, process_key, number), None)


HANDLERS = [run_version_scenarios]
