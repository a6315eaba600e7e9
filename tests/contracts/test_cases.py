from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine import feel
from engine.case import Case, CaseStatus
from engine.case_data import CaseData, Scope, ScopeKind
from engine.errors import Conflict, RevisionConflict
from engine.ids import ROOT_SCOPE, CaseId, ScopeId, TaskId, UserId
from engine.ports import CaseFields, Store, Undo
from engine.task import TaskState, complete
from tests.builders import COACH, NOON, a_case, a_process_version, a_task, case_data
from tests.contracts.stored import change_case, with_cases, with_tasks, write

CASE = CaseId("case-1")
STOCKHOLM = ZoneInfo("Europe/Stockholm")
VALUES: dict[str, feel.Value] = {
    "nothing": None,
    "yes": True,
    "whole": Decimal(7),
    "fraction": Decimal("0.1"),
    "long number": Decimal("1234567890.123456789012345678901234"),
    "tiny": Decimal("1E-31"),
    "text": 'Åsa \u2028 \x01 "quoted" 🌍',
    "@text": "a name that looks like a tag",
    "date": date(2025, 12, 25),
    "local time": time(9, 30),
    "offset time": time(9, 30, tzinfo=UTC),
    "zone time": time(9, 30, tzinfo=STOCKHOLM),
    "local moment": datetime(2025, 3, 30, 2, 30),
    "utc moment": datetime(2025, 3, 30, 2, 30, 0, 123456, tzinfo=UTC),
    "zone moment": datetime(2025, 3, 31, 2, 30, tzinfo=STOCKHOLM),
    "days": feel.parse_duration("P3DT4H5M6.5S"),
    "negative": feel.parse_duration("-PT1H"),
    "months": feel.parse_duration("P1Y2M"),
    "list": [Decimal(1), "two", [None, False], {"@": "three"}],
    "context": {"": Decimal(0), "@number": "no tag", "inner": {"date": date(2025, 1, 1)}},
    "empty list": [],
    "empty context": {},
}


def test_a_case_is_read_back_as_it_was_added(store: Store) -> None:
    case = a_case(
        number="2025-000001",
        title="Klientväg Å",
        status=CaseStatus.CANCELLED,
        started_at=NOON + timedelta(microseconds=1),
        responsible=UserId("coach-2"),
        ended_at=NOON + timedelta(days=300),
        revision=4,
        history_sequence=17,
        history_hash="ab" * 32,
    )
    with_cases(store, case)
    with store.read() as work:
        assert work.cases.get(CASE) == case
        assert work.cases.get(CaseId("unknown")) is None


def test_a_time_in_another_zone_is_read_as_the_same_instant_in_utc(store: Store) -> None:
    with_cases(store, a_case(started_at=datetime(2025, 2, 3, 13, 0, tzinfo=STOCKHOLM)))
    with store.read() as work:
        case = work.cases.get(CASE)
    assert case is not None
    assert case.started_at == NOON


@pytest.mark.parametrize("name", VALUES)
def test_case_data_keep_their_type(store: Store, name: str) -> None:
    with store.write() as work:
        work.definitions.add_process(a_process_version())
        work.cases.add(a_case(), "{}", CaseData().open(Scope(ROOT_SCOPE, None, ScopeKind.CASE, values={name: VALUES[name]})))
        work.commit()
    with store.read() as work:
        read = work.cases.data(CASE).scopes[ROOT_SCOPE].values[name]
    assert read == VALUES[name]
    assert repr(read) == repr(VALUES[name])


def test_scopes_keep_their_place_in_the_tree(store: Store) -> None:
    call = Scope(ScopeId("call"), ROOT_SCOPE, ScopeKind.CALL, values={"plan": "x"})
    item = Scope(ScopeId("item"), call.id, ScopeKind.LAYER, frozenset({"signer", "loopCounter"}), {"signer": "a"})
    data = case_data(route="sfi").open(call).open(item)
    with store.write() as work:
        work.definitions.add_process(a_process_version())
        work.cases.add(a_case(), '{"tokens":[]}', data)
        work.commit()
    with store.read() as work:
        assert dict(work.cases.data(CASE).scopes) == dict(data.scopes)
        assert work.cases.state(CASE) == '{"tokens":[]}'


def test_an_unknown_case_has_no_state_and_empty_data(store: Store) -> None:
    with store.read() as work:
        assert work.cases.lock(CASE) is None
        assert work.cases.state(CASE) == ""
        assert dict(work.cases.data(CASE).scopes) == dict(CaseData().scopes)


