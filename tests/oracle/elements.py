"""What each element does when a token comes to it, when it is done, and when what it waited for happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.oracle import board as play
from tests.oracle import listening, undoing
from tests.oracle.board import Stuck, Thing
from tests.oracle.upstream import place_of

MODULUS = 5
PERSON = ("userTask", "manualTask")
SCOPES = ("subProcess", "transaction", "callActivity")
THROWN_TO = ("error", "escalation", "compensate", "cancel")


def visit(game: Thing, frame: Thing) -> None:
    """A token stands at a node."""
    kind = play.node_of(game, frame)["kind"]
    VISITS.get(kind, begin_activity)(game, frame)


def begin(game: Thing, frame: Thing) -> None:
    """A start event; that of an event sub-process writes what came with its message."""
    if frame.get("came"):
        play.variables_of(game, frame).update(frame["came"])
        game["weigh"] = True
    pass_on(game, frame)


def pass_on(game: Thing, frame: Thing) -> None:
    play.leave(game, frame, play.ways_out(game, frame, play.variables_of(game, frame)))


def throw(game: Thing, frame: Thing) -> None:
    """A throwing or end event (§13.5.3, §13.5.6)."""
    event = play.node_of(game, frame).get("on", {"type": "none"})
    flows = play.ways_out(game, frame, {})
    match event["type"]:
        case "terminate":
            play.clear(game, play.leave(game, frame, []))
        case "link":
            nodes, in_ = play.diagram_of(game, frame)["nodes"], play.node_of(game, frame)["in"]
            scope = play.leave(game, frame, [])
            caught = ("intermediateCatchEvent", in_, event)
            target = next(id_ for id_, node in nodes.items() if (node["kind"], node["in"], node.get("on")) == caught)
            game["pairs"].add(("intermediateThrowEvent link", "intermediateCatchEvent link"))
            play.enter(game, scope, target)
        case "error" | "escalation":
            catch_outside(game, play.leave(game, frame, flows), event)
        case "compensate":
            undoing.throw(game, frame, event, flows)
        case "cancel":
            undoing.cancel(game, play.leave(game, frame, []))
        case "signal":
            hearers = [other for other in play.frames(game, "waiting") if play.node_of(game, other)["on"] == event]
            game["heard"] += [other["id"] for other in hearers]
            game["sent"].append(event["name"])
            play.leave(game, frame, flows)
        case "message":
            game["sent"].append(event["name"])
            play.leave(game, frame, flows)
        case _:
            play.leave(game, frame, flows)


def catch_outside(game: Thing, frame: Thing, event: Thing) -> None:
    """An error or escalation goes outwards to the innermost that catches it: in each scope an event sub-process, then an
    event on its border.
    """
    left = None
    while True:
        start = listening.catches(game, frame, event, left)
        if start is not None:
            listening.begin(game, frame, start)
            return
        if not frame["at"]:
            break
        if frame["role"] == "token":
            border = play.diagram_of(game, frame)["nodes"]
            event_there = listening.best(border, [id_ for id_ in border if border[id_].get("host") == frame["at"]], event)
            if event_there is not None:
                boundary_goes(game, frame, event_there)
                return
        left, frame = frame, play.up(game, frame)
    if event["type"] == "error":
        play.clear(game, frame)
        game["status"] = "failed"


def boundary_goes(game: Thing, activity: Thing, event: str) -> None:
    """A token goes out from a boundary event, and the activity ends if the event interrupts it."""
    diagram, scope = play.diagram_of(game, activity), play.up(game, activity)
    game["pairs"].add((f"on {play.label(diagram['nodes'][activity['at']])}", play.label(diagram["nodes"][event])))
    if not diagram["nodes"][event].get("beside"):
        play.remove(game, activity)
    for flow in [id_ for id_, flow in diagram["flows"].items() if flow["from"] == event]:
        play.arrive(game, scope, flow)


def wait(game: Thing, frame: Thing) -> None:
    """The token waits for an event; a condition is looked at before the step is over."""
    event = play.node_of(game, frame)["on"]
    if event["type"] == "link":
        pass_on(game, frame)
        return
    frame["phase"] = "waiting"
    if event["type"] == "condition":
        frame["was"] = False
        game["weigh"] = True


def race(game: Thing, frame: Thing) -> None:
    """An event-based gateway waits for all that stands behind it (§13.4.4)."""
    frame["phase"] = "racing"
    for flow in [flow for flow in play.diagram_of(game, frame)["flows"].values() if flow["from"] == frame["at"]]:
        node = play.diagram_of(game, frame)["nodes"]
        game["pairs"].add((play.label(node[frame["at"]]), play.label(node[flow["to"]])))
        wait(game, play.enter(game, frame, flow["to"], "race", "waiting"))


def happen(game: Thing, frame: Thing) -> None:
    """What a frame waited for has come."""
    event = play.node_of(game, frame)["on"]
    seen = play.variables_of(game, frame)
    written = {event["sets"]: frame["payload"]} if event.get("sets") else {}
    flows = play.ways_out(game, frame, {**seen, **written}) if frame["role"] in ("token", "race") else []
    frame["payload"] = None
    if frame["role"] != "listen":
        seen.update(written)
        game["weigh"] = game["weigh"] or bool(written)
    match frame["role"]:
        case "listen":
            scope = play.up(game, frame)
            repeat(game, frame, event)
            listening.begin(game, scope, frame["at"], written)
        case "watch":
            activity = play.up(game, frame)
            repeat(game, frame, event)
            boundary_goes(game, activity, frame["at"])
        case "race":
            play.leave(game, play.up(game, frame), flows)
        case "token":
            undoing.note(game, frame)
            play.leave(game, frame, flows)
        case "round":
            end_round(game, frame)


def repeat(game: Thing, frame: Thing, event: Thing) -> None:
    """An event that does not interrupt may happen again; a time as often as its cycle says."""
    if play.node_of(game, frame).get("beside") and event["type"] == "timer":
        frame["left"] -= 1
        if frame["left"] == 0:
            play.remove(game, frame)


# activities


def begin_activity(game: Thing, frame: Thing) -> None:
    """Boundary events begin to wait with the activity; a loop makes rounds of it (§13.3.2, §13.3.6, §13.3.7)."""
    node = play.node_of(game, frame)
    if frame["role"] == "round":
        work(game, frame)
        return
    times = rounds_of(game, frame, node.get("loop"))
    if times == 0 or (not node.get("loop") and node["kind"] not in (*PERSON, *SCOPES, "receiveTask")):
        finish_at_once(game, frame, node, work_is_done=times != 0)
        return
    for id_, other in play.diagram_of(game, frame)["nodes"].items():
        if other.get("host") == frame["at"] and other["on"]["type"] not in THROWN_TO:
            wait(game, play.enter(game, frame, id_, "watch", "waiting", left=other["on"].get("rounds", 1)))
    if times is None:
        work(game, frame)
        return
    frame.update(phase="rounds", times=times, begun=0, ended=0)
    for _ in range(times if node["loop"]["type"] == "parallel" else 1):
        begin_round(game, frame)


def rounds_of(game: Thing, frame: Thing, loop: Thing | None) -> int | None:
    """How many rounds there will be: None for no loop; for a standard loop, 0 or as many as it takes (-1)."""
    if loop is None:
        return None
    variables = play.variables_of(game, frame)
    if loop["type"] == "standard":
        begins = not loop.get("before") or play.holds(loop.get("while"), variables, loopCounter=0)
        return -1 if begins else 0
    times: int = variables[loop["times"]] if isinstance(loop["times"], str) else loop["times"]
    if times < 0:
        raise Stuck("expression-failed")
    return times


def begin_round(game: Thing, frame: Thing) -> None:
    frame["begun"] += 1
    play.enter(game, frame, frame["at"], "round")


def work(game: Thing, frame: Thing) -> None:
    """The work itself, or one round of it."""
    node = play.node_of(game, frame)
    match node["kind"]:
        case "userTask" | "manualTask":
            frame["phase"] = "person"
        case "receiveTask":
            wait(game, frame)
        case "subProcess" | "transaction" | "callActivity":
            if node["kind"] == "callActivity":
                frame.update(inner=node["calls"], variables=dict(play.variables_of(game, frame)))
            begin_scope(game, frame)
        case _:
            compute(game, node, play.variables_of(game, frame))
            end_round(game, frame)


def finish_at_once(game: Thing, frame: Thing, node: Thing, *, work_is_done: bool) -> None:
    """An activity that nobody is waited for: its work and its leaving are one."""
    variables = play.variables_of(game, frame)
    trial = dict(variables)
    sent = len(game["sent"])
    if work_is_done:
        compute(game, node, trial)
    try:
        flows = play.ways_out(game, frame, trial)
    except Stuck:
        del game["sent"][sent:]
        raise
    variables.update(trial)
    if work_is_done:
        undoing.note(game, frame)
    play.leave(game, frame, flows)


def compute(game: Thing, node: Thing, variables: dict[str, int]) -> None:
    if "set" in node:
        target, source, number = node["set"]
        variables[target] = ((variables[source] if source else 0) + number) % MODULUS
        game["weigh"] = True
    if node["kind"] == "sendTask":
        game["sent"].append(node["on"]["name"])


def begin_scope(game: Thing, frame: Thing) -> None:
    """Event sub-processes begin to wait, and a token begins at the start event inside."""
    frame.update(phase="holding", holds=True)
    for id_ in listening.starts_in(game, frame):
        event = play.diagram_in(game, frame)["nodes"][id_]["on"]
        if event["type"] not in THROWN_TO:
            wait(game, play.enter(game, frame, id_, "listen", "waiting", left=event.get("rounds", 1)))
    inside = "" if "inner" in frame else frame["at"]
    for id_, node in play.diagram_in(game, frame)["nodes"].items():
        if node["kind"] == "startEvent" and node["in"] == inside:
            play.enter(game, frame, id_, came=frame.pop("came", None))


def undone(game: Thing, frame: Thing) -> None:
    """What was being undone is; the next, or the end of it."""
    if undoing.go_on(game, frame):
        return
    if frame.get("cancels"):
        boundary_goes(game, frame, place_of(play.diagram_of(game, frame), frame))
    elif frame["role"] in ("undo", "apart"):
        play.remove(game, frame)
    else:
        play.leave(game, frame, play.ways_out(game, frame, {}))


def done(game: Thing, frame: Thing) -> None:
    """An activity's work is done: it gives what it has to, and the token leaves."""
    node, outside = play.node_of(game, frame), play.variables_of(game, frame)
    gives = {name: frame["variables"][name] for name in node["gives"]} if "inner" in frame else {}
    flows = play.ways_out(game, frame, {**outside, **gives}) if frame["role"] == "token" else []
    outside.update(gives)
    game["weigh"] = game["weigh"] or bool(gives)
    if frame["role"] == "round":
        end_round(game, frame)
    else:
        undoing.note(game, frame)
        play.leave(game, frame, flows)


