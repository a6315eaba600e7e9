"""The token game of BPMN 2.0.2, chapter 13, on plain dictionaries. It knows nothing of the engine.

Where the standard leaves an order open, the tokens of a step move in the order in which they came; then signals are
heard, then conditions are weighed, then complex gateways that can reset, inclusive joins that can go on and scopes in which
nothing is left are looked at, the innermost first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.oracle import choosing
from tests.oracle.board import Stuck, Thing, clear, contents, diagram_in, event_of, frames, go_on_from_join, holds, variables_of
from tests.oracle.elements import begin_scope, done, happen, undone, visit
from tests.oracle.joining import ask_all, reset_one
from tests.oracle.upstream import may_still_come


class Endless(Exception):
    """A step would go on for a very long time, or there are very many tokens: the walk has nothing more to say."""


def new_game(diagram: Thing, variables: dict[str, int], most: int = 150) -> Thing:
    """The game before its first step; `most` elements may run in one step."""
    root = {"id": 0, "at": "", "of": "", "up": None, "role": "root", "phase": "holding", "parked": {}, "variables": variables}
    return {"diagram": diagram, "frames": {0: root}, "next": 1, "ready": [], "heard": [], "weigh": False, "most": most,
            "status": "active", "sent": [], "pairs": set()}  # fmt: skip


# what is done to it


def start(game: Thing) -> None:
    """Begin where the diagram says."""
    begin_scope(game, game["frames"][0])
    run(game)


def complete(game: Thing, frame: Thing, writes: dict[str, int]) -> None:
    """Somebody has done a task and written variables. What they wrote is kept, whatever follows."""
    variables_of(game, frame).update(writes)
    game["weigh"] = True
    if choosing.is_open(game, frame):
        attempt(game, frame, choosing.end)
    else:
        frame["phase"] = "leaving"
        attempt(game, frame, done)
    run(game)


def begin_activity(game: Thing, frame: Thing, element: str) -> None:
    """Somebody begins an activity in an ad-hoc sub-process."""
    choosing.begin(game, frame, element)
    run(game)


def trigger(game: Thing, frame: Thing, payload: int) -> None:
    """What a frame waited for has come; `payload` is for messages."""
    frame["payload"] = payload
    attempt(game, frame, happen)
    run(game)


def change(game: Thing, writes: dict[str, int]) -> None:
    """Variables of the case are changed from outside."""
    game["frames"][0]["variables"].update(writes)
    game["weigh"] = True
    run(game)


def operate(game: Thing, action: Callable[..., None], *arguments: Any) -> None:
    """An operator has moved something: one of `operating`."""
    action(game, *arguments)
    run(game)


def retry(game: Thing, frame: Thing) -> None:
    """Somebody has mended what an element was stuck at."""
    if frame["phase"] == "ready":
        game["ready"].append(frame["id"])
    elif frame.get("payload") is not None:
        attempt(game, frame, happen)
    elif frame["stuck"] != "deadlock" and not contents(game, frame):
        attempt(game, frame, done)
    else:
        frame.update(stuck=None, phase="person" if choosing.is_open(game, frame) else "holding")
    run(game)


# a step


def run(game: Thing) -> None:
    """Go on until nothing moves by itself."""
    ran = 0
    while game["status"] == "active":
        if game["ready"]:
            frame = game["frames"].get(game["ready"].pop(0))
            if frame is not None:
                ran += 1
                attempt(game, frame, visit)
        elif game["heard"]:
            frame = game["frames"].get(game["heard"].pop(0))
            if frame is not None and frame["phase"] == "waiting":
                attempt(game, frame, happen)
        elif game["weigh"]:
            weigh(game)
        elif not settle(game):
            return
        if ran > game["most"] or len(game["frames"]) > game["most"]:
            raise Endless


def attempt(game: Thing, frame: Thing, action: Callable[[Thing, Thing], None]) -> None:
    """An element does something, all of it or nothing. (Whatever can fail is found before anything is changed.)"""
    try:
        action(game, frame)
    except Stuck as reason:
        frame["stuck"] = str(reason)
        if action is happen:
            frame["phase"] = "leaving"
    else:
        frame["stuck"] = None


def settle(game: Thing) -> bool:
    """Let an inclusive join go, or end a scope in which nothing is left; the innermost first. False when all is still."""
    phases = ("holding", "rounds", "undoing", *["leaving"])
    holding = [frame for frame in game["frames"].values() if frame["phase"] in phases or choosing.is_open(game, frame)]
    for scope in sorted(holding, key=lambda frame: -frame["id"]):
        if reset_one(game, scope):
            return True
        nodes = diagram_in(game, scope)["nodes"]
        for id_ in nodes:
            if scope["parked"].get(id_) and nodes[id_]["kind"] == "inclusiveGateway" and not may_still_come(game, scope, id_):
                go_on_from_join(game, scope, id_)
                return True
        if not contents(game, scope) and not scope.get("stuck") and not choosing.stays_open(game, scope):
            end_scope(game, scope)
            return True
    return False


def end_scope(game: Thing, scope: Thing) -> None:
    if scope["phase"] == "undoing":
        attempt(game, scope, undone)
    elif any(scope["parked"].values()):
        scope["stuck"] = "deadlock"
    elif scope["id"] == 0:
        clear(game, scope)
        game["status"] = "completed"
    else:
        attempt(game, scope, done)
        if scope["stuck"] and not choosing.is_open(game, scope):
            scope["phase"] = "leaving"


def weigh(game: Thing) -> None:
    """Conditions that have become true happen."""
    game["weigh"] = False
    ask_all(game)
    for frame in [frame for frame in frames(game, "waiting") if event_of(game, frame)["type"] == "condition"]:
        if frame["id"] not in game["frames"]:
            continue
        was, frame["was"] = frame["was"], holds(event_of(game, frame)["if"], variables_of(game, frame))
        if frame["was"] and not was:
            attempt(game, frame, happen)
