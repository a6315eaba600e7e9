"""Workers that share their work: wake-ups are carried in the case's own transaction, and nothing hangs on them."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker as Listener
from structlog.testing import capture_logs

from engine import bootstrap
from engine.actor import SYSTEM
from engine.background import Worker
from engine.background.distributed import CarrierLostError, DistributedWorker
from engine.background.rhythm import Rhythm
from engine.background.sweeper import Sweeper
from engine.errors import Misconfigured, RevisionConflict
from engine.history import EventType
from engine.ids import CaseId
from engine.settings import Settings, WorkerMode
from engine.storage.sql import carrier, open_store, upgrade
from engine.storage.sql.carrier import Carrier
from engine.wait import Wait
from engine.wakeup import Wakeup, WakeupKind, of_timer
from tests.builders import NOON, a_timer
from tests.jobs.office import Office, installed

from .house import DEAF, BackgroundHouse, a_worker, wait_until, working

HOUR = timedelta(hours=1)
EMPTY = "TRUNCATE stegvis_wakeups.procrastinate_jobs, stegvis_wakeups.procrastinate_workers CASCADE"
DROP = "DROP SCHEMA stegvis_wakeups CASCADE"


@pytest.fixture
def house(telling_house: BackgroundHouse) -> BackgroundHouse:
    return telling_house


def carrier_of(house: BackgroundHouse) -> Carrier:
    assert house.store.carrier is not None
    return house.store.carrier


def write_timer(house: BackgroundHouse, *, due: datetime, commits: bool = True) -> Wait:
    """Let a token of a case wait, and no more."""
    timer = a_timer(house.start("listener")[0], due=due)
    with house.store.write() as work:
        work.waits.open(timer)
        if commits:
            work.commit()
    return timer


def test_a_worker_hears_of_work_in_the_moment_it_is_stored(house: BackgroundHouse) -> None:
    with working(a_worker(house.engine, rhythm=DEAF)):
        wait_until(lambda: house.workers() == 1)
        listening, soon = house.start("listener", times=3), house.start("soon")
        house.alarm()
        wait_until(lambda: house.are_done([*listening, *soon]))


def test_a_worker_hears_of_a_job_in_the_moment_it_is_ordered(house: BackgroundHouse) -> None:
    with installed(lambda inputs, desk: None, "away"):
        office = Office(house.store)
        with working(a_worker(office.engine, rhythm=DEAF)):
            wait_until(lambda: house.workers() == 1)
            case = office.start()
            wait_until(lambda: office.paths(case) == ["z"])


def test_a_worker_hears_of_a_case_that_goes_on_in_the_moment_it_does(house: BackgroundHouse) -> None:
    timed, listening = house.start("timed"), house.start("listener")
    with installed(lambda inputs, desk: None, "away"):
        office = Office(house.store, clock=house.clock)
        called = office.start()
        for case_id in (timed[0], listening[0], called.id):
            house.engine.suspend_case(SYSTEM, case_id, reason="An appeal is tried")
        house.alarm()
        house.run(EMPTY)  # as when workers were told and have found the cases suspended
        house.clock.move_to(NOON + HOUR)
        with working(a_worker(office.engine, rhythm=DEAF)):
            wait_until(lambda: house.workers() == 1)
            for case_id in (timed[0], listening[0], called.id):
                house.engine.resume_case(SYSTEM, case_id, reason="It was dismissed")
            wait_until(lambda: house.are_done([*timed, *listening]) and office.paths(called) == ["z"])


def test_what_is_told_still_when_a_case_goes_on_keeps_nothing_else_untold(house: BackgroundHouse) -> None:
    timed = house.start("timed")
    house.clock.move_to(NOON + HOUR)
    assert Sweeper(house.engine, carrier_of(house), every_seconds=9.0).sweep() > 0
    house.engine.suspend_case(SYSTEM, timed[0], reason="An appeal is tried")
    with capture_logs() as logs, house.store.around() as whole:
        house.start("soon")
        house.engine.resume_case(SYSTEM, timed[0], reason="It was dismissed")
        whole.commit()
    assert [log["event"] for log in logs if log["event"] == "wakeups-untold"] == []
    assert house.told() == 2


def test_a_wakeup_is_stored_with_what_is_due_or_not_at_all(house: BackgroundHouse) -> None:
    write_timer(house, due=NOON, commits=False)
    assert house.told() == 0
    write_timer(house, due=NOON)
    assert house.told() == 1


def test_parts_of_a_transaction_wake_when_the_whole_is_stored(house: BackgroundHouse) -> None:
    with house.store.around() as whole:
        house.start("soon", times=2)
        assert house.told() == 0
        whole.commit()
    assert house.told() == 2


def test_only_what_is_due_soon_is_told(house: BackgroundHouse) -> None:
    write_timer(house, due=datetime.now(UTC) + timedelta(minutes=1))
    assert house.told() == 0
    write_timer(house, due=datetime.now(UTC) + timedelta(seconds=5))
    assert house.told() == 1


def test_what_is_told_already_is_not_told_again(house: BackgroundHouse) -> None:
    first, second = of_timer(write_timer(house, due=NOON)), of_timer(write_timer(house, due=NOON))
    far = Wakeup(WakeupKind.TIMER, ("case-9", "t1"), NOON)
    assert carrier_of(house).retell([first, far, second]) == 1
    assert carrier_of(house).retell([far]) == 0
    assert house.told() == 3


def test_what_another_tells_in_the_same_moment_is_not_told_again_and_no_sign_of_a_lost_carrier(
    house: BackgroundHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = carrier_of(house)
    seen, told = ours._told, of_timer(write_timer(house, due=NOON))
    looks: list[int] = []

    def see_too_early(connection: sa.Connection, names: Sequence[str]) -> frozenset[str]:
        looks.append(len(names))
        return seen(connection, names) if len(looks) % 2 == 0 else frozenset()

    monkeypatch.setattr(ours, "_told", see_too_early)
    far = [Wakeup(WakeupKind.TIMER, (f"case-{number}", "t1"), NOON) for number in range(2)]
    assert ours.retell([told, far[0]]) == 1
    with capture_logs() as logs, house.store.engine.begin() as connection:
        ours.carry(connection, [told, *far])
    assert (logs, looks, house.told()) == ([], [2, 2, 3, 3], 3)


def test_where_others_are_always_quicker_the_next_sweep_looks_again(
    house: BackgroundHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = of_timer(write_timer(house, due=NOON))
    monkeypatch.setattr(carrier_of(house), "_told", lambda connection, names: frozenset())
    assert carrier_of(house).retell([told]) == 0


def test_one_at_a_time_tells_again(house: BackgroundHouse) -> None:
    with house.store.engine.begin() as connection:
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(7305811027)"))
        assert carrier_of(house).retell([Wakeup(WakeupKind.TIMER, ("case-9", "t1"), NOON)]) is None
    assert house.told() == 0


def test_the_sweep_finds_what_lies_behind_all_that_waits_for_another_attempt(
    house: BackgroundHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.background.sweeper.BATCH", 2)
    sweeper = Sweeper(house.engine, carrier_of(house), every_seconds=9.0)
    for _ in range(3):
        write_timer(house, due=NOON)
    assert house.told() == 3
    house.start("timed")
    house.clock.move_to(NOON + HOUR)
    assert sweeper.sweep() == 9.0
    assert house.told() == 4


def test_the_sweep_comes_again_when_the_next_timer_is_due(house: BackgroundHouse) -> None:
    sweeper = Sweeper(house.engine, carrier_of(house), every_seconds=9.0)
    house.start("timed")
    assert sweeper.sweep() == 9.0
    house.clock.move_to(NOON + HOUR - timedelta(seconds=2))
    assert sweeper.sweep() == 2.0


def test_what_fails_is_tried_again_after_a_pause(house: BackgroundHouse) -> None:
    now = datetime.now(UTC)
    house.clock.move_to(now)
    (broken,) = house.start("soon")
    house.break_state(broken)
    with capture_logs() as logs, working(a_worker(house.engine)):
        wait_until(lambda: [log["event"] for log in logs].count("step-failed") == 1 and house.told() == 1)
    with house.store.engine.connect() as connection:
        later = list(connection.scalars(sa.text("SELECT scheduled_at FROM stegvis_wakeups.procrastinate_jobs")))
    assert [at >= now + timedelta(minutes=1) for at in later] == [True]
    assert carrier_of(house).retell(house.engine.due(9)) == 0


def lose(house: BackgroundHouse, loss: str) -> None:
    """Workers hold these tables: of two that wait for each other the database may refuse this one, which then tries again."""
    while house.has_carrier():
        with suppress(RevisionConflict):
            house.run(loss)
            return


def test_an_idle_worker_that_was_struck_off_puts_itself_on_record_again(house: BackgroundHouse) -> None:
    with working(a_worker(house.engine)):
        wait_until(lambda: house.workers() == 1)
        house.run(EMPTY)
        wait_until(lambda: house.workers() == 1)
    assert house.workers() == 0


@pytest.mark.parametrize("loss", [EMPTY, DROP], ids=["emptied", "dropped"])
def test_a_carrier_that_is_lost_under_load_loses_nothing(house: BackgroundHouse, loss: str) -> None:
    done: list[CaseId] = []
    with capture_logs(), working(*[a_worker(house.engine) for _ in range(2)]):
        for _ in range(3):
            done += [*house.start("soon", times=5), *house.start("listener", times=5)]
            house.alarm()
            lose(house, loss)
            done += [*house.start("soon", times=5), *house.start("listener", times=5)]
            house.alarm()
        wait_until(lambda: house.are_done(done))
    told = [house.count(id_, EventType.TIMER_FIRED) + house.count(id_, EventType.SIGNAL_RECEIVED) for id_ in done]
    assert told == [1] * len(done)


def test_a_carrier_that_was_lost_is_found_again_after_an_upgrade(house: BackgroundHouse) -> None:
    house.run(DROP)
    with capture_logs() as logs, working(a_worker(house.engine, rhythm=Rhythm(poll=3600.0, sweep=3600.0, retry=0.1))):
        wait_until(lambda: "carrier-lost" in [log["event"] for log in logs])
        upgrade(house.store.engine.url.render_as_string(hide_password=False))
        wait_until(lambda: "carrier-found" in [log["event"] for log in logs])
        soon = house.start("soon")
        wait_until(lambda: house.are_done(soon))


def test_a_worker_goes_on_alone_though_a_part_of_it_does_not_hear_that_the_carrier_is_lost(
    house: BackgroundHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaf: list[str] = []

    async def hear_only_the_second_time(*_: object) -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(3600.0)
        deaf.append("once")
        await asyncio.sleep(3600.0)

    async def fail(_: object) -> None:
        raise CarrierLostError

    monkeypatch.setattr(DistributedWorker, "_look_around", hear_only_the_second_time)
    monkeypatch.setattr(Listener, "run", fail)
    soon = house.start("soon")
    with working(a_worker(house.engine)):
        wait_until(lambda: house.are_done(soon))
    assert deaf


def test_a_listener_that_cannot_strike_itself_off_is_no_wakeup_that_was_not_put_away(
    house: BackgroundHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail_at_the_end(listener: Listener) -> None:
        await listener._stop_event.wait()
        raise ConnectorException

    async def lose_the_carrier(*_: object) -> None:
        raise CarrierLostError

    monkeypatch.setattr(Listener, "run", fail_at_the_end)
    monkeypatch.setattr(DistributedWorker, "_look_around", lose_the_carrier)
    soon = house.start("soon")
    with capture_logs() as logs:
        with working(a_worker(house.engine)):
            wait_until(lambda: house.are_done(soon))
        gc.collect()  # what nobody has asked about is told now
    assert [log["event"] for log in logs] == ["worker-started", "carrier-lost", "worker-stopped"]


def test_what_a_dead_worker_left_is_taken_over(house: BackgroundHouse) -> None:
    left = of_timer(write_timer(house, due=NOON))
    house.run(
        "SET LOCAL search_path = stegvis_wakeups",
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')",
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers)",
    )
    woken: list[Wakeup] = []
    worker = a_worker(house.engine, rhythm=Rhythm(poll=0.1, sweep=3600.0, stalled=60.0))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(house.engine, "wake", woken.append)
        patch.setattr(house.engine, "due", lambda limit: [])
        with working(worker):
            wait_until(lambda: [one.key for one in woken] == [left.key])


def test_a_wakeup_of_a_newer_release_is_left_to_it(house: BackgroundHouse) -> None:
    worker = a_worker(house.engine)
    assert isinstance(worker, DistributedWorker)
    with capture_logs() as logs:
        worker._wake("parcel", ["case-1"])
    assert [log["event"] for log in logs] == ["step-unknown"]


def test_tables_of_another_release_are_made_anew(house: BackgroundHouse) -> None:
    write_timer(house, due=NOON)
    url = house.store.engine.url.render_as_string(hide_password=False)
    upgrade(url)
    assert house.told() == 1
    house.run("COMMENT ON SCHEMA stegvis_wakeups IS 'of another release'")
    with pytest.raises(Misconfigured, match="stegvis db upgrade"):
        carrier_of(house).require()
    upgrade(url)
    carrier_of(house).require()
    assert house.told() == 0


def test_an_account_that_may_make_no_schema_gets_a_database_and_hears_what_lacks(house: BackgroundHouse) -> None:
    house.run(DROP)
    with house.store.engine.begin() as connection:
        connection.exec_driver_sql("CREATE ROLE humble")
        connection.exec_driver_sql("SET LOCAL ROLE humble")
        with capture_logs() as logs:
            carrier.make(connection)
        connection.exec_driver_sql("RESET ROLE")
        connection.exec_driver_sql("CREATE SCHEMA stegvis_wakeups AUTHORIZATION humble")
        connection.exec_driver_sql("SET LOCAL ROLE humble")
        carrier.make(connection)
        assert carrier.is_made(connection)
        connection.exec_driver_sql("RESET ROLE")
        connection.exec_driver_sql("DROP OWNED BY humble CASCADE")
        connection.exec_driver_sql("DROP ROLE humble")
    assert [log["event"] for log in logs] == ["wakeups-not-made"]
    with pytest.raises(Misconfigured, match="CREATE SCHEMA stegvis_wakeups AUTHORIZATION"):
        carrier_of(house).require()
    upgrade(house.store.engine.url.render_as_string(hide_password=False))


def test_the_settings_say_who_works(postgres_url: str, sqlite_url: str) -> None:
    kinds: dict[WorkerMode, type | None] = {
        WorkerMode.EMBEDDED: Worker,
        WorkerMode.DISTRIBUTED: DistributedWorker,
        WorkerMode.NONE: None,
    }
    for mode, kind in kinds.items():
        settings = Settings(database=postgres_url, worker=mode)
        engine = bootstrap.open_engine(settings)
        worker = bootstrap.background_worker(engine, settings)
        assert worker is None if kind is None else isinstance(worker, kind)
        assert (engine.store.carrier is not None) == (mode is not WorkerMode.EMBEDDED)  # type: ignore[attr-defined]
        engine.store.close()  # type: ignore[attr-defined]
    shared = Settings(database=sqlite_url, worker=WorkerMode.DISTRIBUTED)
    with pytest.raises(Misconfigured, match="PostgreSQL only"):
        bootstrap.background_worker(bootstrap.open_engine(shared), shared)
    assert bootstrap.worker_of_its_own(shared).worker is WorkerMode.EMBEDDED
    assert bootstrap.worker_of_its_own(Settings(database=postgres_url)).worker is WorkerMode.DISTRIBUTED


def test_nobody_is_told_where_one_process_does_everything(postgres_url: str) -> None:
    store = open_store(postgres_url)
    house = BackgroundHouse(store)
    before = house.told()
    write_timer(house, due=NOON)
    assert (store.carrier, house.told()) == (None, before)
    store.close()
