"""Run scenarios, each on an engine of its own with an empty store, and tell how they went."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from .. import feel
from ..actor import SYSTEM
from ..case import Case
from ..case_engine import CaseEngine
from ..clock import FixedClock
from ..definition import Bundle
from ..errors import DataConflict, NotFound, Rejected, StegvisError
from ..ids import UnitId, UserId
from ..ports import Unit, User
from ..queries import CaseFilter
from ..sentences import in_both, sentence
from ..settings import EngineSettings
from ..storage.memory import MemoryStore
from .cast import InventedCast
from .checks import Failure, check_end, check_step
from .coverage import Coverage, Trail, drawings, measure, trail_of
from .entries import put_entries
from .model import Scenario
from .player import Stage, begin, local, take
from .virtual_time import VirtualTime

MOST_CASES: Final = 1_000
"""Cases of one scenario whose ways count as covered."""


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """How one scenario went; it passed when it has no failures. A failed step ends it."""

    scenario: Scenario
    failures: tuple[Failure, ...] = ()
    trail: Trail = field(default_factory=Trail)

    @property
    def is_passed(self) -> bool:
        return not self.failures


@dataclass(frozen=True, slots=True)
class Report:
    """How a set of scenarios went, and how much of the processes they have been through."""

    results: tuple[ScenarioResult, ...]
    coverage: Coverage

    @property
    def is_passed(self) -> bool:
        return all(result.is_passed for result in self.results)


class ScenarioRunner:
    """Runs scenarios against one bundle, which is deployed once.

    `is_over` is asked again and again, and ends what is being played when it says so: that is a failure of the scenario.

    Raises:
        Rejected: the bundle has errors.
    """

    def __init__(
        self, bundle: Bundle, settings: EngineSettings | None = None, *, is_over: Callable[[], bool] = lambda: False
    ) -> None:
        self._is_over = is_over
        self._bundle = bundle
        self._settings = settings or EngineSettings()
        self._deployed = MemoryStore()
        clock = FixedClock(datetime(2000, 1, 1, tzinfo=UTC))
        engine = CaseEngine(self._deployed, clock=clock, settings=self._settings)
        engine.deploy(SYSTEM, bundle)
        self._house = engine.house

    def run(self, scenario: Scenario) -> ScenarioResult:
        """Play one scenario from an empty store. Everything that is wrong is in the result; nothing is raised."""
        stage = self._stage(local(scenario.start.at, self._settings))
        try:
            stage.time.require_more()
            _prepare(stage, scenario)
            stage.engine.renew_starts()
            case = begin(stage, scenario.process, scenario.start)
        except (StegvisError, feel.FeelError) as error:
            return ScenarioResult(scenario, (replace(_failure(error), step=0, line=scenario.start.line),))
        return ScenarioResult(scenario, tuple(_play(stage, case, scenario)), _trail(stage))

    def report(
        self,
        scenarios: Iterable[Scenario],
        *,
        also: Iterable[str] = (),
        progress: Callable[[ScenarioResult], None] = lambda _: None,
    ) -> Report:
        """Run them all; `progress` is told of each as it is done.

        Coverage is of their processes, of those with a key in `also`, and of all that these call.
        """
        results: list[ScenarioResult] = []
        trail = Trail()
        for scenario in scenarios:
            result = self.run(scenario)
            trail += result.trail
            results.append(result)
            progress(result)
        drawn = drawings(self._bundle, {*also, *(result.scenario.process for result in results)})
        return Report(tuple(results), measure(drawn, trail))

    def _stage(self, start: datetime) -> Stage:
        store = MemoryStore()
        store.replace(self._deployed.begin())
        clock = FixedClock(start)
        engine = CaseEngine(store, clock=clock, settings=self._settings)
        engine.house = replace(self._house, clock=clock, chance=lambda: 0.0)  # versions are made ready once for all scenarios
        return Stage(
            engine, store, VirtualTime(engine, clock, is_over=self._is_over), self._bundle, self._settings, InventedCast(store)
        )


def _trail(stage: Stage) -> Trail:
    """Where the case has been, and those that it began or worked together with."""
    with stage.store.read() as work:
        cases = work.queries.cases(CaseFilter(SYSTEM.id, None), limit=MOST_CASES).rows
    trail = Trail()
    for case in cases:
        trail += trail_of(stage.store, case.id)
    return trail


def _prepare(stage: Stage, scenario: Scenario) -> None:
    """Units, people and register entries; the scenario's own entries win over those that come with the register."""
    with stage.store.write() as work:
        for unit in (scenario.start.unit, *scenario.units):
            work.people.put_unit(Unit(UnitId(unit), unit))
        for person in scenario.people:
            work.people.put_user(User(UserId(person), person, person))
        work.commit()
    own = ((register, entry) for register, entries in scenario.registers.items() for entry in entries)
    put_entries(stage.engine, own, replace=True)


def _play(stage: Stage, case: Case, scenario: Scenario) -> list[Failure]:
    for step in scenario.steps:
        try:
            stage.time.require_more()
            about = case.id if step.process is None else stage.newest(step.process).id
            take(stage, about, step.action)
            failures = check_step(stage, about, step)
        except (StegvisError, feel.FeelError) as error:
            failures = [replace(_failure(error), step=step.number, line=step.line)]
        if failures:
            return failures
    return check_end(stage, case.id, scenario.ends) if scenario.ends else []


def _failure(error: StegvisError | feel.FeelError) -> Failure:
    """What the engine refused, with the fields that it is about."""
    told = sentence("{told}", told=error.said if isinstance(error, StegvisError) else error.told)
    if isinstance(error, Rejected | DataConflict):
        for problem in error.problems:
            said = in_both(sv=problem.text_sv, en=problem.text_en)
            told = sentence("{told} {path}: {said}", told=told, path=problem.path or "/", said=said)
        for finding in getattr(error, "findings", ()):
            told = sentence("{told} {said}", told=told, said=finding.said)
    if isinstance(error, NotFound):
        told = sentence("{told} Is it in the folders that were named?", told=told)
    return Failure(told)
