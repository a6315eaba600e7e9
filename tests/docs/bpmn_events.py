"""Each event trigger at each place where BPMN 2.0.2 allows it (table 10.93), as the smallest diagram that has it happen."""

from __future__ import annotations

from tests.bpmn.diagrams import (
    body,
    boundary,
    cancelled,
    catch,
    conditional,
    end,
    error,
    escalation,
    handler,
    link,
    manual,
    message,
    send,
    signal,
    start,
    sub,
    tag,
    throw,
    timer,
    transaction,
    undo,
    undone,
)  # fmt: skip

from .bpmn_cell import Cell

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
SHOWS = {"startEvent": "s", "intermediateCatchEvent": "c", "intermediateThrowEvent": "t", "endEvent": "e"}
"""The element of a diagram that is the event; on a border it is `b`, and an event sub-process is `h`."""
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


def event(place: str, trigger: str) -> Cell:
    """The cell of a trigger at a place."""
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
            inside = body(start(), _around(trigger, inner), end("e", undo() if trigger == "compensate" else ""), "s > a > e")
            drawn, said = ("handler", *helper), said or ("" if is_interrupting else "interrupting=False")
        case _:
            inside, drawn = bordered(place, trigger, caught), ("boundary", *helper)
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
    shows = {"cancel": "a?", "compensate": "a!"}.get(trigger, "b") if place.startswith("boundary") else SHOWS.get(place, "h")
    return Cell(
        f"{place}: {trigger}",
        how,
        inside,
        drawn,
        said,
        SECOND_MESSAGE,
        "o" if place == "endEvent" and trigger == "cancel" else shows,
    )


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


def bordered(place: str, trigger: str, caught: str) -> str:
    """An activity `a` with an event `b` on its border."""
    is_interrupting = not place.endswith("not interrupting")
    if trigger == "compensate":
        return body(
            start(), manual("a"), undone("a", "z"), tag("task", "z", isForCompensation="true"), end("e", undo()), "s > a > e"
        )
    if trigger == "cancel":
        return _thrown("endEvent", "cancel", NOTHING.format("cancel"))
    border = boundary("b", "a", caught, interrupting=is_interrupting)
    return body(start(), _around(trigger), border, end(), end("f"), "s > a > e", "b > f")
