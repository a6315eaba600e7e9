"""Several pools in one diagram, the message flows between them, and parties outside."""

from __future__ import annotations

import pytest

from engine.bpmn import read_pools
from engine.bpmn.compiler import compile_diagram
from engine.bpmn.model import MessageEvent, MessageThrow
from engine.finding import Finding
from engine.handlers import MessageSend
from engine.xml import read_xml
from tests.bpmn.diagrams import (
    DECLARED,
    boundary,
    catch,
    end,
    extension,
    message,
    message_flow,
    pool,
    pools,
    process,
    puts,
    send,
    start,
    tag,
    task,
    throw,
    timer,
    user,
)
from tests.bpmn.driver import Driver

ORDER = (start(), tag("sendTask", "ask", messageRef="keyed"), catch("answer", message("m")), end(), "s > ask > answer > e")
DELIVERY = (start("asked", message("keyed")), user("look"), throw("reply", send("m")), end("f"), "asked > look > reply > f")
BOTH = {"order": ORDER, "delivery": DELIVERY}
PARTICIPANTS = (pool("buyer", "order"), pool("seller", "delivery"))
TASK_DEFINED = "<messageEventDefinition/>"


def found(source: bytes) -> list[Finding]:
    _, findings = read_pools(source, file="process.bpmn")
    for finding in findings:
        assert finding.line == 1
        assert finding.message.endswith(".")
        assert finding.remedy.endswith(".")
    return [finding for finding in findings if finding.rule != "bpmn-xsd"]


def said(source: bytes) -> list[tuple[str, str]]:
    return [(finding.rule, finding.element) for finding in found(source)]


def test_two_pools_are_two_processes() -> None:
    flows = (message_flow("ask", "asked"), message_flow("reply", "answer"))
    models, findings = read_pools(pools(BOTH, *PARTICIPANTS, *flows), file="process.bpmn")
    assert findings == []
    assert list(models) == ["order", "delivery"]
    assert set(models["delivery"].nodes) == {"asked", "look", "reply", "f"}


def test_each_pool_has_the_groups_of_its_own_lanes() -> None:
    lanes = tag("laneSet", "ls", tag("lane", "la", "<flowNodeRef>look</flowNodeRef>", name="The Store"))
    looking = user("look").replace(' stegvis:groups="coach"', "")
    delivery = (lanes, start("asked", message("keyed")), looking, end("f"), "asked > look > f")
    models, _ = read_pools(pools({"order": ORDER, "delivery": delivery}, *PARTICIPANTS), file="process.bpmn")
    assert models["delivery"].nodes["look"].lane_group == "the-store"


def test_the_ends_get_the_message_that_only_the_flow_tells_or_the_other_end() -> None:
    asking = (start(), tag("sendTask", "ask"), catch("answer", message("m")), end(), "s > ask > answer > e")
    asked = (start("asked", TASK_DEFINED), user("look"), throw("reply", TASK_DEFINED), end("f"), "asked > look > reply > f")
    flows = (message_flow("ask", "asked", "keyed"), message_flow("reply", "answer"))
    models, findings = read_pools(pools({"order": asking, "delivery": asked}, *PARTICIPANTS, *flows), file="process.bpmn")
    assert findings == []
    throws = [models["order"].nodes["ask"].detail, models["delivery"].nodes["reply"].detail]
    assert [throw.name for throw in throws if isinstance(throw, MessageThrow)] == ["keyed", "ping"]
    begins = models["delivery"].nodes["asked"].detail
    assert isinstance(begins, MessageEvent)
    assert begins.name == "keyed"


def test_what_runs_holds_one_process_and_what_its_message_flows_say() -> None:
    asking = (start(), tag("sendTask", "ask"), end(), "s > ask > e")
    source = pools({"order": asking, "delivery": DELIVERY}, *PARTICIPANTS, pool("bank"), message_flow("ask", "bank", "keyed"))
    root, _ = read_xml(source, name="process.bpmn")
    assert root is not None
    compiled = compile_diagram(root, "order")
    assert "delivery" not in compiled
    assert "collaboration" not in compiled
    models, findings = read_pools(compiled.encode(), file="process.bpmn")
    assert findings == []
    assert models["order"].nodes["ask"].detail == MessageThrow("keyed", "{key: key}", (), "Bank")


# parties outside


def test_a_message_to_a_party_outside_needs_nobody_who_waits() -> None:
    declared = '<message id="m" name="invoice"/>'
    parts = (start(), tag("sendTask", "ask", extension(puts("input", sum="x")), messageRef="m"), end(), "s > ask > e")
    source = pools({"order": parts}, pool("buyer", "order"), pool("bank"), message_flow("ask", "bank"), declared=declared)
    models, findings = read_pools(source, file="process.bpmn")
    assert findings == []
    detail = models["order"].nodes["ask"].detail
    assert isinstance(detail, MessageThrow)
    assert (detail.participant, detail.correlation) == ("Bank", "{}")


def test_the_party_may_be_named_without_a_pool() -> None:
    sending = tag("sendTask", "ask", extension(puts("input", sum="x")), messageRef="keyed", participant="The bank")
    case = Driver(process(start(), sending, end(), "s > ask > e")).start(key="k", x=1)
    (sent,) = case.effects
    assert isinstance(sent, MessageSend)
    assert (sent.name, sent.participant, sent.key) == ("keyed", "The bank", {"key": "k"})


