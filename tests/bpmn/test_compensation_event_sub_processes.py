"""An event sub-process that begins with compensation undoes what is around it, with the data that it had (BPMN 2.0.2 §10.7)."""

from __future__ import annotations

import pytest

from engine.history import EventType
from tests.bpmn.diagrams import (
    both,
    boundary,
    call,
    cancelled,
    end,
    handler,
    in_sequence,
    loop,
    message,
    process,
    script,
    start,
    sub,
    tag,
    throw,
    transaction,
    undo,
    undone,
    user,
)
from tests.bpmn.driver import Driver
from tests.bpmn.test_refusals import refused
from tests.bpmn.undoing import FOR, by, one

THROWN = "<compensateEventDefinition/>"


def undoing(*parts: str, id_: str = "h") -> str:
    """An event sub-process for compensation with one way through `parts`."""
    return handler(id_, THROWN, *parts)


PLAIN = undoing(user("back"), end("h-e"), "h-s > back > h-e")
THEN = (throw("th", undo()), user("z"), end(), "s > sp > th > z > e")


def holding(*more: str, loop_: str = "", local: tuple[str, ...] = ()) -> str:
    return sub("sp", start("is"), by("a"), end("ie"), "is > a > ie", *more, loop=loop_, local=local)


def test_it_begins_when_the_sub_process_is_undone_and_stands_for_the_handlers_inside() -> None:
    case = one(holding(PLAIN), *THEN).start().complete("a")
    assert case.paths == ["back"]
    assert case.complete("back").paths == ["z"]
    assert case.told(EventType.ELEMENT_COMPENSATED) == ["sp"]


def test_it_does_not_listen_for_anything_before() -> None:
    case = one(holding(PLAIN), *THEN).start()
    assert case.waiting == ["a"]


@pytest.mark.parametrize("of", ["", "a"])
def test_it_may_have_the_activities_around_it_undone(of: str) -> None:
    inside = undoing(user("first"), throw("back", undo(of)), user("last"), end("h-e"), "h-s > first > back > last > h-e")
    case = one(holding(inside), *THEN).start().complete("a")
    assert case.complete("first").paths == ["una"]
    assert case.complete("una").paths == ["last"]
    assert case.complete("last").paths == ["z"]
    assert case.told(EventType.ELEMENT_COMPENSATED) == ["a", "sp"]


def test_a_scope_without_handlers_is_undone_by_it() -> None:
    inner = sub("sp", start("is"), user("a"), end("ie"), "is > a > ie", PLAIN)
    case = one(inner, *THEN).start().complete("a")
    assert case.complete("back").paths == ["z"]


def test_it_sees_the_data_that_the_sub_process_had_in_each_round() -> None:
    inside = undoing(script("back", "{got: append(got, item, b)}"), end("h-e"), "h-s > back > h-e")
    each = holding(inside, loop_=in_sequence(loop("list", "item")), local=("b",))
    case = one(each, *THEN).start(list=["x", "y"], got=[]).complete("a", b=1).complete("a", b=2)
    assert (case.paths, case.values["got"]) == (["z"], ["y", 2, "x", 1])


def test_it_sees_local_names() -> None:
    inside = undoing(script("back", "{got: b}"), end("h-e"), "h-s > back > h-e")
    case = one(holding(inside, local=("b",)), *THEN).start().complete("a", b=7)
    assert (case.paths, case.values["got"]) == (["z"], 7)


def test_in_a_called_process_it_undoes_the_call() -> None:
    inside = undoing(throw("back", undo()), user("tell"), end("h-e"), "h-s > back > tell > h-e")
    called = (start(), script("calc", "{x: 42}"), by("a"), end(), "s > calc > a > e", inside)
    case = one(call("sp", "called"), *THEN, called=called).start().complete("sp.a")
    assert case.paths == ["sp.una"]
    case.complete("sp.una")
    assert case.paths == ["sp.tell"]
    assert case.data.read(case.task("sp.tell").scope, "x") == 42
    assert case.complete("sp.tell").paths == ["z"]


def test_in_a_case_of_its_own_it_never_begins() -> None:
    case = Driver(process(start(), by("a"), throw("th", undo()), end(), "s > a > th > e", PLAIN)).start().complete("a")
    assert case.complete("una").status == "completed"
    assert "back" not in case.told(EventType.TASK_CREATED)


