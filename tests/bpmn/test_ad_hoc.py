"""Ad-hoc sub-processes: people choose what is done in them, in which order and how often."""

from __future__ import annotations

import pytest

from engine import bpmn
from engine.errors import NotPossible
from engine.history import EventType
from tests.bpmn.diagrams import (
    ad_hoc,
    both,
    boundary,
    catch,
    manual,
    message,
    script,
    timer,
    user,
    xor,
)
from tests.bpmn.driver import Driver

from .ad_hoc import around


def test_it_waits_for_people_and_offers_what_no_flow_leads_to() -> None:
    case = Driver(around(ad_hoc("box", user("a"), user("b"), user("c"), "a > c"))).start()
    assert case.paths == ["box"]
    assert case.task("box").candidate_groups == {"coach"}
    assert case.offered("box") == [("a", 0, True), ("b", 0, True)]


def test_an_activity_can_be_begun_any_number_of_times_also_at_once() -> None:
    case = Driver(around(ad_hoc("box", user("a"), user("b")))).start()
    case.begin("box", "a").begin("box", "a").begin("box", "b")
    assert case.paths == ["a", "a", "b", "box"]
    case.complete("a").complete("b").complete("a").begin("box", "a")
    assert case.paths == ["a", "box"]
    assert case.offered("box") == [("a", 3, True), ("b", 1, True)]


def test_without_a_condition_it_ends_when_a_person_says_so() -> None:
    case = Driver(around(ad_hoc("box", user("a")))).start().begin("box", "a").complete("a")
    assert case.paths == ["box"]
    assert case.complete("box").paths == ["z"]
    assert case.told(EventType.TASK_COMPLETED) == ["a", "box"]


def test_it_may_end_without_anything_having_been_begun() -> None:
    assert Driver(around(ad_hoc("box", user("a")))).start().complete("box").paths == ["z"]


def test_what_is_under_way_is_withdrawn_when_it_ends() -> None:
    case = Driver(around(ad_hoc("box", user("a"), user("b")))).start().begin("box", "a").begin("box", "b").complete("box")
    assert case.paths == ["z"]
    assert case.told(EventType.ELEMENT_CANCELLED) == ["a", "b"]


def test_what_is_under_way_is_waited_for_when_it_says_so_and_nothing_follows_it() -> None:
    inside = (user("a"), user("b"), user("c"), "a > c")
    case = Driver(around(ad_hoc("box", *inside, cancelRemainingInstances="false"))).start()
    case.begin("box", "a").begin("box", "b").complete("box")
    assert case.paths == ["a", "b"]
    assert case.offered("box") == []
    assert case.complete("a").paths == ["b"]
    assert case.complete("b").paths == ["z"]


def test_where_nothing_follows_any_more_no_way_out_is_asked_for() -> None:
    inside = (manual("a"), manual("b"), manual("c"), "a > [x > 0] b", "a > [x > 1] c")
    case = Driver(around(ad_hoc("box", *inside, cancelRemainingInstances="false"))).start(x=0).begin("box", "a").complete("box")
    assert case.complete("a").paths == ["z"]
    assert case.incidents == {}


def test_flows_between_activities_work_as_usual() -> None:
    inside = (user("a"), xor("g", "g-b"), user("b"), script("n", "{x: x + 1}"), "a > g > b > n", "g > [x > 5] n")
    case = Driver(around(ad_hoc("box", *inside))).start(x=1).begin("box", "a").complete("a")
    assert case.paths == ["b", "box"]
    case.complete("b").begin("box", "a").complete("a", x=9)
    assert (case.values["x"], case.paths) == (10, ["box"])


def test_a_join_inside_takes_what_later_beginnings_bring() -> None:
    inside = (user("a"), user("b"), both("j"), user("c"), "a > j > c", "b > j")
    case = Driver(around(ad_hoc("box", *inside))).start().begin("box", "a").complete("a")
    assert (case.paths, case.incidents) == (["box"], {})
    assert case.begin("box", "b").complete("b").paths == ["box", "c"]


def test_an_end_drops_what_waits_at_joins() -> None:
    inside = (user("a"), user("b"), both("j"), user("c"), "a > j > c", "b > j")
    case = Driver(around(ad_hoc("box", *inside))).start().begin("box", "a").complete("a").complete("box").complete("z")
    assert case.status == "completed"


def test_the_condition_is_asked_once_for_each_activity_that_is_done_and_sees_its_data() -> None:
    inside = (user("a"), script("n", "{y: 1}"), "a > n")
    case = Driver(around(ad_hoc("box", *inside, until="x >= 2"))).start(x=2)
    assert case.paths == ["box"], "it is not asked before anything is done"
    assert case.begin("box", "a").complete("a", x=1).paths == ["box"]
    assert case.values["y"] == 1
    assert case.begin("box", "a").complete("a", x=2, y=0).paths == ["z"]
    assert case.values["y"] == 0, "nothing follows the activity that was enough"


def test_a_condition_that_holds_withdraws_the_rest() -> None:
    case = Driver(around(ad_hoc("box", user("a"), user("b"), until="x > 0"))).start(x=0).begin("box", "a").begin("box", "b")
    case.complete("a", x=1)
    assert (case.paths, case.told(EventType.ELEMENT_CANCELLED)) == (["z"], ["b"])


