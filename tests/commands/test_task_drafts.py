"""What somebody has typed into a task and not sent."""

from __future__ import annotations

import pytest

from engine.commands.user_tasks import MOST_DRAFT_BYTES
from engine.errors import (
    NotFound,
    Rejected,
    RevisionConflict,
    TaskAlreadyCompleted,
)
from tests.commands.house import (
    COACH,
    FAR,
    NOTE,
    ONE_TASK,
    OTHER,
    House,
)


def test_each_has_a_draft_of_their_own_until_the_task_is_done() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    task = house.task(case)
    house.engine.save_draft(COACH, task.id, {"text": 1}, base_sequence=2)
    house.engine.save_draft(OTHER, task.id, {"text": "mine"}, base_sequence=2)
    draft = house.engine.task_form(COACH, task.id).draft
    assert draft is not None
    assert draft.values == {"text": 1}
    house.complete(case, text="t")
    assert house.engine.task_form(COACH, task.id).draft is None
    with pytest.raises(TaskAlreadyCompleted):
        house.engine.save_draft(OTHER, task.id, {}, base_sequence=2)


def test_what_somebody_typed_stays_theirs_when_another_completes_the_task() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    task = house.task(case)
    house.engine.save_draft(OTHER, task.id, {"text": "mine"}, base_sequence=2)
    house.complete(case, text="t")
    draft = house.engine.task_form(OTHER, task.id).draft
    assert draft is not None
    assert draft.values == {"text": "mine"}
    with pytest.raises(NotFound):
        house.engine.remove_task_draft(FAR, task.id)
    house.engine.remove_task_draft(COACH, task.id)
    assert house.engine.task_form(OTHER, task.id).draft == draft
    house.engine.remove_task_draft(OTHER, task.id)
    assert house.engine.task_form(OTHER, task.id).draft is None


def test_a_draft_that_the_same_person_saved_elsewhere_is_not_replaced() -> None:
    house = House(NOTE, ONE_TASK)
    task = house.task(house.start())
    here = house.engine.save_draft(COACH, task.id, {"text": "here"}, base_sequence=2, revision="")
    there = house.engine.save_draft(COACH, task.id, {"text": "there"}, base_sequence=2, revision=here.revision)
    for seen in ("", here.revision):
        with pytest.raises(RevisionConflict):
            house.engine.save_draft(COACH, task.id, {"text": "late"}, base_sequence=2, revision=seen)
    assert house.engine.task_form(COACH, task.id).draft == there


def test_a_draft_of_a_form_that_is_still_to_come_is_refused() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    task = house.task(case)
    still_to_come = house.engine.task_form(COACH, task.id).base_sequence + 1
    with pytest.raises(Rejected, match=rf"the form cannot have come at {still_to_come}\."):
        house.engine.save_draft(COACH, task.id, {"text": "mine"}, base_sequence=still_to_come)
    assert house.engine.task_form(COACH, task.id).draft is None


def test_a_draft_has_a_bound_and_the_one_before_stays() -> None:
    house = House(NOTE, ONE_TASK)
    task = house.task(house.start())
    most = "å" * ((MOST_DRAFT_BYTES - len(b'{"text":""}')) // 2)
    house.engine.save_draft(COACH, task.id, {"text": most}, base_sequence=2)
    with pytest.raises(Rejected, match="larger than 250000 bytes"):
        house.engine.save_draft(COACH, task.id, {"text": f"{most}å"}, base_sequence=2)
    draft = house.engine.task_form(COACH, task.id).draft
    assert draft is not None
    assert draft.values == {"text": most}
