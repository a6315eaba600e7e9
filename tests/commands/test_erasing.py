"""An administrator erases what events told; the chain holds, and one more event tells of it."""

from __future__ import annotations

import pytest

from engine.actor import SYSTEM, Actor
from engine.case import Case
from engine.errors import Conflict, NotAllowed, NotFound, NotPossible, Rejected, StegvisError
from engine.history import EventType
from engine.ids import CaseId
from tests.bpmn.diagrams import both, end, start, user
from tests.commands.house import (
    ADMINISTRATOR,
    AUDITOR,
    COACH,
    FAR_HEAD,
    HEAD,
    NOTE,
    ONE_TASK,
    House,
    process,
)

REASON = "Plan 2025:4"
TWO_AT_ONCE = process(
    start(), both("f"), user("a", form="note"), user("b", form="note"), both("j"), end(), "s > f > a > j > e", "f > b > j"
)


def done() -> tuple[House, Case]:
    """A case that has ended."""
    house = House(NOTE, ONE_TASK)
    case = house.start()
    house.complete(case, "a", text="t")
    return house, case


def payloads(house: House, case: Case) -> list[object]:
    return [entry.payload for entry in house.engine.history(AUDITOR, case.id)]


def test_what_was_erased_is_gone_and_told_and_the_chain_holds() -> None:
    house, case = done()
    before = payloads(house, case)
    saved = house.engine.erase_history(ADMINISTRATOR, case.id, [3, 2, 3], reason=REASON)
    after = payloads(house, case)
    assert after == [before[0], None, None, *before[3:], {"events": [2, 3], "reason": REASON}]
    assert house.events(case.id)[-1] is EventType.PAYLOAD_ERASED
    assert saved.history_sequence == len(after)
    assert house.engine.verify_history(AUDITOR, case.id) is None
    assert "Name of admin-1 erased the details of events 2, 3. Reason: Plan 2025:4." in house.told(case)


def test_what_one_erases_twice_is_told_twice_and_holds() -> None:
    house, case = done()
    house.engine.erase_history(ADMINISTRATOR, case.id, [2], reason=REASON)
    house.engine.erase_history(SYSTEM, case.id, [3], reason=REASON)
    assert house.engine.verify_history(AUDITOR, case.id) is None


@pytest.mark.parametrize(
    ("actor", "error"), [(HEAD, NotAllowed), (COACH, NotAllowed), (AUDITOR, NotAllowed), (FAR_HEAD, NotFound)]
)
def test_only_an_administrator_erases(actor: Actor, error: type[StegvisError]) -> None:
    house, case = done()
    with pytest.raises(error):
        house.engine.erase_history(actor, case.id, [2], reason=REASON)
    assert None not in payloads(house, case)


@pytest.mark.parametrize(
    ("sequences", "reason", "error"),
    [
        ([], REASON, Rejected),
        ([2], " ", Rejected),
        ([2, 99], REASON, Rejected),
        ([0], REASON, Rejected),
        ([2, 1], REASON, NotPossible),
        ([2, -1], REASON, NotPossible),
    ],
    ids=["nothing", "no reason", "beyond the end", "no number", "erased already", "the erasure"],
)
def test_what_cannot_be_erased_is_refused_and_nothing_is(sequences: list[int], reason: str, error: type[StegvisError]) -> None:
    house, case = done()
    case = house.engine.erase_history(ADMINISTRATOR, case.id, [1], reason=REASON)
    before = payloads(house, case)
    wanted = [case.history_sequence if number == -1 else number for number in sequences]
    with pytest.raises(error):
        house.engine.erase_history(ADMINISTRATOR, case.id, wanted, reason=reason)
    assert payloads(house, case) == before


def test_a_case_that_does_not_exist_is_not_found() -> None:
    house, _ = done()
    with pytest.raises(NotFound):
        house.engine.erase_history(ADMINISTRATOR, CaseId("nobody"), [1], reason=REASON)


def test_answers_are_not_merged_with_what_nobody_knows_any_more() -> None:
    house = House(NOTE, TWO_AT_ONCE)
    case = house.start()
    base = house.engine.task_form(COACH, house.task(case, "b").id).base_sequence
    house.complete(case, "a", text="t")
    written = base + 1 + house.events(case.id)[base:].index(EventType.DATA_CHANGED)
    house.engine.erase_history(ADMINISTRATOR, case.id, [written], reason=REASON)
    task = house.task(case, "b")
    with pytest.raises(Conflict, match="Open the form again"):
        house.engine.complete_task(COACH, task.id, {"text": "u"}, base_sequence=base)
    opened = house.engine.task_form(COACH, task.id).base_sequence
    assert not house.engine.complete_task(COACH, task.id, {"text": "u"}, base_sequence=opened).is_open
