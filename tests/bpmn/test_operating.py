"""What an operator does by hand: skipping what is stuck, adding, moving and withdrawing positions, reopening."""

from __future__ import annotations

import pytest

from engine.bpmn import AddToken, CancelToken, MoveToken, Skip
from engine.case import CaseStatus
from engine.errors import NotPossible
from engine.history import EventType
from engine.ids import Token
from tests.bpmn.diagrams import (
    ad_hoc,
    both,
    boundary,
    call,
    cancelled,
    catch,
    end,
    loop,
    message,
    process,
    race,
    script,
    standard_loop,
    start,
    sub,
    task,
    terminate,
    timer,
    transaction,
    undone,
    user,
    xor,
)
from tests.bpmn.driver import Driver

ACTIVE, COMPLETED = CaseStatus.ACTIVE, CaseStatus.COMPLETED


# skipping


def test_what_is_stuck_is_passed_without_its_work() -> None:
    case = Driver(process(start(), script("x", "{ a: 1 / 0 }"), user("b"), end(), "s > x > b > e")).start(a=7)
    case.skip("x")
    assert (case.paths, case.incidents, case.values["a"]) == (["b"], {}, 7)
    assert case.told(EventType.ELEMENT_SKIPPED) == ["x"]
    assert ("element-skipped", "x", "Why") in [(kind, at, told.get("reason")) for kind, at, told in case.payloads]


def test_a_choice_that_cannot_be_made_is_made_by_the_operator() -> None:
    parts = (start(), xor("g"), user("b"), user("c"), end())
    case = Driver(process(*parts, "s > g > [a = 1] b > e", "g > [a = 2] c > e")).start(a=3)
    with pytest.raises(NotPossible, match=r"Say which way to go on .*g-b, g-c"):
        case.skip("g")
    with pytest.raises(NotPossible, match="nowhere does not lead out"):
        case.skip("g", "nowhere")
    with pytest.raises(NotPossible, match="takes one way out"):
        case.skip("g", "g-b", "g-c")
    case.skip("g", "g-c")
    assert case.paths == ["c"]
    case.complete("c")
    assert case.status is COMPLETED


def test_a_join_that_waits_in_vain_goes_on_with_what_has_come() -> None:
    parts = (start(), xor("g", "g-b"), task("b"), user("c"), both("j"), user("d"), end())
    case = Driver(process(*parts, "s > g > b > j > d > e", "g > [a = 1] c > j")).start(a=0)
    assert case.incident().kind == "deadlock"
    case.skip()
    assert (case.paths, case.incidents) == (["d"], {})


def test_a_way_out_that_is_named_twice_is_taken_once() -> None:
    case = Driver(process(start(), script("x", "{ a: 1 / n }"), user("b"), end(), "s > x > b > e")).start(n=0)
    case.skip("x", "x-b", "x-b")
    assert case.paths == ["b"]


def test_one_round_of_a_loop_is_passed_and_the_others_go_on() -> None:
    work = script("x", "{ a: 1 / item }", loop("list", "item"))
    case = Driver(process(start(), work, user("b"), end(), "s > x > b > e")).start(list=[1, 0, 2], a=0)
    case.skip("x")
    assert case.paths == ["b"]


def test_a_loop_whose_condition_nobody_can_decide_ends_when_it_is_skipped() -> None:
    work = user("x", standard_loop("a > loopCounter"))
    case = Driver(process(start(), work, user("b"), end(), "s > x > b > e")).start(a=None).complete("x")
    assert case.incident("x").kind == "expression-failed"
    case.skip("x")
    assert (case.paths, case.incidents) == (["b"], {})
    before = user("x", standard_loop("a > loopCounter", before=True))
    case = Driver(process(start(), before, user("b"), end(), "s > x > b > e")).start(a=None)
    assert case.skip("x").paths == ["b"]


def test_a_loop_that_is_skipped_for_another_reason_goes_on_as_its_condition_says() -> None:
    work = script("x", "{ a: 1 / b, b: 1 }", standard_loop("loopCounter < 2"))
    case = Driver(process(start(), work, user("y"), end(), "s > x > y > e")).start(a=0, b=0)
    assert case.skip("x").incident("x").kind == "expression-failed", "the second round"
    assert case.correct(b=2).retry("x").paths == ["y"]


def test_a_round_whose_result_or_completion_condition_nobody_can_tell_is_skipped() -> None:
    work = user("x", loop("list", "item", collect="total", given="item / a", until="b > 1"))
    case = Driver(process(start(), work, user("y"), end(), "s > x > y > e")).start(list=[1, 2], a=0, b=None)
    case.complete("x", 1).skip("x").complete("x", 2)
    assert case.paths == []
    case.correct(a=1, b=0).retry("x")
    assert (case.paths, case.values["total"]) == (["y"], [None, 2])


