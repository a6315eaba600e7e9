"""Ad-hoc sub-processes: people choose what is done in them, in which order and how often."""

from __future__ import annotations

import pytest

from engine import bpmn
from engine.bpmn.loaded import LoadedProcess
from engine.errors import NotPossible
from engine.history import EventType
from tests.bpmn.diagrams import (
    ad_hoc,
    both,
    boundary,
    call,
    catch,
    end,
    error,
    error_end,
    in_sequence,
    loop,
    manual,
    message,
    process,
    race,
    script,
    some,
    standard_loop,
    start,
    sub,
    tag,
    throw,
    timer,
    undo,
    undone,
    user,
    xor,
)
from tests.bpmn.driver import Driver
from tests.bpmn.test_refusals import findings_of, refused

WAY = "s > box > z > e"


def around(*boxes: str) -> LoadedProcess:
    return process(start(), *boxes, user("z"), end(), WAY)


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


def test_a_boundary_event_interrupts_it_with_all_inside() -> None:
    box = ad_hoc("box", user("a"), sub("u", start("is"), user("b"), end("ie"), "is > b > ie"))
    parts = (start(), box, boundary("stop", "box", message()), user("y"), end(), "s > box > e", "stop > y > e")
    case = Driver(process(*parts)).start().begin("box", "a").begin("box", "u").trigger("stop")
    assert (case.paths, case.waiting) == (["y"], ["y"])


def test_a_boundary_event_beside_it_does_not_disturb_it() -> None:
    more = boundary("more", "box", message(), interrupting=False)
    parts = (start(), ad_hoc("box", user("a")), more, user("y"), end(), "s > box > e", "more > y > e")
    case = Driver(process(*parts)).start().trigger("more").begin("box", "a").trigger("more")
    assert case.paths == ["a", "box", "y", "y"]


def test_an_activity_inside_can_be_interrupted_and_its_way_goes_on() -> None:
    inside = (user("a"), boundary("late", "a", timer("timeDuration", "P1D")), user("b"), "late > b")
    case = Driver(around(ad_hoc("box", *inside, until="true"))).start().begin("box", "a").trigger("late")
    assert case.paths == ["b", "box"], "what is interrupted has not been done"
    assert case.complete("b").paths == ["z"]


def test_an_error_inside_leaves_it_by_its_boundary_event() -> None:
    failing = sub("u", start("is"), error_end(), "is > bad")
    parts = (start(), ad_hoc("box", failing, user("a")), boundary("caught", "box", error()), user("y"), end())
    case = Driver(process(*parts, "s > box > e", "caught > y > e")).start().begin("box", "a").begin("box", "u")
    assert case.paths == ["y"]


def test_one_lies_inside_another() -> None:
    inner = ad_hoc("inner", user("a"), user("b"), until="x > 0")
    case = Driver(around(ad_hoc("box", inner, user("c")))).start(x=0).begin("box", "inner")
    assert case.paths == ["box", "inner"]
    assert case.begin("inner", "a").begin("box", "c").begin("box", "inner").paths == ["a", "box", "c", "inner", "inner"]
    assert case.complete("a", x=1).paths == ["box", "c", "inner"]
    assert case.complete("box").paths == ["z"]


def test_it_is_begun_anew_in_each_round_of_a_loop_in_the_diagram() -> None:
    box = ad_hoc("box", user("a", once="true"), user("b"))
    case = Driver(process(start(), xor("m"), box, xor("x", "x-e"), end(), "s > m > box > x > e", "x > [x > 0] m")).start(x=1)
    for _ in range(3):
        case.begin("box", "a").complete("a").complete("box")
    assert case.offered("box") == [("a", 0, True), ("b", 0, True)]
    assert case.begin("box", "b").complete("b", x=0).complete("box").status == "completed"


@pytest.mark.parametrize("is_sequential", [False, True])
def test_rounds_of_a_multi_instance_have_choices_of_their_own(is_sequential: bool) -> None:
    rounds = loop("list", "item", "total", "got", local=("got",))
    box = ad_hoc("box", user("a"), until="got = item", loop=in_sequence(rounds) if is_sequential else rounds)
    case = Driver(around(box)).start(list=[1, 2])
    assert case.paths == ["box"] * (1 if is_sequential else 2)
    case.begin("box", "a", 1).complete("a", got=1)
    assert case.task("box").loop_counter == 2
    assert case.begin("box", "a", 2).complete("a", got=1).paths == ["box"]
    assert case.begin("box", "a", 2).complete("a", got=2).paths == ["z"]
    assert case.values["total"] == [1, 2]