def test_a_step_writes_row_state_and_scopes(store: Store) -> None:
    call = Scope(ScopeId("call"), ROOT_SCOPE, ScopeKind.CALL)
    with store.write() as work:
        work.definitions.add_process(a_process_version())
        work.cases.add(a_case(), "{}", case_data(kept=1).open(call))
        work.commit()
    with store.write() as work:
        was = work.cases.lock(CASE)
        assert was is not None
        data = was.data.close(call.id).open(Scope(ScopeId("item"), ROOT_SCOPE, ScopeKind.LAYER))
        data, _ = data.write(ROOT_SCOPE, "plan.version", Decimal(2))
        case = replace(was.case, revision=1, title="Ny titel")
        work.cases.save(case, '{"step":1}', data, was=was)
        work.commit()
    with store.read() as work:
        locked = work.cases.lock(CASE)
    assert locked is not None
    assert locked.case == case
    assert locked.state == '{"step":1}'
    assert dict(locked.data.scopes) == dict(data.scopes)


def test_a_step_on_an_older_revision_is_refused_and_changes_nothing(store: Store) -> None:
    with_cases(store)
    with store.read() as work:
        stale = work.cases.lock(CASE)
    assert stale is not None
    newest = change_case(store, title="Först")
    late = replace(stale.case, revision=1, title="Sist")
    with pytest.raises(RevisionConflict, match="case-1"):
        write(store, lambda work: work.cases.save(late, "{}", stale.data, was=stale))
    with store.read() as work:
        assert work.cases.get(CASE) == newest


def test_a_case_is_locked_by_one_of_its_tasks(store: Store) -> None:
    with_cases(store)
    with_tasks(store, a_task())
    with store.write() as work:
        locked = work.cases.lock_for(a_task().id)
        assert locked == work.cases.lock(CASE)
        assert work.cases.lock_for(TaskId("none")) is None


def test_what_was_read_with_the_lock_is_read_anew_once_it_has_been_written(store: Store) -> None:
    with_cases(store)
    with_tasks(store, a_task())
    with store.write() as work:
        assert work.cases.lock_for(a_task().id) is not None
        assert [task.state for task in work.queries.open_tasks(CASE)] == [TaskState.READY]
        work.tasks.save(complete(a_task(), by=COACH, at=NOON), was=a_task())
        assert work.queries.open_tasks(CASE) == []
        found = work.tasks.get(a_task().id)
    assert found is not None
    assert found.state is TaskState.COMPLETED


def test_saving_a_case_that_does_not_exist_is_a_conflict(store: Store) -> None:
    with_cases(store)
    with store.write() as work:
        was = work.cases.lock(CASE)
        assert was is not None
    stranger = replace(was, case=a_case("case-2"))
    with pytest.raises(RevisionConflict):
        write(store, lambda work: work.cases.save(a_case("case-2", revision=1), "{}", was.data, was=stranger))


@pytest.mark.parametrize("twin", [a_case(number="other"), a_case("case-2", number="case-1")])
def test_a_case_id_and_a_number_are_given_once(store: Store, twin: Case) -> None:
    with_cases(store)
    with store.write() as work, pytest.raises(Conflict):
        work.cases.add(twin, "{}", case_data())


def test_case_numbers_count_up_within_their_year(store: Store) -> None:
    with store.write() as work:
        assert [work.cases.next_number(2025) for _ in range(3)] == ["2025-000001", "2025-000002", "2025-000003"]
        assert work.cases.next_number(2026) == "2026-000001"
        work.commit()
    with store.write() as work:
        assert work.cases.next_number(2025) == "2025-000004"


def test_members_are_a_set(store: Store) -> None:
    with_cases(store)
    with store.write() as work:
        for user in ("coach-2", "coach-1", "coach-2"):
            work.cases.add_member(CASE, UserId(user))
        work.commit()
    with store.read() as work:
        assert work.cases.members(CASE) == {"coach-1", "coach-2"}
        assert work.cases.members(CaseId("unknown")) == frozenset()


def test_listable_fields_are_replaced_as_a_whole(store: Store) -> None:
    with_cases(store)
    with store.write() as work:
        work.cases.put_fields(CaseFields(CASE, {"route": "sfi", "endDate": "2025-12-25"}))
        work.cases.put_fields(CaseFields(CASE, {"route": "work"}))
        work.cases.put_fields(CaseFields(CASE, {}))
        work.commit()


def test_what_a_case_was_is_kept_once(store: Store) -> None:
    with_cases(store, a_case())
    with store.write() as unit:
        assert unit.cases.undo(CASE) is None
        unit.cases.put_undo(Undo(CASE, 3, TaskId("task-1"), "before"))
        unit.cases.put_undo(Undo(CASE, 4, TaskId("task-2"), '{"text": "Åsa"}'))
        unit.commit()
    with store.read() as unit:
        assert unit.cases.undo(CASE) == Undo(CASE, 4, TaskId("task-2"), '{"text": "Åsa"}')
    with store.write() as unit:
        unit.cases.delete_undo(CASE)
        unit.commit()
    with store.read() as unit:
        assert unit.cases.undo(CASE) is None
