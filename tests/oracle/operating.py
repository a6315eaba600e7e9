"""What an operator does by hand: going past what is stuck, adding, moving and withdrawing tokens, reopening."""

from __future__ import annotations

from tests.oracle import board as play
from tests.oracle import choosing, joining, rounds
from tests.oracle.board import Thing
from tests.oracle.elements import leave_activity, listen


def movable(game: Thing, do: str) -> list[Thing]:
    """The tokens that can be moved or withdrawn: nothing that waits beside another, no single round, no undoing."""
    tokens = [frame for _, frame in sorted(game["frames"].items()) if frame["role"] == "token"]
    return [frame for frame in tokens if do == "withdraw" or play.up(game, frame)["role"] != "undo"]


def scopes(game: Thing) -> list[Thing]:
    """The frames that a token can be added in: the case, sub-processes and calls under way."""
    return [
        frame
        for _, frame in sorted(game["frames"].items())
        if frame["id"] == 0 or (frame.get("holds") and frame["role"] in ("token", "round"))
    ]


def places(game: Thing, scope: Thing) -> list[str]:
    """The nodes in a scope at which a token can be put: those that a flow or a link leads to, and plain starts."""
    if scope.get("ending") or scope.get("cancels"):
        return []
    diagram, within = play.diagram_in(game, scope), "" if "inner" in scope else scope["at"]
    found = []
    for id_, node in diagram["nodes"].items():
        is_link = node["kind"] == "intermediateCatchEvent" and node["on"]["type"] == "link"
        is_start = node["kind"] == "startEvent" and "on" not in node
        if node["in"] == within and (is_link or is_start or play.flows_into(diagram, id_)):
            found.append(id_)
    return found


def addable(game: Thing, scope: Thing) -> list[str]:
    """Where a token can be added: in an ad-hoc sub-process in sequence only while nothing is under way in it."""
    is_busy = choosing.is_open(game, scope) and play.node_of(game, scope).get("sequential") and play.contents(game, scope)
    return [] if is_busy else places(game, scope)


def put(game: Thing, scope: Thing, node: str) -> None:
    """A join goes on with what has come to it already; a complex gateway, which begins anew, leaves that where it is."""
    put = play.diagram_in(game, scope)["nodes"][node]
    game["pairs"].add(("put by hand", play.label(put)))
    if scope["parked"].get(node) and put["kind"] != "complexGateway":
        play.go_on_from_join(game, scope, node)
    else:
        play.enter(game, scope, node)


def withdraw(game: Thing, frame: Thing) -> None:
    game["pairs"].add(("withdrawn by hand", play.label(play.node_of(game, frame))))
    scope, join = play.up(game, frame), frame["at"]
    begun = scope.get("begun", {})
    if begun.get(join):
        scope["begun"] = {**begun, join: begun[join] - 1}
    play.remove(game, frame)
    if frame.get("asks"):
        joining.take(scope, join)
        play.ask(game, scope, join)


def move(game: Thing, frame: Thing, node: str) -> None:
    scope = play.up(game, frame)
    withdraw(game, frame)
    put(game, scope, node)


def skip(game: Thing, frame: Thing, flows: list[str]) -> None:
    """Go on after what is stuck as though it were done, along `flows`. A join goes on with what has come."""
    frame["stuck"] = None
    if any(frame["parked"].values()):
        for join in [join for join in play.diagram_in(game, frame)["nodes"] if frame["parked"].get(join)]:
            play.go_on_from_join(game, frame, join)
        return
    game["pairs"].add(("skipped by hand", play.label(play.node_of(game, frame))))
    if frame["role"] == "race":
        frame.update(phase="waiting", payload=None)
        return
    play.clear(game, frame)
    if frame["role"] == "round":
        rounds.end_round(game, frame)
    elif play.node_of(game, frame)["kind"] == "complexGateway":
        joining.go_on(game, frame, flows)
    elif play.node_of(game, frame)["kind"].endswith(choosing.EVENTS_AND_GATEWAYS):
        play.leave(game, frame, flows)
    else:
        leave_activity(game, frame, flows)


def reopen(game: Thing) -> None:
    """A case that has ended goes on at the node that its diagram names."""
    game.update(status="active", ready=[], heard=[], weigh=False)
    root = game["frames"][0]
    root.update(parked={}, activated={}, done=[])
    listen(game, root)
    put(game, root, game["diagram"]["reopens"])
