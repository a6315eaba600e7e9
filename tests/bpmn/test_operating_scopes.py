"""Where an operator's moves meet joins, complex gateways, ad-hoc sub-processes and what is being undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.bpmn import AddToken
from engine.errors import NotPossible
from engine.ids import Token
from tests.bpmn.diagrams import (
    ad_hoc,
    both,
    cancelled,
    complex_,
    end,
    manual,
    process,
    some,
    start,
    throw,
    transaction,
    undo,
    undone,
    user,
    xor,
)
from tests.bpmn.driver import Driver


def test_a_deadlock_is_over_when_what_the_join_lacked_has_been_added() -> None:
    parts = (start(), both("g"), user("a"), user("b"), both("j"), user("c"), end())
    case = Driver(process(*parts, "s > g > a > j > c > e", "g > b > j")).start().complete("a").withdraw("b")
    assert case.incident().kind == "deadlock"
    case.add("b").complete("b")
    assert (case.paths, case.incidents) == (["c"], {})
    assert case.complete("c").status == "completed"


@pytest.mark.parametrize("join", [both, some])
@pytest.mark.parametrize("by_moving", [True, False])
def test_a_join_goes_on_with_what_is_put_there_and_what_has_come(join: Callable[..., str], by_moving: bool) -> None:
    parts = (start(), both("g"), user("a"), user("b"), join("j"), user("c"), end())
    case = Driver(process(*parts, "s > g > a > j > c > e", "g > b > j")).start().complete("a")
    if by_moving:
        case.move("b", "j")
    else:
        case.add("j").withdraw("b")
    assert (case.paths, case.incidents) == (["c"], {})
    assert case.complete("c").status == "completed"


def test_what_a_complex_gateway_could_not_go_on_with_is_withdrawn_with_its_token() -> None:
    parts = (start(), both("f"), user("a"), user("b"), complex_("g", "activationCount >= 1"), user("z"), end())
    way = process(*parts, "s > f > a > g", "f > b > g", "g > [waitingForStart and x > 0] z > e")
    case = Driver(way).start(x=0).complete("a")
    assert case.incident("g").kind == "no-flow"
    case.withdraw("g")
    assert (case.paths, case.incidents) == (["b"], {})
    case.correct(x=1)
    assert case.paths == ["b"]
    assert case.complete("b").paths == ["z"]
    case = Driver(way).start(x=0).complete("a").move("g", "z")
    assert (case.paths, case.incidents) == (["b", "z"], {})


def test_nothing_is_moved_out_of_what_is_being_undone_but_it_can_be_withdrawn() -> None:
    inside = (user("a"), undone("a", "una"), user("una", isForCompensation="true"))
    case = Driver(process(start(), *inside, throw("th", undo()), user("z"), end(), "s > a > th > z > e")).start().complete("a")
    with pytest.raises(NotPossible, match="“Una” undoes"):
        case.move("una", "z")
    assert case.paths == ["una"]
    assert case.withdraw("una").paths == ["z"]


def test_nothing_is_added_to_a_transaction_that_is_being_cancelled() -> None:
    inside = (start("s2"), user("a"), undone("a", "una"), user("una", isForCompensation="true"), xor("x"), user("b"))
    ends = (end("off", "<cancelEventDefinition/>"), "s2 > a > x > [z > 0] b", "x > [z = 0] off")
    whole = (start(), transaction("t", *inside, *ends), cancelled("t"), end(), end("e2"))
    case = Driver(process(*whole, "s > t > e", "t? > e2")).start(z=0).complete("a")
    assert case.paths == ["una"]
    with pytest.raises(NotPossible, match="is being cancelled"):
        case.add("b")
    assert case.complete("una").status == "completed"


def test_nothing_begins_in_an_ad_hoc_sub_process_that_has_ended() -> None:
    box = ad_hoc("box", manual("a"), manual("b"), "a > b", cancelRemainingInstances="false")
    case = Driver(process(start(), box, user("z"), end(), "s > box > z > e")).start().begin("box", "a").complete("box")
    with pytest.raises(NotPossible, match="“Box” is coming to its end"):
        case.move("a", "b")
    with pytest.raises(NotPossible, match="“Box” is coming to its end"):
        case.add("b")
    assert case.complete("a").paths == ["z"]


def test_where_one_thing_is_done_at_a_time_nothing_is_added_beside_it() -> None:
    box = ad_hoc("box", manual("a"), manual("b"), "a > b", ordering="Sequential")
    case = Driver(process(start(), box, user("z"), end(), "s > box > z > e")).start().begin("box", "a")
    with pytest.raises(NotPossible, match="one thing is done at a time"):
        case.step(AddToken("b", Token(case.token("box")), "Why"))
    assert case.move("a", "b").paths == ["b", "box"]
    assert case.complete("b").add("b").paths == ["b", "box"]
