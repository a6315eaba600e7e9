"""Taking back a completed task, as long as nothing has been built on it."""

from __future__ import annotations

import pytest

from engine.case import Case, CaseStatus
from engine.errors import NotAllowed, NotPossible, Rejected
from engine.task import TaskState, UserTask
from engine.views import CaseView
from tests.bpmn.diagrams import both, boundary, call, end, script, send, start, sub, throw, timer, user
from tests.commands.house import COACH, DESIGNER, HEAD, NOTE, OTHER, TEXT, House, process

NUMBER: dict[str, object] = {"type": "number"}
TWO = process(start(), user("a", form="note"), user("b", form="note"), end(), "s > a > b > e", text=TEXT, more=TEXT)


def stands(house: House, case: Case) -> tuple[object, ...]:
    """Where a case stands: all that taking back restores."""
    view: CaseView = house.engine.case(HEAD, case.id)
    with house.store.read() as unit:
        waits = sorted(unit.waits.of_case(case.id), key=lambda wait: wait.token)
        state, data = unit.cases.state(case.id), unit.cases.data(case.id)
    opened = sorted((task.element, task.state, task.claimed_by) for task in view.tasks if task.is_open)
    incidents = [(one.element, one.state) for one in view.incidents]
    return view.case.status, view.case.ended_at, view.data, waits, state, data, opened, incidents


def test_a_completed_task_is_taken_back_and_done_again() -> None:
    house = House(NOTE, TWO)
    case = house.start()
    house.engine.claim_task(COACH, house.task(case).id)
    before = stands(house, case)
    task = house.complete(case, text="wrong")
    assert stands(house, case) != before
    again = house.engine.undo_task(COACH, task.id, reason="The wrong client")
    assert stands(house, case) == before
    assert (again.state, again.claimed_by, again.ended_by) == (TaskState.CLAIMED, COACH.id, None)
    opened = house.engine.task_form(COACH, task.id)
    assert opened.draft is not None
    assert opened.draft.values == {"text": "wrong"}
    house.complete(case, text="right")
    assert house.engine.case(COACH, case.id).data["text"] == "right"
    assert house.engine.verify_history(HEAD, case.id) is None
    assert "took back what was done in “A”. Reason: The wrong client." in house.told(case)


def test_the_last_task_of_a_case_is_taken_back_and_the_case_goes_on() -> None:
    house = House(NOTE, TWO)
    case = house.start()
    house.complete(case, text="t")
    before = stands(house, case)
    task = house.complete(case, text="u")
    assert house.engine.case(COACH, case.id).case.status is CaseStatus.COMPLETED
    house.engine.undo_task(COACH, task.id, reason="r")
    assert stands(house, case) == before
    house.complete(case, text="u")
    assert house.engine.case(COACH, case.id).case.status is CaseStatus.COMPLETED


def test_timers_scopes_joins_and_incidents_are_as_they_were() -> None:
    inner = sub("box", start("s1"), user("c", form="note", bind="own"), end("e1"), "s1 > c > e1", local=("own",))
    parts = (
        start(), both("g"), inner, boundary("t1", "box", timer("timeDuration", "P2D")), user("d", form="note"), both("j"),
        script("x", "{ n: 1 / m }"), end(), end("e2"),
    )  # fmt: skip
    house = House(
        NOTE, process(*parts, "s > g > box > j > x > e", "g > d > j", "t1 > e2", n=NUMBER, m=NUMBER, text=TEXT, more=TEXT)
    )
    case = house.start(m=0)
    house.complete(case, "d", text="t")
    before = stands(house, case)
    task = house.complete(case, "c", text="t")
    assert [one.element for one in house.engine.case(HEAD, case.id).incidents] == ["x"]
    house.engine.undo_task(COACH, task.id, reason="r")
    after = stands(house, case)
    assert after[:-1] == before[:-1]
    assert list(house.engine.incidents(HEAD).rows) == []


def test_what_has_been_built_on_is_not_taken_back() -> None:
    house = House(NOTE, TWO)
    case = house.start()
    task = house.complete(case, text="t")
    house.engine.claim_task(OTHER, house.task(case).id)
    with pytest.raises(NotPossible, match="gone on since"):
        house.engine.undo_task(COACH, task.id, reason="r")
    house = House(NOTE, TWO)
    case = house.start()
    first = house.complete(case, text="t")
    house.complete(case, text="u")
    with pytest.raises(NotPossible, match="gone on since"):
        house.engine.undo_task(COACH, first.id, reason="r")


def test_what_others_were_told_is_not_taken_back() -> None:
    parts = (
        start(),
        user("a", form="note"),
        throw("tell", send(), correlation="= {case: case.id}"),
        user("b", form="note"),
        end(),
    )
    house = House(NOTE, process(*parts, "s > a > tell > b > e", text=TEXT, more=TEXT))
    case = house.start()
    task = house.complete(case, text="t")
    with pytest.raises(NotPossible, match="others were told"):
        house.engine.undo_task(COACH, task.id, reason="r")


def test_who_takes_back_what() -> None:
    house = House(NOTE, TWO)
    case = house.start()
    with pytest.raises(NotPossible, match="not completed"):
        house.engine.undo_task(HEAD, house.task(case).id, reason="r")
    task: UserTask = house.complete(case, text="t")
    with pytest.raises(NotAllowed):
        house.engine.undo_task(OTHER, task.id, reason="r")
    with pytest.raises(Rejected):
        house.engine.undo_task(COACH, task.id, reason=" ")
    assert house.engine.undo_task(HEAD, task.id, reason="r").is_open
    with pytest.raises(NotPossible):
        house.engine.undo_task(HEAD, task.id, reason="twice")


def test_a_suspended_case_is_left_alone() -> None:
    house = House(NOTE, TWO)
    case = house.start()
    task = house.complete(case, text="t")
    house.engine.suspend_case(HEAD, case.id, reason="r")
    with pytest.raises(NotPossible, match="suspended"):
        house.engine.undo_task(COACH, task.id, reason="r")


def test_a_version_counts_the_cases_that_call_it_as_long_as_they_do() -> None:
    inner = process(start(), user("a", form="note"), end(), "s > a > e", key="q", text=TEXT)
    outer = process(start(), call("go", "q"), user("b", form="note"), end(), "s > go > b > e", key="outer", text=TEXT)
    house = House(NOTE, inner, outer)

    def counted() -> dict[str, int]:
        versions = house.engine.processes(DESIGNER)
        counts = house.engine.open_cases_of(DESIGNER, versions) or {}
        return {version.key: counts.get(version.id, 0) for version in versions}

    house.start("q")
    case = house.start("outer")
    assert counted() == {"outer": 1, "q": 2}
    task = house.complete(case, "a", text="t")
    assert counted() == {"outer": 1, "q": 1}
    house.engine.undo_task(COACH, task.id, reason="r")
    assert counted() == {"outer": 1, "q": 2}
    house.complete(case, "a", text="t")
    house.complete(case, "b", text="t")
    assert counted() == {"outer": 0, "q": 1}
