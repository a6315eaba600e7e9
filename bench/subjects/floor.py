"""The physical floor: the writes of a completion of ours, replayed by the bare driver. `… ADDRESS w1|w6`

One case is played by the engine first, and every INSERT, UPDATE and DELETE that it sends is noted with its values, transaction
by transaction. A replay takes fresh ids of the same length and sends the same statements, one after the other: BEGIN, the lock
of the case, the writes, COMMIT. So it writes as many and as large rows into the same tables with the same indexes,
triggers and foreign keys, and does nothing else: no right is asked, no form checked, no expression evaluated, nothing hashed,
and what it writes is made ready before the clock starts.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import psycopg
import sqlalchemy as sa

from bench.client import serve, timed
from bench.subjects.library import Library
from engine.ids import new_id
from engine.storage.sql import SqlStore

Writes = Sequence[tuple[str, list[Any]]]
"""The statements of one transaction, each with the values of its rows."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The transactions of one case, and the ids in them that are another case's in a replay."""

    transactions: Sequence[Writes]
    ids: Sequence[str]

    def fresh(self) -> list[Writes]:
        """The same for a case that there is not."""
        new = {id_: (new_id() * 2)[: len(id_)] for id_ in self.ids}

        def renamed(value: Any) -> Any:
            if isinstance(value, str):
                for old, fresh in new.items():
                    value = value.replace(old, fresh)
            return value

        def row(values: Any) -> Any:
            if isinstance(values, dict):
                return {name: renamed(value) for name, value in values.items()}
            return tuple(map(renamed, values))

        return [[(text, [row(values) for values in rows]) for text, rows in writes] for writes in self.transactions]


def record(library: Library, workload: str) -> Recording:
    """Play one case and note what it writes."""
    store = library.engine.store
    assert isinstance(store, SqlStore)
    transactions: list[list[tuple[str, list[Any]]]] = []
    library.play(workload)  # statements of the first case are others: definitions are read

    def note(connection: object, cursor: object, text: str, values: Any, context: object, is_many: bool) -> None:
        kept = (text, list(values) if is_many else [values])
        if text.startswith(("INSERT", "UPDATE", "DELETE")) or ("FROM case_instance" in text and not transactions[-1]):
            transactions[-1].append(kept)

    def begin(connection: object) -> None:
        transactions.append([])

    sa.event.listen(store.engine, "begin", begin)
    sa.event.listen(store.engine, "before_cursor_execute", note)
    library.play(workload)
    sa.event.remove(store.engine, "before_cursor_execute", note)
    sa.event.remove(store.engine, "begin", begin)
    written = [writes for writes in transactions if any(not text.startswith("SELECT") for text, _ in writes)]
    return Recording(written, _ids(written))


def _ids(transactions: Sequence[Writes]) -> list[str]:
    """The ids of the case and its tasks, and its number, as they were inserted."""
    found = []
    for text, rows in (written for writes in transactions for written in writes):
        if inserted := re.match(r"INSERT INTO (case_instance|user_task) \((.*?)\)", text):
            for row in rows:
                values = row if isinstance(row, dict) else dict(zip(inserted[2].split(", "), row, strict=True))
                found += [values[name] for name in ("id", "number") if name in values]
    return found


class Bare:
    """A connection of the driver itself, as the engine sets it up."""

    def __init__(self, address: str) -> None:
        self._is_sqlite = "://" not in address
        self._connection: Any
        if self._is_sqlite:
            self._connection = sqlite3.connect(address, isolation_level=None, timeout=30, check_same_thread=False)
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 30000"):
                self._connection.execute(f"PRAGMA {pragma}")
        else:
            self._connection = psycopg.connect(address, autocommit=True)

    def write(self, writes: Writes) -> None:
        """One transaction."""
        cursor = by_name = self._connection.cursor()
        if not self._is_sqlite:
            cursor = psycopg.RawCursor(self._connection)
        cursor.execute("BEGIN IMMEDIATE" if self._is_sqlite else "BEGIN")
        for text, rows in writes:
            if isinstance(rows[0], dict):  # SQLAlchemy's own way, at the start of a case
                by_name.executemany(text, rows)
                continue
            if len(rows) > 1:
                cursor.executemany(text, rows)
            else:
                cursor.execute(text, rows[0])
                if text.startswith("SELECT"):
                    cursor.fetchall()
        cursor.execute("COMMIT")


def player(address: str, workload: str) -> Callable[[], list[float]]:
    recording, bare = record(Library(address), workload), Bare(address)

    def play() -> list[float]:
        begin, *completions = recording.fresh()
        bare.write(begin)
        return [timed(partial(bare.write, writes)) for writes in completions]

    return play


if __name__ == "__main__":
    serve(player(sys.argv[1], sys.argv[2]))
