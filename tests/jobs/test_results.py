"""What service tasks give is held to what the process's data schema declares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest

from engine import feel
from engine.actor import SYSTEM
from engine.case import Case, Incident
from engine.definition import Package
from engine.errors import Rejected
from engine.history import EventType
from engine.job import Job, JobState
from engine.jobs.running import JobRunner
from tests.bpmn.diagrams import DECLARED, call, end, job, loop, manual, script, service, start
from tests.commands.house import HEAD, NUMBER, TEXT, House, process
from tests.jobs.office import NAME, installed

DATE: dict[str, object] = {"type": "string", "format": "date"}
COMPANY: dict[str, object] = {
    "type": "object",
    "required": ["number"],
    "properties": {
        "number": {"type": "integer"},
        "name": {"type": "string"},
        "form": {"type": ["string", "null"], "enum": ["AB", "HB", None]},
        "since": DATE,
        "rooms": {"type": "array", "items": {"type": "object", "properties": {"floor": {"type": "integer"}}}},
    },
}
GOT = {"got": "result"}


def house(outputs: Mapping[str, str], names: Mapping[str, dict[str, object]]) -> House:
    """A process whose job at `a` a handler does, then a task at `z`."""
    parts = (start(), job("a", {}, outputs, handler=NAME), manual("z"), end(), "s > a > z > e")
    return deployed(process(*parts, key="p", declared=DECLARED, messages=None, **names))


def done(house_: House, result: feel.Value) -> None:
    """Let the handler give the result wherever it is waited for."""
    with installed(lambda inputs, desk: result):
        runner = JobRunner(house_.engine)
        while runner.run_due(5).begun:
            assert runner.wait(30)


def deployed(*packages: Package) -> House:
    with installed(lambda inputs, desk: None):
        return House(*packages)


def gives(result: feel.Value, outputs: Mapping[str, str] = GOT, **names: dict[str, object]) -> tuple[House, Case]:
    house_ = house(outputs, names)
    case = house_.start()
    done(house_, result)
    return house_, case


def incident(house_: House, case: Case) -> Incident:
    with house_.store.read() as work:
        return work.incidents.open_of_case(case.id)[0]


def kinds(house_: House, case: Case) -> list[str]:
    with house_.store.read() as work:
        return [one.kind for one in work.incidents.open_of_case(case.id)]


def test_a_result_that_breaks_the_schema_is_an_incident_in_both_languages_and_is_kept() -> None:
    house_, case = gives("many", got=NUMBER)
    found = incident(house_, case)
    assert (found.kind, house_.data(case).get("got")) == ("unfit-result", None)
    assert found.message == (
        "a: What the handler acme.ring gave does not fit the process: `got` should be a number, and is a text. It is kept: "
        "correct the data that the mapping reads and try again, or skip this and write the value by hand. In the next version, "
        "correct the mapping or data.schema.json."
    )
    in_swedish = "a: Det som hanteraren acme.ring gav passar inte processen: `got` ska vara ett tal, och är en text."
    assert in_swedish in found.message_sv
    with house_.store.read() as work:
        told = [
            payload.text
            for event, payload in work.histories.of_case(case.id)
            if event.type is EventType.JOB_COMPLETED and payload
        ]
    assert ['"result":"many"' in text for text in told] == [True]


def test_trying_again_takes_the_same_result_and_does_not_do_the_job_again() -> None:
    house_ = house({"got": "if way = null then result else number(result)"}, {"got": NUMBER, "way": TEXT})
    case = house_.start()
    done(house_, "7")
    assert house_.engine.retry_incident(HEAD, incident(house_, case).id)[0].attempts == 2
    house_.engine.correct_data(HEAD, case.id, {"way": "number"}, reason="It is written as text")
    house_.engine.retry_incident(HEAD, incident(house_, case).id)
    assert (kinds(house_, case), house_.data(case)["got"]) == ([], 7)
    assert house_.events(case.id).count(EventType.JOB_ORDERED) == 1


def test_it_can_be_skipped_and_the_value_written_by_hand() -> None:
    house_, case = gives("many", got=NUMBER)
    house_.engine.skip_incident(HEAD, incident(house_, case).id, reason="The register is closed")
    house_.engine.correct_data(HEAD, case.id, {"got": 3}, reason="They said it on the telephone")
    assert (house_.data(case)["got"], house_.task(case).element) == (3, "z")


@pytest.mark.parametrize(
    ("result", "says"),
    [
        ({"number": Decimal("7.5")}, "`company.number` should be a whole number, and is a number."),
        ({"number": "7"}, "`company.number` should be a whole number, and is a text."),
        ({}, "`company.number` is missing."),
        ({"number": None}, "`company.number` is missing."),
        ({"number": Decimal(7), "form": "GmbH"}, "`company.form` should be one of these: AB, HB, None."),
        (
            {"number": Decimal(7), "since": "last year"},
            "`company.since` should be a date such as 2025-03-17, and is a text that is none.",
        ),
        ({"number": Decimal(7), "rooms": [{}, {"floor": "up"}]}, "`company.rooms[2].floor` should be a whole number, and is"),
        ([], "`company` should be an object, and is a list."),
    ],
)
def test_the_field_and_what_was_wanted_are_told(result: feel.Value, says: str) -> None:
    house_, case = gives(result, {"company": "result"}, company=COMPANY)
    assert says in incident(house_, case).message


def test_no_name_that_came_from_outside_is_told() -> None:
    ages: dict[str, object] = {"type": "object", "additionalProperties": {"type": "integer"}}
    house_, case = gives({"Alva Alm": "young"}, ages=ages, outputs={"ages": "result"})
    assert "`ages.…` should be a whole number" in incident(house_, case).message


def test_a_text_that_is_declared_a_date_becomes_one_and_values_stay_what_they_are() -> None:
    company: dict[str, feel.Value] = {"number": Decimal(7), "since": "2020-02-02", "seen": date(2025, 1, 2), "name": None}
    outputs = {"company": "result", "day": "result.since", "third": "result.number / 3", "gone": "result.nothing"}
    house_, case = gives(company, outputs, company=COMPANY, day=DATE, third=NUMBER, gone=TEXT)
    assert kinds(house_, case) == []
    with house_.store.read() as work:
        data = work.cases.data(case.id)
    values = next(iter(data.scopes.values())).values
    assert values["company"] == company | {"since": date(2020, 2, 2)}
    assert (values["day"], values["third"], values.get("gone")) == (date(2020, 2, 2), Decimal("2." + "3" * 33), None)


def test_what_is_wrong_beside_it_is_not_held_against_a_result() -> None:
    house_, case = gives("Alm AB", {"company.name": "result"}, company=COMPANY)
    assert (kinds(house_, case), house_.data(case)["company"]) == ([], {"name": "Alm AB"})
    house_, case = gives(Decimal(1), {"company.name": "result"}, company=COMPANY)
    assert "`company.name` should be a text, and is a number." in incident(house_, case).message


def test_a_called_process_holds_its_own_to_its_own_schema() -> None:
    inner = process(start(), job("a", {}, GOT, handler=NAME), end(), "s > a > e", key="inner", got=NUMBER)
    house_ = deployed(inner, process(start(), call("c", "inner"), end(), "s > c > e", got=TEXT))
    case = house_.start()
    done(house_, "many")
    assert (incident(house_, case).element, incident(house_, case).kind) == ("c.a", "unfit-result")


def test_what_a_loop_declares_for_itself_holds_anything() -> None:
    each = job("a", {}, GOT, loop("[1, 2]", "got"), handler=NAME)
    house_ = deployed(process(start(), each, manual("z"), end(), "s > a > z > e", got=NUMBER))
    case = house_.start()
    done(house_, "many")
    assert kinds(house_, case) == []


def test_handlers_inside_the_step_are_held_to_the_same() -> None:
    ask = service("a", "case.assign", {"unit": "case.unit"}, {"got": "result.unit"})
    house_ = House(process(start(), ask, end(), "s > a > e", got=NUMBER))
    case = house_.start()
    found = incident(house_, case)
    assert (found.kind, house_.events(case.id).count(EventType.CASE_ASSIGNED)) == ("unfit-result", 0)
    assert "What the handler case.assign gave does not fit the process: `got` should be a number" in found.message


def test_scripts_write_what_they_calculate() -> None:
    house_ = House(process(start(), script("a", '{got: "many"}'), manual("z"), end(), "s > a > z > e", got=NUMBER))
    assert house_.data(house_.start())["got"] == "many"


def fetched(house_: House) -> Job:
    (found,) = house_.engine.fetch_jobs(SYSTEM, ["pay"], worker="w-1", lease=timedelta(minutes=1), limit=5)
    return found


@pytest.mark.parametrize("is_suspended", [False, True])
def test_another_system_is_told_and_keeps_the_job(is_suspended: bool) -> None:
    pay = job("a", {}, {"company": "result.firm", "got": "result.n + 1"}, topic="pay")
    house_ = House(process(start(), pay, manual("z"), end(), "s > a > z > e", company=COMPANY, got=TEXT))
    case = house_.start()
    found = fetched(house_)
    if is_suspended:
        house_.engine.suspend_case(SYSTEM, case.id, reason="Wait")
    with pytest.raises(Rejected, match="it is still yours") as refused:
        house_.engine.complete_job(SYSTEM, found.id, found.fence, {"firm": {"number": "7"}, "n": 1})
    assert [(one.path, one.keyword) for one in refused.value.problems] == [("/result/firm/number", "type"), ("/result", "type")]
    assert refused.value.problems[0].text_sv == "`company.number` ska vara ett heltal, och är en text."
    with house_.store.read() as work:
        assert [(one.state, one.fence) for one in work.jobs.of_case(case.id)] == [(JobState.TAKEN, found.fence)]
    assert kinds(house_, case) == []


def test_an_expression_that_fails_is_no_fault_of_the_other_system() -> None:
    pay = job("a", {}, {"got": "result.n + x"}, topic="pay")
    house_ = House(process(start(), pay, manual("z"), end(), "s > a > z > e", got=NUMBER, x={}))
    case = house_.start(x="text")
    found = fetched(house_)
    house_.engine.complete_job(SYSTEM, found.id, found.fence, {"n": 1})
    assert kinds(house_, case) == ["expression-failed"]
