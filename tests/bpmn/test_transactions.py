"""Transactions: a cancelled one withdraws what is under way and undoes what is done, then it is left by its cancel event."""

from __future__ import annotations

import pytest

from engine.history import EventType
from tests.bpmn.diagrams import (
    both,
    boundary,
    call,
    cancelled,
    end,
    error,
    error_end,
    in_sequence,
    loop,
    message,
    script,
    some,
    start,
    sub,
    tag,
    throw,
    timer,
    transaction,
    undo,
    undone,
    user,
    xor,
)
from tests.bpmn.driver import Driver
from tests.bpmn.test_refusals import findings_of, refused
from tests.bpmn.undoing import FOR, by, one

CALLED_OFF = "<cancelEventDefinition/>"


def booking(*parts: str) -> tuple[str, ...]:
    """A transaction `tr` that is cancelled at `ce`, with what surrounds it."""
    return (
        transaction("tr", start("ts"), *parts, end("te"), end("ce", CALLED_OFF)),
        cancelled("tr"), boundary("er!", "tr", error()), user("off"), user("bad"), user("on"), end(),
        "s > tr > on > e", "tr? > off > e", "er! > bad > e",
    )  # fmt: skip


CHOICE = (by("a"), by("b"), xor("x", "x-te"), "ts > a > b > x > te", "x > [y = 1] ce")


def test_a_transaction_that_goes_well_is_a_sub_process() -> None:
    case = one(*booking(*CHOICE)).start(y=0).complete("a").complete("b")
    assert (case.paths, case.told(EventType.TRANSACTION_CANCELLED)) == (["on"], [])


def test_a_cancelled_transaction_is_undone_before_it_is_left() -> None:
    case = one(*booking(*CHOICE)).start(y=1).complete("a").complete("b")
    assert case.paths == ["unb"]
    assert case.complete("unb").paths == ["una"]
    assert case.complete("una").paths == ["off"]
    assert case.told(EventType.TRANSACTION_CANCELLED) == ["tr"]
    assert case.told(EventType.ELEMENT_COMPENSATED) == ["b", "a"]
    assert case.complete("off").status == "completed"


def test_a_transaction_without_anything_to_undo_is_left_at_once() -> None:
    assert one(*booking(xor("x", "x-te"), "ts > x > te", "x > [y = 1] ce")).start(y=1).paths == ["off"]


def test_what_is_under_way_is_withdrawn_and_undone_as_far_as_it_came() -> None:
    inner = sub("sp", start("is"), by("c"), user("d"), end("ie"), "is > c > d > ie")
    each = user("m", loop("list", "item")) + undone("m", "unm") + user("unm", **FOR)
    parts = (
        both("f"),
        by("a"),
        inner,
        each,
        user("k"),
        boundary("late", "k", timer("timeDuration", "P1D"), interrupting=False),
    )
    flows = ("ts > f > a > ce", "f > sp > te", "f > m > te", "f > k > te", "late > te")
    case = one(*booking(*parts, *flows)).start(list=[1, 2]).complete("c").complete("m", 2)
    assert case.waiting == ["a", "d", "k", "late", "m"]
    case.complete("a")
    undoing = []
    while case.paths != ["off"]:
        (path,) = case.paths
        undoing.append(path)
        case.complete(path)
    assert undoing == ["unm", "unc", "una"]
    assert case.told(EventType.ELEMENT_COMPENSATED) == ["m", "c", "sp", "a"]


def test_an_undoing_that_is_under_way_begins_anew_and_nothing_is_undone_twice() -> None:
    parts = (by("a"), by("b"), both("f"), throw("th", undo()), user("k"), "ts > a > b > f > th > te", "f > k > ce")
    case = one(*booking(*parts)).start().complete("a").complete("b")
    assert case.paths == ["k", "unb"]
    assert case.complete("k").paths == ["unb"]
    assert case.complete("unb").paths == ["una"]
    assert case.complete("una").paths == ["off"]


def test_an_undoing_of_parts_that_is_under_way_goes_on_where_it_was() -> None:
    inner = sub("sp", start("is"), by("a"), by("b"), end("ie"), "is > a > b > ie")
    parts = (inner, both("f"), throw("th", undo()), user("k"), "ts > sp > f > th > te", "f > k > ce")
    case = one(*booking(*parts)).start().complete("a").complete("b").complete("unb")
    assert case.paths == ["k", "una"]
    assert case.complete("k").paths == ["una"]
    assert case.complete("una").paths == ["off"]
    assert case.told(EventType.ELEMENT_COMPENSATED) == ["b", "a", "sp"]