def test_a_condition_that_holds_waits_for_the_rest_when_it_says_so() -> None:
    inside = (user("a"), user("b"), catch("c", timer("timeDuration", "P1D")), user("d"), user("k"), "k > c > d")
    box = ad_hoc("box", *inside, until="x > 0", cancelRemainingInstances="false")
    case = Driver(around(box)).start(x=0).begin("box", "a").begin("box", "b").begin("box", "k").complete("k")
    assert case.complete("a", x=1).waiting == ["b"], "a token in an event is no activity under way"
    assert case.complete("b", x=0).paths == ["z"]


def test_a_boundary_event_of_what_is_waited_for_begins_nothing_new() -> None:
    inside = (user("a"), user("b"), boundary("m", "b", message()), user("c"), "m > c")
    box = ad_hoc("box", *inside, until="x > 0", cancelRemainingInstances="false")
    case = Driver(around(box)).start(x=0).begin("box", "b").begin("box", "a").complete("a", x=1)
    assert case.trigger("m").paths == ["z"]


def test_a_person_cannot_end_what_a_condition_ends() -> None:
    case = Driver(around(ad_hoc("box", user("a"), until="x > 0"))).start(x=0)
    with pytest.raises(NotPossible, match="when its condition holds"):
        case.complete("box")


@pytest.mark.parametrize("value", ["text", None])
def test_a_condition_without_a_truth_value_is_an_incident_of_the_activity_that_is_done(value: object) -> None:
    case = Driver(around(ad_hoc("box", user("a"), until="x"))).start().begin("box", "a").complete("a", x=value)
    assert (case.incident("a").kind, case.paths) == ("expression-failed", ["box"])
    assert case.correct(x=True).retry("a").paths == ["z"]


def test_the_condition_sees_the_names_of_its_own() -> None:
    case = Driver(around(ad_hoc("box", script("a", "{got: 1}"), until="got = 1", local=("got",)))).start().begin("box", "a")
    assert (case.paths, "got" in case.values) == (["z"], False)


def test_in_sequence_one_thing_is_done_at_a_time_with_all_that_follows_it() -> None:
    inside = (user("a"), user("b"), catch("c", message()), user("d"), "a > c > d")
    case = Driver(around(ad_hoc("box", *inside, ordering="Sequential"))).start().begin("box", "a")
    assert case.offered("box") == [("a", 1, False), ("b", 0, False)]
    for done in ("a", "c", "d"):
        with pytest.raises(NotPossible, match="one thing is done at a time"):
            case.begin("box", "b")
        case = case.trigger(done) if done == "c" else case.complete(done)
    assert case.begin("box", "b").paths == ["b", "box"]


def test_what_is_not_offered_cannot_be_begun() -> None:
    case = Driver(around(ad_hoc("box", user("a"), user("b"), "a > b"))).start()
    for element in ("b", "z", "nothing"):
        with pytest.raises(NotPossible, match="offers: a"):
            case.begin("box", element)
    with pytest.raises(NotPossible, match="offers nothing"):
        case.step(bpmn.BeginActivity(case.begin("box", "a").task("a").token, "a"))


def test_once_can_be_begun_one_time_only() -> None:
    case = Driver(around(ad_hoc("box", user("a", once="true"), user("b")))).start().begin("box", "a")
    assert case.offered("box") == [("b", 0, True)]
    with pytest.raises(NotPossible, match="offers: b"):
        case.begin("box", "a")
    assert case.complete("a").paths == ["box"]


def test_it_is_done_when_everything_that_can_be_done_once_has_been() -> None:
    case = Driver(around(ad_hoc("box", user("a", once="true"), user("b", once="true")))).start()
    assert case.begin("box", "a").complete("a").begin("box", "b").paths == ["b", "box"]
    assert case.complete("b").paths == ["z"]


def test_nothing_left_to_begin_and_a_condition_that_does_not_hold_is_an_incident() -> None:
    case = Driver(around(ad_hoc("box", user("a", once="true"), until="x > 0"))).start(x=0).begin("box", "a").complete("a")
    assert (case.incident("box").kind, case.paths) == ("nothing-left", ["box"])
    assert case.retry("box").incident("box").kind == "nothing-left"
    case.correct(x=1).retry("box")
    assert (case.paths, case.incidents) == (["z"], {})


def test_a_join_that_nothing_can_reach_any_more_is_a_deadlock_that_a_person_can_end() -> None:
    inside = (user("a", once="true"), xor("g", "g-j"), both("j"), user("c"), "a > g > j > c", "g > [x > 0] k > j", user("k"))
    case = Driver(around(ad_hoc("box", *inside))).start(x=0).begin("box", "a").complete("a")
    assert case.incident("box").kind == "deadlock"
    case.complete("box")
    assert (case.paths, case.incidents) == (["z"], {})


def test_history_tells_what_was_chosen() -> None:
    case = Driver(around(ad_hoc("box", user("a", nameEn="A talk")))).start().begin("box", "a")
    assert case.told(EventType.ACTIVITY_BEGUN) == ["a"]
    told = next(payload for type_, _, payload in case.payloads if type_ == EventType.ACTIVITY_BEGUN)
    assert told == {"process": "p", "name": "A", "nameEn": "A talk", "kind": "userTask"}


def test_cancelling_the_case_withdraws_it() -> None:
    case = Driver(around(ad_hoc("box", user("a"), local=("got",)))).start().begin("box", "a").cancel()
    assert case.status == "cancelled"
