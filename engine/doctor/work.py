"""Whether what is due gets done, whether anything is stuck, and whether history is what it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from ..case_engine import CaseEngine
from ..errors import CaseDamaged
from ..history import first_break
from ..ports import Backlog, LateJobs
from ..remark import Remark, apart, error, warning, well
from . import jobs
from .ages import in_words

OVERDUE: Final = timedelta(minutes=5)
"""What has been due for longer is done by nobody."""
CASES: Final = 20
"""So many of the newest cases have their history verified."""


def examine(engine: CaseEngine, now: datetime, *, workers: int | None) -> Iterator[Remark]:
    """`workers` is how many are at work, where that is known."""
    yield from apart("background", lambda: [_background(engine, now, workers)])
    yield from apart("external-jobs", lambda: _jobs(engine, now))
    yield from apart("incidents", lambda: _stuck(engine, now))
    yield from apart("history", lambda: [_history(engine)])


def _background(engine: CaseEngine, now: datetime, workers: int | None) -> Remark:
    with engine.store.read() as unit:
        late = [one for one in unit.backlogs.late_jobs(now - OVERDUE) if not one.is_outside]
        return _due(unit.backlogs.count(now), now, late, workers)


def _jobs(engine: CaseEngine, now: datetime) -> list[Remark]:
    with engine.store.read() as unit:
        return list(jobs.examine(unit, now, list(unit.backlogs.late_jobs(now - OVERDUE)), overdue=OVERDUE))


def _due(backlog: Backlog, now: datetime, late: list[LateJobs], workers: int | None) -> Remark:
    queues = (backlog.timers, backlog.starts, backlog.jobs)
    lateness = now - min((queue.oldest for queue in queues if queue.oldest is not None), default=now)
    count = sum(queue.count for queue in queues)
    if lateness > OVERDUE:
        which = "".join(f", jobs for {one.what} among them: {one.count}" for one in late)
        says = f"Timers and jobs that are due: {count}, the oldest since {in_words(lateness)}{which}"
        logs = "its log says why (`worker-failed`, `step-failed`)."
        if workers:
            remedy = f"If one fails, {logs} If there is too much, raise `worker_concurrency` or start more of them."
            return error("background", f"{says}. Workers that are at work and do not get to it: {workers}.", remedy)
        remedy = f"Start `stegvis serve` or `stegvis worker`. If one runs, {logs}"
        return error("background", f"{says}. Nobody works in the background.", remedy)
    if lateness:
        says = f"Timers and jobs that are due: {count}, the oldest since {in_words(lateness)}, no longer than usual."
        return well("background", says)
    return well("background", "Nothing is due.")


def _stuck(engine: CaseEngine, now: datetime) -> Iterator[Remark]:
    with engine.store.read() as unit:
        backlog = unit.backlogs.count(now)
    if backlog.incidents.count:
        remedy = "See them with `stegvis incident list`; each says what to do."
        yield warning("incidents", f"Open incidents: {backlog.incidents.count}. Their cases wait for a person.", remedy)
    if backlog.lost_messages.count:
        says = f"Messages that nobody received in time: {backlog.lost_messages.count}."
        yield warning("lost-messages", says, "See them with `stegvis message lost`.")


def _history(engine: CaseEngine) -> Remark:
    remedy = "Run `stegvis history verify` for all cases, keep the database as it is, and find out who had access to it."
    with engine.store.read() as unit:
        removed = unit.histories.without_case()
        if removed:
            return error("history", f"The case {removed[0]} was removed from the database; its history is still there.", remedy)
        newest = unit.histories.heads(limit=CASES)
        for case in newest:
            try:
                unit.cases.get(case.case_id)
            except CaseDamaged:
                says = f"The case {case.number} cannot be read: its row was altered outside Stegvis."
                return error("history", says, remedy)
            broken = first_break(unit.histories.chain_of(case.case_id), end=case.end)
            if broken is not None:
                return error("history", f"Event {broken[0]} of case {case.number} does not fit: {broken[1]}.", remedy)
    return well("history", f"The history of the newest cases ({len(newest)}) is whole.")