def test_a_called_process_that_is_under_way_is_undone_as_far_as_it_came() -> None:
    called = (start(), by("a"), user("b"), end(), "s > a > b > e")
    parts = (both("f"), call("c", "called"), user("k"), "ts > f > c > te", "f > k > ce")
    case = one(*booking(*parts), called=called).start().complete("c.a").complete("k")
    assert case.paths == ["c.una"]
    assert case.complete("c.una").paths == ["off"]


def test_an_error_that_leaves_a_transaction_undoes_nothing() -> None:
    case = one(*booking(by("a"), xor("x", "x-no"), error_end("no"), "ts > a > x > [y = 1] ce", "x > [y = 2] te", "x > no"))
    case.start(y=0).complete("a")
    assert case.paths == ["bad"]
    assert case.told(EventType.ELEMENT_COMPENSATED) == []


def test_an_error_while_undoing_leaves_by_the_error_boundary() -> None:
    handler = sub("un", start("hs"), error_end("no"), "hs > no").replace('id="un"', 'id="un" isForCompensation="true"')
    parts = (user("a"), undone("a", "un"), handler, xor("x", "x-te"), "ts > a > x > te", "x > [y = 1] ce")
    assert one(*booking(*parts)).start(y=1).complete("a").paths == ["bad"]


def test_a_handler_that_fails_is_an_incident_and_the_transaction_stays() -> None:
    parts = (
        user("a"),
        undone("a", "un"),
        script("un", "{z: x + 1}", **FOR),
        xor("x", "x-te"),
        "ts > a > x > te",
        "x > [y = 1] ce",
    )
    case = one(*booking(*parts)).start(x="text", y=1).complete("a")
    assert (case.incident().element, case.paths) == ("un", [])
    assert case.correct(x=1).retry("un").paths == ["off"]


def test_events_on_the_border_are_over_when_a_transaction_is_cancelled() -> None:
    more = (boundary("bo", "tr", message()), user("w"), "bo > w > e")
    case = one(*booking(*CHOICE), *more).start(y=1).complete("a").complete("b")
    assert case.waiting == ["unb"]


def test_a_transaction_that_went_well_is_undone_by_the_scope_around_it() -> None:
    parts = booking(*CHOICE)
    case = one(*parts[:-3], throw("th", undo("tr")), "s > tr > on > th > e", "tr? > off > e", "er! > bad > e")
    case.start(y=0).complete("a").complete("b").complete("on")
    assert case.complete("unb").complete("una").status == "completed"


def test_a_cancelled_transaction_is_not_undone_again() -> None:
    parts = booking(*CHOICE)
    case = one(*parts[:-3], throw("th", undo()), user("z"), "s > tr > on > e", "tr? > th > z > e", "er! > bad > off > e")
    case.start(y=1).complete("a").complete("b").complete("unb").complete("una")
    assert case.paths == ["z"]


def test_a_transaction_in_a_sub_process_with_a_loop() -> None:
    parts = booking(*CHOICE)
    inner = sub(
        "sp",
        start("is"),
        *parts[:-4],
        end("ie"),
        "is > tr > on > ie",
        "tr? > off > ie",
        "er! > bad > ie",
        loop=in_sequence(loop("list", "y")),
    )
    case = one(inner, user("z"), end(), "s > sp > z > e").start(list=[1, 0])
    case.complete("a").complete("b").complete("unb").complete("una").complete("off")
    assert case.complete("a").complete("b").paths == ["on"]
    assert case.complete("on").paths == ["z"]


def test_a_transaction_in_a_called_process() -> None:
    called = (start(), *booking(*CHOICE))
    case = one(call("c", "called", {"y": "1"}), user("z"), end(), "s > c > z > e", called=called).start()
    case.complete("c.a").complete("c.b").complete("c.unb").complete("c.una")
    assert case.paths == ["c.off"]
    assert case.complete("c.off").paths == ["z"]


def test_a_transaction_in_a_transaction() -> None:
    inner = transaction("in", start("is"), by("c"), xor("ix", "ix-ie"), end("ie"), end("ice", CALLED_OFF),
                        "is > c > ix > ie", "ix > [x = 1] ice")  # fmt: skip
    parts = (
        by("a"),
        inner,
        cancelled("in"),
        user("k"),
        xor("g", "g-te"),
        "ts > a > in > k > g > te",
        "in? > ce",
        "g > [y = 1] ce",
    )
    case = one(*booking(*parts)).start(x=1).complete("a").complete("c")
    assert case.complete("unc").paths == ["una"], "cancelled within, it was undone already"
    assert case.complete("una").paths == ["off"]
    case = one(*booking(*parts)).start(x=0, y=1).complete("a").complete("c").complete("k")
    assert case.complete("unc").paths == ["una"], "done within, it is undone with the whole"
    assert case.complete("una").paths == ["off"]


