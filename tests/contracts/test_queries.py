from __future__ import annotations

import base64
import random
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.case import Case, CaseStatus
from engine.errors import Rejected
from engine.ids import CaseId, TaskId, UnitId, UserId
from engine.ports import CaseFields, Store
from engine.queries import CaseFilter, Page, TaskCount, TaskCounts, TaskFilter, TaskOrder, TaskRow, TaskTimes
from engine.task import TaskState, UserTask
from tests.builders import COACH, NOON, UNIT, a_case, a_task, a_timer, an_incident
from tests.contracts.stored import with_cases, with_tasks

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NORTH = UnitId("north")
MINE = TaskFilter(COACH, ((UNIT, frozenset({"coach"})),))
ALL_CASES = CaseFilter(COACH, None)


def seen(store: Store, filter_: TaskFilter) -> list[str]:
    with store.read() as work:
        return [row.task.id for row in work.queries.tasks(filter_).rows]


def page(store: Store, filter_: TaskFilter, cursor: str | None, limit: int, order: TaskOrder = TaskOrder.DUE) -> Page[TaskRow]:
    with store.read() as work:
        return work.queries.tasks(filter_, order=order, cursor=cursor, limit=limit)


def cases_seen(store: Store, filter_: CaseFilter) -> list[str]:
    with store.read() as work:
        return [case.id for case in work.queries.cases(filter_).rows]


def test_a_task_comes_with_number_and_title_of_its_case(store: Store) -> None:
    with_cases(store, a_case(number="2025-000007", title="Klientväg Å"))
    with_tasks(store, a_task())
    with store.read() as work:
        assert work.queries.tasks(MINE) == Page((TaskRow(a_task(), "2025-000007", "Klientväg Å"),), None)


def test_tasks_come_by_due_time_then_priority_then_age_then_id(store: Store) -> None:
    with_cases(store)
    tasks = [
        a_task("h", due=NOON - DAY, priority=1),
        a_task("g", due=NOON, priority=80, created_at=NOON),
        a_task("f", due=NOON, priority=50, created_at=NOON - DAY),
        a_task("d", due=NOON, priority=50),
        a_task("e", due=NOON, priority=50),
        a_task("b", priority=90),
        a_task("c", priority=0, created_at=NOON - DAY),
        a_task("a", priority=0),
    ]
    with_tasks(store, *random.Random(1).sample(tasks, len(tasks)))
    assert seen(store, MINE) == [task.id for task in tasks]


def visible_tasks() -> list[UserTask]:
    reception = frozenset({"reception"})
    return [
        a_task("candidate"),
        a_task("for-anybody", candidate_groups=frozenset()),
        a_task("another-group", candidate_groups=reception),
        a_task("held", "north", unit=NORTH, state=TaskState.CLAIMED, claimed_by=COACH),
        a_task("another-unit", "north", unit=NORTH),
        a_task("anybody-elsewhere", "north", unit=NORTH, candidate_groups=frozenset()),
        a_task("as-member", "shared", unit=NORTH, candidate_groups=reception),
        a_task("done", state=TaskState.COMPLETED, claimed_by=COACH),
    ]


def with_visible_tasks(store: Store) -> None:
    with_cases(store, a_case(), a_case("north", unit=NORTH), a_case("shared", unit=NORTH))
    with store.write() as work:
        work.cases.add_member(CaseId("shared"), COACH)
        work.commit()
    with_tasks(store, *visible_tasks())


def test_a_reader_sees_what_their_groups_their_hands_and_their_cases_give(store: Store) -> None:
    with_visible_tasks(store)
    assert seen(store, MINE) == ["as-member", "candidate", "for-anybody", "held"]
    assert seen(store, TaskFilter(COACH, ())) == ["as-member", "held"]
    assert seen(store, TaskFilter(UserId("stranger"), ())) == []
    assert seen(store, TaskFilter(UserId("stranger"), ((UNIT, frozenset()),))) == ["for-anybody"]
    assert seen(store, TaskFilter(UserId("stranger"), ((UnitId("x"), frozenset({"coach"})),))) == []


