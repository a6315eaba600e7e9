from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from engine.definition import Retirement
from engine.errors import Conflict
from engine.ids import UserId, VersionId
from engine.ports import Store
from tests.builders import NOON, a_form_version, a_process_version, a_register_version


def test_a_process_version_is_read_back_as_it_was_added(store: Store) -> None:
    version = a_process_version(
        data_schema={"type": "object", "properties": {"endDate": {"minimum": Decimal("0.5")}}},
        deployed_at=NOON.replace(microsecond=123456),
        deployed_by=UserId("designer-å"),
        forms={"contact": VersionId("contact:1")},
        calls={"intake": VersionId("intake:3")},
        decisions={"route.dmn": "<definitions>å</definitions>"},
        start_messages=("referral", "appeal"),
        is_startable=True,
        start_groups=frozenset({"reception", "coach"}),
        start_form="contact",
    )
    with store.write() as work:
        work.definitions.add_process(version)
        work.commit()
    with store.read() as work:
        assert work.definitions.process(version.id) == version
        assert work.definitions.process_by_number("pathway", 1) == version
        assert work.definitions.process(VersionId("unknown")) is None
        assert work.definitions.process_by_number("pathway", 2) is None


def test_the_newest_version_of_each_process_is_given_by_key(store: Store) -> None:
    first, second, tenth = (a_process_version(number=number) for number in (1, 2, 10))
    other = a_process_version("intake")
    with store.write() as work:
        for version in (second, tenth, first, other):
            work.definitions.add_process(version)
        work.commit()
    with store.read() as work:
        assert work.definitions.latest_process("pathway") == tenth
        assert work.definitions.latest_process("unknown") is None
        assert list(work.definitions.latest_processes()) == [other, tenth]
        assert list(work.definitions.process_versions("pathway")) == [tenth, second, first]


def test_only_the_newest_version_is_started_by_a_message(store: Store) -> None:
    with store.write() as work:
        work.definitions.add_process(a_process_version(number=1, start_messages=("referral", "old")))
        work.definitions.add_process(a_process_version(number=2, start_messages=("referral",)))
        work.commit()
    with store.read() as work:
        assert work.definitions.started_by_message("referral") == a_process_version(number=2, start_messages=("referral",))
        assert work.definitions.started_by_message("old") is None
        assert work.definitions.started_by_message("unknown") is None


def test_of_two_processes_that_a_message_starts_the_last_deployed_is_meant(store: Store) -> None:
    later = a_process_version("appeal", start_messages=("referral",), deployed_at=NOON + timedelta(days=1))
    with store.write() as work:
        work.definitions.add_process(later)
        work.definitions.add_process(a_process_version(start_messages=("referral",)))
        work.commit()
    with store.read() as work:
        assert work.definitions.started_by_message("referral") == later


@pytest.mark.parametrize(("number", "id_"), [(1, "another"), (2, "pathway:1")])
def test_a_version_is_added_once(store: Store, number: int, id_: str) -> None:
    with store.write() as work:
        work.definitions.add_process(a_process_version())
        with pytest.raises(Conflict):
            work.definitions.add_process(a_process_version(number=number, id=VersionId(id_)))


def test_form_versions_are_kept(store: Store) -> None:
    first, second, other = a_form_version(), a_form_version(number=2), a_form_version("withdrawal")
    with store.write() as work:
        for version in (first, other, second):
            work.definitions.add_form(version)
        work.commit()
    with store.read() as work:
        assert work.definitions.form(first.id) == first
        assert work.definitions.form(VersionId("unknown")) is None
        assert work.definitions.latest_form("contact") == second
        assert work.definitions.latest_form("unknown") is None
        assert list(work.definitions.latest_forms()) == [second, other]
        assert list(work.definitions.form_versions("contact")) == [second, first]
        assert list(work.definitions.form_versions("unknown")) == []


def test_register_versions_are_kept(store: Store) -> None:
    first, second, other = a_register_version(), a_register_version(number=2), a_register_version("offices")
    with store.write() as work:
        for version in (first, other, second):
            work.definitions.add_register(version)
        work.commit()
    with store.read() as work:
        assert work.definitions.latest_register("persons") == second
        assert work.definitions.latest_register("unknown") is None
        assert list(work.definitions.latest_registers()) == [other, second]


def test_a_form_or_register_version_is_added_once(store: Store) -> None:
    with store.write() as work:
        work.definitions.add_form(a_form_version())
        with pytest.raises(Conflict):
            work.definitions.add_form(a_form_version())
    with store.write() as work:
        work.definitions.add_register(a_register_version())
        with pytest.raises(Conflict):
            work.definitions.add_register(a_register_version())


def test_pools_that_were_deployed_together_are_found_together(store: Store) -> None:
    seller = a_process_version("seller", number=2, pool_of="pathway", start_messages=("order",))
    with store.write() as work:
        for version in (a_process_version(), a_process_version(number=2), seller, a_process_version("other", number=2)):
            work.definitions.add_process(version)
        work.commit()
    with store.read() as work:
        assert list(work.definitions.pools("pathway", 2)) == [a_process_version(number=2), seller]
        assert list(work.definitions.pools("pathway", 1)) == [a_process_version()]
        assert list(work.definitions.pools("seller", 2)) == []
        assert work.definitions.latest_process("seller") == seller


def test_a_pool_that_the_next_version_lacks_is_withdrawn(store: Store) -> None:
    seller = a_process_version("seller", pool_of="pathway", start_messages=("order",))
    with store.write() as work:
        for version in (a_process_version(), seller, a_process_version(number=2)):
            work.definitions.add_process(version)
        work.commit()
    with store.read() as work:
        assert work.definitions.latest_process("seller") is None
        assert [version.key for version in work.definitions.latest_processes()] == ["pathway"]
        assert work.definitions.started_by_message("order") is None
        assert work.definitions.process(seller.id) == seller
        assert list(work.definitions.process_versions("seller")) == [seller]


def test_a_process_is_retired_once_at_a_time_and_no_message_starts_it_meanwhile(store: Store) -> None:
    version = a_process_version(start_messages=("referral",))
    older = a_process_version("appeal", start_messages=("referral",), deployed_at=NOON - timedelta(days=1))
    first = Retirement("r-1", "pathway", NOON, UserId("designer-å"), "Ersatt.")
    ended = replace(first, ended_at=NOON + timedelta(days=1), ended_by=UserId("d-2"), ended_reason="Behövs.")
    with store.write() as work:
        work.definitions.add_process(version)
        work.definitions.add_process(older)
        work.definitions.put_retirement(first)
        work.commit()
    with store.read() as work:
        assert (work.definitions.retirement("pathway"), work.definitions.retirement("appeal")) == (first, None)
        assert work.definitions.started_by_message("referral") == older
    with store.write() as work, pytest.raises(Conflict):
        work.definitions.put_retirement(replace(first, id="r-2"))
    with store.write() as work:
        work.definitions.put_retirement(ended)
        work.definitions.put_retirement(replace(first, id="r-2", at=NOON + timedelta(days=2)))
        work.commit()
    with store.write() as work:
        work.definitions.put_retirement(replace(ended, id="r-2", at=NOON + timedelta(days=2)))
        work.commit()
    with store.read() as work:
        assert [one.id for one in work.definitions.retirements()] == ["r-1", "r-2"]
        assert work.definitions.retirements()[0] == ended
        assert work.definitions.started_by_message("referral") == version
