"""Whether jobs are fetched by the systems outside that they are for, and taken over from workers that are gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from ..actor import may_fetch
from ..ports import LateJobs, UnitOfWork
from ..remark import Remark, error, warning
from .ages import in_words

MOST: Final = 100
"""So many jobs whose lease has run out are looked at."""


def examine(unit: UnitOfWork, now: datetime, late: list[LateJobs], *, overdue: timedelta) -> Iterator[Remark]:
    """`late` are the jobs that have waited for longer than `overdue`. Of those for handlers nothing is said here."""
    yield from (_outside(unit, jobs, now) for jobs in late if jobs.is_outside)
    left = unit.jobs.lapsed(now - overdue, MOST)
    if left:
        more = " or more" if len(left) == MOST else ""
        says = f"Jobs whose workers have not been heard of since, and that nobody took over: {len(left)}{more}."
        remedy = "Start `stegvis serve` or `stegvis worker`: it sees to jobs that others left."
        yield error("job-leases", says, f"{remedy} If one runs, its log says why (`step-failed`).")


def _outside(unit: UnitOfWork, late: LateJobs, now: datetime) -> Remark:
    since = in_words(now - late.oldest)
    says = f"Jobs with the topic {late.what} that wait for a worker outside: {late.count}, the oldest since {since}."
    if any(user.is_active and may_fetch(user.as_actor(), frozenset({late.what})) for user in unit.people.users()):
        return warning("external-jobs", says, "See whether that system runs and reaches this installation.")
    remedy = f"Make one with the role worker and, in the units of the cases, the group {late.what} (`stegvis user add`)."
    return error("external-jobs", f"{says} No account may fetch them.", remedy)
