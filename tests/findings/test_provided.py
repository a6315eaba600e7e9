"""Where case data come from: names that nothing writes, calls that leave something out, rounds that are lost."""

from __future__ import annotations

import pytest

from engine.bpmn import Surroundings, check_process
from engine.bpmn.process_model import ProcessModel
from engine.finding import Finding
from engine.form import Form, read_form
from tests.bpmn.diagrams import (
    both,
    boundary,
    call,
    catch,
    conditional,
    end,
    in_sequence,
    loop,
    manual,
    message,
    names,
    process,
    read,
    rule,
    script,
    service,
    start,
    sub,
    timer,
    user,
    xor,
)
from tests.commands.house import TEXT, form


def a_form(*fields: str) -> Form:
    package = form("ask", (), **dict.fromkeys(fields, TEXT))
    found, _ = read_form("ask", package.files)
    assert found is not None
    return found


def findings_of(*parts: str, models: dict[str, ProcessModel] | None = None) -> list[Finding]:
    model, findings = read(*parts)
    assert [one for one in findings if one.is_error] == []
    around = Surroundings(
        names("x", "y", "people", "replies"),
        forms={"ask": a_form("x")},
        decisions={"d": frozenset({("y",)})},
        calls={"q": frozenset({"x"})},
        models={"p": model, **(models or {})},
    )
    return check_process(model, "p", around, file="process.bpmn")


def told(*parts: str, models: dict[str, ProcessModel] | None = None) -> list[tuple[str, str]]:
    return [(one.rule, one.element) for one in findings_of(*parts, models=models)]


ASKS = (xor("g", "g-e"), manual("b"), end(), "g > [x = 1] b > e", "g > e")


def test_a_name_that_nothing_writes_is_told_once() -> None:
    (found,) = findings_of(start(), *ASKS, "s > g")
    assert (found.rule, found.element, found.is_error) == ("never-written", "g", False)
    assert found.message == "It reads `x`, which no form, decision, script or mapping writes."
    assert told(start(), catch("w", timer("timeDate", "= x")), *ASKS, "s > w > g") == [("never-written", "w")]


@pytest.mark.parametrize(
    "writes",
    [
        script("a", "{x: 1}"),
        user("a", form="ask"),
        user("a", bind="x", form="ask"),
        service("a", "register.get", {"register": '"r"', "key": '"k"'}, {"x": "result"}),
        catch("a", message("m", x="text")),
        call("a", "q", {}, {"x": "x"}),
    ],
)
def test_a_name_that_something_writes_is_provided(writes: str) -> None:
    assert told(start(), writes, *ASKS, "s > a > g") == []


def test_what_a_decision_reads_must_come_from_somewhere() -> None:
    parts = (start(), rule("a", "d", "x"), end(), "s > a > e")
    assert told(*parts) == [("never-written", "a")]


def test_what_is_drawn_as_input_or_may_be_null_comes_from_outside() -> None:
    drawn = '<ioSpecification id="io"><dataInput id="di" name="x"/></ioSpecification>'
    assert told(drawn, start(), *ASKS, "s > g") == []
    guarded = (xor("g", "g-e"), manual("b"), end(), "g > [x != null and x > 1] b > e", "g > e")
    assert told(start(), *guarded, "s > g") == []


def test_a_call_gives_what_others_give() -> None:
    called = process(start(), *ASKS, "s > g", key="q").model
    giving = (start(), call("a", "q", {"x": "1"}), end(), "s > a > e")
    caller = process(*giving, key="r").model
    assert told(*giving, models={"q": called}) == []
    models = {"q": called, "r": caller}
    assert told(start(), call("a", "q"), end(), "s > a > e", models=models) == [("input-missing", "a")]
    around = Surroundings(names("x"), models=models, calls={"q": frozenset()})
    assert check_process(called, "q", around, file="f") == []


