"""Mending the data of one round of a loop, and of one of several calls under way."""

from __future__ import annotations

import pytest

from engine.case import Case
from engine.errors import NotAllowed, NotPossible, Rejected
from tests.bpmn.diagrams import call, end, loop, script, start, sub, user
from tests.commands.house import COACH, HEAD, NOTE, NUMBER, TEXT, House, process

LIST: dict[str, object] = {"type": "array", "items": {"type": "object"}}


def token(house: House, case: Case, path: str, number: int) -> str:
    """The token of a position, by the number of its round."""
    found = house.engine.case(COACH, case.id).positions
    return next(one.token for one in found if (one.path, one.loop_counter) == (path, number))


def looped() -> tuple[House, Case]:
    work = script("w", "{x: person.age + 1, local: 1}", loop("people", "person", local=("local",)))
    house = House(NOTE, process(start(), work, user("z", form="note"), end(), "s > w > z > e", people=LIST, x=NUMBER))
    return house, house.start(people=[{"age": 1, "born": "2020-02-02"}, {"age": "two"}, {"age": "three"}])


def test_the_item_of_one_round_is_mended_and_the_round_tried_again() -> None:
    house, case = looped()
    second, third = sorted(house.engine.incidents(HEAD).rows, key=lambda found: found[0].token)
    place = token(house, case, "w", 2)
    house.engine.correct_data(HEAD, case.id, {"person.age": 2}, position=place, reason="spelt")
    shown = {one.loop_counter: one.data for one in house.engine.case(COACH, case.id).positions}
    assert shown[2]["person"] == {"age": 2}
    assert shown[3]["person"] == {"age": "three"}
    house.engine.retry_incident(HEAD, second[0].id)
    assert [incident.token for incident, _ in house.engine.incidents(HEAD).rows] == [third[0].token]
    told = house.told(case)
    assert "rättade uppgifterna i omgång 2: person.age: two → 2. Skäl: spelt." in told
    assert "corrected the data of round 2: person.age: two → 2. Reason: spelt." in told


def test_what_a_round_counts_or_has_not_is_refused() -> None:
    house, case = looped()
    place = token(house, case, "w", 2)
    with pytest.raises(Rejected, match="counted by the engine"):
        house.engine.correct_data(HEAD, case.id, {"loopCounter": 7}, position=place, reason="r")
    with pytest.raises(Rejected):
        house.engine.correct_data(HEAD, case.id, {"unknown": 7}, position=place, reason="r")
    with pytest.raises(Rejected):
        house.engine.correct_data(HEAD, case.id, {"person.age": 7}, reason="the case itself has no person")
    with pytest.raises(NotPossible, match="does not stand at the position t99"):
        house.engine.correct_data(HEAD, case.id, {"x": 7}, position="t99", reason="r")
    with pytest.raises(Rejected, match="not both"):
        house.engine.correct_data(HEAD, case.id, {"x": 7}, position=place, call="c", reason="r")
    with pytest.raises(NotAllowed):
        house.engine.correct_data(COACH, case.id, {"person.age": 7}, position=place, reason="r")
    house.engine.correct_data(HEAD, case.id, {"x": 7}, position=place, reason="the case's own is seen from there")
    assert house.data(case)["x"] == 7


def test_a_date_that_no_schema_declares_in_a_round_stays_a_date() -> None:
    born: dict[str, object] = {
        "type": "array",
        "items": {"type": "object", "properties": {"born": {"type": "string", "format": "date"}}},
    }
    inner = sub("r", start("rs"), user("a", form="note"), end("re"), "rs > a > re", loop=loop("people", "person"))
    house = House(NOTE, process(start(), inner, end(), "s > r > e", people=born))
    case = house.start(people=[{"born": "2020-02-02"}])
    place = next(one.token for one in house.engine.case(COACH, case.id).positions if one.path == "a")
    with pytest.raises(Rejected) as caught:
        house.engine.correct_data(HEAD, case.id, {"person.born": "yesterday"}, position=place, reason="r")
    assert [problem.path for problem in caught.value.problems] == ["/person/born"]
    house.engine.correct_data(HEAD, case.id, {"person.born": "2021-02-02"}, position=place, reason="r")
    with house.store.read() as unit:
        kinds = {str(type(change).__name__) for change in _people(unit.cases.data(case.id))}
    assert kinds == {"date"}


def _people(data: object) -> list[object]:
    return [room.values["person"]["born"] for room in data.scopes.values() if "person" in room.values]  # type: ignore[attr-defined]


def test_of_a_call_that_runs_several_times_at_once_one_is_mended() -> None:
    called = process(
        start(), script("w", "{x: n + 1}"), user("a", form="note"), end(), "s > w > a > e", key="q", n=NUMBER, x=NUMBER
    )
    outer = process(start(), call("go", "q", {"n": "n"}, loop=loop("[1, 2]", "n")), end(), "s > go > e", text=TEXT)
    house = House(NOTE, called, outer)
    case = house.start()
    places = [token(house, case, "go", number) for number in (1, 2)]
    with pytest.raises(NotPossible, match=f"under way 2 times at once. Name the position that is meant: {', '.join(places)}"):
        house.engine.correct_data(HEAD, case.id, {"n": 5}, call="go", reason="r")
    house.engine.correct_data(HEAD, case.id, {"n": 5}, position=places[1], reason="r")
    shown = {one.loop_counter: one.data["n"] for one in house.engine.case(COACH, case.id).positions if one.loop_counter}
    assert shown == {1: 1, 2: 5}
    assert "corrected the data of round 2: n: 2 → 5" in house.told(case)