def test_a_message_that_cannot_be_taken_is_dropped_by_a_border_and_the_next_is_waited_for() -> None:
    parts = (start(), user("b"), boundary("m1", "b", message(a="1 / got.n"), interrupting=False), end(), user("c"), end("e2"))
    case = Driver(process(*parts, "s > b > e", "m1 > c > e2")).start(key="k")
    case.trigger("m1", got={"n": 0})
    assert case.incident("m1").kind == "expression-failed"
    case.skip("m1")
    assert (case.incidents, case.waiting) == ({}, ["b", "m1"])
    case.trigger("m1", got={"n": 1})
    assert case.paths == ["b", "c"]


def test_only_what_is_stuck_can_be_skipped() -> None:
    case = Driver(process(start(), user("a"), end(), "s > a > e")).start()
    with pytest.raises(NotPossible, match="not stuck"):
        case.step(Skip(case.token("a"), (), "Why"))
    with pytest.raises(NotPossible, match="not stuck"):
        case.step(Skip(Token("t99"), (), "Why"))


# moving, adding, withdrawing

TWO = (start(), user("a"), user("b"), end(), "s > a > b > e")


def test_a_position_is_moved_forwards_and_back() -> None:
    case = Driver(process(*TWO)).start()
    case.move("a", "b")
    assert case.paths == ["b"]
    case.move("b", "a")
    assert case.paths == ["a"]
    assert case.told(EventType.POSITION_MOVED) == ["a", "b"]
    case.complete("a").complete("b")
    assert case.status is COMPLETED


def test_what_lay_inside_a_moved_position_is_withdrawn() -> None:
    inner = sub("box", start("s1"), user("c"), user("d"), end("e1"), "s1 > c > e1", "s1 > d > e1", local=("x",))
    parts = (start(), inner, boundary("t1", "box", timer("timeDuration", "P1D")), user("b"), end())
    case = Driver(process(*parts, "s > box > b > e", "t1 > b")).start()
    case.move("box", "b")
    assert (case.paths, case.waiting) == (["b"], ["b"])


def test_a_position_is_added_beside_the_others() -> None:
    case = Driver(process(*TWO)).start()
    case.add("b")
    assert case.paths == ["a", "b"]
    case.complete("b")
    assert case.status is ACTIVE
    case.complete("a").complete("b")
    assert case.status is COMPLETED


def test_a_position_is_added_inside_a_call() -> None:
    called = process(start(), user("c"), user("d"), end(), "s > c > d > e", key="q")
    case = Driver(process(start(), call("k", "q"), end(), "s > k > e"), called).start()
    case.add("k.d")
    assert case.paths == ["k.c", "k.d"]
    with pytest.raises(NotPossible, match="no element `d`"):
        case.add("d")


def test_where_a_scope_is_open_several_times_the_operator_says_which() -> None:
    box = sub("box", start("s1"), user("c"), user("d"), end("e1"), "s1 > c > d > e1", loop=loop("list", "item"))
    case = Driver(process(start(), box, end(), "s > box > e")).start(list=[1, 2])
    with pytest.raises(NotPossible, match=r"under way 2 times. Say inside which of the tokens: (t\d+), (t\d+)") as refused:
        case.add("d")
    case.add("d", inside=str(refused.value).rpartition(", ")[2].rstrip("."))
    assert case.paths == ["c", "c", "d"]


def test_a_position_is_withdrawn_and_a_join_no_longer_waits_for_it_in_silence() -> None:
    parts = (start(), both("g"), user("a"), user("b"), both("j"), user("c"), end())
    case = Driver(process(*parts, "s > g > a > j > c > e", "g > b > j")).start()
    case.complete("a").withdraw("b")
    assert (case.incident().kind, case.told(EventType.POSITION_CANCELLED)) == ("deadlock", ["b"])
    case.skip()
    assert case.paths == ["c"]


def test_what_waits_for_another_is_neither_moved_nor_withdrawn() -> None:
    parts = (start(), user("a"), boundary("t1", "a", timer("timeDuration", "P1D")), end(), end("e2"))
    case = Driver(process(*parts, "s > a > e", "t1 > e2")).start()
    watcher = case.wait("t1").token
    with pytest.raises(NotPossible, match="waits beside “A”"):
        case.step(CancelToken(watcher, "Why"))
    racing = (start(), race("g"), catch("m1", message()), catch("t2", timer("timeDuration", "P1D")), end())
    case = Driver(process(*racing, "s > g > m1 > e", "g > t2 > e")).start(key="k")
    with pytest.raises(NotPossible, match="waits beside"):
        case.step(MoveToken(case.wait("m1").token, "e", "Why"))


