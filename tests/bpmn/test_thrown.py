"""What events throw: messages, signals, escalations, links. What waits for a condition."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.handlers import MessageSend, SignalThrow
from engine.history import EventType
from tests.bpmn.diagrams import (
    both,
    boundary,
    call,
    catch,
    conditional,
    end,
    error_end,
    escalation,
    extension,
    handler,
    in_sequence,
    link,
    loop,
    process,
    puts,
    race,
    read,
    script,
    send,
    signal,
    start,
    sub,
    tag,
    throw,
    timer,
    user,
    xor,
)  # fmt: skip
from tests.bpmn.driver import Driver
from tests.bpmn.test_refusals import findings_of, refused


def one(*parts: str, called: tuple[str, ...] = ()) -> Driver:
    more = [process(*called, key="called")] if called else []
    return Driver(process(start(), *parts), *more)


# messages


@pytest.mark.parametrize(
    "host",
    [
        throw("a", send("keyed", text="key", x="x + 1")),
        tag("sendTask", "a", extension(puts("input", text="key", x="x + 1")), messageRef="keyed"),
    ],
)
def test_a_message_is_sent_with_its_key_and_payload(host: str) -> None:
    case = one(host, user("z"), end(), "s > a > z > e").start(key="k", x=1)
    assert case.effects == [MessageSend("keyed", {"key": "k"}, {"text": "k", "x": Decimal(2)})]
    assert case.paths == ["z"]


def test_an_end_sends_too_and_says_its_own_key() -> None:
    own = end("e", send()).replace("<endEvent ", '<endEvent stegvis:correlation="= {other: x}" ')
    case = one(user("a"), own, "s > a > e").start(x=7).complete("a")
    assert (case.effects, case.status) == ([MessageSend("ping", {"other": Decimal(7)}, {})], "completed")


@pytest.mark.parametrize("own", ["= x", "= who + 1"])
def test_a_message_without_a_key_is_an_incident_and_is_not_sent(own: str) -> None:
    host = throw("a", send()).replace("<intermediateThrowEvent ", f'<intermediateThrowEvent stegvis:correlation="{own}" ')
    case = one(host, user("z"), end(), "s > a > z > e").start(x=1)
    assert (case.incident("a").kind, case.effects, case.paths) == ("expression-failed", [], [])


def test_a_plain_throwing_event_lets_the_token_pass() -> None:
    assert one(throw("a"), user("z"), end(), "s > a > z > e").start().paths == ["z"]


def test_a_send_task_in_a_loop_sends_each_time() -> None:
    host = tag("sendTask", "a", extension(puts("input", x="item")) + in_sequence(loop("list", "item")), messageRef="m")
    case = one(host, end(), "s > a > e").start(list=[1, 2])
    assert [effect.payload["x"] for effect in case.effects if isinstance(effect, MessageSend)] == [1, 2]


# signals

LISTEN = (
    both("f"), catch("si", signal()), user("u"), catch("other", signal("si2")), user("v"), user("a"), throw("th", signal()),
    user("z"), end(), "s > f > si > u > e", "f > other > v > e", "f > a > th > z > e",
)  # fmt: skip


def test_a_signal_reaches_what_waits_in_the_case_and_asks_for_the_other_cases() -> None:
    case = one(*LISTEN).start()
    assert case.waiting == ["a", "other", "si"]
    case.complete("a")
    assert (case.paths, case.effects) == (["u", "z"], [SignalThrow("alarm")])
    assert case.told(EventType.SIGNAL_RECEIVED) == ["si"]


def test_a_signal_that_nobody_waited_for_is_gone() -> None:
    case = one(throw("th", signal()), catch("si", signal()), user("u"), end(), "s > th > si > u > e").start()
    assert case.waiting == ["si"]
    assert case.trigger("si").paths == ["u"]


@pytest.mark.parametrize("interrupting", [True, False])
def test_a_signal_on_the_border(interrupting: bool) -> None:
    border = boundary("b", "u", signal(), interrupting=interrupting)
    parts = (both("f"), user("u"), border, user("w"), user("a"), throw("th", signal()), throw("th2", signal()), end())
    case = one(*parts, "s > f > u > e", "b > w > e", "f > a > th > th2 > e").start().complete("a")
    assert case.paths == (["w"] if interrupting else ["u", "w", "w"])


def test_a_signal_reaches_rounds_and_calls() -> None:
    called = (start(), catch("si", signal()), end(), "s > si > e")
    each = call("c", "called", loop=loop("list"))
    parts = (both("f"), each, user("y"), user("a"), end("e", signal()), end("e2"))
    case = one(*parts, "s > f > c > y > e2", "f > a > e", called=called).start(list=[1, 2])
    assert case.waiting == ["a", "c.si", "c.si"]
    assert case.complete("a").paths == ["y"]


def test_a_signal_thrown_by_a_step_that_fails_reaches_nobody() -> None:
    broken = throw("th", signal())
    parts = (both("f"), catch("si", signal()), user("u"), user("a"), broken, xor("x"), end(), "s > f > si > u > e")
    case = one(*parts, "f > a > th > x > [y] e", "x > [y] u").start().complete("a")
    assert case.incident("x").kind == "expression-failed"
    assert case.paths == ["u"], "the throwing event itself was done"


# escalations


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_escalation_is_caught_by_the_activity_around(interrupting: bool) -> None:
    inner = sub("sp", start("is"), throw("th", escalation()), user("u"), end("ie"), "is > th > u > ie")
    border = boundary("b", "sp", escalation(), interrupting=interrupting)
    case = one(inner, border, user("w"), user("z"), end(), "s > sp > z > e", "b > w > e").start()
    assert case.paths == (["w"] if interrupting else ["u", "w"])
    assert case.told(EventType.ESCALATION_THROWN) == ["th"]


def test_an_escalation_that_nobody_catches_goes_by() -> None:
    inner = sub("sp", start("is"), throw("th", escalation()), user("u"), end("ie"), "is > th > u > ie")
    other = boundary("b", "sp", escalation("es2"))
    case = one(inner, other, user("z"), end(), "s > sp > z > e", "b > e").start()
    assert case.paths == ["u"]
    assert case.complete("u").paths == ["z"]


def test_an_escalation_crosses_calls_and_the_code_goes_before_the_catch_all() -> None:
    called = (start(), end("e", escalation()), "s > e")
    border_any = boundary("any", "c", escalation(""), interrupting=False)
    border = boundary("late", "c", escalation(), interrupting=False)
    parts = (user("w"), user("v"), user("z"), end(), "s > c > z > e", "late > w > e", "any > v > e")
    case = one(call("c", "called"), border_any, border, *parts, called=called).start()
    assert case.paths == ["w", "z"]


def test_an_end_with_an_escalation_ends_its_token_only() -> None:
    inner = sub("sp", start("is"), both("f"), end("ie", escalation()), user("u"), end("ie2"), "is > f > ie", "f > u > ie2")
    case = one(inner, user("z"), end(), "s > sp > z > e").start()
    assert case.paths == ["u"]


# links


def test_a_link_goes_on_at_its_other_end() -> None:
    parts = (user("a"), throw("l1", link("on")), throw("l2", link("on")), catch("l", link("on")), user("z"), xor("x", "x-l2"))
    case = one(*parts, end(), "s > a > x > [x > 1] l1", "x > l2", "l > z > e").start(x=2).complete("a")
    assert case.paths == ["z"]


def test_a_join_sees_through_a_link() -> None:
    parts = (
        both("f"),
        user("a"),
        user("b"),
        throw("l1", link("on")),
        catch("l", link("on")),
        tag("inclusiveGateway", "j"),
        user("z"),
    )
    case = one(*parts, end(), "s > f > a > l1", "l > j > z > e", "f > b > j").start().complete("b")
    assert case.paths == ["a"]
    assert case.complete("a").paths == ["z"]


@pytest.mark.parametrize(
    "parts",
    [
        (throw("l1", link("on")), "s > l1"),
        (throw("l1", link("on")), catch("l", link("off")), end(), "s > l1", "l > e"),
        (throw("l1", link("on")), catch("l", link("on")), catch("k", link("on")), end(), "s > l1", "l > e", "k > e"),
        (throw("l1", link("on")), catch("l", link("on")), end(), "s > l1 > e", "l > e"),
        (throw("l1", link("on")), catch("l", link("on")), end(), "s > l1", "s > l > e"),
        (
            throw("l1", link("on")),
            sub("sp", start("is"), catch("l", link("on")), end("ie"), "is > ie", "l > ie"),
            "s > l1",
            "s > sp",
        ),
    ],
)
def test_half_a_link_is_refused(parts: tuple[str, ...]) -> None:
    assert "bad-link" in [rule for rule, _ in refused(start(), *parts)]


# conditions


def test_a_condition_is_waited_for_until_data_make_it_true() -> None:
    parts = (both("f"), catch("c", conditional("x > 5")), user("z"), user("a"), end(), "s > f > c > z > e", "f > a > e")
    case = one(*parts).start(x=1)
    assert case.waiting == ["a", "c"]
    assert case.correct(x=5).waiting == ["a", "c"]
    assert case.complete("a", x=6).paths == ["z"]
    assert case.told(EventType.CONDITION_MET) == ["c"]
    assert one(*parts).start(x=9).paths == ["a", "z"], "it may hold already"


def test_a_condition_on_the_border_happens_each_time_it_becomes_true() -> None:
    border = boundary("b", "a", conditional("x > 5"), interrupting=False)
    case = one(user("a"), border, user("w"), end(), "s > a > e", "b > w > e").start(x=1)
    assert case.correct(x=6).paths == ["a", "w"]
    assert case.correct(x=7).paths == ["a", "w"], "it was true already"
    assert case.correct(x=1).correct(x=9).paths == ["a", "w", "w"]


def test_a_condition_interrupts() -> None:
    border = boundary("b", "a", conditional("x > 5"))
    case = one(user("a"), border, user("w"), end(), "s > a > e", "b > w > e")
    assert case.start(x=1).correct(x=6).paths == ["w"]
    again = one(user("a"), border, user("w"), end(), "s > a > e", "b > w > e")
    assert again.start(x=6).paths == ["w"]


def test_one_condition_may_make_another_true() -> None:
    parts = (
        both("f"),
        catch("c", conditional("x = 1")),
        script("w", "{y: 1}"),
        catch("d", conditional("y = 1")),
        user("z"),
        user("a"),
    )
    case = one(*parts, end(), "s > f > c > w > e", "f > d > z > e", "f > a > e").start(x=0, y=0).complete("a", x=1)
    assert case.paths == ["z"]


def test_a_condition_that_fails_is_an_incident_until_data_make_it_decidable() -> None:
    case = one(catch("c", conditional("who > 5")), user("z"), end(), "s > c > z > e").start(who="text")
    assert case.incident("c").kind == "expression-failed"
    case.correct(who=None).correct(who="other")
    assert (case.waiting, case.told(EventType.INCIDENT_RETRIED)) == (["c"], []), "nobody has tried it again"
    case.correct(who=1)
    assert (case.waiting, case.incidents, case.told(EventType.INCIDENT_RESOLVED)) == (["c"], {}, ["c"])
    assert case.correct(who=9).paths == ["z"]


def test_a_condition_that_fails_on_a_border_or_in_an_event_sub_process_heals_too() -> None:
    border = boundary("b", "a", conditional("who > 5"))
    case = one(user("a"), border, user("w"), end(), "s > a > e", "b > w > e").start(who="text")
    assert case.incident("b").kind == "expression-failed"
    assert case.correct(who=9).paths == ["w"]
    assert case.incidents == {}
    heard = handler("h", conditional("who > 5"), user("x"), end("he"), "h-s > x > he", interrupting=False)
    case = one(user("a"), end(), heard, "s > a > e").start(who="text")
    assert case.incident("h-s").kind == "expression-failed"
    assert case.correct(who=9).paths == ["a", "x"]
    assert case.incidents == {}


def test_a_race_in_which_a_condition_fails_is_won_when_data_make_it_true() -> None:
    parts = (start(), race("r"), catch("c", conditional("who > 5")), catch("t", timer("timeDuration", "P1D")))
    case = Driver(process(*parts, user("y"), user("z"), end(), "s > r > c > y > e", "r > t > z > e")).start(who="text")
    assert case.incident("c").kind == "expression-failed"
    assert case.correct(who=9).paths == ["y"]
    assert (case.incidents, case.waiting) == ({}, ["y"])


def test_a_condition_that_nobody_could_decide_is_tried_again_by_hand_too() -> None:
    case = one(catch("c", conditional("who > 5")), user("z"), end(), "s > c > z > e").start(who="text").retry("c")
    assert case.told(EventType.INCIDENT_RETRIED) == ["c"]


def test_a_condition_needs_data_that_exist() -> None:
    parts = (start(), catch("c", conditional("gone > 1")), end(), "s > c > e")
    assert [finding.rule for finding in findings_of(*parts)] == ["unknown-name"]


@pytest.mark.parametrize(
    ("event", "rule"),
    [
        ("<conditionalEventDefinition/>", "no-condition"),
        ('<signalEventDefinition signalRef="gone"/>', "no-signal"),
    ],
)
def test_a_trigger_that_says_nothing_is_refused(event: str, rule: str) -> None:
    _, findings = read(start(), catch("c", event), end(), "s > c > e")
    assert [finding.rule for finding in findings] == [rule]


def test_an_escalation_that_is_not_declared_is_refused() -> None:
    _, findings = read(start(), throw("c", escalation("gone")), end(), "s > c > e")
    assert [finding.rule for finding in findings] == ["no-escalation"]


def test_nothing_inside_a_task_escalates() -> None:
    parts = (start(), tag("task", "a"), boundary("b", "a", escalation()), end(), "s > a > e", "b > e")
    assert refused(*parts) == [("error-boundary", "b")]


def test_a_signal_that_an_error_ends_has_been_thrown_all_the_same() -> None:
    inner = sub("sp", start("is"), throw("th", signal()), error_end("bad"), "is > th > bad")
    case = one(
        inner, boundary("b", "sp", '<errorEventDefinition errorRef="er"/>'), user("w"), end(), "s > sp > e", "b > w > e"
    ).start()
    assert (case.paths, case.effects) == (["w"], [SignalThrow("alarm")])
