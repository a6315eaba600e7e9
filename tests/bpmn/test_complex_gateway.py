"""Complex gateways: a split as an inclusive one, a join that a condition activates and that resets afterwards."""

from __future__ import annotations

import pytest

from engine.bpmn.loaded import LoadedProcess
from engine.bpmn.step import Retry
from engine.finding import Finding
from engine.history import EventType
from tests.bpmn.diagrams import (
    ad_hoc,
    both,
    boundary,
    complex_,
    end,
    manual,
    message,
    process,
    script,
    some,
    start,
    sub,
    terminate,
    user,
    xor,
)
from tests.bpmn.driver import Driver
from tests.bpmn.test_refusals import findings_of, refused

ONCE = "waitingForStart"


def three(activation: str, condition: str = ONCE, default: str = "") -> LoadedProcess:
    """Three tasks at once that come together in a complex gateway, with one more task behind it."""
    parts = (start(), both("f"), user("a"), user("b"), user("c"), complex_("g", activation, default), user("z"), end())
    more = (user("y"), "g > y > e") if default else ()
    return process(*parts, "s > f > a > g", "f > b > g", "f > c > g", f"g > [{condition}] z > e", *more)


def test_as_a_split_it_takes_every_way_whose_condition_holds() -> None:
    parts = (start(), complex_("g", "", "g-c"), user("a"), user("b"), user("c"), end())
    way = process(*parts, "s > g > [x > 0] a > e", "g > [x > 1] b > e", "g > c > e")
    assert Driver(way).start(x=2).paths == ["a", "b"]
    assert Driver(way).start(x=1).paths == ["a"]
    assert Driver(way).start(x=0).paths == ["c"]


def test_without_a_way_that_holds_a_split_is_an_incident() -> None:
    way = process(start(), complex_("g"), user("a"), user("b"), end(), "s > g > [x > 0] a > e", "g > [x > 1] b > e")
    case = Driver(way).start(x=0)
    assert case.incident("g").kind == "no-flow"
    assert case.correct(x=1).retry("g").paths == ["a"]


def test_it_goes_on_when_enough_tokens_have_come_and_lets_the_rest_come_to_nothing() -> None:
    case = Driver(three("activationCount >= 2")).start().complete("b")
    assert case.paths == ["a", "c"]
    assert case.complete("a").paths == ["c", "z"]
    assert case.complete("c").paths == ["z"]
    assert case.complete("z").status == "completed"
    assert case.told(EventType.ELEMENT_COMPLETED).count("g") == 2, "it went on and was reset"


def test_it_resets_only_when_all_that_can_come_has_come() -> None:
    case = Driver(three("activationCount >= 1", "true")).start().complete("a")
    assert case.paths == ["b", "c", "z"]
    assert case.complete("b").paths == ["c", "z"], "one more can still come"
    assert case.complete("c").paths == ["z", "z"], "the reset goes on along the flows whose conditions hold"


def test_the_ways_of_the_start_and_of_the_reset_are_told_apart() -> None:
    parts = (start(), both("f"), user("a"), user("b"), complex_("g", "activationCount >= 1"), user("z"), user("r"), end())
    case = Driver(process(*parts, "s > f > a > g", "f > b > g", f"g > [{ONCE}] z > e", f"g > [not({ONCE})] r > e")).start()
    assert case.complete("a").paths == ["b", "z"]
    assert case.complete("b").paths == ["r", "z"]


def test_the_default_flow_is_taken_in_either_phase_when_nothing_else_is() -> None:
    case = Driver(three("activationCount >= 2", ONCE, "g-y")).start().complete("a").complete("b")
    assert case.paths == ["c", "z"]
    assert case.complete("c").paths == ["y", "z"]


def test_a_start_without_a_way_is_an_incident_and_keeps_its_tokens() -> None:
    case = Driver(three("activationCount >= 2", "x > 0")).start(x=0).complete("a").complete("b")
    assert (case.incident("g").kind, case.paths) == ("no-flow", ["c"])
    assert case.complete("c").retry("g").incident("g").kind == "no-flow"
    assert case.correct(x=1).retry("g").paths == ["z", "z"], "all three at once, and the reset"


def test_counts_of_each_flow_can_be_told_apart() -> None:
    both_ways = 'activationCounts.way > 0 and get value(activationCounts, "b-g") > 0'
    parts = (start(), both("f"), user("a"), user("b"), user("c"), complex_("g", both_ways), user("z"), end())
    flow = '<sequenceFlow id="way" sourceRef="a" targetRef="g"/>'
    case = Driver(process(*parts, "s > f > a", flow, "f > b > g", "f > c > g", f"g > [{ONCE}] z > e")).start()
    case.complete("c").complete("b")
    assert case.paths == ["a"]
    assert case.complete("a").paths == ["z"]


def test_the_condition_sees_the_data_and_is_asked_again_when_they_change() -> None:
    case = Driver(three("activationCount >= x")).start(x=3)
    assert case.complete("a").complete("b").paths == ["c"]
    assert case.correct(x=2).paths == ["c", "z"]
    assert case.complete("c").complete("z").status == "completed"