def test_an_activity_in_it_may_have_rounds_and_is_done_when_they_are() -> None:
    inside = user("a", loop("list", "item"))
    case = Driver(around(ad_hoc("box", inside, until="true", ordering="Sequential"))).start(list=[1, 2]).begin("box", "a")
    assert case.complete("a").paths == ["a", "box"]
    assert case.complete("a").paths == ["z"]


def test_it_may_stand_in_a_standard_loop() -> None:
    case = Driver(around(ad_hoc("box", user("a"), loop=standard_loop("x > 0")))).start(x=1)
    case.begin("box", "a").complete("a").complete("box")
    assert case.paths == ["box"]
    assert case.begin("box", "a").complete("a", x=0).complete("box").paths == ["z"]


def test_it_may_stand_in_a_called_process_and_its_tasks_have_the_calls_path() -> None:
    called = process(start(), ad_hoc("box", user("a")), end(), "s > box > e", key="q")
    case = Driver(process(start(), call("c", "q"), end(), "s > c > e"), called).start()
    assert case.paths == ["c.box"]
    assert case.offered("c.box") == [("c.a", 0, True)]
    assert case.begin("c.box", "a").complete("c.a").complete("c.box").status == "completed"


def test_an_inclusive_join_after_it_waits_until_it_has_ended() -> None:
    parts = (start(), some("f"), ad_hoc("box", user("a")), user("b"), some("j"), user("z"), end())
    case = Driver(process(*parts, "s > f > [true] box > j > z > e", "f > [true] b > j")).start().complete("b")
    assert case.paths == ["box"]
    assert case.complete("box").paths == ["z"]


def test_the_conditions_on_its_ways_out_are_asked_when_it_ends_and_may_fail() -> None:
    parts = (
        start(),
        ad_hoc("box", user("a"), until="true", default="box-e"),
        user("z"),
        end(),
        "s > box > [x] z > e",
        "box > e",
    )
    case = Driver(process(*parts)).start().begin("box", "a").complete("a")
    assert (case.incident("box").kind, case.paths) == ("expression-failed", [])
    assert case.correct(x=True).retry("box").paths == ["z"]


def test_a_receive_task_behind_an_event_gateway_is_done_as_any_other_activity() -> None:
    late = catch("late", timer("timeDuration", "P1D"))
    inside = (user("a"), race("g"), tag("receiveTask", "got", messageRef="m"), late, "a > g > got", "g > late")
    case = Driver(around(ad_hoc("box", *inside, until="x = 1"))).start(x=0).begin("box", "a").complete("a")
    assert case.correct(x="text").trigger("got").incident("got").kind == "expression-failed"
    assert case.correct(x=1).retry("got").paths == ["z"]


def undoing(box: str, more: str = "") -> LoadedProcess:
    return process(start(), box, more, user("z"), throw("th", undo()), end(), "s > box > z > th > e")


def test_what_was_done_in_it_is_undone_once_also_when_its_condition_failed_at_first() -> None:
    inside = (user("a"), undone("a", "una"), user("una", isForCompensation="true"))
    case = Driver(undoing(ad_hoc("box", *inside, until="x"))).start()
    assert case.offered("box") == [("a", 0, True)]
    case.begin("box", "a").complete("a", x=False).begin("box", "a").complete("a", x="text")
    assert case.incident("a").kind == "expression-failed"
    case.correct(x=True).retry("a").complete("z")
    assert case.complete("una").paths == ["una"]
    assert case.complete("una").status == "completed"


def test_it_may_be_undone_as_a_whole() -> None:
    more = undone("box", "unbox") + user("unbox", isForCompensation="true")
    case = (
        Driver(undoing(ad_hoc("box", user("a"), until="x > 0"), more)).start(x=1).begin("box", "a").complete("a").complete("z")
    )
    assert case.paths == ["unbox"]
    assert case.complete("unbox").status == "completed"