def test_groups_count_in_their_own_unit_only(store: Store) -> None:
    with_visible_tasks(store)
    reader = TaskFilter(UserId("stranger"), ((UNIT, frozenset({"reception"})), (NORTH, frozenset({"coach"}))))
    assert seen(store, reader) == ["another-group", "another-unit", "anybody-elsewhere", "for-anybody", "held"]


def test_memberships_in_one_unit_add_up(store: Store) -> None:
    with_visible_tasks(store)
    reader = TaskFilter(UserId("stranger"), ((UNIT, frozenset({"reception"})), (UNIT, frozenset({"coach"}))))
    assert seen(store, reader) == ["another-group", "candidate", "for-anybody"]


def test_filters_narrow_what_the_reader_sees(store: Store) -> None:
    with_visible_tasks(store)
    with_tasks(store, a_task("soon", due=NOON + DAY, process="intake"), a_task("later", due=NOON + 2 * DAY))
    assert seen(store, replace(MINE, mine=True)) == ["held"]
    assert seen(store, replace(MINE, unit=NORTH)) == ["as-member", "held"]
    assert seen(store, replace(MINE, unit=UNIT, mine=True)) == []
    assert seen(store, replace(MINE, process="intake")) == ["soon"]
    assert seen(store, replace(MINE, due_before=NOON + 2 * DAY)) == ["soon"]
    assert seen(store, replace(MINE, states=frozenset({TaskState.CLAIMED}))) == ["held"]
    assert seen(store, replace(MINE, states=frozenset({TaskState.COMPLETED}))) == ["done"]
    assert seen(store, replace(MINE, states=frozenset())) == []


def test_a_reader_of_very_many_units_is_served(store: Store) -> None:
    with_visible_tasks(store)
    units = tuple((UnitId(f"unit-{number}"), frozenset({"coach"})) for number in range(260))
    assert seen(store, replace(MINE, reader_groups=(*units, *MINE.reader_groups)))[:2] == ["as-member", "candidate"]


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        (TaskOrder.DUE, ["due", "urgent", "old", "new"]),
        (TaskOrder.CREATED, ["new", "due", "urgent", "old"]),
        (TaskOrder.PRIORITY, ["urgent", "due", "old", "new"]),
    ],
)
def test_tasks_come_in_the_order_that_is_asked_for(store: Store, order: TaskOrder, ids: list[str]) -> None:
    with_cases(store)
    with_tasks(
        store,
        a_task("old", created_at=NOON - DAY),
        a_task("due", due=NOON, priority=50),
        a_task("urgent", priority=90),
        a_task("new", created_at=NOON + DAY),
    )
    assert [row.task.id for row in page(store, MINE, None, 9, order).rows] == ids


def test_counts_are_those_of_the_lists(store: Store) -> None:
    with_visible_tasks(store)
    with_tasks(
        store,
        a_task("late", due=NOON - DAY, created_at=NOON - 2 * DAY),
        a_task("now", due=NOON),
        a_task("soon", due=NOON + HOUR),
        a_task("theirs", due=NOON - DAY, state=TaskState.CLAIMED, claimed_by=UserId("coach-2"), created_at=NOON - 2 * DAY),
        a_task("unseen", "north", unit=NORTH, due=NOON - DAY),
    )

    def counted(filter_: TaskFilter) -> TaskCounts:
        with store.read() as work:
            return work.queries.task_counts(filter_, TaskTimes(NOON, NOON + HOUR, NOON + DAY, NOON - DAY))

    assert counted(MINE) == TaskCounts(
        all=TaskCount(open=8, overdue=2, today=3, week=4, new=6),
        mine=TaskCount(open=1, overdue=0, today=0, week=0, new=1),
        free=TaskCount(open=6, overdue=1, today=2, week=3, new=5),
    )
    assert seen(store, replace(MINE, created_since=NOON - DAY)) == [
        "now", "soon", "as-member", "candidate", "for-anybody", "held",
    ]  # fmt: skip
    none = TaskCount(0, 0, 0, 0, 0)
    assert counted(replace(MINE, process="none")) == TaskCounts(none, none, none)
    assert counted(replace(MINE, unit=NORTH)) == TaskCounts(
        all=TaskCount(2, 0, 0, 0, 2), mine=TaskCount(1, 0, 0, 0, 1), free=TaskCount(1, 0, 0, 0, 1)
    )


