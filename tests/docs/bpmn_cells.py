"""The table of all that BPMN has, made from tests: each cell has a diagram that is checked, and the tests that draw it.

`python -m tests.docs.bpmn_cells` (`make bpmn-table`) writes the table into docs/reference/bpmn.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.bpmn.diagrams import (
    ad_hoc,
    body,
    both,
    boundary,
    cancelled,
    catch,
    complex_,
    conditional,
    end,
    error,
    escalation,
    handler,
    in_sequence,
    link,
    loop,
    manual,
    message,
    race,
    script,
    send,
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
    undo,
    undone,
    user,
    xor,
)  # fmt: skip

from .bpmn_cell import Cell
from .pages import DOCS

PAGE = DOCS / "reference" / "bpmn.md"
HEADING = "## Everything that BPMN has"
NOTHING = "<{0}EventDefinition/>"
SECOND_MESSAGE = '<message id="m2" name="pong" stegvis:correlation="= {case: case.id}"/>'

TRIGGERS = {
    "message": (message(), send(), "a message with its name and key comes", "the message is sent"),
    "timer": (timer("timeDuration", "P1D"), "", "its time has come", ""),
    "error": (error(), error(), "an error with its code, or any, comes out", "the error looks outwards for who catches it"),
    "escalation": (
        escalation(),
        escalation(),
        "an escalation with its code, or any, comes out",
        "the innermost that catches it is told",
    ),
    "cancel": (
        NOTHING.format("cancel"),
        NOTHING.format("cancel"),
        "the transaction is cancelled",
        "the transaction is cancelled",
    ),
    "compensate": (
        "<compensateEventDefinition/>",
        undo(),
        "what is around it is to be undone",
        "what is done is undone, the last first",
    ),
    "conditional": (conditional("x"), "", "its condition becomes true", ""),
    "link": (
        link("l"),
        link("l"),
        "another one comes to a throwing end of its name",
        "the way leads to the catching end of its name",
    ),
    "signal": (signal(), signal(), "a signal of its name is thrown", "all that wait for it are reached"),
    "terminate": ("", NOTHING.format("terminate"), "", "everything else in the scope is withdrawn"),
    "multiple": (message() + signal(), send() + signal(), "one of its triggers comes", "all of its triggers are thrown"),
    "parallel multiple": (message() + signal(), "", "all of its triggers have come", ""),
}
"""What each trigger is written as, caught and thrown, and what it does."""
CALLED: dict[str, tuple[str, ...]] = {
    "multiple": ("message",), "parallel multiple": (), "compensate": ("undo",), "cancel": (), "terminate": (),
}  # fmt: skip
"""The functions of tests/bpmn/diagrams.py that write a trigger, where its name is not theirs."""
PLACES = {
    "startEvent": "message timer conditional signal multiple parallel-multiple",
    "event sub-process, interrupting": "message timer error escalation compensate conditional signal "
    "multiple parallel-multiple",
    "event sub-process, not interrupting": "message timer escalation conditional signal multiple parallel-multiple",
    "intermediateCatchEvent": "message timer conditional link signal multiple parallel-multiple",
    "boundaryEvent, interrupting": "message timer error escalation cancel compensate conditional signal "
    "multiple parallel-multiple",
    "boundaryEvent, not interrupting": "message timer escalation conditional signal multiple parallel-multiple",
    "intermediateThrowEvent": "message escalation compensate link signal multiple",
    "endEvent": "message error escalation cancel compensate signal terminate multiple",
}
"""Which triggers BPMN 2.0.2 allows where (table 10.93); beside these, events without one start, throw and end."""
HOW = {
    "startEvent": "a case begins when {}",
    "event sub-process, interrupting": "when {}, everything else around it is withdrawn and it runs",
    "event sub-process, not interrupting": "when {}, it runs beside what is around it",
    "intermediateCatchEvent": "the token waits until {}",
    "boundaryEvent, interrupting": "when {}, the activity is withdrawn and a token goes on from here",
    "boundaryEvent, not interrupting": "when {}, a token goes on from here beside the activity",
    "intermediateThrowEvent": "{}; then the token goes on",
    "endEvent": "{}; the token ends",
}


def _around(trigger: str, *inner: str) -> str:
    """What an activity holds so that the trigger may come out of it."""
    thrown = TRIGGERS[trigger][1] if trigger in ("error", "escalation") else ""
    return sub("a", start("i"), manual("u"), end("o", thrown), "i > u > o", *inner)


def _event(place: str, trigger: str) -> Cell:
    caught, thrown, happens, does = TRIGGERS[trigger]
    is_all = trigger == "parallel multiple"
    helper = CALLED.get(trigger, (trigger,))
    said = "parallelMultiple" if is_all else ""
    match place:
        case "startEvent":
            where = {"unit": "north"} if trigger in ("timer", "signal") else {}
            inside = body(start("s", caught, **where), end(), "s > e")
            drawn = ("start", *helper)
        case "intermediateCatchEvent":
            inside = body(start(), catch("c", caught), end(), "s > c > e")
            if trigger == "link":
                inside = body(start(), throw("t", link("l")), catch("c", link("l")), end(), "s > t", "c > e")
            drawn = ("catch", *helper)
        case "intermediateThrowEvent" | "endEvent":
            inside, drawn = _thrown(place, trigger, thrown), ("throw" if place != "endEvent" else "end", *_throwing(trigger))
        case _ if place.startswith("event sub-process"):
            is_interrupting = not place.endswith("not interrupting")
            inner = handler("h", caught, manual("hu"), end("he"), "h-s > hu > he", interrupting=is_interrupting)
            inside = body(start(), _around(trigger, inner), end(), "s > a > e")
            drawn, said = ("handler", *helper), said or ("" if is_interrupting else "interrupting=False")
        case _:
            inside, drawn = _bordered(place, trigger, caught), ("boundary", *helper)
            said = said or ("interrupting=False" if "not" in place else "")
    if trigger in ("cancel", "compensate") and place.startswith("boundary"):
        drawn = ("cancelled",) if trigger == "cancel" else ("undone",)
    if trigger == "terminate":
        drawn = ("terminate",)
    if trigger == "cancel" and place == "endEvent":
        drawn, said = ("end",), "cancel"
    if is_all:
        inside = inside.replace('id="c"', 'id="c" parallelMultiple="true"').replace('id="b"', 'id="b" parallelMultiple="true"')
        inside = inside.replace('id="h-s"', 'id="h-s" parallelMultiple="true"')
        if place == "startEvent":
            inside = body(start("s", message() + message("m2"), parallelMultiple="true"), end(), "s > e")
    if (place, trigger) == ("startEvent", "conditional"):
        happens = "its condition holds over the data that somebody gives"
    how = HOW[place].format(does if place in ("intermediateThrowEvent", "endEvent") else happens)
    return Cell(f"{place}: {trigger}", how, inside, drawn, said, SECOND_MESSAGE)


def _throwing(trigger: str) -> tuple[str, ...]:
    return ("send",) if trigger in ("message", "multiple") else CALLED.get(trigger, (trigger,))


def _thrown(place: str, trigger: str, thrown: str) -> str:
    if place == "intermediateThrowEvent":
        way = ("s > t", "c > e") if trigger == "link" else ("s > t > e",)
        caught = [catch("c", link("l"))] if trigger == "link" else []
        return body(start(), throw("t", thrown), *caught, end(), *way)
    if trigger == "cancel":
        inner = transaction("a", start("i"), manual("u"), end("o", thrown), "i > u > o")
        return body(start(), inner, cancelled("a"), end(), end("f"), "s > a > e", "a? > f")
    return body(start(), end("e", thrown), "s > e")


def _bordered(place: str, trigger: str, caught: str) -> str:
    is_interrupting = not place.endswith("not interrupting")
    if trigger == "compensate":
        return body(start(), manual("a"), undone("a", "z"), tag("task", "z", isForCompensation="true"), end(), "s > a > e")
    if trigger == "cancel":
        return _thrown("endEvent", "cancel", NOTHING.format("cancel"))
    border = boundary("b", "a", caught, interrupting=is_interrupting)
    return body(start(), _around(trigger), border, end(), end("f"), "s > a > e", "b > f")


def _alone(drawing: str, *more: str) -> str:
    """An activity or gateway `a` on the way."""
    return body(start(), drawing, end(), "s > a > e", *more)


def _join(gateway: str) -> str:
    return body(start(), both("f"), task("p"), task("q"), gateway, end(), "s > f > p > a > e", "f > q > a")


LANE = '<laneSet id="x1"><lane id="x2" stegvis:group="coach"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
INNER = (start("i"), manual("u"), end("o"), "i > u > o")
OTHERS = (
    Cell("startEvent: none", "a case, a sub-process or a called process begins", _alone(task("a")), ("start",)),
    Cell("intermediateThrowEvent: none", "the token passes", _alone(throw("a")), ("throw",)),
    Cell("endEvent: none", "the token ends; its scope is done when no token is left", _alone(task("a")), ("end",)),
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
        "has a handler do something inside the step",
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
        _bordered("boundaryEvent", "compensate", ""),
        ("undone",),
    ),
    Cell(
        "standardLoopCharacteristics",
        "rounds as long as a condition holds",
        _alone(manual("a", standard_loop("x = 1"))),
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


def cells() -> Iterator[Cell]:
    """Everything, in the order of the table."""
    yield from OTHERS
    for place, triggers in PLACES.items():
        for trigger in triggers.split():
            yield _event(place, trigger.replace("-", " "))


INTRODUCTION = (
    "Made by `make bpmn-table` from the tests: a small diagram of each row is read and checked. The last column names tests in",
    "`tests/bpmn/` that draw it; beside them, random walks through random diagrams (`tests/oracle/`) weigh what runs",
    "against the standard. Triggers stand where BPMN 2.0.2 allows them (table 10.93).",
)


def table() -> str:
    """The section of the page, its heading included."""
    lines = [HEADING, "", *INTRODUCTION, "", "| element | runs | how | shown by |", "|---|---|---|---|"]
    for cell in cells():
        findings = cell.findings
        how = f"{cell.how[:1].upper()}{cell.how[1:]}." if not findings else f"{findings[0].message} {findings[0].remedy}"
        shown = ", ".join(f"`{name.removeprefix('test_').removesuffix('.py')}`" for name in cell.tests[:3])
        lines.append(f"| {cell.what} | {'refused' if findings else 'yes'} | {' '.join(how.split())} | {shown} |")
    return "\n".join(lines) + "\n"


def written(text: str) -> str:
    """The page with the table as it is now, before what is refused."""
    before, _, after = text.partition(HEADING)
    rest = after[after.index("\n## ") + 1 :] if after else ""
    if not after:
        before, _, rest = text.partition("## What is refused for now")
        rest = "## What is refused for now" + rest
    return before + table() + "\n" + rest


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