def test_what_is_being_undone_is_waited_for_when_it_says_so() -> None:
    inside = (user("a"), undone("a", "una"), user("una", isForCompensation="true"), throw("th", undo("a")), user("b"))
    way = (user("c"), "c > th > b")
    box = ad_hoc("box", *inside, *way, cancelRemainingInstances="false")
    case = Driver(around(box)).start().begin("box", "a").complete("a").begin("box", "c").complete("c")
    assert case.complete("box").paths == ["una"]
    assert case.complete("una").paths == ["z"]


def test_history_tells_what_was_chosen() -> None:
    case = Driver(around(ad_hoc("box", user("a", nameEn="A talk")))).start().begin("box", "a")
    assert case.told(EventType.ACTIVITY_BEGUN) == ["a"]
    told = next(payload for type_, _, payload in case.payloads if type_ == EventType.ACTIVITY_BEGUN)
    assert told == {"process": "p", "name": "A", "nameEn": "A talk", "kind": "userTask"}


def test_cancelling_the_case_withdraws_it() -> None:
    case = Driver(around(ad_hoc("box", user("a"), local=("got",)))).start().begin("box", "a").cancel()
    assert case.status == "cancelled"


def test_events_at_its_start_and_end_are_refused() -> None:
    inside = (start("is"), manual("a"), end("ie"), "is > a > ie", manual("b"))
    assert refused(start(), ad_hoc("box", *inside), end(), "s > box > e") == [("not-in-ad-hoc", "is"), ("not-in-ad-hoc", "ie")]


def test_one_in_which_nothing_can_be_begun_is_refused() -> None:
    assert refused(start(), ad_hoc("box"), end(), "s > box > e") == [("no-start", "box")]
    inside = (manual("a"), manual("b"), "a > b > a")
    assert refused(start(), ad_hoc("box", *inside), end(), "s > box > e") == [
        ("no-start", "box"),
        ("unreachable", "a"),
        ("unreachable", "b"),
    ]


def test_an_event_that_no_flow_leads_to_is_unreachable() -> None:
    inside = (manual("a"), catch("c", message()), manual("b"), "c > b")
    found = refused(start(), ad_hoc("box", *inside), end(), "s > box > e")
    assert found == [("unreachable", "c"), ("unreachable", "b")]


@pytest.mark.parametrize(
    "inside",
    [
        (manual("g"), manual("b"), manual("c"), "g > b", "g > c"),
        (manual("a"), both("g"), manual("b"), manual("c"), "a > g > b", "g > c"),
        (manual("a"), boundary("g", "a", message(), interrupting=False), manual("b"), "g > b"),
    ],
)
def test_several_ways_at_once_are_refused_where_one_thing_is_done_at_a_time(inside: tuple[str, ...]) -> None:
    assert refused(start(), ad_hoc("box", *inside, ordering="Sequential"), end(), "s > box > e") == [("not-in-ad-hoc", "g")]
    assert refused(start(), ad_hoc("box", *inside), end(), "s > box > e") == []


def test_one_that_nobody_may_choose_in_is_refused() -> None:
    assert refused(start(), ad_hoc("box", manual("a"), groups=""), end(), "s > box > e") == [("nobody", "box")]
    assert refused(start(), ad_hoc("box", manual("a"), groups="", assignee="ann"), end(), "s > box > e") == [("nobody", "box")]


def test_once_is_refused_where_nobody_chooses() -> None:
    assert refused(start(), manual("a", once="true"), end(), "s > a > e") == [("once-not-offered", "a")]
    inside = (manual("a"), manual("b", once="true"), "a > b")
    assert refused(start(), ad_hoc("box", *inside), end(), "s > box > e") == [("once-not-offered", "b")]


def test_what_it_says_of_itself_is_checked() -> None:
    said = ad_hoc("box", manual("a"), ordering="Any", cancelRemainingInstances="maybe", due="soon", until="nobody > 1")
    rules = [rule for rule, _ in refused(start(), said, end(), "s > box > e")]
    assert rules == ["bad-ordering", "bad-truth", "bad-time", "unknown-name"]


def test_a_condition_of_another_type_is_found() -> None:
    found = findings_of(start(), ad_hoc("box", manual("a"), until='"done"'), end(), "s > box > e")
    assert [finding.element for finding in found] == ["box"]