def test_a_party_outside_may_answer() -> None:
    flows = (message_flow("ask", "bank"), message_flow("bank", "answer"))
    assert said(pools({"order": ORDER}, pool("buyer", "order"), pool("bank"), *flows)) == []


def test_a_pool_in_which_nothing_is_drawn_is_a_party_outside() -> None:
    flows = (pool("bank", "nothing"), message_flow("ask", "bank"))
    assert said(pools({"order": ORDER, "nothing": ()}, pool("buyer", "order"), *flows)) == []


def test_what_people_say_to_a_party_outside_is_a_drawing() -> None:
    parts = (start(), user("call"), end(), "s > call > e")
    flows = (pool("buyer", "order"), pool("bank"), message_flow("call", "bank"), message_flow("bank", "call"))
    findings = found(pools({"order": parts}, *flows))
    assert [(finding.rule, finding.is_error) for finding in findings] == [("message-flow-drawn", False)] * 2


# what is refused


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        (message_flow("ask", "nowhere"), "message-flow"),
        (message_flow("ask", "answer"), "message-flow"),
        (message_flow("ask", "seller"), "message-flow"),
        (message_flow("buyer", "asked"), "message-flow"),
        (message_flow("ask", "look"), "message-flow"),
        (message_flow("s", "asked"), "message-flow"),
        (message_flow("ask", "asked", "m"), "message-names"),
        (message_flow("reply", "late"), "message-names"),
        (message_flow("e", "bank"), "message-flow"),
    ],
)
def test_a_message_flow_that_is_not_what_it_looks_like_is_refused(flow: str, expected: str) -> None:
    order = (*ORDER, boundary("late", "ask", message("keyed")), end("g"), "late > g")
    source = pools({"order": order, "delivery": DELIVERY}, *PARTICIPANTS, pool("bank"), flow)
    assert [rule for rule, _ in said(source)] == [expected]


TWO = '<messageEventDefinition id="one" messageRef="m"/><messageEventDefinition id="two" messageRef="keyed"/>'


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        (message_flow("reply", "several"), []),
        (message_flow("ask", "several"), []),
        (message_flow("ask", "several", "m"), ["message-names"]),
        (message_flow("ask", "neither"), ["message-names"]),
        (message_flow("third", "several"), ["message-names"]),
    ],
)
def test_an_event_with_several_messages_has_the_one_that_the_other_end_speaks_of(flow: str, expected: list[str]) -> None:
    neither = TWO.replace("keyed", "x")
    order = (
        *(start(), tag("sendTask", "ask", messageRef="keyed"), throw("third", send("x")), throw("reply", send("m")), end()),
        "s > ask > third > reply > e",
    )
    delivery = (
        *(start("asked", message("keyed")), catch("several", TWO), catch("neither", neither), end("f")),
        "asked > several > neither > f",
    )
    declared = DECLARED + '<message id="x" name="third" stegvis:correlation="= {case: case.id}"/>'
    source = pools({"order": order, "delivery": delivery}, *PARTICIPANTS, flow, declared=declared)
    assert [rule for rule, _ in said(source)] == expected


def test_of_several_messages_none_is_guessed() -> None:
    delivery = (start("asked", message("keyed")), throw("reply", TWO), end("f"), "asked > reply > f")
    order = (start(), catch("answer", TASK_DEFINED), end(), "s > answer > e")
    both = {"order": order, "delivery": delivery}
    assert ("no-message", "answer") in said(pools(both, *PARTICIPANTS, message_flow("reply", "answer")))
    assert said(pools(both, *PARTICIPANTS, message_flow("reply", "answer", "keyed"))) == []


def test_a_message_with_two_receivers_is_refused() -> None:
    source = pools(BOTH, *PARTICIPANTS, pool("bank"), message_flow("ask", "asked"), message_flow("ask", "bank"))
    assert said(source) == [("message-flow", "ask-bank")]


def test_pools_and_processes_belong_together() -> None:
    assert said(pools(BOTH, pool("buyer", "order"))) == [("one-process", "delivery")]
    twice = (*PARTICIPANTS, pool("other", "order"))
    assert said(pools(BOTH, *twice)) == [("pool-process", "other")]
    assert said(pools(BOTH, *PARTICIPANTS, pool("x", "unknown"))) == [("pool-process", "x")]


def test_ids_are_unique_over_all_pools() -> None:
    twice = (start("s", message("keyed")), end("f"), "s > f")
    assert ("same-id", "s") in said(pools({"order": ORDER, "delivery": twice}, *PARTICIPANTS))
    assert ("same-id", "d") in said(pools({"d": ORDER}, pool("buyer", "d")).replace(b"</definitions>", b"")
                                    + b'<process id="d"><startEvent id="x"/></process></definitions>')  # fmt: skip


def test_a_plain_task_between_two_processes_sends_nothing() -> None:
    parts = (start(), task("t"), catch("late", timer("timeDuration", "P1D")), end(), "s > t > late > e")
    source = pools({"order": parts, "delivery": DELIVERY}, *PARTICIPANTS, message_flow("t", "asked"))
    (finding,) = found(source)
    assert "sends no message" in str(finding.message)