def end_round(game: Thing, frame: Thing) -> None:
    """One round is done: was it enough, or does another follow?"""
    body, variables = play.up(game, frame), play.variables_of(game, frame)
    loop: dict[str, Any] = play.node_of(game, frame)["loop"]
    body["ended"] += 1
    undoing.note(game, frame)
    play.remove(game, frame)
    if loop["type"] == "standard":
        may = loop.get("times") is None or body["begun"] < loop["times"]
        if may and play.holds(loop.get("while"), variables, loopCounter=body["begun"]):
            begin_round(game, body)
        return
    counts = {
        "numberOfInstances": body["times"],
        "numberOfCompletedInstances": body["ended"],
        "numberOfActiveInstances": body["begun"] - body["ended"],
    }
    if loop.get("until") and play.holds(loop["until"], variables, **counts):
        play.clear(game, body)
    elif loop["type"] == "sequential" and body["begun"] < body["times"]:
        begin_round(game, body)


VISITS: dict[str, Callable[[Thing, Thing], None]] = {
    "startEvent": begin,
    "endEvent": throw,
    "intermediateThrowEvent": throw,
    "intermediateCatchEvent": wait,
    "exclusiveGateway": pass_on,
    "parallelGateway": pass_on,
    "inclusiveGateway": pass_on,
    "eventBasedGateway": race,
}
