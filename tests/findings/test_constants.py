"""Conditions, loops and times that read no data: what never happens, never ends or has no effect is told."""

from __future__ import annotations

import pytest

from engine.bpmn import Surroundings, check_process
from engine.finding import Finding
from tests.bpmn.diagrams import (
    ad_hoc,
    boundary,
    call,
    catch,
    conditional,
    end,
    error_end,
    escalation,
    handler,
    in_sequence,
    loop,
    manual,
    message,
    names,
    process,
    read,
    script,
    signal,
    standard_loop,
    start,
    sub,
    task,
    throw,
    timer,
)

LINE = (end(), "s > a > e")


def findings_of(*parts: str) -> list[Finding]:
    model, findings = read(*parts)
    quick = process(start(), task("q1"), end(), "s > q1 > e", key="quick").model
    slow = process(start(), manual("q1"), end(), "s > q1 > e", key="slow").model
    calls = dict.fromkeys(("quick", "slow"), frozenset[str]())
    around = Surroundings(names("x"), calls=calls, models={"quick": quick, "slow": slow})
    return [one for one in findings if one.rule != "bpmn-xsd"] + check_process(model, "p", around, file="process.bpmn")


def told(*parts: str) -> list[tuple[str, str, bool]]:
    return [(one.rule, one.element, one.is_error) for one in findings_of(start(), *parts)]


def on(host: str, event: str, *, interrupting: bool = True) -> tuple[str, str]:
    return boundary("b", host, event, interrupting=interrupting), "b > e"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((catch("a", conditional("false")), *LINE), ("never-happens", "a", False)),
        ((manual("a"), *LINE, *on("a", conditional("1 = 2"))), ("never-happens", "b", False)),
        ((manual("a"), *LINE, *on("a", conditional('x = 1 and today() > date("2025-01-01")'))), ("asked-too-late", "b", True)),
        ((catch("a", conditional("case.responsible != null")), *LINE), ("asked-too-late", "a", True)),
        ((manual("a"), *LINE, *on("a", conditional("true"))), ("always-happens", "b", False)),
        ((manual("a"), *LINE, handler("h", conditional("true"), end("he"), "h-s > he")), ("always-happens", "h-s", False)),
        ((catch("a", conditional("null")), *LINE), ("feel-type", "a", True)),
        ((manual("a"), manual("c"), end(), "s > a > e", "a > [null] c > e"), ("feel-type", "a-c", True)),
        ((manual("a", standard_loop("true")), *LINE), ("no-end", "a", False)),
        ((manual("a", standard_loop("false")), *LINE), ("loop-without-effect", "a", False)),
        ((manual("a", standard_loop("false", before=True)), *LINE), ("loop-without-effect", "a", False)),
        ((manual("a", loop("[]")), *LINE), ("loop-without-effect", "a", False)),
        ((manual("a", loop("[1, 2]", until="false")), *LINE), ("loop-without-effect", "a", False)),
        ((manual("a", in_sequence(loop("[1, 2]", until="true"))), *LINE), ("loop-without-effect", "a", False)),
        ((manual("a", loop("null")), *LINE), ("bad-loop", "a", True)),
        ((ad_hoc("a", manual("c"), until="false"), *LINE), ("no-end", "a", False)),
        ((catch("a", timer("timeDuration", "= null")), *LINE), ("bad-time", "a", True)),
        ((catch("a", timer("timeDuration", '= "soon"')), *LINE), ("bad-time", "a", True)),
        ((catch("a", timer("timeDuration", '= "R3/P1D"')), *LINE), ("bad-time", "a", True)),
        ((catch("a", timer("timeDuration", "PT0S")), *LINE), ("timer-passed", "a", False)),
        ((catch("a", timer("timeDuration", '= duration("-P3D")')), *LINE), ("timer-passed", "a", False)),
        ((manual("a", due='= "soon"'), *LINE), ("bad-time", "a", True)),
        ((manual("a", due='= "R3/P1D"'), *LINE), ("bad-time", "a", True)),
    ],
)  # fmt: skip
def test_what_is_always_the_same_is_told(parts: tuple[str, ...], expected: tuple[str, str, bool]) -> None:
    assert told(*parts) == [expected]
    for found in findings_of(start(), *parts):
        assert str(found.told()["message_sv"]) != found.message, "it has its Swedish"


@pytest.mark.parametrize(
    "parts",
    [
        (catch("a", conditional("x > 1")), *LINE),
        (catch("a", conditional("true")), *LINE),
        (manual("a", standard_loop("true", most="3")), *LINE),
        (manual("a", standard_loop("x > 1")), *LINE),
        (manual("a", standard_loop("true")), *LINE, *on("a", message())),
        (sub("a", start("s2"), error_end(), "s2 > bad", loop=standard_loop("true")), *LINE),
        (manual("a", loop("[1, 2]", until="true")), *LINE),
        (ad_hoc("a", manual("c"), until="true"), *LINE),
        (ad_hoc("a", manual("c"), until="false"), *LINE, *on("a", message())),
        (catch("a", timer("timeDuration", "= now() + duration(\"P1D\")")), *LINE),
        (catch("a", timer("timeDuration", '= if x = 1 then "P1D" else null')), *LINE),
        (catch("a", timer("timeDuration", '= "P1D"')), *LINE),
        (manual("a", due="= null"), *LINE),
    ],
)  # fmt: skip
def test_nothing_is_said_of_what_can_be_meant(parts: tuple[str, ...]) -> None:
    assert told(*parts) == []


def test_what_is_not_feel_is_told_once() -> None:
    twice = catch("a", "<conditionalEventDefinition><condition>x</condition></conditionalEventDefinition>")
    assert told(twice, *LINE) == [("not-feel", "a", True)]


DAY = timer("timeDuration", "P1D")
QUICK = (start("s2"), script("c", "{x: 1}"), end("e2"), "s2 > c > e2")
SLOW = (start("s2"), manual("c"), end("e2"), "s2 > c > e2")


@pytest.mark.parametrize(
    ("quick", "slow"),
    [
        ((sub("a", *QUICK), *on("a", DAY)), (sub("a", *SLOW), *on("a", DAY))),
        ((call("a", "quick"), *on("a", DAY)), (call("a", "slow"), *on("a", DAY))),
        (
            (sub("a", *QUICK, handler("b", DAY, end("he"), "b-s > he")),),
            (sub("a", *SLOW, handler("b", DAY, end("he"), "b-s > he")),),
        ),
    ],
)
def test_an_event_beside_what_is_over_at_once_never_happens(quick: tuple[str, ...], slow: tuple[str, ...]) -> None:
    assert [(rule, is_error) for rule, _, is_error in told(*quick, *LINE)] == [("never-happens", False)]
    assert told(*slow, *LINE) == []


@pytest.mark.parametrize(
    ("inside", "event"),
    [(script("c", "{x: 1}"), conditional("x = 1")), (throw("c", signal()), signal()), (throw("c", escalation()), escalation())],
)
def test_what_comes_from_inside_is_caught_in_the_same_step(inside: str, event: str) -> None:
    box = sub("a", start("s2"), inside, end("e2"), "s2 > c > e2")
    assert told(box, *LINE, *on("a", event)) == []


@pytest.mark.parametrize("text", ["x = case.unit", "count(x[item = case.unit]) > 0", "x > 1"])
def test_a_condition_that_asks_data_may_ask_what_the_case_is(text: str) -> None:
    assert "asked-too-late" not in [rule for rule, _, _ in told(catch("a", conditional(text)), *LINE)]
