"""Compensation that means nothing is refused or told of when it is deployed."""

from __future__ import annotations

import pytest

from tests.bpmn.diagrams import (
    boundary,
    catch,
    end,
    loop,
    manual,
    message,
    script,
    start,
    sub,
    tag,
    throw,
    undo,
    undone,
    user,
)  # fmt: skip
from tests.bpmn.test_refusals import findings_of, refused

from .undoing import FOR, by

GOOD = (start(), user("a"), undone("a", "un"), tag("task", "un", **FOR), end("e", undo()))


def test_a_good_diagram_has_no_findings() -> None:
    assert [finding.rule for finding in findings_of(*GOOD, "s > a > e") if finding.is_error] == ["no-form"]


BORDER = tag("boundaryEvent", "a!", "<compensateEventDefinition/>", attachedToRef="a")


@pytest.mark.parametrize(
    ("parts", "element"),
    [
        ((BORDER, tag("task", "un", **FOR)), "a!"),
        ((BORDER,), "a!"),
        ((undone("a", "un"), undone("a", "un").replace("a!", "a2!").replace("a-un", "a-un2"), tag("task", "un", **FOR)), "a!"),
        ((undone("a", "un"), tag("task", "un")), "a!"),
        ((undone("a", "gone"),), "a!"),
        ((undone("a", "s"),), "a!"),
        ((undone("a", "un"), tag("task", "un", **FOR), "un > e"), "un"),
        ((undone("a", "un"), tag("task", "un", **FOR), "s > un"), "un"),
        ((undone("a", "un"), tag("task", "un", **FOR), "a! > e"), "a!"),
        ((undone("a", "un"), manual("un", **FOR), boundary("b", "un", message()), end("e2"), "b > e2"), "un"),
        ((undone("a", "un"), undone("b", "un"), tag("task", "b"), tag("task", "un", **FOR), "s > b > e"), "un"),
        ((tag("task", "un", **FOR),), "un"),
        (
            (
                undone("a", "un").replace("sourceRef", "X").replace("targetRef", "sourceRef").replace("X", "targetRef"),
                tag("task", "un", **FOR),
            ),
            "a!",
        ),
        ((undone("a", "un"), sub("sp", start("is"), tag("task", "un", **FOR), end("ie"), "is > ie"), "s > sp > e"), "a!"),
        ((undone("a", "un").replace("<compensateEventDefinition/>", undo("b")), tag("task", "un", **FOR)), "a!"),
        ((tag("task", "b"), throw("th", undo("b")), "s > b > th > e"), "th"),
        ((throw("th", undo("gone")), "s > th > e"), "th"),
        ((sub("sp", start("is"), by("in"), end("ie"), "is > in > ie"), throw("th", undo("in")), "s > sp > th > e"), "th"),
        (
            (
                sub("sp", start("is"), end("ie", undo("a")), "is > ie"),
                undone("a", "un"),
                tag("task", "un", **FOR),
                "s > sp > e",
            ),
            "ie",
        ),
        ((start("s2", "").replace("<startEvent", '<startEvent isForCompensation="true"'), "s2 > e"), "s2"),
    ],
)
def test_what_is_wrong_with_compensation_is_refused(parts: tuple[str, ...], element: str) -> None:
    found = refused(start(), user("a"), end(), "s > a > e", *parts)
    assert ("bad-compensation", element) in found


def test_an_event_that_has_nothing_to_undo_is_told() -> None:
    findings = findings_of(start(), tag("task", "a"), throw("th", undo()), end(), "s > a > th > e")
    assert [(finding.rule, finding.element, finding.is_error) for finding in findings] == [("nothing-to-undo", "th", False)]


@pytest.mark.parametrize("kind", ["startEvent", "intermediateCatchEvent"])
def test_compensation_is_not_waited_for_on_the_way(kind: str) -> None:
    assert ("not-supported", "x") in refused(start(), end(), "s > e", tag(kind, "x", "<compensateEventDefinition/>"), "x > e")


def test_what_undoes_a_round_sees_the_rounds_names_and_no_other_does() -> None:
    parts = (
        start(),
        tag("task", "a", loop("list", "item")),
        undone("a", "un"),
        script("un", "{x: item}", **FOR),
        end("e", undo()),
    )
    assert refused(*parts, "s > a > e", declares=("list", "x")) == []
    plain = (start(), tag("task", "a"), *parts[2:])
    assert refused(*plain, "s > a > e", declares=("list", "x")) == [("unknown-name", "un")]


def test_a_waiting_catch_event_is_no_handler() -> None:
    parts = (
        undone("a", "c"),
        catch("c", message()).replace("<intermediateCatchEvent", '<intermediateCatchEvent isForCompensation="true"'),
    )
    assert ("bad-compensation", "c") in refused(start(), user("a"), end(), "s > a > e", *parts)