def test_a_join_waits_for_where_a_cancelled_transaction_will_go_on_only() -> None:
    parts = booking(*CHOICE)
    border = (both("f"), user("k"), some("j"), user("z"))
    case = one(*parts[:-3], *border, "s > f > tr > on > j > z > e", "f > k > j", "tr? > off > e", "er! > bad > e")
    case.start(y=1).complete("a").complete("b").complete("k")
    assert case.paths == ["unb", "z"], "the way by `on` is closed"


def test_two_cancelling_ends_cancel_once() -> None:
    parts = (by("a"), both("f"), end("ce2", CALLED_OFF), xor("x", "x-te"), "ts > a > x > te", "x > [y = 1] f > ce", "f > ce2")
    case = one(*booking(*parts))
    case.start(y=1).complete("a")
    assert case.paths == ["una"]
    assert case.told(EventType.TRANSACTION_CANCELLED) == ["tr"]
    assert case.complete("una").paths == ["off"]


# refused


def said(*parts: str) -> list[tuple[str, str]]:
    return [pair for pair in refused(start(), *parts) if pair[0] != "no-form"]


def test_a_good_diagram_has_no_findings() -> None:
    found = findings_of(start(), *booking(*CHOICE), declares=("y",))
    assert {finding.rule for finding in found if finding.is_error} == {"no-form"}


TR = transaction("tr", start("ts"), tag("task", "a"), end("te", CALLED_OFF), "ts > a > te")


@pytest.mark.parametrize(
    ("parts", "element"),
    [
        ((end("e", CALLED_OFF), "s > e"), "e"),
        ((sub("tr", start("ts"), end("te", CALLED_OFF), "ts > te"), end(), "s > tr > e"), "te"),
        ((tag("task", "tr"), cancelled("tr"), end(), "s > tr > e", "tr? > e"), "tr?"),
        ((sub("tr", start("ts"), end("te"), "ts > te"), cancelled("tr"), end(), "s > tr > e", "tr? > e"), "tr?"),
        ((TR, end(), "s > tr > e"), "te"),
        (
            (
                TR,
                cancelled("tr").replace("<boundaryEvent", '<boundaryEvent cancelActivity="false"'),
                end(),
                "s > tr > e",
                "tr? > e",
            ),
            "tr?",
        ),
        ((TR, cancelled("tr"), cancelled("tr").replace("tr?", "x?"), end(), "s > tr > e", "tr? > e", "x? > e"), "tr?"),
        ((transaction("tr", start("ts"), end("te"), "ts > te"), cancelled("tr"), end(), "s > tr > e", "tr? > e"), "tr?"),
        (
            (
                transaction("tr", start("ts"), end("te", CALLED_OFF), "ts > te", loop=loop("list")),
                cancelled("tr"),
                end(),
                "s > tr > e",
                "tr? > e",
            ),
            "te",
        ),
        (
            (
                transaction(
                    "tr", start("ts"), sub("in", start("is"), end("ie", CALLED_OFF), "is > ie"), end("te"), "ts > in > te"
                ),
                end(),
                "s > tr > e",
            ),
            "ie",
        ),
    ],
)
def test_cancelling_without_a_transaction_is_refused(parts: tuple[str, ...], element: str) -> None:
    assert ("bad-cancel", element) in refused(start(), *parts, declares=("list",))


@pytest.mark.parametrize(
    ("method", "runs"), [("##Compensate", True), ("##Image", False), ("##Store", False), ("http://x", False)]
)
def test_other_methods_of_cancelling_are_refused(method: str, runs: bool) -> None:
    parts = (transaction("tr", start("ts"), end("te"), "ts > te", method=method), end(), "s > tr > e")
    assert refused(start(), *parts) == ([] if runs else [("not-supported", "tr")])


@pytest.mark.parametrize("kind", ["startEvent", "intermediateCatchEvent", "intermediateThrowEvent"])
def test_only_an_end_cancels(kind: str) -> None:
    assert ("not-supported", "x") in refused(start(), end(), "s > e", tag(kind, "x", CALLED_OFF), "x > e")


def test_a_stored_case_knows_that_its_transaction_is_being_cancelled() -> None:
    case: Driver = one(*booking(*CHOICE)).start(y=1).complete("a").complete("b")
    assert case.state is not None
    assert '"cancels":true' in case.state
