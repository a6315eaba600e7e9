"""Attributes that would do nothing, or not what they say, are refused."""

from __future__ import annotations

import pytest

from engine.bpmn import Surroundings, check_process, read_bpmn
from tests.bpmn.diagrams import diagram, end, extension, loop, message, names, start, sub, task, user

STEGVIS_FLOW = '<sequenceFlow id="f9" sourceRef="a" targetRef="e" stegvis:condition="= true"/>'


def with_attribute(element: str, id_: str, attribute: str) -> str:
    return element.replace(f'id="{id_}"', f'id="{id_}" stegvis:{attribute}', 1)


FORM_ON_MESSAGE = with_attribute(start("s", message(x="n")), "s", 'form="note"')
HIGH, TOO_HIGH = (with_attribute(user("a"), "a", f'priority="{written}"') for written in ("high", "101"))


def rules(*parts: str, **attributes: str) -> list[tuple[str, str]]:
    model, findings = read_bpmn(diagram(*parts, **attributes), file="process.bpmn")
    assert model is not None
    around = Surroundings(names("known"))
    found = [*findings, *check_process(model, "p", around, file="process.bpmn")]
    return [(finding.rule, finding.element) for finding in found if finding.rule not in {"no-form"}]


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ((start(), task("a"), end(), "s > a", STEGVIS_FLOW), ("unknown-attribute", "f9")),
        ((FORM_ON_MESSAGE, end(), "s > e"), ("form-on-message", "s")),
        ((start(), HIGH, end(), "s > a > e"), ("bad-priority", "a")),
        ((start(), TOO_HIGH, end(), "s > a > e"), ("bad-priority", "a")),
        ((start(), task("a", loop("[1]", item="case")), end(), "s > a > e"), ("bad-path", "a")),
        ((start(), task("a", loop("[1]", item="x y")), end(), "s > a > e"), ("bad-path", "a")),
        ((start(), task("a", extension('<stegvis:local name="case"/>')), end(), "s > a > e"), ("bad-path", "a")),
    ],
)
def test_an_attribute_without_the_effect_it_promises_is_refused(parts: tuple[str, ...], rule: tuple[str, str]) -> None:
    assert rule in rules(*parts)


def test_groups_are_names_and_no_expression() -> None:
    task_ = '<userTask id="a" stegvis:groups="= known"/>'
    assert ("bad-groups", "a") in rules(start(), task_, end(), "s > a > e")


@pytest.mark.parametrize(("title", "rule"), [("= (", "bad-expression"), ("= unknown", "unknown-name")])
def test_a_title_that_cannot_be_told_is_refused(title: str, rule: str) -> None:
    assert rule in {found for found, _ in rules(start(), end(), "s > e", **{"stegvis:title": title})}
    assert rules(start(), end(), "s > e", **{"stegvis:title": "= known"}) == []


def test_a_lane_holds_for_sub_processes_however_deep() -> None:
    inner = sub("inner", start("s3"), '<userTask id="a"/>', end("e3"), "s3 > a > e3")
    outer = sub("outer", start("s2"), inner, end("e2"), "s2 > inner > e2")
    lanes = '<laneSet id="ls"><lane id="l" name="Coach"><flowNodeRef>outer</flowNodeRef></lane></laneSet>'
    model, _ = read_bpmn(diagram(lanes, start(), outer, end(), "s > outer > e"), file="process.bpmn")
    assert model is not None
    assert model.nodes["a"].lane_group == "coach"
