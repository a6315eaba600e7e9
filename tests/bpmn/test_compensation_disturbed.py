"""Undoing that is disturbed: by failures, interruptions and ends, and beside joins."""

from __future__ import annotations

from tests.bpmn.diagrams import (
    both,
    boundary,
    end,
    error,
    error_end,
    escalation,
    message,
    script,
    some,
    start,
    sub,
    terminate,
    throw,
    undo,
    undone,
    user,
    xor,
)  # fmt: skip

from .undoing import FOR, by, one, tokens, undoable


def test_a_handler_that_fails_is_an_incident_and_the_thrower_waits() -> None:
    parts = (by("b"), user("a"), undone("a", "un"), script("un", "{y: x + 1}", **FOR), throw("th", undo()), user("z"), end())
    case = one(*parts, "s > b > a > th > z > e").start(x="text").complete("b").complete("a")
    assert (case.incident().element, case.paths) == ("un", [])
    assert case.retry("un").paths == []
    assert case.correct(x=1).retry("un").paths == ["unb"]
    assert case.complete("unb").paths == ["z"]


def test_what_withdraws_the_scope_withdraws_the_undoing() -> None:
    inner = sub("sp", start("is"), by("a"), by("b"), throw("th", undo()), end("ie"), "is > a > b > th > ie")
    case = one(inner, boundary("bo", "sp", message()), user("w"), end(), "s > sp > e", "bo > w > e")
    case.start().complete("a").complete("b")
    assert case.paths == ["unb"]
    assert case.trigger("bo").paths == ["w"]
    assert "own" not in tokens(case)[0]


def test_an_activity_that_was_interrupted_is_not_undone() -> None:
    parts = (by("a"), boundary("bo", "a", message()), throw("th", undo()), user("z"), end())
    case = one(*parts, "s > a > th > z > e", "bo > th").start().trigger("bo")
    assert case.paths == ["z"]


def test_an_interrupted_sub_process_takes_its_list_along() -> None:
    inner = sub("sp", start("is"), by("a"), user("k"), end("ie"), "is > a > k > ie")
    case = one(inner, boundary("bo", "sp", message()), throw("th", undo()), user("z"), end(), "s > sp > z > e", "bo > th > z")
    assert case.start().complete("a").trigger("bo").paths == ["z"]


def test_a_terminated_sub_process_is_undone_as_far_as_it_came() -> None:
    inner = sub("sp", start("is"), both("f"), by("a"), user("k"), terminate("t"), end("ie"), "is > f > a > t", "f > k > ie")
    case = one(inner, throw("th", undo()), user("z"), end(), "s > sp > th > z > e").start().complete("a")
    assert case.paths == ["una"]


def test_an_error_in_a_handler_goes_outwards_past_what_is_undone() -> None:
    handler = sub("un", start("hs"), error_end("he"), "hs > he").replace('id="un"', 'id="un" isForCompensation="true"')
    done = sub("a", start("as"), end("ae"), "as > ae")
    own = (boundary("own", "a", error()), user("x"), throw("th", undo()), end("ie"), "is > a > th > ie", "own > x > ie")
    inner = sub("sp", start("is"), done, undone("a", "un"), handler, *own)
    case = one(inner, boundary("bo", "sp", error()), user("w"), end(), "s > sp > e", "bo > w > e").start()
    assert case.paths == ["w"]


def test_an_escalation_in_what_is_undone_goes_past_its_own_border() -> None:
    handler = throw("esc", escalation())
    un = sub("un", start("us"), handler, end("ue"), "us > esc > ue").replace('id="un"', 'id="un" isForCompensation="true"')
    done = sub("a", start("as"), script("b", "{x: 1}"), undone("b", "un"), un, end("ae"), "as > b > ae")
    own = boundary("own", "a", escalation(), interrupting=False)
    case = one(done, own, user("x"), throw("th", undo()), user("z"), end(), "s > a > th > z > e", "own > x > e").start()
    assert case.paths == ["z"]


def test_a_case_that_is_cancelled_while_undoing() -> None:
    case = one(by("a"), by("b"), throw("th", undo()), end(), "s > a > b > th > e").start().complete("a").complete("b")
    assert case.cancel().status == "cancelled"


def test_a_case_that_ends_leaves_no_list_behind() -> None:
    case = one(undoable("sp"), end(), "s > sp > e").start(got=[]).complete("sp2")
    assert case.status == "completed"


# joins


def test_an_inclusive_join_does_not_wait_for_an_undoing_beside_the_flows() -> None:
    parts = (by("a"), both("f"), throw("th", undo(waits=False)), xor("x", "x-e"), user("k"), some("j"), user("z"), end())
    case = one(*parts, "s > a > f > th > x > [x > 1] j", "x > e", "f > k > j > z > e").start(x=0).complete("a")
    assert case.paths == ["k", "una"]
    assert case.complete("k").paths == ["una", "z"], "what undoes stands at `th`, but goes nowhere from there"


def test_a_join_waits_for_a_thrower_that_waits() -> None:
    parts = (by("a"), both("f"), throw("th", undo()), user("k"), some("j"), user("z"), end())
    case = one(*parts, "s > a > f > th > j", "f > k > j > z > e").start().complete("a").complete("k")
    assert case.paths == ["una"]
    assert case.complete("una").paths == ["z"]


# order


def test_what_a_boundary_event_led_to_is_undone_before_its_activity() -> None:
    parts = (
        by("a"),
        boundary("bo", "a", message(), interrupting=False),
        by("b"),
        by("c"),
        throw("th", undo()),
        user("z"),
        end(),
    )
    case = one(*parts, "s > c > a > th > z > e", "bo > b > e").start().complete("c").trigger("bo")
    case.complete("b").complete("a")
    assert case.paths == ["unb"]
    assert case.complete("unb").paths == ["una"]
    assert case.complete("una").paths == ["unc"]
