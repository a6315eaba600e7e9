from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

import pytest

from engine.case import Case
from engine.errors import RevisionConflict
from engine.ids import ROOT_SCOPE, CaseId, UnitId
from engine.ports import Store, Unit
from tests.builders import NOON, a_case, a_message, a_message_wait, a_process_version, a_user, an_entry, some_events
from tests.contracts.stored import change_case, with_cases

CASE = CaseId("case-1")
SHORT_SECONDS = 0.2
LONG_SECONDS = 20.0
Result = TypeVar("Result")


def test_only_a_server_is_far(store: Store) -> None:
    assert store.is_far is ("postgresql" in str(getattr(store, "address", "")))


def test_leaving_without_a_commit_undoes_everything(store: Store) -> None:
    with_cases(store)
    with store.write() as work:
        was = work.cases.lock(CASE)
        assert was is not None
        data, _ = was.data.write(ROOT_SCOPE, "plan", "x")
        work.cases.save(replace(was.case, revision=1), "changed", data, was=was)
        work.cases.next_number(2025)
        work.definitions.add_process(a_process_version(number=2))
        work.people.put_user(a_user())
        work.registers.add(an_entry())
        work.waits.add_message(a_message())
        work.histories.append(some_events(1)[1])
    with store.write() as work:
        assert work.cases.lock(CASE) == was
        assert work.cases.next_number(2025) == "2025-000001"
        assert len(work.definitions.process_versions("pathway")) == 1
        assert list(work.people.users()) == []
        assert list(work.registers.find("persons", {}, 10)) == []
        assert work.waits.message("message-1") is None
        assert list(work.histories.of_case(CASE)) == []


def test_an_error_undoes_everything_and_frees_the_case(store: Store) -> None:
    with_cases(store)

    def fail() -> None:
        with store.write() as work:
            work.cases.lock(CASE)
            work.people.put_unit(Unit(UnitId("a"), "A"))
            raise LookupError("a mistake in a step")

    with pytest.raises(LookupError):
        fail()
    change_case(store, title="Ny titel")
    with store.read() as work:
        assert list(work.people.units()) == []


def test_a_unit_of_work_sees_what_it_wrote_and_others_do_not(store: Store) -> None:
    with store.write() as work:
        work.people.put_unit(Unit(UnitId("a"), "A"))
        assert len(work.people.units()) == 1
        with store.read() as other:
            assert len(other.people.units()) == 0
        work.commit()
    with store.read() as other:
        assert len(other.people.units()) == 1


def test_a_reader_sees_the_store_as_it_was_when_it_first_looked(store: Store) -> None:
    with_cases(store)
    with store.read() as work:
        before = work.cases.get(CASE)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(change_case, store, title="Ny titel").result(LONG_SECONDS)
        assert work.cases.get(CASE) == before
        assert work.queries.counts()["cases"] == 1
    with store.read() as work:
        assert work.cases.get(CASE) != before


def test_a_reader_does_not_wait_for_a_writer(store: Store) -> None:
    with_cases(store)
    with store.write() as work:
        work.cases.lock(CASE)
        with store.read() as other:
            locked = other.cases.lock(CASE)
            assert locked is not None
            assert locked.case == a_case()


def test_a_reading_unit_of_work_cannot_commit(store: Store) -> None:
    with store.read() as work, pytest.raises(RuntimeError, match="only reads"):
        work.commit()


def test_a_unit_of_work_is_over_after_its_commit_and_outside_its_block(store: Store) -> None:
    work = store.write()
    with pytest.raises(RuntimeError, match="over or not begun"):
        _ = work.cases
    with work:
        work.commit()
        with pytest.raises(RuntimeError, match="over or not begun"):
            _ = work.cases
        with pytest.raises(RuntimeError, match="over or not begun"):
            work.commit()
    with pytest.raises(RuntimeError, match="over or not begun"):
        _ = work.queries


