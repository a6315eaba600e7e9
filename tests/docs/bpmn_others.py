"""What BPMN has beside events with triggers: activities, gateways, flows, data, as the smallest diagram that has it happen."""

from __future__ import annotations

from tests.bpmn.diagrams import (
    ad_hoc,
    body,
    both,
    catch,
    complex_,
    end,
    in_sequence,
    loop,
    manual,
    message,
    race,
    script,
    service,
    signal,
    some,
    standard_loop,
    start,
    sub,
    tag,
    task,
    throw,
    timer,
    transaction,
    user,
    xor,
)  # fmt: skip

from .bpmn_cell import Cell
from .bpmn_events import SECOND_MESSAGE, bordered


def _alone(drawing: str, *more: str) -> str:
    """An activity or gateway `a` on the way."""
    return body(start(), drawing, end(), "s > a > e", *more)


def _join(gateway: str) -> str:
    return body(start(), both("f"), task("p"), task("q"), gateway, end(), "s > f > p > a > e", "f > q > a")


LANE = '<laneSet id="x1"><lane id="x2" stegvis:group="coach"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
INNER = (start("i"), manual("u"), end("o"), "i > u > o")
OTHERS = (
    Cell("startEvent: none", "a case, a sub-process or a called process begins", _alone(task("a")), ("start",), shows="s"),
    Cell("intermediateThrowEvent: none", "the token passes", _alone(throw("a")), ("throw",)),
    Cell("endEvent: none", "the token ends; its scope is done when no token is left", _alone(task("a")), ("end",), shows="e"),
    Cell("task", "the token passes at once", _alone(task("a")), ("task",)),
    Cell("userTask", "waits until a person has filled in its form", _alone(user("a", form="form")), ("user",)),
    Cell("manualTask", "waits until a person says that it is done", _alone(manual("a")), ("manual",)),
    Cell("scriptTask", "writes what FEEL calculates", _alone(script("a", "{x: 1}")), ("script",)),
    Cell(
        "businessRuleTask",
        "takes a decision and writes its value",
        _alone(tag("businessRuleTask", "a", decision="d", result="x")),
        ("rule",),
    ),
    Cell(
        "serviceTask",
        "has a handler do something inside the step, or orders a job",
        _alone(service("a", "case.assign", {"unit": '"north"'})),
        ("service",),
    ),
    Cell(
        "eventDefinitionRef",
        "the event is as if it had the definition inside",
        _alone(catch("a", "<eventDefinitionRef>by-alarm</eventDefinitionRef>")),
        ("catch", "ref"),
        beside='<signalEventDefinition id="by-alarm" signalRef="si"/>',
    ),
    Cell("sendTask", "sends its message when the step is stored", _alone(tag("sendTask", "a", messageRef="m")), (), "sendTask"),
    Cell("receiveTask", "waits for its message", _alone(tag("receiveTask", "a", messageRef="m")), (), "receiveTask"),
    Cell("subProcess", "holds elements of its own; done when no token is left in it", _alone(sub("a", *INNER)), ("sub",)),
    Cell(
        "subProcess in a subProcess",
        "as deep as drawn",
        _alone(sub("a", start("i"), sub("b", start("j"), end("k"), "j > k"), end("o"), "i > b > o")),
        ("sub",),
    ),
    Cell(
        "transaction",
        "the same; when it is cancelled, what is done in it is undone",
        _alone(transaction("a", *INNER)),
        ("transaction",),
    ),
    Cell(
        "adHocSubProcess, parallel",
        "people choose what is done in it, several things at once",
        _alone(ad_hoc("a", manual("u"))),
        ("ad_hoc",),
    ),
    Cell(
        "adHocSubProcess, sequential",
        "people choose what is done in it, one thing at a time",
        _alone(ad_hoc("a", manual("u"), ordering="Sequential")),
        ("ad_hoc",),
        "Sequential",
    ),
    Cell(
        "callActivity",
        "runs another process in a data scope of its own",
        _alone(tag("callActivity", "a", calledElement="other")),
        ("call",),
    ),
    Cell(
        "isForCompensation on an activity",
        "runs when the activity that it undoes is undone",
        bordered("boundaryEvent", "compensate", ""),
        ("undone",),
        shows="z",
    ),
    Cell(
        "standardLoopCharacteristics",
        "rounds as long as a condition holds",
        _alone(manual("a", standard_loop("loopCounter < 2"))),
        ("standard_loop",),
    ),
    Cell(
        "multiInstanceLoopCharacteristics, parallel",
        "a round for each item, at once",
        _alone(manual("a", loop("list", "item"))),
        ("loop",),
    ),
    Cell(
        "multiInstanceLoopCharacteristics, sequential",
        "a round for each item, one after the other",
        _alone(manual("a", in_sequence(loop("list", "item")))),
        ("in_sequence",),
    ),
    Cell(
        "exclusiveGateway, split",
        "the first way out whose condition holds, else the default",
        body(start(), xor("a", "a-f"), end(), end("f"), "s > a > [x = 1] e", "a > f"),
        ("xor",),
    ),
    Cell("exclusiveGateway, join", "lets each token pass", _join(xor("a")), ("xor",)),
    Cell("parallelGateway, split", "all ways out", _join(both("a")), ("both",)),
    Cell(
        "parallelGateway, join",
        "goes on when each way in has a token; a second on one flow waits for its turn",
        _join(both("a")),
        ("both",),
    ),
    Cell(
        "inclusiveGateway, split",
        "every way out whose condition holds, else the default",
        body(start(), some("a", "a-f"), end(), end("f"), "s > a > [x = 1] e", "a > f"),
        ("some",),
    ),
    Cell(
        "inclusiveGateway, join",
        "waits exactly while a token can still arrive on a flow that has none",
        _join(some("a")),
        ("some",),
    ),
    Cell(
        "complexGateway, split",
        "every way out whose condition holds",
        body(start(), complex_("a", default="a-f"), end(), end("f"), "s > a > [x = 1] e", "a > f"),
        ("complex_",),
    ),
    Cell(
        "complexGateway, join",
        "goes on when its activation condition holds, then resets",
        body(
            start(),
            both("f"),
            task("p"),
            task("q"),
            complex_("a", "activationCount >= 1"),
            end(),
            "s > f > p > a",
            "f > q > a",
            "a > [waitingForStart] e",
        ),
        ("complex_",),
        "activationCount",
    ),
    Cell(
        "eventBasedGateway, exclusive",
        "the way of the event that happens first",
        body(
            start(),
            race("a"),
            catch("c", signal()),
            catch("d", timer("timeDuration", "P1D")),
            end(),
            end("f"),
            "s > a > c > e",
            "a > d > f",
        ),
        ("race",),
    ),
    Cell(
        "eventBasedGateway, instantiate",
        "a case begins with the first message or signal behind it",
        body(
            tag("eventBasedGateway", "a", instantiate="true"),
            catch("c", message()),
            catch("d", signal()),
            end(),
            end("f"),
            "a > c > e",
            "a > d > f",
        ),
        (),
        "instantiate",
        shows="c",
        begins="c",
    ),
    Cell(
        "eventBasedGateway, parallel",
        "a case begins with the first message behind it, and waits for all the others",
        body(
            tag("eventBasedGateway", "a", instantiate="true", eventGatewayType="Parallel"),
            catch("c", message()),
            catch("d", message("m2")),
            end(),
            end("f"),
            "a > c > e",
            "a > d > f",
        ),
        (),
        "eventGatewayType",
        beside=SECOND_MESSAGE,
        shows="d",
        begins="c",
    ),
    Cell(
        "several flows out of an activity",
        "a token along each",
        body(start(), task("a"), end(), end("f"), "s > a > e", "a > f"),
        ("process",),
    ),
    Cell(
        "conditional flow out of an activity",
        "taken when its condition holds, the default when no other is",
        body(start(), tag("task", "a", default="a-f"), end(), end("f"), "s > a > [x = 1] e", "a > f"),
        (),
        "default",
    ),
    Cell("dataObject", "a name of its scope's data", _alone(task("a")) + '<dataObject id="x1" name="x"/>', (), "dataObject"),
    Cell("dataStoreReference", "a register", _alone(task("a")) + '<dataStoreReference id="x1" name="x"/>', (), "dataStore"),
    Cell("laneSet", "the candidate group of the tasks in it", _alone(manual("a")) + LANE, (), "lane"),
    Cell(
        "association",
        "drawing, without effect, but to what undoes an activity",
        _alone(task("a")) + '<association id="x1" sourceRef="s" targetRef="a"/>',
        ("undone",),
    ),
    Cell("implicitThrowEvent", "", _alone(task("a")) + '<implicitThrowEvent id="x1"/>', (), "implicitThrowEvent"),
    Cell(
        "choreographyTask, subChoreography, callChoreography",
        "",
        _alone(task("a")) + '<callChoreography id="x1"/>',
        (),
        "callChoreography",
    ),
)
