"""A case refers to a person by the register's key and never carries an identity number, whatever door it comes through."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.actor import SYSTEM
from engine.case import CaseStatus
from engine.errors import Rejected
from tests.bpmn.diagrams import catch, end, message, script, start, user
from tests.commands.house import COACH, HEAD, NORTH, NOTE, NUMBER, RECEPTION, TEXT, House, process
from tests.commands.test_registers import people_register

WHO = "19121212-TF12"
DECLARED = '<message id="m" name="ping" stegvis:correlation="= {case: case.id}"/>'
NOTED = process(start(), user("a", form="note"), end(), "s > a > e", x=TEXT, y=NUMBER)


def problems(command: Callable[[], object]) -> list[tuple[str, str]]:
    """Path and keyword of each problem that the command is refused for; no word of it is the number."""
    with pytest.raises(Rejected) as refused:
        command()
    told = [refused.value.message, *(f"{one.path} {one.text_sv} {one.text_en}" for one in refused.value.problems)]
    assert not any("TF12" in text or "121212" in text for text in told)
    return [(problem.path, problem.keyword) for problem in refused.value.problems]


def test_a_submission_with_a_number_is_refused_and_says_what_to_do() -> None:
    house = House(NOTE, NOTED)
    case = house.start()
    with pytest.raises(Rejected) as refused:
        house.complete(case, text="Ringde", more=f"Gäller {WHO}.")
    (problem,) = refused.value.problems
    assert (problem.path, problem.keyword) == ("/more", "identityNumber")
    assert problem.text_sv == "more-label: skriv inte personnummer här; välj personen i registret."
    assert problem.text_en == "more-label: do not write an identity number here; choose the person in the register."
    assert house.complete(case, text="Ringde 070-123 45 67 den 2025-03-17.").ended_by == COACH.id
    assert "TF12" not in house.told(case)


def test_start_data_and_corrections_with_a_number_are_refused() -> None:
    house = House(NOTE, NOTED)
    assert problems(lambda: house.start(x=WHO)) == [("/x", "identityNumber")]
    assert problems(lambda: house.start(y=198112189876)) == [("/y", "identityNumber")]
    case = house.start()
    assert problems(lambda: house.engine.correct_data(HEAD, case.id, {"x": WHO}, reason="fel")) == [("/x", "identityNumber")]


def test_a_number_in_a_name_is_told_of_what_holds_it() -> None:
    house = House(NOTE, NOTED)
    assert problems(lambda: house.engine.start_case(COACH, "p", unit=NORTH, data={WHO: "x"})) == [("", "identityNumber")]


def test_a_reason_with_a_number_is_refused() -> None:
    house = House(NOTE, NOTED)
    case = house.start()
    engine, reason, expected = house.engine, f"avser {WHO}", [("/reason", "identityNumber")]
    assert problems(lambda: engine.suspend_case(HEAD, case.id, reason=reason)) == expected
    assert problems(lambda: engine.cancel_case(HEAD, case.id, reason=reason)) == expected
    assert problems(lambda: engine.correct_data(HEAD, case.id, {"x": "v"}, reason=reason)) == expected
    assert problems(lambda: engine.erase_history(SYSTEM, case.id, [1], reason=reason)) == expected
    engine.suspend_case(HEAD, case.id, reason="väntar")
    assert problems(lambda: engine.resume_case(HEAD, case.id, reason=reason)) == expected
    assert engine.case(HEAD, case.id).case.status is CaseStatus.SUSPENDED


def test_a_message_with_a_number_is_refused_even_where_nobody_waits() -> None:
    house = House(process(start(), catch("c", message()), end(), "s > c > e", declared=DECLARED, x=TEXT))
    case = house.start()
    engine = house.engine
    assert problems(lambda: engine.message_case(COACH, case.id, "ping", {"who": WHO})) == [("/payload/who", "identityNumber")]
    assert problems(lambda: engine.send_message(COACH, "none", payload={"who": [WHO]})) == [
        ("/payload/who/0", "identityNumber")
    ]
    assert problems(lambda: engine.send_message(COACH, "none", key={"who": WHO})) == [("/key/who", "identityNumber")]
    assert problems(lambda: engine.send_message(COACH, WHO)) == [("/name", "identityNumber")]
    assert problems(lambda: engine.send_message(COACH, "none", message_id=WHO)) == [("/id", "identityNumber")]


def test_a_process_that_would_write_a_number_comes_to_a_halt() -> None:
    house = House(NOTE, process(start(), script("a", '{x: "19121212" + "-TF12"}'), end(), "s > a > e", x=TEXT))
    case = house.start()
    ((incident, _),) = house.engine.incidents(HEAD).rows
    assert incident.kind == "cannot-write"
    assert "`x`" in incident.message
    assert "TF12" not in incident.message + house.told(case)
    assert "x" not in house.data(case)


def test_a_draft_keeps_what_was_typed() -> None:
    house = House(NOTE, NOTED)
    case = house.start()
    task = house.task(case)
    house.engine.save_draft(COACH, task.id, {"text": WHO}, base_sequence=0)
    draft = house.engine.task_form(COACH, task.id).draft
    assert draft is not None
    assert draft.values == {"text": WHO}
    house.complete(case, text="x")
    assert house.engine.task_form(COACH, task.id).draft is None


def test_only_the_registers_identity_field_holds_a_number() -> None:
    house = House(people_register(more="identity: [phone]\n"))
    engine = house.engine
    assert problems(lambda: engine.add_register_entry(RECEPTION, "people", {"name": WHO})) == [("/name", "identityNumber")]
    assert problems(lambda: engine.add_register_entry(RECEPTION, "people", {"id": WHO, "name": "Siv"})) == [
        ("/id", "identityNumber")
    ]
    added = engine.add_register_entry(RECEPTION, "people", {"name": "Siv", "phone": WHO})
    assert engine.register_entry(COACH, "people", added.key).values["phone"] == WHO
