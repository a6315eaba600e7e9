"""Databases that releases left, put into SQLite or PostgreSQL as they were, and their cases driven to their ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from engine.actor import SYSTEM
from engine.case import Case, CaseStatus, IncidentState
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.errors import NotPossible, Rejected
from engine.history import ChainHead
from engine.ids import CaseId, UnitId
from engine.storage.sql import address, open_store
from engine.storage.sql.moving import filling
from engine.storage.sql.moving.contents import column_names, lines_of
from engine.wait import WaitKind

GOLDEN = Path(__file__).parent / "golden"
RELEASES = tuple(sorted(path.stem for path in GOLDEN.glob("*.sql")))
_MOST_ROUNDS = 40


def put(release: str, url: str, folder: Path) -> dict[CaseId, ChainHead]:
    """Put a release's database at an address; gives where the history of each of its cases ended."""
    path = Path(url) if "://" not in url else folder / "release.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript((GOLDEN / f"{release}.sql").read_text(encoding="utf-8"))
        rows = database.execute("SELECT id, history_sequence, history_hash FROM case_instance").fetchall()
    if "://" in url:
        _carry_over(str(path), url)
    return {CaseId(id_): ChainHead(sequence, hash_) for id_, sequence, hash_ in rows}


def _carry_over(source: str, url: str) -> None:
    """Fill the tables of the release's own revision, not of today's."""
    engine = address.connect(address.read_address(source))
    with engine.connect() as connection, connection.begin():
        revision = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
        names = [name for name, _ in sa.inspect(connection).get_sorted_table_and_fkc_names() if name]
        with filling(url, revision=revision) as target:
            for name in names:
                if name != "alembic_version":
                    target.fill(name, column_names(connection, name), lines_of(connection, name))
            target.number_on()
    engine.dispose()


class Finishing:
    """Does whatever is waited for, until nothing is."""

    def __init__(self, engine: CaseEngine, clock: FixedClock) -> None:
        self._engine, self._clock = engine, clock

    def finish(self, ids: list[CaseId]) -> dict[CaseId, Case]:
        """The cases as they are in the end."""
        for id_ in ids:
            self._set_right(id_)
        for _ in range(_MOST_ROUNDS):
            if not any(self._case(id_).is_open for id_ in ids):
                break
            for id_ in ids:
                if self._case(id_).is_open:
                    self._go_on(id_)
            self._clock.move_to(self._clock.now() + timedelta(days=10))
            self._engine.deliver_pending(limit=1000)
            self._engine.fire_due(limit=1000)
        return {id_: self._case(id_) for id_ in ids}

    def _set_right(self, id_: CaseId) -> None:
        """Resume it, and give its data a value by which conditions hold and nothing is divided by zero."""
        case = self._case(id_)
        if case.status is CaseStatus.SUSPENDED:
            self._engine.resume_case(SYSTEM, id_, reason="Goes on")
        with self._engine.store.read() as work:
            version = work.definitions.process(case.version_id)
        if case.is_open and version is not None and '"x"' in str(version.data_schema).replace("'", '"'):
            self._engine.correct_data(SYSTEM, id_, {"x": 1}, reason="As it is")

    def _go_on(self, id_: CaseId) -> None:
        with self._engine.store.read() as work:
            incidents = list(work.incidents.open_of_case(id_))
            waits = list(work.waits.of_case(id_))
        for incident in incidents:
            again, _ = self._engine.retry_incident(SYSTEM, incident.id)
            if again.state is IncidentState.OPEN:
                self._engine.skip_incident(SYSTEM, incident.id, reason="Done by hand")
        for wait in waits:
            with self._engine.store.read() as work:
                is_there = work.waits.get(id_, wait.token) is not None
            if is_there and wait.kind is WaitKind.MESSAGE:
                self._tell(id_, wait.name)
            if is_there and wait.kind is WaitKind.SIGNAL:
                self._engine.throw_signal(SYSTEM, wait.name, unit=UnitId(self._case(id_).unit))
                self._engine.deliver_pending(limit=1000)
        self._do_tasks(id_)

    def _tell(self, id_: CaseId, name: str) -> None:
        try:
            self._engine.message_case(SYSTEM, id_, name, {})
        except Rejected:  # what it brings is declared
            self._engine.message_case(SYSTEM, id_, name, {"answer": "yes"})

    def _do_tasks(self, id_: CaseId) -> None:
        with self._engine.store.read() as work:
            tasks = list(work.queries.open_tasks(id_))
        for task in tasks:
            with self._engine.store.read() as work:
                now = work.tasks.get(task.id)
                holder = work.people.user(now.claimed_by) if now is not None and now.claimed_by else None
            if now is not None and now.is_open:
                actor = holder.as_actor() if holder else SYSTEM
                seen = self._engine.task_form(actor, task.id).base_sequence
                submission = {"text": "Klart"} if now.form_version_id else {}
                with suppress(NotPossible):  # an ad-hoc sub-process that ends by itself, when what is in it is done
                    self._engine.complete_task(actor, task.id, submission, base_sequence=seen)

    def _case(self, id_: CaseId) -> Case:
        with self._engine.store.read() as work:
            found = work.cases.get(id_)
        assert found is not None
        return found


@contextmanager
def engine_on(url: str, clock: FixedClock) -> Iterator[CaseEngine]:
    store = open_store(url)
    try:
        yield CaseEngine(store, clock=clock)
    finally:
        store.close()


def end_every_case(url: str, heads: dict[CaseId, ChainHead]) -> None:
    """Drive every case to its end; what history told before is told after, and the chain goes on from it."""
    with engine_on(url, clock := FixedClock(_latest(url))) as engine:
        with engine.store.read() as work:
            before = {id_: case.status for id_ in heads if (case := work.cases.get(id_)) is not None}
        ended = {id_: status for id_, status in before.items() if status in (CaseStatus.COMPLETED, CaseStatus.CANCELLED)}
        cases = Finishing(engine, clock).finish(list(heads))
        left = {case.process: case.status for id_, case in cases.items() if id_ not in ended}
        assert set(left.values()) == {CaseStatus.COMPLETED}, left
        assert {id_: cases[id_].status for id_ in ended} == ended
        for id_, head in heads.items():
            assert engine.verify_history(SYSTEM, id_, known=head) is None
            with engine.store.read() as work:
                assert list(work.waits.of_case(id_)) == []
                assert list(work.incidents.open_of_case(id_)) == []


def _latest(url: str) -> datetime:
    """When the release left its database."""
    with engine_on(url, FixedClock(datetime(2025, 1, 1, tzinfo=UTC))) as engine:
        return max(case.started_at for case in engine.cases(SYSTEM, limit=200).rows) + timedelta(hours=1)
