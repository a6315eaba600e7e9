"""Cases that begin by a condition over data that somebody gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from engine.actor import SYSTEM, Actor
from engine.case import Case
from engine.errors import NotAllowed, NotFound, NotPossible, Rejected
from engine.history import EventType
from tests.bpmn.diagrams import conditional, end, manual, signal, start
from tests.commands.house import COACH, FAR, NORTH, NUMBER, RECEPTION, TEXT, House, process

LARGE = process(
    start("large", conditional("amount > 1000")), manual("a"),
    start("urgent", signal() + conditional('mark = "urgent"')), manual("b"), end(), "large > a > e", "urgent > b > e",
    amount=NUMBER, mark=TEXT,
)  # fmt: skip


def ask(house: House, data: Mapping[str, Any], *, by: Actor = COACH, process: str = "p") -> Sequence[Case]:
    return house.engine.ask_start_conditions(by, process, data, unit=NORTH)


def begun(house: House) -> list[Case]:
    return sorted(house.engine.cases(SYSTEM).rows, key=lambda case: case.number)


def places(house: House) -> list[str]:
    return [task.element for case in begun(house) for task in house.open_tasks(case)]


def test_each_condition_that_holds_begins_a_case_with_the_data() -> None:
    house = House(LARGE)
    for data in ({"amount": 5, "mark": "x"}, {"amount": 2000, "mark": "x"}, {"amount": 2000, "mark": "urgent"}):
        cases = ask(house, data)
        assert all(house.data(case) == data for case in cases)
    assert places(house) == ["a", "a", "b"]
    (first, *_) = begun(house)
    assert (first.unit, first.started_by) == (NORTH, COACH.id)
    assert EventType.CONDITION_MET in house.events(first.id)


def test_what_holds_again_begins_again() -> None:
    house = House(LARGE)
    for _ in (1, 2):
        assert len(ask(house, {"amount": 2000, "mark": "x"})) == 1
    assert len(begun(house)) == 2


def test_nothing_begins_where_a_condition_is_neither_true_nor_false() -> None:
    house = House(LARGE)
    with pytest.raises(NotPossible, match=r"“large” gives null, not true or false. It reads: amount"):
        ask(house, {"mark": "urgent"})
    assert begun(house) == []


def test_the_newest_version_is_asked() -> None:
    house = House(LARGE)
    house.deploy(process(start("any", conditional("amount > 1")), manual("c"), end(), "any > c > e", amount=NUMBER))
    ask(house, {"amount": 2})
    assert places(house) == ["c"]
    house.deploy(process(start(), manual("c"), end(), "s > c > e", amount=NUMBER))
    with pytest.raises(NotPossible, match="begins by no condition"):
        ask(house, {"amount": 2})


def test_data_that_do_not_fit_are_refused() -> None:
    house = House(LARGE)
    for data, path in (({"amount": "much", "mark": "x"}, "/data/amount"), ({"other": 1}, "/data/other")):
        with pytest.raises(Rejected) as caught:
            ask(house, data)
        assert path.removeprefix("/data") in [problem.path.removeprefix("/data") for problem in caught.value.problems]


def test_who_may_not_start_cases_begins_none() -> None:
    source = LARGE.files["process.bpmn"].replace(b'stegvis:startable="true"', b'stegvis:startGroups="reception"')
    house = House(replace(LARGE, files={**LARGE.files, "process.bpmn": source}))
    data = {"amount": 2000, "mark": "x"}
    with pytest.raises(NotAllowed, match="reception"):
        ask(house, data)
    with pytest.raises(NotFound, match="unit"):
        ask(house, data, by=FAR)
    with pytest.raises(NotFound, match="process"):
        ask(house, data, process="unknown")
    assert len(ask(house, data, by=RECEPTION)) == 1
    assert len(ask(house, data, by=SYSTEM)) == 1


def test_nobody_begins_such_a_process_by_hand() -> None:
    with pytest.raises(NotPossible, match="not by hand"):
        House(LARGE).start()
