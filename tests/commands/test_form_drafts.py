"""Drafts of forms that belong to no task, and changes that are asked for twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.commands.user_tasks import MOST_DRAFT_BYTES
from engine.errors import NotAllowed, NotFound, NotPossible, Rejected, RevisionConflict
from engine.ports import DraftKind, about_message
from tests.bpmn.diagrams import catch, end, message, start
from tests.builders import NOON
from tests.commands.house import COACH, DESIGNER, FAR, NOTE, ONE_TASK, OTHER, TEXT, House, process

START, MESSAGE = DraftKind.START, DraftKind.MESSAGE
PAYLOAD: dict[str, object] = {"type": "object", "properties": {"text": TEXT}, "additionalProperties": False}
LISTENING = process(start(), catch("w", message()), end(), "s > w > e", messages={"ping": PAYLOAD})


def test_each_has_a_draft_of_their_own_until_the_case_is_begun() -> None:
    house = House(NOTE, ONE_TASK)
    kept = house.engine.save_form_draft(COACH, START, "p", {"name": 1}, form_version=2)
    assert house.engine.form_draft(COACH, START, "p") == kept
    assert house.engine.form_draft(OTHER, START, "p") is None
    house.start(by=OTHER)
    assert house.engine.form_draft(COACH, START, "p") == kept
    house.start()
    assert house.engine.form_draft(COACH, START, "p") is None


def test_only_who_may_begin_a_case_keeps_a_draft_of_it() -> None:
    house = House(NOTE, ONE_TASK)
    with pytest.raises(NotFound):
        house.engine.save_form_draft(COACH, START, "unknown", {}, form_version=None)
    with pytest.raises(NotAllowed):
        house.engine.save_form_draft(DESIGNER, START, "p", {}, form_version=None)


def test_a_draft_of_a_message_is_there_until_the_case_is_told() -> None:
    house = House(LISTENING)
    case = house.start()
    about = about_message(case.id, "ping")
    house.engine.save_form_draft(COACH, MESSAGE, about, {"text": "t"}, form_version=None)
    with pytest.raises(NotFound):
        house.engine.save_form_draft(FAR, MESSAGE, about, {}, form_version=None)
    with pytest.raises(NotPossible):
        house.engine.save_form_draft(COACH, MESSAGE, about_message(case.id, "other"), {}, form_version=None)
    house.engine.message_case(COACH, case.id, "ping", {"text": "t"})
    assert house.engine.form_draft(COACH, MESSAGE, about) is None


def test_a_draft_saved_elsewhere_is_not_replaced_and_a_large_one_not_kept() -> None:
    house = House(NOTE, ONE_TASK)
    first = house.engine.save_form_draft(COACH, START, "p", {}, form_version=1, revision="")
    with pytest.raises(RevisionConflict):
        house.engine.save_form_draft(COACH, START, "p", {}, form_version=1, revision="")
    with pytest.raises(Rejected):
        house.engine.save_form_draft(COACH, START, "p", "x" * MOST_DRAFT_BYTES, form_version=1)
    assert house.engine.form_draft(COACH, START, "p") == first
    house.engine.remove_form_draft(OTHER, START, "p")
    assert house.engine.form_draft(COACH, START, "p") == first
    house.engine.remove_form_draft(COACH, START, "p")
    assert house.engine.form_draft(COACH, START, "p") is None


def test_what_nobody_touches_is_forgotten_but_not_what_open_tasks_wait_for() -> None:
    house = House(NOTE, ONE_TASK)
    case, open_one = house.start(), house.start()
    house.engine.save_form_draft(COACH, START, "p", {}, form_version=1)
    tasks = [house.task(case).id, house.task(open_one).id]
    for task in tasks:
        house.engine.save_draft(OTHER, task, {"text": "mine"}, base_sequence=2)
    house.complete(case, text="t")
    house.clock.move_to(NOON + timedelta(days=90))
    house.engine.forget_drafts()
    assert house.engine.form_draft(COACH, START, "p") is not None
    house.clock.move_to(NOON + timedelta(days=90, seconds=1))
    house.engine.forget_drafts()
    assert house.engine.form_draft(COACH, START, "p") is None
    assert [house.engine.task_form(OTHER, task).draft is not None for task in tasks] == [False, True]
