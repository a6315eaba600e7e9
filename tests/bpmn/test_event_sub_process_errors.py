"""Errors, escalations and compensation in and around event sub-processes."""

from __future__ import annotations

import pytest

from engine.case import CaseStatus
from engine.history import EventType
from tests.bpmn.diagrams import (
    both,
    boundary,
    call,
    cancelled,
    end,
    error,
    error_end,
    escalation,
    handler,
    message,
    signal,
    start,
    sub,
    terminate,
    throw,
    transaction,
    undo,
    undone,
    user,
)  # fmt: skip

from .event_sub_processes import listening, one


def test_an_error_sub_process_keeps_the_case_from_failing() -> None:
    case = one(user("a"), error_end(), listening(error("")), "s > a > bad").start().complete("a")
    assert (case.status, case.paths) == (CaseStatus.ACTIVE, ["hu"])
    assert case.told(EventType.ERROR_THROWN) == ["bad"]
    assert case.complete("hu").status is CaseStatus.COMPLETED


def test_another_error_fails_the_case_all_the_same() -> None:
    case = one(user("a"), error_end(), listening(error("er2")), "s > a > bad").start().complete("a")
    assert case.status is CaseStatus.FAILED


def test_the_event_sub_process_goes_before_the_boundary_event() -> None:
    inner = sub("sp", start("is"), error_end(), listening(error("")), "is > bad")
    case = one(inner, boundary("b", "sp", error()), user("w"), user("z"), end(), "s > sp > z > e", "b > w > e").start()
    assert case.paths == ["hu"]
    assert case.complete("hu").paths == ["z"]


def test_an_event_sub_process_may_throw_the_error_on() -> None:
    again = handler("h", error(), user("hu"), error_end("on"), "h-s > hu > on")
    inner = sub("sp", start("is"), error_end(), again, "is > bad")
    case = one(inner, boundary("b", "sp", error()), user("w"), end(), "s > sp > e", "b > w > e").start()
    assert case.complete("hu").paths == ["w"]
    alone = one(error_end(), again, "s > bad").start()
    assert alone.complete("hu").status is CaseStatus.FAILED


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_error_in_one_event_sub_process_may_begin_another_while_the_scope_goes_on(interrupting: bool) -> None:
    first = handler("f", message("keyed"), error_end("on"), "f-s > on", interrupting=interrupting)
    case = one(user("a"), end(), first, listening(error()), "s > a > e").start(key="k").trigger("f-s")
    assert (case.status, case.paths) == ((CaseStatus.FAILED, []) if interrupting else (CaseStatus.ACTIVE, ["hu"]))


def test_an_escalation_is_not_caught_by_the_event_sub_process_that_throws_it() -> None:
    parts = (throw("on", escalation()), user("hu"), end("he"), "h-s > on > hu > he")
    again = handler("h", escalation(), *parts, interrupting=False)
    inner = sub("sp", start("is"), throw("te", escalation()), user("a"), end("ie"), again, "is > te > a > ie")
    border = boundary("b", "sp", escalation(), interrupting=False)
    case = one(inner, border, user("w"), end(), "s > sp > e", "b > w > e").start()
    assert case.paths == ["a", "hu", "w"]


def test_an_error_inside_a_call_is_caught_around_it() -> None:
    called = (start(), error_end(), "s > bad")
    parts = (both("f"), call("c", "called"), user("b"), end(), listening(error()), "s > f > c > e", "f > b > e")
    assert one(*parts, called=called).start().paths == ["hu"]


def test_of_two_the_one_that_names_the_code_begins() -> None:
    named = handler("n", error(), user("nu"), end("ne"), "n-s > nu > ne")
    assert one(error_end(), listening(error("")), named, "s > bad").start().paths == ["nu"]


# undoing


UNDOABLE = (user("a") + undone("a", "una") + user("una", isForCompensation="true"), user("b"))


@pytest.mark.parametrize("of", ["", "a"])
def test_an_event_sub_process_undoes_what_was_done_around_it(of: str) -> None:
    inside = handler("h", error(), throw("th", undo(of)), user("hu"), end("he"), "h-s > th > hu > he")
    case = one(*UNDOABLE, error_end(), inside, "s > a > b > bad").start().complete("a").complete("b")
    assert case.paths == ["una"]
    assert case.complete("una").paths == ["hu"]
    assert case.complete("hu").status is CaseStatus.COMPLETED


def test_what_was_done_in_it_is_undone_before_what_was_done_around_it() -> None:
    inner = user("x") + undone("x", "unx") + user("unx", isForCompensation="true")
    inside = handler("h", signal(), inner, throw("th", undo()), end("he"), "h-s > x > th > he")
    case = one(*UNDOABLE, end(), inside, "s > a > b > e").start().complete("a").trigger("h-s").complete("x")
    assert case.paths == ["unx"]
    assert case.complete("unx").paths == ["una"]
    assert case.complete("una").status is CaseStatus.COMPLETED


def test_a_transaction_that_is_cancelled_listens_no_more() -> None:
    inner = (start("is"), *UNDOABLE, end("c", "<cancelEventDefinition/>"), "is > a > b > c", listening(error("")))
    never = handler("g", signal(), end("ge"), "g-s > ge")
    parts = (transaction("tx", *inner, never), cancelled("tx"), user("w"), end(), "s > tx > e", "tx? > w > e")
    case = one(*parts).start().complete("a")
    assert case.waiting == ["b", "g-s"]
    assert case.complete("b").waiting == ["una"]
    assert case.complete("una").waiting == ["w"]


# ends, joins, incidents


def test_a_terminate_end_ends_the_event_sub_process_alone() -> None:
    parts = (both("hf"), user("hu"), user("hv"), terminate("ht"), "h-s > hf > hu > ht", "hf > hv > ht")
    inside = handler("h", message("keyed"), *parts, interrupting=False)
    case = one(user("a"), end(), inside, "s > a > e").start(key="k").trigger("h-s")
    assert case.complete("hu").waiting == ["a", "h-s"]


def test_a_terminate_end_beside_it_ends_it_too() -> None:
    parts = (user("a"), terminate("t"), listening(message("keyed"), interrupting=False), "s > a > t")
    case = one(*parts).start(key="k").trigger("h-s")
    assert case.complete("a").status is CaseStatus.COMPLETED
