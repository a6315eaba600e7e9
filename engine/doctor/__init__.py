"""Examining an installation: what is wrong, where, and what to do. Looks at everything and changes nothing.

Each check is kept apart from the others: one that fails is told as an error, and the rest is looked at all the same.

The one thing that is written is an empty file in the folder for files, which is removed at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from .. import bootstrap
from ..clock import SystemClock
from ..errors import Misconfigured
from ..remark import Condition, Remark, apart, error
from ..settings import Settings
from ..storage import sql
from . import content, machine, settings_of, work, workers

__all__ = ["examine"]


def examine(settings: Settings, env: Mapping[str, str]) -> Iterator[Remark]:
    """Everything that is to be said, in the order in which it is best put right. `env` holds the variables of OpenTelemetry."""
    now = SystemClock().now
    address = bootstrap.database_address(settings)
    yield from apart("settings", lambda: settings_of.examine(settings, env))
    yield from apart("port", lambda: [machine.port(settings)])
    yield from apart("disk", lambda: machine.disk({bootstrap.files_folder(settings), *machine.database_folder(address)}))
    yield from apart("packages", content.plugins)
    is_there = True
    for remark in apart("database", lambda: sql.examine(address, now)):
        is_there = is_there and not (remark.check in ("database", "integrity") and remark.condition is Condition.ERROR)
        yield remark
    if is_there:
        yield from apart("engine", lambda: _inside(settings, now()))


def _inside(settings: Settings, now: datetime) -> Iterator[Remark]:
    """What only the engine can say of what the database holds."""
    try:
        engine = bootstrap.open_engine(settings)
    except Misconfigured as wrong:
        yield error("engine", wrong.message, "Until then nothing works.")
        return
    store = engine.store
    assert isinstance(store, sql.SqlStore), "settings lead to a database"
    try:
        yield from apart("files", lambda: machine.files(store, engine.files, bootstrap.files_folder(settings)))
        yield from apart("content", lambda: content.versions(engine, settings))
        found = workers.look(store, settings)
        yield from found.remarks
        yield from work.examine(engine, now, workers=found.count)
    finally:
        store.close()