def test_a_transaction_that_went_well_is_undone_by_it_and_a_cancelled_one_is_not() -> None:
    choice = (both("f"), user("k"), end("ce", "<cancelEventDefinition/>"), "ts > f > a > te", "f > k > ce")
    tr = transaction("sp", start("ts"), by("a"), end("te"), PLAIN, *choice)
    parts = (tr, cancelled("sp"), user("off"), *THEN, "sp? > off > e")
    case = one(*parts).start().complete("a").complete("k")
    assert case.paths == ["una"]
    assert case.complete("una").paths == ["off"]
    done = transaction("sp", start("ts"), by("a"), end("te"), PLAIN, "ts > a > te")
    assert one(done, *THEN).start().complete("a").paths == ["back"]


def test_a_handler_that_fails_and_is_withdrawn() -> None:
    inside = undoing(script("back", "{y: x + 1}"), end("h-e"), "h-s > back > h-e")
    outer = sub("out", start("os"), holding(inside), throw("th", undo()), end("oe"), "os > sp > th > oe")
    case = one(outer, boundary("bo", "out", message()), user("w"), end(), "s > out > e", "bo > w > e").start(x="text")
    case.complete("a")
    assert case.incident().element == "back"
    assert case.trigger("bo").paths == ["w"]


def test_one_that_is_under_way_when_a_transaction_is_cancelled_begins_anew() -> None:
    inside = undoing(throw("back", undo()), user("last"), end("h-e"), "h-s > back > last > h-e")
    inner = sub("sp", start("is"), by("a"), by("b"), end("ie"), "is > a > b > ie", inside)
    more = (both("f"), throw("th", undo()), user("k"), end("te"), end("ce", "<cancelEventDefinition/>"))
    tr = transaction("tr", start("ts"), inner, *more, "ts > sp > f > th > te", "f > k > ce")
    case = one(tr, cancelled("tr"), user("off"), end(), "s > tr > e", "tr? > off > e").start()
    case.complete("a").complete("b").complete("unb")
    assert case.paths == ["k", "una"]
    case.complete("k")
    assert case.paths == ["una"]
    assert case.complete("una").paths == ["last"]
    assert case.complete("last").paths == ["off"]


def test_an_event_sub_process_that_is_done_is_undone_too() -> None:
    own = undoing(user("back"), end("h-e"), "h-s > back > h-e")
    heard = handler("g", message(), user("x"), end("g-e"), own, "g-s > x > g-e", interrupting=False)
    case = one(user("a"), throw("th", undo()), user("z"), end(), "s > a > th > z > e", heard).start().trigger("g-s")
    assert case.complete("x").complete("a").paths == ["back"]
    assert case.complete("back").paths == ["z"]


# refused


@pytest.mark.parametrize(
    ("parts", "element"),
    [
        ((holding(PLAIN, undoing(end("g-e"), "g-s > g-e", id_="g")), *THEN), "g-s"),
        ((holding(PLAIN), undone("sp", "un"), tag("task", "un", **FOR), *THEN), "h-s"),
        ((holding(PLAIN.replace(THROWN, undo("gone"))), *THEN), "h-s"),
        (
            (
                tag("task", "sp"),
                undone("sp", "un"),
                sub("un", start("us"), end("ue"), "us > ue", PLAIN).replace('id="un"', 'id="un" isForCompensation="true"', 1),
                *THEN,
            ),
            "h-s",
        ),
    ],
)
def test_one_that_would_never_begin_is_refused(parts: tuple[str, ...], element: str) -> None:
    assert ("bad-compensation", element) in refused(start(), *parts)


def test_compensation_begins_nothing_else() -> None:
    inner = sub("sp", start("is", THROWN), end("ie"), "is > ie")
    assert ("not-supported", "is") in refused(start(), inner, end(), "s > sp > e")


def test_a_good_diagram_has_no_findings() -> None:
    inner = sub("sp", start("is"), tag("task", "a"), end("ie"), "is > a > ie", undoing(end("h-e"), "h-s > h-e"))
    assert refused(start(), inner, throw("th", undo("sp")), end(), "s > sp > th > e") == []
