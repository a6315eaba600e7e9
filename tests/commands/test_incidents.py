"""Many incidents on a bad day: found by their cause, explained, tried again together, each on record in its case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.case import Case
from engine.errors import NotAllowed, NotFound, NotPossible, Rejected
from engine.queries import IncidentChoice
from engine.views import InputSeen, RetriedPage, RetryOutcome
from tests.bpmn.diagrams import end, script, service, start, user
from tests.commands.house import (
    ADMINISTRATOR,
    AUDITOR,
    COACH,
    DESIGNER,
    FAR,
    FAR_HEAD,
    HEAD,
    NOTE,
    SOUTH,
    House,
    process,
)

NUMBER: dict[str, object] = {"type": "number"}
STUCK = process(start(), script("x", "{ n: 1 / m }"), user("a", form="note"), end(), "s > x > a > e", n=NUMBER, m=NUMBER)
LOOKS_UP = process(
    start(),
    service("look", "register.get", {"register": '"offices"', "key": "string(1 / m)"}),
    end(),
    "s > look > e",
    key="looks-up",
    m=NUMBER,
)
ALL = IncidentChoice()


def stuck(count: int) -> tuple[House, list[Case]]:
    """So many cases that stand still, a minute after each other."""
    house = House(NOTE, STUCK)
    cases = []
    for _ in range(count):
        cases.append(house.start(m=0))
        house.clock.move_to(house.clock.now() + timedelta(minutes=1))
    return house, cases


def ids(house: House) -> list[str]:
    return [incident.id for incident, _ in house.engine.incidents(ADMINISTRATOR).rows]


def outcomes(page: RetriedPage) -> list[str]:
    return [one.outcome.value for one in page.items]


def test_each_of_many_is_tried_by_itself_with_one_reason_that_each_case_tells() -> None:
    house, cases = stuck(4)
    found = ids(house)
    house.engine.correct_data(HEAD, cases[0].id, {"m": 4}, reason="wrong")
    house.engine.suspend_case(HEAD, cases[2].id, reason="waits")
    house.engine.skip_incident(HEAD, found[3], reason="not needed")
    done = house.engine.retry_incidents(HEAD, [*found, found[0], "nothing"], reason="The sums were mended")
    assert outcomes(done) == ["resolved", "failed-again", "refused", "refused", "refused"]
    assert [one.case.number if one.case else "" for one in done.items] == [*(case.number for case in cases), ""]
    again = done.items[1].incident
    assert again is not None
    assert (again.attempts, again.opened_at < again.last_tried_at) == (2, True)
    assert [type(one.error) for one in done.items[2:]] == [NotPossible, NotPossible, NotFound]
    assert house.task(cases[0]).element == "a"
    assert "was removed. Reason: The sums were mended." in house.told(cases[0])
    assert "Reason: The sums were mended." in house.told(cases[1])
    for case in cases:
        assert house.engine.verify_history(AUDITOR, case.id) is None


def test_all_that_are_chosen_are_tried_page_by_page_and_none_comes_round() -> None:
    house, cases = stuck(5)
    for case in cases[:4]:
        house.engine.correct_data(HEAD, case.id, {"m": 2}, reason="wrong")
    first = house.engine.retry_chosen_incidents(HEAD, ALL, reason="mended", limit=2)
    assert (outcomes(first), first.left) == (["resolved", "resolved"], 3)
    house.clock.move_to(house.clock.now() + timedelta(minutes=1))
    house.start(m=0)  # stands still since: it is left for another time
    second = house.engine.retry_chosen_incidents(HEAD, ALL, reason="mended", cursor=first.next, limit=2)
    assert (outcomes(second), second.left) == (["resolved", "resolved"], 1)
    third = house.engine.retry_chosen_incidents(HEAD, ALL, reason="mended", cursor=second.next, limit=2)
    assert (outcomes(third), third.next, third.left) == (["failed-again"], None, 0)
    assert len(ids(house)) == 2


def test_only_what_one_operates_is_chosen() -> None:
    house, _ = stuck(1)
    south = house.start(by=FAR, unit=SOUTH, m=0)
    for actor in (COACH, AUDITOR):
        with pytest.raises(NotAllowed, match="head of the case's unit"):
            house.engine.retry_chosen_incidents(actor, ALL, reason="r")
    assert [one.case and one.case.id for one in house.engine.retry_chosen_incidents(FAR_HEAD, ALL, reason="r").items] == [
        south.id
    ]
    assert len(house.engine.retry_chosen_incidents(ADMINISTRATOR, ALL, reason="r").items) == 2
    by_id = house.engine.retry_incidents(AUDITOR, ids(house), reason="r").items
    assert [(one.outcome, type(one.error), one.case is not None) for one in by_id] == [
        (RetryOutcome.REFUSED, NotAllowed, True)
    ] * 2
    unknown = house.engine.retry_incidents(FAR_HEAD, ids(house)[:1], reason="r").items
    assert [(type(one.error), one.case, one.incident) for one in unknown] == [(NotFound, None, None)]


@pytest.mark.parametrize("cursor", ["", "x", "2026-01-01", "2026-01-01~x", "2026-01-01T00:00:00+00:00~x", "~"])
def test_a_cursor_that_no_page_gave_is_refused(cursor: str) -> None:
    house, _ = stuck(1)
    with pytest.raises(Rejected, match="cursor"):
        house.engine.retry_chosen_incidents(HEAD, ALL, reason="r", cursor=cursor)


def test_nothing_is_tried_without_a_reason_or_with_an_identity_number_in_it() -> None:
    house, _ = stuck(1)
    for reason in (" ", "For 19811218-9876"):
        with pytest.raises(Rejected):
            house.engine.retry_incidents(HEAD, ids(house), reason=reason)
        with pytest.raises(Rejected):
            house.engine.retry_chosen_incidents(HEAD, ALL, reason=reason)
    [(incident, _)] = house.engine.incidents(HEAD).rows
    assert incident.attempts == 1


def test_one_cause_is_one_line_however_many_cases_stand_still() -> None:
    house, cases = stuck(3)
    house.start(by=FAR, unit=SOUTH, m=0)
    [hers] = house.engine.incident_groups(HEAD)
    assert (hers.process, hers.element, hers.name, hers.kind, hers.count, hers.operated) == (
        "p",
        "x",
        "x",
        "expression-failed",
        3,
        3,
    )
    assert [(one.count, one.operated) for one in house.engine.incident_groups(AUDITOR)] == [(4, 0)]
    assert [(one.count, one.operated) for one in house.engine.incident_groups(COACH)] == [(3, 0)]
    with pytest.raises(Rejected, match="version"):
        house.engine.incident_groups(HEAD, IncidentChoice(version=1))
    assert house.engine.incidents(HEAD, IncidentChoice(process="p", version=2)).rows == ()
    assert len(house.engine.incidents(HEAD, IncidentChoice(process="p", version=1)).rows) == len(cases)


def test_an_incident_is_explained_with_what_the_element_gets_and_reads() -> None:
    house = House(LOOKS_UP)
    case = house.start("looks-up", m=0)
    [(incident, _)] = house.engine.incidents(HEAD).rows
    register, key = house.engine.incident(HEAD, incident.id).inputs or ()
    assert register == InputSeen("register", "offices")
    assert (key.name, key.value, "zero" in key.problem) == ("key", None, True)
    house.engine.correct_data(HEAD, case.id, {"m": 4}, reason="wrong")
    assert house.engine.incident(HEAD, incident.id).inputs == (register, InputSeen("key", "0.25"))
    assert house.engine.incident(ADMINISTRATOR, incident.id).inputs is None
    with pytest.raises(NotFound):
        house.engine.incident(DESIGNER, incident.id)


def test_an_incident_tells_which_data_the_expression_that_failed_reads() -> None:
    house, _ = stuck(1)
    [(incident, _)] = house.engine.incidents(HEAD).rows
    assert (incident.reads, incident.name, incident.last_tried_at) == (("m",), "x", incident.opened_at)
