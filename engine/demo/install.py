"""Put a demonstration into a store. What is there already stays as it is, so doing it twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from .. import feel
from ..actor import SYSTEM
from ..case_engine import CaseEngine
from ..clock import FixedClock
from ..commands.sessions import hash_password
from ..definition import Bundle
from ..errors import NotPossible, Rejected, StegvisError
from ..ids import UserId
from ..ports import Store, User
from ..queries import CaseFilter
from ..scenario import Scenario
from ..scenario.entries import put_entries
from ..scenario.player import NoOpenTask, Stage, begin, local, take
from ..scenario.reader import read_scenarios
from ..scenario.virtual_time import VirtualTime
from ..settings import EngineSettings
from .cast import DemoCast, as_actor
from .dates import Story, reached, stories
from .plan import Account, Demo, read_demos

Progress = Callable[[str, int, int], None]
"""Told what is being made, how many are done, and how many there will be."""


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What a demonstration has, and how much of it is new.

    `busiest` is the account that finds the most to do. `cut_short` names the scenarios that went less far than
    they are written.
    """

    accounts: tuple[Account, ...] = ()
    busiest: Account | None = None
    units_added: int = 0
    users_added: int = 0
    cases_added: int = 0
    cut_short: tuple[str, ...] = ()


def install_demo(
    store: Store,
    bundle: Bundle,
    *,
    base: datetime,
    settings: EngineSettings,
    progress: Progress = lambda what, done, total: None,
) -> DemoResult:
    """Units, accounts, register entries and cases of every `demo.yaml` in the bundle, which must be deployed.

    The cases are moved in time by whole weeks so that they end shortly before `base` (aware); nothing lies after it. One that
    holidays meet there, so that a task is not open when its story comes to it, stays where it then is.

    Raises:
        Rejected: a `demo.yaml` or scenario is not right.
        StegvisError: the engine refuses a step; the message names the scenario and the step.
    """
    demos = read_demos(bundle)
    accounts = tuple(account for demo in demos for account in demo.accounts)
    clock = FixedClock(base)
    engine = CaseEngine(store, clock=clock, settings=settings)
    units_added = _add_units(store, demos)
    users_added = _add_users(store, accounts, progress)
    stage = Stage(engine, store, VirtualTime(engine, clock), bundle, settings, DemoCast(accounts))
    cases_added, cut_short = _add_cases(stage, demos, base=base, progress=progress)
    return DemoResult(accounts, _busiest(engine, accounts), units_added, users_added, cases_added, cut_short)


def _add_units(store: Store, demos: Iterable[Demo]) -> int:
    with store.write() as work:
        known = {unit.id for unit in work.people.units()}
        new = {unit.id: unit for demo in demos for unit in demo.units if unit.id not in known}
        for unit in new.values():
            work.people.put_unit(unit)
        work.commit()
    return len(new)


def _add_users(store: Store, accounts: tuple[Account, ...], progress: Progress) -> int:
    with store.read() as work:
        new = [account for account in accounts if work.people.user_by_name(account.name) is None]
    for number, account in enumerate(new, start=1):
        user = User(
            id=UserId(account.name),
            name=account.name,
            full_name=account.full_name,
            password_hash=hash_password(account.password),
            roles=account.roles,
            memberships=account.memberships,
        )
        with store.write() as work:
            work.people.put_user(user)
            work.commit()
        progress("people", number, len(new))
    return len(new)


def _add_cases(stage: Stage, demos: Iterable[Demo], *, base: datetime, progress: Progress) -> tuple[int, tuple[str, ...]]:
    """How many cases were made, and the scenarios of those that were cut short."""
    told, findings = read_scenarios(stage.bundle)
    added = 0
    cut_short: list[str] = []
    for demo in demos:
        known = {scenario.name: scenario for scenario in told if scenario.process == demo.process}
        if any(case.scenario not in known for case in demo.cases):
            raise Rejected("A scenario of the demonstration cannot be read.", findings=findings)
        planned = [(case, known[case.scenario]) for case in demo.cases]
        made = stories(planned, base=base, settings=stage.settings)
        new = made[_count(stage.store, demo.process, len(made)) :]
        for number, story in enumerate(new, start=1):
            if not _tell(stage, story, base=base):
                cut_short.append(story.scenario.name)
            progress("cases", number, len(new))
        added += len(new)
    if added:
        stage.time.move_to(base)
    return added, tuple(cut_short)


def _busiest(engine: CaseEngine, accounts: tuple[Account, ...]) -> Account | None:
    return max(accounts, key=lambda account: len(engine.tasks(as_actor(account)).rows), default=None)


def _count(store: Store, process: str, most: int) -> int:
    """How many cases there are already: as many stories, from the first, have been told before."""
    with store.read() as work:
        everything = CaseFilter(SYSTEM.id, None, process=process)
        return len(work.queries.cases(everything, limit=max(most, 1)).rows)


def _tell(stage: Stage, story: Story, *, base: datetime) -> bool:
    """Play one story; it breaks off before anything that would lie after `base`, and where its days have other tasks open.

    Returns:
        Whether it was played to its end.
    """
    scenario = story.scenario
    own = Stage(stage.engine, stage.store, stage.time, stage.bundle, stage.settings, stage.cast, story.shift)
    stage.time.clock.move_to(local(scenario.start.at, stage.settings))
    entries = ((register, entry) for register, entries in scenario.registers.items() for entry in entries)
    put_entries(stage.engine, entries, replace=False)
    number = 0
    try:
        case = begin(own, scenario.process, scenario.start)
        for step in scenario.steps:
            number = step.number
            if reached(step.action, stage.time.clock.now(), stage.settings) > base:
                return False
            about = case.id if step.process is None else own.newest(step.process).id
            take(own, about, step.action)
    except NoOpenTask as error:
        if not story.moved:
            raise _stops(scenario, number, error) from error
        return False
    except (StegvisError, feel.FeelError) as error:
        raise _stops(scenario, number, error) from error
    return True


def _stops(scenario: Scenario, number: int, error: Exception) -> NotPossible:
    place = f"{scenario.file}, step {number}" if number else f"{scenario.file}, its start"
    return NotPossible(f"The demonstration stops at {place}: {error}")
