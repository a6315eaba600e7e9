"""Where a random walk comes to a join that waits for ever, the check has foretold that join."""

from __future__ import annotations

from random import Random

import pytest

from engine.bpmn import read_bpmn
from engine.bpmn.marking import Net
from engine.bpmn.soundness import play
from tests.oracle import game as oracle
from tests.oracle.board import Thing, diagram_in
from tests.oracle.drawing import write_bpmn
from tests.oracle.generate import any_diagram
from tests.oracle.walk import act, any_action

WALKS = 6
STEPS = 25
BY_ITSELF = ("on task", "on scriptTask", "on serviceTask", "on businessRuleTask", "on sendTask message")


def stuck_joins(diagram: Thing, random: Random) -> set[tuple[str, str, frozenset[str]]]:
    """The deadlocks of some walks: process, scope, and the joins that tokens wait at."""
    found = set()
    for _ in range(WALKS):
        game = oracle.new_game(diagram, {name: random.randint(0, 3) for name in "xyz"})
        try:
            oracle.start(game)
            for _ in range(STEPS):
                for frame in [frame for frame in game["frames"].values() if frame.get("stuck") == "deadlock"]:
                    joins = frozenset(join for join, flows in frame["parked"].items() if flows)
                    scope = "" if "inner" in frame else frame["at"]
                    found.add((diagram_in(game, frame)["id"], scope, joins))
                action = any_action(game, random, hands=0) if game["status"] == "active" else None
                if action is None:
                    break
                act(game, action)
                if any(host in BY_ITSELF and event != "boundaryEvent error" for host, event in game["pairs"]):
                    break  # it came while an incident held up what works by itself, and the check plays without incidents
        except oracle.Endless:
            continue
    return found


@pytest.mark.parametrize("first", range(0, 150, 50))
def test_each_deadlock_of_random_walks_was_foretold(first: int) -> None:
    missed, met = [], 0
    for seed in range(first, first + 50):
        diagram = any_diagram(Random(seed))
        models = {drawn["id"]: read_bpmn(write_bpmn(drawn), file="f")[0] for drawn in (diagram, *diagram["called"].values())}
        for key, scope, joins in stuck_joins(diagram, Random(seed)):
            model = models[key]
            assert model is not None
            net = Net(model, scope)
            played = play(net, net.starts)
            met += 1
            if not joins & played.stuck.keys() and played.is_whole:
                missed.append((seed, key, scope, joins))
    assert missed == []
    assert met > 3
