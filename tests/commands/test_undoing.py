"""Undoing in a whole installation: handlers are listed as tasks, what they undo can be seen, history says what was undone."""

from __future__ import annotations

from engine.case import CaseStatus
from engine.definition import Package
from tests.bpmn.diagrams import call, cancelled, end, loop, script, start, throw, transaction, undo, undone, user, xor
from tests.bpmn.undoing import FOR
from tests.commands.house import COACH, HEAD, NOTE, NUMBER, TEXT, House, process


def booked(id_: str, marker: str = "") -> str:
    """A task with a form and the task that undoes it."""
    undoer = user(f"un{id_}", form="note", bind="note", isForCompensation="true")
    return user(id_, marker, form="note", bind="note") + undone(id_, f"un{id_}") + undoer


def pathway(*parts: str, key: str = "p") -> Package:
    return process(*parts, key=key, note={"type": "object"}, x=NUMBER, y=NUMBER, people={"type": "array", "items": TEXT})


def test_handlers_in_a_called_process_are_tasks_with_the_data_it_had() -> None:
    inner = (start(), script("calc", "{x: 42}"), booked("book"), end(), "s > calc > book > e")
    called = pathway(*inner, key="called")
    caller = pathway(
        start(),
        call("c", "called"),
        throw("th", undo()),
        user("z", form="note", bind="note"),
        end(),
        "s > c > th > z > e",
    )
    house = House(NOTE, called, caller)
    case = house.start()
    house.complete(case, "c.book", text="room 3")
    task = house.task(case, "c.unbook")
    assert house.engine.task_form(COACH, task.id).values == {"text": "room 3"}, "what it undoes is still there to be read"
    view = house.engine.case(COACH, case.id)
    assert [position.path for position in view.positions] == ["th", "c", "c.book", "c.unbook"]
    assert view.called["c"]["x"] == 42
    house.complete(case, "c.unbook", text="given back")
    assert [open_.path for open_ in house.open_tasks(case)] == ["z"]
    told = house.told(case)
    assert "“th” ångrar det som är gjort: c." in told
    assert "“Book” ångrades." in told


def test_a_cancelled_transaction_is_undone_round_by_round() -> None:
    inner = (
        start("ts"),
        booked("book", loop("people", "person")),
        xor("g", "g-te"),
        end("te"),
        end("ce", "<cancelEventDefinition/>"),
    )
    tr = transaction("tr", *inner, "ts > book > g > te", "g > [x > 1] ce")
    house = House(NOTE, pathway(start(), tr, cancelled("tr"), end(), "s > tr > e", "tr? > e"))
    case = house.start(people=["a", "b"], x=2)
    house.complete(case, "book", text="1")
    house.overwrite(case, "book", text="2")
    assert [task.loop_counter for task in house.open_tasks(case, "unbook")] == [2]
    house.complete(case, "unbook", text="-2")
    house.complete(case, "unbook", text="-1")
    assert house.engine.case(COACH, case.id).case.status is CaseStatus.COMPLETED
    assert "“tr” bröts av, och detta ångras: Book (2), Book (1)." in house.told(case)


def test_a_handler_that_fails_in_a_called_process_is_mended_in_the_data_it_had() -> None:
    inner = (
        start(),
        script("calc", "{x: null}"),
        undone("calc", "un"),
        script("un", "{y: x + 1}", **FOR),
        end(),
        "s > calc > e",
    )
    caller = pathway(start(), call("c", "called"), throw("th", undo()), end(), "s > c > th > e")
    house = House(NOTE, pathway(*inner, key="called"), caller)
    case = house.start()
    (incident,) = house.engine.case(COACH, case.id).incidents
    assert incident.element == "c.un"
    house.engine.correct_data(HEAD, case.id, {"x": 1}, call="c", reason="left out")
    house.engine.retry_incident(HEAD, incident.id)
    assert house.engine.case(COACH, case.id).case.status is CaseStatus.COMPLETED