def test_other_tokens_make_it_go_on_by_the_data_they_write() -> None:
    case = Driver(three("x > 0")).start(x=0).complete("a")
    assert case.paths == ["b", "c"]
    assert case.complete("b", x=1).paths == ["c", "z"]


@pytest.mark.parametrize("value", ["text", None])
def test_a_condition_that_gives_no_truth_value_is_an_incident_of_the_gateway(value: object) -> None:
    case = Driver(three("x")).start(x=value).complete("a")
    assert (case.incident("g").kind, case.paths) == ("expression-failed", ["b", "c"])
    case.complete("b")
    assert len(case.incidents) == 1
    assert case.correct(x=False).retry("g").paths == ["c"]
    assert case.incidents == {}
    assert case.correct(x=True).paths == ["c", "z"]


def test_tokens_that_can_never_activate_it_are_a_deadlock_until_the_data_are_mended() -> None:
    case = Driver(three("activationCount >= x")).start(x=5)
    case.complete("a").complete("b").complete("c")
    assert (case.incident().kind, "activation condition" in case.incident().message) == ("deadlock", True)
    assert case.retry().incident().kind == "deadlock"
    case.correct(x=3)
    assert (case.paths, case.incidents) == (["z"], {})
    assert case.complete("z").status == "completed"


def test_an_operator_lets_it_go_on_with_what_has_come() -> None:
    case = Driver(three("activationCount >= x")).start(x=5).complete("a").complete("b").complete("c")
    assert case.skip().paths == ["z"]
    assert case.complete("z").status == "completed"


def test_an_operator_goes_past_a_condition_that_cannot_be_told() -> None:
    case = Driver(three("x")).start(x="text").complete("a").skip("g")
    assert case.paths == ["b", "c", "z"]
    assert case.complete("b").complete("c").paths == ["z"], "it was waiting for its reset"


def test_a_token_that_an_operator_puts_there_goes_on() -> None:
    case = Driver(three("activationCount >= 3")).start().add("g")
    assert case.paths == ["a", "b", "c", "z"]
    assert case.complete("a").complete("b").complete("c").paths == ["z", "z"]


def test_a_token_put_there_that_is_stuck_does_not_keep_the_gateway_from_being_activated() -> None:
    case = Driver(three("activationCount >= 2", "x > 0")).start(x=0).add("g").complete("a").complete("b")
    assert [incident.kind for incident in case.incidents.values()] == ["no-flow", "no-flow"]
    case.correct(x=1)
    for token in sorted(case.incidents):
        case.step(Retry(token))
    assert case.paths == ["c", "z", "z"]


def test_a_second_token_on_a_flow_counts_for_the_next_start() -> None:
    parts = (start(), both("f"), user("q"), xor("m"), user("a"), user("b"), complex_("g", "activationCount >= 2"), user("z"))
    case = Driver(process(*parts, end(), "s > f > q > m > a > g", "f > m", "f > b > g", f"g > [{ONCE}] z > e")).start()
    case.complete("q")
    assert case.paths == ["a", "a", "b"]
    assert case.complete("a").complete("b").paths == ["a", "z"]
    assert case.complete("a").paths == ["z"]
    case.complete("z")
    assert case.incident().kind == "deadlock", "one token is left, and two are asked for"


def test_it_works_round_after_round_on_a_cycle() -> None:
    parts = (start(), xor("m"), both("f"), user("a"), user("b"), complex_("g", "activationCount >= 1"), xor("x", "x-e"), end())
    way = ("s > m > f > a > g", "f > b > g", f"g > [not({ONCE})] x > e", "x > [x > 0] m", f"g > [{ONCE}] first", end("first"))
    case = Driver(process(*parts, *way)).start(x=1)
    for _ in range(3):
        case.complete("a")
        assert case.paths == ["b"]
        case.complete("b")
        assert case.paths == ["a", "b"]
    assert case.complete("b", x=0).complete("a").status == "completed"


def test_a_way_that_was_never_taken_does_not_hold_up_the_reset() -> None:
    parts = (start(), some("f", "f-a"), user("a"), user("b"), complex_("g", "activationCount >= 1"), user("z"), end())
    case = Driver(process(*parts, "s > f > a > g", "f > [x > 0] b > g", "g > [true] z > e")).start(x=0).complete("a")
    assert case.paths == ["z", "z"]


def test_scripts_on_the_way_activate_it_one_after_the_other() -> None:
    parts = (start(), both("f"), script("a", "{x: 1}"), script("b", "{y: 1}"), complex_("g", "activationCount >= 1"), user("z"))
    case = Driver(process(*parts, end(), "s > f > a > g", "f > b > g", f"g > [{ONCE}] z > e")).start()
    assert case.paths == ["z"]
    assert case.complete("z").status == "completed"


