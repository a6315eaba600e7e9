"""What can be seen to go wrong before any case runs: joins that wait for ever, things done twice, rounds without an end."""

from __future__ import annotations

import pytest

from engine.bpmn import Surroundings, check_process
from engine.bpmn import soundness as game
from engine.finding import Finding
from tests.bpmn.diagrams import (
    ad_hoc,
    both,
    boundary,
    call,
    catch,
    end,
    handler,
    link,
    manual,
    message,
    names,
    race,
    read,
    script,
    send,
    some,
    start,
    sub,
    tag,
    task,
    terminate,
    throw,
    timer,
    undone,
    xor,
)

BOTH = ("s > f", "f > a > j", "f > b > j", "j > e")
CHOICE = ("s > f", "f > [x = 1] a > j", "f > b > j > e")
AB = manual("a") + manual("b")


def findings_of(*parts: str) -> list[Finding]:
    model, findings = read(*parts)
    around = Surroundings(names("x"), calls={"q": frozenset()})
    return findings + check_process(model, "p", around, file="process.bpmn")


def told(*parts: str) -> list[tuple[str, str]]:
    return [(finding.rule, finding.element) for finding in findings_of(*parts)]


def waiting(kind: str) -> str:
    return boundary("late", "a", timer("timeDuration", "P1D"), interrupting=kind == "interrupting")


