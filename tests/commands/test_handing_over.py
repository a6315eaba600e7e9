"""Handing a whole case over."""

from __future__ import annotations

import pytest

from engine.actor import Actor
from engine.errors import NotAllowed, NotFound, NotPossible, Rejected
from engine.history import EventType
from engine.ids import UserId
from tests.bpmn.diagrams import both, end, start, user
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
    House,
    process,
)

PAIR = process(
    start(),
    both("g"),
    user("a", form="note", groups="coach"),
    user("b", form="note", groups="reception"),
    end(),
    "s > g > a > e",
    "g > b > e",
)


def test_a_case_that_nobody_is_responsible_for_is_taken_over() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    with pytest.raises(NotAllowed, match="may be taken over"):
        house.engine.hand_over_case(COACH, case.id, to=OTHER.id)
    assert house.engine.hand_over_case(COACH, case.id, to=COACH.id).responsible == COACH.id
    assert house.engine.case(COACH, case.id).handover is None
    assert "Name of coach-1 tog över ärendet." in house.told(case)
    with pytest.raises(NotAllowed):
        house.engine.hand_over_case(OTHER, case.id, to=OTHER.id)


def test_who_is_responsible_hands_the_case_over_with_a_note() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    house.engine.hand_over_case(HEAD, case.id, to=COACH.id)
    house.engine.hand_over_case(COACH, case.id, to=OTHER.id, note=" Ring först. ")
    told = house.engine.case(OTHER, case.id).handover
    assert told is not None
    assert (told.by, told.note) == (COACH.id, "Ring först.")
    assert "Name of coach-1 lämnade över ärendet till Name of coach-2. Meddelande: “Ring först.”" in house.told(case)


def test_handing_a_case_to_who_has_it_changes_nothing() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    house.engine.hand_over_case(COACH, case.id, to=COACH.id)
    before = house.events(case.id)
    house.engine.hand_over_case(HEAD, case.id, to=COACH.id, note="n")
    assert house.events(case.id) == before


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [(AUDITOR, NotAllowed), (OTHER, NotAllowed), (FAR, NotFound), (FAR_HEAD, NotFound), (ADMINISTRATOR, NotFound)],
)
def test_others_hand_no_case_over(actor: Actor, refusal: type[Exception]) -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    house.engine.hand_over_case(HEAD, case.id, to=COACH.id)
    for to in (OTHER.id, actor.id):
        with pytest.raises(refusal):
            house.engine.hand_over_case(actor, case.id, to=to)


def test_a_case_goes_to_nobody_outside_the_unit() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    with pytest.raises(NotAllowed, match="another unit"):
        house.engine.hand_over_case(HEAD, case.id, to=FAR.id)
    with pytest.raises(NotFound):
        house.engine.hand_over_case(HEAD, case.id, to=UserId("nobody"))


def test_a_note_with_an_identity_number_is_refused() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    with pytest.raises(Rejected):
        house.engine.hand_over_case(COACH, case.id, to=COACH.id, note="Gäller 19121212-1212")
    with pytest.raises(Rejected, match="1000 characters"):
        house.engine.hand_over_case(COACH, case.id, to=COACH.id, note="n" * 1_001)
    assert house.engine.case(COACH, case.id).case.responsible is None


def test_an_ended_case_is_not_handed_over_but_a_suspended_one_is() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    house.engine.suspend_case(HEAD, case.id, reason="r")
    assert house.engine.hand_over_case(COACH, case.id, to=COACH.id).responsible == COACH.id
    house.engine.resume_case(HEAD, case.id, reason="r")
    house.complete(case, text="t")
    with pytest.raises(NotPossible, match="completed"):
        house.engine.hand_over_case(HEAD, case.id, to=OTHER.id)


def test_what_the_one_before_held_goes_along_or_back_to_its_groups() -> None:
    house = House(NOTE, PAIR)
    case = house.start()
    house.engine.hand_over_case(COACH, case.id, to=COACH.id)
    for element in ("a", "b"):
        house.engine.assign_task(HEAD, house.task(case, element).id, to=COACH.id)
    house.engine.hand_over_case(COACH, case.id, to=RECEPTION.id)
    assert [house.task(case, element).claimed_by for element in ("a", "b")] == [None, RECEPTION.id]
    assert {EventType.TASK_RELEASED, EventType.TASK_ASSIGNED} <= set(house.events(case.id))


def test_what_others_hold_stays_theirs() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    house.engine.hand_over_case(COACH, case.id, to=COACH.id)
    house.engine.claim_task(OTHER, house.task(case).id)
    house.engine.hand_over_case(COACH, case.id, to=HEAD.id)
    assert house.task(case).claimed_by == OTHER.id
