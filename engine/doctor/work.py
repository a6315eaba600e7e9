"""Whether what is due gets done, whether anything is stuck, and whether history is what it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from ..actor import SYSTEM
from ..case_engine import CaseEngine
from ..errors import HistoryDamaged
from ..history import ChainHead, first_break
from ..ports import Backlog, LateJobs
from ..remark import Remark, error, warning, well
from . import jobs
from .ages import in_words

OVERDUE: Final = timedelta(minutes=5)
"""What has been due for longer is done by nobody."""
CASES: Final = 20
"""So many of the newest cases have their history verified."""


def examine(engine: CaseEngine, now: datetime, *, workers: int | None) -> Iterator[Remark]:
    """`workers` is how many are at work, where that is known."""
    with engine.store.read() as unit:
        backlog = unit.backlogs.count(now)
        late = list(unit.backlogs.late_jobs(now - OVERDUE))
        of_jobs = list(jobs.examine(unit, now, late, overdue=OVERDUE))
    yield _due(backlog, now, [one for one in late if not one.is_outside], workers)
    yield from of_jobs
    yield from _stuck(backlog)
    yield _history(engine)


def _due(backlog: Backlog, now: datetime, late: list[LateJobs], workers: int | None) -> Remark:
    queues = (backlog.timers, backlog.starts, backlog.jobs)
    lateness = now - min((queue.oldest for queue in queues if queue.oldest is not None), default=now)
    count = sum(queue.count for queue in queues)
    if lateness > OVERDUE:
        which = "".join(f", {one.count} jobs for {one.what} among them" for one in late)
        says = f"{count} timers and jobs are due, the oldest since {in_words(lateness)}{which}"
        logs = "its log says why (`worker-failed`, `step-failed`)."
        if workers:
            remedy = f"If one fails, {logs} If there is too much, raise `worker_concurrency` or start more of them."
            return error("background", f"{says}: {workers} workers are at work and do not get to it.", remedy)
        remedy = f"Start `stegvis serve` or `stegvis worker`. If one runs, {logs}"
        return error("background", f"{says}: nobody works in the background.", remedy)
    if lateness:
        return well(
            "background", f"{count} timers and jobs are due, the oldest since {in_words(lateness)}: no longer than usual."
        )
    return well("background", "Nothing is due.")


def _stuck(backlog: Backlog) -> Iterator[Remark]:
    if backlog.incidents.count:
        remedy = "See them with `stegvis incident list`; each says what to do."
        yield warning("incidents", f"{backlog.incidents.count} incidents are open: cases that wait for a person.", remedy)
    if backlog.lost_messages.count:
        says = f"{backlog.lost_messages.count} messages were received by nobody in time."
        yield warning("lost-messages", says, "See them with `stegvis message lost`.")


def _history(engine: CaseEngine) -> Remark:
    newest = engine.cases(SYSTEM, limit=CASES).rows
    remedy = "Run `stegvis history verify` for all cases, keep the database as it is, and find out who had access to it."
    with engine.store.read() as unit:
        removed = unit.histories.without_case()
        if removed:
            return error("history", f"The case {removed[0]} was removed from the database; its history is still there.", remedy)
        for case in newest:
            try:
                end = ChainHead(case.history_sequence, case.history_hash)
                broken = first_break(unit.histories.chain_of(case.id), end=end)
            except HistoryDamaged as damaged:
                return error("history", damaged.message, remedy)
            if broken is not None:
                return error("history", f"Event {broken[0]} of case {case.number} does not fit: {broken[1]}.", remedy)
    return well("history", f"The history of the newest {len(newest)} cases is whole.")