SOUND = {
    "parallel": (start(), both("f"), AB, both("j"), end(), *BOTH),
    "inclusive": (start(), some("f", "f-b"), AB, some("j"), end(), *CHOICE),
    "exclusive": (start(), xor("f", "f-b"), AB, xor("j"), end(), *CHOICE),
    "a round": (start(), xor("j"), manual("a"), xor("f", "f-e"), end(), "s > j > a > f > [x = 1] j", "f > e"),
    "two ends": (start(), both("f"), AB, end(), "s > f > a > e", "f > b > e"),
    "two at a plain end behind a gateway": (start(), both("f"), AB, xor("j"), end(), *BOTH),
    "a reminder": (start(), manual("a"), waiting("beside"), manual("b"), end(), "s > a > e", "late > b > e"),
    "a reminder in a round": (
        start(), xor("j"), manual("a"), waiting("beside"), manual("b"), xor("f", "f-e"), end(),
        "s > j > a > f > [x = 1] j", "f > e", "late > b",
    ),
    "an inclusive join for what an event does beside": (
        start(), AB, waiting("beside"), some("j"), manual("c"), end(), "s > a > j > c > e", "late > b > j",
    ),
    "a race": (
        start(), race("f"), catch("a", message()), catch("b", timer("timeDuration", "P1D")), xor("j"), manual("c"), end(),
        "s > f > a > j > c > e", "f > b > j",
    ),
    "a link": (start(), throw("a", link("l")), catch("b", link("l")), manual("c"), end(), "s > a", "b > c > e"),
    "terminate": (
        start(), both("f"), xor("j"), AB, terminate(), "s > f > j > a > j", "f > b > t",
    ),
    "undoing": (start(), manual("a"), undone("a", "u"), manual("u", isForCompensation="true"), end(), "s > a > e"),
    "ad hoc": (start(), ad_hoc("h", AB, both("j"), manual("c"), "a > j", "b > j > c"), end(), "s > h > e"),
    "a round that an event ends": (
        start(), sub("h", start("hs"), xor("j"), manual("a"), "hs > j > a > j"), boundary("late", "h", message()), end(),
        "s > h > e", "late > e",
    ),
    "a round that an event sub-process ends": (
        start(), xor("j"), manual("a"), handler("h", message(), end("he"), "h-s > he"), "s > j > a > j",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_said_of_what_is_sound(name: str) -> None:
    assert [(rule, id_) for rule, id_ in told(*SOUND[name]) if rule not in ("bpmn-xsd", "no-form")] == []


def test_a_choice_into_a_parallel_join_waits_for_ever_in_every_run() -> None:
    (found,) = findings_of(start(), xor("f", "f-b"), AB, both("j"), end(), *CHOICE)
    assert (found.rule, found.element, found.is_error) == ("deadlock", "j", True)
    assert "`b-j`" in found.message or "`a-j`" in found.message
    assert "“f?”" in found.message


def test_a_join_that_a_choice_leaves_out_can_wait_for_ever() -> None:
    (found,) = findings_of(
        start(), both("f"), manual("a"), xor("c", "c-j"), manual("b"), both("j"), end(), end("e2"),
        "s > f > a > j", "f > c > j", "c > [x = 1] b > e2", "j > e",
    )  # fmt: skip
    assert (found.rule, found.element, found.is_error) == ("deadlock-possible", "j", False)
    assert found.message == "It can wait for ever for a token on `c-j`: “c?” can go another way."
    assert str(found.told()["message_sv"]).startswith("Den kan bli väntande för alltid")


def test_an_event_that_interrupts_can_leave_a_join_waiting() -> None:
    (found,) = findings_of(
        start(), both("f"), manual("a"), waiting("interrupting"), manual("b"), both("j"), end(), *BOTH, "late > e"
    )
    assert (found.rule, found.element) == ("deadlock-possible", "j")
    assert "“late”" in found.message


def test_an_inclusive_split_can_leave_a_parallel_join_waiting() -> None:
    parts = (
        start(),
        some("f", "f-b"),
        manual("a"),
        manual("b"),
        both("j"),
        end(),
        "s > f",
        "f > [x = 1] a > j",
        "f > b > j > e",
    )
    assert told(*parts) == [("deadlock", "j")]
    parts = (
        start(),
        some("f"),
        manual("a"),
        manual("b"),
        both("j"),
        end(),
        "s > f",
        "f > [x = 1] a > j",
        "f > [x != 1] b > j > e",
    )
    assert told(*parts) == [("deadlock-possible", "j")]


def test_a_way_back_into_a_parallel_join_waits_for_ever() -> None:
    parts = (start(), both("j"), manual("a"), xor("f", "f-e"), end(), "s > j > a > f > [x = 1] j", "f > e")
    assert told(*parts) == [("deadlock", "j")]


def test_a_join_of_two_beginnings_waits_for_ever() -> None:
    parts = (start(), start("s2", message()), AB, both("j"), end(), "s > a > j", "s2 > b > j > e")
    assert told(*parts) == [("deadlock", "j")]


def test_what_is_inside_a_sub_process_is_played_too() -> None:
    inner = sub("h", start("hs"), xor("f", "f-b"), AB, both("j"), end("he"), "hs > f > [x = 1] a > j", "f > b > j > he")
    assert told(start(), inner, end(), "s > h > e") == [("deadlock", "j")]
    saved = boundary("late", "h", timer("timeDuration", "P1D"))
    assert told(start(), inner, saved, end(), "s > h > e", "late > e") == [("deadlock-possible", "j")]


def test_only_the_first_of_two_joins_that_wait_is_told() -> None:
    parts = (
        start(), both("g"), manual("c"), both("k"), xor("f", "f-b"), AB, both("j"), end(),
        "s > g > c > k > e", "g > f", "f > [x = 1] a > j", "f > b > j > k",
    )  # fmt: skip
    assert told(*parts) == [("deadlock", "j")]


AD_HOC = (xor("x", "x-j"), both("j"), manual("c"), "a > x > j", "x > [x = 1] b > j > c")


def in_ad_hoc(*parts: str) -> list[tuple[str, str]]:
    return told(start(), ad_hoc("h", *parts), end(), "s > h > e")


def test_in_an_ad_hoc_sub_process_a_join_waits_where_nothing_can_be_begun_for_it() -> None:
    once = manual("a", once="true")
    assert in_ad_hoc(once, manual("b"), *AD_HOC) == [("deadlock-possible", "j")]
    assert in_ad_hoc(manual("a"), manual("b"), *AD_HOC) == []
    assert in_ad_hoc(once, manual("b"), manual("d"), *AD_HOC, "d > b") == []


def test_in_an_ad_hoc_sub_process_what_one_activity_sets_off_is_done_twice() -> None:
    assert in_ad_hoc(manual("a"), both("f"), manual("b"), "a > f > b", "f > b2 > b", manual("b2")) == [
        ("not-synchronised", "b")
    ]


def test_a_gateway_that_joins_and_splits_is_told_to_be_two() -> None:
    parts = (start(), both("g"), AB, xor("x", "x-e"), end(), "s > g > a > x", "g > b > e", "x > [x = 1] g", "x > e")
    (found,) = (one for one in findings_of(*parts) if one.rule == "deadlock")
    assert found.remedy.startswith("It joins before it splits")


def test_inclusive_joins_that_wait_for_each_other_are_told() -> None:
    parts = (
        start(), both("f"), some("j"), some("k"), AB, xor("c", "c-e"), xor("d", "d-e"), end(),
        "s > f > j > a > c > e", "f > k > b > d > e", "c > [x = 1] k", "d > [x = 1] j",
    )  # fmt: skip
    assert ("deadlock", "j") in told(*parts)


@pytest.mark.parametrize(
    "twice",
    [manual("c"), task("c"), script("c", "{x: 1}"), call("c", "q"), catch("c", message()), throw("c", send())],
)
def test_what_two_tokens_come_to_is_done_twice(twice: str) -> None:
    (found,) = findings_of(start(), both("f"), AB, xor("j"), twice, end(), "s > f > a > j > c > e", "f > b > j")
    assert (found.rule, found.element, found.is_error) == ("not-synchronised", "c", False)
    assert "“f”" in found.message


def test_an_end_that_says_something_is_done_twice_too() -> None:
    parts = (start(), both("f"), AB, end("e", send()), "s > f > a > e", "f > b > e")
    assert told(*parts) == [("not-synchronised", "e")]


def test_an_event_beside_that_goes_where_its_activity_goes_is_told() -> None:
    (found,) = findings_of(start(), manual("a"), waiting("beside"), manual("b"), end(), "s > a > b > e", "late > b")
    assert (found.rule, found.element) == ("not-synchronised", "b")
    assert "“late”" in found.message


def test_only_where_the_tokens_meet_is_told() -> None:
    parts = (
        start(),
        both("f"),
        manual("a"),
        manual("b"),
        manual("c"),
        manual("d"),
        end(),
        "s > f > a > c > d > e",
        "f > b > c",
    )
    assert told(*parts) == [("not-synchronised", "c")]


def test_a_game_that_would_be_too_long_says_nothing_of_what_it_has_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = (
        start(),
        xor("f", "f-b"),
        manual("a"),
        manual("b"),
        both("j"),
        end(),
        "s > f",
        "f > [x = 1] a > j",
        "f > b > j > e",
    )
    monkeypatch.setattr(game, "MOST_MOVES", 0)
    assert told(*parts) == []


def test_a_game_of_many_branches_ends() -> None:
    many = [f"m{number}" for number in range(30)]
    parts = [start(), both("f"), both("j"), end(), "s > f", "j > e"]
    for id_ in many:
        parts += [manual(id_), xor(f"x{id_}"), f"f > {id_} > x{id_} > j"]
    assert told(*parts) == []


def test_of_a_scope_with_a_complex_join_nothing_is_said() -> None:
    two = "<activationCondition>= activationCount &gt;= 1</activationCondition>"
    joined = tag("complexGateway", "j", two, default="j-e")
    assert told(start(), xor("f", "f-b"), AB, joined, end(), *CHOICE) == []


def test_a_round_without_a_way_out_is_told_once() -> None:
    parts = (start(), xor("j"), AB, "s > j > a > b > j")
    assert told(*parts) == [("no-end", "j")]


def test_a_round_inside_a_sub_process_is_told() -> None:
    inner = sub("h", start("hs"), xor("j"), manual("a"), "hs > j > a > j")
    assert told(start(), inner, end(), "s > h > e") == [("no-end", "j")]


@pytest.mark.parametrize("passes", [task("a"), script("a", "{x: 1}")])
def test_an_event_beside_what_passes_at_once_never_happens(passes: str) -> None:
    assert told(start(), passes, waiting("interrupting"), end(), "s > a > e", "late > e") == [("never-happens", "late")]


@pytest.mark.parametrize(
    "parts",
    [
        (start(), manual("a"), end(), "s > a > e", manual("b"), waiting("beside").replace('"a"', '"b"'), "late > e"),
        (start(), manual("a"), end(), "s > a > e", throw("b", link("l")), catch("c", link("l")), "c > e"),
        (start(), manual("a"), end(), "s > a > e", xor("b"), "b > e"),
    ],
)
def test_what_stands_beside_all_ways_is_unreachable(parts: tuple[str, ...]) -> None:
    assert ("unreachable", "b") in told(*parts)


def test_a_cycle_of_no_rounds_is_refused() -> None:
    reminding = boundary("late", "a", timer("timeCycle", "R0/P1D"), interrupting=False)
    assert told(start(), manual("a"), reminding, end(), "s > a > e", "late > e") == [("bad-time", "late")]
