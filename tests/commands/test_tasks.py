"""Claiming, releasing, giving away, drafting and completing, and two people at once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.errors import (
    NotAllowed,
    NotFound,
    NotPossible,
    Rejected,
    TaskAlreadyClaimed,
    TaskAlreadyCompleted,
)
from engine.history import EventType
from engine.ids import TaskId, UserId
from engine.task import TaskState
from engine.wait import Wait, WaitKind
from tests.bpmn.diagrams import both, boundary, end, start, timer, user
from tests.builders import NOON
from tests.commands.house import (
    ADMINISTRATOR,
    AUDITOR,
    COACH,
    FAR,
    FAR_HEAD,
    HEAD,
    NOTE,
    ONE_TASK,
    OTHER,
    RECEPTION,
    TEXT,
    House,
    form,
    process,
)


def test_a_claimed_task_is_held_by_one() -> None:
    house = House(NOTE, ONE_TASK)
    task = house.task(house.start())
    assert house.engine.claim_task(COACH, task.id).claimed_by == COACH.id
    assert house.engine.claim_task(COACH, task.id).state is TaskState.CLAIMED
    with pytest.raises(TaskAlreadyClaimed, match="coach-1"):
        house.engine.claim_task(OTHER, task.id)
    with pytest.raises(TaskAlreadyClaimed):
        house.engine.complete_task(OTHER, task.id, {"text": "t"})
    with pytest.raises(NotAllowed):
        house.engine.release_task(OTHER, task.id)
    assert house.engine.release_task(COACH, task.id).claimed_by is None
    assert house.engine.claim_task(OTHER, task.id).claimed_by == OTHER.id
    assert house.engine.release_task(HEAD, task.id).claimed_by is None


def test_a_task_is_its_own_wait_and_a_row_that_an_earlier_release_wrote_goes_with_it() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    task = house.task(case)
    with house.store.write() as work:
        assert work.waits.of_case(case.id) == []
        work.waits.open(Wait(case.id, task.token, WaitKind.TASK, task.path, task.created_at))
        work.commit()
    (shown,) = house.engine.case(COACH, case.id).waits
    assert (shown.kind, shown.token, shown.element, shown.opened_at) == (WaitKind.TASK, task.token, task.path, task.created_at)
    house.complete(case, text="t")
    assert house.engine.case(COACH, case.id).waits == []
    with house.store.read() as work:
        assert work.waits.of_case(case.id) == []


def test_who_may_not_do_a_task() -> None:
    house = House(NOTE, ONE_TASK)
    task = house.task(house.start())
    for actor in (RECEPTION, HEAD, AUDITOR):
        with pytest.raises(NotAllowed):
            house.engine.claim_task(actor, task.id)
        with pytest.raises(NotAllowed):
            house.engine.complete_task(actor, task.id, {"text": "t"})
        with pytest.raises(NotAllowed):
            house.engine.save_draft(actor, task.id, {}, base_sequence=0)
    for actor in (FAR, FAR_HEAD, ADMINISTRATOR):
        with pytest.raises(NotFound):
            house.engine.claim_task(actor, task.id)
        with pytest.raises(NotFound):
            house.engine.complete_task(actor, task.id, {"text": "t"})
        with pytest.raises(NotFound):
            house.engine.task_form(actor, task.id)
        with pytest.raises(NotFound):
            house.engine.save_draft(actor, task.id, {}, base_sequence=0)
    with pytest.raises(NotFound):
        house.engine.claim_task(COACH, TaskId("nobody"))


def test_a_task_is_given_by_its_holder_or_the_head() -> None:
    house = House(NOTE, ONE_TASK)
    task = house.task(house.start())
    with pytest.raises(NotAllowed):
        house.engine.assign_task(COACH, task.id, to=OTHER.id)
    assert house.engine.assign_task(HEAD, task.id, to=COACH.id).claimed_by == COACH.id
    assert house.engine.assign_task(COACH, task.id, to=OTHER.id).claimed_by == OTHER.id
    with pytest.raises(NotAllowed):
        house.engine.assign_task(HEAD, task.id, to=FAR.id)
    with pytest.raises(NotFound):
        house.engine.assign_task(HEAD, task.id, to=UserId("nobody"))


def test_the_one_who_did_a_step_does_not_check_it() -> None:
    checked = user("b", form="note", notBy="a")
    house = House(NOTE, process(start(), user("a", form="note"), checked, end(), "s > a > b > e"))
    case = house.start()
    house.complete(case, "a", text="t")
    with pytest.raises(NotAllowed, match="did yourself"):
        house.complete(case, "b", text="t")
    with pytest.raises(NotAllowed):
        house.engine.assign_task(HEAD, house.task(case, "b").id, to=COACH.id)
    assert house.complete(case, "b", by=OTHER, text="t").ended_by == OTHER.id


def test_the_second_to_complete_hears_who_was_first_and_when() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    task = house.complete(case, text="t")
    house.clock.move_to(NOON + timedelta(minutes=5))
    with pytest.raises(TaskAlreadyCompleted) as caught:
        house.engine.complete_task(OTHER, task.id, {"text": "u"})
    assert (caught.value.by, caught.value.at) == (COACH.id, NOON)
    for again in (house.engine.claim_task, house.engine.release_task):
        with pytest.raises(TaskAlreadyCompleted):
            again(OTHER, task.id)
    assert house.data(case) == {"text": "t"}


def test_a_withdrawn_task_is_not_possible() -> None:
    late = boundary("late", "a", timer("timeDuration", "P1D"))
    house = House(
        NOTE, process(start(), user("a", form="note"), late, user("b", form="note"), end(), "s > a > e", "late > b > e")
    )
    case = house.start()
    task = house.task(case, "a")
    house.clock.move_to(NOON + timedelta(days=1))
    assert house.engine.fire_due() == 1
    with pytest.raises(NotPossible, match="no longer needed"):
        house.engine.complete_task(COACH, task.id, {"text": "t"})


def test_wrong_answers_store_nothing() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    before = house.events(case.id)
    for answers in ({}, {"text": 1}, {"text": "t", "nobody": 1}):
        with pytest.raises(Rejected) as caught:
            house.complete(case, **answers)
        assert caught.value.problems
    assert house.events(case.id) == before


def test_a_task_without_form_takes_no_answers() -> None:
    house = House(process(start(), '<manualTask id="a" stegvis:groups="coach"/>', end(), "s > a > e"))
    case = house.start()
    with pytest.raises(Rejected, match="no form"):
        house.complete(case, x=1)
    assert house.complete(case).state is TaskState.COMPLETED


def test_answers_that_cannot_be_written_leave_the_task_open() -> None:
    parts = (start(), user("a", form="note", bind="letter.inner"), end(), "s > a > e")
    house = House(NOTE, process(*parts, letter={}))
    case = house.start(letter="text")
    with pytest.raises(NotPossible, match=r"`letter.inner.text` cannot be written"):
        house.complete(case, text="t")
    assert house.task(case).is_open


def test_an_assignee_holds_the_task_from_the_start() -> None:
    parts = (start(), user("a", form="note", assignee="= who"), end(), "s > a > e")
    house = House(NOTE, process(*parts, who=TEXT))
    case = house.start(who="coach-2")
    assert house.task(case).claimed_by == OTHER.id
    with pytest.raises(TaskAlreadyClaimed):
        house.complete(case, text="t")
    house.complete(case, by=OTHER, text="t")


def test_claims_are_told() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    task = house.task(case)
    house.engine.claim_task(COACH, task.id)
    house.engine.assign_task(COACH, task.id, to=OTHER.id)
    house.engine.release_task(OTHER, task.id)
    told = house.events(case.id)[-3:]
    assert told == [EventType.TASK_CLAIMED, EventType.TASK_ASSIGNED, EventType.TASK_RELEASED]
    assert "Name of coach-1 gave the task “A” to Name of coach-2." in house.told(case)


def test_who_does_a_step_may_no_longer_do_an_open_task_that_checks_it() -> None:
    checking = user("b", form="note", notBy="a")
    beside = process(
        start(), both("f"), user("a", form="note"), checking, both("j"), end(), "s > f > a > j > e", "f > b > j", x=TEXT
    )
    house = House(NOTE, beside)
    case = house.start()
    held = house.engine.claim_task(COACH, house.task(case, "b").id)
    house.complete(case, "a", by=COACH, text="t")
    assert house.task(case, "b").claimed_by is None
    with pytest.raises(NotAllowed, match="did yourself"):
        house.engine.complete_task(COACH, held.id, {"text": "t"})
    house.complete(case, "b", by=OTHER, text="t")
    assert not house.engine.case(COACH, case.id).case.is_open


def test_history_tells_on_whose_behalf_a_task_was_done() -> None:
    asked = user("a", form="behalf", onBehalfOf="= party")
    house = House(
        form("behalf", required=("onBehalfReason",), onBehalfReason=TEXT),
        process(start(), asked, end(), "s > a > e", party=TEXT),
    )
    case = house.start(party="host")
    house.complete(case, "a", onBehalfReason="x")
    (done,) = [entry for entry in house.engine.history(COACH, case.id) if entry.event.type is EventType.TASK_COMPLETED]
    assert isinstance(done.payload, dict)
    assert done.payload["onBehalfOf"] == "host"
    assert done.payload["onBehalfReason"] == "x"
    assert done.text_sv.endswith("för arbetsplatsens räkning. Skäl: “x”.")
    assert done.text_en.endswith("on behalf of the host. Reason: “x”.")


def test_the_reason_for_acting_on_somebodys_behalf_is_told_in_the_words_of_the_form() -> None:
    behalf = form("behalf", ("onBehalfReason",), onBehalfReason={"type": "string", "enum": ["by-phone"]})
    texts = {
        "title": "behalf",
        "submit": "OK",
        "fields": {"onBehalfReason": {"label": "Why?", "options": {"by-phone": "Answered by phone"}}},
    }
    files = {"texts.sv.json": texts, "texts.en.json": texts, "examples/good.json": {"onBehalfReason": "by-phone"}}
    behalf = replace(behalf, files={**behalf.files, **{name: json.dumps(text).encode() for name, text in files.items()}})
    house = House(behalf, process(start(), user("a", form="behalf", onBehalfOf="client"), end(), "s > a > e"))
    case = house.start()
    house.complete(case, "a", onBehalfReason="by-phone")
    assert "on behalf of the client. Reason: Answered by phone." in house.told(case)


def test_work_that_the_doer_does_for_nobody_else_is_told_without_the_reason() -> None:
    asked = user("a", form="behalf", onBehalfOf="= party")
    behalf = form("behalf", required=("onBehalfReason",), onBehalfReason=TEXT)
    house = House(behalf, process(start(), asked, end(), "s > a > e", party=TEXT))
    case = house.start(party="")
    house.complete(case, "a", onBehalfReason="secret words")
    assert "secret words" not in house.told(case)
