"""Choosing in ad-hoc sub-processes: what is offered to whom, and who begins and ends it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.actor import Actor
from engine.case import Case
from engine.errors import NotAllowed, NotFound, NotPossible, TaskAlreadyClaimed
from engine.history import EventType
from engine.task import TaskState
from tests.bpmn.diagrams import ad_hoc, end, handler, manual, signal, start, user
from tests.commands.house import (
    ADMINISTRATOR,
    AUDITOR,
    COACH,
    FAR,
    HEAD,
    NORTH,
    NOTE,
    NUMBER,
    ONE_TASK,
    OTHER,
    RECEPTION,
    House,
    process,
)

SUPPORT = process(
    start(),
    ad_hoc(
        "box", user("a", form="note"), manual("call", groups="reception", nameEn="Phone call", once="true"), nameEn="Support"
    ),
    end(),
    "s > box > e",
    x=NUMBER,
)
ENOUGH = process(start(), ad_hoc("box", manual("a"), until="x > 0"), end(), "s > box > e", x=NUMBER)


def support() -> tuple[House, Case]:
    house = House(NOTE, SUPPORT)
    return house, house.start(x=0)


def test_it_is_listed_as_a_task_of_those_who_choose() -> None:
    house, _ = support()
    (row,) = house.engine.tasks(COACH).rows
    assert (row.task.element, row.task.name_en, [*row.task.candidate_groups]) == ("box", "Support", ["coach"])
    assert house.engine.tasks(RECEPTION).rows == ()
    assert house.engine.task_form(COACH, row.task.id).form is None


def test_the_case_and_its_task_tell_what_may_be_begun_and_by_whom() -> None:
    house, case = support()
    (choice,) = house.engine.case(COACH, case.id).choices
    assert (choice.path, choice.name_en, choice.ends_by_hand) == ("box", "Support", True)
    assert choice.task_id == house.task(case, "box").id
    told = [(one.path, one.name, one.name_en, one.kind, sorted(one.groups), one.begun) for one in choice.activities]
    assert told == [
        ("a", "A", "A", "userTask", ["coach"], 0),
        ("call", "call", "Phone call", "manualTask", ["coach", "reception"], 0),
    ]
    assert house.engine.task_form(COACH, house.task(case, "box").id).choice == choice


def test_beginning_opens_the_task_and_raises_the_revision() -> None:
    house, case = support()
    box = house.task(case, "box")
    begun = house.engine.begin_activity(COACH, box.id, "a")
    assert [task.path for task in begun.opened] == ["a"]
    assert begun.choice == replace(box, revision=box.revision + 1)
    house.complete(case, "a", text="t")
    assert house.engine.complete_task(COACH, box.id, {}).state is TaskState.COMPLETED
    assert not house.engine.case(COACH, case.id).case.is_open


def test_who_does_a_task_may_begin_it_and_nothing_else() -> None:
    house, case = support()
    box = house.task(case, "box")
    house.engine.begin_activity(RECEPTION, box.id, "call")
    with pytest.raises(NotAllowed, match="coach"):
        house.engine.begin_activity(RECEPTION, box.id, "a")
    with pytest.raises(NotAllowed):
        house.engine.complete_task(RECEPTION, box.id, {})


@pytest.mark.parametrize("element", ["a", "nothing"])
def test_who_may_not_begin_anything(element: str) -> None:
    house, case = support()
    box = house.task(case, "box")
    with pytest.raises(NotAllowed):
        house.engine.begin_activity(AUDITOR, box.id, element)
    for actor in (FAR, ADMINISTRATOR):
        with pytest.raises(NotFound):
            house.engine.begin_activity(actor, box.id, element)
    assert house.events(case.id).count(EventType.ACTIVITY_BEGUN) == 0


def test_the_head_of_the_unit_chooses_when_in_the_group_only() -> None:
    house, case = support()
    with pytest.raises(NotAllowed):
        house.engine.begin_activity(HEAD, house.task(case, "box").id, "a")


def test_a_claim_decides_who_ends_it_not_who_begins() -> None:
    house, case = support()
    box = house.engine.claim_task(COACH, house.task(case, "box").id)
    house.engine.begin_activity(OTHER, box.id, "a")
    with pytest.raises(TaskAlreadyClaimed):
        house.engine.complete_task(OTHER, box.id, {})


def test_nothing_is_begun_in_a_suspended_case_or_one_that_has_gone_on() -> None:
    house, case = support()
    box = house.task(case, "box")
    house.engine.suspend_case(HEAD, case.id, reason="r")
    with pytest.raises(NotPossible, match="suspended"):
        house.engine.begin_activity(COACH, box.id, "a")
    house.engine.resume_case(HEAD, case.id, reason="r")
    with pytest.raises(NotPossible, match="offers: a, call"):
        house.engine.begin_activity(COACH, box.id, "box")
    house.engine.begin_activity(COACH, box.id, "call")
    with pytest.raises(NotPossible, match="offers: a"):
        house.engine.begin_activity(COACH, box.id, "call")


def test_a_task_that_is_no_ad_hoc_sub_process_offers_nothing() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    assert house.engine.case(COACH, case.id).choices == []
    with pytest.raises(NotPossible, match="nothing to begin"):
        house.engine.begin_activity(COACH, house.task(case).id, "a")


def end_by(house: House, case: Case, actor: Actor) -> None:
    house.engine.complete_task(actor, house.task(case, "box").id, {})


def test_what_a_condition_ends_is_not_ended_by_hand_and_its_task_is_done_when_it_holds() -> None:
    house = House(ENOUGH)
    case = house.start(x=0)
    box = house.task(case, "box")
    assert not house.engine.case(COACH, case.id).choices[0].ends_by_hand
    with pytest.raises(NotPossible, match="when its condition holds"):
        end_by(house, case, COACH)
    house.engine.begin_activity(COACH, box.id, "a")
    house.engine.correct_data(HEAD, case.id, {"x": 1}, reason="r")
    house.complete(case, "a")
    with house.store.read() as unit:
        done = unit.tasks.get(box.id)
    assert done is not None
    assert done.state is TaskState.COMPLETED


def test_a_case_in_another_unit_is_chosen_in_by_that_units_people() -> None:
    house = House(NOTE, SUPPORT)
    case = house.start(by=FAR, unit=FAR.memberships[0].unit, x=0)
    assert case.unit != NORTH
    with pytest.raises(NotFound):
        house.engine.begin_activity(COACH, house.task(case, "box").id, "a")
    house.engine.begin_activity(FAR, house.task(case, "box").id, "a")


def test_history_tells_who_chose_what_in_both_languages() -> None:
    house, case = support()
    house.engine.begin_activity(COACH, house.task(case, "box").id, "call")
    told = house.told(case)
    assert f"{COACH.name} valde “call”." in told
    assert f"{COACH.name} chose “Phone call”." in told


def test_an_event_that_interrupts_takes_back_what_was_offered() -> None:
    stopped = handler("h", signal(), manual("hu"), end("he"), "h-s > hu > he")
    house = House(process(start(), ad_hoc("box", manual("a"), stopped), end(), "s > box > e"))
    case = house.start()
    house.engine.begin_activity(COACH, house.task(case, "box").id, "a")
    house.engine.throw_signal(ADMINISTRATOR, "alarm", unit=NORTH)
    house.engine.deliver_pending()
    assert [task.element for task in house.open_tasks(case)] == ["hu"]
    assert house.engine.case(COACH, case.id).choices == []
    house.complete(case, "hu")
    assert not house.engine.case(COACH, case.id).case.is_open
