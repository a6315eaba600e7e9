"""Event sub-processes in ad-hoc sub-processes: they begin by their event, while people choose what else is done."""

from __future__ import annotations

from typing import Any

import pytest

from engine.case import CaseStatus
from engine.errors import NotPossible
from engine.history import EventType
from tests.bpmn.diagrams import (
    ad_hoc,
    body,
    boundary,
    conditional,
    end,
    error,
    error_end,
    escalation,
    handler,
    loop,
    manual,
    message,
    process,
    script,
    signal,
    start,
    sub,
    terminate,
    throw,
    timer,
    undo,
    undone,
    user,
)  # fmt: skip
from tests.bpmn.driver import Driver
from tests.bpmn.test_refusals import refused


def heard(event: str, *, interrupting: bool = True, **more: Any) -> str:
    """An event sub-process `h` in which somebody does `hu`."""
    return handler("h", event, manual("hu"), end("h-e"), "h-s > hu > h-e", interrupting=interrupting, **more)


def around(*inside: str, beside: tuple[str, ...] = (), **box: Any) -> Driver:
    """A case that has come to an ad-hoc sub-process `box`, with activities `a` and `b` in it."""
    parts = (ad_hoc("box", user("a"), user("b"), *inside, **box), *beside, user("z"), end(), "s > box > z > e")
    return Driver(process(start(), *parts)).start(key="k", x=1)


# happy path


def test_it_listens_while_people_choose_and_is_not_offered_to_them() -> None:
    case = around(heard(message("keyed")))
    assert (case.waiting, case.offered("box")) == (["box", "h-s"], [("a", 0, True), ("b", 0, True)])
    with pytest.raises(NotPossible, match="does not offer `h`"):
        case.begin("box", "h")


@pytest.mark.parametrize("event", [message("keyed", x="n"), timer("timeDuration", "P1D"), signal(), conditional("x > 5")])
def test_what_does_not_interrupt_runs_beside_what_people_have_begun(event: str) -> None:
    case = around(heard(event, interrupting=False)).begin("box", "a")
    if event == conditional("x > 5"):
        case.correct(x=6)
    else:
        case.trigger("h-s", **({"n": 7} if "keyed" in event else {}))
    assert case.paths == ["a", "box", "hu"]
    assert case.begin("box", "b").paths == ["a", "b", "box", "hu"]
    assert case.complete("hu").complete("a").complete("b").complete("box").paths == ["z"]


def test_it_is_withdrawn_when_people_say_that_all_is_done() -> None:
    case = around(heard(signal(), interrupting=False)).trigger("h-s").complete("box")
    assert case.waiting == ["z"]
    assert case.told(EventType.ELEMENT_CANCELLED) == ["hu", "h"]


def test_what_had_begun_is_waited_for_when_the_sub_process_says_so() -> None:
    case = around(heard(signal(), interrupting=False), cancelRemainingInstances="false").trigger("h-s").complete("box")
    assert case.paths == ["hu"]
    assert case.complete("hu").waiting == ["z"]


def test_it_is_asked_for_the_end_of_the_whole_as_any_activity_is() -> None:
    case = around(heard(signal(), interrupting=False), until="x > 5").trigger("h-s").begin("box", "a")
    assert case.complete("hu", x=6).paths == ["z"]


def test_nothing_else_is_begun_in_sequence_while_it_runs() -> None:
    case = around(heard(signal(), interrupting=False), ordering="Sequential").trigger("h-s")
    assert case.offered("box") == [("a", 0, False), ("b", 0, False)]
    with pytest.raises(NotPossible, match="one thing is done at a time"):
        case.begin("box", "a")
    assert case.complete("hu").begin("box", "a").paths == ["a", "box"]


def test_its_event_may_come_while_something_is_under_way_in_sequence() -> None:
    case = around(heard(signal(), interrupting=False), ordering="Sequential").begin("box", "a").trigger("h-s")
    assert case.paths == ["a", "box", "hu"]


def test_an_escalation_from_inside_is_caught_in_it() -> None:
    inner = sub("o", start("os"), throw("ot", escalation()), end("oe"), "os > ot > oe")
    case = around(inner, heard(escalation(), interrupting=False)).begin("box", "o")
    assert case.paths == ["box", "hu"]


# interrupted