def test_an_inclusive_join_behind_it_waits_for_the_reset() -> None:
    parts = (start(), both("f"), user("a"), user("b"), complex_("g", "activationCount >= 1"), user("q"), user("r"), some("j"))
    way = ("s > f > a > g", "f > b > g", "f > q > j", f"g > [{ONCE}] e", f"g > [not({ONCE})] r > j > y > e")
    case = Driver(process(*parts, user("y"), end(), *way)).start().complete("a").complete("q")
    assert case.paths == ["b"]
    assert case.complete("b").paths == ["r"]
    assert case.complete("r").paths == ["y"]


@pytest.mark.parametrize("ends", [terminate("t"), ""])
def test_it_goes_with_its_scope_in_either_state(ends: str) -> None:
    gateway = complex_("g", "activationCount >= 1")
    inside = (start("is"), both("f"), user("a"), user("b"), user("k"), gateway, user("w"), end("ie"))
    way = ("is > f > a > g", "f > b > g", f"g > [{ONCE}] w > ie", "f > k > t" if ends else "f > k > ie")
    parts = (start(), sub("u", *inside, ends, *way), boundary("stop", "u", message()), user("z"), end())
    case = Driver(process(*parts, "s > u > z > e", "stop > z")).start().complete("a")
    case = case.complete("k") if ends else case.trigger("stop")
    assert case.paths == ["z"]
    assert case.complete("z").status == "completed"


def test_it_may_stand_in_an_ad_hoc_sub_process() -> None:
    inside = (user("a"), user("b"), complex_("g", "activationCount >= 2"), user("c"), "a > g", "b > g", f"g > [{ONCE}] c")
    case = Driver(process(start(), ad_hoc("box", *inside), end(), "s > box > e")).start()
    case.begin("box", "a").complete("a").begin("box", "a").complete("a")
    assert case.paths == ["box", "c"], "two tokens, of one flow"
    assert case.complete("c").complete("box").status == "completed"


def test_a_case_that_is_cancelled_while_it_waits_for_its_reset_leaves_nothing() -> None:
    assert Driver(three("activationCount >= 1")).start().complete("a").cancel().status == "cancelled"


TWO = (start(), both("f"), manual("a"), manual("b"))
IN = ("s > f > a > g", "f > b > g")


def why(*parts: str) -> list[Finding]:
    return [finding for finding in findings_of(*TWO, *parts, *IN, end(), declares=("x",)) if finding.is_error]


def test_a_join_that_does_not_say_when_it_goes_on_is_refused() -> None:
    (finding,) = why(complex_("g"), "g > e")
    assert (finding.rule, finding.element, "nothing says when" in finding.message) == ("no-activation", "g", True)


def test_a_way_out_that_does_not_say_in_which_phase_it_is_taken_is_refused() -> None:
    (finding,) = why(complex_("g", "activationCount >= 2"), "g > e")
    assert (finding.rule, "`g-e`" in finding.message, "`= waitingForStart`" in finding.remedy) == ("no-activation", True, True)


@pytest.mark.parametrize(
    "text",
    [
        "activationCount = 2",
        "activationCount < 2",
        "2 >= activationCount",
        "not(activationCount >= 2)",
        "activationCount - 1 >= 1",
        "activationCount >= activationCounts.way",
        "if activationCount > 1 then x > 0 else true",
        "activationCount in (1..2)",
        "x > 0 and activationCount != 1",
    ],
)
def test_a_condition_that_could_turn_false_again_is_refused(text: str) -> None:
    parts = (*TWO[:3], manual("b"), complex_("g", text), "s > f > b > g", "f > a", end())
    way = '<sequenceFlow id="way" sourceRef="a" targetRef="g"/>'
    found = findings_of(*parts, way, f"g > [{ONCE}] e", declares=("x",))
    assert [(finding.rule, "could turn false" in finding.message) for finding in found if finding.is_error] == [
        ("no-activation", True)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "activationCount >= 2",
        "1 < activationCount",
        "x > 0 or activationCount + 1 > x",
        "x = 1",
        "activationCount > 1 and x != 2",
    ],
)
def test_a_condition_that_goes_on_holding_is_taken(text: str) -> None:
    assert why(complex_("g", text), f"g > [{ONCE}] e") == []


def test_names_of_flows_that_do_not_lead_there_are_found() -> None:
    found = findings_of(*TWO, complex_("g", "activationCounts.elsewhere > 0"), *IN, end(), f"g > [{ONCE}] e")
    assert [finding.element for finding in found] == ["g"]


def test_names_of_the_gateway_mean_nothing_elsewhere() -> None:
    parts = (start(), xor("g", "g-a"), manual("a"), manual("b"), end(), f"s > g > [{ONCE}] b > e", "g > a > e")
    assert refused(*parts) == [("unknown-name", "g-b")]


def test_an_activation_condition_that_is_no_feel_is_refused() -> None:
    (finding,) = why(complex_("g", "activationCount >="), f"g > [{ONCE}] e")
    assert (finding.rule, finding.element) == ("bad-expression", "g")
