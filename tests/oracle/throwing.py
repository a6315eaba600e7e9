"""What is thrown, and who catches it: links, signals, messages, errors, escalations, ends of scopes (§13.5.3, §13.5.6)."""

from __future__ import annotations

from tests.oracle import board as play
from tests.oracle import listening, undoing
from tests.oracle.board import Stuck, Thing


def throw(game: Thing, frame: Thing) -> None:
    """A throwing or end event throws all that it has (§13.5.3, §13.5.6)."""
    node = play.node_of(game, frame)
    events = play.events_of(node)
    if events[0]["type"] == "link":
        nodes = play.diagram_of(game, frame)["nodes"]
        scope = play.leave(game, frame, [])
        caught = ("intermediateCatchEvent", node["in"], node["on"])
        target = next(id_ for id_, node in nodes.items() if (node["kind"], node["in"], node.get("on")) == caught)
        game["pairs"].add(("intermediateThrowEvent link", "intermediateCatchEvent link"))
        play.enter(game, scope, target)
        return
    for event in events:
        if event["type"] == "signal":
            game["heard"] += [other["id"] for other in play.frames(game, "waiting") if play.event_of(game, other) == event]
        if event["type"] in ("signal", "message"):
            game["sent"].append(event["name"])
    undoes = next((event for event in events if event["type"] == "compensate"), None)
    if undoes is None or not undoing.throw(game, frame, undoes):
        throw_out(game, frame)


def throw_out(game: Thing, frame: Thing) -> None:
    """What is sent has been sent, and undone what is to be undone: the rest of what an event throws."""
    events = play.events_of(play.node_of(game, frame))
    kinds = [event["type"] for event in events]
    flows = play.ways_out(game, frame, {})
    by = play.label(play.node_of(game, frame))
    scope = play.leave(game, frame, flows)
    if "cancel" in kinds:
        undoing.cancel(game, scope)
        return
    catch_outside(game, scope, [event for event in events if event["type"] in ("error", "escalation")], by)
    if "terminate" in kinds and game["frames"].get(scope["id"]) is scope:
        play.clear(game, scope)
        scope.update(stuck=None, phase="holding")
        scope["stuck"] = None


def catch_outside(game: Thing, scope: Thing, events: list[Thing], by: str) -> None:
    """Each of the errors and escalations is caught, those that interrupt last. An error that nobody catches fails the case."""
    found = [(event, catcher_of(game, scope, event)) for event in events]
    if any(event["type"] == "error" and catcher is None for event, catcher in found):
        root = game["frames"][0]
        play.clear(game, root)
        game["status"] = "failed"
        for ended in game["frames"].values():
            ended["stuck"] = None
        return
    over = []
    for catcher in sorted((catcher for _, catcher in found if catcher is not None), key=lambda catcher: catcher["interrupts"]):
        holder = catcher["in"]
        if game["frames"].get(holder["id"]) is not holder or holder["id"] in over:
            continue
        over += [holder["id"]] * catcher["interrupts"]
        catch(game, catcher, by)


def catch(game: Thing, catcher: Thing, by: str) -> None:
    """The event happens that catches what was thrown `by` such an element."""
    holder = catcher["in"]
    drawn = play.diagram_in(game, holder) if catcher["inside"] else play.diagram_of(game, holder)
    game["pairs"].add((f"thrown by {by}", play.label(drawn["nodes"][catcher["event"]])))
    (listening.begin if catcher["inside"] else boundary_goes)(game, holder, catcher["event"])


def throw_by_task(game: Thing, frame: Thing) -> None:
    """What a service task has done throws an error. One that nobody catches is no error of the case: the task is stuck."""
    catcher = catcher_of(game, frame, {"type": "error", "name": "no-unit"})
    if catcher is None:
        raise Stuck("handler-failed")
    catch(game, catcher, play.label(play.node_of(game, frame)))


def catcher_of(game: Thing, frame: Thing, event: Thing) -> Thing | None:
    """The innermost that catches it, seen outwards: in each scope an event sub-process, then an event on its border."""
    left = None
    while True:
        start = listening.catches(game, frame, event, left)
        if start is not None:
            beside = play.diagram_in(game, frame)["nodes"][start].get("beside", False)
            return {"in": frame, "event": start, "inside": True, "interrupts": not beside}
        if not frame["at"]:
            return None
        if frame["role"] == "token":
            border = play.diagram_of(game, frame)["nodes"]
            there = listening.best(border, [id_ for id_ in border if border[id_].get("host") == frame["at"]], event)
            if there is not None:
                return {"in": frame, "event": there, "inside": False, "interrupts": not border[there].get("beside", False)}
        left, frame = frame, play.up(game, frame)


def boundary_goes(game: Thing, activity: Thing, event: str) -> None:
    """A token goes out from a boundary event, and the activity ends if the event interrupts it."""
    diagram, scope = play.diagram_of(game, activity), play.up(game, activity)
    game["pairs"].add((f"on {play.label(diagram['nodes'][activity['at']])}", play.label(diagram["nodes"][event])))
    if not diagram["nodes"][event].get("beside"):
        play.remove(game, activity)
    for flow in [id_ for id_, flow in diagram["flows"].items() if flow["from"] == event]:
        play.arrive(game, scope, flow)
