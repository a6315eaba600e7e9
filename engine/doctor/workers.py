"""Whether workers that share their work are told of it, and whether any is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from .. import bootstrap
from ..background.rhythm import Rhythm
from ..remark import Remark, error, failed_check, warning, well
from ..settings import Settings, WorkerMode
from ..storage import sql
from .ages import in_words

HEARD_WITHIN: Final = timedelta(seconds=Rhythm().stalled)
"""A worker that has given no sign of life for longer is taken for dead, by the others too."""


@dataclass(frozen=True, slots=True)
class Workers:
    """What was found, and how many workers are at work; None where they are not counted: they share nothing."""

    remarks: list[Remark] = field(default_factory=list)
    count: int | None = None


def look(store: sql.SqlStore, settings: Settings) -> Workers:
    """What is to be said of them; that they cannot be looked at, where that fails."""
    try:
        return _look(store, settings)
    except Exception as failed:  # as in `apart`: other checks are made
        return Workers([failed_check("workers", failed)])


def _look(store: sql.SqlStore, settings: Settings) -> Workers:
    if store.carrier is None:
        return Workers([*_alone(settings), *_beside(store, settings)])
    from ..storage.sql.examining import wakeups  # needs a package that SQLite does without

    state = wakeups.look(store, heard_within=HEARD_WITHIN)
    where = f"The schema stegvis_wakeups of {store.address}, which carries to workers what is due,"
    waits = "Until then they find it by looking, up to ten seconds later."
    if not state.is_made and store.newer:
        says = f"{where} is not there, or is of the newer release."
        return Workers([warning("wakeups", says, f"Nothing is to be done here. {waits} Replace the processes soon.")])
    if not state.is_made:
        says = f"{where} is not there, or is of another release."
        return Workers([error("wakeups", says, f"Run `stegvis db upgrade`. {waits} None starts anew.")])
    if state.lacking:
        says = f"{where} cannot be used by the account {state.account}, which lacks: {'; '.join(state.lacking)}."
        remedy = "Let its owner grant what docs/reference/database.md lists under accounts in PostgreSQL."
        return Workers([error("wakeups", says, f"{remedy} {waits} None starts anew.")])
    told = well("wakeups", f"{where} is there, and the account {state.account} may use it.")
    return Workers([told, _of_count(state.workers, state.silent_for)], state.workers)


def _alone(settings: Settings) -> Iterator[Remark]:
    if settings.worker is WorkerMode.DISTRIBUTED:
        says = "`worker` is distributed, and workers share their work in PostgreSQL only: `stegvis serve` does not start."
        yield error("worker", says, "Set `worker` to embedded, or move to PostgreSQL.")


def _beside(store: sql.SqlStore, settings: Settings) -> Iterator[Remark]:
    """Whether anybody shares work on a database of PostgreSQL on which this installation's processes each look for it."""
    if not sql.may_share(bootstrap.database_address(settings)):
        return
    from ..storage.sql.examining import wakeups  # needs a package that SQLite does without

    state = wakeups.look(store, heard_within=HEARD_WITHIN)
    if state.workers:
        says = f"Workers that share work on this database: {state.workers}. With `worker` = embedded nothing is told to them."
        remedy = "Give every process and command of the installation the same `worker`: distributed, or none where others work."
        yield warning("worker", f"{says} They find it by looking, up to ten seconds later.", remedy)
    elif state.wakeups:
        says = f"Wake-ups in the schema stegvis_wakeups of {store.address} to which nobody listens: {state.wakeups}."
        remedy = (
            "Where every process has `worker` = embedded they are left: TRUNCATE stegvis_wakeups.procrastinate_jobs "
            "CASCADE loses nothing. Else give all the same `worker`, and start `stegvis worker`."
        )
        yield warning("wakeups", says, remedy)
    else:
        yield well("wakeups", "Nobody is told of work: each `stegvis serve` looks once a second for what is due.")


def _of_count(count: int, silent_for: timedelta | None) -> Remark:
    if count:
        return well("workers", f"Workers heard of within {round(HEARD_WITHIN.total_seconds())} seconds: {count}.")
    last = "none is on record" if silent_for is None else f"the last was heard of {in_words(silent_for)} ago"
    says = f"No worker is at work on this database; {last}. Timers, messages and jobs wait."
    remedy = "Start `stegvis worker`. One that runs is on record again ten seconds after those tables were emptied."
    return warning("workers", says, remedy)