@pytest.mark.parametrize("event", [message("keyed"), timer("timeDuration", "P1D"), signal()])
def test_what_interrupts_takes_the_place_of_all_and_nothing_more_is_chosen(event: str) -> None:
    case = around(heard(event)).begin("box", "a").begin("box", "a").trigger("h-s")
    assert (case.waiting, case.offered("box")) == (["hu"], [])
    assert case.told(EventType.ELEMENT_CANCELLED) == ["a", "a"]
    assert case.complete("hu").paths == ["z"]


def test_no_condition_is_asked_after_it_was_interrupted() -> None:
    case = around(heard(signal()), until="x > 5").trigger("h-s").complete("hu")
    assert (case.paths, case.incidents) == (["z"], {})


def test_an_error_inside_interrupts_it() -> None:
    failing = sub("o", start("os"), error_end("oe"), "os > oe")
    case = around(failing, heard(error())).begin("box", "a").begin("box", "o")
    assert case.paths == ["hu"]
    assert case.complete("hu").complete("z").status is CaseStatus.COMPLETED


def test_an_error_that_it_throws_on_is_caught_on_the_border() -> None:
    passing = handler("h", signal(), error_end("h-e"), "h-s > h-e")
    border = (boundary("b", "box", error()), user("w"), "b > w > e")
    parts = (ad_hoc("box", user("a"), passing), *border, end(), "s > box > e")
    assert Driver(process(start(), *parts)).start().trigger("h-s").paths == ["w"]


def test_a_terminate_in_it_ends_it_alone() -> None:
    ending = handler("h", signal(), terminate("h-e"), "h-s > h-e", interrupting=False)
    assert around(ending).begin("box", "a").trigger("h-s").paths == ["a", "box"]


def test_a_boundary_event_takes_all_with_it() -> None:
    border = (boundary("bo", "box", message("keyed")), user("w"), "bo > w > e")
    case = around(heard(signal(), interrupting=False), beside=border).trigger("h-s").trigger("bo")
    assert case.waiting == ["w"]


def test_each_round_of_a_loop_listens_for_itself() -> None:
    case = around(heard(signal()), loop=loop("[1, 2]", "i")).trigger("h-s")
    assert case.waiting == ["box", "h-s", "hu"]
    assert case.complete("hu").waiting == ["box", "h-s"]
    assert case.complete("box").paths == ["z"]


def test_nothing_is_left_to_begin_but_an_event_may_still_make_it_whole() -> None:
    only = ad_hoc("box", manual("a", once="true"), heard(message("keyed"), interrupting=False), until="x > 5")
    case = Driver(process(start(), only, user("z"), end(), "s > box > z > e")).start(key="k", x=1)
    case.begin("box", "a").complete("a")
    assert case.incident("box").kind == "nothing-left"
    case.trigger("h-s").complete("hu", x=6)
    assert (case.paths, case.incidents) == (["z"], {})


def test_an_interrupting_one_ends_the_incident_of_the_whole() -> None:
    only = ad_hoc("box", manual("a", once="true"), heard(message("keyed")), until="x > 5")
    case = Driver(process(start(), only, user("z"), end(), "s > box > z > e")).start(key="k", x=1)
    case.begin("box", "a").complete("a").trigger("h-s")
    assert (case.paths, case.incidents) == (["hu"], {})
    assert case.complete("hu").paths == ["z"]


def test_it_may_be_what_undoes_the_whole() -> None:
    undoing = handler("h", undo(), script("n", "{x: x + 1}"), throw("t", undo()), end("h-e"), "h-s > n > t > h-e")
    box = ad_hoc("box", user("a"), undone("a", "una"), user("una", isForCompensation="true"), undoing)
    case = Driver(process(start(), box, user("w"), throw("all", undo()), end(), "s > box > w > all > e")).start(x=1)
    case.begin("box", "a").complete("a").complete("box").complete("w")
    assert (case.values["x"], case.paths) == (2, ["una"])
    assert case.complete("una").status is CaseStatus.COMPLETED


# refused


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (heard(""), [("no-trigger", "h-s")]),
        (heard(error(), interrupting=False), [("error-boundary", "h-s")]),
        (heard(signal()).replace('id="h"', 'id="h" stegvis:once="true"'), [("once-not-offered", "h")]),
        (heard(signal()) + body("h > a"), [("event-sub-process", "h")]),
    ],
)
def test_one_that_could_not_run_is_refused(inner: str, expected: list[tuple[str, str]]) -> None:
    assert refused(start(), ad_hoc("box", manual("a"), manual("b"), inner), end(), "s > box > e") == expected


def test_one_alone_leaves_nothing_to_begin() -> None:
    assert refused(start(), ad_hoc("box", heard(signal())), end(), "s > box > e") == [("no-start", "box")]