LATER = (start(), catch("w", timer("timeDate", "= x")), user("a", form="ask"), end())
WATCHED = (start(), user("w", form="ask"), end(), "s > w > e")


@pytest.mark.parametrize(
    "parts",
    [
        (*LATER, "s > w > a > e"),
        (start(), script("w", "{x: x + 1}"), end(), "s > w > e"),
        (start(), xor("w", "w-a"), user("a", form="ask"), end(), "s > w > [x = 1] e", "w > a > e"),
        (*WATCHED, boundary("late", "w", timer("timeDate", "= x")), "late > e"),
        (start(), sub("w", start("s2"), user("a", form="ask"), end("e2"), "s2 > a > e2"), end(), "s > w > e",
         boundary("late", "w", timer("timeDate", "= x")), "late > e"),
    ],
)  # fmt: skip
def test_what_is_read_before_it_is_written_is_told(parts: tuple[str, ...]) -> None:
    (found,) = findings_of(*parts)
    assert (found.rule, found.is_error) == ("read-too-early", False)
    assert found.element in ("w", "late")
    assert str(found.told()["message_sv"]).startswith("Den läser `x` innan")


@pytest.mark.parametrize(
    "parts",
    [
        (*LATER, "s > a > w > e"),
        (*LATER, both("g"), both("j"), "s > g > w > j > e", "g > a > j"),
        (*LATER, xor("m"), xor("g", "g-e"), "s > m > w > a > g", "g > [true] m", "g > e"),
        (start(), user("w", form="ask"), xor("g", "g-e"), manual("b"), end(), "s > w > g", "g > [x = 1] b > e", "g > e"),
        (start(), user("w", form="ask"), manual("b"), end(), "s > w > [x = 1] b > e", "w > [x = 2] e"),
        (start(), script("w", "{x: if x = null then 1 else x + 1}"), end(), "s > w > e"),
        (*WATCHED, boundary("late", "w", conditional("x = 1")), "late > e"),
        (start(), call("w", "q", {"x": "x"}, {"x": "x"}), end(), "s > w > e"),
        (start(), sub("w", start("s2"), user("a", form="ask"), end("e2"), "s2 > a > e2"), manual("b", due="= x"), end(),
         "s > w > b > e"),
    ],
)  # fmt: skip
def test_what_may_be_written_before_is_not(parts: tuple[str, ...]) -> None:
    assert [one for one in told(*parts) if one[0] == "read-too-early"] == []


LINE = (end(), "s > a > e")


def rounds(*parts: str) -> list[tuple[str, str]]:
    return told(start(), script("z", "{people: [1]}"), *parts, end(), "s > z > a > e")


@pytest.mark.parametrize(
    "activity",
    [
        user("a", loop("people", "one"), form="ask"),
        script("a", "{x: loopCounter}", loop("people")),
        script("a", "{x: loopCounter}", in_sequence(loop("people"))),
        rule("a", "d", "x", loop("people", local=("y",))),
    ],
)
def test_rounds_that_write_over_each_other_are_told(activity: str) -> None:
    assert ("overwritten", "a") in rounds(activity)


def test_in_a_sub_process_the_element_that_writes_is_told() -> None:
    inside = (start("s2"), script("c", "{x: 1}"), end("e2"), "s2 > c > e2")
    assert rounds(sub("a", *inside, loop=loop("people"))) == [("overwritten", "c")]
    assert rounds(sub("a", *inside, loop=loop("people", local=("x",)))) == []


@pytest.mark.parametrize(
    "activity",
    [
        user("a", loop("people", "one", "replies", "reply.x", ("reply",)), form="ask", bind="reply"),
        user("a", loop("people", "one", "replies", "x"), form="ask"),
        script("a", "{x: x + 1}", in_sequence(loop("people"))),
        script("a", "{x: 1}", in_sequence(loop("people", until="x = 1"))),
    ],
)
def test_rounds_that_are_kept_are_not(activity: str) -> None:
    assert rounds(activity) == []
