"""Names in English: read from the diagram, kept with the task, told to history with the names themselves."""

from __future__ import annotations

from engine import bpmn
from engine.history import EventType
from tests.bpmn.diagrams import diagram, end, process, start, user
from tests.bpmn.driver import Driver
from tests.builders import a_task

NAMED = '<userTask id="a" name="Möt klienten" stegvis:nameEn="Meet&#10;the client" stegvis:groups="coach"/>'
GATE = '<exclusiveGateway id="g" name="Klart?" stegvis:nameEn="Done?" default="g-e"/>'
YES = '<sequenceFlow id="g-e" name="Ja" stegvis:nameEn="Yes" sourceRef="g" targetRef="e"/>'


def payload_of(case: Driver, type_: EventType, element: str) -> dict[str, object]:
    return next(payload for told, path, payload in case.payloads if (told, path) == (type_.value, element))


def test_tasks_and_events_carry_the_english_name() -> None:
    case = Driver(process(start(), NAMED, end(), "s > a > e")).start()
    (task,) = case.tasks.values()
    assert (task.name, task.name_en) == ("Möt klienten", "Meet the client")
    told = payload_of(case, EventType.TASK_CREATED, "a")
    assert (told["name"], told["nameEn"]) == ("Möt klienten", "Meet the client")


def test_without_an_english_name_nothing_is_told_of_it() -> None:
    case = Driver(process(start(), user("a"), end(), "s > a > e")).start()
    (task,) = case.tasks.values()
    assert task.name_en == ""
    assert "nameEn" not in payload_of(case, EventType.TASK_CREATED, "a")


def test_the_way_taken_is_told_in_english_too() -> None:
    case = Driver(process(start(), GATE, end(), YES, "s > g")).start()
    told = payload_of(case, EventType.ELEMENT_COMPLETED, "g")
    assert (told["ways"], told["waysEn"]) == ("Ja", "Yes")


def test_a_way_without_an_english_name_keeps_its_own_among_others() -> None:
    other = '<sequenceFlow id="g-f" name="Annat" sourceRef="g" targetRef="f"/>'
    fork = '<parallelGateway id="g"/>'
    case = Driver(process(start(), fork, end(), end("f"), YES, other, "s > g")).start()
    assert payload_of(case, EventType.ELEMENT_COMPLETED, "g")["waysEn"] == "Yes, Annat"


def test_the_process_has_an_english_name() -> None:
    source = diagram(start(), end(), "s > e", **{"stegvis:nameEn": "One door in"})
    model, findings = bpmn.read_bpmn(source, file="process.bpmn")
    assert model is not None
    assert model.name_en == "One door in"
    assert findings == []


def test_what_people_do_to_a_task_is_told_with_both_names() -> None:
    assert a_task(name="Möt klienten", name_en="Meet the client").names == {"name": "Möt klienten", "nameEn": "Meet the client"}
    assert a_task(name="Möt klienten", name_en="").names == {"name": "Möt klienten"}
