from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from engine.canonical import Json
from engine.errors import Conflict, RevisionConflict
from engine.ids import CaseId, ScopeId, TaskId, UserId, VersionId
from engine.ports import Store
from engine.queries import TaskFilter
from engine.task import TaskState, claim
from tests.builders import COACH, NOON, UNIT, a_case, a_draft, a_task
from tests.contracts.stored import with_cases, with_tasks, write

TASK = TaskId("task-1")


def test_a_task_is_read_back_as_it_was_added(store: Store) -> None:
    task = a_task(
        scope=ScopeId("item-1"),
        form_version_id=VersionId("contact:1"),
        bind="signer.contact",
        candidate_groups=frozenset({"coach", "reception"}),
        not_by=frozenset({UserId("coach-2"), UserId("coach-3")}),
        on_behalf_of="client",
        state=TaskState.COMPLETED,
        claimed_by=COACH,
        due=NOON + timedelta(days=5, microseconds=1),
        follow_up=NOON + timedelta(days=3),
        priority=80,
        loop_counter=2,
        revision=3,
        ended_at=NOON + timedelta(days=4),
        ended_by=COACH,
    )
    with_cases(store)
    with_tasks(store, task)
    with store.read() as work:
        assert work.tasks.get(TASK) == task
        assert work.tasks.get(TaskId("unknown")) is None