def count_up(store: Store) -> Case:
    """A step that reads a number in the case's data and writes the next."""
    with store.write() as work:
        was = work.cases.lock(CASE)
        assert was is not None
        counter = was.data.read(ROOT_SCOPE, "counter") or Decimal(0)
        assert isinstance(counter, Decimal)
        data, _ = was.data.write(ROOT_SCOPE, "counter", counter + 1)
        case = replace(was.case, revision=was.case.revision + 1)
        work.cases.save(case, f"state {counter + 1}", data, was=was)
        work.commit()
    return case


def test_the_second_to_lock_a_case_waits_and_sees_what_the_first_committed(store: Store) -> None:
    with_cases(store)
    with ThreadPoolExecutor(1) as pool:
        with store.write() as work:
            was = work.cases.lock(CASE)
            assert was is not None
            second = pool.submit(count_up, store)
            assert not wait([second], SHORT_SECONDS).done
            data, _ = was.data.write(ROOT_SCOPE, "counter", Decimal(10))
            work.cases.save(replace(was.case, revision=1), "state 10", data, was=was)
            work.commit()
        assert second.result(LONG_SECONDS).revision == 2
    with store.read() as work:
        assert work.cases.data(CASE).read(ROOT_SCOPE, "counter") == 11
        assert work.cases.state(CASE) == "state 11"


def in_parallel(*acts: Callable[[], Result]) -> list[Future[Result]]:
    """Run each in a thread of its own, all beginning together; gives what became of each."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Result]) -> Result:
        gate.wait(LONG_SECONDS)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [pool.submit(run, act) for act in acts]


def test_no_step_is_lost_among_many_writers(store: Store) -> None:
    with_cases(store)
    for step in in_parallel(*[lambda: [count_up(store) for _ in range(5)]] * 8):
        step.result()
    with store.read() as work:
        assert work.cases.data(CASE).read(ROOT_SCOPE, "counter") == 40
        case = work.cases.get(CASE)
    assert case is not None
    assert case.revision == 40


def test_of_two_writers_from_one_reading_exactly_one_wins(store: Store) -> None:
    with_cases(store)
    with store.read() as work:
        was = work.cases.lock(CASE)
    assert was is not None

    def save() -> None:
        with store.write() as work:
            work.cases.save(replace(was.case, revision=1), "{}", was.data, was=was)
            work.commit()

    errors = [step.exception() for step in in_parallel(save, save)]
    assert [type(error) for error in errors if error] == [RevisionConflict]


def test_numbers_and_keys_are_unique_among_many_writers(store: Store) -> None:
    def take() -> tuple[str, str]:
        with store.write() as work:
            taken = work.cases.next_number(2025), work.registers.next_key("persons")
            work.commit()
        return taken

    given = in_parallel(*[lambda: [take() for _ in range(5)]] * 8)
    pairs = [pair for step in given for pair in step.result()]
    assert sorted(number for number, _ in pairs) == [f"2025-{number:06d}" for number in range(1, 41)]
    assert len({key for _, key in pairs}) == 40


def test_sender_and_subscriber_of_a_message_cannot_miss_each_other(store: Store) -> None:
    with_cases(store)
    for turn in range(10):
        name = f"message-{turn}"

        def send(name: str = name) -> bool:
            with store.write() as work:
                work.waits.lock_message(name, "k1")
                has_met = bool(work.waits.waiting_for(name, "k1"))
                work.waits.add_message(a_message(name, name=name))
                work.commit()
            return has_met

        def subscribe(name: str = name) -> bool:
            with store.write() as work:
                work.waits.lock_message(name, "k1")
                has_met = bool(work.waits.unmatched(name, "k1", NOON))
                work.waits.open(a_message_wait(token=name, name=name))
                work.commit()
            return has_met

        met = [step.result() for step in in_parallel(send, subscribe)]
        assert met.count(True) == 1


def test_the_lock_of_a_message_is_held_until_the_end(store: Store) -> None:
    def lock() -> None:
        with store.write() as work:
            work.waits.lock_message("referral", "k1")

    with ThreadPoolExecutor(1) as pool:
        with store.write() as work:
            work.waits.lock_message("referral", "k1")
            second = pool.submit(lock)
            assert not wait([second], SHORT_SECONDS).done
        second.result(LONG_SECONDS)
