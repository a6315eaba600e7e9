"""Lanes that do not agree on who does something are refused, and what a lane says beside is told."""

from __future__ import annotations

import pytest

from tests.bpmn.diagrams import (
    DECLARED,
    end,
    manual,
    read,
    start,
    sub,
)

from .told import GOOD, Told, errors, lanes, warnings

BY_LANE = '<manualTask id="a"/>'


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (lanes(("l", "Coach", "a"), ("k", "Host", "s")), []),
        (lanes(("l", "Coach", "a gone")), [("no-element", "l")]),
        (lanes(("l", "Coach", "a"), ("k", "Host", "a")), [("two-lanes", "a")]),
        (lanes(("l", "Coach", "a"), ("k", "coach", "a")), []),
        (lanes(("l", "Coach", "a s"), ("k", "Host", "s")), []),
        (lanes(("l", "Coach", "a")) + lanes(("k", "Host", "a")), [("two-lanes", "a")]),
        (lanes(("l", "Coach", "a")) + lanes(("k", "Host", "s")), []),
    ],
)
def test_no_two_lanes_say_who_does_something(drawn: str, expected: Told) -> None:
    assert errors(drawn, start(), BY_LANE, end(), "s > a > e") == expected


def test_a_lane_inside_another_says_who_does_it() -> None:
    inner = lanes(("i", "Host", "a")).replace("laneSet", "childLaneSet")
    outer = f'<laneSet><lane id="l" name="Coach"><flowNodeRef>a</flowNodeRef>{inner}</lane></laneSet>'
    model, findings = read(outer, start(), BY_LANE, end(), "s > a > e")
    assert (findings, model.nodes["a"].lane_group) == ([], "host")
    beside = outer.replace("</laneSet>", '<lane id="k" name="Chief"><flowNodeRef>a</flowNodeRef></lane></laneSet>')
    assert errors(beside, start(), BY_LANE, end(), "s > a > e") == [("two-lanes", "a")]


def test_lanes_of_a_task_with_groups_of_its_own_say_nothing() -> None:
    two = lanes(("l", "Coach", "a"), ("k", "Host", "a"))
    assert errors(two, start(), manual("a"), end(), "s > a > e") == []
    inner = sub("a", start("i"), BY_LANE.replace('"a"', '"b"'), "i > b")
    assert errors(two, start(), inner, end(), "s > a > e") == [("two-lanes", "a")]


def test_what_a_lane_or_a_pool_says_beside_who_does_it_is_told_not_to_be_used() -> None:
    drawn = '<laneSet><lane id="l" name="L" partitionElementRef="x"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
    assert warnings(drawn, *GOOD) == [("not-heeded", "l")]
    pool = '<participant id="x" name="X" processRef="p"><interfaceRef>i</interfaceRef></participant>'
    assert warnings(*GOOD, declared=f'{DECLARED}<collaboration id="c">{pool}</collaboration>') == [("not-heeded", "x")]