def test_named_tasks_are_listed_as_far_as_one_may_see_them(store: Store) -> None:
    with_visible_tasks(store)
    with_tasks(store, a_task("ended", state=TaskState.COMPLETED), a_task("unseen", "north", unit=NORTH))
    ids = frozenset({TaskId(id_) for id_ in ("candidate", "ended", "held", "unseen", "nowhere")})
    assert seen(store, replace(MINE, ids=ids)) == ["candidate", "held"]
    assert seen(store, replace(MINE, ids=ids, states=frozenset(TaskState))) == ["candidate", "ended", "held"]
    assert seen(store, replace(MINE, ids=frozenset())) == []


@pytest.mark.parametrize("order", TaskOrder)
@pytest.mark.parametrize("seed", [20250203, 20251122])
def test_pages_of_tasks_skip_nothing_and_show_nothing_twice_while_others_come_and_go(
    store: Store, seed: int, order: TaskOrder
) -> None:
    print("seed", seed)
    dice = random.Random(seed)
    with_cases(store)

    def some_task(number: int) -> UserTask:
        due = dice.choice([None, NOON, NOON + DAY, NOON + timedelta(microseconds=dice.randrange(3))])
        return a_task(f"{number:03d}", due=due, priority=dice.randrange(3), created_at=NOON - dice.randrange(2) * DAY)

    tasks = [some_task(number) for number in range(40)]
    with_tasks(store, *tasks)
    shown: list[str] = []
    cursor: str | None = None
    gone: set[str] = set()
    for turn in range(100):
        read = page(store, MINE, cursor, 7, order)
        shown += [row.task.id for row in read.rows]
        cursor = read.next
        if cursor is None:
            break
        with_tasks(store, some_task(100 + turn))
        leaving = dice.choice([task for task in tasks if task.id not in gone])
        gone.add(leaving.id)
        with store.write() as work:
            work.tasks.save(replace(leaving, state=TaskState.COMPLETED, revision=1), was=leaving)
            work.commit()
    assert len(shown) == len(set(shown))
    assert {task.id for task in tasks} - gone <= set(shown)


def test_the_last_page_has_no_cursor(store: Store) -> None:
    with_cases(store)
    with_tasks(store, a_task("a"), a_task("b"))
    first = page(store, MINE, None, 1)
    assert first.next is not None
    assert page(store, MINE, first.next, 1).next is None
    assert page(store, MINE, None, 2).next is None


def forged(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "?",
        "å",
        "AAAA",
        "A" * 10_000,
        forged("[" * 300),
        forged('["case",1,"a"]'),
        forged('["task",1,2,3,"a"]'),
        forged('["task","created",1,2,3,"a"]'),
        forged('["task","due",1,2,3]'),
        forged('["task","due",1,true,3,"a"]'),
        forged('["task","due",1,2.5,3,"a"]'),
        forged('["task","due",99999999999999999999999,2,3,"a"]'),
        forged('["task","due",1,9999999999,3,"a"]'),
        forged('["task","due",1,2,3,"a\\u0000"]'),
        forged('["task","due",1,2,3,"\\ud800"]'),
        forged("{}"),
        forged("NaN"),
    ],
)
def test_a_cursor_that_no_page_gave_is_rejected(store: Store, cursor: str) -> None:
    with store.read() as work:
        with pytest.raises(Rejected, match="cursor"):
            work.queries.tasks(MINE, cursor=cursor)
        with pytest.raises(Rejected, match="cursor"):
            work.queries.cases(ALL_CASES, cursor=cursor.replace(forged('["case",1,"a"]'), "x"))


def some_cases() -> list[Case]:
    return [
        a_case("a", started_at=NOON + DAY),
        a_case("c", started_at=NOON, unit=NORTH, process="intake"),
        a_case("b", started_at=NOON, status=CaseStatus.SUSPENDED),
        a_case("d", started_at=NOON - DAY, unit=UnitId("south")),
    ]


def test_cases_come_newest_first(store: Store) -> None:
    with_cases(store, *reversed(some_cases()))
    with store.read() as work:
        assert list(work.queries.cases(ALL_CASES).rows) == some_cases()


