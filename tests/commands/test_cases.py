"""Cases as a whole: suspended, cancelled, mended, moved, with incidents, and what is told about them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.case import CaseStatus, IncidentState
from engine.errors import NotAllowed, NotFound, NotPossible, Rejected
from engine.history import EventType
from engine.queries import CaseChoice
from engine.task import TaskState
from tests.bpmn.diagrams import both, call, catch, end, message, script, service, some, start, timer, user
from tests.builders import NOON
from tests.commands.house import (
    ADMINISTRATOR,
    AUDITOR,
    COACH,
    FAR,
    FAR_HEAD,
    HEAD,
    NOTE,
    NUMBER,
    ONE_TASK,
    TEXT,
    House,
    form,
    process,
)


def test_nothing_happens_in_a_suspended_case_until_it_is_resumed() -> None:
    parts = (start(), both("g"), user("a", form="note"), catch("c", timer("timeDuration", "P1D")), catch("d", message()), end())
    house = House(NOTE, process(*parts, "s > g > a > e", "g > c > e", "g > d > e"))
    case = house.start()
    task = house.task(case)
    assert house.engine.suspend_case(HEAD, case.id, reason="in dispute").status is CaseStatus.SUSPENDED
    house.clock.move_to(NOON + timedelta(days=2))
    assert house.engine.fire_due() == 0
    for act in (
        lambda: house.engine.claim_task(COACH, task.id),
        lambda: house.engine.complete_task(COACH, task.id, {"text": "t"}),
        lambda: house.engine.message_case(COACH, case.id, "ping", {}),
        lambda: house.engine.correct_data(HEAD, case.id, {"text": "t"}, reason="r"),
        lambda: house.engine.suspend_case(HEAD, case.id, reason="again"),
    ):
        with pytest.raises(NotPossible, match="suspended"):
            act()
    receipt = house.engine.send_message(COACH, "ping", key={"case": case.id})
    assert house.engine.deliver_pending() == 0
    assert receipt.case_ids == (case.id,)
    house.engine.resume_case(HEAD, case.id, reason="settled")
    assert (house.engine.deliver_pending(), house.engine.fire_due()) == (1, 1)
    house.complete(case, text="t")
    assert house.engine.case(COACH, case.id).case.status is CaseStatus.COMPLETED
    assert "in dispute" in house.told(case)


def test_who_may_operate_a_case() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    for actor in (COACH, AUDITOR):
        with pytest.raises(NotAllowed):
            house.engine.cancel_case(actor, case.id, reason="r")
    for actor in (FAR, FAR_HEAD):
        with pytest.raises(NotFound):
            house.engine.cancel_case(actor, case.id, reason="r")
    assert house.engine.cancel_case(ADMINISTRATOR, case.id, reason="r").status is CaseStatus.CANCELLED


def test_a_cancelled_case_has_no_tasks_and_cannot_be_changed() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    task = house.task(case)
    house.engine.suspend_case(HEAD, case.id, reason="r")
    cancelled = house.engine.cancel_case(HEAD, case.id, reason="moved abroad")
    assert cancelled.ended_at == NOON
    view = house.engine.case(COACH, case.id)
    assert (view.waits, view.positions, [one.state for one in view.tasks]) == ([], [], [TaskState.CANCELLED])
    with pytest.raises(NotPossible):
        house.engine.complete_task(COACH, task.id, {"text": "t"})
    for act in (house.engine.cancel_case, house.engine.suspend_case, house.engine.resume_case):
        with pytest.raises(NotPossible):
            act(HEAD, case.id, reason="again")
    assert "moved abroad" in house.told(case)


def test_cancelling_resolves_its_incidents() -> None:
    parts = (start(), some("g"), user("a", form="note"), user("b", form="note"), both("j"), end())
    house = House(NOTE, process(*parts, "s > g > [true] a > j > e", "g > [false] b > j"))
    case = house.start()
    house.complete(case, text="t")
    assert [incident.kind for incident, _ in house.engine.incidents(HEAD).rows] == ["deadlock"]
    house.engine.cancel_case(HEAD, case.id, reason="r")
    assert list(house.engine.incidents(HEAD).rows) == []


def test_data_are_corrected_by_path_and_checked() -> None:
    big = form("big", ("text", "n"), text=TEXT, n=NUMBER)
    house = House(
        big, process(start(), user("a", form="big", bind="letter"), user("b", form="big"), end(), "s > a > b > e", x=NUMBER)
    )
    case = house.start(x=1)
    house.complete(case, "a", text="t", n=3)
    house.engine.correct_data(HEAD, case.id, {"letter.text": "u", "x": 2}, reason="typing error")
    assert house.data(case) == {"x": 2, "letter": {"text": "u", "n": 3}}
    for wrong in ({"letter.n": "text"}, {"nobody": 1}, {"letter.nobody": 1}, {"x.y": 2}):
        with pytest.raises(Rejected):
            house.engine.correct_data(HEAD, case.id, wrong, reason="r")
    with pytest.raises(NotAllowed):
        house.engine.correct_data(COACH, case.id, {"x": 3}, reason="r")
    assert house.data(case) == {"x": 2, "letter": {"text": "u", "n": 3}}
    assert "corrected the data: “text-label”: t → u; x: 1 → 2. Reason: typing error." in house.told(case)
    assert house.events(case.id)[-1] is EventType.DATA_CHANGED, "one event tells what and why"


def test_a_correction_is_held_to_the_answers_of_the_forms_that_write_the_name() -> None:
    end_form = form("ending", ("outcome",), outcome={"type": "string", "enum": ["work", "studies"]})
    words = {"work": "Work", "studies": "Studies"}
    texts = {"title": "e", "submit": "OK", "fields": {"outcome": {"label": "Outcome", "options": words}}}
    files = {"texts.sv.json": texts, "texts.en.json": texts, "examples/good.json": {"outcome": "work"}}
    end_form = replace(end_form, files={**end_form.files, **{name: json.dumps(text).encode() for name, text in files.items()}})
    house = House(
        end_form,
        process(
            start(), user("a", form="ending"), user("b", form="ending"), end(), "s > a > b > e", outcome={"type": "string"}
        ),
    )
    case = house.start()
    house.complete(case, "a", outcome="work")
    for value in ("zzz", "yyy"):
        with pytest.raises(Rejected) as refused:
            house.engine.correct_data(HEAD, case.id, {"outcome": value}, reason="r")
        (problem,) = refused.value.problems
        assert (problem.path, problem.keyword) == ("/outcome", "enum")
        assert problem.text_en.endswith("choose one of the answers: work, studies.")
    house.engine.correct_data(HEAD, case.id, {"outcome": "studies"}, reason="r")
    assert house.data(case) == {"outcome": "studies"}


def test_an_incident_is_mended_and_retried() -> None:
    parts = (start(), user("a", form="note"), script("sc", "{y: 10 / x}"), end(), "s > a > sc > e")
    house = House(NOTE, process(*parts, x=NUMBER, y=NUMBER))
    case = house.start(x=0)
    assert house.complete(case, text="t").state is TaskState.COMPLETED
    ((incident, _),) = house.engine.incidents(HEAD).rows
    assert (incident.kind, incident.element, incident.attempts) == ("expression-failed", "sc", 1)
    for actor, error in ((COACH, NotAllowed), (FAR, NotFound)):
        with pytest.raises(error):
            house.engine.retry_incident(actor, incident.id)
    house.engine.correct_data(HEAD, case.id, {"x": 5}, reason="r")
    solved, ended = house.engine.retry_incident(HEAD, incident.id)
    assert (solved.state, ended.status) == (IncidentState.RESOLVED, CaseStatus.COMPLETED)
    assert house.data(case)["y"] == 2
    assert list(house.engine.incidents(HEAD).rows) == []
    with pytest.raises(NotPossible, match="solved already"):
        house.engine.retry_incident(HEAD, incident.id)


def test_a_retry_that_fails_again_keeps_the_incident_and_history_tells_both() -> None:
    house = House(process(start(), script("sc", "{y: 10 / x + z}"), end(), "s > sc > e", x=NUMBER, y=NUMBER, z={}))
    case = house.start(x=0, z="text")
    ((incident, _),) = house.engine.incidents(HEAD).rows
    house.engine.correct_data(HEAD, case.id, {"x": 5}, reason="r")
    house.clock.move_to(NOON + timedelta(days=1))
    answered, _ = house.engine.retry_incident(HEAD, incident.id)
    ((again, _),) = house.engine.incidents(HEAD).rows
    assert answered == again
    said = replace(incident, message=again.message, message_sv=again.message_sv)
    assert again == replace(said, attempts=2, tried_at=NOON + timedelta(days=1))
    assert again.message != incident.message
    assert again.message_sv != incident.message_sv
    told = house.told(case)
    assert f"{HEAD.name} tried again in vain at “sc”." in told
    assert f"Technical detail: “{again.message}”" in told
    assert EventType.INCIDENT_RESOLVED not in house.events(case.id)

    house.engine.correct_data(HEAD, case.id, {"z": 1}, reason="r")
    house.engine.retry_incident(HEAD, incident.id)
    with house.store.read() as unit:
        (solved,) = unit.incidents.of_case(case.id)
    assert (solved.id, solved.attempts, solved.state) == (incident.id, 2, IncidentState.RESOLVED)
    about = [type_ for type_ in house.events(case.id) if type_.value.startswith("incident-")]
    assert about == [EventType.INCIDENT_OPENED, EventType.INCIDENT_RETRIED, EventType.INCIDENT_RESOLVED]
    assert house.engine.verify_history(AUDITOR, case.id) is None


def started(data: str, key: str = "other") -> House:
    begin = service("st", "case.start", {"process": f'"{key}"', "data": data})
    other = process(start(), user("o", form="note"), end(), "s > o > e", key="other", n=NUMBER)
    return House(
        NOTE, other, process(start(), user("a", form="note"), begin, user("b", form="note"), end(), "s > a > st > b > e")
    )


def test_a_case_starts_another() -> None:
    house = started("{n: 3}")
    house.complete(house.start(), "a", text="t")
    (other,) = house.engine.cases(COACH, CaseChoice(process="other")).rows
    assert house.data(other) == {"n": 3}


@pytest.mark.parametrize(("data", "key"), [("{n: 3}", "nobody"), ('{n: "text"}', "other"), ("{nobody: 3}", "other")])
def test_a_case_that_cannot_be_started_is_an_incident_and_the_step_holds(data: str, key: str) -> None:
    house = started(data, key)
    case = house.start()
    assert house.complete(case, "a", text="t").state is TaskState.COMPLETED
    assert house.open_tasks(case, "b")
    ((incident, about),) = house.engine.incidents(HEAD).rows
    assert (incident.kind, about.id) == ("cannot-start", case.id)
    assert incident.message in house.told(case)
    assert house.engine.verify_history(AUDITOR, case.id) is None
    house.engine.retry_incident(HEAD, incident.id)
    assert list(house.engine.incidents(HEAD).rows) == []
    assert list(house.engine.cases(COACH, CaseChoice(process="other")).rows) == []


def test_a_case_that_starts_itself_for_ever_is_stopped() -> None:
    begin = service("st", "case.start", {"process": '"p"', "data": "{}"})
    house = House(process(start(), begin, end(), "s > st > e"))
    assert house.start().status is CaseStatus.COMPLETED
    incidents = house.engine.incidents(HEAD).rows
    assert [incident.kind for incident, _ in incidents] == ["cannot-start"]
    assert len(house.engine.cases(COACH, limit=100).rows) <= 20


def test_data_of_a_called_process_are_shown_and_mended_and_the_element_tried_again() -> None:
    inner = process(
        start(), script("w", "{x: n + 1}"), user("a", form="note"), end(), "s > w > a > e", key="q", n=NUMBER, x=NUMBER
    )
    outer = process(start(), call("go", "q", inputs={"n": "n"}), end(), "s > go > e", n=NUMBER)
    house = House(NOTE, inner, outer)
    case = house.start()
    (incident, _), *_ = house.engine.incidents(HEAD).rows
    assert (incident.element, incident.call) == ("go.w", "go")
    assert incident.message.endswith("It reads `n`.")
    told = house.told(case)
    assert 'Uppgifterna hör till anropet “go”: skriv "call": "go" i rättelsen. Tekniskt' in told
    assert 'The data are those of the call “go”: write "call": "go" in the correction. Technical' in told
    house.engine.correct_data(HEAD, case.id, {"n": 1}, reason="root")
    assert house.engine.case(COACH, case.id).called == {"go": {"n": None}}

    house.engine.correct_data(HEAD, case.id, {"n": 4}, reason="left out", call="go")
    house.engine.retry_incident(HEAD, incident.id)

    assert house.engine.case(COACH, case.id).called == {"go": {"n": 4, "x": 5}}
    assert [task.path for task in house.open_tasks(case)] == ["go.a"]
    with pytest.raises(Rejected):
        house.engine.correct_data(HEAD, case.id, {"unknown": 4}, reason="r", call="go")
    with pytest.raises(NotPossible, match="No call `elsewhere`"):
        house.engine.correct_data(HEAD, case.id, {"n": 4}, reason="r", call="elsewhere")


@pytest.mark.parametrize("blank", ["", "   ", "\t\n\u00a0"])
def test_a_reason_says_something(blank: str) -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    refusals: tuple[Callable[[], object], ...] = (
        lambda: house.engine.suspend_case(HEAD, case.id, reason=blank),
        lambda: house.engine.resume_case(HEAD, case.id, reason=blank),
        lambda: house.engine.cancel_case(HEAD, case.id, reason=blank),
        lambda: house.engine.correct_data(HEAD, case.id, {"x": 1}, reason=blank),
        lambda: house.engine.erase_history(ADMINISTRATOR, case.id, [1], reason=blank),
    )
    for refused in refusals:
        with pytest.raises(Rejected) as caught:
            refused()
        assert [problem.path for problem in caught.value.problems] == ["/reason"]
    house.engine.suspend_case(HEAD, case.id, reason="  Väntar.  ")
    assert "Reason: Väntar." in house.told(case)


def test_a_value_that_breaks_every_declaration_alike_is_told_by_what_they_ask_for() -> None:
    a_date: dict[str, object] = {"type": "string", "format": "date"}
    dated = form("dated", day=a_date)
    house = House(dated, process(start(), user("a", form="dated"), end(), "s > a > e", day=a_date))
    case = house.start()
    with pytest.raises(Rejected) as caught:
        house.engine.correct_data(HEAD, case.id, {"day": "xx"}, reason="r")
    ((path, keyword, text),) = [(one.path, one.keyword, one.text_en) for one in caught.value.problems]
    assert (path, keyword) == ("/day", "format")
    assert "write a date like 2025-03-17" in text
