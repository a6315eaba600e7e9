"""Lists of incidents are the same whatever store keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.case import Incident, IncidentState
from engine.errors import Rejected
from engine.ids import UnitId, VersionId
from engine.ports import Store
from engine.queries import IncidentChoice, IncidentFilter, IncidentGroup
from tests.builders import NOON, UNIT, a_case, a_process_version, an_incident
from tests.contracts.stored import with_cases

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NORTH = UnitId("north")
ALL = IncidentFilter(None)


def with_incidents(store: Store, *incidents: Incident) -> None:
    with store.write() as work:
        for incident in incidents:
            work.incidents.add(incident)
        work.commit()


def ids(store: Store, filter_: IncidentFilter, cursor: str | None = None, limit: int = 100) -> list[str]:
    with store.read() as work:
        return [one.id for one, _ in work.queries.incidents(filter_, cursor=cursor, limit=limit).rows]


def chosen(**choice: object) -> IncidentFilter:
    return IncidentFilter(None, choice=IncidentChoice(**choice))  # type: ignore[arg-type]  # each test knows what it asks for


def test_open_incidents_come_oldest_first_with_their_case(store: Store) -> None:
    with_cases(store, a_case(), a_case("north", unit=NORTH))
    late, early = an_incident("a", "north", opened_at=NOON + DAY), an_incident("b")
    with_incidents(store, late, early, an_incident("c", state=IncidentState.RESOLVED, resolved_at=NOON))
    both = ((early, a_case()), (late, a_case("north", unit=NORTH)))
    with store.read() as work:
        assert work.queries.incidents(ALL).rows == both
        assert work.queries.incidents(IncidentFilter(frozenset({NORTH}))).rows == both[1:]
        assert work.queries.incidents(IncidentFilter(frozenset())).rows == ()


def test_an_incident_keeps_what_its_element_is_called_what_it_reads_and_when_it_was_tried(store: Store) -> None:
    with_cases(store, a_case())
    told = an_incident(name="Skicka brev", name_en="Send the letter", reads=("person.name", "date"), tried_at=NOON + HOUR)
    told = replace(told, message_sv="Inget flöde passar.")
    with_incidents(store, told)
    with store.write() as work:
        assert work.incidents.get(told.id) == told
        again = replace(told, reads=(), tried_at=NOON + DAY)
        work.incidents.save(again)
        assert work.incidents.get(told.id) == again


def test_pages_follow_each_other_whatever_is_solved_in_between(store: Store) -> None:
    with_cases(store, a_case())
    stuck = [an_incident(f"{number:02d}", opened_at=NOON + HOUR * (number // 3)) for number in range(10)]
    with_incidents(store, *stuck[5:], *stuck[:5])
    with store.read() as work:
        first = work.queries.incidents(ALL, limit=4)
        assert work.queries.incident_count(ALL) == 10
        assert work.queries.incident_count(ALL, cursor=first.next) == 6
    with store.write() as work:
        for one, _ in first.rows:
            work.incidents.save(replace(one, state=IncidentState.RESOLVED, resolved_at=NOON))
        work.commit()
    second = ids(store, ALL, first.next, 4)
    # Of several at the same moment, the first stored comes first: 05 was stored before 03 and 04.
    assert [one.id for one, _ in first.rows] + second == ["00", "01", "02", "05", "03", "04", "06", "07"]
    with store.read() as work:
        last = work.queries.incidents(ALL, cursor=first.next, limit=6)
        assert (len(last.rows), last.next) == (6, None)


def test_solved_incidents_come_with_the_last_one_solved_first(store: Store) -> None:
    with_cases(store, a_case())
    over = an_incident(state=IncidentState.RESOLVED)
    solved = [
        replace(over, id=f"{number}", opened_at=NOON - DAY * number, resolved_at=NOON + HOUR * (number // 2))
        for number in range(4)
    ]
    with_incidents(store, an_incident("open"), *solved)
    filter_ = chosen(state=IncidentState.RESOLVED)
    assert ids(store, filter_) == ["3", "2", "1", "0"]
    with store.read() as work:
        page = work.queries.incidents(filter_, limit=1)
    assert ids(store, filter_, page.next) == ["2", "1", "0"]
    with pytest.raises(Rejected, match="cursor"):
        ids(store, ALL, page.next)


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        (chosen(process="client-pathway"), ["a", "b", "c", "d"]),
        (chosen(process="other"), ["e"]),
        (chosen(element="send"), ["b", "e"]),
        (chosen(kind="handler-failed"), ["b", "c", "e"]),
        (chosen(message="No answer."), ["b", "c", "e"]),
        (chosen(unit=NORTH), ["d"]),
        (IncidentFilter(frozenset({UNIT}), choice=IncidentChoice(unit=NORTH)), []),
        (chosen(opened_from=NOON + HOUR), ["b", "c"]),
        (chosen(opened_before=NOON + HOUR), ["a", "d", "e"]),
        (chosen(process="client-pathway", kind="handler-failed", element="send"), ["b"]),
        (IncidentFilter(None, versions=frozenset({VersionId("pathway:2")})), ["d"]),
        (IncidentFilter(None, versions=frozenset()), []),
    ],
)
def test_each_thing_asked_for_leaves_the_rest_out(store: Store, filter_: IncidentFilter, found: list[str]) -> None:
    with store.write() as work:
        work.definitions.add_process(a_process_version(number=2))
        work.commit()
    with_cases(
        store,
        a_case(process="client-pathway"),
        a_case("case-2", process="client-pathway", unit=NORTH, version_id=VersionId("pathway:2")),
        a_case("case-3", process="other"),
    )
    unanswered = {"kind": "handler-failed", "message": "No answer."}
    with_incidents(
        store,
        an_incident("a"),
        an_incident("b", element="send", opened_at=NOON + HOUR, **unanswered),
        an_incident("c", element="print", opened_at=NOON + DAY, **unanswered),
        an_incident("d", "case-2"),
        an_incident("e", "case-3", element="send", **unanswered),
    )
    assert sorted(ids(store, filter_)) == found
    with store.read() as work:
        assert work.queries.incident_count(filter_) == len(found)


def test_incidents_are_counted_by_their_cause(store: Store) -> None:
    with_cases(store, a_case(process="p"), a_case("case-2", process="p", unit=NORTH), a_case("case-3", process="q"))
    unanswered = an_incident(kind="handler-failed", element="send", name="Skicka", name_en="Send", message="No answer.")
    with_incidents(
        store,
        replace(unanswered, id="a", attempts=3, tried_at=NOON + DAY),
        replace(unanswered, id="b", case_id=a_case("case-2").id, opened_at=NOON + HOUR),
        replace(unanswered, id="c", message="No paper."),
        replace(unanswered, id="d", case_id=a_case("case-3").id, opened_at=NOON - HOUR),
        replace(unanswered, id="e", state=IncidentState.RESOLVED, resolved_at=NOON),
    )
    with store.read() as work:
        found = list(work.queries.incident_groups(IncidentFilter(None, operated=frozenset({NORTH}))))
        hers = work.queries.incident_groups(IncidentFilter(frozenset({NORTH}), operated=None))
        first = work.queries.incident_groups(ALL, limit=1)
    together = IncidentGroup(
        process="p",
        element="send",
        name="Skicka",
        name_en="Send",
        kind="handler-failed",
        message="No answer.",
        count=2,
        operated=1,
        attempts=4,
        first=NOON,
        last=NOON + HOUR,
        last_tried_at=NOON + DAY,
    )
    assert found[0] == together
    assert [(one.process, one.message, one.count, one.operated) for one in found[1:]] == [
        ("q", "No answer.", 1, 0),
        ("p", "No paper.", 1, 0),
    ]
    assert [(one.count, one.operated, one.first) for one in hers] == [(1, 1, NOON + HOUR)]
    assert [one.count for one in first] == [2]


def test_one_cause_is_told_in_swedish_though_older_incidents_of_it_stand_in_english(store: Store) -> None:
    with_cases(store, a_case())
    older = an_incident("a", message="No answer.", reads=("n",))
    with_incidents(store, older, replace(older, id="b", message_sv="Inget svar."), replace(older, id="c", message="No paper."))
    with store.read() as work:
        answer, paper = work.queries.incident_groups(ALL)
        listed = work.queries.incidents(chosen(message="No answer.")).rows
    assert (answer.count, answer.message, answer.told("sv"), answer.told("en")) == (
        2,
        "No answer.",
        "Inget svar.",
        "No answer.",
    )
    assert paper.told("sv") == "No paper."
    assert [one.told("sv") for one, _ in listed] == ["No answer.", "Inget svar."]
    assert [one.reads for one, _ in listed] == [("n",), ("n",)]
