"""Complex gateways, which join in two phases (BPMN 2.0.2 §13.4.5).

Waiting for start, one is activated by a condition over the tokens that have come and the data. Waiting for reset, it takes
what comes on the flows that it had nothing from (`activated` in the frame around it has those that it had), until no more
can come there; then it goes on once more and begins anew.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.oracle import board as play
from tests.oracle.board import Thing
from tests.oracle.upstream import may_still_come


def visit(game: Thing, frame: Thing) -> None:
    """A token stands at the gateway: it asks whether it is activated, or goes on because it resets."""
    node, join = play.node_of(game, frame), frame["at"]
    seen = play.variables_of(game, frame)
    if "activates" not in node:
        play.leave(game, frame, play.ways_out(game, frame, seen))
        return
    scope = play.up(game, frame)
    parked = scope["parked"].get(join, {})
    if frame.get("asks") and not is_activated(node, parked, seen):
        play.remove(game, frame)
        return
    resets = frame.get("resets", False)
    go_on(game, frame, play.ways_out(game, frame, {**seen, "waitingForStart": not resets}, may_be_none=resets))


def go_on(game: Thing, frame: Thing, flows: list[str]) -> None:
    """The gateway takes what it goes on with, unless its token was put there by hand, and a token leaves on each of `flows`."""
    scope, join, resets = play.up(game, frame), frame["at"], frame.get("resets", False)
    parked = scope["parked"].get(join, {})
    if not (frame.get("asks") or resets):
        play.leave(game, frame, flows)
        return
    had = scope.setdefault("activated", {}).pop(join, [])
    if frame.get("asks"):
        scope["activated"][join] = sorted(parked)
        scope["stuck"] = None
    if parked:
        scope["parked"][join] = {flow: left for flow, count in parked.items() if (left := count - (flow not in had))}
    play.leave(game, frame, flows)
    if resets and scope["parked"].get(join):
        play.ask(game, scope, join)


def take(scope: Thing, join: str) -> None:
    """What a gateway was about to go on with has been withdrawn."""
    scope["parked"][join] = {flow: count - 1 for flow, count in scope["parked"][join].items() if count > 1}


def is_activated(node: Thing, parked: dict[str, int], seen: Mapping[str, int]) -> bool:
    """Whether the activation condition holds: `["and" or "or", condition, ...]`. It is not asked before a token has come."""
    junction, *conditions = node["activates"]
    counts = {"activationCount": sum(parked.values())}
    for condition in conditions:
        counts.setdefault(condition[0], parked.get(condition[0].removeprefix("flow "), 0))
    answers = [play.holds(condition, {**counts, **seen}) for condition in conditions]
    return bool(parked) and (all(answers) if junction == "and" else any(answers))


def reset_one(game: Thing, scope: Thing) -> bool:
    """Let a gateway reset to which nothing more can come on a flow that it had nothing from: the first in the file."""
    for join in play.diagram_in(game, scope)["nodes"]:
        is_waiting = join in scope.get("activated", {}) and not play.is_about_to_go(game, scope, join)
        if is_waiting and not may_still_come(game, scope, join):
            play.enter(game, scope, join, resets=True)
            return True
    return False


def ask_all(game: Thing) -> None:
    """Data have changed: so may the answers of activation conditions."""
    for _, scope in sorted(game["frames"].items(), reverse=True):
        for join, node in reversed(play.diagram_in(game, scope)["nodes"].items()):
            if node.get("activates") and scope["parked"].get(join):
                play.ask(game, scope, join)