def test_tasks_of_a_case_come_in_the_order_they_were_made(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2"))
    tasks = [a_task("c"), a_task("a"), a_task("b")]
    with_tasks(store, *tasks, a_task("d", "case-2"))
    with store.read() as work:
        assert list(work.tasks.of_case(CaseId("case-1"))) == tasks
        assert list(work.tasks.of_case(CaseId("unknown"))) == []


def test_who_did_the_tasks_at_a_path_is_told_once_each(store: Store) -> None:
    with_cases(store)
    done = [a_task(id_, ended_by=by) for id_, by in (("a", COACH), ("b", COACH), ("c", UserId("coach-2")), ("d", None))]
    with_tasks(store, *done)
    with store.read() as work:
        assert work.tasks.done_by(CaseId("case-1"), done[0].path) == {COACH, UserId("coach-2")}
        assert work.tasks.done_by(CaseId("case-1"), "elsewhere") == frozenset()


def test_who_takes_a_task_back_has_not_done_it_and_it_is_open_in_its_old_place(store: Store) -> None:
    with_cases(store)
    ended = [a_task(id_, state=TaskState.COMPLETED, ended_by=COACH, ended_at=NOON) for id_ in ("a", "c")]
    with_tasks(store, ended[0], a_task("b"), ended[1])
    for task in ended:
        with store.write() as work:
            back = replace(task, state=TaskState.READY, ended_by=None, ended_at=None, revision=1)
            work.tasks.save(back, was=task)
            work.commit()
        with store.read() as work:
            has_done = {COACH} if task is ended[0] else set()
            assert work.tasks.done_by(task.case_id, task.path) == has_done
    with store.read() as work:
        assert [task.id for task in work.queries.open_tasks(CaseId("case-1"))] == ["a", "b", "c"]


def test_a_change_is_written_at_the_revision_it_was_read_at(store: Store) -> None:
    with_cases(store)
    with_tasks(store, a_task())
    claimed = claim(a_task(), by=COACH)
    with store.write() as work:
        work.tasks.save(claimed, was=a_task())
        work.commit()
    with pytest.raises(RevisionConflict, match="task-1"):
        write(store, lambda work: work.tasks.save(claim(a_task(), by=UserId("coach-2")), was=a_task()))
    with store.read() as work:
        assert work.tasks.get(TASK) == claimed


def test_new_candidate_groups_are_what_lists_go_by(store: Store) -> None:
    with_cases(store)
    with_tasks(store, a_task())
    with store.write() as work:
        work.tasks.save(replace(a_task(), candidate_groups=frozenset({"reception"}), revision=1), was=a_task())
        work.commit()
    with store.read() as work:
        for group, seen in (("coach", 0), ("reception", 1)):
            page = work.queries.tasks(TaskFilter(COACH, ((UNIT, frozenset({group})),)))
            assert len(page.rows) == seen


def test_saving_a_task_that_does_not_exist_is_a_conflict(store: Store) -> None:
    with pytest.raises(RevisionConflict):
        write(store, lambda work: work.tasks.save(a_task(revision=1), was=a_task()))


def test_a_task_id_is_given_once(store: Store) -> None:
    with_cases(store)
    with_tasks(store, a_task())
    with pytest.raises(Conflict):
        write(store, lambda work: work.tasks.add(a_task()))


def test_a_draft_is_kept_for_each_person_and_replaced(store: Store) -> None:
    with_cases(store)
    with_tasks(store, a_task(), a_task("task-2"))
    last = replace(a_draft(values={"b": 2}), base_sequence=7, saved_at=NOON + timedelta(seconds=1))
    theirs = a_draft(user="coach-2", values={"c": 3})
    with store.write() as work:
        for draft in (a_draft(values={"a": 1}), theirs, last):
            work.tasks.put_draft(draft)
        work.commit()
    with store.read() as work:
        assert work.tasks.draft(TASK, COACH) == last
        assert work.tasks.draft(TASK, UserId("coach-2")) == theirs
        assert work.tasks.draft(TaskId("task-2"), COACH) is None


def test_whatever_somebody_typed_is_kept_in_a_draft(store: Store) -> None:
    with_cases(store)
    with_tasks(store, a_task())
    nested: list[Json] = [{"@": None}, Decimal("-0.5")]
    typed: Json = {"amount": Decimal("12345678901234567.89"), "@number": "x", "many": 10**40, "nested": nested}
    draft = a_draft(values=typed)
    with store.write() as work:
        work.tasks.put_draft(draft)
        work.commit()
    with store.read() as work:
        assert work.tasks.draft(TASK, COACH) == draft


def test_one_persons_draft_is_deleted_and_the_others_stay(store: Store) -> None:
    with_cases(store)
    with_tasks(store, a_task())
    with store.write() as work:
        work.tasks.put_draft(a_draft())
        work.tasks.put_draft(a_draft(user="coach-2"))
        work.tasks.delete_draft(TASK, COACH)
        work.tasks.delete_draft(TaskId("unknown"), COACH)
        work.commit()
    with store.read() as work:
        assert work.tasks.draft(TASK, COACH) is None
        assert work.tasks.draft(TASK, UserId("coach-2")) == a_draft(user="coach-2")


def test_a_draft_is_replaced_only_by_who_has_seen_it(store: Store) -> None:
    with_cases(store)
    with_tasks(store, a_task())
    first, second = a_draft(values={"a": 1}), replace(a_draft(values={"a": 2}), revision="r2")
    with store.write() as work:
        work.tasks.put_draft(first, was="")
        work.tasks.put_draft(second, was="r1")
        work.commit()
    for was in ("", "r1"):
        with store.write() as work, pytest.raises(RevisionConflict):
            work.tasks.put_draft(a_draft(), was=was)
    with store.read() as work:
        assert work.tasks.draft(TASK, COACH) == second


def test_old_drafts_of_tasks_that_have_ended_are_forgotten(store: Store) -> None:
    with_cases(store)
    with_tasks(store, a_task(), a_task("task-2", token="t2", state=TaskState.COMPLETED, ended_at=NOON, ended_by=COACH))
    with store.write() as work:
        for task in ("task-1", "task-2"):
            work.tasks.put_draft(a_draft(task))
            work.tasks.put_draft(replace(a_draft(task, user="coach-2"), saved_at=NOON + timedelta(days=1)))
        work.tasks.forget_drafts(NOON + timedelta(days=1))
        work.commit()
    with store.read() as work:
        kept = [work.tasks.draft(TaskId(task), UserId(user)) for task in ("task-1", "task-2") for user in (COACH, "coach-2")]
    assert [one is not None for one in kept] == [True, True, False, True]