def test_nothing_is_put_where_no_flow_leads() -> None:
    parts = (start(), user("a"), boundary("t1", "a", timer("timeDuration", "P1D")), end(), end("e2"))
    case = Driver(process(*parts, "s > a > e", "t1 > e2")).start()
    for place in ("t1", "nowhere"):
        with pytest.raises(NotPossible, match=f"{place}|No sequence flow"):
            case.add(place)
    with pytest.raises(NotPossible, match="no element `nowhere` beside"):
        case.move("a", "nowhere")
    with pytest.raises(NotPossible, match="no token t77"):
        case.step(MoveToken(Token("t77"), "e", "Why"))
    with pytest.raises(NotPossible):
        case.step(AddToken("e", Token("t77"), "Why"))
    assert case.paths == ["a"]


# reopening


def test_a_case_that_has_ended_goes_on_where_its_process_says() -> None:
    case = Driver(process(*TWO, reopenAt="b")).start(a=1).complete("a").complete("b")
    assert case.status is COMPLETED
    case.reopen()
    assert (case.status, case.paths, case.values["a"]) == (ACTIVE, ["b"], 1)
    assert case.told(EventType.CASE_REOPENED) == [""]
    case.complete("b")
    assert case.status is COMPLETED


def test_a_case_whose_process_says_nothing_stays_ended() -> None:
    case = Driver(process(*TWO)).start().complete("a").complete("b")
    with pytest.raises(NotPossible, match="cannot be reopened"):
        case.reopen()


def test_in_a_transaction_that_is_being_cancelled_nothing_is_added_and_its_undoing_is_not_moved() -> None:
    inner = (
        start("ts"),
        user("a"),
        undone("a", "u"),
        user("u", isForCompensation="true"),
        end("te", "<cancelEventDefinition/>"),
    )
    parts = (start(), transaction("tr", *inner, "ts > a > te"), cancelled("tr"), end(), end("e2"), "s > tr > e", "tr? > e2")
    case = Driver(process(*parts)).start().complete("a")
    assert case.paths == ["u"]
    with pytest.raises(NotPossible, match=r"“tr” is being cancelled"):
        case.add("a")
    with pytest.raises(NotPossible, match="undoes what was done"):
        case.move("u", "a")
    assert case.complete("u").status is COMPLETED


def test_in_an_ad_hoc_sub_process_that_comes_to_its_end_nothing_is_added() -> None:
    box = ad_hoc("box", user("a"), user("b"), "a > b", cancelRemainingInstances="false")
    case = Driver(process(start(), box, end(), "s > box > e")).start().begin("box", "a").complete("box")
    assert case.paths == ["a"]
    with pytest.raises(NotPossible, match="coming to its end"):
        case.add("b")
    with pytest.raises(NotPossible, match="coming to its end"):
        case.move("a", "b")


def test_what_may_be_begun_once_is_offered_again_when_it_was_withdrawn() -> None:
    box = ad_hoc("box", user("a", once="true"), user("b"), user("c"), "b > c")
    case = Driver(process(start(), box, end(), "s > box > e")).start().begin("box", "a")
    assert case.offered("box") == [("b", 0, True)]
    assert case.withdraw("a").offered("box") == [("a", 0, True), ("b", 0, True)]
    assert case.begin("box", "a").move("a", "c").offered("box") == [("a", 0, True), ("b", 0, True)]
    assert case.begin("box", "a").complete("a").offered("box") == [("b", 0, True)], "done is done"


def stuck_at_a_join(*more: str) -> Driver:
    parts = (start(), xor("g", "g-j"), user("c"), both("j"), user("d"), end(), "s > g > j > d > e", "g > [a = 1] c > j")
    return Driver(process(*parts, *more)).start(a=0)


def test_a_deadlock_is_over_when_the_join_goes_on_with_a_token_that_was_added() -> None:
    case = stuck_at_a_join()
    assert case.incident().kind == "deadlock"
    assert (case.add("c").paths, case.incident().kind) == (["c"], "deadlock")
    assert (case.complete("c").paths, case.incidents) == (["d"], {})
    assert case.complete("d").status is COMPLETED


def test_an_end_that_terminates_ends_a_case_in_which_nothing_could_move() -> None:
    case = stuck_at_a_join(user("x"), terminate(), "d > x > t")
    case.add("x").complete("x")
    assert (case.status, case.incidents) == (COMPLETED, {})


def test_an_ad_hoc_sub_process_with_nothing_left_ends_when_what_was_added_is_enough() -> None:
    box = ad_hoc("box", user("a", once="true"), user("b"), "a > b", until="x > 0")
    case = Driver(process(start(), box, end(), "s > box > e")).start(x=0).begin("box", "a").complete("a").complete("b")
    assert case.incident("box").kind == "nothing-left"
    case.add("b").complete("b", x=1)
    assert (case.status, case.incidents) == (COMPLETED, {})
