"""Random walks: the oracle and the engine take the same steps, and after each of them the same must be open in both.

An action is a plain dictionary: `{"do": "complete", "at": path, "nth": which of several there, "writes": variables}`,
`begin` with the `element` to begin in an ad-hoc sub-process, `trigger` with a `payload`, `retry`, `change` with `writes`;
an operator's `skip` (with the `flows` to go on by), `withdraw`, `move` and `add` (with an `element`) and `reopen`;
`"afresh": True` compiles the diagram anew before the step.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from engine.bpmn.loaded import LoadedProcess
from engine.errors import StegvisError
from tests.bpmn.driver import spec_digest
from tests.oracle import choosing, operating
from tests.oracle import game as oracle
from tests.oracle.board import Thing, diagram_of, event_of, frames, node_of, path_of, stuck, up, variables_of
from tests.oracle.naming import OWN, VARIABLES
from tests.oracle.subject import Subject, deploy

BUDGET = 1_000
MOST_OPEN = 40
BY_HAND = 0.06
BROKEN = (AssertionError, LookupError, TypeError, ValueError, AttributeError, RuntimeError, StegvisError)
"""What the engine, or the driver that weighs each of its steps, raises when something is wrong inside."""


@dataclass
class Walk:
    """How a walk went. `difference` is empty when both agreed all the way; `pairs` are the elements that met."""

    diagram: Thing
    variables: dict[str, int]
    actions: list[Thing] = field(default_factory=list)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    ended: str = ""
    difference: str = ""


Chooser = Callable[[Thing], Thing | None]


def random_walk(diagram: Thing, deployed: list[LoadedProcess], random: Random, steps: int = 30) -> Walk:
    """Take any steps that are possible. `deployed` is the diagram, ready to run."""
    left = iter(range(steps))
    variables = {name: random.randint(0, 3) for name in VARIABLES}

    def choose(game: Thing) -> Thing | None:
        return any_action(game, random) if next(left, None) is not None else None

    return take(diagram, deployed, variables, choose)


def replay(diagram: Thing, variables: dict[str, int], actions: Iterable[Thing]) -> Walk:
    """Take the same steps again, leaving out those that are not possible any more."""
    rest = iter(actions)

    def choose(game: Thing) -> Thing | None:
        return next((action for action in rest if is_possible(game, action)), None)

    return take(diagram, deploy(diagram), variables, choose)


def take(diagram: Thing, deployed: list[LoadedProcess], variables: dict[str, int], choose: Chooser) -> Walk:
    """Walk until there is nothing to choose, the case has ended, or the two differ."""
    digests = [spec_digest(process) for process in deployed]
    walk = Walk(copy.deepcopy(diagram), dict(variables))
    game = oracle.new_game(diagram, dict(variables))
    walk.pairs = game["pairs"]
    try:
        oracle.start(game)
    except oracle.Endless:
        walk.ended = "endless"
        return walk
    try:
        subject = Subject(diagram, deployed, variables, budget=BUDGET)
        walk.difference = difference(game, subject)
        while not walk.difference and may_go_on(game) and len(game["frames"]) < MOST_OPEN:
            action = choose(game)
            if action is None:
                walk.ended = "open"
                break
            walk.actions.append(action)
            act(game, action)
            if action.get("afresh"):
                subject.compile_afresh()
            subject.step(action)
            walk.difference = difference(game, subject)
        assert digests == [spec_digest(process) for process in deployed], "the specification was changed"
    except oracle.Endless:
        walk.ended = "endless"
    except BROKEN as problem:
        walk.difference = f"the engine raised {type(problem).__name__}: {problem}"
    walk.ended = walk.ended or ("open" if game["status"] == "active" else str(game["status"]))
    return walk


def may_go_on(game: Thing) -> bool:
    return bool(game["status"] == "active" or game["diagram"].get("reopens"))


def act(game: Thing, action: Thing) -> None:
    """Take a step in the oracle."""
    match action["do"]:
        case "complete":
            oracle.complete(game, found(game, action), action["writes"])
        case "trigger":
            oracle.trigger(game, found(game, action), action["payload"])
        case "begin":
            oracle.begin_activity(game, found(game, action), action["element"])
        case "retry":
            oracle.retry(game, found(game, action))
        case "change":
            oracle.change(game, action["writes"])
        case "reopen":
            oracle.operate(game, operating.reopen)
        case "skip":
            oracle.operate(game, operating.skip, found(game, action), action["flows"])
        case "withdraw":
            oracle.operate(game, operating.withdraw, found(game, action))
        case "move":
            oracle.operate(game, operating.move, found(game, action), action["element"])
        case "add":
            oracle.operate(game, operating.put, found(game, action), action["element"])


def open_frames(game: Thing, do: str) -> list[Thing]:
    """What an action could be about, oldest first."""
    if do == "complete":
        return [frame for frame in frames(game, "person") if not node_of(game, frame).get("until")]
    if do == "begin":
        return [frame for frame in frames(game, "person") if choosing.is_open(game, frame)]
    if do in ("move", "withdraw"):
        return operating.movable(game, do)
    if do == "add":
        return operating.scopes(game)
    if do in ("retry", "skip"):
        return stuck(game)
    return [frame for frame in frames(game, "waiting") if event_of(game, frame)["type"] != "condition"]


def fitting(game: Thing, do: str, path: str) -> list[Thing]:
    return [frame for frame in open_frames(game, do) if path_of(game, frame) == path]


def found(game: Thing, action: Thing) -> Thing:
    return fitting(game, action["do"], action["at"])[action["nth"]]


def is_possible(game: Thing, action: Thing) -> bool:
    if action["do"] in ("change", "reopen"):
        is_over = game["status"] != "active"
        return is_over if action["do"] == "reopen" else not is_over
    frames = fitting(game, action["do"], action["at"])
    if len(frames) <= action["nth"]:
        return False
    frame = frames[action["nth"]]
    if action["do"] == "complete" and not action["writes"].keys() <= {*VARIABLES, *variables_of(game, frame)}:
        return False
    if action["do"] == "skip":
        return set(action["flows"]) <= set(flows_from(game, frame)) and (bool(action["flows"]) or not flows_from(game, frame))
    return "element" not in action or action["element"] in elements_for(game, action["do"], frame)


def elements_for(game: Thing, do: str, frame: Thing) -> list[str]:
    """The nodes that an action about a frame may name."""
    if do == "begin":
        return choosing.choices(game, frame)
    return operating.addable(game, frame) if do == "add" else operating.places(game, up(game, frame))


def flows_from(game: Thing, frame: Thing) -> list[str]:
    """The ways out that an operator may choose when what is stuck is skipped."""
    if frame["role"] != "token" or any(frame["parked"].values()):
        return []
    return [id_ for id_, flow in diagram_of(game, frame)["flows"].items() if flow["from"] == frame["at"]]


def by_hand(game: Thing, random: Random) -> list[tuple[str, Thing]]:
    """What an operator might do now."""
    do = random.choice(["add", "move", "move", "withdraw"])
    frames = open_frames(game, do)
    return [(do, frame) for frame in frames if do == "withdraw" or elements_for(game, do, frame)]


def any_action(game: Thing, random: Random, hands: float = BY_HAND) -> Thing | None:
    """One of all possible actions; None when there is nothing but changing data. `hands` is how often operators do it."""
    possible = [(do, frame) for do in ("complete", "trigger", "retry") for frame in open_frames(game, do)]
    possible += [("begin", frame) for frame in open_frames(game, "begin") if choosing.choices(game, frame)] * 2
    waits_for_data = any(event_of(game, frame)["type"] == "condition" for frame in frames(game, "waiting"))
    afresh = {"afresh": True} if random.random() < 0.03 else {}
    writes = {random.choice(VARIABLES): random.randint(-1 if random.random() < 0.05 else 0, 3)}
    if game["status"] != "active":
        return {"do": "reopen", **afresh}
    if random.random() < 0.1 or (not possible and waits_for_data):
        return {"do": "change", "writes": writes, **afresh}
    possible += [("skip", frame) for frame in stuck(game) if hands]
    possible = (random.random() < hands and by_hand(game, random)) or possible
    if not possible:
        return None
    do, frame = random.choice(possible)
    path = path_of(game, frame)
    nth = [other["id"] for other in fitting(game, do, path)].index(frame["id"])
    writes = writes if random.random() < 0.7 else {}
    if do == "complete" and OWN in variables_of(game, frame) and random.random() < 0.5:
        writes = {OWN: random.randint(0, 3)}
    more: Thing = {"complete": {"writes": writes}, "trigger": {"payload": random.randint(0, 3)}}
    if do in ("begin", "add", "move"):
        more = {do: {"element": random.choice(elements_for(game, do, frame))}}
    if do == "skip":
        flows = flows_from(game, frame)
        is_one_way = not flows or node_of(game, frame)["kind"] == "exclusiveGateway"
        chosen = random.sample(flows, random.randint(1, 1 if is_one_way else len(flows))) if flows else []
        more = {do: {"flows": [flow for flow in flows if flow in chosen]}}
    return {"do": do, "at": path, "nth": nth, **more.get(do, {}), **afresh}


def difference(game: Thing, subject: Subject) -> str:
    """What is not the same in both, in words; empty when nothing is."""
    expected, actual = seen(game), subject.seen()
    parts = [
        f"{what}: the oracle has {expected[what]}, the engine {actual[what]}"
        for what in expected
        if expected[what] != actual[what]
    ]
    return "; ".join(parts)


def seen(game: Thing) -> Thing:
    """What is open in the oracle, as `Subject.seen` tells it of the engine."""
    joins = [flows for frame in game["frames"].values() for flows in frame["parked"].values()]
    activated = [flows for frame in game["frames"].values() for flows in frame.get("activated", {}).values()]
    parked = sum((Counter(flows) for flows in joins), Counter[str]())
    return {
        "status": game["status"],
        "tasks": sorted(path_of(game, frame) for frame in frames(game, "person")),
        "waits": sorted(path_of(game, frame) for frame in frames(game, "waiting")),
        "stuck": sorted((path_of(game, frame), frame["stuck"]) for frame in stuck(game)),
        "joins": sorted(parked.items()),
        "activated": sorted(flow for flows in activated for flow in flows),
        "variables": game["frames"][0]["variables"],
        "sent": sorted(game["sent"]),
    }