def test_a_reader_sees_the_cases_of_their_units_and_their_own(store: Store) -> None:
    with_cases(store, *some_cases())
    with store.write() as work:
        work.cases.add_member(CaseId("d"), COACH)
        work.cases.add_member(CaseId("a"), COACH)
        work.commit()
    assert cases_seen(store, CaseFilter(COACH, frozenset({UNIT}))) == ["a", "b", "d"]
    assert cases_seen(store, CaseFilter(UserId("stranger"), frozenset({UNIT, NORTH}))) == ["a", "c", "b"]
    assert cases_seen(store, CaseFilter(UserId("stranger"), frozenset())) == []


def test_filters_narrow_the_cases(store: Store) -> None:
    with_cases(store, *some_cases())
    assert cases_seen(store, replace(ALL_CASES, unit=UNIT)) == ["a", "b"]
    assert cases_seen(store, replace(ALL_CASES, process="intake")) == ["c"]
    assert cases_seen(store, replace(ALL_CASES, status=CaseStatus.SUSPENDED)) == ["b"]
    assert cases_seen(store, replace(ALL_CASES, number="d")) == ["d"]
    assert cases_seen(store, CaseFilter(COACH, frozenset({UNIT}), unit=NORTH)) == []
    times = {case.id: case.started_at for case in some_cases()}
    from_b = replace(ALL_CASES, started_from=times[CaseId("b")])
    before_b = replace(ALL_CASES, started_before=times[CaseId("b")])
    assert set(cases_seen(store, from_b)) == {id_ for id_, at in times.items() if at >= times[CaseId("b")]}
    assert set(cases_seen(store, before_b)) == {id_ for id_, at in times.items() if at < times[CaseId("b")]}
    assert cases_seen(store, from_b)
    assert cases_seen(store, before_b)
    assert cases_seen(store, CaseFilter(COACH, frozenset({UNIT}), number="d")) == []


def test_pages_of_cases_skip_nothing_and_show_nothing_twice_while_others_come(store: Store) -> None:
    with_cases(store, *(a_case(f"{number:02d}", started_at=NOON - number // 3 * DAY) for number in range(20)))
    shown: list[str] = []
    cursor: str | None = None
    for turn in range(30):
        with store.read() as work:
            read = work.queries.cases(CaseFilter(COACH, frozenset({UNIT})), cursor=cursor, limit=3)
        shown += [case.id for case in read.rows]
        cursor = read.next
        if cursor is None:
            break
        with_cases(store, a_case(f"new-{turn}", started_at=NOON + DAY))
    assert sorted(shown) == [f"{number:02d}" for number in range(20)]


def test_open_tasks_of_a_case_come_in_the_order_they_were_made(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2"))
    ready, claimed = a_task("z"), a_task("a", state=TaskState.CLAIMED, claimed_by=COACH)
    with_tasks(store, ready, a_task("b", state=TaskState.CANCELLED), claimed, a_task("c", "case-2"))
    with store.read() as work:
        assert list(work.queries.open_tasks(CaseId("case-1"))) == [ready, claimed]


def test_what_there_is_is_counted(store: Store) -> None:
    with store.read() as work:
        assert work.queries.counts() == {"cases": 0, "open_tasks": 0, "open_incidents": 0, "waiting_timers": 0}
    with_cases(store, a_case(), a_case("case-2", status=CaseStatus.COMPLETED))
    with_tasks(store, a_task(), a_task("task-2", state=TaskState.CLAIMED), a_task("task-3", state=TaskState.COMPLETED))
    with store.write() as work:
        work.incidents.add(an_incident())
        work.waits.open(a_timer())
        work.commit()
    with store.read() as work:
        assert work.queries.counts() == {"cases": 2, "open_tasks": 2, "open_incidents": 1, "waiting_timers": 1}


def test_a_task_in_a_list_tells_whom_its_case_is_about(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2"))
    with_tasks(store, a_task("first"), a_task("second", "case-2"))
    with store.write() as work:
        work.cases.put_fields(CaseFields(CaseId("case-1"), entries=(("persons", "p-1"), ("offices", "north"))))
        work.commit()
    with store.read() as work:
        assert [row.about for row in work.queries.tasks(MINE).rows] == [("persons", "p-1"), None]
        assert work.queries.subjects([CaseId("case-1"), CaseId("case-2")]) == {CaseId("case-1"): ("persons", "p-1")}
        assert work.queries.subjects([]) == {}
