"""How the tables that carry wake-ups are, and which workers are at work on them. Needs a package that SQLite does without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from ..carrier import SCHEMA, is_made
from ..store import SqlStore

_SPACE: Final = "SELECT quote_ident(current_user), has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = :name"
_LACKING: Final = """
SELECT relation.relname || ': ' || string_agg(needed, ', ' ORDER BY needed)
FROM pg_class relation CROSS JOIN unnest(ARRAY['DELETE', 'INSERT', 'SELECT', 'UPDATE', 'USAGE']) needed
WHERE relation.relnamespace = CAST(:name AS regnamespace) AND CASE
WHEN relation.relkind = 'r' AND needed <> 'USAGE' THEN NOT has_table_privilege(relation.oid, needed)
WHEN relation.relkind = 'S' AND needed = 'USAGE' THEN NOT has_sequence_privilege(relation.oid, needed)
ELSE false END
GROUP BY relation.relname ORDER BY relation.relname
"""
_WORKERS: Final = f"""
SELECT count(*) FILTER (WHERE last_heartbeat > now() - :within), now() - max(last_heartbeat),
(SELECT count(*) FROM {SCHEMA}.procrastinate_jobs)
FROM {SCHEMA}.procrastinate_workers
"""  # noqa: S608  # a name of ours


@dataclass(frozen=True, slots=True)
class CarrierState:
    """`is_made`: the tables are there, as this release knows them. `lacking` are the rights that the account lacks, such as
    `procrastinate_jobs: UPDATE`. `workers` have been heard of lately; `silent_for` is since the last one was, None: never.
    `wakeups` lie there, told and not put away.
    """

    is_made: bool
    account: str = ""
    lacking: tuple[str, ...] = ()
    workers: int = 0
    silent_for: timedelta | None = None
    wakeups: int = 0


def look(store: SqlStore, *, heard_within: timedelta) -> CarrierState:
    """The carrier of a PostgreSQL database, as the account sees it that the store signs in with."""
    with store.engine.connect() as connection:
        space = connection.execute(sa.text(_SPACE), {"name": SCHEMA}).one_or_none()
        if space is None:
            return CarrierState(is_made=False)
        account, may_use = space
        if not may_use:
            return CarrierState(is_made=True, account=account, lacking=(f"{SCHEMA}: USAGE",))
        if not is_made(connection):
            return CarrierState(is_made=False, account=account)
        lacking = tuple(connection.scalars(sa.text(_LACKING), {"name": SCHEMA}))
        if lacking:
            return CarrierState(is_made=True, account=account, lacking=lacking)
        workers, silent_for, told = connection.execute(sa.text(_WORKERS), {"within": heard_within}).one()
        return CarrierState(is_made=True, account=account, workers=workers, silent_for=silent_for, wakeups=told)
