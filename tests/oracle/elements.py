"""What each element does when a token comes to it, when it is done, and when what it waited for happens."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from tests.oracle import board as play
from tests.oracle import choosing, joining, listening, rounds, starting, throwing, undoing
from tests.oracle.board import Stuck, Thing
from tests.oracle.naming import VARIABLES, Room
from tests.oracle.upstream import place_of

MODULUS = 5
PERSON = ("userTask", "manualTask")
SCOPES = ("subProcess", "transaction", "adHocSubProcess", "callActivity")
THROWN_TO = ("error", "escalation", "compensate", "cancel")


def visit(game: Thing, frame: Thing) -> None:
    """A token stands at a node."""
    kind = play.node_of(game, frame)["kind"]
    VISITS.get(kind, begin_activity)(game, frame)


def begin(game: Thing, frame: Thing) -> None:
    """A start event; that of an event sub-process waits first, and when it has begun writes what came with its message."""
    if "brought" in frame:
        play.leave(game, frame, starting.take(game, frame))
        return
    if frame["role"] == "listen":
        wait(game, frame)
        return
    if frame.get("came"):
        play.variables_of(game, frame).update(frame["came"])
        game["weigh"] = True
    pass_on(game, frame)


def pass_on(game: Thing, frame: Thing) -> None:
    play.leave(game, frame, play.ways_out(game, frame, play.variables_of(game, frame)))


def wait(game: Thing, frame: Thing) -> None:
    """The token waits for an event, of several triggers for each; a condition is looked at before the step is over."""
    if "brought" in frame:
        leave_activity(game, frame, starting.take(game, frame), is_activity=play.node_of(game, frame)["kind"] == "receiveTask")
        return
    events = play.events_of(play.node_of(game, frame))
    if events[0]["type"] == "link":
        pass_on(game, frame)
    elif len(events) > 1 and frame["role"] != "part":
        frame["phase"] = "parts"
        for number, event in enumerate(events):
            if event["type"] not in THROWN_TO:
                rounds = event.get("rounds", 1)
                wait(game, play.enter(game, frame, frame["at"], "part", "waiting", part=number, left=rounds))
    else:
        frame["phase"] = "waiting"
        if play.event_of(game, frame)["type"] == "condition":
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
    """What a frame waited for has come; where all of several triggers have to come, perhaps the last of them."""
    event, whole = play.event_of(game, frame), play.whole_of(game, frame)
    written = {event["sets"]: frame["payload"]} if event.get("sets") else {}
    on = play.node_of(game, frame)["on"]
    if on.get("all"):
        came = whole.setdefault("came", {})
        came[frame["part"]] = written
        if event["type"] != "condition":
            frame["phase"] = "came"
        if len(came) < len(on["of"]):
            return
        written = {name: value for _, one in sorted(came.items()) for name, value in one.items()}
    seen = play.variables_of(game, whole)
    flows = play.ways_out(game, whole, {**seen, **written}) if whole["role"] in ("token", "race") else []
    frame["payload"] = None
    if whole["role"] != "listen":
        seen.update(written)
        game["weigh"] = game["weigh"] or bool(written)
    match whole["role"]:
        case "listen" | "watch":
            holder = play.up(game, whole)
            repeat(game, whole, frame)
            if whole["role"] == "listen":
                listening.begin(game, holder, whole["at"], written)
            else:
                throwing.boundary_goes(game, holder, whole["at"])
        case "race":
            leave_activity(game, play.up(game, whole), flows, is_activity=play.node_of(game, whole)["kind"] == "receiveTask")
        case "token":
            leave_activity(game, whole, flows, is_activity=play.node_of(game, whole)["kind"] == "receiveTask")
        case "round":
            rounds.end_round(game, whole)


def repeat(game: Thing, whole: Thing, frame: Thing) -> None:
    """An event that does not interrupt may happen again; a time as often as its cycle says, all of several when all come."""
    if not play.node_of(game, whole).get("beside"):
        return
    is_all = whole.pop("came", None) is not None
    parts = [part for part in game["frames"].values() if part["up"] == whole["id"]] or [whole]
    again = parts if is_all else [frame]
    for part in again:
        part["phase"] = "waiting"
        part["left"] -= play.event_of(game, part)["type"] == "timer"
    over = [part for part in again if part["left"] == 0]
    if over and (is_all or parts == [frame]):
        play.remove(game, whole)
    elif over:
        play.remove(game, frame)


# activities


def begin_activity(game: Thing, frame: Thing) -> None:
    """Boundary events begin to wait with the activity; a loop makes rounds of it (§13.3.2, §13.3.6, §13.3.7)."""
    node = play.node_of(game, frame)
    if frame["role"] == "round":
        work(game, frame)
        return
    items = rounds.rounds_of(game, frame, node.get("loop"))
    if items == [] or (not node.get("loop") and node["kind"] not in (*PERSON, *SCOPES, "receiveTask")):
        finish_at_once(game, frame, node, work_is_done=items != [])
        return
    for id_, other in play.diagram_of(game, frame)["nodes"].items():
        if other.get("host") == frame["at"] and is_waited_for(other):
            wait(game, play.enter(game, frame, id_, "watch", "waiting", left=other["on"].get("rounds", 1)))
    if items is None:
        work(game, frame)
    else:
        rounds.begin_rounds(game, frame, items)


def is_waited_for(node: Thing) -> bool:
    return any(event["type"] not in THROWN_TO for event in play.events_of(node))


def work(game: Thing, frame: Thing) -> None:
    """The work itself, or one round of it."""
    node = play.node_of(game, frame)
    match node["kind"]:
        case "userTask" | "manualTask":
            frame["phase"] = "person"
        case "receiveTask":
            wait(game, frame)
        case "adHocSubProcess":
            frame.update(phase="person", holds=True)
            declare(game, frame)
            listen(game, frame)
        case "subProcess" | "transaction" | "callActivity":
            if node["kind"] == "callActivity":
                seen, takes = play.variables_of(game, frame), node.get("takes", {})
                frame.update(inner=node["calls"], variables={name: seen[takes.get(name, name)] for name in VARIABLES})
            begin_scope(game, frame)
        case _ if fails(node, play.variables_of(game, frame)):
            throwing.throw_by_task(game, frame)
        case _:
            compute(game, node, play.variables_of(game, frame))
            rounds.end_round(game, frame)


def finish_at_once(game: Thing, frame: Thing, node: Thing, *, work_is_done: bool) -> None:
    """An activity that nobody is waited for: its work and its leaving are one."""
    variables = play.variables_of(game, frame)
    if work_is_done and fails(node, variables):
        throwing.throw_by_task(game, frame)
        return
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
    if not work_is_done:
        rounds.collect(game, frame)
    leave_activity(game, frame, flows, is_noted=work_is_done)


def fails(node: Thing, variables: Room) -> bool:
    """Whether what a service task has done throws an error."""
    return bool(node.get("fails") and play.holds(node["fails"], variables))


def compute(game: Thing, node: Thing, variables: MutableMapping[str, Any]) -> None:
    if "set" in node:
        target, source, number = node["set"]
        variables[target] = ((variables[source] if source else 0) + number) % MODULUS
        game["weigh"] = True
    if node["kind"] == "sendTask":
        game["sent"].append(node["on"]["name"])


def listen(game: Thing, frame: Thing) -> None:
    for id_ in listening.starts_in(game, frame):
        start = play.diagram_in(game, frame)["nodes"][id_]
        if is_waited_for(start):
            play.enter(game, frame, id_, "listen", left=start["on"].get("rounds", 1))


def declare(game: Thing, frame: Thing) -> None:
    """A sub-process may have a name of its own; in a loop each round has."""
    if frame["at"] and play.node_of(game, frame).get("local") and frame["role"] != "round":
        frame["own"] = {"own": 0}


def begin_scope(game: Thing, frame: Thing) -> None:
    """Event sub-processes begin to wait, and a token begins at the start event inside."""
    frame.update(phase="holding", holds=True)
    declare(game, frame)
    listen(game, frame)
    if frame["id"] == 0:
        starting.first_token(game, frame)
        return
    inside = "" if "inner" in frame else frame["at"]
    for id_, node in play.diagram_in(game, frame)["nodes"].items():
        if is_begun_at(node) and node["in"] == inside:
            play.enter(game, frame, id_, came=frame.pop("came", None))


def is_begun_at(node: Thing) -> bool:
    """Whether what is around the node begins there. (A called process begins at its plain start event.)"""
    return bool(node["kind"] == "startEvent" and (node["in"] or "on" not in node))


def undone(game: Thing, frame: Thing) -> None:
    """What was being undone is; the next, or the end of it."""
    if undoing.go_on(game, frame):
        return
    if frame.get("cancels"):
        throwing.boundary_goes(game, frame, place_of(play.diagram_of(game, frame), frame))
    elif frame["role"] in ("undo", "apart"):
        play.remove(game, frame)
    else:
        throwing.throw_out(game, frame)


def done(game: Thing, frame: Thing) -> None:
    """An activity's work is done: it gives what it has to, and the token leaves."""
    choosing.require_enough(game, frame)
    node, outside = play.node_of(game, frame), play.variables_of(game, frame)
    gives = {name: frame["variables"][name] for name in node["gives"]} if "inner" in frame else {}
    flows = play.ways_out(game, frame, {**outside, **gives}) if frame["role"] == "token" else []
    outside.update(gives)
    rounds.collect(game, frame)
    game["weigh"] = game["weigh"] or bool(gives)
    if frame["role"] == "round":
        rounds.end_round(game, frame)
    else:
        leave_activity(game, frame, flows)


def leave_activity(game: Thing, frame: Thing, flows: list[str], *, is_activity: bool = True, is_noted: bool = True) -> None:
    """The token leaves. In an ad-hoc sub-process an activity that is done may have been enough: then nothing follows it."""
    scope = play.up(game, frame)
    is_enough = is_activity and choosing.is_enough(game, scope, frame)
    if is_noted:
        undoing.note(game, frame)
    play.leave(game, frame, [] if is_enough else flows)
    if is_enough:
        choosing.end(game, scope)


VISITS: dict[str, Callable[[Thing, Thing], None]] = {
    "startEvent": begin,
    "endEvent": throwing.throw,
    "intermediateThrowEvent": throwing.throw,
    "intermediateCatchEvent": wait,
    "exclusiveGateway": pass_on,
    "parallelGateway": pass_on,
    "inclusiveGateway": pass_on,
    "complexGateway": joining.visit,
    "eventBasedGateway": race,
}
