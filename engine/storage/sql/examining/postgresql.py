"""Whether a PostgreSQL server is as Stegvis needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from ....remark import Remark, apart, error, warning, well
from .. import rights
from .sqlite import told_of_triggers

OLDEST: Final = 14
SKEW_WARNING_SECONDS: Final = 2.0
SKEW_ERROR_SECONDS: Final = 60.0
TRIGGERS: Final = frozenset(
    {
        "history_event_no_change",
        "history_event_no_truncate",
        "history_payload_no_change",
        "history_payload_no_truncate",
    }
)
_DURABLE: Final = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
}
"""The settings on which it depends that nothing acknowledged is lost, and the values that keep it."""
_AWAKE: Final = """
SELECT tgname FROM pg_trigger
WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')
AND tgrelid IN ('history_event'::regclass, 'history_payload'::regclass)
"""


def examine(connection: sa.Connection, now: Callable[[], datetime], *, pool: int) -> Iterator[Remark]:
    yield from apart("postgresql-version", lambda: _server(connection))
    yield from apart("durability", lambda: _durable(connection))
    yield from apart("connections", lambda: [_connections(connection, pool)])
    yield from apart("database-role", lambda: _role(connection))
    yield from apart("database-rights", lambda: [_rights(connection)])
    yield from apart("history-triggers", lambda: [_triggers(connection)])
    yield from apart("clock", lambda: [_clock(connection, now)])


def _show(connection: sa.Connection, name: str) -> str:
    return str(connection.execute(sa.select(sa.func.current_setting(name))).scalar_one())


def _server(connection: sa.Connection) -> Iterator[Remark]:
    version = int(_show(connection, "server_version_num")) // 10_000
    if version < OLDEST:
        yield error("postgresql-version", f"The server is PostgreSQL {version}.", f"Upgrade it to {OLDEST} or later.")
    else:
        yield well("postgresql-version", f"The server is PostgreSQL {version}.")
    encoding = _show(connection, "server_encoding")
    if encoding != "UTF8":
        says = f"The database keeps text as {encoding}, which cannot hold every name."
        yield error("encoding", says, "Make a database with ENCODING 'UTF8' and move there.")


def _durable(connection: sa.Connection) -> Iterator[Remark]:
    wrong = [f"{name} = {found}" for name, right in _DURABLE.items() if (found := _show(connection, name)) not in right]
    if wrong:
        says = f"The server may lose what was acknowledged when it or its power fails: {', '.join(wrong)}."
        yield error("durability", says, "Set fsync, full_page_writes and synchronous_commit to on in postgresql.conf.")
    else:
        yield well("durability", "What is committed survives a power cut.")


def _connections(connection: sa.Connection, pool: int) -> Remark:
    most = int(_show(connection, "max_connections")) - int(_show(connection, "superuser_reserved_connections"))
    processes = most // pool
    says = f"The server takes {most} connections; a process of Stegvis may open {pool}."
    if processes < 2:
        return warning("connections", says, "Raise max_connections: each process that serves or works needs its own.")
    return well("connections", f"{says} That is enough for {processes} processes.")


def _role(connection: sa.Connection) -> Iterator[Remark]:
    role, is_super = connection.exec_driver_sql("SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user").one()
    changes = [
        right
        for right in ("UPDATE", "DELETE", "TRUNCATE")
        if connection.execute(sa.select(sa.func.has_table_privilege("history_event", right))).scalar_one()
    ]
    if is_super:
        says = f"Stegvis signs in to the database as {role}, who is a superuser and may do anything there."
        yield warning("database-role", says, "Let it run as an account with the rights that docs/reference/database.md lists.")
    elif changes:
        says = f"The account {role} has the right to {', '.join(changes)} on history_event; only the triggers stand in the way."
        yield warning(
            "database-role", says, "Let the owner run `stegvis db upgrade`, and Stegvis run as another account, without them."
        )
    else:
        yield well("database-role", f"The account {role} may not change history.")


def _rights(connection: sa.Connection) -> Remark:
    account = connection.exec_driver_sql("SELECT current_user").scalar_one()
    lacks = rights.lacking(connection)
    if lacks:
        says = f"The account {account} lacks rights on the tables: {rights.in_words(lacks)}."
        remedy = "Let the owner of the tables grant what docs/reference/database.md lists under accounts in PostgreSQL."
        return error("database-rights", says, f"{remedy} Until then what needs them is refused.")
    return well("database-rights", f"The account {account} may read and write what Stegvis does.")


def _triggers(connection: sa.Connection) -> Remark:
    return told_of_triggers(TRIGGERS - set(connection.exec_driver_sql(_AWAKE).scalars()))


def _clock(connection: sa.Connection, now: Callable[[], datetime]) -> Remark:
    before = now()
    theirs: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    after = now()
    seconds = max((before - theirs).total_seconds(), (theirs - after).total_seconds(), 0.0)
    says = f"The clocks of this machine and of the database are {seconds:.0f} seconds apart."
    remedy = "Let both take their time from the same source (NTP): timers fire by this machine's clock."
    if seconds > SKEW_ERROR_SECONDS:
        return error("clock", says, remedy)
    if seconds > SKEW_WARNING_SECONDS:
        return warning("clock", says, remedy)
    return well("clock", "The clocks of this machine and of the database agree.")
