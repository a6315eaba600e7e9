"""Whether what is due gets done, whether anything is stuck, and whether history is what it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from ..actor import SYSTEM
from ..case_engine import CaseEngine
from ..errors import HistoryDamaged
from ..history import ChainHead, first_break
from ..ports import Backlog
from ..remark import Remark, error, warning, well

OVERDUE: Final = timedelta(minutes=5)
"""What has been due for longer is done by nobody."""
CASES: Final = 20
"""So many of the newest cases have their history verified."""


def examine(engine: CaseEngine, now: datetime) -> Iterator[Remark]:
    with engine.store.read() as unit:
        backlog = unit.backlogs.count(now)
    yield _due(backlog, now)
    yield from _stuck(backlog, now)
    yield _history(engine)


def _due(backlog: Backlog, now: datetime) -> Remark:
    queues = (backlog.timers, backlog.starts, backlog.jobs)
    late = now - min((queue.oldest for queue in queues if queue.oldest is not None), default=now)
    count = sum(queue.count for queue in queues)
    if late > OVERDUE:
        minutes = int(late.total_seconds()) // 60
        says = f"{count} timers and jobs are due, the oldest since {minutes} minutes: nobody works in the background."
        remedy = "Start `stegvis serve` or `stegvis worker`. If one runs, its log says why (`worker-failed`, `step-failed`)."
        return error("background", says, remedy)
    return well("background", "Nothing has been due for long.")


def _stuck(backlog: Backlog, now: datetime) -> Iterator[Remark]:
    outside = backlog.topic_jobs
    if outside.oldest is not None and now - outside.oldest > OVERDUE:
        says = (
            f"{outside.count} jobs wait for workers outside, some for more than {int(OVERDUE.total_seconds()) // 60} minutes."
        )
        yield warning("external-jobs", says, "See which topic they have, and whether the worker for it runs.")
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
